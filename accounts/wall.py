"""Raising the second wall: who acts, and the rules of all packages put into the database after each migration.

A package declares the rules of its tables in its `walls.py`; a table with a story that is in none of them fails a
test. The database keeps what is declared there, nothing else: a rule is changed by changing the declaration.
"""

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections, models
from psycopg import sql

from accounts.models import User
from accounts.roles import ROLES
from arsenaal.lib.privacy import Kind, class_of
from arsenaal.lib.wall import Lookup, Wall, acting, has_failed, pads

PACKAGES = ("accounts", "people", "cases", "housing", "surveys", "cohesion", "safety", "reporting", "rights")
POLICY = "second_wall"


@contextlib.contextmanager
def acting_as(user: User) -> Iterator[None]:
    """Let this user act within one transaction: the database shows his rows alone."""
    with acting("user", str(user.pk)):
        yield


@contextlib.contextmanager
def figures_only() -> Iterator[None]:
    """Count over everything, through a role that has no right on any column with words; inside a transaction.

    For the shared measurement system: it reads all rows, and of none what somebody told.
    """
    with acting("system", "figures"), connection.cursor() as cursor:
        before = _current_role(cursor)
        cursor.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(settings.DATABASE_FIGURES_ROLE)))
        try:
            yield
        finally:
            # A transaction that broke takes the role back by itself.
            if not (connection.needs_rollback or has_failed(connection)):
                cursor.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(before)))


def _current_role(cursor: Any) -> str:
    cursor.execute("SELECT current_user")
    return str(cursor.fetchone()[0])


@cache
def walls() -> dict[type[models.Model], Wall]:
    """Return the rules of all packages by model. Raises ImproperlyConfigured when a table has two."""
    found: dict[type[models.Model], Wall] = {}
    for module in _declarations():
        for wall in module.WALLS:
            model = apps.get_model(wall.model)
            if model in found:
                raise ImproperlyConfigured(f"{wall.model} has two rules in walls.py")
            found[model] = wall
    return found


def _declarations() -> Iterator[Any]:
    for package in PACKAGES:
        if find_spec(f"{package}.walls") is not None:
            yield import_module(f"{package}.walls")


def figures_columns(model: type[models.Model]) -> list[str]:
    """Return the columns of a model that hold no words of or about anybody: what may be counted.

    Links, moments, numbers and what was chosen from a list, unless the declaration calls it sensitive; free text
    only where the declaration calls it plain.
    """
    declared = {
        name: field_class
        for one in import_module(f"{model._meta.app_label}.privacy").PRIVACY
        if one.model == model.__name__
        for name, field_class in one.items()
    }
    columns = []
    for field in model._meta.local_fields:
        found = class_of(field, declared)
        if found is None or found.kind == Kind.SENSITIVE:
            continue
        is_free = isinstance(field, models.CharField | models.TextField | models.JSONField | models.FileField)
        if found.kind == Kind.PLAIN or field.choices or not is_free:
            columns.append(field.column)
    return columns


def raise_wall(using: str = "owner", **kwargs: Any) -> None:
    """Put keys, roles and rules into the database, as the owner; nothing is touched when nothing changed.

    Raises ImproperlyConfigured when the role that counts is missing and can't be made here.
    """
    owner = connections[using]
    if owner.settings_dict["USER"] == settings.DATABASE_APP_ROLE:
        return
    statements = [*_keys(), *_roles(), *_lookups(), *_rules(), *_figures()]
    with owner.cursor() as cursor:
        _ensure_figures_role(cursor)
        wanted = hashlib.sha256(
            "\n".join(statement.as_string(cursor.connection) for statement in statements).encode()
        ).hexdigest()
        cursor.execute("SELECT value FROM wall.state WHERE name = 'raised'")
        if (row := cursor.fetchone()) and row[0] == wanted and not _is_table_new(cursor):
            return
        for statement in statements:
            cursor.execute(statement)
        cursor.execute(
            "INSERT INTO wall.state VALUES ('raised', %s) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [wanted],
        )


def _is_table_new(cursor: Any) -> bool:
    """A table that was dropped and made again has lost its rule."""
    cursor.execute("SELECT count(*) FROM pg_policies WHERE policyname = %s", [POLICY])
    return bool(cursor.fetchone()[0] != len(walls()))


def _keys() -> Iterable[sql.Composed | sql.SQL]:
    yield sql.SQL("DELETE FROM wall.key")
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        inner, outer = pads(secret)
        yield sql.SQL("INSERT INTO wall.key VALUES ({}, {})").format(inner, outer)


def _roles() -> Iterable[sql.Composed | sql.SQL]:
    yield sql.SQL("DELETE FROM wall.role_permission")
    yield sql.SQL("DELETE FROM wall.role_circle")
    for role, spec in ROLES.items():
        for permission in sorted(spec.permissions):
            yield sql.SQL("INSERT INTO wall.role_permission VALUES ({}, {})").format(
                role.value, permission.value
            )
        for circle in sorted(spec.circles):
            yield sql.SQL("INSERT INTO wall.role_circle VALUES ({}, {})").format(role.value, circle.value)


def _lookups() -> Iterable[sql.Composed | sql.SQL]:
    """In PL/pgSQL: it keeps the plan for as long as the connection lives."""
    lookup: Lookup
    for module in _declarations():
        for lookup in getattr(module, "LOOKUPS", ()):
            yield sql.SQL(
                "CREATE OR REPLACE FUNCTION wall.{}() RETURNS bigint[] LANGUAGE plpgsql STABLE SECURITY DEFINER "
                "SET search_path = pg_catalog, public, pg_temp AS $$ BEGIN RETURN (SELECT ARRAY({})); END $$"
            ).format(sql.Identifier(lookup.name), sql.SQL(lookup.query))


def _rules() -> Iterable[sql.Composed | sql.SQL]:
    policy = sql.Identifier(POLICY)
    for model, wall in walls().items():
        table = sql.Identifier(model._meta.db_table)
        yield sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(table)
        yield sql.SQL("DROP POLICY IF EXISTS {} ON {}").format(policy, table)
        # Reading and changing follow the rule. Adding needs somebody who acts: what one adds may be for others.
        yield sql.SQL(
            "CREATE POLICY {} ON {} USING ((SELECT wall.is_system()) OR ({})) "
            "WITH CHECK ((SELECT wall.is_somebody()))"
        ).format(policy, table, sql.SQL(wall.rows))


def _figures() -> Iterable[sql.Composed | sql.SQL]:
    role = sql.Identifier(settings.DATABASE_FIGURES_ROLE)
    yield sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(role)
    yield sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role)
    for package in PACKAGES:
        for model in _models(package):
            if columns := figures_columns(model):
                names = sql.SQL(", ").join(map(sql.Identifier, columns))
                yield sql.SQL("GRANT SELECT ({}) ON {} TO {}").format(
                    names, sql.Identifier(model._meta.db_table), role
                )


def _models(package: str) -> Sequence[type[models.Model]]:
    return list(apps.get_app_config(package).get_models(include_auto_created=True))


def _ensure_figures_role(cursor: Any) -> None:
    """The role is made with the others (scripts/roles.py, docker/); here only when that was before it was needed."""
    role, app = settings.DATABASE_FIGURES_ROLE, settings.DATABASE_APP_ROLE
    cursor.execute("SELECT rolcreaterole FROM pg_roles WHERE rolname = current_user")
    may_create = cursor.fetchone()[0]
    cursor.execute("SELECT pg_has_role(%s, oid, 'SET') FROM pg_roles WHERE rolname = %s", [app, role])
    row = cursor.fetchone()
    if row and row[0]:
        return
    make = f"CREATE ROLE {role} NOLOGIN; GRANT {role} TO {app} WITH INHERIT FALSE, SET TRUE;"
    if not may_create:
        raise ImproperlyConfigured(
            f"The role that counts for the reports is missing. Let an administrator of the server run:  {make}"
        )
    names = (sql.Identifier(role), sql.Identifier(app))
    if row is None:
        cursor.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(names[0]))
    cursor.execute(sql.SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE").format(*names))
