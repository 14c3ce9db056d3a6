"""`make lock`: requirements*.in becomes requirements*.txt, with hashes and a reason for each direct one."""

import re
import subprocess
import sys

from scripts.console import Trouble, finish
from scripts.paths import ROOT, VENV

NAMES = ["requirements", "requirements-local", "requirements-dev"]
HEADER = "# Written by `make lock` from {name}.in; change it there. Installs on Python 3.11 and later.\n\n"
OPTIONS = [
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--quiet",
]


def main() -> None:
    """Lock all three; `--upgrade` as argument takes the newest versions."""
    for name in NAMES:
        command = [str(VENV / "bin" / "uv"), "--no-config", "pip", "compile", *OPTIONS, *sys.argv[1:]]
        if subprocess.run(
            [*command, f"{name}.in", "-o", f"{name}.txt"], cwd=ROOT, stdout=subprocess.DEVNULL
        ).returncode:
            raise Trouble(f"{name}.in could not be resolved; the lines above say why.")
        locked = ROOT / f"{name}.txt"
        body = re.sub(r"^# Written by.*\n\n", "", locked.read_text())
        locked.write_text(
            HEADER.format(name=name) + with_reasons(body, reasons((ROOT / f"{name}.in").read_text()))
        )


def reasons(source: str) -> dict[str, str]:
    """The comment behind each direct requirement, by its normal name."""
    found = re.findall(r"^([A-Za-z][\w.-]*)[^#\n]*?\s+#\s*(.+)$", source, re.MULTILINE)
    return {name.lower().replace("_", "-"): reason.strip() for name, reason in found}


def with_reasons(locked: str, known: dict[str, str]) -> str:
    """Put each reason on the line above its pin."""
    lines = []
    for line in locked.splitlines():
        if (pin := re.match(r"([\w.-]+)==", line)) and pin[1] in known:
            lines.append(f"# {pin[1]}: {known[pin[1]]}")
        if not (line.startswith("# ") and re.match(r"# [\w.-]+: ", line)):
            lines.append(line)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    finish(main)
