"""One worker per thing: a lock that the database gives back by itself when the worker dies."""

import contextlib
from collections.abc import Iterator

from django.db import DatabaseError, connection


@contextlib.contextmanager
def worker_lock(space: int, key: int) -> Iterator[bool]:
    """Give True when this process is now the only one to work on this, False when another one is.

    `space` tells kinds of work apart, `key` is the id of the thing. Nothing waits: who comes second goes away.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [space, key])
        (is_mine,) = cursor.fetchone()
    try:
        yield is_mine
    finally:
        if is_mine:
            # A connection that broke has given the lock back already.
            with contextlib.suppress(DatabaseError), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [space, key])
