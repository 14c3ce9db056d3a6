"""Everything in the order in which it happened, or nothing at all."""

import datetime as dt
from collections.abc import Iterator

from django.db import connection, transaction
from django.utils import timezone, translation

from accounts.models import Neighbourhood
from arsenaal.lib.wall import beyond_wall
from reporting.demo import (
    accountability,
    casus1,
    casus2,
    casus2_legal,
    casus3,
    families_ended,
    families_running,
    inspections,
    living_room,
    neighbourhood,
    procedures,
    radar,
    rehousing,
    renovations,
    reports,
    reviews,
    rights,
    stories,
    tenancy,
    tivoli,
    trust_and_papers,
)
from reporting.demo.setting_up import set_up
from reporting.demo.stage import Stage, Story

_LOCK = 0x41525344  # "ARSD": two that start at once wait for each other
_FAMILIES = (
    casus1.fons,
    casus2.block_of_flats,
    casus2.new_tenant,
    casus2_legal.legal_file,
    casus3.oztest,
    families_running.testaoui,
    families_running.rosalie,
    families_running.proefkowski,
    families_running.dawit,
    families_running.zondernaam,
    families_running.demochenko,
    families_ended.ngoma,
    families_ended.lieve,
    families_ended.staal,
    families_ended.jamal,
    families_ended.vanwaas,
    families_ended.modelescu,
)


def _stories(stage: Stage) -> Iterator[Story]:
    for family in _FAMILIES:
        yield family(stage)
    for about_a_dwelling in procedures.STORIES:
        yield about_a_dwelling(stage)
    yield inspections.block(stage)
    yield inspections.milsenstraat(stage)
    yield from radar.stories(stage)
    yield from rehousing.stories(stage)
    yield from renovations.stories(stage)
    yield from tenancy.stories(stage)
    yield from neighbourhood.stories(stage)
    yield from tivoli.stories(stage)
    yield from accountability.stories(stage)
    yield from trust_and_papers.stories(stage)
    yield from rights.stories(stage)
    yield living_room.visits(stage)
    yield stories.stories(stage)
    yield reviews.weekly_reviews(stage)
    yield reports.last_quarter(stage)


def play_demo(*, now: dt.datetime | None = None) -> bool:
    """Make the demo neighbourhood with six months that end at `now`; return False when it is there already.

    In one transaction: stopped half-way, nothing stays. The same moment gives the same stories.
    """
    with transaction.atomic(), beyond_wall("the demo neighbourhood"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        if Neighbourhood.objects.filter(code="ARS").exists():
            return False
        with translation.override("nl"), timezone.override("Europe/Brussels"):
            stage = Stage(now or timezone.now())
            with stage.clock.running():
                set_up(stage)
                stage.play(_stories(stage))
    return True
