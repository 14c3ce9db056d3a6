"""The filter above the obstacles."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.enums import ObstacleKind, ObstacleState
from cases.models import Obstacle


class ObstacleFilter(django_filters.FilterSet):
    """In which state, rule or habit, by words. What still stands in the way when nothing is chosen."""

    q = django_filters.CharFilter(
        label=_("Woorden"), field_name="title", lookup_expr="icontains", max_length=100
    )
    state = django_filters.ChoiceFilter(
        label=_("Stand"),
        choices=[("standing", _("staat nog in de weg")), *ObstacleState.choices, ("all", _("alles"))],
        method="nothing",
        empty_label=None,
    )
    kind = django_filters.ChoiceFilter(
        label=_("Soort"), choices=ObstacleKind.choices, empty_label=_("regels en gewoontes")
    )

    def filter_queryset(self, queryset: QuerySet[Obstacle]) -> QuerySet[Obstacle]:
        """Apply what was chosen, or what still stands in the way."""
        rows = super().filter_queryset(queryset)
        state = self.form.cleaned_data.get("state") or "standing"
        if state == "standing":
            return rows.filter(state__in=[ObstacleState.OPEN, ObstacleState.RAISED])
        return rows if state == "all" else rows.filter(state=state)

    def nothing(self, rows: QuerySet[Obstacle], _name: str, _value: str) -> QuerySet[Obstacle]:
        """Applied in `filter_queryset`, because leaving it open means something too."""
        return rows
