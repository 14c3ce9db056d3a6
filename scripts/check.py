"""`make check`: everything that can be found wrong without running the tests. Goes on after a failure."""

import base64
import os
import subprocess
import time
from pathlib import Path

from scripts.console import finish, say
from scripts.paths import PYTHON, ROOT

PACKAGES = ["accounts", "people", "cases", "housing", "surveys", "cohesion", "safety", "rights", "reporting"]
TYPED = ["actions", "actions.py", "perms.py", "models", "models.py", "tasks.py"]
DUMMY_PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "arsenaal.settings.production",
    "SECRET_KEY": "".join(chr(33 + number * 7 % 90) for number in range(64)),
    "ENCRYPTION_KEYS": base64.urlsafe_b64encode(bytes(range(32))).decode(),
    "DATABASE_URL": "postgres://arsenaal_app:checks-only-a@127.0.0.1:1/arsenaal",
    "DATABASE_OWNER_URL": "postgres://arsenaal_owner:checks-only-b@127.0.0.1:1/arsenaal",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "ALLOWED_HOSTS": "arsenaal.example.org",
}


def main() -> int:
    """Run every check and say which failed."""
    templates = [str(path.relative_to(ROOT)) for path in _template_folders()]
    typed = [str(path.relative_to(ROOT)) for path in _typed_files()]
    test_settings = {"DJANGO_SETTINGS_MODULE": "arsenaal.settings.test"}
    manage = ["python", "-W", "ignore::RuntimeWarning", "manage.py"]
    results = [
        _run("ruff check", ["ruff", "check", "."]),
        _run("ruff format", ["ruff", "format", "--check", "."]),
        _run("djlint", ["djlint", "--lint", "--quiet", *templates]),
        _run("mypy", ["mypy", *typed], test_settings),
        _run("missing migrations", [*manage, "makemigrations", "--check", "--dry-run"], test_settings),
        _run("deployment", [*manage, "check", "--deploy", "--fail-level=WARNING"], DUMMY_PRODUCTION),
    ]
    say("All checks passed." if all(results) else "Some checks failed.")
    return 0 if all(results) else 1


def _template_folders() -> list[Path]:
    folders = [ROOT / "templates", *(ROOT / package / "templates" for package in PACKAGES)]
    return [folder for folder in folders if any(folder.rglob("*.html"))]


def _typed_files() -> list[Path]:
    return [path for package in PACKAGES for name in TYPED if (path := ROOT / package / name).exists()]


def _run(title: str, command: list[str], environ: dict[str, str] | None = None) -> bool:
    began = time.monotonic()
    program = str(PYTHON.with_name(command[0]))
    result = subprocess.run(
        [program, *command[1:]],
        cwd=ROOT,
        env={**os.environ, **(environ or {})},
        capture_output=True,
        text=True,
    )
    say(f"{'FAILED' if result.returncode else 'ok    '}  {title}  ({time.monotonic() - began:.1f} s)")
    if result.returncode:
        say(f"{result.stdout}{result.stderr}")
    return result.returncode == 0


if __name__ == "__main__":
    finish(main)
