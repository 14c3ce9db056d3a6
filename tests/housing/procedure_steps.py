"""Procedures for tests, taken through the real actions up to where a test begins."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import User
from housing.actions.procedure_steps import Details, take_step
from housing.actions.start_procedure import start_procedure
from housing.models import Building, Dwelling, DwellingProcedure, Procedure
from housing.procedure_enums import ProcedureKind, Step, Verdict
from tests.factories import World
from tests.housing.factories import make_building, make_dwelling

TO_READY = (
    Step.FIND_FOUNDED,
    Step.ASK_ADVICE,
    Step.INVESTIGATE,
    Step.SEND_ADVICE,
    Step.PLAN_HEARING,
    Step.HEAR,
    Step.MARK_READY,
)
TO_DECIDED = (*TO_READY, Step.DECIDE)
TO_NOTIFIED = (*TO_DECIDED, Step.NOTIFY)


def homes(world: World, n: int = 1, **kwargs: Any) -> list[Dwelling]:
    """Make a building with so many dwellings."""
    building = make_building(world, **kwargs)
    return [make_dwelling(world, building, box=str(number)) for number in range(1, n + 1)]


def start(
    world: World,
    dwellings: list[Dwelling],
    kind: str = ProcedureKind.UNFIT,
    *,
    by: User | None = None,
    **kwargs: Any,
) -> Procedure:
    """Start a procedure for these dwellings, today unless told otherwise."""
    kwargs.setdefault("started_on", timezone.localdate())
    building: Building = dwellings[0].building
    return start_procedure(
        by=by or world.housing_inspector, building=building, dwellings=dwellings, kind=kind, **kwargs
    )


def go(
    world: World,
    procedure: Procedure,
    *steps: Step,
    on: dt.date | None = None,
    parts: list[DwellingProcedure] | None = None,
    by: User | None = None,
    now: dt.datetime | None = None,
    **details: Any,
) -> DwellingProcedure:
    """Take these steps one after the other; return the first dwelling as it is then."""
    day = on or timezone.localdate()
    for step in steps:
        given = dict(details)
        if step == Step.PLAN_HEARING:
            given.setdefault("hearing_at", timezone.now() + dt.timedelta(days=14))
        if step == Step.MARK_READY:
            given.setdefault("verdict", Verdict.UNFIT)
        if step == Step.ISSUE:
            given.setdefault("most_people", 2)
        if step in (Step.REJECT, Step.DECLINE, Step.STOP, Step.REFUSE):
            given.setdefault("reason", "niet nodig")
        if step == Step.MINISTER:
            given.setdefault("answer", "confirmed")
        take_step(
            by=by or world.housing_inspector,
            procedure=procedure,
            parts=parts or list(procedure.parts.all()),
            step=step,
            on=day,
            details=Details(**given),
            now=now,
        )
    first = parts[0] if parts else procedure.parts.order_by("pk")[0]
    return DwellingProcedure.objects.get(pk=first.pk)
