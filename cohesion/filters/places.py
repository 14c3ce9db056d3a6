"""The filters above the lists of this wing."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood
from cohesion.enums import PlaceKind, PlaceState
from cohesion.models import PlaceProject, PlaceSpot


class PlaceFilter(django_filters.FilterSet):
    """Which projects: by kind, state and street, and of which neighbourhood for who works in several."""

    wijk = django_filters.ChoiceFilter(label=_("Wijk"), method="as_it_is", empty_label=None)
    kind = django_filters.ChoiceFilter(
        label=_("Soort"), choices=PlaceKind.choices, empty_label=_("alle soorten")
    )
    state = django_filters.ChoiceFilter(
        label=_("Stand"), choices=PlaceState.choices, empty_label=_("elke stand")
    )
    street = django_filters.ChoiceFilter(label=_("Straat"), method="in_street", empty_label=_("alle straten"))

    class Meta:
        model = PlaceProject
        fields: tuple[str, ...] = ()

    def __init__(
        self,
        *args: Any,
        neighbourhood: Neighbourhood,
        neighbourhoods: list[Neighbourhood],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        streets = (
            PlaceSpot.objects.filter(project__neighbourhood=neighbourhood)
            .exclude(street="")
            .values_list("street_key", "street")
            .order_by("street_key", "street")
            .distinct("street_key")
        )
        self.filters["street"].extra["choices"] = list(streets)
        if len(neighbourhoods) > 1:
            self.filters["wijk"].extra["choices"] = [(one.slug, one.name) for one in neighbourhoods]
        else:
            del self.filters["wijk"]

    def as_it_is(self, rows: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        """The page chose its neighbourhood already."""
        return rows

    def in_street(self, rows: QuerySet[Any], _name: str, key: str) -> QuerySet[Any]:
        """Projects with a spot in this street."""
        return rows.filter(Exists(PlaceSpot.objects.filter(project=OuterRef("pk"), street_key=key)))
