"""Roles and databases: the program connects as a role that owns nothing, migrations as the owner."""

import json
import secrets
from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from scripts.console import Trouble
from scripts.paths import VAR, write_private

NOTES = VAR / "app-role.json"


def create_role(connection: Any, name: str, password: str, *, can_create_databases: bool = False) -> None:
    """Make the login role, or give the existing one this password."""
    exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    statement = "ALTER ROLE {} LOGIN PASSWORD {}" if exists else "CREATE ROLE {} LOGIN PASSWORD {}"
    connection.execute(sql.SQL(statement).format(sql.Identifier(name), sql.Literal(password)))
    if can_create_databases:
        connection.execute(sql.SQL("ALTER ROLE {} CREATEDB").format(sql.Identifier(name)))


def create_figures_role(connection: Any, app: str) -> None:
    """Make the role that the program takes on to count: it logs in nowhere, and may not read words."""
    name = f"{app}_figures"
    if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone():
        connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(name)))
    connection.execute(
        sql.SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE").format(
            sql.Identifier(name), sql.Identifier(app)
        )
    )


def create_database(connection: Any, name: str, *, owner: str) -> None:
    """Make the database unless it is there."""
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0")
        connection.execute(statement.format(sql.Identifier(name), sql.Identifier(owner)))


def derive_app_url(owner_url: str) -> str:
    """For a server of the user's own: make the application's role through the owner, and give its address."""
    parts = urlsplit(owner_url)
    role = f"{unquote(parts.path.lstrip('/')) or 'arsenaal'}_app"
    known = json.loads(NOTES.read_text()) if NOTES.exists() else {}
    key = f"{role}@{parts.hostname}:{parts.port}"
    password = known.get(key)
    try:
        with psycopg.connect(_for_libpq(owner_url), connect_timeout=5, autocommit=True) as connection:
            if password is None or not _exists(connection, role):
                password = secrets.token_hex(16)
                create_role(connection, role, password)
                create_figures_role(connection, role)
                write_private(NOTES, json.dumps({**known, key: password}))
    except psycopg.OperationalError as error:
        raise Trouble(f"DATABASE_URL does not answer: {error}") from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise Trouble(
            f"The owner in DATABASE_URL may not create the application's role '{role}':\n"
            f"  {error.diag.message_primary}\n"
            "Let an administrator of the server make it:\n"
            f"  CREATE ROLE {role} LOGIN PASSWORD '…';\n"
            f"  CREATE ROLE {role}_figures NOLOGIN;\n"
            f"  GRANT {role}_figures TO {role} WITH INHERIT FALSE, SET TRUE;\n"
            "and name both: DATABASE_URL with that role, DATABASE_OWNER_URL with the owner."
        ) from error
    place = (parts.netloc.rpartition("@")[2]) or "127.0.0.1"
    return urlunsplit(parts._replace(netloc=f"{quote(role)}:{password}@{place}"))


def _exists(connection: Any, role: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is not None


def _for_libpq(url: str) -> str:
    """The names that Django accepts, but libpq doesn't, all start with postgres."""
    scheme, _, rest = url.partition("://")
    return f"postgresql://{rest}" if scheme.startswith(("postgres", "pgsql")) else url
