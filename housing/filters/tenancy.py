"""The filter above the tenant tracks."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from housing.models import ArrearsReading, EvictionFundFile, RightClaim, TenancySupport
from housing.models.tenancy import TenantTrackQuerySet
from housing.tenancy_enums import FUND_OPEN, GuidanceState, RightState

_WHAT = [
    ("support", _("met intensieve begeleiding")),
    ("rights", _("met rechten die nog niet beslist zijn")),
    ("arrears", _("met een genoteerde achterstand")),
    ("fund", _("met een dossier bij het fonds")),
]


class TenancyFilter(django_filters.FilterSet):
    """What runs, mine, and whose next date has passed. Of open cases when nothing is chosen."""

    what = django_filters.ChoiceFilter(label=_("Wat"), choices=_WHAT, method="by_what")
    mine = django_filters.BooleanFilter(
        label=_("Begeleid ik"), method="only_mine", widget=forms.CheckboxInput
    )
    late = django_filters.BooleanFilter(
        label=_("Volgende datum voorbij"), method="only_late", widget=forms.CheckboxInput
    )
    closed = django_filters.BooleanFilter(
        label=_("Ook van afgesloten dossiers"), method="nothing", widget=forms.CheckboxInput
    )

    def filter_queryset(self, queryset: TenantTrackQuerySet) -> TenantTrackQuerySet:
        """Apply what was chosen; closed cases only when asked."""
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("closed") else rows.filter(case__closed_at__isnull=True)

    def by_what(self, rows: TenantTrackQuerySet, _name: str, what: str) -> TenantTrackQuerySet:
        """Those in which this runs."""
        lines = {
            "support": TenancySupport.objects.filter(state=GuidanceState.RUNNING),
            "rights": RightClaim.objects.filter(state__in=[RightState.EXPLORE, RightState.ASKED]),
            "arrears": ArrearsReading.objects.filter(amount__gt=0),
            "fund": EvictionFundFile.objects.filter(state__in=FUND_OPEN),
        }[what]
        return rows.filter(Exists(lines.filter(track=OuterRef("pk"), is_struck=False)))

    def only_mine(self, rows: TenantTrackQuerySet, _name: str, is_on: bool) -> TenantTrackQuerySet:
        """Those that this user follows."""
        return rows.filter(worker=self.request.user) if is_on else rows

    def only_late(self, rows: TenantTrackQuerySet, _name: str, is_on: bool) -> TenantTrackQuerySet:
        """Those of which the next date has passed."""
        return rows.filter(next_on__lt=timezone.localdate()) if is_on else rows

    def nothing(self, rows: TenantTrackQuerySet, _name: str, _value: bool) -> TenantTrackQuerySet:
        """Applied in `filter_queryset`, because leaving it open means something too."""
        return rows
