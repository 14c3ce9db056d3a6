"""Keep a process of the demo running, as a container platform would: `python -m scripts.keep worker celery`.

A process that fails at once is broken, and ends the demo with a clear word. One that was killed, or worked and
then died, is started again, after a pause that is long enough to see on /healthz that it was away.
"""

import os
import signal
import subprocess
import sys
import time
from types import FrameType

from scripts import processes
from scripts.console import finish, say

WORKED_SECONDS = 10.0
PAUSE_SECONDS = float(os.environ.get("KEEP_PAUSE_SECONDS", "20"))
SHOWN = "[demo] "


class StopAsked(BaseException):
    """The demo ends."""


def main() -> int:
    """Run the command after the name until we are asked to stop."""
    name, *command = sys.argv[1:]
    processes.adopt_orphans()
    signal.signal(signal.SIGTERM, _ask_to_stop)
    try:
        while True:
            began = time.monotonic()
            code = _run(command)
            processes.end_descendants()
            was_killed = code < 0
            if not was_killed and time.monotonic() - began < WORKED_SECONDS:
                return code or 1
            say(f"{SHOWN}{name} stopped (code {code}); it starts again in {PAUSE_SECONDS:.0f} seconds.")
            time.sleep(PAUSE_SECONDS)
            say(f"{SHOWN}{name} starts again.")
    except StopAsked:
        return 0
    finally:
        processes.end_descendants()


def _ask_to_stop(signum: int, frame: FrameType | None) -> None:
    signal.signal(signum, signal.SIG_IGN)
    raise StopAsked


def _run(command: list[str]) -> int:
    process = subprocess.Popen(command, preexec_fn=processes.dies_with_parent(signal.SIGTERM))
    try:
        return process.wait()
    finally:
        processes.stop(process, signal.SIGTERM, patience=4)


if __name__ == "__main__":
    finish(main)
