"""The one way to destroy a case: a function of the database that only works on an approved line of a list.

The timeline is append-only, and the application's role owns nothing, so it can delete no entry itself. This function
is the owner's (SECURITY DEFINER); its statements are written here from the declarations of every package, once after
each migration, so that no name of a table ever comes from the application. See docs/adr/0017.
"""

from typing import Any

from django.conf import settings
from django.db import connections
from django.db.models import ForeignKey, Model
from psycopg import sql

from arsenaal.lib.privacy import declarations
from cases.models import Case
from rights.engine.paths import about_people, file_fields, paths

_STAND_IN = 987_654_321  # what the compiler of queries gets for the number of the case

HEAD = """
CREATE OR REPLACE FUNCTION rights_destroy_case(line bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
DECLARE
    target record;
    the_case bigint;
BEGIN
    SELECT l.subject_id, l.category, l.taken_out_at, l.destroyed_at, l.label,
           d.state, d.first_by_id, d.second_by_id, d.neighbourhood_id,
           r.months, r.destination, r.category AS rule_category, r.neighbourhood_id AS rule_neighbourhood
      INTO target
      FROM rights_destructionline l
      JOIN rights_destructionlist d ON d.id = l.destruction_list_id
      JOIN rights_retentionrule r ON r.id = l.rule_id
     WHERE l.id = line
       FOR UPDATE OF l;
    IF NOT FOUND OR target.category <> 'case' OR target.rule_category <> 'case' THEN
        RAISE EXCEPTION 'line % is not about a case', line USING ERRCODE = 'restrict_violation';
    END IF;
    IF target.state <> 'running' OR target.first_by_id IS NULL OR target.second_by_id IS NULL
        OR target.first_by_id = target.second_by_id
        OR target.taken_out_at IS NOT NULL OR target.destroyed_at IS NOT NULL
        OR target.destination = 'keep' OR target.rule_neighbourhood <> target.neighbourhood_id
    THEN
        RAISE EXCEPTION 'line % is not approved for destruction', line USING ERRCODE = 'restrict_violation';
    END IF;
    the_case := target.subject_id;
    PERFORM 1 FROM cases_case c
      WHERE c.id = the_case AND c.number = target.label AND c.neighbourhood_id = target.neighbourhood_id
        AND c.state = 'closed' AND c.closed_at + make_interval(months => target.months) < now()
        FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'case % is not closed, or its term is not over', the_case
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM rights_legalhold h WHERE h.case_id = the_case AND h.lifted_at IS NULL) THEN
        RAISE EXCEPTION 'case % is held', the_case USING ERRCODE = 'restrict_violation';
    END IF;
    PERFORM set_config('arsenaal.destroying', the_case::text, true);
"""
TAIL = """
    PERFORM set_config('arsenaal.destroying', '', true);
    UPDATE rights_destructionline SET destroyed_at = now() WHERE id = line;
END $body$;
"""


class NoWayToDestroy(LookupError):
    """A table refers to rows of a case without saying in privacy.py how it leads to the case."""


def _case_paths() -> list[tuple[type[Model], str]]:
    """Return every model of which rows belong to a case, with the lookup to it, farthest from the case first."""
    found = [
        (owner, path.lookup)
        for owner, _declared in about_people()
        if owner is not Case
        for path in paths(owner)
        if path.end is Case
    ]
    return sorted(found, key=lambda pair: (-pair[1].count("__"), pair[0]._meta.db_table))


def _rows(owner: type[Model], lookup: str) -> str:
    """Return the query for the rows of a model that belong to the case."""
    if owner is Case:
        return "the_case"
    text, parameters = (
        owner._base_manager.filter(**{lookup: _STAND_IN}).order_by().values("pk").query.sql_with_params()
    )
    if tuple(parameters) != (_STAND_IN,):
        raise NoWayToDestroy(f"{owner.__name__}: {lookup} is no plain path")
    return text.replace("%s", "the_case")


def destruction_statements() -> list[str]:
    """Return what destroys one case: links to it from what stays are emptied, then its rows go, farthest first.

    Raises NoWayToDestroy for a model that can't do without what is destroyed and isn't destroyed with it.
    """
    pairs = [*_case_paths(), (Case, "")]
    belonging: dict[type[Model], list[str]] = {}
    for owner, lookup in pairs:
        belonging.setdefault(owner, []).append(_rows(owner, lookup))
    statements = []
    for owner in declarations():
        table = owner._meta.db_table
        pk = owner._meta.pk.column
        stays = "".join(f' AND "{pk}" NOT IN ({rows})' for rows in belonging.get(owner, ()))
        for field in owner._meta.local_fields:
            if not isinstance(field, ForeignKey) or field.related_model not in belonging:
                continue
            if field.null:
                for rows in belonging[field.related_model]:
                    statements.append(
                        # Names of tables and columns are the program's own; nothing of a user is in it.
                        f'UPDATE "{table}" SET "{field.column}" = NULL WHERE "{field.column}" IN ({rows}){stays};'  # noqa: S608
                    )
            elif owner not in belonging:
                raise NoWayToDestroy(f"{owner.__name__}.{field.name}")
    for owner, lookup in pairs:
        statements.append(
            f'DELETE FROM "{owner._meta.db_table}" WHERE "{owner._meta.pk.column}" IN ({_rows(owner, lookup)});'  # noqa: S608
        )
    return statements


def case_files(case_id: int) -> list[str]:
    """Return the names of the files that belong to a case."""
    return [
        name
        for owner, lookup in _case_paths()
        for field in file_fields(owner)
        for name in owner._base_manager.filter(**{lookup: case_id}).values_list(field, flat=True)
        if name
    ]


def install_destruction(using: str = "owner", **kwargs: Any) -> None:
    """Make the function anew, as the owner, after each migration; the application may only call it."""
    connection = connections[using]
    role = settings.DATABASE_APP_ROLE
    body = "".join(f"    {statement}\n" for statement in destruction_statements())
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_schema_privilege('public', 'CREATE')")
        if not cursor.fetchone()[0]:
            return  # emptying a test database sends the same signal, over the application's connection
        cursor.execute(HEAD + body + TAIL)
        cursor.execute("REVOKE ALL ON FUNCTION rights_destroy_case(bigint) FROM PUBLIC")
        if connection.settings_dict["USER"] != role:
            grant = sql.SQL("GRANT EXECUTE ON FUNCTION rights_destroy_case(bigint) TO {}")
            cursor.execute(grant.format(sql.Identifier(role)))


def destroy_case(line_id: int) -> None:
    """Destroy the case of an approved line. The database refuses any other (psycopg.errors.RestrictViolation)."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT rights_destroy_case(%s)", [line_id])
