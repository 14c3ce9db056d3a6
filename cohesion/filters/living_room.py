"""The filter above the living-room visits."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood
from accounts.widgets import DayInput
from cohesion.enums import Theme
from cohesion.models.living_room import LivingRoomQuerySet


class LivingRoomFilter(django_filters.FilterSet):
    """Which visits: in which street, what about, when, and whether something was promised that isn't done."""

    street = django_filters.ChoiceFilter(label=_("Straat"), empty_label=_("alle straten"))
    theme = django_filters.ChoiceFilter(
        label=_("Thema"), choices=Theme.choices, empty_label=_("alle thema's"), method="about"
    )
    start = django_filters.DateFilter(
        label=_("Van"), field_name="visited_on", lookup_expr="gte", widget=DayInput
    )
    end = django_filters.DateFilter(
        label=_("Tot en met"), field_name="visited_on", lookup_expr="lte", widget=DayInput
    )
    promised = django_filters.ChoiceFilter(
        label=_("Opvolging"),
        choices=[("open", _("nog iets te doen"))],
        empty_label=_("alles"),
        method="with_promise",
    )
    neighbourhood = django_filters.ModelChoiceFilter(
        label=_("Wijk"), queryset=Neighbourhood.objects.none(), empty_label=_("al mijn wijken")
    )

    def __init__(
        self, *args: Any, neighbourhoods: QuerySet[Neighbourhood], streets: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.filters["street"].extra["choices"] = [(street, street) for street in streets]
        if len(neighbourhoods) > 1:
            self.filters["neighbourhood"].queryset = neighbourhoods
        else:
            del self.filters["neighbourhood"]

    def about(self, rows: LivingRoomQuerySet, _name: str, theme: str) -> LivingRoomQuerySet:
        """Those where this theme was heard."""
        return rows.filter(themes__contains=[theme])

    def with_promise(self, rows: LivingRoomQuerySet, _name: str, _value: str) -> LivingRoomQuerySet:
        """Those after which something still has to be done."""
        return rows.with_open_follow_up()
