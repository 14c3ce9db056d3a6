"""Reports on a real worker, with a real queue: killed half-way, run twice, asked for while Redis is away."""

import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from celery import current_app
from django.conf import settings
from django.db import connection

from reporting.actions.request_report import request_report
from reporting.enums import ReportState
from reporting.lock import locked_reports
from reporting.models import Report
from reporting.pdf import fingerprint
from reporting.tasks import compute_report
from tests.factories import World
from tests.history import PERIOD
from tests.worker import Worker, wait_until

pytestmark = pytest.mark.worker


@pytest.fixture(autouse=True)
def queued() -> None:
    """Here the queue is real."""


@pytest.fixture
def world(transactional_db: None) -> World:
    return World.build()


@pytest.fixture
def worker(transactional_db: None, tmp_path: Path) -> Iterator[Worker]:
    current_app.control.purge()
    made = Worker(tmp_path)
    yield made
    made.kill()
    current_app.control.purge()


def _ask(world: World) -> Report:
    return request_report(
        by=world.manager,
        neighbourhood=world.neighbourhood,
        period_start=PERIOD.start,
        period_end=PERIOD.end,
    )


def _state(report: Report) -> str:
    report.refresh_from_db()
    return report.state


@pytest.fixture
def nobody_reads_visits() -> Iterator[psycopg.Connection]:
    """The owner holds a table, so that a report stops half-way until he lets go."""
    owner = settings.DATABASES["owner"]
    held = psycopg.connect(
        host=owner["HOST"] or None,
        port=owner["PORT"] or None,
        user=owner["USER"] or None,
        password=owner["PASSWORD"] or None,
        dbname=connection.settings_dict["NAME"],
    )
    held.execute("LOCK TABLE cases_visit IN ACCESS EXCLUSIVE MODE")
    yield held
    held.close()


def _is_finished_once(report: Report) -> None:
    wait_until(lambda: _state(report) == ReportState.DONE, "the report to be done")
    first = Report.objects.values().get(pk=report.pk)
    compute_report.apply_async((report.pk,))
    compute_report.apply_async((report.pk,))
    time.sleep(1.5)
    assert Report.objects.values().get(pk=report.pk) == first
    files = list(Path(settings.MEDIA_ROOT).glob(f"reports/*/{report.uuid}*"))
    assert len(files) == 1
    assert fingerprint(files[0].read_bytes()) == report.pdf_sha256


def test_worker_makes_a_report(world: World, worker: Worker) -> None:
    worker.start()
    report = _ask(world)
    _is_finished_once(report)
    assert report.attempts == 1


def test_worker_killed_half_way_is_followed_by_one_that_finishes_exactly_once(
    world: World, worker: Worker, nobody_reads_visits: psycopg.Connection
) -> None:
    report = _ask(world)
    worker.start()
    wait_until(lambda: _state(report) == ReportState.COMPUTING and report.progress >= 5, "work to begin")
    assert report.step == "Gezinnen en vertrouwen"
    worker.kill()
    nobody_reads_visits.rollback()
    wait_until(lambda: not locked_reports([report.pk]), "the database to notice")
    assert _state(report) == ReportState.COMPUTING
    worker.start()
    _is_finished_once(report)
    assert report.attempts == 2


def test_worker_that_loses_its_child_finishes_the_report(
    world: World, worker: Worker, nobody_reads_visits: psycopg.Connection
) -> None:
    report = _ask(world)
    worker.start()
    wait_until(lambda: _state(report) == ReportState.COMPUTING and report.progress >= 5, "work to begin")
    worker.kill_child()
    nobody_reads_visits.rollback()
    wait_until(lambda: not locked_reports([report.pk]), "the database to notice")
    from reporting.tasks import resume_reports

    resume_reports.delay()  # what beat does every fifteen seconds
    _is_finished_once(report)


def test_worker_makes_what_was_asked_while_redis_was_away(
    world: World, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(compute_report.app.conf, "broker_url", "redis://127.0.0.1:1/0")
        report = _ask(world)
    assert _state(report) == ReportState.REQUESTED
    assert report.queued_at is None
    worker.start()  # looks at once for what is waiting
    _is_finished_once(report)


def test_worker_makes_reports_asked_at_once_each_once(world: World, worker: Worker) -> None:
    reports = [_ask(world) for _n in range(4)]
    worker.start()
    for report in reports:
        wait_until(lambda report=report: _state(report) == ReportState.DONE, "every report to be done")
    assert {report.attempts for report in reports} == {1}
