"""One worker per report: a lock that the database gives back by itself when the worker dies."""

from collections.abc import Iterable
from contextlib import AbstractContextManager

from django.db import connection

from arsenaal.lib.locks import worker_lock

LOCK_SPACE = 0x41525350  # "ARSP": the first half of the lock's key; the report's id is the other


def report_lock(report_id: int) -> AbstractContextManager[bool]:
    """Give True when this process is now the only one to work on the report, False when another one is."""
    return worker_lock(LOCK_SPACE, report_id)


def locked_reports(report_ids: Iterable[int]) -> set[int]:
    """Return which of these reports a worker holds right now. Looks only: it never stands in a worker's way."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2"
            " AND classid::bigint = %s AND objid::bigint = ANY(%s)"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [LOCK_SPACE, list(report_ids)],
        )
        return {pk for (pk,) in cursor.fetchall()}
