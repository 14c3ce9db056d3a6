"""Making a report: once, whatever happens, with nothing raw in what is kept."""

import json
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from arsenaal.lib.registries import measures
from arsenaal.lib.suppression import is_small
from reporting.actions.compute_report import MOST_ATTEMPTS, compute_report
from reporting.actions.retry_report import CannotRetryReport, retry_report
from reporting.enums import ReportState
from reporting.lock import LOCK_SPACE, locked_reports, report_lock
from reporting.models import Report
from reporting.pdf import fingerprint, snapshot_pdf
from tests.factories import World
from tests.history import PERIOD, History

pytestmark = pytest.mark.slow  # each makes a whole report


def _figures(report: Report) -> dict[str, dict[str, Any]]:
    return {
        figure["code"]: figure for section in report.snapshot["sections"] for figure in section["figures"]
    }


def test_compute_report_finishes_it(computed: Report) -> None:
    done = computed
    assert (done.state, done.progress, done.attempts, done.error) == (ReportState.DONE, 100, 1, "")
    assert done.finished_at is not None
    pdf = done.pdf.read()
    assert pdf.startswith(b"%PDF-1.7")
    assert done.pdf_sha256 == fingerprint(pdf)


def test_compute_report_has_every_measure_in_it(done: Report) -> None:
    assert set(_figures(done)) == {measure.code for measure in measures}


def test_compute_report_shows_what_the_measures_counted(computed: Report, world: World) -> None:
    shown = 0
    for code, figure in _figures(computed).items():
        measure = measures.get(code)
        value = measure.compute(world.neighbourhood.pk, PERIOD)
        if figure["value"] is not None:
            assert figure["value"] == value.count
            shown += 1
        for division in figure["divisions"]:
            counted = getattr(value, division["code"])
            for row, count in zip(division["rows"], counted.values(), strict=False):
                assert row["value"] in (count, None)
    assert shown > 15


def test_compute_report_keeps_no_small_group_of_people(done: Report) -> None:
    hidden = 0
    for code, figure in _figures(done).items():
        if not measures.get(code).counts_people:
            continue
        numbers = [figure["value"], *(row["value"] for way in figure["divisions"] for row in way["rows"])]
        assert not any(number is not None and is_small(number) for number in numbers)
        hidden += numbers.count(None)
    assert hidden > 3
    assert "<5" in json.dumps(done.snapshot)


def test_compute_report_of_an_empty_neighbourhood_is_a_report_too(report: Report) -> None:
    assert compute_report(report_id=report.pk)
    report.refresh_from_db()
    assert _figures(report)["visits.done"]["shown"] == "0"
    assert _figures(report)["trust.change"]["shown"] == "–"


def test_compute_report_twice_is_once(done: Report) -> None:
    before = Report.objects.values().get(pk=done.pk)
    assert compute_report(report_id=done.pk) is False
    assert Report.objects.values().get(pk=done.pk) == before


def test_compute_report_unknown_is_nothing(db: None) -> None:
    assert compute_report(report_id=987654) is False


def test_compute_report_that_another_worker_holds_is_left_alone(report: Report) -> None:
    with _elsewhere() as other:
        other.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK_SPACE, report.pk])
        assert compute_report(report_id=report.pk) is False
        assert locked_reports([report.pk, report.pk + 1]) == {report.pk}
    report.refresh_from_db()
    assert (report.state, report.attempts) == (ReportState.REQUESTED, 0)


def _elsewhere() -> psycopg.Connection:
    found = connection.settings_dict
    return psycopg.connect(
        host=found["HOST"] or None,
        port=found["PORT"] or None,
        user=found["USER"] or None,
        password=found["PASSWORD"] or None,
        dbname=found["NAME"],
        autocommit=True,
    )


def test_report_lock_is_given_back(report: Report) -> None:
    with report_lock(report.pk) as is_mine:
        assert is_mine
        assert locked_reports([report.pk]) == {report.pk}
    assert locked_reports([report.pk]) == set()


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    def fail(snapshot: object) -> bytes:
        raise RuntimeError("no paper")

    monkeypatch.setattr("reporting.actions.compute_report.snapshot_pdf", fail)
    return monkeypatch


def test_compute_report_failing_is_tried_three_times_and_then_says_so(
    report: Report, broken: pytest.MonkeyPatch
) -> None:
    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert compute_report(report_id=report.pk) is False
        report.refresh_from_db()
        assert report.attempts == attempt
        assert report.state == (ReportState.FAILED if attempt == MOST_ATTEMPTS else ReportState.REQUESTED)
    assert report.error.startswith("Het maken is drie keer misgelopen.")
    assert report.snapshot == {}
    assert compute_report(report_id=report.pk) is False


def test_compute_report_on_which_three_workers_died_is_failed(report: Report) -> None:
    Report.objects.filter(pk=report.pk).update(state=ReportState.COMPUTING, attempts=MOST_ATTEMPTS)
    assert compute_report(report_id=report.pk) is False
    report.refresh_from_db()
    assert report.state == ReportState.FAILED


def test_compute_report_clears_away_what_a_dead_worker_left(report: Report) -> None:
    left = default_storage.save(f"reports/{report.requested_at:%Y}/{report.uuid}-1.pdf", _file(b"half"))
    Report.objects.filter(pk=report.pk).update(state=ReportState.COMPUTING, attempts=1)
    assert compute_report(report_id=report.pk)
    report.refresh_from_db()
    assert report.attempts == 2
    assert not default_storage.exists(left)
    assert default_storage.exists(report.pdf.name)


def _file(content: bytes) -> Any:
    from django.core.files.base import ContentFile

    return ContentFile(content)


def test_retry_report_starts_over(
    report: Report,
    world: World,
    broken: pytest.MonkeyPatch,
    queued: list[int],
    django_capture_on_commit_callbacks: Callable,
) -> None:
    for _attempt in range(MOST_ATTEMPTS):
        compute_report(report_id=report.pk)
    with pytest.raises(CannotRetryReport):
        retry_report(by=world.lawyer, report=report)
    with django_capture_on_commit_callbacks(execute=True):
        retry_report(by=world.coordinator, report=report)
    assert queued == [report.pk]
    broken.undo()
    assert compute_report(report_id=report.pk)


def test_retry_report_that_did_not_fail_is_refused(report: Report, world: World) -> None:
    with pytest.raises(CannotRetryReport):
        retry_report(by=world.manager, report=report)


@pytest.mark.parametrize(
    "change",
    [
        "title = 'Mooier'",
        "snapshot = '{}'",
        "pdf_sha256 = 'x'",
        "state = 'requested'",
        "period_end = period_end + 1",
    ],
)
def test_report_done_never_changes_in_the_database(done: Report, change: str) -> None:
    with (
        pytest.raises(DatabaseError, match="never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE reporting_report SET {change} WHERE id = %s", [done.pk])  # noqa: S608


def test_report_done_is_never_deleted(done: Report) -> None:
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        done.delete()


def test_compute_report_takes_the_same_queries_for_many_cases(
    ask: Callable[..., Report], world: World
) -> None:
    def queries() -> int:
        report = ask()
        with CaptureQueriesContext(connection) as captured:
            assert compute_report(report_id=report.pk)
        return len(captured)

    few = queries()
    History(world, cases=80).make()
    assert queries() == few < 20 + len(measures)


def test_snapshot_pdf_is_made_without_the_database_and_is_the_same_again(
    done: Report, django_db_blocker: Any
) -> None:
    pdf, snapshot = done.pdf.read(), json.loads(json.dumps(done.snapshot))
    with django_db_blocker.block():
        assert snapshot_pdf(snapshot) == pdf


def test_compute_report_reads_all_figures_at_one_moment(transactional_db: None) -> None:
    """A case that is closed while the report is being made, is open in all of it."""
    world = World.build()
    report = Report.objects.create(
        neighbourhood=world.neighbourhood,
        period_start=PERIOD.start,
        period_end=PERIOD.end,
        title="Proef",
        requested_at=world.case.opened_at,
    )
    seen: list[tuple[int, str]] = []
    levels: list[str] = []
    from reporting.progress import Progress

    def watch(self: Progress, percent: int, step: str) -> None:
        original(self, percent, step)
        seen.append(tuple(_row(report.pk)))  # type: ignore[arg-type]
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_isolation")
            levels.append(cursor.fetchone()[0])

    original = Progress.__call__
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Progress, "__call__", watch)
        assert compute_report(report_id=report.pk)
    assert levels[:-1] == ["repeatable read"] * 5
    assert [percent for percent, _step in seen] == [5, 21, 37, 53, 69, 85]
    assert seen[1][1] == "Woonkwaliteit"


def _row(pk: int) -> Any:
    """What others see of the report meanwhile."""
    with _elsewhere() as other:
        return other.execute("SELECT progress, step FROM reporting_report WHERE id = %s", [pk]).fetchone()
