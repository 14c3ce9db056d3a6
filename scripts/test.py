"""`make test` and `make test-quick`: every test on fresh servers, through pytest."""

import os
import shlex
import signal
import subprocess
import sys
import tempfile

from scripts import browser, processes, services
from scripts.console import Trouble, finish, say
from scripts.paths import PYTHON, ROOT

NO_TESTS_FOUND = 5


def main() -> int:
    """Run pytest with what stands behind the command; PYTEST_ARGS adds to it.

    `--kept` is ours: on servers that stay, with a database ready to be copied.
    """
    processes.adopt_orphans()
    for signum in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, lambda *_: sys.exit(143))
    given = sys.argv[1:]
    make_services = services.throwaway_services
    if "--kept" in given:
        given.remove("--kept")
        make_services = services.kept_services
    arguments = [*given, *shlex.split(os.environ.get("PYTEST_ARGS", ""))]
    chromium = browser.find()
    try:
        with make_services() as addresses, _temporary_folder() as temporary:
            environ = {
                **os.environ,
                **addresses,
                "PATH": f"{PYTHON.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
                "DJANGO_SETTINGS_MODULE": "arsenaal.settings.test",
                "CHROMIUM": str(chromium or ""),
                "TMPDIR": temporary,
            }
            return _run([str(PYTHON), "-m", "pytest", "-p", "scripts.pytest_redis", *arguments], environ)
    finally:
        processes.end_descendants()


def _temporary_folder() -> tempfile.TemporaryDirectory[str]:
    """Whatever a test leaves in its temporary folder goes with it. Short, because sockets have short names."""
    return tempfile.TemporaryDirectory(prefix="arsenaal-", ignore_cleanup_errors=True)


def _run(command: list[str], environ: dict[str, str]) -> int:
    say(f"Running {shlex.join(command[1:])}")
    process = subprocess.Popen(
        command, cwd=ROOT, env=environ, preexec_fn=processes.dies_with_parent(signal.SIGTERM)
    )
    try:
        code = process.wait()
    except KeyboardInterrupt:
        code = process.wait()
    finally:
        processes.stop(process, signal.SIGTERM, patience=10)
    if code == NO_TESTS_FOUND:
        raise Trouble("pytest found no tests.")
    return code


if __name__ == "__main__":
    finish(main)
