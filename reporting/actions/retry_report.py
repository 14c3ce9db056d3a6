"""Having a report that failed made once more."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from reporting.enums import ReportState
from reporting.models import Report
from reporting.perms import can_retry_report
from reporting.queueing import queue_report


class CannotRetryReport(ActionError):
    """There is nothing to try again, or not by this user."""


@transaction.atomic
def retry_report(*, by: User, report: Report) -> Report:
    """Ask again for a report that failed. Raises CannotRetryReport when it didn't fail."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    if not can_retry_report(by, report):
        raise CannotRetryReport(_("Je maakt geen rapporten over deze wijk."))
    if report.state != ReportState.FAILED:
        raise CannotRetryReport(_("Dit rapport is niet mislukt, dus er is niets om opnieuw te proberen."))
    report.state = ReportState.REQUESTED
    report.attempts, report.error = 0, ""
    report.save(update_fields=["state", "attempts", "error"])
    transaction.on_commit(partial(queue_report, report.pk))
    return report
