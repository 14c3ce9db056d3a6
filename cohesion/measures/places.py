"""Figures about the look of the neighbourhood."""

from collections import Counter

from django.utils.translation import gettext_lazy as _

from accounts.enums import Goal
from arsenaal.lib.registries import Measure, MeasureValue, Period
from cohesion.enums import PlaceKind
from cohesion.models import PlaceSpot


def places_improved(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Spots of projects that were made in the period, by kind and by month: one query."""
    rows = list(
        PlaceSpot.objects.filter(
            project__neighbourhood_id=neighbourhood_id, project__made_on__range=(period.start, period.end)
        ).values_list("project__kind", "project__made_on")
    )
    kinds = Counter(str(PlaceKind(kind).label) for kind, _day in rows)
    months = Counter(f"{day:%Y-%m}" for _kind, day in rows)
    return MeasureValue(
        value=len(rows), count=len(rows), parts=dict(kinds), months=dict(sorted(months.items()))
    )


PLACE_MEASURES = (
    Measure(
        "places.improved",
        _("Plekken vergroend of mooier gemaakt"),
        _(
            "Plekken van projecten voor de aanblik van de wijk (tegeltuinen, groenslingers, spelelementen, "
            "muurschilderingen) die in de periode gemaakt zijn. Een project met drie gevels telt drie keer. Wat "
            "later verdween, blijft tellen in de periode waarin het gemaakt werd."
        ),
        Goal.COHESION.value,
        "how_much",
        _("plekken"),
        _("plekken van projecten die gemaakt zijn"),
        "up",
        places_improved,
        parts_label=_("soort"),
        counts_people=False,
        source=_("aanblik van de wijk"),
    ),
)
