"""Counting terms: calendar days, working days and months, over weekends, holidays, month ends and leap years."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arsenaal.lib.durations import add_months, anniversaries, end_of_term
from arsenaal.lib.workdays import is_working_day

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-08-31", 3, "2026-11-30"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_a_short_month(start: str, months: int, end: str) -> None:
    assert add_months(dt.date.fromisoformat(start), months) == dt.date.fromisoformat(end)


@given(DAYS, st.integers(0, 240))
def test_months_keep_the_day_or_fall_on_the_last_of_the_month(start: dt.date, months: int) -> None:
    end = add_months(start, months)
    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day == start.day or (end + dt.timedelta(days=1)).day == 1
    assert end.day <= start.day


@given(DAYS, st.integers(0, 120), st.integers(0, 120))
def test_more_months_never_end_sooner(start: dt.date, one: int, more: int) -> None:
    assert add_months(start, one) <= add_months(start, one + more)


@given(DAYS, st.integers(1, 200))
def test_calendar_days_leave_out_only_the_first(start: dt.date, count: int) -> None:
    assert (end_of_term(start, count, "days") - start).days == count


@settings(deadline=None)  # the first look at a year makes its holidays
@given(DAYS, st.integers(1, 40))
def test_working_days_between_are_as_many_as_asked(start: dt.date, count: int) -> None:
    end = end_of_term(start, count, "workdays")
    between = [start + dt.timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(map(is_working_day, between)) == count
    assert is_working_day(end)


@settings(deadline=None)
@given(DAYS, st.integers(1, 100), st.sampled_from(["days", "workdays", "months"]))
def test_a_term_that_rolls_ends_on_a_working_day_never_sooner(start: dt.date, count: int, unit: str) -> None:
    plain, rolled = (end_of_term(start, count, unit, rolls=rolls) for rolls in (False, True))
    assert is_working_day(rolled)
    assert plain <= rolled
    skipped = [plain + dt.timedelta(days=n) for n in range((rolled - plain).days)]
    assert not any(map(is_working_day, skipped))


def test_holidays_do_not_count_as_working_days() -> None:
    # 1 May 2026 is a Friday, Ascension is Thursday 14 May.
    assert end_of_term(dt.date(2026, 4, 30), 1, "workdays") == dt.date(2026, 5, 4)
    assert end_of_term(dt.date(2026, 5, 13), 1, "workdays") == dt.date(2026, 5, 15)
    assert end_of_term(dt.date(2026, 11, 11), 30, "days", rolls=True) == dt.date(2026, 12, 11)
    assert end_of_term(dt.date(2026, 12, 24), 1, "days", rolls=True) == dt.date(2026, 12, 28)


def test_another_unit_is_an_error() -> None:
    with pytest.raises(ValueError, match="weeks"):
        end_of_term(dt.date(2026, 1, 1), 1, "weeks")


def test_anniversaries_count_from_the_start_each_time() -> None:
    start = dt.date(2024, 1, 31)
    assert anniversaries(start, 1, dt.date(2024, 4, 30)) == [
        dt.date(2024, 2, 29),
        dt.date(2024, 3, 31),
        dt.date(2024, 4, 30),
    ]
    assert anniversaries(start, 12, dt.date(2025, 1, 30)) == []
