"""The filter above the questions to services."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from cases.enums import HelpRequestState
from cases.models import HelpRequest


class HelpRequestFilter(django_filters.FilterSet):
    """In which state, to which service, what is late, what I asked. What still waits when nothing is chosen."""

    state = django_filters.ChoiceFilter(
        label=_("Stand"),
        choices=[("waiting", _("wacht op antwoord")), *HelpRequestState.choices, ("all", _("alles"))],
        method="nothing",
        empty_label=None,
    )
    organisation = django_filters.ModelChoiceFilter(
        label=_("Dienst"), queryset=Organisation.objects.order_by("name"), empty_label=_("alle diensten")
    )
    late = django_filters.BooleanFilter(
        label=_("Alleen wat te laat is"), method="only_late", widget=forms.CheckboxInput
    )
    mine = django_filters.BooleanFilter(
        label=_("Alleen wat ik vroeg"), method="only_mine", widget=forms.CheckboxInput
    )

    def filter_queryset(self, queryset: QuerySet[HelpRequest]) -> QuerySet[HelpRequest]:
        """Apply what was chosen, or what still waits."""
        rows = super().filter_queryset(queryset)
        state = self.form.cleaned_data.get("state") or "waiting"
        if state == "waiting":
            return rows.filter(state__in=[HelpRequestState.ASKED, HelpRequestState.ESCALATED])
        return rows if state == "all" else rows.filter(state=state)

    def nothing(self, rows: QuerySet[Any], _name: str, _value: Any) -> QuerySet[Any]:
        """Applied in `filter_queryset`, because leaving it open means something too."""
        return rows

    def only_late(self, rows: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:
        """Not answered by the day that was asked."""
        waiting = [HelpRequestState.ASKED, HelpRequestState.ESCALATED]
        return rows.filter(state__in=waiting, due_on__lt=timezone.localdate()) if value else rows

    def only_mine(self, rows: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:
        """What this user asked."""
        return rows.filter(asked_by=self.request.user) if value else rows
