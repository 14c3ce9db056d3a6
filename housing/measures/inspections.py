"""What can be counted of inspections, for one neighbourhood and one period (both days included)."""

import datetime as dt

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t

from accounts.enums import Goal
from arsenaal.lib.fields import Median
from arsenaal.lib.registries import Measure, MeasureValue, Period
from cases.measures import during
from housing.inspection_enums import Category, Outcome
from housing.models import Defect, Inspection, Repair


def dwellings_inspected(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Different dwellings with a report signed in the period, by the outcome of the last one."""
    signed = (
        Inspection.objects.finished()
        .filter(during("finished_at", period), neighbourhood_id=neighbourhood_id, dwelling__isnull=False)
        .order_by("dwelling_id", "-finished_at", "-pk")
        .distinct("dwelling_id")
    )
    found = list(signed.values_list("outcome", flat=True))
    return MeasureValue(
        value=len(found),
        count=len(found),
        parts={str(label): found.count(value) for value, label in Outcome.choices},
    )


def category_three(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Category III defects first found in the period, by whether a re-inspection up to its end saw them gone."""
    newest = Inspection.objects.finished().filter(neighbourhood_id=neighbourhood_id)
    defects = Defect.objects.filter(
        inspection__in=newest.values("pk"),
        category=Category.THREE,
        first_seen_on__range=(period.start, period.end),
    )
    # In a row of reports the same defect stands in each: it counts where it was found first.
    first = defects.exclude(
        inspection__previous__defects__item__code=F("item__code"),
        inspection__previous__isnull=False,
    )
    rows = first.values_list(
        "inspection__dwelling_id", "inspection__building_id", "item__code", "first_seen_on"
    )
    repaired = set(
        Repair.objects.filter(
            defect__category=Category.THREE,
            defect__inspection__neighbourhood_id=neighbourhood_id,
            repaired_on__lte=period.end,
        ).values_list(
            "defect__inspection__dwelling_id",
            "defect__inspection__building_id",
            "defect__item__code",
            "defect__first_seen_on",
        )
    )
    found = set(rows)
    gone = len(found & repaired)
    return MeasureValue(
        value=None,
        count=len(found),
        parts={_("weg bij heronderzoek"): gone, _("nog niet weg"): len(found) - gone},
    )


def days_to_repair(neighbourhood_id: int, period: Period) -> MeasureValue:
    """The median number of days from the first report of a defect to the re-inspection that saw it gone."""
    found = (
        Repair.objects.filter(
            Q(inspection__in=Inspection.objects.finished().values("pk")),
            repaired_on__range=(period.start, period.end),
            inspection__neighbourhood_id=neighbourhood_id,
        )
        .annotate(waited=F("repaired_on") - F("defect__first_seen_on"))
        .aggregate(median=Median("waited"), count=Count("pk"))
    )
    days = None if found["median"] is None else found["median"] / dt.timedelta(days=1)
    return MeasureValue(value=days, count=found["count"])


INSPECTION_MEASURES = (
    Measure(
        "housing.dwellings_inspected",
        _t("Woningen onderzocht"),
        _t(
            "Verschillende woningen waarvan in de periode een technisch verslag getekend werd, volgens de uitkomst "
            "van het laatste. De uitkomst is een advies, geen besluit."
        ),
        Goal.HOUSING.value,
        "how_much",
        _t("woningen"),
        _t("getekende verslagen van woningen in de wijk"),
        "",
        dwellings_inspected,
        parts_label=_t("uitkomst"),
        source=_t("technische verslagen"),
    ),
    Measure(
        "housing.category_three",
        _t("Gevaarlijke gebreken weggewerkt"),
        _t(
            "Gebreken van categorie III die in de periode voor het eerst in een getekend verslag stonden, en hoeveel "
            "daarvan weg waren bij een heronderzoek voor het einde van de periode."
        ),
        Goal.HOUSING.value,
        "better_off",
        _t("gebreken"),
        _t("gebreken van categorie III in getekende verslagen"),
        "up",
        category_three,
        form="share",
        share_of=_t("weg bij heronderzoek"),
        parts_label=_t("bij het heronderzoek"),
        source=_t("technische verslagen"),
    ),
    Measure(
        "housing.days_to_repair",
        _t("Dagen van verslag tot herstel"),
        _t(
            "De middelste wachttijd tussen het eerste verslag van een gebrek en het heronderzoek dat zag dat het weg "
            "was, voor heronderzoeken in de periode."
        ),
        Goal.HOUSING.value,
        "how_well",
        _t("dagen"),
        _t("gebreken die weg waren bij een heronderzoek"),
        "down",
        days_to_repair,
        form="median",
        source=_t("technische verslagen"),
    ),
)
