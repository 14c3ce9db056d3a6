"""A real Celery worker for tests: started, killed without mercy, started again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection

PATIENCE = 40.0
ROOT = Path(__file__).resolve().parent.parent


def wait_until(is_true: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Wait for something to become true; fail with what was waited for."""
    end = time.monotonic() + patience
    while not is_true():
        if time.monotonic() > end:
            raise AssertionError(f"waited {patience:.0f} seconds in vain: {what}")
        time.sleep(0.1)


class Worker:
    """One worker with one child process, on the test's database, queue and files."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "worker.log"
        self.process: subprocess.Popen | None = None
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.worker_settings",
            "TEST_WORKER_DATABASE": connection.settings_dict["NAME"],
            "TEST_WORKER_FILES": str(settings.MEDIA_ROOT),
            "PYTHONPATH": str(ROOT),
        }

    def start(self) -> "Worker":
        """Start, and wait until it takes work."""
        self.log.write_text("")
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "celery", "--app", "arsenaal", "worker", "--concurrency", "1"),
                    *("--without-mingle", "--without-gossip", "--loglevel", "INFO"),
                    *("--hostname", f"test-{os.getpid()}-{time.monotonic_ns()}@%h"),
                ],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_until(lambda: " ready." in self.log.read_text() or self._is_dead(), "the worker to be ready")
        assert not self._is_dead(), self.log.read_text()
        return self

    def _is_dead(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def kill(self) -> None:
        """Kill it and its child, as a machine that loses power would."""
        if self.process is not None:
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=10)
            self.process = None

    def kill_child(self) -> None:
        """Kill only the process that does the work, as a machine that runs out of memory would."""
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        for child in children:
            os.kill(int(child), signal.SIGKILL)
