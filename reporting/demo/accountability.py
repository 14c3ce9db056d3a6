"""Who looked: ordinary looks, one that stood out, an emergency that was judged and one that waits.

All through the actions; the log of the demo is as true as its stories. Nothing here happens before a case is there.
"""

import datetime as dt

from accounts.actions.looks import keep_looks
from accounts.actions.unusual import find_unusual, set_home_street
from accounts.looks import LookKind, Subject
from accounts.models import User
from cases.actions.break_glass import break_glass, close_glass, review_glass
from cases.looks import case_look
from cases.models import Case
from reporting.demo.stage import Stage, Story


def _open(by: User, case: Case, now: dt.datetime) -> None:
    keep_looks(by=by, looks=[case_look(case)], page="cases:case", now=now)


def _case_of(stage: Stage, number: int) -> Case:
    """The oldest open household cases of the neighbourhood, whatever their stories are called."""
    cases = Case.objects.open().filter(neighbourhood=stage.arsenaal, household__isnull=False)
    return cases.select_related("neighbourhood", "household").order_by("opened_at", "pk")[number]


def ordinary_looks(stage: Stage) -> Story:
    """The last days: the team at work, and the lead who tells a family who looked."""
    cast = stage.cast
    for days, time, who, number in (
        (6, "9:10", cast.opbouwwerker, 0),
        (6, "11:40", cast.huurbegeleider, 0),
        (5, "9:25", cast.jurist, 1),
        (4, "14:05", cast.renovatiecoach, 0),
        (3, "10:15", cast.coordinator, 1),
        (2, "16:30", cast.inspecteur, 2),
    ):
        yield stage.ago(days, time)
        case = _case_of(stage, number)
        can_read = Case.objects.visible_to(who).filter(pk=case.pk).exists()
        _open(who if can_read else cast.coordinator, case, stage.clock.now())
    yield stage.ago(2, "17:05")
    look = case_look(_case_of(stage, 0), kind=LookKind.PRINTED, subject=Subject.LOG)
    keep_looks(by=cast.coordinator, looks=[look], page="cases:case-looks", now=stage.clock.now())


def late_in_the_evening(stage: Stage) -> Story:
    """The renovation coach looks at a case one evening after ten: the privacy officer has still to ask him."""
    set_home_street(by=stage.cast.renovatiecoach, user=stage.cast.renovatiecoach, street="Nekkerspoelstraat")
    yield stage.ago(1, "22:35")
    case = _case_of(stage, 1)
    for minutes in (0, 4, 9):
        _open(stage.cast.renovatiecoach, case, stage.clock.now() + dt.timedelta(minutes=minutes))
    yield stage.clock.now() + dt.timedelta(minutes=15)
    find_unusual(now=stage.clock.now())


def emergencies(stage: Stage) -> Story:
    """One that the privacy officer found justified, and one of this week on which he must still give a verdict."""
    cast = stage.cast
    yield stage.ago(20, "15:10")
    case = _case_of(stage, 0)
    glass = break_glass(
        by=cast.inspecteur,
        case=case,
        circle="care",
        emergency="dwelling",
        reason="CO-alarm in de gang. Ik moet weten of er binnen iemand slecht te been is.",
        now=stage.clock.now(),
    )
    _open(cast.inspecteur, case, stage.clock.now() + dt.timedelta(minutes=1))
    yield stage.clock.now() + dt.timedelta(minutes=25)
    close_glass(by=cast.inspecteur, glass=glass, now=stage.clock.now())
    yield stage.ago(18, "9:45")
    review_glass(
        by=cast.privacy,
        glass=glass,
        verdict="justified",
        verdict_note="Er was acuut gevaar, er is alleen gekeken wat nodig was, en het is zelf weer gesloten.",
        now=stage.clock.now(),
    )
    yield stage.ago(3, "19:20")
    case = _case_of(stage, 1)
    break_glass(
        by=cast.coordinator,
        case=case,
        circle="care",
        emergency="child",
        reason="De school belt dat het kind niet opgehaald is en niemand neemt op.",
        now=stage.clock.now(),
    )
    _open(cast.coordinator, case, stage.clock.now() + dt.timedelta(minutes=2))


def stories(stage: Stage) -> list[Story]:
    """Everything in this file."""
    return [ordinary_looks(stage), late_in_the_evening(stage), emergencies(stage)]
