"""Who of the demo's families does something in the neighbourhood, and whose team may know it."""

import datetime as dt

from cohesion.actions.involvement import note_involvement, record_yes
from cohesion.models import Activity
from people.models import Person
from reporting.demo.stage import Stage, Story


def _adult(stage: Stage, key: str) -> Person:
    household = stage.cases[key].household
    return Person.objects.filter(memberships__household=household, memberships__role="adult").earliest("pk")


def involvements(stage: Stage) -> Story:
    """Somebody repairs bicycles at the repair café and lets his team know; another keeps it to himself for now."""
    coach, where = stage.cast.cohesiecoach, stage.arsenaal

    yield stage.ago(28, "15:00")
    café = Activity.objects.filter(title__icontains="herstel", place__neighbourhood=where).first()
    repairs = note_involvement(
        by=coach,
        neighbourhood=where,
        person=_adult(stage, "dawit"),
        kind="volunteer",
        what="Herstelt fietsen in het herstelcafé",
        since=stage.on(-60),
        thing={"activity": café} if café else None,
    )
    record_yes(
        by=coach,
        involvement=repairs,
        agreed_until=stage.today + dt.timedelta(days=365),
    )

    yield stage.ago(12, "11:00")
    note_involvement(
        by=coach,
        neighbourhood=where,
        person=_adult(stage, "testaoui"),
        kind="care",
        what="Geeft de tegeltuinen voor de deur water",
        since=stage.on(-40),
    )
