"""Quarters and years, and what a period is called."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from arsenaal.lib.registries import Period

LONGEST_YEARS = 5


def quarter_of(day: dt.date) -> Period:
    """Return the quarter that a day lies in."""
    first_month = (day.month - 1) // 3 * 3 + 1
    start = dt.date(day.year, first_month, 1)
    after = dt.date(day.year + first_month // 10, (first_month + 2) % 12 + 1, 1)
    return Period(start, after - dt.timedelta(days=1))


def quarter_before(day: dt.date) -> Period:
    """Return the last quarter that had ended by this day."""
    return quarter_of(quarter_of(day).start - dt.timedelta(days=1))


def recent_quarters(today: dt.date, count: int = 4) -> list[Period]:
    """Return the last quarters that have ended, latest first."""
    quarters = [quarter_before(today)]
    while len(quarters) < count:
        quarters.append(quarter_before(quarters[-1].start))
    return quarters


def quarter_key(period: Period) -> str:
    """Return the short name of a quarter, like "2026-Q3"."""
    return f"{period.start.year}-Q{(period.start.month + 2) // 3}"


def is_quarter(period: Period) -> bool:
    """Tell whether a period is exactly one quarter."""
    return period == quarter_of(period.start)


def quarter_name(period: Period) -> str:
    """Return the name of a quarter, like "derde kwartaal 2026"."""
    names = (_("eerste kwartaal"), _("tweede kwartaal"), _("derde kwartaal"), _("vierde kwartaal"))
    return f"{names[(period.start.month - 1) // 3]} {period.start.year}"


def period_title(start: dt.date, end: dt.date) -> str:
    """Return the title of a report over this period."""
    period = Period(start, end)
    if is_quarter(period):
        return _("Voortgangsrapport %(quarter)s") % {"quarter": quarter_name(period)}
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        return _("Voortgangsrapport %(year)d") % {"year": start.year}
    days = {"start": date_format(start, "j F Y"), "end": date_format(end, "j F Y")}
    return _("Voortgangsrapport %(start)s tot en met %(end)s") % days


def earliest_start(end: dt.date) -> dt.date:
    """Return the earliest day on which a period that ends on this day may begin: five years, to the day."""
    after = end + dt.timedelta(days=1) if end < dt.date.max else end
    try:
        return after.replace(year=after.year - LONGEST_YEARS)
    except ValueError:  # 29 February
        return after.replace(year=after.year - LONGEST_YEARS, day=28)
