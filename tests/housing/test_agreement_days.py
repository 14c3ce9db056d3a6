"""The days of obligations, tried out with many days."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from housing.agreement_days import MOST_MONTHS, add_months, due_days, monthly
from housing.agreement_enums import DueRule

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2080, 12, 31))


@given(day=DAYS, months=st.integers(0, 60))
def test_add_months_keeps_the_day_or_takes_the_last_of_the_month(day: dt.date, months: int) -> None:
    found = add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    is_last = (found + dt.timedelta(days=1)).day == 1
    assert found.day == day.day or (is_last and found.day < day.day)


def test_monthly_from_the_31st_never_forgets_the_31st() -> None:
    found = monthly(dt.date(2027, 1, 31), dt.date(2027, 6, 1))
    assert found == [
        dt.date(2027, 1, 31),
        dt.date(2027, 2, 28),
        dt.date(2027, 3, 31),
        dt.date(2027, 4, 30),
        dt.date(2027, 5, 31),
    ]
    assert monthly(dt.date(2028, 1, 30), dt.date(2028, 3, 1))[1] == dt.date(2028, 2, 29)


@given(first=DAYS, length=st.integers(0, 800))
def test_monthly_is_once_a_month_before_the_end(first: dt.date, length: int) -> None:
    before = first + dt.timedelta(days=length)
    found = monthly(first, before)
    assert found[0] == first
    assert all(day < before for day in found[1:])
    numbers = [day.year * 12 + day.month for day in found]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert len(found) == MOST_MONTHS or add_months(first, len(found)) >= before


@given(start=DAYS, length=st.integers(0, 400), days=st.integers(0, 400))
def test_due_days_follow_the_rule(start: dt.date, length: int, days: int) -> None:
    end, apart = start + dt.timedelta(days=length), dt.timedelta(days=days)

    def found(rule: str) -> list[dt.date | None]:
        return due_days(rule, days, starts_on=start, return_on=end)

    assert found(DueRule.AFTER_START) == [start + apart]
    assert found(DueRule.AFTER_RETURN) == [end + apart]
    assert found(DueRule.BEFORE_RETURN) == [max(start, end - apart)]
    assert found(DueRule.STANDING) == [None]
    assert found(DueRule.MONTHLY)[0] == start + apart
