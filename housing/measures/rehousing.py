"""Figures about agreements, stays in crisis dwellings and aftercare, for one neighbourhood and one period."""

import datetime as dt
from collections import Counter

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Goal
from arsenaal.lib.fields import Median
from arsenaal.lib.registries import Measure, MeasureValue, Period
from housing.agreement_enums import (
    AftercareResult,
    AftercareState,
    AgreementState,
    DueState,
    StayOutcome,
    StayState,
)
from housing.models import AftercareCheck, ObligationDue, Stay

_NEVER_BOUND = [AgreementState.DRAFT, AgreementState.READY, AgreementState.WITHDRAWN]


def _ended(neighbourhood_id: int, period: Period) -> QuerySet[Stay]:
    return Stay.objects.filter(
        case__neighbourhood_id=neighbourhood_id,
        state=StayState.ENDED,
        ended_on__range=(period.start, period.end),
    )


def stays_ended(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Stays that ended in the period, by where the household went."""
    rows = _ended(neighbourhood_id, period).order_by().values_list("outcome").annotate(n=Count("pk"))
    found = Counter(dict(rows))
    total = sum(found.values())
    parts = {str(label): found[value] for value, label in StayOutcome.choices}
    return MeasureValue(value=total, count=total, parts=parts)


def days_in_crisis_dwelling(neighbourhood_id: int, period: Period) -> MeasureValue:
    """The median number of days of the stays that ended in the period."""
    found = (
        _ended(neighbourhood_id, period)
        .annotate(days=F("ended_on") - F("period__from_on"))
        .aggregate(median=Median("days"), count=Count("pk"))
    )
    days = None if found["median"] is None else found["median"] / dt.timedelta(days=1)
    return MeasureValue(value=days, count=found["count"])


def obligations_kept(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Obligations whose day lay in the period: kept in time, too late, not, or still open."""
    found = (
        ObligationDue.objects.filter(
            agreement__case__neighbourhood_id=neighbourhood_id, due_on__range=(period.start, period.end)
        )
        .exclude(agreement__state__in=_NEVER_BOUND)
        .exclude(state__in=[DueState.WAIVED, DueState.REPLACED])
        .aggregate(
            count=Count("pk"),
            in_time=Count("pk", filter=Q(state=DueState.DONE, done_on__lte=F("due_on"))),
            too_late=Count("pk", filter=Q(state=DueState.DONE, done_on__gt=F("due_on"))),
            breached=Count("pk", filter=Q(state=DueState.BREACHED)),
            still_open=Count("pk", filter=Q(state=DueState.OPEN)),
        )
    )
    parts = {
        _("op tijd nagekomen"): found["in_time"],
        _("te laat nagekomen"): found["too_late"],
        _("niet nagekomen"): found["breached"],
        _("nog niet beslist"): found["still_open"],
    }
    return MeasureValue(value=None, count=found["count"], parts=parts)


def aftercare_done(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Aftercare that was to be done in the period: was it?"""
    found = AftercareCheck.objects.filter(
        case__neighbourhood_id=neighbourhood_id, due_on__range=(period.start, period.end)
    ).aggregate(
        count=Count("pk"),
        reached=Count("pk", filter=Q(state=AftercareState.DONE) & ~Q(result=AftercareResult.NOT_REACHED)),
        tried=Count("pk", filter=Q(result=AftercareResult.NOT_REACHED)),
    )
    parts = {
        _("nazorg gegeven"): found["reached"],
        _("niemand bereikt"): found["tried"],
        _("niet gedaan"): found["count"] - found["reached"] - found["tried"],
    }
    return MeasureValue(value=None, count=found["count"], parts=parts)


def relapses(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Households that were spoken in aftercare in the period: did any relapse?"""
    found = AftercareCheck.objects.filter(
        case__neighbourhood_id=neighbourhood_id,
        state=AftercareState.DONE,
        result__in=[AftercareResult.WELL, AftercareResult.WORRY],
        done_on__range=(period.start, period.end),
    ).aggregate(
        count=Count("case", distinct=True),
        relapsed=Count("case", distinct=True, filter=Q(is_relapse=True)),
    )
    parts = {
        _("hervallen"): found["relapsed"],
        _("niet hervallen"): found["count"] - found["relapsed"],
    }
    return MeasureValue(value=None, count=found["count"], parts=parts)


_t = gettext_lazy
MEASURES = (
    Measure(
        "rehousing.ended",
        _t("Tijdelijk herhuisvest"),
        _t(
            "Verblijven in een crisiswoning die in de periode eindigden, volgens waar het gezin heen ging. "
            "Een verblijf dat niet doorging, telt niet mee."
        ),
        Goal.HOUSING.value,
        "better_off",
        _t("verblijven"),
        _t("gezinnen die in een crisiswoning verbleven"),
        "",
        stays_ended,
        parts_label=_t("waarheen"),
        headlines=("", StayOutcome.RETURNED.label),
        source=_t("verblijven"),
    ),
    Measure(
        "rehousing.days",
        _t("Dagen in een crisiswoning"),
        _t(
            "Dagen tussen aankomst en vertrek, voor verblijven die in de periode eindigden. Dit is de mediaan: de "
            "helft bleef korter, de helft langer."
        ),
        Goal.HOUSING.value,
        "how_well",
        _t("dagen"),
        _t("verblijven die in de periode eindigden"),
        "down",
        days_in_crisis_dwelling,
        form="median",
        source=_t("verblijven"),
    ),
    Measure(
        "agreements.kept",
        _t("Afspraken nagekomen"),
        _t(
            "Het aandeel verbintenissen dat op tijd nagekomen werd, van alle verbintenissen uit getekende "
            "overeenkomsten waarvan de dag in de periode viel. Wat niet meer nodig was, telt niet mee."
        ),
        Goal.HOUSING.value,
        "how_well",
        "%",
        _t("verbintenissen uit getekende overeenkomsten"),
        "up",
        obligations_kept,
        form="share",
        share_of=_t("op tijd nagekomen"),
        parts_label=_t("verloop"),
        source=_t("overeenkomsten"),
    ),
    Measure(
        "aftercare.done",
        _t("Nazorg gegeven"),
        _t(
            "Het aandeel nazorg waarbij we het gezin spraken, van alle nazorg die in de periode gepland stond: "
            "3, 6 en 12 maanden na een verblijf."
        ),
        Goal.HOUSING.value,
        "how_well",
        "%",
        _t("nazorg die in de periode gepland stond"),
        "up",
        aftercare_done,
        form="share",
        share_of=_t("nazorg gegeven"),
        parts_label=_t("verloop"),
        source=_t("nazorg"),
    ),
    Measure(
        "aftercare.relapse",
        _t("Hervallen na een verblijf"),
        _t(
            "Het aandeel gezinnen dat hervallen was, van alle gezinnen die we in de periode bij de nazorg spraken. "
            "Hervallen is wat wie langsging zo opschreef; het gezin staat dan opnieuw op de radar."
        ),
        Goal.HOUSING.value,
        "better_off",
        "%",
        _t("gezinnen die we bij de nazorg spraken"),
        "down",
        relapses,
        form="share",
        share_of=_t("hervallen"),
        parts_label=_t("uitkomst"),
        source=_t("nazorg"),
    ),
)
