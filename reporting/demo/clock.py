"""The clock of the demo: it stands at the moment that is being told."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone


class StoryClock:
    """Stands still at a moment in the past until it is moved on.

    Actions take `now=`, but a demo of six months also needs what they don't ask for: when something was
    recorded (what counts as changed since the last review), what was known at that time, who worked here that
    day. So for as long as the demo is told, the clock of the program itself is this one, in this process only.
    Never used outside the demo.
    """

    def __init__(self, moment: dt.datetime) -> None:
        self.moment = moment

    def now(self) -> dt.datetime:
        """Return the moment that is being told."""
        return self.moment

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let the program read this clock."""
        real = timezone.now
        timezone.now = self.now
        try:
            yield
        finally:
            timezone.now = real
