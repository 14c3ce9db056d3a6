"""What other pages show of inspections: the case, the dwelling, the building, the landlord."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Goal
from accounts.models import User
from accounts.permissions import Permission
from arsenaal.lib.registries import CasePanel
from cases.enums import CaseKind
from cases.models import Case
from housing.inspection_enums import InspectionState, LegalStatusKind, Outcome
from housing.inspection_reading import outcome_tone
from housing.models import (
    Building,
    CaseBuilding,
    Dwelling,
    Inspection,
    Landlord,
    LegalStatus,
    Occupancy,
    Ownership,
)
from housing.perms import can_inspect, reads_inspection_outcomes

_MOST = 8


@dataclass(frozen=True)
class InspectionLine:
    """An inspection as a row."""

    inspection: Inspection
    tone: str


def _lines(rows: Any, most: int = _MOST) -> list[InspectionLine]:
    shown = (
        rows.current()
        .exclude(state=InspectionState.CANCELLED)
        .select_related("building", "dwelling__building", "inspector")
        .order_by("-scheduled_at", "-pk")[:most]
    )
    return [InspectionLine(row, outcome_tone(row.outcome)) for row in shown]


def _may(user: User, neighbourhood_id: int) -> dict[str, bool]:
    return {
        "reads_inspections": user.access.can(Permission.INSPECTION_READ, neighbourhood_id),
        "may_inspect": can_inspect(user, neighbourhood_id),
    }


def dwelling_inspections(dwelling: Dwelling, user: User) -> dict[str, Any]:
    """Return inspections, legal status and certificate for the page of a dwelling; three queries."""
    may = _may(user, dwelling.building.neighbourhood_id)
    if not may["reads_inspections"]:
        return {**may, "inspections": [], "legal_status": None, "legal_history": [], "certificate": None}
    history = list(dwelling.legal_statuses.select_related("recorded_by").order_by("-decided_on", "-pk")[:20])
    today = timezone.localdate()
    return {
        **may,
        "inspections": _lines(Inspection.objects.filter(dwelling=dwelling)),
        "legal_status": next((row for row in history if row.decided_on <= today), None),
        "legal_history": history,
        "certificate": dwelling.certificates.valid_on(today).order_by("-valid_until", "-pk").first(),
        "none": LegalStatusKind.NONE,
    }


def building_inspections(building: Building, user: User) -> dict[str, Any]:
    """Return the inspections of a building with its dwellings, and who has a legal status; two queries."""
    may = _may(user, building.neighbourhood_id)
    if not may["reads_inspections"]:
        return {**may, "inspections": [], "legal_statuses": []}
    statuses = LegalStatus.objects.on(timezone.localdate()).filter(dwelling__building=building)
    rows = statuses.select_related("dwelling__building")
    return {
        **may,
        "inspections": _lines(Inspection.objects.filter(building=building), 16),
        "legal_statuses": [row for row in rows if row.status != LegalStatusKind.NONE],
    }


def landlord_inspections(landlord: Landlord, user: User) -> dict[str, Any]:
    """Return how many of a landlord's dwellings have which outcome in their last report; one query."""
    may = _may(user, landlord.neighbourhood_id)
    if not may["reads_inspections"]:
        return {**may, "outcomes": []}
    owned = Ownership.objects.on(timezone.localdate()).filter(landlord=landlord).values("dwelling")
    last = (
        Inspection.objects.finished()
        .filter(dwelling__in=owned)
        .order_by("dwelling_id", "-finished_at", "-pk")
        .distinct("dwelling_id")
        .values("pk")
    )
    counted = dict(
        Inspection.objects.filter(pk__in=last).order_by().values_list("outcome").annotate(n=Count("pk"))
    )
    return {
        **may,
        "outcomes": [
            {"label": outcome.label, "n": counted[outcome], "tone": outcome_tone(outcome)}
            for outcome in Outcome
            if counted.get(outcome)
        ],
    }


def case_inspections(case: Case, user: User) -> dict[str, Any] | None:
    """Return the inspections of where the family lives, or of the block. Nothing to tell, nothing shown."""
    today = timezone.localdate()
    building = dwelling = None
    if case.kind == CaseKind.BUILDING:
        link = CaseBuilding.objects.filter(case=case).select_related("building").first()
        building = link.building if link else None
        here = Q(building=building)
    else:
        # Also where they lived before: whoever is housed elsewhere for a while goes back to what was inspected.
        lived = Occupancy.objects.filter(household_id=case.household_id, from_on__lte=today)
        found = lived.select_related("dwelling__building").order_by("-from_on", "-pk").first()
        dwelling = found.dwelling if found else None
        here = Q(dwelling__in=lived.values("dwelling"))
    if building is None and dwelling is None:
        return None
    statuses = LegalStatus.objects.on(today).filter(Q(dwelling__building=building) if building else here)
    lines = _lines(Inspection.objects.filter(here))
    may = _may(user, case.neighbourhood_id)
    standing = [
        row for row in statuses.select_related("dwelling__building") if row.status != LegalStatusKind.NONE
    ]
    if not lines and not standing and not may["may_inspect"]:
        return None
    return {
        **may,
        "inspections": lines,
        "legal_statuses": standing,
        "dwelling": dwelling,
        "building": building,
    }


def _may_see(user: User, case: Case) -> bool:
    return reads_inspection_outcomes(user, case.neighbourhood_id)


PANELS = (
    CasePanel(
        "housing.inspections",
        _("Onderzoek van de woning"),
        36,
        "housing/panels/inspections.html",
        _may_see,
        case_inspections,
        goal=Goal.HOUSING.value,
    ),
)
