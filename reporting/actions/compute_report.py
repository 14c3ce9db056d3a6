"""Making a report: by one worker at a time, finished exactly once, and given up after three tries."""

import datetime as dt
import logging

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from reporting.enums import ReportState
from reporting.lock import report_lock
from reporting.models import Report
from reporting.pdf import fingerprint, snapshot_pdf
from reporting.progress import Progress
from reporting.snapshot import LANGUAGE, WRITTEN, build_snapshot

MOST_ATTEMPTS = 3

logger = logging.getLogger(__name__)


def compute_report(*, report_id: int, now: dt.datetime | None = None) -> bool:
    """Make a report that was asked for. Returns True when it is there because of this call.

    Run twice, or at the same time, it is made once. A failure leaves it to be tried again, three times in all;
    then it is marked as failed with what to do.
    """
    with report_lock(report_id) as is_mine:
        report = _begin(report_id, now or timezone.now()) if is_mine else None
        if report is None:
            return False
        progress = Progress(report)
        try:
            snapshot = build_snapshot(report, now=now or timezone.now(), on_progress=progress)
            progress(WRITTEN, _("De pdf schrijven"))
            pdf = snapshot_pdf(snapshot)
            _finish(report, snapshot, pdf, now or timezone.now())
        except Exception:
            logger.exception("report %s failed, attempt %s", report.uuid, report.attempts)
            _give_back(report)
            return False
        finally:
            progress.close()
    return True


@transaction.atomic
def _begin(report_id: int, now: dt.datetime) -> Report | None:
    """Mark it as being made. None when there is nothing to do (any more)."""
    report = (
        Report.objects.unfinished()
        .select_for_update(of=("self",))
        .select_related("neighbourhood", "requested_by")
        .filter(pk=report_id)
        .first()
    )
    if report is None:
        return None
    if report.attempts >= MOST_ATTEMPTS:  # a worker died on it three times
        _fail(report)
        return None
    report.state = ReportState.COMPUTING
    report.attempts += 1
    report.started_at = now
    report.queued_at = None
    report.progress, report.step = 1, ""
    report.save(update_fields=["state", "attempts", "started_at", "queued_at", "progress", "step"])
    return report


def _pdf_name(report: Report, attempt: int) -> str:
    return f"reports/{report.requested_at:%Y}/{report.uuid}-{attempt}.pdf"


def _finish(report: Report, snapshot: dict, pdf: bytes, now: dt.datetime) -> None:
    """Freeze it. A file that an earlier try left behind is cleared away first."""
    for attempt in range(1, report.attempts + 1):
        default_storage.delete(_pdf_name(report, attempt))
    name = default_storage.save(_pdf_name(report, report.attempts), ContentFile(pdf))
    with transaction.atomic():
        current = Report.objects.select_for_update().get(pk=report.pk)
        current.state = ReportState.DONE
        current.snapshot = snapshot
        current.pdf.name = name
        current.pdf_sha256 = fingerprint(pdf)
        current.progress, current.step, current.error = 100, "", ""
        current.finished_at = now
        current.save()


def _give_back(report: Report) -> None:
    with transaction.atomic():
        current = Report.objects.select_for_update().get(pk=report.pk)
        if not current.is_unfinished:
            return
        if current.attempts >= MOST_ATTEMPTS:
            _fail(current)
            return
        current.state = ReportState.REQUESTED
        current.progress, current.step = 0, ""
        current.save(update_fields=["state", "progress", "step"])


def _fail(report: Report) -> None:
    with override(LANGUAGE):
        report.error = _(
            "Het maken is drie keer misgelopen. Er ging niets verloren. Probeer het opnieuw; lukt het dan nog niet, "
            "verwittig dan de beheerder."
        )
    report.state = ReportState.FAILED
    report.progress, report.step, report.queued_at = 0, "", None
    report.save(update_fields=["state", "error", "progress", "step", "queued_at"])
