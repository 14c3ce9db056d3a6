"""The filter above the procedures."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from housing.filters.registers import RegisterFilter, like_address
from housing.models import Building, DwellingProcedure, ProcedureTerm
from housing.models.procedure import ProcedureQuerySet
from housing.procedure_enums import ProcedureKind, ProcedureState, TermCode


class ProcedureFilter(RegisterFilter):
    """Which procedures: by address, kind, where they stand, and what is late."""

    q = django_filters.CharFilter(label=_("Straat en nummer"), method="by_address", max_length=100)
    kind = django_filters.ChoiceFilter(
        label=_("Soort"), choices=ProcedureKind.choices, empty_label=_("alle soorten")
    )
    state = django_filters.ChoiceFilter(
        label=_("Stand"),
        choices=ProcedureState.choices,
        empty_label=_("maakt niet uit"),
        method="by_state",
    )
    running = django_filters.ChoiceFilter(
        label=_("Loopt nog"),
        choices=[("yes", _("loopt nog")), ("no", _("afgesloten"))],
        empty_label=_("maakt niet uit"),
        method="by_running",
    )
    late = django_filters.BooleanFilter(label=_("Met een termijn die voorbij is"), method="by_late")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "neighbourhood" in self.filters:
            self.filters["neighbourhood"].field_name = "building__neighbourhood"

    def by_address(self, rows: ProcedureQuerySet, _name: str, words: str) -> QuerySet[Any]:
        """Find by address, forgiving of spelling."""
        return rows.filter(building__in=like_address(Building.objects.all(), words))

    def by_state(self, rows: ProcedureQuerySet, _name: str, state: str) -> QuerySet[Any]:
        """Where a dwelling stands at this point."""
        return rows.filter(Exists(DwellingProcedure.objects.filter(procedure=OuterRef("pk"), state=state)))

    def by_running(self, rows: ProcedureQuerySet, _name: str, answer: str) -> QuerySet[Any]:
        """Where something still runs, or nothing any more."""
        running = Exists(DwellingProcedure.objects.running().filter(procedure=OuterRef("pk")))
        return rows.filter(running if answer == "yes" else ~running)

    def by_late(self, rows: ProcedureQuerySet, _name: str, is_late: bool) -> QuerySet[Any]:
        """Where a term has passed."""
        if not is_late:
            return rows
        today = timezone.localdate()
        late = ProcedureTerm.objects.counting().not_over(today)
        late = late.filter(part__procedure=OuterRef("pk"), due_on__lt=today).exclude(code=TermCode.LEAVE)
        return rows.filter(Exists(late))
