"""`make fix`: what the tools can mend by themselves."""

import subprocess

from scripts.console import finish
from scripts.paths import PYTHON, ROOT


def main() -> int:
    """Mend, then format; what is left stands in the output."""
    ruff = PYTHON.with_name("ruff")
    mended = subprocess.run([ruff, "check", "--fix", "."], cwd=ROOT).returncode
    return subprocess.run([ruff, "format", "."], cwd=ROOT).returncode or mended


if __name__ == "__main__":
    finish(main)
