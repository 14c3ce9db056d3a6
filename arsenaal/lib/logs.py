"""What stands in a log: that something broke and where, never what somebody wrote.

The message of an exception can hold anything: the database quotes the row that it refuses, a conversion the text that
it could not read. Whoever reads the log of a server has no part in the secrecy of a case. So of an exception the log
keeps its kind and the way to it through our own code; its message only of kinds that speak of machines.
"""

import copy
import logging
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.utils import OperationalError

# Their messages are about files, servers and settings.
_SPEAKING = (OSError, ImportError, ImproperlyConfigured, OperationalError)
# What the database says of an error beside its message: names of our own.
_DIAGNOSIS = ("sqlstate", "table_name", "column_name", "constraint_name")
WITHHELD = "(message kept out of the log)"


def kind_of(error: BaseException) -> str:
    """Return what may be said of an exception: its kind, and its message where that is about machines."""
    name = type(error).__qualname__
    if isinstance(error, _SPEAKING):
        return f"{name}: {error}"
    diagnosis = getattr(error, "diag", None) or getattr(error.__cause__, "diag", None)
    found = [f"{part}={value}" for part in _DIAGNOSIS if (value := getattr(diagnosis, part, None))]
    return " ".join([f"{name}: {WITHHELD}", *found])


class WordlessFormatter(logging.Formatter):
    """Writes a log line without the messages of exceptions."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one line, and the way to an exception under it."""
        record = copy.copy(record)
        record.exc_text = None  # another handler may have written it out already
        if record.name == "celery.app.trace" and isinstance(record.args, dict) and "exc" in record.args:
            # The queue puts the exception of a task in the line itself.
            error = record.exc_info[1] if record.exc_info else None
            record.args = record.args | {"exc": kind_of(error) if error else WITHHELD}
        return super().format(record)

    def formatException(
        self, exc_info: tuple[type[BaseException], BaseException, TracebackType | None] | Any
    ) -> str:
        """Write the way to an exception, and to what caused it."""
        error = exc_info[1]
        return "\n".join(_chain(error, exc_info[2])) if error is not None else ""


def _chain(error: BaseException, way: Any) -> Iterator[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _chain(before, before.__traceback__)
        yield "\nwhich led to:\n"
    yield "Traceback (most recent call last):"
    yield "".join(traceback.format_tb(way)).rstrip()
    yield kind_of(error)
