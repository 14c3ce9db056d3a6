"""A database with every table in it, made once and copied: migrating takes half a minute, copying half a second."""

import hashlib
import os
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

ROOT = Path(__file__).parents[1]
_LOCK = 7_202_611  # of whoever makes the template; the number means nothing


def template() -> str | None:
    """Return the name of the database to copy, made by the first process that asks; None on a server of one's own.

    What was migrated since the copy was made is migrated in each copy: only a migration that changes, or goes, asks for
    a new one.
    """
    prefix = os.environ.get("ARSENAAL_TEST_TEMPLATE")
    if not prefix:
        return None
    name = f"{prefix}_{_fingerprint()}"
    owner = settings.DATABASES["owner"]
    with psycopg.connect(
        host=owner["HOST"],
        port=owner["PORT"],
        user=owner["USER"],
        password=owner["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    ) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        known = {row[0] for row in server.execute("SELECT datname FROM pg_database")}
        if name not in known:
            for old in known:
                if old.startswith(f"{prefix}_"):
                    server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
            _make(f"{prefix}_making")
            server.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(f"{prefix}_making"), sql.Identifier(name)
                )
            )
    return name


def _make(name: str) -> None:
    """Migrate a new database of this name, as `setup_databases` would."""
    mine = connection.settings_dict
    before, wanted = mine["NAME"], mine["TEST"]["NAME"]
    mine["TEST"]["NAME"] = name
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        mine["TEST"]["NAME"] = wanted
        mine["NAME"] = settings.DATABASES[connection.alias]["NAME"] = before


def _fingerprint() -> str:
    """Tell which migrations there are, by their names and what they say."""
    found = hashlib.sha256()
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        found.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return found.hexdigest()[:16]
