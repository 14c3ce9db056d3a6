"""The report over the last quarter, asked for by the manager and made at once."""

import datetime as dt

from reporting.actions.compute_report import compute_report
from reporting.actions.request_report import request_report
from reporting.demo.stage import Stage, Story, at
from reporting.periods import quarter_before, quarter_of


class DemoReportFailed(Exception):
    """The report of the demo could not be made; the log says why."""


def last_quarter(stage: Stage) -> Story:
    """Ask for it in the first days of this quarter."""
    began = quarter_of(stage.today).start
    yield min(at(began + dt.timedelta(days=4), "9:05"), stage.end - dt.timedelta(minutes=4))
    period = quarter_before(stage.today)
    report = request_report(
        by=stage.cast.manager,
        neighbourhood=stage.arsenaal,
        period_start=period.start,
        period_end=period.end,
    )
    if not compute_report(report_id=report.pk):
        raise DemoReportFailed(f"report {report.uuid}")
