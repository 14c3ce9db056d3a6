"""Before the demo's processes start: migrate, collect the static files, load the demo neighbourhood.

One process for all three, because most of the time goes into importing Django.
"""

import os
import sys
from io import StringIO

from scripts.console import say
from scripts.paths import ROOT, VAR, fingerprint

STATIC_STAMP = VAR / "static.stamp"
# Variants in the npm packages that no page names; leaving them out saves half a minute of compressing.
UNUSED_VARIANTS = """
    bootstrap-grid* bootstrap-reboot* bootstrap-utilities* *.rtl.* bootstrap.esm* bootstrap.js*
    htmx.amd.js htmx.cjs.js htmx.esm* vendor/htmx/ext modular src *.d.ts *.md
""".split()  # noqa: SIM905 a list this long is easier to read in words


def main() -> None:
    """Bring the database and the static files up to date."""
    sys.path.insert(0, str(ROOT))
    import django
    from django.conf import settings
    from django.core.management import call_command, get_commands

    django.setup()
    say("Bringing the database up to date")
    call_command("migrate", interactive=False, verbosity=0)
    wanted = _static_fingerprint()
    if not (
        STATIC_STAMP.exists() and STATIC_STAMP.read_text() == wanted and os.path.isdir(settings.STATIC_ROOT)
    ):
        say("Collecting the static files")
        call_command(
            "collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=UNUSED_VARIANTS
        )
        STATIC_STAMP.write_text(wanted)
    if "seed_demo" in get_commands():
        say("Loading the demo neighbourhood (kept, when it is there)")
        call_command("seed_demo", verbosity=0)
        accounts = StringIO()
        call_command("seed_demo", "--list-accounts", stdout=accounts)
        (VAR / "demo-accounts.txt").write_text(accounts.getvalue())


def _static_fingerprint() -> str:
    from django.contrib.staticfiles.finders import get_finders

    found = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            state = os.stat(storage.path(path))
            found.append(f"{getattr(storage, 'prefix', '')}/{path} {state.st_size} {state.st_mtime_ns}")
    return fingerprint(*sorted(found))


if __name__ == "__main__":
    main()
