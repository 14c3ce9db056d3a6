"""Asking for a report."""

import datetime as dt
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Neighbourhood, User
from arsenaal.lib.errors import ActionError
from reporting.models import Report
from reporting.periods import LONGEST_YEARS, earliest_start, period_title
from reporting.perms import can_make_report
from reporting.queueing import queue_report
from reporting.snapshot import LANGUAGE


class CannotRequestReport(ActionError):
    """The report can't be made; the message says why."""


@transaction.atomic
def request_report(
    *,
    by: User,
    neighbourhood: Neighbourhood,
    period_start: dt.date,
    period_end: dt.date,
    title: str = "",
    now: dt.datetime | None = None,
) -> Report:
    """Ask for a report over a period, both days included; a worker makes it after commit.

    Raises CannotRequestReport for a neighbourhood where one may not, and for a period that is back to front, lies
    ahead, is longer than five years or begins before 1900.
    """
    now = now or timezone.now()
    if not can_make_report(by, neighbourhood):
        raise CannotRequestReport(_("Je maakt geen rapporten over deze wijk."), field="neighbourhood")
    check_period(period_start, period_end, today=timezone.localtime(now).date())
    report = Report.objects.create(
        neighbourhood=neighbourhood,
        period_start=period_start,
        period_end=period_end,
        title=title.strip() or _dutch_title(period_start, period_end),
        requested_by=by,
        requested_at=now,
    )
    transaction.on_commit(partial(queue_report, report.pk))
    return report


def _dutch_title(start: dt.date, end: dt.date) -> str:
    """A report is Dutch, whatever the language of who asks for it."""
    with override(LANGUAGE):
        return period_title(start, end)


def check_period(start: dt.date, end: dt.date, *, today: dt.date) -> None:
    """Raise CannotRequestReport when no report can be made over this period."""
    if start.year < 1900:
        raise CannotRequestReport(_("Kies een begindatum na 1900."), field="period_start")
    if end < start:
        raise CannotRequestReport(_("De einddatum ligt voor de begindatum."), field="period_end")
    if end > today:
        raise CannotRequestReport(
            _("Kies een einddatum die niet in de toekomst ligt: over wat nog komt valt niets te tellen."),
            field="period_end",
        )
    if start < earliest_start(end):
        raise CannotRequestReport(
            _("Kies een periode van hoogstens %(years)d jaar.") % {"years": LONGEST_YEARS},
            field="period_start",
        )
