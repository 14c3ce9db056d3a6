"""`make reset`: delete the demo's data, so that the next `make demo` starts over. Installed packages stay."""

import os
import shutil

from scripts import locks, services
from scripts.console import finish, say
from scripts.paths import VAR, make_var
from scripts.private_postgres import PrivatePostgres

KEPT = {"demo.lock", "bootstrap.lock", "test-runs", "test-kept", "app-role.json"}


def main() -> None:
    """Delete what the demo made in var/, and its database wherever that is."""
    make_var()
    with locks.held(services.LOCK, otherwise="The demo runs. Stop it first with Ctrl-C."):
        PrivatePostgres(services.DEMO).remove()
        services.forget_kept()
        for entry in VAR.iterdir():
            if entry.name in KEPT:
                continue
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
    say("The demo's data is gone; `make demo` starts over.")
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        if os.environ.get(name):
            say(f"{name} names a server of your own: nothing was deleted there.")


if __name__ == "__main__":
    finish(main)
