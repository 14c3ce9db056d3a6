"""Telling the page how far a report is, while its figures are read in one transaction."""

from django.db import connection

from reporting.enums import ReportState
from reporting.models import Report


class Progress:
    """Writes over a connection of its own, so that each step is seen at once.

    Inside somebody else's transaction (the demo's, a test's) nothing could be seen yet, and nothing is written.
    """

    def __init__(self, report: Report) -> None:
        self.report_id = report.pk
        self.connection = None if connection.in_atomic_block else connection.copy()

    def __call__(self, percent: int, step: str) -> None:
        """Say how many percent are done, and what is being worked on."""
        if self.connection is None:
            return
        with self.connection.cursor() as cursor:
            cursor.execute(
                "UPDATE reporting_report SET progress = %s, step = %s WHERE id = %s AND state = %s",
                [percent, step[:80], self.report_id, ReportState.COMPUTING.value],
            )

    def close(self) -> None:
        """Close the connection."""
        if self.connection is not None:
            self.connection.close()
