"""What this package lets people find: buildings, dwellings and landlords, one query each."""

from collections.abc import Sequence
from typing import Any

from django.db.models import FloatField, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from arsenaal.lib.registries import SearchHit, SearchKind
from arsenaal.lib.trigrams import CommonTrigrams, trigrams
from housing.models import Building, Dwelling, Inspection, Landlord

_ALIKE = 0.5


def _buildings(user: Any, query: str, limit: int) -> Sequence[SearchHit]:
    found = Building.objects.visible_to(user).like_name(query, at_least=_ALIKE)[:limit]
    return [
        SearchHit(str(row), f"{row.postcode} {row.city}", row.get_absolute_url(), row.likeness)
        for row in found
    ]


def _dwellings(user: Any, query: str, limit: int) -> Sequence[SearchHit]:
    """Dwellings with their own box; a house that is one dwelling is found as a building."""
    wanted = trigrams(query)
    if not wanted:
        return []
    found = (
        Dwelling.objects.visible_to(user)
        .filter(building__trigrams__overlap=wanted)
        .exclude(box="")
        .select_related("building")
        .annotate(
            likeness=Cast(CommonTrigrams("building__trigrams", wanted), FloatField())
            / Value(float(len(wanted)))
        )
        .filter(likeness__gte=_ALIKE)
        .order_by("-likeness", "building__sort_key", "box", "pk")[:limit]
    )
    return [
        SearchHit(str(row), str(row.get_kind_display()), row.get_absolute_url(), row.likeness)
        for row in found
    ]


def _landlords(user: Any, query: str, limit: int) -> Sequence[SearchHit]:
    found = Landlord.objects.visible_to(user).like_name(query, at_least=_ALIKE)[:limit]
    return [
        SearchHit(
            row.name,
            " · ".join(filter(None, [str(row.get_kind_display()), row.phone])),
            row.get_absolute_url(),
            row.likeness,
        )
        for row in found
    ]


def _inspections(user: Any, query: str, limit: int) -> Sequence[SearchHit]:
    """Inspections of what stands at an address that looks like this, newest first among equals."""
    wanted = trigrams(query)
    if not wanted:
        return []
    found = (
        Inspection.objects.visible_to(user)
        .current()
        .filter(building__trigrams__overlap=wanted)
        .select_related("building", "dwelling__building")
        .annotate(
            likeness=Cast(CommonTrigrams("building__trigrams", wanted), FloatField())
            / Value(float(len(wanted)))
        )
        .filter(likeness__gte=_ALIKE)
        .order_by("-likeness", "-scheduled_at", "-pk")[:limit]
    )
    return [
        SearchHit(
            str(row),
            " · ".join(
                filter(
                    None,
                    [
                        date_format(timezone.localtime(row.scheduled_at), "j F Y"),
                        str(row.get_outcome_display() if row.outcome else row.get_state_display()),
                    ],
                )
            ),
            row.get_absolute_url(),
            row.likeness,
        )
        for row in found
    ]


KINDS = (
    SearchKind("housing.building", _("Panden"), "building", _buildings),
    SearchKind("housing.dwelling", _("Woningen"), "house-door", _dwellings),
    SearchKind("housing.inspection", _("Onderzoeken"), "clipboard-check", _inspections),
    SearchKind("housing.landlord", _("Verhuurders"), "person-badge", _landlords),
)
