"""One at a time: a lock that disappears with the process that holds it, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.console import Trouble, say


@contextmanager
def held(path: Path, *, otherwise: str, wait: bool = False) -> Iterator[None]:
    """Hold the lock; when somebody else does, raise a Trouble with `otherwise`, or wait for it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not wait:
                raise Trouble(otherwise) from None
            say(otherwise)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def is_held(path: Path) -> bool:
    """Does somebody hold this lock now?"""
    try:
        with held(path, otherwise=""):
            return False
    except Trouble:
        return True
