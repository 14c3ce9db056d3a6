"""The quarterly reports that make themselves."""

import datetime as dt
from functools import partial
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from accounts.models import Neighbourhood
from arsenaal.lib.registries import Period
from reporting.models import Report
from reporting.periods import period_title, quarter_before, quarter_key
from reporting.queueing import queue_report
from reporting.snapshot import LANGUAGE


def make_quarterly_reports(*, now: dt.datetime | None = None) -> list[Report]:
    """Ask for the report over the last quarter of every active neighbourhood, once. Returns those asked for now.

    What the last quarter is, follows the neighbourhood's own clock. A day on which this didn't run is made up the
    day after, because the quarter stays the last one for three months.
    """
    now = now or timezone.now()
    made = []
    for neighbourhood in Neighbourhood.objects.filter(is_active=True).order_by("pk"):
        period = quarter_before(now.astimezone(ZoneInfo(neighbourhood.time_zone)).date())
        if report := _ask_once(neighbourhood, period, now):
            made.append(report)
    return made


def _ask_once(neighbourhood: Neighbourhood, period: Period, now: dt.datetime) -> Report | None:
    key = f"{neighbourhood.code}-{quarter_key(period)}"
    if Report.objects.filter(schedule_key=key).exists():
        return None
    try:
        with transaction.atomic(), translation.override(LANGUAGE):
            report = Report.objects.create(
                neighbourhood=neighbourhood,
                period_start=period.start,
                period_end=period.end,
                title=period_title(period.start, period.end),
                requested_at=now,
                schedule_key=key,
            )
    except IntegrityError:  # another process was first
        return None
    transaction.on_commit(partial(queue_report, report.pk))
    return report
