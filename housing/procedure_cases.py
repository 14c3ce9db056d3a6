"""Which cases a procedure touches: the families whose home it is, and the block.

A family that stays in a crisis dwelling for a while keeps its home: what is decided about that is still its story.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from arsenaal.lib.wall import beyond_wall
from cases.models import Case
from housing.agreement_enums import StayState
from housing.models import CaseBuilding, Occupancy, Stay
from housing.models.building import Building


def away_from_home() -> QuerySet[Stay]:
    """Return the stays of families who are in a crisis dwelling now and have a home to go back to."""
    return Stay.objects.filter(state=StayState.RUNNING, came_from__isnull=False)


def cases_by_dwelling(dwelling_ids: Iterable[int], day: dt.date) -> dict[int, list[Case]]:
    """Return the open cases of the households whose home each dwelling is on this day, whoever may see them.

    Two queries.
    """
    wanted = list(dwelling_ids)
    living = Occupancy.objects.on(day).filter(dwelling_id__in=wanted)
    away = away_from_home().filter(came_from__dwelling_id__in=wanted)
    # A boundary of any family counts, and what is decided is told to each of them, whoever presses.
    with beyond_wall("which cases a procedure touches"):
        pairs = list(
            living.values_list("dwelling_id", "household_id").union(
                away.values_list("came_from__dwelling_id", "period__household_id")
            )
        )
        homes: dict[int, list[int]] = defaultdict(list)
        for dwelling_id, household_id in pairs:
            homes[household_id].append(dwelling_id)
        cases = list(
            Case.objects.open().filter(household_id__in=list(homes)).select_related("lead").order_by("pk")
        )
    found: dict[int, list[Case]] = defaultdict(list)
    for case in cases:
        for dwelling_id in homes[case.household_id or 0]:
            found[dwelling_id].append(case)
    return found


def block_cases(building: Building) -> list[Case]:
    """Return the open block cases of this building."""
    with beyond_wall("the block case of a building"):
        return list(Case.objects.open().filter(case_building__building=building).order_by("pk"))


def dwellings_of_cases(case_ids: Sequence[int], day: dt.date) -> dict[int, list[int]]:
    """Return dwelling id -> case ids: where their homes are, and every dwelling of the building of a block case.

    One query, so that terms of many cases are found at once.
    """
    living = Occupancy.objects.on(day).filter(household__cases__in=case_ids)
    blocks = CaseBuilding.objects.filter(case__in=case_ids, building__dwellings__isnull=False)
    away = away_from_home().filter(case__in=case_ids)
    pairs = living.values_list("dwelling_id", "household__cases").union(
        blocks.values_list("building__dwellings", "case_id"),
        away.values_list("came_from__dwelling_id", "case_id"),
    )
    wanted = set(case_ids)
    found: dict[int, list[int]] = defaultdict(list)
    for dwelling_id, case_id in pairs:
        if case_id in wanted:
            found[dwelling_id].append(case_id)
    return found
