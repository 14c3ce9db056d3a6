"""Quarters, their names, and the longest period."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from arsenaal.lib.registries import Period
from reporting.periods import (
    earliest_start,
    is_quarter,
    period_title,
    quarter_before,
    quarter_key,
    quarter_of,
    recent_quarters,
)

days = st.dates(dt.date(1901, 1, 1), dt.date(2998, 12, 31))


@given(days)
def test_quarter_of_a_day_holds_it_and_touches_its_neighbours(day: dt.date) -> None:
    quarter = quarter_of(day)
    assert quarter.start <= day <= quarter.end
    assert is_quarter(quarter)
    assert quarter_before(day).end == quarter.start - dt.timedelta(days=1)
    assert 90 <= (quarter.end - quarter.start).days + 1 <= 92


def test_quarter_key_and_titles() -> None:
    assert quarter_key(quarter_of(dt.date(2026, 9, 30))) == "2026-Q3"
    assert [quarter_key(q) for q in recent_quarters(dt.date(2026, 2, 1))] == [
        "2025-Q4",
        "2025-Q3",
        "2025-Q2",
        "2025-Q1",
    ]
    assert period_title(dt.date(2026, 10, 1), dt.date(2026, 12, 31)).endswith("vierde kwartaal 2026")
    assert period_title(dt.date(2025, 1, 1), dt.date(2025, 12, 31)) == "Voortgangsrapport 2025"
    assert (
        period_title(dt.date(2026, 1, 5), dt.date(2026, 2, 6))
        == "Voortgangsrapport 5 januari 2026 tot en met 6 februari 2026"
    )


@given(days)
def test_earliest_start_is_five_years_back(end: dt.date) -> None:
    assert 5 * 365 <= (end - earliest_start(end)).days + 1 <= 5 * 365 + 2


def test_period_is_compared_by_its_days() -> None:
    assert Period(dt.date(2026, 1, 1), dt.date(2026, 3, 31)) == quarter_of(dt.date(2026, 2, 2))
