"""The days of obligations: how they follow from the day that an agreement starts and the day of the return."""

import calendar
import datetime as dt

from housing.agreement_enums import DueRule

MOST_MONTHS = 60  # an agreement of more than five years is a slip of the finger


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later, or the last of that month where it has no such day.

    Counted from the day itself: 31 January, 28 February, 31 March.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    month += 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def monthly(first: dt.date, before: dt.date) -> list[dt.date]:
    """Return the day of every month from `first` on that lies before `before`; the first one always."""
    found = [first]
    for months in range(1, MOST_MONTHS):
        day = add_months(first, months)
        if day >= before:
            break
        found.append(day)
    return found


def due_days(rule: str, days: int, *, starts_on: dt.date, return_on: dt.date) -> list[dt.date | None]:
    """Return the days of an obligation. One that holds all along has the day None."""
    apart = dt.timedelta(days=days)
    match DueRule(rule):
        case DueRule.AFTER_START:
            return [starts_on + apart]
        case DueRule.BEFORE_RETURN:
            return [max(return_on - apart, starts_on)]
        case DueRule.AFTER_RETURN:
            return [return_on + apart]
        case DueRule.MONTHLY:
            return list(monthly(starts_on + apart, return_on))
        case DueRule.STANDING:
            return [None]
