"""Work for the Celery worker. Every task takes ids, may run twice and may be killed half-way."""

from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from reporting.actions import compute_report as computing
from reporting.actions import resume_reports as resuming
from reporting.actions import schedule_reports as scheduling

LONGEST_SECONDS = 15 * 60


@shared_task(name="reporting.compute_report", soft_time_limit=LONGEST_SECONDS)
def compute_report(report_id: int) -> None:
    """Make one report."""
    computing.compute_report(report_id=report_id)


@shared_task(name="reporting.resume_reports")
def resume_reports() -> None:
    """Queue reports that nobody works on."""
    resuming.resume_reports()


@shared_task(name="reporting.make_quarterly_reports")
def make_quarterly_reports() -> None:
    """Ask for the reports over the last quarter."""
    scheduling.make_quarterly_reports()


@worker_ready.connect
def resume_at_start(**kwargs: Any) -> None:
    """A worker that starts looks at once for what another one left."""
    resume_reports.delay()
