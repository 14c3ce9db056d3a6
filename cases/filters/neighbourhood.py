"""The choice of a neighbourhood in a filter, for who works in several."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood


def neighbourhood_choice() -> django_filters.ModelChoiceFilter:
    """Return the choice, to be declared as `neighbourhood` where it has to stand in the form."""
    return django_filters.ModelChoiceFilter(
        label=_("Wijk"), queryset=Neighbourhood.objects.none(), empty_label=_("al mijn wijken")
    )


class NeighbourhoodFilterSet(django_filters.FilterSet):
    """Offers the neighbourhoods where one may see the list; no choice when there is only one."""

    def __init__(self, *args: Any, neighbourhoods: QuerySet[Neighbourhood], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(neighbourhoods) > 1:
            self.filters["neighbourhood"].queryset = neighbourhoods
        else:
            del self.filters["neighbourhood"]
