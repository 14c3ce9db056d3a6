"""The filter above the radar."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.enums import RadarReason, RadarSource
from cases.filters.neighbourhood import NeighbourhoodFilterSet, neighbourhood_choice
from cases.models.radar import RadarQuerySet


class RadarFilter(NeighbourhoodFilterSet):
    """Which signals: what about, how they came, where, and by name or address."""

    q = django_filters.CharFilter(label=_("Naam of adres"), method="by_words", max_length=100)
    reason = django_filters.ChoiceFilter(
        label=_("Waarover"), choices=RadarReason.choices, empty_label=_("alles")
    )
    source = django_filters.ChoiceFilter(
        label=_("Hoe kwam het bij ons"), choices=RadarSource.choices, empty_label=_("alle wegen")
    )
    neighbourhood = neighbourhood_choice()

    def by_words(self, rows: RadarQuerySet, _name: str, words: str) -> QuerySet[Any]:
        """Find by name or address, forgiving of spelling."""
        return rows.like_name(words)
