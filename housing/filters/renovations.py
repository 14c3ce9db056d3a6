"""The filter above the renovations."""

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from housing.models import Renovation
from housing.renovation_enums import GOING_ON, RenovationFor, RenovationState


class RenovationFilter(django_filters.FilterSet):
    """In which state, for whom, mine, and whose next date has passed. What isn't over when nothing is chosen."""

    state = django_filters.ChoiceFilter(
        label=_("Stand"),
        choices=[("current", _("wat gevraagd is of loopt")), *RenovationState.choices, ("all", _("alles"))],
        method="nothing",
        empty_label=None,
    )
    done_for = django_filters.ChoiceFilter(label=_("Wie verbouwt"), choices=RenovationFor.choices)
    mine = django_filters.BooleanFilter(
        label=_("Begeleid ik"), method="only_mine", widget=forms.CheckboxInput
    )
    late = django_filters.BooleanFilter(
        label=_("Volgende datum voorbij"), method="only_late", widget=forms.CheckboxInput
    )

    def filter_queryset(self, queryset: QuerySet[Renovation]) -> QuerySet[Renovation]:
        """Apply what was chosen, or what isn't over."""
        rows = super().filter_queryset(queryset)
        state = self.form.cleaned_data.get("state") or "current"
        if state == "current":
            return rows.filter(state__in=GOING_ON)
        return rows if state == "all" else rows.filter(state=state)

    def only_mine(self, rows: QuerySet[Renovation], _name: str, is_on: bool) -> QuerySet[Renovation]:
        """Those that this user leads."""
        return rows.filter(coach=self.request.user) if is_on else rows

    def only_late(self, rows: QuerySet[Renovation], _name: str, is_on: bool) -> QuerySet[Renovation]:
        """Those of which the next date has passed."""
        return rows.filter(state__in=GOING_ON, next_on__lt=timezone.localdate()) if is_on else rows

    def nothing(self, rows: QuerySet[Renovation], _name: str, _value: str) -> QuerySet[Renovation]:
        """Applied in `filter_queryset`, because leaving it open means something too."""
        return rows
