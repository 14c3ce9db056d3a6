"""The transition hub of the demo: a shop that became a room for everybody, half a year of Tuesdays and Saturdays."""

import datetime as dt
from decimal import Decimal

from accounts.models import User
from cohesion.actions.activities import cancel_moment, count_moment, plan_activity
from cohesion.actions.hub_places import close_for, open_place, set_opening_times
from cohesion.models import Activity, HubPlace
from reporting.demo.stage import Stage, Story, clock_time

# How many came the first time, grew to, and how many helped.
_REGULAR = {"Koffie op dinsdag": (6, 14, 2), "Herstelcafé": (4, 9, 3), "Taaltafel": (3, 8, 2)}


def _plan(by: User, place: HubPlace, first: dt.date, title: str, hours: str, **kwargs: object) -> Activity:
    begins, ends = (clock_time(text) for text in hours.split(" "))
    values = {"repeat": "weekly", "until_on": first + dt.timedelta(days=300)} | kwargs
    return plan_activity(
        by=by, place=place, title=title, starts_on=first, starts_at=begins, ends_at=ends, **values
    )


def hub(stage: Stage) -> Story:
    """It opens, people find it, one afternoon is called off, and next week it is closed for a day."""
    coach, worker = stage.cast.cohesiecoach, stage.cast.opbouwwerker

    yield stage.ago(168, "10:00")
    place = open_place(
        by=coach,
        neighbourhood=stage.arsenaal,
        name="De Draad",
        address="Verzonnenkaai 9017",
        description="Een oude winkel met een lange tafel, een werkbank en altijd koffie.",
    )
    hours = [(1, "9:00", "17:00"), (3, "13:00", "20:00"), (5, "9:30", "12:30")]
    place = set_opening_times(
        by=coach,
        place=place,
        version=place.version,
        hours=[(day, clock_time(opens), clock_time(closes)) for day, opens, closes in hours],
    )
    start = stage.clock.now().date()
    tuesday = start + dt.timedelta(days=(1 - start.weekday()) % 7)
    series = [
        _plan(
            coach,
            place,
            tuesday,
            "Koffie op dinsdag",
            "9:30 11:30",
            kind="meeting",
            description="Kom binnen, ook voor vijf minuten.",
            hosts="Fatima en Luc",
        ),
        _plan(
            coach,
            place,
            tuesday + dt.timedelta(days=4),
            "Herstelcafé",
            "9:30 12:00",
            kind="repair",
            repeat="fortnight",
            description="Fiets, naaimachine of broodrooster? Samen krijgen we het weer aan de praat.",
        ),
        _plan(
            coach,
            place,
            tuesday + dt.timedelta(days=2),
            "Taaltafel",
            "18:00 19:30",
            kind="language",
            for_whom="Wie Nederlands wil oefenen",
        ),
    ]
    _plan(
        coach,
        place,
        tuesday + dt.timedelta(days=14),
        "Zitdag van het Energiepunt",
        "13:30 15:30",
        kind="advice",
        repeat="monthly",
        until_on=tuesday + dt.timedelta(days=314),
        hosts="Energiepunt",
    )

    yield stage.ago(20, "9:00")
    ill = series[2].moments.filter(on__gt=stage.clock.now().date()).order_by("on")[0]
    cancel_moment(by=worker, moment=ill, reason="De begeleider is ziek")

    yield stage.ago(3, "16:00")
    _count(stage, series)
    holiday = stage.today + dt.timedelta(days=9)
    close_for(
        by=worker, place=place, from_on=holiday, until_on=holiday, reason="Vorming van de vrijwilligers"
    )
    plan_activity(
        by=worker,
        place=place,
        title="Overleg met de vrijwilligers",
        kind="other",
        repeat="once",
        starts_on=stage.today + dt.timedelta(days=5),
        starts_at=clock_time("19:00"),
        ends_at=clock_time("21:00"),
        is_public=False,
    )


def _count(stage: Stage, series: list[Activity]) -> None:
    """At the door every time, but for the last one: somebody still has to do that."""
    for activity in series:
        fewest, most, helpers = _REGULAR[activity.title]
        past = [moment for moment in activity.moments.order_by("on") if moment.ends < stage.clock.now()]
        for n, moment in enumerate(past[:-1]):
            if moment.reason:
                continue
            came = fewest + (most - fewest) * n // max(len(past), 1) + n % 3
            first_time = came if n == 0 else came // 4
            count_moment(
                by=stage.cast.opbouwwerker,
                moment=moment,
                version=moment.version,
                new_count=first_time,
                returning_count=came - first_time,
                helper_count=helpers,
                helper_hours=Decimal(helpers * 2),
                now=moment.ends + dt.timedelta(minutes=20),
            )
