"""A management command on the demo's database, running or not: `scripts/run demo manage seed_demo`."""

import json
import sys

from scripts import locks, processes, services
from scripts.console import finish
from scripts.demo import NOTES, demo_environ
from scripts.paths import PYTHON, make_var


def main() -> int:
    """Run the command that the arguments name."""
    make_var()
    if NOTES.exists() and locks.is_held(services.LOCK):
        return _run(json.loads(NOTES.read_text())["environ"])
    processes.adopt_orphans()
    with locks.held(services.LOCK, otherwise="The demo is just starting; try again in a moment."):
        try:
            with services.demo_services() as addresses:
                return _run(addresses)
        finally:
            processes.end_descendants()


def _run(addresses: dict[str, str]) -> int:
    environ = demo_environ(addresses)
    commands = [["migrate", "--noinput", "--verbosity=0"], sys.argv[1:]]
    for command in commands:
        if code := processes.run([str(PYTHON), "manage.py", *command], environ):
            return code
    return 0


if __name__ == "__main__":
    finish(main)
