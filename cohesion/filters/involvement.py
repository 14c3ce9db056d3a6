"""The filters above what people do in their neighbourhood."""

import django_filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohesion.involvement_enums import InvolvementKind
from cohesion.models.involvement import InvolvementQuerySet

_STANDS = [("running", _("loopt nog")), ("ended", _("afgelopen"))]


class InvolvementFilter(django_filters.FilterSet):
    """Kind, what it is about, and whether it goes on."""

    kind = django_filters.ChoiceFilter(
        label=_("Soort"), choices=InvolvementKind.choices, empty_label=_("alle soorten")
    )
    q = django_filters.CharFilter(field_name="what", lookup_expr="icontains", label=_("Wat"), max_length=60)
    stands = django_filters.ChoiceFilter(
        label=_("Stand"), choices=_STANDS, empty_label=_("alles"), method="by_stand"
    )

    def by_stand(self, rows: InvolvementQuerySet, _name: str, wanted: str) -> InvolvementQuerySet:
        """Those that go on today, or don't any more."""
        today = timezone.localdate()
        if wanted == "ended":
            return rows.filter(until__lt=today)
        return rows.filter(Q(until__isnull=True) | Q(until__gte=today))
