"""The filter above the tasks."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.enums import TaskState
from cases.models import Task


class TaskFilter(django_filters.FilterSet):
    """Whose, in which state, only what is late. Mine and open when nothing is chosen."""

    whose = django_filters.ChoiceFilter(
        label=_("Van wie"),
        choices=[("mine", _("van mij")), ("team", _("van het team"))],
        method="nothing",
        empty_label=None,
    )
    state = django_filters.ChoiceFilter(
        label=_("Stand"),
        choices=[*TaskState.choices, ("all", _("alles"))],
        method="nothing",
        empty_label=None,
    )
    late = django_filters.BooleanFilter(
        label=_("Alleen wat te laat is"), method="only_late", widget=forms.CheckboxInput
    )

    def filter_queryset(self, queryset: QuerySet[Task]) -> QuerySet[Task]:
        """Apply what was chosen, or mine and open."""
        rows = super().filter_queryset(queryset)
        cleaned = self.form.cleaned_data
        if (cleaned.get("whose") or "mine") == "mine":
            rows = rows.filter(assignee=self.request.user)
        state = cleaned.get("state") or TaskState.OPEN
        return rows if state == "all" else rows.filter(state=state)

    def nothing(self, rows: QuerySet[Any], _name: str, _value: Any) -> QuerySet[Any]:
        """Applied together in `filter_queryset`, because leaving it open means something too."""
        return rows

    def only_late(self, rows: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:
        """Open tasks whose day has passed."""
        return rows.filter(state=TaskState.OPEN, due_on__lt=timezone.localdate()) if value else rows
