"""The filter above the agreements."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from housing.agreement_enums import LIVE_STATES, UNSIGNED_STATES, AgreementState
from housing.models import Agreement, ObligationDue


class AgreementFilter(django_filters.FilterSet):
    """In which state, and whether something is late. What isn't over when nothing is chosen."""

    state = django_filters.ChoiceFilter(
        label=_("Stand"),
        choices=[("current", _("wat loopt of klaarligt")), *AgreementState.choices, ("all", _("alles"))],
        method="nothing",
        empty_label=None,
    )
    late = django_filters.BooleanFilter(
        label=_("Iets is te laat"), method="only_late", widget=forms.CheckboxInput
    )

    def filter_queryset(self, queryset: QuerySet[Agreement]) -> QuerySet[Agreement]:
        """Apply what was chosen, or what isn't over."""
        rows = super().filter_queryset(queryset)
        state = self.form.cleaned_data.get("state") or "current"
        if state == "current":
            return rows.filter(state__in=[*UNSIGNED_STATES, *LIVE_STATES])
        return rows if state == "all" else rows.filter(state=state)

    def only_late(self, rows: QuerySet[Agreement], _name: str, is_on: bool) -> QuerySet[Agreement]:
        """Agreements in which something is late."""
        late = ObligationDue.objects.late(timezone.localdate()).filter(agreement=OuterRef("pk"))
        return rows.filter(Exists(late)) if is_on else rows

    def nothing(self, rows: QuerySet[Agreement], _name: str, _value: str) -> QuerySet[Agreement]:
        """Applied in `filter_queryset`, because leaving it open means something too."""
        return rows
