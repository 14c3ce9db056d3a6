"""What inspections and procedures tell of a landlord; registered for his page (housing.landlord_facts)."""

from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from housing.landlord_facts import DefectFound, DefectSource, FactRow, LandlordFact
from housing.models import Defect, DwellingProcedure, Inspection, Ownership

MOST = 40


def defects_found(dwelling_ids: Sequence[int], user: User) -> Iterable[DefectFound]:
    """Return the defects of the last signed report of each dwelling, within what this reader may know. One query."""
    last = (
        Inspection.objects.visible_to(user)
        .finished()
        .filter(dwelling__in=dwelling_ids)
        .order_by("dwelling_id", "-finished_at", "-pk")
        .distinct("dwelling_id")
        .values("pk")
    )
    rows = Defect.objects.filter(inspection__in=last).select_related("item", "inspection")
    return [
        DefectFound(
            row.inspection.dwelling_id or 0,
            row.item.code,
            row.item.name,
            str(row.get_category_display()),
            row.first_seen_on,
        )
        for row in rows.order_by("pk")
    ]


def procedures_of(landlord_ids: Sequence[int], user: User) -> Sequence[FactRow]:
    """Return the procedures about what they own today, newest first. One query."""
    owned = Ownership.objects.on(timezone.localdate()).filter(landlord__in=landlord_ids).values("dwelling_id")
    parts = (
        DwellingProcedure.objects.visible_to(user)
        .filter(dwelling__in=owned)
        .select_related("procedure", "dwelling__building")
        .order_by("-procedure__started_on", "-pk")
    )
    return [
        FactRow(
            title=str(part.dwelling),
            detail=str(part.procedure.get_kind_display()),
            on=part.procedure.started_on,
            url=part.procedure.get_absolute_url(),
            state=str(part.get_state_display()),
        )
        for part in parts[:MOST]
    ]


DEFECTS = DefectSource("housing.inspections", defects_found)
FACTS = (
    LandlordFact(
        "housing.procedures",
        _("Procedures over zijn woningen"),
        "signpost-2",
        _("Er loopt of liep geen procedure over zijn woningen."),
        procedures_of,
    ),
)
