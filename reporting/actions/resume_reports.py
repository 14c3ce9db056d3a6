"""Finding reports that nobody works on: asked while the queue was away, or left by a worker that died."""

import datetime as dt

from django.utils import timezone

from reporting.lock import locked_reports
from reporting.models import Report
from reporting.queueing import FORGOTTEN_AFTER, queue_report

AT_ONCE = 100


def resume_reports(*, now: dt.datetime | None = None) -> int:
    """Queue what is unfinished, in nobody's hands and not in the queue. Returns how many were queued.

    Who asked first comes first. Safe to run at any time, by several workers at once.
    """
    now = now or timezone.now()
    waiting = list(
        Report.objects.waiting_since(now - FORGOTTEN_AFTER)
        .order_by("requested_at", "pk")
        .values_list("pk", flat=True)[:AT_ONCE]
    )
    taken = locked_reports(waiting)
    queued = 0
    for report_id in waiting:
        if report_id not in taken:
            if not queue_report(report_id):
                break
            queued += 1
    return queued
