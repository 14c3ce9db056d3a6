"""The filter above the stories."""

import django_filters
from django.utils.translation import gettext_lazy as _

from cases.filters.neighbourhood import NeighbourhoodFilterSet, neighbourhood_choice
from cohesion.enums import StoryForm


class StoryFilter(NeighbourhoodFilterSet):
    """Which stories: in which form, of which neighbourhood."""

    form = django_filters.ChoiceFilter(
        label=_("Vorm"), choices=StoryForm.choices, empty_label=_("alle vormen")
    )
    neighbourhood = neighbourhood_choice()
