"""Whose cases an inspection is about: the families whose home it is, or the block."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from arsenaal.lib.wall import beyond_wall
from cases.models import Case
from housing.models import Building, CaseBuilding, Dwelling, Inspection, Occupancy
from housing.procedure_cases import away_from_home, cases_by_dwelling


def cases_of(*, building: Building, dwelling: Dwelling | None, day: dt.date) -> list[Case]:
    """Return the open cases that hear of it, in order of their key, whoever may see them.

    Of a dwelling: the households that live there on this day, or stay elsewhere until they can go back. Of common
    parts: the block cases of the building and, for families that hang under no block, their own.
    """
    living = Occupancy.objects.on(day).filter(household_id=OuterRef("household_id"))
    if dwelling is not None:
        away = away_from_home().filter(case_id=OuterRef("pk"), came_from__dwelling=dwelling)
        found = Case.objects.open().filter(Exists(living.filter(dwelling=dwelling)) | Exists(away))
    else:
        blocks = CaseBuilding.objects.filter(building=building)
        in_block = Q(parent__isnull=False, parent__in=blocks.values("case"))
        found = Case.objects.open().filter(
            Q(pk__in=blocks.values("case")) | Exists(living.filter(dwelling__building=building)) & ~in_block
        )
    with beyond_wall("which cases an inspection is about"):
        return list(found.order_by("pk"))


def cases_of_inspection(inspection: Inspection, day: dt.date) -> list[Case]:
    """Return the open cases that this inspection is about."""
    return cases_of(building=inspection.building, dwelling=inspection.dwelling, day=day)


def cases_that_may_mind(inspection: Inspection, day: dt.date) -> list[Case]:
    """Return the open cases whose boundaries count when the landlord is told of this inspection.

    He knows who lives in his house: of common parts every family counts, also one that hangs under a block.
    """
    found = {case.pk: case for case in cases_of_inspection(inspection, day)}
    if inspection.dwelling_id is None:
        dwellings = list(inspection.building.dwellings.values_list("pk", flat=True))
        for cases in cases_by_dwelling(dwellings, day).values():
            found |= {case.pk: case for case in cases}
    return list(found.values())
