"""Chromium for the browser tests: the machine's own, or one that Playwright brings."""

import os
import shutil
import subprocess
from pathlib import Path

from scripts import system
from scripts.console import Trouble, say
from scripts.paths import PYTHON

NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"]
ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def ensure() -> None:
    """Find a Chromium that starts, or install one."""
    if find():
        return
    try:
        system.install(["chromium"], why="The browser tests need Chromium")
    except Trouble as trouble:
        say("Getting a Chromium of our own")
        subprocess.run([PYTHON, "-m", "playwright", "install", "chromium"], stdin=subprocess.DEVNULL)
        if not find():
            raise Trouble(f"{trouble}\nOr name one: CHROMIUM=/path/to/chromium make test") from trouble
    if not find():
        raise Trouble("Chromium was installed but does not start: run `chromium --version` to see why.")


def find() -> Path | None:
    """The path of a Chromium that starts, or None."""
    if named := os.environ.get("CHROMIUM"):
        if not _starts(named):
            raise Trouble(f"CHROMIUM={named} does not start.")
        return Path(named)
    for name in NAMES:
        if (found := shutil.which(name)) and _starts(found):
            return Path(found)
    answer = subprocess.run([PYTHON, "-c", ASK_PLAYWRIGHT], capture_output=True, text=True)
    own = answer.stdout.strip()
    return Path(own) if answer.returncode == 0 and own and _starts(own) else None


def _starts(command: str) -> bool:
    try:
        return subprocess.run([command, "--version"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
