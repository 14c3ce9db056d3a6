"""On which days an activity is on: the rules of iCalendar (RFC 5545), counted by dateutil."""

import datetime as dt

from dateutil.rrule import FR, MO, MONTHLY, SA, SU, TH, TU, WE, WEEKLY, rrule

from cohesion.enums import Repeat

_DAYS = (MO, TU, WE, TH, FR, SA, SU)
LONGEST = dt.timedelta(days=366)  # a year ahead; after that somebody decides that it goes on


def days_of(repeat: str, starts_on: dt.date, until_on: dt.date) -> list[dt.date]:
    """Return every day from the first to the last one, both included.

    "Every month" is the same weekday in the same week of the month: the third Wednesday. A fifth one is there only in
    months that have it, so the last one is meant instead.
    """
    if repeat == Repeat.ONCE:
        return [starts_on]
    start = dt.datetime.combine(starts_on, dt.time())
    until = dt.datetime.combine(until_on, dt.time())
    if repeat == Repeat.MONTHLY:
        week = (starts_on.day - 1) // 7 + 1
        weekday = _DAYS[starts_on.weekday()](-1 if week == 5 else week)
        rule = rrule(MONTHLY, dtstart=start, until=until, byweekday=weekday)
    else:
        rule = rrule(WEEKLY, interval=2 if repeat == Repeat.FORTNIGHTLY else 1, dtstart=start, until=until)
    return [moment.date() for moment in rule]
