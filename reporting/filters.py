"""The filter above the list of reports."""

import django_filters
from django.utils.translation import gettext_lazy as _

from cases.filters.neighbourhood import NeighbourhoodFilterSet, neighbourhood_choice
from reporting.enums import ReportState


class ReportFilter(NeighbourhoodFilterSet):
    """Which reports: of where, and how they stand."""

    neighbourhood = neighbourhood_choice()
    state = django_filters.ChoiceFilter(label=_("Stand"), choices=ReportState.choices, empty_label=_("alles"))
