"""The filter above the consents."""

import datetime as dt
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from cases.enums import ConsentState
from cases.models import CONSENT_WARNING_DAYS, Consent
from people.models import Person


def in_state(rows: QuerySet[Consent], state: str) -> QuerySet[Consent]:
    """Narrow to consents in this state today. "valid" holds those that end soon as well: they are valid."""
    today = timezone.localdate()
    standing = Q(withdrawn_at__isnull=True, replaced_by__isnull=True)
    soon = today + dt.timedelta(days=CONSENT_WARNING_DAYS)
    return {
        ConsentState.VALID: lambda: rows.filter(standing, Q(until_on__isnull=True) | Q(until_on__gte=today)),
        ConsentState.ENDING: lambda: rows.filter(standing, until_on__gte=today, until_on__lte=soon),
        ConsentState.EXPIRED: lambda: rows.filter(standing, until_on__lt=today),
        ConsentState.WITHDRAWN: lambda: rows.filter(withdrawn_at__isnull=False),
        ConsentState.REPLACED: lambda: rows.filter(withdrawn_at__isnull=True, replaced_by__isnull=False),
    }[ConsentState(state)]()


class ConsentFilter(django_filters.FilterSet):
    """In which state, for whom, by whom. What is valid when nothing is chosen."""

    state = django_filters.ChoiceFilter(
        label=_("Stand"),
        choices=[*ConsentState.choices, ("all", _("alles"))],
        method="nothing",
        empty_label=None,
    )
    recipient = django_filters.ModelChoiceFilter(
        label=_("Met wie"),
        queryset=Organisation.objects.order_by("name"),
        method="only_for",
        empty_label=_("alle organisaties"),
    )
    person = django_filters.CharFilter(label=_("Gegeven door"), method="only_by", max_length=80)

    def filter_queryset(self, queryset: QuerySet[Consent]) -> QuerySet[Consent]:
        """Apply what was chosen, or what is valid."""
        rows = super().filter_queryset(queryset)
        state = self.form.cleaned_data.get("state") or ConsentState.VALID
        return rows if state == "all" else in_state(rows, state)

    def nothing(self, rows: QuerySet[Any], _name: str, _value: Any) -> QuerySet[Any]:
        """Applied in `filter_queryset`, because leaving it open means something too."""
        return rows

    def only_for(self, rows: QuerySet[Any], _name: str, value: Organisation) -> QuerySet[Any]:
        """Consents that let us share with this organisation."""
        return rows.filter(recipients=value)

    def only_by(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Consents by somebody with nearly this name, of those whom one may see."""
        people = Person.objects.visible_to(self.request.user).like_name(value)
        return rows.filter(person__in=people.order_by().values("pk"))
