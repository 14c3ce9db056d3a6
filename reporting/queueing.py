"""Putting reports in the queue, and remembering that they are in it."""

import datetime as dt

from django.utils import timezone

from arsenaal.lib.queue import enqueue
from reporting.models import Report

# A report that lies in the queue this long is queued again: Redis may have forgotten it. Twice is harmless.
FORGOTTEN_AFTER = dt.timedelta(minutes=2)


def queue_report(report_id: int) -> bool:
    """Hand a report to a worker; call it after commit. Returns False when the queue is away: the sweep comes later."""
    from reporting.tasks import compute_report

    # Marked before, not after: a worker that is quick empties the mark when it starts.
    Report.objects.unfinished().filter(pk=report_id).update(queued_at=timezone.now())
    if enqueue(compute_report, report_id):
        return True
    Report.objects.unfinished().filter(pk=report_id).update(queued_at=None)
    return False
