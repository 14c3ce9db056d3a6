"""The virtual environment in `.venv/`, with exactly the pinned packages."""

import os
import shutil
import subprocess
import sys

from scripts import system
from scripts.console import Trouble, say
from scripts.paths import PYTHON, ROOT, VENV, fingerprint

STAMP = VENV / "arsenaal.stamp"
FOR_ALL = ["requirements.txt", "requirements-local.txt"]
FOR_TESTS = [*FOR_ALL, "requirements-dev.txt"]


def ensure(*, with_dev: bool) -> None:
    """Make the environment and install what is pinned, if that has not been done yet."""
    installed = STAMP.read_text().split() if _is_usable() and STAMP.exists() else []
    wanted = _fingerprint(FOR_TESTS if with_dev else FOR_ALL)
    if wanted in installed:
        return
    if not _is_usable():
        _create()
    STAMP.unlink(missing_ok=True)
    names = FOR_TESTS if with_dev or _fingerprint(FOR_TESTS) in installed else FOR_ALL
    say("Installing the pinned packages (a minute or two, the first time)")
    _install(names)
    STAMP.write_text("\n".join({_fingerprint(FOR_ALL), _fingerprint(names)}))


def _fingerprint(names: list[str]) -> str:
    return fingerprint(str(VENV), *(ROOT / name for name in names))


def _is_usable() -> bool:
    """Is there a Python in it that works, with pip, made at this very place?"""
    if not (PYTHON.exists() and (VENV / "bin" / "pip").exists()):
        return False
    check = "import sys, pip; print(sys.prefix)"
    answer = subprocess.run([PYTHON, "-c", check], capture_output=True, text=True)
    return answer.returncode == 0 and answer.stdout.strip() == str(VENV)


def _create() -> None:
    say(f"Making the virtual environment with Python {sys.version.split()[0]}")
    if VENV.exists():
        shutil.rmtree(VENV)
    if not _can_make_environments():
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        system.install([package], why="Python here cannot make virtual environments")
    made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True)
    if made.returncode:
        raise Trouble(f"The virtual environment could not be made:\n{made.stdout}{made.stderr}")


def _can_make_environments() -> bool:
    check = [sys.executable, "-c", "import ensurepip, venv"]
    return subprocess.run(check, capture_output=True).returncode == 0


def _install(names: list[str]) -> None:
    command = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes"]
    for name in names:
        command += ["-r", name]
    # A user's own pip settings (such as "user = true") would install elsewhere.
    environ = {**os.environ, "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}
    if subprocess.run(command, cwd=ROOT, env=environ).returncode:
        raise Trouble(
            "Installing failed; the lines above say why. Without a network this cannot work the first time."
        )
