"""Web, worker and beat through honcho: their logs to files, and a clear word on which of them failed."""

import contextlib
import json
import os
import re
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from scripts import keep, processes
from scripts.console import Trouble, say
from scripts.paths import LOGS, PYTHON, ROOT, last_lines

LINE = re.compile(r"^\d\d:\d\d:\d\d (?P<name>\w+)(?:\.\d+)?\s*\| (?P<text>.*)$")
STOPPED = re.compile(r"(?P<name>\w+)\.\d+ stopped \(rc=(?P<code>-?\d+)\)")
POLL_SECONDS = 0.25


class Supervisor:
    """Runs the Procfile and knows whether it is well."""

    def __init__(self, environ: dict[str, str], port: int) -> None:
        """Prepare; running() starts."""
        self.environ = environ
        host = environ.get("BIND", "127.0.0.1")
        self.health_url = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/healthz"  # noqa: S104
        self.first_stopped: str | None = None
        self.parent = os.getppid()
        self.parent_minds_interrupts = _minds_interrupts(self.parent)

    @contextlib.contextmanager
    def running(self) -> Iterator["Supervisor"]:
        """Start the processes, and stop them at the end.

        Their output goes through a file, not a pipe: honcho could not stop its processes, and so would leave them
        behind, when we were killed and nobody read the pipe any more.
        """
        output = LOGS / "honcho-output.log"
        with output.open("wb") as sink:
            self.process = subprocess.Popen(
                [PYTHON.with_name("honcho"), "-e", os.devnull, "start"],
                cwd=ROOT,
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=sink,
                start_new_session=True,
                preexec_fn=processes.dies_with_parent(signal.SIGTERM),
            )
        self.reader = threading.Thread(target=self._sort_output, args=[output], daemon=True)
        self.reader.start()
        try:
            yield self
        finally:
            processes.stop(self.process, signal.SIGTERM, patience=12)
            self.reader.join(2)

    def wait_until_healthy(self, patience: float) -> None:
        """Return when /healthz says that every part is well."""
        deadline = time.monotonic() + patience
        while (answer := ask(self.health_url)).get("status") != "ok":
            self._check_alive()
            if time.monotonic() > deadline:
                raise Trouble(self._not_well(answer))
            time.sleep(POLL_SECONDS)

    def watch(self) -> None:
        """Return only by exception: when a process ends, or when `make` is gone."""
        while True:
            self._check_alive()
            time.sleep(POLL_SECONDS)

    def _check_alive(self) -> None:
        if self.process.poll() is not None:
            self.reader.join(2)
            name = self.first_stopped or "honcho"
            log = LOGS / f"{name}.log"
            raise Trouble(f"{name} stopped, and with it the demo. The end of {log}:\n{last_lines(log)}")
        # An interrupt sent to `make` alone is not passed on: it stops minding the next one, and waits for us.
        gone = os.getppid() != self.parent
        if gone or (self.parent_minds_interrupts and not _minds_interrupts(self.parent)):
            os.kill(os.getpid(), signal.SIGTERM)

    def _not_well(self, answer: dict[str, str]) -> str:
        down = [part for part, state in answer.items() if part != "status" and state != "ok"] or ["web"]
        logs = "\n".join(f"  {part}: {_log_of(part)}" for part in down)
        tail = last_lines(_log_of(down[0]))
        return f"The program does not get ready; not well: {', '.join(down)}. Logs:\n{logs}\n{tail}"

    def _sort_output(self, output: Path) -> None:
        """Give each process a log of its own, until honcho has stopped and all is read."""
        with contextlib.ExitStack() as stack:
            logs: dict[str, IO[str]] = {}
            for line in self._lines(output):
                match = LINE.match(line)
                name, text = (match["name"], match["text"]) if match else ("honcho", line)
                if name == "system":
                    self._note_stop(text)
                if name not in logs:
                    logs[name] = stack.enter_context((LOGS / f"{name}.log").open("w"))
                logs[name].write(f"{text}\n")
                logs[name].flush()
                if self.environ.get("VERBOSE") or text.startswith(keep.SHOWN):
                    say(line)

    def _lines(self, output: Path) -> Iterator[str]:
        with output.open(errors="replace") as source:
            part = ""
            while True:
                has_ended = self.process.poll() is not None
                part += source.readline()
                if part.endswith("\n"):
                    yield part.rstrip()
                    part = ""
                elif has_ended:
                    return
                else:
                    time.sleep(0.1)

    def _note_stop(self, text: str) -> None:
        if (match := STOPPED.search(text)) and self.first_stopped is None:
            self.first_stopped = match["name"]


def ask(url: str) -> dict[str, str]:
    """What /healthz says; nothing when there is no answer that makes sense."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return dict(json.load(answer))
    except urllib.error.HTTPError as error:
        with contextlib.suppress(ValueError):
            return dict(json.load(error))
    except (OSError, ValueError):
        pass
    return {}


def _log_of(part: str) -> Path:
    names = {"database": "postgres-demo", "redis": "redis-demo"}
    return LOGS / f"{names.get(part, part)}.log"


def _minds_interrupts(pid: int) -> bool:
    """Does this process catch SIGINT? From the bit mask in /proc."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt"))
    return bool(int(caught.split()[1], 16) >> (signal.SIGINT - 1) & 1)
