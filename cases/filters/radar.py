"""The filter above the radar."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood
from cases.enums import RadarReason, RadarSource
from cases.models.radar import RadarQuerySet


class RadarFilter(django_filters.FilterSet):
    """Which signals: what about, how they came, where, and by name or address."""

    q = django_filters.CharFilter(label=_("Naam of adres"), method="by_words", max_length=100)
    reason = django_filters.ChoiceFilter(
        label=_("Waarover"), choices=RadarReason.choices, empty_label=_("alles")
    )
    source = django_filters.ChoiceFilter(
        label=_("Hoe kwam het bij ons"), choices=RadarSource.choices, empty_label=_("alle wegen")
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

    def by_words(self, rows: RadarQuerySet, _name: str, words: str) -> QuerySet[Any]:
        """Find by name or address, forgiving of spelling."""
        return rows.like_name(words)
