"""`make demo` as a user meets it: it comes up, answers, stops, and leaves nothing running."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import ports, processes
from scripts.paths import PYTHON, ROOT
from scripts.supervisor import ask

pytestmark = pytest.mark.slow
OURS = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "ARSENAAL_TEST_DB")


class Demo:
    """One demo with data of its own; each start() is a new run on the same data."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.port = ports.pick()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> float:
        environ = {name: value for name, value in os.environ.items() if name not in OURS}
        environ |= {"ARSENAAL_VAR": str(self.var), "PORT": str(self.port), "KEEP_PAUSE_SECONDS": "1"}
        began = time.monotonic()
        self.process = subprocess.Popen(
            [PYTHON, "-m", "scripts.demo"],
            cwd=ROOT,
            env=environ,
            stdout=(self.var.parent / "output").open("w"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
            text=True,
        )
        while "Ready at" not in self.output():
            assert self.process.poll() is None, self.output()
            assert time.monotonic() - began < 900, self.output()
            time.sleep(0.2)
        return time.monotonic() - began

    def output(self) -> str:
        return (self.var.parent / "output").read_text()

    def family(self) -> list[int]:
        assert self.process
        return processes.descendants(self.process.pid)

    def end(self, signum: signal.Signals, family: list[int]) -> None:
        assert self.process
        self.process.send_signal(signum)
        self.process.wait(40)
        deadline = time.monotonic() + 20
        while left := [pid for pid in family if _lives(pid)]:
            assert time.monotonic() < deadline, f"left behind: {[_command(pid) for pid in left]}"
            time.sleep(0.2)
        assert ports.is_free(self.port)


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    demo = Demo(tmp_path / "var")
    yield demo
    if demo.process and demo.process.poll() is None:
        demo.process.terminate()
        demo.process.wait(40)
    subprocess.run(
        [PYTHON, "-m", "scripts.reset"],
        cwd=ROOT,
        env={**os.environ, "ARSENAAL_VAR": str(demo.var)},
        check=True,
        stdout=subprocess.DEVNULL,
    )


def test_demo_comes_up_stops_and_recovers(demo: Demo) -> None:
    demo.start()
    assert f"http://localhost:{demo.port}/" in demo.output()
    assert ask(f"{demo.url}/healthz") == {"status": "ok", "database": "ok", "redis": "ok", "worker": "ok"}
    with urllib.request.urlopen(f"{demo.url}/accounts/login/") as page:
        assert page.status == 200
    family = demo.family()
    assert len(family) > 6
    demo.end(signal.SIGINT, family)
    assert "Your data is kept" in demo.output()

    # The terminal closes; then the worst case. Nothing may stay, and the next start has to get over it.
    assert demo.start() < 240  # it fills nothing again; how long that takes beside other tests says little
    demo.end(signal.SIGHUP, demo.family())
    demo.start()
    demo.end(signal.SIGKILL, demo.family())
    demo.start()
    commands = {pid: _command(pid) for pid in demo.family()}
    # The first of the worker's own processes is the one whose death counts; keep.py only watches it.
    worker = min(pid for pid, command in commands.items() if "bin/celery --app arsenaal worker" in command)
    os.kill(worker, signal.SIGKILL)
    deadline = time.monotonic() + 20
    while "worker starts again" not in demo.output():
        assert time.monotonic() < deadline, demo.output()
        time.sleep(0.2)
    demo.end(signal.SIGTERM, demo.family())


def test_demo_says_which_port_is_taken(demo: Demo) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", demo.port))
        server.listen()
        with pytest.raises(AssertionError, match=f"Port {demo.port} is in use"):
            demo.start()


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return json.dumps(pid)
