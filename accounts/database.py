"""The two database roles: the owner migrates, the application reads and writes but owns nothing."""

from typing import Any

from django.conf import settings
from django.db import connections
from psycopg import sql

# Tables to which the application only adds. A trigger refuses the rest as well, to whoever asks.
APPEND_ONLY = ("accounts_accessevent",)


def grant_application_role(using: str = "owner", **kwargs: Any) -> None:
    """Grant the application's role what it needs on every table, now and for tables made later.

    Runs as the owner after each migration. Does nothing when both connections are one role, which the production
    settings refuse.
    """
    role = settings.DATABASE_APP_ROLE
    connection = connections[using]
    if connection.settings_dict["USER"] == role:
        return
    schema = sql.Identifier("public")
    grantee = sql.Identifier(role)
    statements = (
        sql.SQL("GRANT USAGE ON SCHEMA {} TO {}"),
        sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {} TO {}"),
        sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {} TO {}"),
        sql.SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA {} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}"),
        sql.SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA {} GRANT USAGE, SELECT ON SEQUENCES TO {}"),
    )
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.format(schema, grantee))
        for table in APPEND_ONLY:
            cursor.execute("SELECT to_regclass(%s)", [table])
            if cursor.fetchone()[0] is not None:
                revoke = sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}")
                cursor.execute(revoke.format(sql.Identifier(table), grantee))
