"""What the case page shows of procedures about the dwelling: where they stand, who has the ball, until when.

Everybody who reads the case sees these facts: the family asks the worker at the door. The procedure itself is for who
reads procedures.
"""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Goal
from accounts.models import User
from accounts.permissions import Permission
from arsenaal.lib.registries import CasePanel
from cases.models import Case
from housing.models import BuildingTrack, DwellingProcedure
from housing.perms import can_plan_rehousing
from housing.procedure_cases import dwellings_of_cases
from housing.procedure_enums import MUST_LEAVE, ProcedureKind, ProcedureState
from housing.procedure_reading import lines_of, with_terms
from housing.rehousing import family_plans

# From here on a decision can follow, so that the family has to know where to.
_BEFORE = {
    ProcedureKind.UNFIT: frozenset(
        {ProcedureState.HEARING_PLANNED, ProcedureState.HEARD, ProcedureState.READY}
    ),
    ProcedureKind.URGENT: frozenset({ProcedureState.REQUESTED, ProcedureState.READY}),
}


def panel_context(case: Case, user: User) -> dict[str, Any] | None:
    """Gather the panel in a fixed number of queries; nothing when no procedure ever touched this case."""
    today = timezone.localdate()
    homes = dwellings_of_cases([case.pk], today)
    parts = list(
        DwellingProcedure.objects.filter(dwelling__in=homes)
        .select_related("procedure__building", "dwelling__building")
        .prefetch_related(with_terms())
        .order_by("pk")
    )
    tracks = list(
        BuildingTrack.objects.filter(building__case_buildings__case=case, closed_on__isnull=True)
        .select_related("owner")
        .order_by("next_on", "pk")
    )
    if not parts and not tracks:
        return None
    own = [
        part
        for part in parts
        if not part.is_closed
        and part.kind in _BEFORE
        and (part.state in _BEFORE[part.kind] or part.verdict in MUST_LEAVE)
    ]
    plans = []
    if case.household_id and own:
        plans = [found for found in family_plans(own, today) if found.household.pk == case.household_id]
    return {
        "lines": lines_of(parts),
        "tracks": tracks,
        "plans": plans,
        "may_plan": [found.part.pk for found in plans if can_plan_rehousing(user, found.part, case)],
        "may_read": user.access.can(Permission.PROCEDURE_READ, case.neighbourhood_id),
    }


def _reads_case(user: User, case: Case) -> bool:
    return user.access.can(Permission.CASE_READ, case.neighbourhood_id)


PANEL = CasePanel(
    "housing.procedures",
    _("Procedures over de woning"),
    36,
    "housing/panels/procedures.html",
    _reads_case,
    panel_context,
    goal=Goal.HOUSING.value,
)
