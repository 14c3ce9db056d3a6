"""The filter above the stories."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood
from cohesion.enums import StoryForm


class StoryFilter(django_filters.FilterSet):
    """Which stories: in which form, of which neighbourhood."""

    form = django_filters.ChoiceFilter(
        label=_("Vorm"), choices=StoryForm.choices, empty_label=_("alle vormen")
    )
    neighbourhood = django_filters.ModelChoiceFilter(
        label=_("Wijk"), queryset=Neighbourhood.objects.none(), empty_label=_("al mijn wijken")
    )

    def __init__(self, *args: Any, neighbourhoods: QuerySet[Neighbourhood], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(neighbourhoods) > 1:
            self.filters["neighbourhood"].queryset = neighbourhoods
        else:
            del self.filters["neighbourhood"]
