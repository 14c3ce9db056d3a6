"""Reports that nobody works on are found again; quarterly reports are asked for once."""

import datetime as dt
from collections.abc import Callable

import pytest
from celery import current_app
from django.conf import settings
from django.utils import timezone

from accounts.models import Neighbourhood
from reporting.actions.resume_reports import resume_reports
from reporting.actions.schedule_reports import make_quarterly_reports
from reporting.enums import ReportState
from reporting.lock import report_lock
from reporting.models import Report
from reporting.queueing import queue_report
from tests.factories import World


def test_resume_queues_what_was_asked_while_the_queue_was_away(report: Report, queued: list[int]) -> None:
    assert report.queued_at is None
    assert resume_reports() == 1
    assert queued == [report.pk]
    assert resume_reports() == 0  # it is in the queue now


def test_resume_queues_what_a_dead_worker_left(report: Report, queued: list[int]) -> None:
    Report.objects.filter(pk=report.pk).update(state=ReportState.COMPUTING, attempts=1)
    assert resume_reports() == 1


def test_resume_leaves_what_a_worker_is_busy_with(report: Report, queued: list[int]) -> None:
    with report_lock(report.pk):
        assert resume_reports() == 0
    assert queued == []


def test_resume_queues_again_what_the_queue_forgot(report: Report, queued: list[int]) -> None:
    queue_report(report.pk)
    assert resume_reports(now=timezone.now() + dt.timedelta(minutes=1)) == 0
    assert resume_reports(now=timezone.now() + dt.timedelta(minutes=3)) == 1


def test_resume_leaves_what_is_done_or_failed(
    done: Report, ask: Callable[..., Report], queued: list[int]
) -> None:
    failed = ask()
    Report.objects.filter(pk=failed.pk).update(state=ReportState.FAILED, error="x")
    assert resume_reports() == 0


def test_resume_is_fair(ask: Callable[..., Report], queued: list[int]) -> None:
    reports = [ask() for _n in range(10)]
    resume_reports()
    assert queued == [report.pk for report in reports]


def test_resume_stops_when_the_queue_is_away(
    ask: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _n in range(5):
        ask()
    tried: list[int] = []

    def enqueue(task: object, *args: int) -> bool:
        tried.extend(args)
        return False

    monkeypatch.setattr("reporting.queueing.enqueue", enqueue)
    assert resume_reports() == 0
    assert len(tried) == 1
    assert Report.objects.filter(queued_at=None).count() == 5


NEW_YEAR = dt.datetime(2026, 10, 1, 6, 10, tzinfo=dt.UTC)


def test_quarterly_is_made_once_per_neighbourhood(
    world: World, queued: list[int], django_capture_on_commit_callbacks: Callable
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = make_quarterly_reports(now=NEW_YEAR)
    assert sorted(report.schedule_key or "" for report in made) == ["ARS-2026-Q3", "TIV-2026-Q3"]
    assert {report.period_start for report in made} == {dt.date(2026, 7, 1)}
    assert {report.period_end for report in made} == {dt.date(2026, 9, 30)}
    assert made[0].requested_by is None
    assert sorted(queued) == sorted(report.pk for report in made)
    assert make_quarterly_reports(now=NEW_YEAR) == []


def test_quarterly_missed_is_made_up_once(world: World) -> None:
    late = make_quarterly_reports(now=NEW_YEAR + dt.timedelta(days=70))
    assert {report.schedule_key for report in late} == {"ARS-2026-Q3", "TIV-2026-Q3"}
    assert make_quarterly_reports(now=NEW_YEAR + dt.timedelta(days=71)) == []


def test_quarterly_follows_the_clock_of_the_neighbourhood(world: World) -> None:
    Neighbourhood.objects.filter(pk=world.elsewhere.pk).update(time_zone="Pacific/Auckland")
    made = make_quarterly_reports(now=dt.datetime(2026, 9, 30, 18, 0, tzinfo=dt.UTC))
    assert {report.schedule_key for report in made} == {"ARS-2026-Q2", "TIV-2026-Q3"}


def test_quarterly_leaves_a_neighbourhood_that_stopped(world: World) -> None:
    Neighbourhood.objects.filter(pk=world.elsewhere.pk).update(is_active=False)
    assert [report.neighbourhood for report in make_quarterly_reports(now=NEW_YEAR)] == [world.neighbourhood]


@pytest.mark.parametrize("name", ["reports-resume", "reports-quarterly"])
def test_beat_schedule_names_tasks_that_exist(name: str) -> None:
    current_app.loader.import_default_modules()
    assert settings.CELERY_BEAT_SCHEDULE[name]["task"] in current_app.tasks
