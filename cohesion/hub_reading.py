"""What the hub's pages, poster and feed show, each in a fixed number of queries."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from accounts.models import Neighbourhood
from arsenaal.lib.durations import add_months
from arsenaal.lib.ical import CalendarEvent
from cohesion.enums import MomentState, Weekday
from cohesion.models import ActivityMoment, ClosedPeriod, HubPlace, OpeningTime

AHEAD = dt.timedelta(days=42)  # what a public page looks forward to


@dataclass(frozen=True)
class ShownPlace:
    """A place with its week and its coming closings."""

    place: HubPlace
    week: list[tuple[str, list[OpeningTime]]]  # only the days on which it is open
    closed: list[ClosedPeriod]


def shown_places(places: Iterable[HubPlace], today: dt.date) -> list[ShownPlace]:
    """Return the places with when they are open: two queries for all of them."""
    places = list(places)
    times = list(OpeningTime.objects.filter(place__in=places).order_by("weekday", "opens"))
    closings = list(
        ClosedPeriod.objects.filter(place__in=places, until_on__gte=today).order_by("from_on", "pk")
    )
    return [
        ShownPlace(
            place,
            [
                (str(Weekday(day).label), list(hours))
                for day, hours in groupby(
                    (row for row in times if row.place_id == place.pk), key=lambda row: row.weekday
                )
            ],
            [row for row in closings if row.place_id == place.pk],
        )
        for place in places
    ]


def moments_between(moments: QuerySet[ActivityMoment], first: dt.date, last: dt.date) -> list[ActivityMoment]:
    """Return the moments of these days, both included, in order: one query."""
    return list(
        moments.filter(on__range=(first, last))
        .select_related("activity__place")
        .order_by("on", "starts_at", "pk")
    )


def by_day(moments: Iterable[ActivityMoment]) -> list[tuple[dt.date, list[ActivityMoment]]]:
    """Put moments that are in order under their day."""
    return [(day, list(rows)) for day, rows in groupby(moments, key=lambda row: row.on)]


def month_of(month: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a month."""
    first = month.replace(day=1)
    return first, add_months(first, 1) - dt.timedelta(days=1)


@dataclass(frozen=True)
class HubFigures:
    """How a period went."""

    held: int
    new: int
    returning: int
    helpers: int
    hours: float

    @property
    def visitors(self) -> int:
        """Everybody who came, new or again."""
        return self.new + self.returning


def figures(moments: QuerySet[ActivityMoment], first: dt.date, last: dt.date) -> HubFigures:
    """Add up what was counted in these days: one query."""
    found = moments.filter(on__range=(first, last), state=MomentState.HELD).aggregate(
        held=Count("pk"),
        new=Sum("new_count", default=0),
        returning=Sum("returning_count", default=0),
        helpers=Sum("helper_count", default=0),
        hours=Sum("helper_hours", default=0),
    )
    return HubFigures(
        found["held"], found["new"], found["returning"], found["helpers"], float(found["hours"])
    )


def public_moments(neighbourhood: Neighbourhood) -> QuerySet[ActivityMoment]:
    """What everybody may know of a neighbourhood's hub."""
    return ActivityMoment.objects.filter(neighbourhood=neighbourhood).public()


def public_places(neighbourhood: Neighbourhood) -> QuerySet[HubPlace]:
    """The places that are in use."""
    return HubPlace.objects.in_use().filter(neighbourhood=neighbourhood).order_by("name", "pk")


def feed_events(neighbourhood: Neighbourhood) -> list[CalendarEvent]:
    """Return what a calendar program gets: a month back, a year ahead; what is called off is left out. One query."""
    today = timezone.localdate()
    rows = moments_between(
        public_moments(neighbourhood).filter(~Q(state=MomentState.CANCELLED)),
        today - dt.timedelta(days=31),
        today + dt.timedelta(days=366),
    )
    return [
        CalendarEvent(
            uid=f"hub-{row.pk}@arsenaal",
            starts=row.starts,
            minutes=int((row.ends - row.starts).total_seconds() // 60),
            summary=f"{row.activity.title} ({row.activity.place.name})",
        )
        for row in rows
    ]
