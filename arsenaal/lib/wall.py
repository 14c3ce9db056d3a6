"""The second wall: row-level security in the database, keyed on who acts, set anew for each transaction.

The first wall is Python (`visible_to`, `open_to`). This one holds when the first has a hole: whatever SQL runs on the
program's connection, it meets only rows that the acting user may read; and with nobody acting it meets none.

Who acts is told to the database as a signed text (`stamp`), so that SQL that somebody smuggles in can't say that it is
somebody else: it doesn't know the key. Nor can it use again what it read: a stamp counts on the connection that it was
made for, for a few minutes. The key is in a schema that the program's role can't read; only the function
`wall.actor()` of the owner looks at it. See docs/adr/0013.
"""

import contextlib
import hashlib
import hmac
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils import timezone

SETTING = "arsenaal.actor"
_BLOCK = 64  # bytes, of SHA-256

# For how long after it was made a stamp lets a transaction begin; one that began goes on to its end. Longer only for
# the work of a task, which begins transactions of its own: the longest that a task may take.
ONE_TRANSACTION = 5 * 60
ONE_TASK = 6 * 60 * 60

# A clock that goes on while a machine sleeps and that nobody sets.
_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


@dataclass(frozen=True)
class Wall:
    """Which rows of a table whoever acts may meet. `rows` is an SQL condition over the columns of the table.

    Inside it `wall.hoods('permission')` are the neighbourhoods where the acting user has a permission, and other
    tables are seen through their own wall. `model` is "app.Model".
    """

    model: str
    rows: str


@dataclass(frozen=True)
class Lookup:
    """What rules ask once per query, with the owner's eyes: `wall.<name>()` returns the ids that `query` selects.

    A rule that asked for the same through other walled tables would have their rules worked in again and again: the
    database then takes longer to plan a query than to answer it.
    """

    name: str
    query: str


def key(secret: str) -> bytes:
    """Return the key of the wall that belongs to a SECRET_KEY."""
    return hashlib.sha256(b"arsenaal.wall:" + secret.encode()).digest()


def pads(secret: str) -> tuple[bytes, bytes]:
    """Return the two halves with which the database works out the same HMAC-SHA-256 (RFC 2104)."""
    block = key(secret).ljust(_BLOCK, b"\0")
    return bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block)


@dataclass(frozen=True)
class _Session:
    """What the server said of itself when a connection was first used: which process it is, and what time it was."""

    process: int
    ahead: float  # of our clock

    @classmethod
    def of(cls, connection: Any) -> "_Session":
        """Return it, asked once in the life of a connection."""
        driver = connection.connection
        session: _Session | None = getattr(driver, "_arsenaal_session", None)
        if session is None:
            row = driver.execute(
                "SELECT pg_backend_pid(), extract(epoch FROM clock_timestamp())::float8"
            ).fetchone()
            session = cls(row[0], row[1] - time.clock_gettime(_CLOCK))
            driver._arsenaal_session = session
        return session


def stamp(kind: str, who: str, *, connection: Any, lasts: float = ONE_TRANSACTION) -> str:
    """Return the signed text that says who acts, when it is, on which connection, and until when it may be said.

    The database goes by the program's clock for what holds today, and by its own for how long a stamp counts.
    """
    now, session = timezone.now(), _Session.of(connection)
    until = time.clock_gettime(_CLOCK) + session.ahead + lasts
    payload = "|".join(
        (
            kind,
            who,
            timezone.localdate(now).isoformat(),
            now.isoformat(),
            str(session.process),
            f"{until:.3f}",
        )
    )
    signature = hmac.new(key(settings.SECRET_KEY), payload.encode(), hashlib.sha256).hexdigest()
    return f"{signature}|{payload}"


def _tell(connection: Any, text: str, *, is_local: bool = True) -> str:
    """Say who acts from here on and return what was said before.

    Straight to the driver: this belongs to the transaction, as BEGIN does, and is none of the page's queries.
    """
    row = connection.connection.execute(
        "SELECT coalesce(current_setting(%s, true), ''), set_config(%s, %s, %s)",
        [SETTING, SETTING, text, is_local],
    ).fetchone()
    return str(row[0])


@contextlib.contextmanager
def acting(kind: str, who: str, using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Let somebody act within one transaction; afterwards it is who it was before, or nobody."""
    connection = connections[using]
    is_inside = connection.in_atomic_block
    with contextlib.nullcontext() if is_inside else transaction.atomic(using=using):
        connection.ensure_connection()
        before = _tell(connection, stamp(kind, who, connection=connection))
        try:
            yield
        finally:
            # A transaction that failed is rolled back, and with it what was said in it.
            is_broken = connection.needs_rollback or has_failed(connection)
            if is_inside and not is_broken:
                _tell(connection, before)


def has_failed(connection: Any) -> bool:
    """Tell whether the transaction of a connection broke: nothing can be said in it any more."""
    from psycopg.pq import TransactionStatus

    return connection.connection is None or connection.connection.info.transaction_status in (
        TransactionStatus.INERROR,
        TransactionStatus.UNKNOWN,
    )


@contextlib.contextmanager
def beyond_wall(why: str) -> Iterator[None]:
    """Let the program itself act: for its own work, and for the few things that must reach rows the user can't read.

    `why` says which work that is; never give it what a user typed.
    """
    with acting("system", why):
        yield


@contextlib.contextmanager
def program_at_work(why: str, using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Let the program itself act for the length of a task that has transactions of its own.

    For the connection of a worker, which does one task at a time. Never in a request.
    """
    connection = connections[using]
    connection.ensure_connection()
    before = _tell(connection, stamp("system", why, connection=connection, lasts=ONE_TASK), is_local=False)
    try:
        yield
    finally:
        if not has_failed(connection):
            _tell(connection, before, is_local=False)
        elif not connection.in_atomic_block:
            connection.close()


def hoods(permission: str) -> str:
    """Return the SQL for the neighbourhoods where whoever acts has this permission, worked out once per query."""
    return f"(SELECT wall.hoods('{permission}'))::bigint[]"
