"""Where the stories are played: who is there, what day it is, and what happens first."""

import datetime as dt
import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils import timezone

from accounts.models import Neighbourhood, Organisation, User
from arsenaal.lib.workdays import is_working_day, next_working_day
from cases.models import Case
from reporting.demo.clock import StoryClock

# A story says when it goes on; what it does until it says so again, happens at that moment.
Story = Iterator[dt.datetime]

# How much later something happens that a weekend or a holiday pushed onto what came before it.
_LATER = dt.timedelta(minutes=95)


def clock_time(text: str) -> dt.time:
    """Read "9:30"."""
    hour, minute = text.split(":")
    return dt.time(int(hour), int(minute))


def at(day: dt.date, time: str) -> dt.datetime:
    """Return a moment on a day, in Belgian time."""
    return timezone.make_aware(dt.datetime.combine(day, clock_time(time)))


@dataclass
class Cast:
    """The people who work here, by the name they log in with."""

    coordinator: User
    jurist: User
    inspecteur: User
    huurbegeleider: User
    renovatiecoach: User
    opbouwwerker: User
    cohesiecoach: User
    jongerencoach: User
    manager: User
    partner: User
    privacy: User
    beheerder: User
    buitenstaander: User


@dataclass
class Services:
    """The organisations."""

    wonen: Organisation
    sociaal_huis: Organisation
    opbouw: Organisation
    energiepunt: Organisation
    stedenbouw: Organisation
    samenleven: Organisation
    preventie: Organisation
    woonmaatschappij: Organisation
    gezondheid: Organisation
    school: Organisation
    huurdersloket: Organisation


@dataclass
class Stage:
    """Everything the stories share. `end` is today, where all of them end."""

    end: dt.datetime
    cast: Cast = field(init=False)
    services: Services = field(init=False)
    arsenaal: Neighbourhood = field(init=False)
    tivoli: Neighbourhood = field(init=False)
    cases: dict[str, Case] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.clock = StoryClock(self.end)
        self.today = timezone.localtime(self.end).date()

    def ago(self, days: int, time: str) -> dt.datetime:
        """Return a moment so many days ago, or on the last working day before it; never after today's end."""
        return min(at(self.on(-days), time), self.end - dt.timedelta(minutes=3))

    def exactly_ago(self, days: int, time: str) -> dt.datetime:
        """Return a moment exactly so many days ago, weekend or not."""
        return at(self.today - dt.timedelta(days=days), time)

    def on(self, days: int) -> dt.date:
        """Return a working day so many days from today: before it in the past, after it in the future."""
        day = self.today + dt.timedelta(days=days)
        if days > 0:
            return next_working_day(day)
        while not is_working_day(day):
            day -= dt.timedelta(days=1)
        return day

    def due(self, days: int) -> dt.date:
        """Return the working day on or after so many days from the moment that is being told."""
        return next_working_day(timezone.localdate() + dt.timedelta(days=days))

    def play(self, stories: Iterable[Story]) -> None:
        """Play the stories mixed by time: each moment knows what came before, nothing of what comes."""
        waiting: list[tuple[dt.datetime, int, Story]] = []
        for order, story in enumerate(stories):
            self._wait(waiting, order, story)
        while waiting:
            moment, order, story = heapq.heappop(waiting)
            self.clock.moment = max(moment, self.clock.moment)
            self._wait(waiting, order, story)

    def _wait(self, waiting: list[tuple[dt.datetime, int, Story]], order: int, story: Story) -> None:
        """Let a story go on until it waits again. Two days on one side of a weekend are never one moment."""
        began = self.clock.moment
        moment = next(story, None)
        if moment is None:
            return
        if moment <= began < self.end:
            moment = min(began + _LATER, self.end)
        heapq.heappush(waiting, (moment, order, story))
