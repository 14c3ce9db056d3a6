"""Figures about tenants: rights asked and granted, arrears during the support, evictions averted through the fund."""

from collections import Counter
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.enums import Goal
from arsenaal.lib.registries import Measure, MeasureValue, Period
from housing.models import ArrearsReading, EvictionFundFile, RightClaim, TenancySupport
from housing.tenancy_enums import FundOutcome, FundState, GuidanceState, RightState


def _claims(neighbourhood_id: int) -> QuerySet[RightClaim]:
    return RightClaim.objects.filter(track__case__neighbourhood_id=neighbourhood_id, is_struck=False)


def rights_asked(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Rights asked in the period, by what was decided since."""
    rows = (
        _claims(neighbourhood_id)
        .filter(asked_on__range=(period.start, period.end))
        .order_by()
        .values_list("state")
        .annotate(n=Count("pk"))
    )
    found = Counter(dict(rows))
    total = sum(found.values())
    parts = {
        str(label): found[value] for value, label in RightState.choices if value != RightState.EXPLORE.value
    }
    return MeasureValue(value=total, count=total, parts=parts)


def rights_granted(neighbourhood_id: int, period: Period) -> MeasureValue:
    """What was granted in the period, in euro per month."""
    found = (
        _claims(neighbourhood_id)
        .filter(state=RightState.GRANTED, decided_on__range=(period.start, period.end), amount__isnull=False)
        .aggregate(total=Sum("amount", default=Decimal(0)), count=Count("pk"))
    )
    return MeasureValue(value=float(found["total"]), count=found["count"])


def arrears_change(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Supports that ended in the period, by what became of the arrears while they ran: two queries."""
    supports = list(
        TenancySupport.objects.filter(
            track__case__neighbourhood_id=neighbourhood_id,
            is_struck=False,
            state=GuidanceState.ENDED,
            ended_on__range=(period.start, period.end),
        ).values_list("track_id", "from_on", "ended_on")
    )
    readings: dict[int, list[tuple[object, ...]]] = {}
    rows = ArrearsReading.objects.filter(
        track__in=[track for track, _from, _end in supports], is_struck=False
    )
    for track, *reading in rows.order_by("read_on", "pk").values_list(
        "track_id", "read_on", "kind", "amount"
    ):
        readings.setdefault(track, []).append(tuple(reading))
    words = {
        "less": gettext("minder achterstand"),
        "same": gettext("evenveel achterstand"),
        "more": gettext("meer achterstand"),
        "none": gettext("nooit achterstand"),
        "unknown": gettext("niet geweten"),
    }
    found = Counter(_change(readings.get(track, []), start, end) for track, start, end in supports)
    total = sum(found.values())
    return MeasureValue(value=total, count=total, parts={words[key]: found[key] for key in words})


def _change(readings: list[tuple[object, ...]], start: object, end: object) -> str:
    """Compare the first reading of each kind of debt with its last one, up to the end of the support.

    Creditors aren't told apart: their names are words, and who counts reads none.
    """
    first: dict[object, Decimal] = {}
    last: dict[object, Decimal] = {}
    days = set()
    for day, kind, amount in readings:
        if day > end:  # type: ignore[operator]
            continue
        if day <= start or kind not in first:  # type: ignore[operator]
            first[kind] = amount  # type: ignore[assignment]
        last[kind] = amount  # type: ignore[assignment]
        days.add(day)
    if not days:
        return "unknown"
    before, after = sum(first.values()), sum(last.values())
    if before == after == 0:
        return "none"
    if len(days) < 2:
        return "unknown"
    return "less" if after < before else "more" if after > before else "same"


def evictions_averted(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Files for the fund that ended in the period, by what became of the tenancy."""
    rows = (
        EvictionFundFile.objects.filter(
            track__case__neighbourhood_id=neighbourhood_id,
            is_struck=False,
            state__in=[FundState.FOLLOWED, FundState.BROKEN],
            ended_on__range=(period.start, period.end),
        )
        .order_by()
        .values_list("outcome")
        .annotate(n=Count("pk"))
    )
    found = Counter(dict(rows))
    total = sum(found.values())
    parts = {str(label): found[value] for value, label in FundOutcome.choices}
    return MeasureValue(value=total, count=total, parts={**parts, str(FundState.BROKEN.label): found[""]})


MEASURES = (
    Measure(
        "tenancy.rights",
        _("Rechten gevraagd"),
        _(
            "Rechten die in de periode voor een gezin gevraagd werden, volgens wat er tot nu over beslist is. "
            "Geschrapte lijnen tellen niet mee."
        ),
        Goal.HOUSING.value,
        "how_much",
        _("rechten"),
        _("rechten van gezinnen die we begeleiden"),
        "",
        rights_asked,
        parts_label=_("beslissing"),
        headlines=("", RightState.GRANTED.label),
        source=_("huurbegeleiding"),
    ),
    Measure(
        "tenancy.granted",
        _("Rechten toegekend, per maand"),
        _(
            "De som in euro per maand van de rechten die in de periode toegekend werden. Een recht zonder maandbedrag, "
            "zoals een tarief, telt niet mee."
        ),
        Goal.HOUSING.value,
        "better_off",
        _("euro per maand"),
        _("toegekende rechten met een maandbedrag"),
        "up",
        rights_granted,
        form="sum",
        source=_("huurbegeleiding"),
    ),
    Measure(
        "tenancy.arrears",
        _("Achterstand tijdens de begeleiding"),
        _(
            "Intensieve begeleidingen die in de periode afgerond zijn, volgens wat er van de achterstand werd: de "
            "eerste stand van elke soort schuld tegenover de laatste. Met één stand weten we het niet."
        ),
        Goal.HOUSING.value,
        "better_off",
        _("begeleidingen"),
        _("gezinnen met intensieve huurbegeleiding"),
        "",
        arrears_change,
        parts_label=_("achterstand"),
        headlines=("", _("minder achterstand")),
        source=_("huurbegeleiding"),
    ),
    Measure(
        "tenancy.averted",
        _("Dossiers bij het fonds tegen uithuiszettingen"),
        _(
            "Dossiers bij het fonds ter bestrijding van de uithuiszettingen die in de periode eindigden, volgens wat "
            "er van de woonst werd. Vermeden is: het dossier is tot het einde opgevolgd en het gezin woont er nog."
        ),
        Goal.HOUSING.value,
        "better_off",
        _("dossiers"),
        _("gezinnen die uit hun huis dreigden te moeten"),
        "",
        evictions_averted,
        parts_label=_("wat het werd"),
        headlines=("", FundOutcome.KEPT.label),
        source=_("huurbegeleiding"),
    ),
)
