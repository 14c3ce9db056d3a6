"""`make bench`: every measurement in scripts/benchmarks/, on fresh servers that keep what a real one keeps."""

import os
import pkgutil
import sys

from scripts import benchmarks, processes, services
from scripts.console import finish, say
from scripts.paths import PYTHON


def main() -> int:
    """Fill a database with the demo neighbourhood and run what the arguments name, or everything."""
    processes.adopt_orphans()
    names = sys.argv[1:] or sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__))
    try:
        with services.throwaway_services(durable=True) as addresses:
            environ = {**os.environ, **addresses, "DJANGO_SETTINGS_MODULE": "arsenaal.settings.demo"}
            say("Filling a database with the demo neighbourhood (a minute or so)")
            for command in (["migrate", "--noinput", "--verbosity=0"], ["seed_demo", "--verbosity=0"]):
                if code := processes.run([str(PYTHON), "manage.py", *command], environ):
                    return code
            return max(
                processes.run([str(PYTHON), "-m", f"scripts.benchmarks.{name}"], environ) for name in names
            )
    finally:
        processes.end_descendants()


if __name__ == "__main__":
    finish(main)
