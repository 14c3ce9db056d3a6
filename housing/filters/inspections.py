"""The filter above the inspections."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from housing.filters.registers import RegisterFilter, like_address
from housing.inspection_enums import InspectionState, Outcome, Trigger
from housing.models import Building
from housing.models.inspection import InspectionQuerySet


class InspectionFilter(RegisterFilter):
    """Which inspections: by address, state, inspector, outcome and what made us look."""

    q = django_filters.CharFilter(label=_("Straat en nummer"), method="by_address", max_length=100)
    state = django_filters.ChoiceFilter(
        label=_("Stand"), choices=InspectionState.choices, empty_label=_("alle standen")
    )
    whose = django_filters.ChoiceFilter(
        label=_("Van wie"),
        choices=[("mine", _("van mij"))],
        empty_label=_("van iedereen"),
        method="by_inspector",
    )
    outcome = django_filters.ChoiceFilter(
        label=_("Uitkomst"), choices=Outcome.choices, empty_label=_("alle uitkomsten")
    )
    trigger = django_filters.ChoiceFilter(
        label=_("Aanleiding"), choices=Trigger.choices, empty_label=_("alle aanleidingen")
    )

    def by_address(self, rows: InspectionQuerySet, _name: str, words: str) -> QuerySet[Any]:
        """Find by the address of the building, forgiving of spelling."""
        visible = Building.objects.filter(neighbourhood_id__in=self.request.user.access.roles)
        return rows.filter(building__in=like_address(visible, words))

    def by_inspector(self, rows: InspectionQuerySet, _name: str, answer: str) -> QuerySet[Any]:
        """Only one's own."""
        return rows.filter(inspector=self.request.user)
