"""Asking for a report: over which period, by whom."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import translation

from reporting.actions.request_report import CannotRequestReport
from reporting.enums import ReportState
from reporting.models import Report
from tests.factories import World

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)


def test_request_report_is_kept_and_queued_after_commit(
    ask: Callable[..., Report], queued: list[int], django_capture_on_commit_callbacks: Callable
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        report = ask()
        assert queued == []
    assert queued == [report.pk]
    report.refresh_from_db()
    assert report.state == ReportState.REQUESTED
    assert report.queued_at is not None
    assert report.title == "Voortgangsrapport tweede kwartaal 2026"


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        (dt.date(2026, 6, 30), dt.date(2026, 6, 1), "period_end"),
        (dt.date(2026, 6, 30), dt.date(2026, 11, 24), "period_end"),
        (dt.date(2026, 1, 1), dt.date(9999, 12, 31), "period_end"),
        (dt.date(1, 1, 1), dt.date(1, 12, 31), "period_start"),
        (dt.date(1899, 12, 31), dt.date(1900, 12, 31), "period_start"),
        (dt.date(2020, 12, 31), dt.date(2025, 12, 31), "period_start"),
    ],
)
def test_request_report_over_an_impossible_period_is_refused(
    ask: Callable[..., Report], start: dt.date, end: dt.date, field: str
) -> None:
    with pytest.raises(CannotRequestReport) as refusal:
        ask(period_start=start, period_end=end, now=NOW)
    assert refusal.value.field == field
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (dt.date(2021, 1, 1), dt.date(2025, 12, 31)),
        (dt.date(2026, 11, 23), dt.date(2026, 11, 23)),
        (dt.date(2019, 2, 28), dt.date(2024, 2, 27)),
        (dt.date(2019, 2, 28), dt.date(2024, 2, 28)),
    ],
)
def test_request_report_up_to_five_years_and_until_today_is_possible(
    ask: Callable[..., Report], start: dt.date, end: dt.date
) -> None:
    assert ask(period_start=start, period_end=end, now=NOW).pk


@pytest.mark.parametrize("who", ["lawyer", "community_worker", "partner", "privacy_officer", "administrator"])
def test_request_report_without_the_permission_is_refused(
    ask: Callable[..., Report], world: World, who: str
) -> None:
    with pytest.raises(CannotRequestReport):
        ask(by=world.users[who])


def test_request_report_over_another_neighbourhood_is_refused(
    ask: Callable[..., Report], world: World
) -> None:
    with pytest.raises(CannotRequestReport):
        ask(neighbourhood=world.elsewhere)


def test_request_report_in_english_has_a_dutch_title(ask: Callable[..., Report]) -> None:
    with translation.override("en"):
        assert ask().title == "Voortgangsrapport tweede kwartaal 2026"
