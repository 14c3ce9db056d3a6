"""The filter above the list of reports."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood
from reporting.enums import ReportState


class ReportFilter(django_filters.FilterSet):
    """Which reports: of where, and how they stand."""

    neighbourhood = django_filters.ModelChoiceFilter(
        label=_("Wijk"), queryset=Neighbourhood.objects.none(), empty_label=_("al mijn wijken")
    )
    state = django_filters.ChoiceFilter(label=_("Stand"), choices=ReportState.choices, empty_label=_("alles"))

    def __init__(self, *args: Any, neighbourhoods: QuerySet[Neighbourhood], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(neighbourhoods) > 1:
            self.filters["neighbourhood"].queryset = neighbourhoods
        else:
            del self.filters["neighbourhood"]
