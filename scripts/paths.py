"""Where things are. Everything private to this clone is in `var/`, everything installed in `.venv/`."""

import hashlib
import os
from pathlib import Path

from scripts.console import Trouble

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
VAR = Path(os.environ.get("ARSENAAL_VAR") or ROOT / "var").absolute()
LOGS = VAR / "log"


def make_var() -> None:
    """Make `var/`. Root's servers run as somebody else, who must be able to pass through it."""
    try:
        LOGS.mkdir(parents=True, exist_ok=True)
        VAR.chmod(0o711 if os.geteuid() == 0 else 0o700)
    except OSError as error:
        raise Trouble(f"Cannot write in {VAR}: {error.strerror}. Is this clone somebody else's?") from error


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    draft.replace(path)


def fingerprint(*parts: str | Path) -> str:
    """One short name for the contents of files and words together."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.read_bytes() if isinstance(part, Path) else part.encode())
        digest.update(b"\0")
    return digest.hexdigest()[:20]


def last_lines(path: Path, count: int = 15) -> str:
    """The end of a log, indented for a message."""
    if not path.exists():
        return ""
    lines = path.read_text(errors="replace").splitlines()[-count:]
    return "\n".join(f"    {line}" for line in lines)
