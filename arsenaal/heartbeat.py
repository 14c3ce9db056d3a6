"""The worker says that it lives: it refreshes one key in Redis, which disappears soon after the worker does.

The refresh runs on the worker's own timer, so that a worker whose event loop is stuck counts as dead.
A worker gets this step with `--include arsenaal.heartbeat`.
"""

import contextlib
import socket
import time
from typing import Any

import redis
from celery import bootsteps
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from arsenaal.celery import app

KEY = "arsenaal:worker:heartbeat"
EVERY_SECONDS = 4.0
LIVES_SECONDS = 13
TIMEOUT_SECONDS = 1.0


def host_key() -> str:
    """The key of the worker on this very machine, for the health check of its container."""
    return f"{KEY}:{socket.gethostname()}"


def connect() -> redis.Redis:
    """A connection that gives up quickly: one try, with a limit on each wait."""
    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=TIMEOUT_SECONDS,
        socket_connect_timeout=TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )


class Heartbeat(bootsteps.StartStopStep):
    """A step of the worker: starts with it, stops with it."""

    requires = {"celery.worker.components:Timer"}

    def __init__(self, parent: Any, **options: Any) -> None:
        """Connect; nothing is sent yet."""
        super().__init__(parent, **options)
        self.connection = connect()
        self.entry: Any = None

    def start(self, parent: Any) -> None:
        """Beat now, and then on the worker's timer."""
        self.beat()
        self.entry = parent.timer.call_repeatedly(EVERY_SECONDS, self.beat, priority=10)

    def stop(self, parent: Any) -> None:
        """Beat no more; the key expires by itself, or another worker keeps it alive."""
        if self.entry:
            self.entry.cancel()
        self.connection.close()

    def beat(self) -> None:
        """Refresh the keys. A Redis that is away is somebody else's alarm."""
        with contextlib.suppress(redis.RedisError):
            for key in (KEY, host_key()):
                self.connection.set(key, f"{time.time():.3f}", ex=LIVES_SECONDS)


app.steps["worker"].add(Heartbeat)
