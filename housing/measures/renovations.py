"""Figures about renovations: premiums and loans, and the energy label before and after the works."""

from collections import Counter
from decimal import Decimal

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.enums import Goal
from arsenaal.lib.registries import Measure, MeasureValue, Period
from housing.models import EnergyScan, Renovation, SupportRequest
from housing.renovation_enums import LABEL_ORDER, RenovationState, ScanMoment, SupportState


def _supports(neighbourhood_id: int) -> QuerySet[SupportRequest]:
    return SupportRequest.objects.filter(renovation__case__neighbourhood_id=neighbourhood_id, is_struck=False)


def supports_asked(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Premiums and loans asked in the period, by what was decided since."""
    rows = (
        _supports(neighbourhood_id)
        .filter(asked_on__range=(period.start, period.end))
        .order_by()
        .values_list("state")
        .annotate(n=Count("pk"))
    )
    found = Counter(dict(rows))
    total = sum(found.values())
    parts = {str(label): found[value] for value, label in SupportState.choices}
    return MeasureValue(value=total, count=total, parts=parts)


def supports_granted(neighbourhood_id: int, period: Period) -> MeasureValue:
    """What was granted in the period, in euro."""
    found = (
        _supports(neighbourhood_id)
        .filter(
            state=SupportState.GRANTED,
            decided_on__range=(period.start, period.end),
            granted__isnull=False,
        )
        .aggregate(total=Sum("granted", default=Decimal(0)), count=Count("pk"))
    )
    return MeasureValue(value=float(found["total"]), count=found["count"])


def _label(moment: ScanMoment) -> Subquery:
    scans = EnergyScan.objects.filter(renovation=OuterRef("pk"), moment=moment, is_struck=False)
    return Subquery(scans.exclude(label="").order_by("-scanned_on", "-pk").values("label")[:1])


def label_changes(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Renovations that were done in the period, by what became of the energy label."""
    rows = (
        Renovation.objects.filter(
            Q(ended_on__range=(period.start, period.end)),
            case__neighbourhood_id=neighbourhood_id,
            state=RenovationState.DONE,
        )
        .annotate(before=_label(ScanMoment.BEFORE), scanned=_label(ScanMoment.AFTER))
        .values_list("before", "label_after", "scanned")
    )
    words = {
        "better": gettext("beter label"),
        "same": gettext("zelfde label"),
        "worse": gettext("slechter label"),
        "unknown": gettext("niet geweten"),
    }
    found = Counter(_change(before, after or scanned) for before, after, scanned in rows)
    total = sum(found.values())
    return MeasureValue(value=total, count=total, parts={words[key]: found[key] for key in words})


def _change(before: str | None, after: str | None) -> str:
    if not before or not after:
        return "unknown"
    steps = LABEL_ORDER[before] - LABEL_ORDER[after]
    return "better" if steps > 0 else "worse" if steps < 0 else "same"


MEASURES = (
    Measure(
        "renovation.supports",
        _("Premies en leningen gevraagd"),
        _(
            "Premies, leningen en andere steun voor een renovatie die in de periode gevraagd werden, volgens wat er "
            "tot nu over beslist is. Geschrapte aanvragen tellen niet mee."
        ),
        Goal.HOUSING.value,
        "how_much",
        _("aanvragen"),
        _("aanvragen voor renovaties die we begeleiden"),
        "",
        supports_asked,
        parts_label=_("beslissing"),
        headlines=("", SupportState.GRANTED.label),
        source=_("renovaties"),
    ),
    Measure(
        "renovation.granted",
        _("Premies en leningen toegekend"),
        _("De som in euro van de premies en leningen die in de periode toegekend werden."),
        Goal.HOUSING.value,
        "better_off",
        _("euro"),
        _("toegekende aanvragen"),
        "up",
        supports_granted,
        form="sum",
        source=_("renovaties"),
    ),
    Measure(
        "renovation.labels",
        _("Renovaties klaar"),
        _(
            "Renovaties die in de periode klaar waren, volgens wat er met het energielabel gebeurde. Zonder label "
            "voor of na de werken weten we het niet."
        ),
        Goal.HOUSING.value,
        "better_off",
        _("renovaties"),
        _("renovaties die we begeleiden"),
        "",
        label_changes,
        parts_label=_("energielabel"),
        headlines=("", _("beter label")),
        source=_("renovaties"),
    ),
)
