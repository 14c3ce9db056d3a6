"""When to try again after nobody was home: another time of day than the ones that were tried."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext as _

from arsenaal.lib.workdays import belgian_holidays, next_working_day
from cases.enums import VisitResult, VisitState
from cases.models import Case, Visit


class Daypart(StrEnum):
    """The times at which people can be found at home, in the order in which a new one is tried."""

    EVENING = "evening"
    WEEKEND = "weekend"
    MORNING = "morning"
    AFTERNOON = "afternoon"


# When we would ring: after school and supper, not on Sunday, not before people are up.
_HOUR: dict[Daypart, dt.time] = {
    Daypart.MORNING: dt.time(10, 0),
    Daypart.AFTERNOON: dt.time(14, 0),
    Daypart.EVENING: dt.time(18, 30),
    Daypart.WEEKEND: dt.time(10, 30),
}
_LONGEST_BACK = 12  # attempts; older ones say little about how people live now
_SATURDAY = 5


@dataclass(frozen=True)
class Suggestion:
    """A moment to try, and why that one."""

    moment: dt.datetime
    daypart: Daypart
    reason: str


def daypart_of(moment: dt.datetime) -> Daypart:
    """Return the time of day of a moment, in Belgian time. A public holiday counts as weekend."""
    local = timezone.localtime(moment)
    if local.weekday() >= _SATURDAY or local.date() in belgian_holidays(local.year):
        return Daypart.WEEKEND
    if local.hour < 12:
        return Daypart.MORNING
    return Daypart.AFTERNOON if local.hour < 17 else Daypart.EVENING


def _next(daypart: Daypart, after: dt.date) -> dt.datetime:
    """Return the first moment of this kind after a day: a working day, or a Saturday that is no holiday."""
    day = after + dt.timedelta(days=1)
    if daypart == Daypart.WEEKEND:
        while day.weekday() != _SATURDAY or day in belgian_holidays(day.year):
            day += dt.timedelta(days=1)
    else:
        day = next_working_day(day)
    return timezone.make_aware(dt.datetime.combine(day, _HOUR[daypart]))


def _label(daypart: Daypart) -> str:
    return {
        Daypart.MORNING: _("in de voormiddag"),
        Daypart.AFTERNOON: _("in de namiddag"),
        Daypart.EVENING: _("in de vooravond"),
        Daypart.WEEKEND: _("op zaterdag"),
    }[daypart]


def suggest_moments(case: Case, *, now: dt.datetime | None = None, count: int = 2) -> list[Suggestion]:
    """Return moments to try again, best first; empty when the last visit found somebody or one is planned
    already.

    Times of day that were not tried since the family was last met come first; when all were tried, the one
    that was tried longest ago. In two queries.
    """
    now = now or timezone.now()
    if case.visits.filter(state=VisitState.PLANNED, scheduled_at__gte=now).exists():
        return []
    tried: list[Daypart] = []
    visits = Visit.objects.filter(case=case, state=VisitState.DONE).order_by("-visited_at", "-pk")
    for visited_at, result in visits.values_list("visited_at", "result")[:_LONGEST_BACK]:
        if result != VisitResult.NOBODY_HOME or visited_at is None:
            break
        tried.append(daypart_of(visited_at))
    if not tried:
        return []
    untried = [daypart for daypart in Daypart if daypart not in tried]
    longest_ago = sorted(set(tried), key=tried.index, reverse=True)
    ranked = (untried + [part for part in longest_ago if part != tried[0]])[:count] or [
        part for part in Daypart if part != tried[0]
    ][:count]
    today = timezone.localtime(now).date()
    return [
        Suggestion(
            _next(daypart, today),
            daypart,
            _("%(when)s probeerde nog niemand het") % {"when": _label(daypart).capitalize()}
            if daypart in untried
            else _("%(when)s is het langst geleden geprobeerd") % {"when": _label(daypart).capitalize()},
        )
        for daypart in ranked
    ]
