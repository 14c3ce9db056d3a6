"""What procedures about dwellings brought, for one neighbourhood and one period (both days included).

Each figure is one or two set-wise queries. The definitions are what the reader of a report gets to see.
"""

import datetime as dt
from collections import Counter

from django.db.models import Count, DurationField, ExpressionWrapper, F, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t

from accounts.enums import Goal
from arsenaal.lib.durations import end_of_term
from arsenaal.lib.fields import Median
from arsenaal.lib.registries import Measure, MeasureValue, Period
from cases.measures import months_of
from cases.reference import value_over_time
from housing.models import Certificate, DwellingProcedure
from housing.procedure_enums import LiftReason, ProcedureKind


def _decided(neighbourhood_id: int, period: Period) -> QuerySet[DwellingProcedure]:
    return DwellingProcedure.objects.filter(
        procedure__building__neighbourhood_id=neighbourhood_id,
        kind=ProcedureKind.UNFIT,
        decided_on__range=(period.start, period.end),
    )


def _by_month(counts: Counter[str], period: Period) -> dict[str, int]:
    return {month: counts[month] for month in months_of(period)}


def days_to_decision(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Days from the request to the decision, half lies below."""
    lasted = ExpressionWrapper(F("decided_on") - F("procedure__started_on"), output_field=DurationField())
    found = _decided(neighbourhood_id, period).aggregate(middle=Median(lasted), n=Count("pk"))
    middle = found["middle"]
    return MeasureValue(value=None if middle is None else middle / dt.timedelta(days=1), count=found["n"])


def decided_in_time(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Decisions by whether they came within the guideline that held when the request came."""
    days = _decided(neighbourhood_id, period).values_list("procedure__started_on", "decided_on")
    tally: Counter[bool] = Counter()
    term_on = value_over_time("procedure.decision")
    for started_on, decided_on in days:
        term = term_on(started_on)
        end = end_of_term(started_on, term.count, term.spec.kind)
        tally[decided_on is not None and decided_on <= end] += 1
    parts = {_("op tijd"): tally[True], _("later"): tally[False]}
    count = sum(tally.values())
    return MeasureValue(value=count, count=count, parts=parts)


def certificates_issued(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Certificates of conformity that were issued, by month."""
    rows = Certificate.objects.filter(
        dwelling__building__neighbourhood_id=neighbourhood_id, issued_on__range=(period.start, period.end)
    )
    counted = (
        rows.order_by().annotate(month=TruncMonth("issued_on")).values_list("month").annotate(n=Count("pk"))
    )
    months = Counter({f"{month:%Y-%m}": n for month, n in counted})
    count = sum(months.values())
    return MeasureValue(value=count, count=count, months=_by_month(months, period))


def lifted(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Declarations that were lifted, by reason."""
    rows = DwellingProcedure.objects.filter(
        procedure__building__neighbourhood_id=neighbourhood_id,
        lifted_on__range=(period.start, period.end),
    )
    tally = Counter(dict(rows.order_by().values_list("lift_reason").annotate(n=Count("pk"))))
    parts = {str(label): tally[value] for value, label in LiftReason.choices}
    count = sum(parts.values())
    return MeasureValue(value=count, count=count, parts=parts)


_HOMES = _t("woningen")
_ALL = _t("alle woningen van de wijk met een procedure")
_SOURCE = _t("procedures ongeschikt en onbewoonbaar")

MEASURES = (
    Measure(
        "procedures.days_to_decision",
        _t("Van verzoek tot besluit"),
        _t(
            "Dagen tussen het verzoek en het besluit ongeschikt of onbewoonbaar, voor besluiten van de periode. De "
            "helft duurde korter, de helft langer."
        ),
        Goal.HOUSING.value,
        "how_well",
        _t("dagen"),
        _ALL,
        "down",
        days_to_decision,
        form="median",
        headlines=("",),
        source=_SOURCE,
    ),
    Measure(
        "procedures.in_time",
        _t("Besluiten binnen de termijn"),
        _t(
            "Besluiten ongeschikt of onbewoonbaar van de periode, volgens of ze kwamen binnen de richttermijn na het "
            "verzoek. Een later besluit blijft geldig."
        ),
        Goal.HOUSING.value,
        "how_well",
        _HOMES,
        _ALL,
        "up",
        decided_in_time,
        form="share",
        share_of=_t("op tijd"),
        parts_label=_t("wanneer"),
        source=_SOURCE,
    ),
    Measure(
        "procedures.certificates",
        _t("Conformiteitsattesten"),
        _t("Attesten die in de periode zijn afgeleverd: woningen die aantoonbaar in orde zijn."),
        Goal.HOUSING.value,
        "better_off",
        _HOMES,
        _t("alle woningen van de wijk"),
        "up",
        certificates_issued,
        source=_t("conformiteitsattesten"),
    ),
    Measure(
        "procedures.lifted",
        _t("Besluiten opgeheven"),
        _t(
            "Woningen waarvan het besluit ongeschikt of onbewoonbaar in de periode is opgeheven, volgens de reden."
        ),
        Goal.HOUSING.value,
        "better_off",
        _HOMES,
        _ALL,
        "up",
        lifted,
        parts_label=_t("reden"),
        source=_SOURCE,
    ),
)
