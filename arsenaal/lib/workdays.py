"""Working days and Belgian public holidays."""

import datetime as dt
from functools import cache

import holidays


@cache
def belgian_holidays(year: int) -> frozenset[dt.date]:
    """Return the ten legal public holidays of Belgium in this year (law of 4 January 1974)."""
    return frozenset(holidays.country_holidays("BE", years=year))


def is_working_day(day: dt.date) -> bool:
    """Tell whether `day` is from Monday to Friday and no public holiday."""
    return day.weekday() < 5 and day not in belgian_holidays(day.year)


def add_working_days(start: dt.date, days: int) -> dt.date:
    """Return the day that lies `days` working days after `start` (`start` itself does not count)."""
    day = start
    while days > 0:
        day += dt.timedelta(days=1)
        if is_working_day(day):
            days -= 1
    return day


def next_working_day(day: dt.date) -> dt.date:
    """Return `day`, or the first working day after it."""
    while not is_working_day(day):
        day += dt.timedelta(days=1)
    return day
