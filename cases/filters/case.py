"""The filter above the list of cases."""

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Goal
from accounts.models import Neighbourhood, User
from accounts.widgets import DayInput
from cases.enums import CaseKind, CaseState, InterventionState, RadarReason, TrustStage
from cases.filters.neighbourhood import NeighbourhoodFilterSet, neighbourhood_choice
from cases.models import Boundary, Case, Intervention
from cases.models.case import CaseQuerySet

ALL_STATES = "all"
_STATES = [*CaseState.choices, (ALL_STATES, _("alle standen"))]


class WeeksFilter(django_filters.NumberFilter):
    """A whole number of weeks, between one and ten years."""

    field_class = forms.IntegerField

    def get_max_validator(self) -> None:
        """The field has its own limits."""


class CaseFilter(NeighbourhoodFilterSet):
    """Which cases. Without a choice of state: those that are open."""

    q = django_filters.CharFilter(label=_("Nummer, titel of adres"), method="by_words", max_length=100)
    state = django_filters.ChoiceFilter(
        label=_("Stand"), choices=_STATES, empty_label=_("open dossiers"), method="by_state"
    )
    mine = django_filters.BooleanFilter(
        label=_("Alleen van mij"), widget=forms.CheckboxInput, method="of_user"
    )
    lead = django_filters.ModelChoiceFilter(
        label=_("Trekker"), queryset=User.objects.none(), empty_label=_("iedereen")
    )
    kind = django_filters.ChoiceFilter(
        label=_("Soort"), choices=CaseKind.choices, empty_label=_("alle soorten")
    )
    trust = django_filters.ChoiceFilter(
        field_name="trust_stage",
        label=_("Vertrouwen"),
        choices=TrustStage.choices,
        empty_label=_("elke trap"),
    )
    goal = django_filters.ChoiceFilter(
        label=_("Lopende actie voor"), choices=Goal.choices, empty_label=_("om het even"), method="by_goal"
    )
    reason = django_filters.ChoiceFilter(
        field_name="radar_entry__reason",
        label=_("Op de radar om"),
        choices=RadarReason.choices,
        empty_label=_("om het even"),
    )
    boundary = django_filters.BooleanFilter(
        label=_("Met een grens"), widget=forms.CheckboxInput, method="with_boundary"
    )
    unseen = WeeksFilter(
        label=_("Niet gezien sinds (weken)"), method="not_seen_for", min_value=1, max_value=520
    )
    opened_from = django_filters.DateFilter(
        field_name="opened_at", lookup_expr="date__gte", label=_("Geopend vanaf"), widget=DayInput
    )
    opened_until = django_filters.DateFilter(
        field_name="opened_at", lookup_expr="date__lte", label=_("Geopend tot en met"), widget=DayInput
    )
    neighbourhood = neighbourhood_choice()

    def __init__(self, *args: Any, neighbourhoods: QuerySet[Neighbourhood], **kwargs: Any) -> None:
        super().__init__(*args, neighbourhoods=neighbourhoods, **kwargs)
        led = Case.objects.filter(lead=OuterRef("pk"), neighbourhood__in=[row.pk for row in neighbourhoods])
        self.filters["lead"].queryset = User.objects.filter(Exists(led)).order_by(
            "first_name", "last_name", "pk"
        )

    def filter_queryset(self, queryset: CaseQuerySet) -> CaseQuerySet:
        """Apply what was understood; cases are open ones unless asked otherwise."""
        if not self.form.cleaned_data.get("state"):
            queryset = queryset.open()
        return super().filter_queryset(queryset)

    def by_words(self, rows: CaseQuerySet, _name: str, words: str) -> QuerySet[Any]:
        """Find by number, or by title and address, forgiving of spelling."""
        exact = rows.filter(number__startswith=words.upper())
        alike = rows.like_name(words).values("pk").order_by()
        return rows.filter(Q(pk__in=alike) | Q(pk__in=exact.values("pk")))

    def by_state(self, rows: CaseQuerySet, _name: str, state: str) -> QuerySet[Any]:
        """One state, or all of them."""
        return rows if state == ALL_STATES else rows.filter(state=state)

    def of_user(self, rows: CaseQuerySet, _name: str, is_wanted: bool) -> QuerySet[Any]:
        """Cases on whose team one is today, or that one leads."""
        if not is_wanted:
            return rows
        user = self.request.user
        return rows.filter(Q(lead=user) | Q(pk__in=rows.model.objects.of_team_member(user).values("pk")))

    def by_goal(self, rows: CaseQuerySet, _name: str, goal: str) -> QuerySet[Any]:
        """Cases with an intervention that runs now for this goal."""
        running = Intervention.objects.filter(
            case=OuterRef("pk"), state=InterventionState.RUNNING, instrument__goal=goal
        )
        return rows.filter(Exists(running))

    def with_boundary(self, rows: CaseQuerySet, _name: str, is_wanted: bool) -> QuerySet[Any]:
        """Cases in which a boundary stands."""
        return (
            rows.filter(Exists(Boundary.objects.standing().filter(case=OuterRef("pk"))))
            if is_wanted
            else rows
        )

    def not_seen_for(self, rows: CaseQuerySet, _name: str, weeks: int) -> QuerySet[Any]:
        """Cases in which nobody saw the family for this many weeks, also never."""
        moment = timezone.now() - dt.timedelta(weeks=int(weeks))
        return rows.filter(Q(last_seen_at__lt=moment) | Q(last_seen_at__isnull=True, opened_at__lt=moment))
