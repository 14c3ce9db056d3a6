"""The filters above offers, asks and matches."""

import django_filters
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohesion.capital_enums import CapitalKind, MatchState, Side
from cohesion.models import CapitalConsent
from cohesion.models.capital import CapitalEntryQuerySet

_CONSENTS = [("yes", _("toestemming gegeven")), ("no", _("nog te vragen"))]
_STANDS = [("ended", _("afgelopen")), ("all", _("alles"))]


class CapitalFilter(django_filters.FilterSet):
    """Side, kind, what it is about, consent. What still stands when nothing is chosen."""

    side = django_filters.ChoiceFilter(
        label=_("Aanbod of vraag"), choices=Side.choices, empty_label=_("allebei")
    )
    kind = django_filters.ChoiceFilter(
        label=_("Soort"), choices=CapitalKind.choices, empty_label=_("alle soorten")
    )
    q = django_filters.CharFilter(field_name="what", lookup_expr="icontains", label=_("Wat"), max_length=60)
    consent = django_filters.ChoiceFilter(
        label=_("Toestemming"), choices=_CONSENTS, empty_label=_("om het even"), method="by_consent"
    )
    stands = django_filters.ChoiceFilter(
        label=_("Stand"), choices=_STANDS, empty_label=_("open"), method="nothing"
    )

    def filter_queryset(self, queryset: CapitalEntryQuerySet) -> CapitalEntryQuerySet:
        """Apply what was chosen; what has ended only when asked."""
        rows = super().filter_queryset(queryset)
        stands = self.form.cleaned_data.get("stands")
        if stands == "all":
            return rows
        return rows.filter(ended_on__isnull=stands != "ended")

    def by_consent(self, rows: CapitalEntryQuerySet, _name: str, wanted: str) -> CapitalEntryQuerySet:
        """Those whose consent holds, or doesn't."""
        holds = Exists(CapitalConsent.objects.valid_on(timezone.localdate()).filter(entry=OuterRef("pk")))
        return rows.filter(holds if wanted == "yes" else ~holds)

    def nothing(self, rows: CapitalEntryQuerySet, _name: str, _value: str) -> CapitalEntryQuerySet:
        """Applied in `filter_queryset`, because leaving it open means something too."""
        return rows


class MatchFilter(django_filters.FilterSet):
    """How far they came."""

    state = django_filters.ChoiceFilter(
        label=_("Stand"), choices=MatchState.choices, empty_label=_("alle standen")
    )
