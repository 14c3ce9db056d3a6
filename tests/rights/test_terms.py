"""When an answer is due."""

import calendar
import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from arsenaal.lib.workdays import is_working_day
from rights.engine.due import months_before
from rights.terms import answer_due, months_later

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2090, 12, 31))


def test_due_is_the_same_day_a_month_later() -> None:
    """Received on a Tuesday, due on the Thursday a month later."""
    assert answer_due(dt.date(2026, 9, 1)) == dt.date(2026, 10, 1)


def test_due_after_a_short_month_is_its_last_day() -> None:
    """There is no 31 April."""
    assert months_later(dt.date(2026, 3, 31), 1) == dt.date(2026, 4, 30)
    assert months_later(dt.date(2028, 1, 31), 1) == dt.date(2028, 2, 29)


def test_due_on_a_holiday_moves_to_a_working_day() -> None:
    """Christmas 2026 is a Friday: the next working day is Monday."""
    assert answer_due(dt.date(2026, 11, 25)) == dt.date(2026, 12, 28)


def test_due_when_extended_counts_three_months_from_receipt() -> None:
    """Two months more, not two months after the first term moved."""
    assert answer_due(dt.date(2026, 9, 1), extended=True) == dt.date(2026, 12, 1)


@given(day=DAYS, months=st.integers(-600, 600))
def test_months_later_keeps_the_day_or_takes_the_last(day: dt.date, months: int) -> None:
    found = months_later(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == min(day.day, calendar.monthrange(found.year, found.month)[1])


@given(day=DAYS)
def test_due_is_always_a_working_day_after_receipt_and_extended_is_later(day: dt.date) -> None:
    due, extended = answer_due(day), answer_due(day, extended=True)
    assert is_working_day(due)
    assert is_working_day(extended)
    assert months_later(day, 1) <= due < extended
    assert due - months_later(day, 1) <= dt.timedelta(days=5)


@given(one=DAYS, other=DAYS)
def test_due_of_what_came_later_is_never_earlier(one: dt.date, other: dt.date) -> None:
    earlier, later = sorted([one, other])
    assert answer_due(earlier) <= answer_due(later)


@given(day=DAYS, months=st.integers(1, 600))
def test_months_before_is_the_last_day_of_which_the_term_is_over(day: dt.date, months: int) -> None:
    before = months_before(day, months)
    assert months_later(before, months) <= day
    assert months_later(before + dt.timedelta(days=1), months) > day
