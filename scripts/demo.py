"""`make demo`: servers, database, demo data, then web + worker + beat in the foreground until Ctrl-C."""

import contextlib
import json
import os
import signal
import time
from types import FrameType

from scripts import locks, ports, processes, services
from scripts.console import Trouble, finish, say
from scripts.paths import LOGS, PYTHON, VAR, make_var, write_private
from scripts.supervisor import Supervisor

NOTES = VAR / "demo.json"
ACCOUNTS = VAR / "demo-accounts.txt"
STARTUP_PATIENCE = 120.0
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopAsked(BaseException):
    """Somebody pressed Ctrl-C, closed the terminal or ended `make`."""


def main() -> None:
    """Run the demo until it is asked to stop."""
    make_var()
    processes.adopt_orphans()
    for signum in STOP_SIGNALS:
        signal.signal(signum, _ask_to_stop)
    already = "The demo of this clone runs already"
    if NOTES.exists():
        already += f": {json.loads(NOTES.read_text())['address']}"
    with (
        locks.held(services.LOCK, otherwise=f"{already}. Stop it first with Ctrl-C."),
        contextlib.suppress(StopAsked),
    ):
        try:
            _run()
        finally:
            for signum in STOP_SIGNALS:
                signal.signal(signum, signal.SIG_IGN)
            NOTES.unlink(missing_ok=True)
            processes.end_descendants()
    say("Stopped. Your data is kept; `make demo` goes on with it, `make reset` starts over.")


def _ask_to_stop(signum: int, frame: FrameType | None) -> None:
    signal.signal(signum, signal.SIG_IGN)
    say("\nStopping…")
    raise StopAsked


def _run() -> None:
    bind, port = os.environ.get("BIND") or "127.0.0.1", _port()
    if not ports.is_free(port, bind):
        raise Trouble(
            f"Port {port} is in use by another program. Choose another one:  PORT={port + 1} make demo"
        )
    shown = "localhost" if bind in ("127.0.0.1", "0.0.0.0") else bind  # noqa: S104 compared, not bound
    address = f"http://{shown}:{port}/"
    say("Starting the database and the queue")
    with services.demo_services() as addresses:
        environ = demo_environ(addresses)
        environ |= {"PORT": str(port), "BIND": bind}
        write_private(NOTES, json.dumps({"address": address, "environ": addresses}))
        if processes.run([str(PYTHON), "-m", "scripts.prepare"], environ):
            raise Trouble(
                "The database could not be prepared; the lines above say why. `make reset` starts over."
            )
        say("Starting web, worker and beat")
        with Supervisor(environ, port).running() as supervisor:
            supervisor.wait_until_healthy(STARTUP_PATIENCE)
            _announce(address)
            supervisor.watch()


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Trouble(f"PORT={text} is not a port number.")
    return int(text)


def demo_environ(addresses: dict[str, str]) -> dict[str, str]:
    """The environment of the demo's own processes."""
    return {
        **os.environ,
        **addresses,
        "PATH": f"{PYTHON.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "arsenaal.settings.demo"),
        "ARSENAAL_VAR": str(VAR),
        "PYTHONUNBUFFERED": "1",
    }


def _announce(address: str) -> None:
    line = "─" * 72
    say(f"\n{line}\n  Arsenaal runs at  {address}\n")
    if ACCOUNTS.exists() and (text := ACCOUNTS.read_text().strip()):
        say("\n".join(f"  {row}".rstrip() for row in text.splitlines()) + "\n")
    say(f"  Logs: {LOGS}    Stop: Ctrl-C\n{line}")
    say(time.strftime("  Ready at %H:%M:%S"))


if __name__ == "__main__":
    finish(main)
