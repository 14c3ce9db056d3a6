"""A real worker on the real Redis: seen while it lives, missed soon after it is killed."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from arsenaal import heartbeat
from scripts import processes
from scripts.paths import ROOT

pytestmark = [pytest.mark.worker, pytest.mark.slow]
COMMAND = [sys.executable, "-m", "celery", "--app", "arsenaal", "worker", "--include", "arsenaal.heartbeat"]


def test_a_killed_worker_is_missed_within_twenty_seconds() -> None:
    with heartbeat.connect() as redis:
        redis.delete(heartbeat.KEY)
        worker = subprocess.Popen(
            [*COMMAND, "--concurrency=1", "--queues=heartbeat-test", "--hostname=heartbeat-test@%h"],
            cwd=ROOT,
            env=os.environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=processes.dies_with_parent(signal.SIGKILL),
        )
        try:
            _wait_until(lambda: bool(redis.exists(heartbeat.KEY)), 40)
            first = redis.get(heartbeat.KEY)
            _wait_until(lambda: redis.get(heartbeat.KEY) != first, heartbeat.EVERY_SECONDS + 4)
        finally:
            pool = processes.descendants(worker.pid)
            worker.kill()
            worker.wait()
            for pid in pool:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        _wait_until(lambda: not redis.exists(heartbeat.KEY), 20)


def _wait_until(is_true: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.2)
