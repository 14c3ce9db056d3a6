"""Counting terms: calendar days, working days and months, as laws and decrees do.

The day on which a term starts doesn't count (dies a quo, art. 52 Gerechtelijk Wetboek); the last day does. A term of
months ends on the day with the same number, or on the last day of a month that is too short (art. 54).
"""

import calendar
import datetime as dt

from arsenaal.lib.workdays import add_working_days, next_working_day

DAYS, WORKDAYS, MONTHS = "days", "workdays", "months"


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day this many months later; 31 January and one month is the last day of February."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def end_of_term(start: dt.date, count: int, unit: str, *, rolls: bool = False) -> dt.date:
    """Return the last day of a term of `count` days, workdays or months that starts on `start`.

    `rolls`: a last day in a weekend or on a holiday moves to the next working day (art. 53 Gerechtelijk Wetboek).
    Raises ValueError for another unit.
    """
    if unit == DAYS:
        end = start + dt.timedelta(days=count)
    elif unit == WORKDAYS:
        end = add_working_days(start, count)
    elif unit == MONTHS:
        end = add_months(start, count)
    else:
        raise ValueError(f"a term isn't counted in {unit}")
    return next_working_day(end) if rolls else end


def anniversaries(start: dt.date, months: int, until: dt.date) -> list[dt.date]:
    """Return every `months` months after `start`, up to and including `until`, counted from the start each time."""
    found = []
    number = 1
    while (day := add_months(start, months * number)) <= until:
        found.append(day)
        number += 1
    return found
