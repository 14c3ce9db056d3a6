"""The filter above the living-room visits."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from accounts.widgets import DayInput
from cases.filters.neighbourhood import NeighbourhoodFilterSet, neighbourhood_choice
from cohesion.enums import Theme
from cohesion.models.living_room import LivingRoomQuerySet


class LivingRoomFilter(NeighbourhoodFilterSet):
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
    neighbourhood = neighbourhood_choice()

    def __init__(self, *args: Any, streets: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["street"].extra["choices"] = [(street, street) for street in streets]

    def about(self, rows: LivingRoomQuerySet, _name: str, theme: str) -> LivingRoomQuerySet:
        """Those where this theme was heard."""
        return rows.filter(themes__contains=[theme])

    def with_promise(self, rows: LivingRoomQuerySet, _name: str, _value: str) -> LivingRoomQuerySet:
        """Those after which something still has to be done."""
        return rows.with_open_follow_up()
