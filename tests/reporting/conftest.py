"""A report that is asked for, and one that is done, over a history of rows."""

from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from reporting.actions.compute_report import compute_report
from reporting.actions.request_report import request_report
from reporting.enums import ReportState
from reporting.models import Report
from tests.factories import World
from tests.history import PERIOD, History


@pytest.fixture(autouse=True)
def queued(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The reports that were handed to the queue; nobody takes them out of it. Tests of the queue itself undo this."""
    found: list[int] = []

    def enqueue(task: object, *args: int) -> bool:
        found.extend(args)
        return True

    monkeypatch.setattr("reporting.queueing.enqueue", enqueue)
    return found


@pytest.fixture
def ask(world: World) -> Callable[..., Report]:
    """Return a function that asks for a report over the period of the history."""

    def _ask(**changes: object) -> Report:
        fields = {
            "by": world.manager,
            "neighbourhood": world.neighbourhood,
            "period_start": PERIOD.start,
            "period_end": PERIOD.end,
        }
        return request_report(**{**fields, **changes})

    return _ask


@pytest.fixture
def report(ask: Callable[..., Report]) -> Report:
    """A report that was asked for."""
    return ask()


@pytest.fixture
def computed(world: World, report: Report) -> Report:
    """A report that was really made just now, over a history of sixty cases."""
    History(world).make()
    assert compute_report(report_id=report.pk)
    report.refresh_from_db()
    return report


_made: dict[str, object] = {}  # what a report froze, made once for all tests that only read it


@pytest.fixture
def done(request: pytest.FixtureRequest, world: World) -> Report:
    """A report that is done; its figures are those of a history that is not there any more."""
    if not _made:
        computed = request.getfixturevalue("computed")
        _made.update(snapshot=computed.snapshot, pdf=computed.pdf.read(), sha=computed.pdf_sha256)
        computed.pdf.seek(0)
        return computed
    now = timezone.now()
    return Report.objects.create(
        neighbourhood=world.neighbourhood,
        period_start=PERIOD.start,
        period_end=PERIOD.end,
        title="Voortgangsrapport tweede kwartaal 2026",
        state=ReportState.DONE,
        progress=100,
        attempts=1,
        requested_by=world.manager,
        requested_at=now,
        finished_at=now,
        snapshot=_made["snapshot"],
        pdf=ContentFile(_made["pdf"], name="proof.pdf"),
        pdf_sha256=_made["sha"],
    )
