"""Moving what is encrypted from an old key to the first one."""

from collections.abc import Iterator
from typing import Any

from django.apps.registry import Apps
from django.db import connection, connections, transaction

from arsenaal.lib.encryption import EncryptedTextField, decrypt, encrypt, is_under_first_key


def encrypted_columns(apps: Apps) -> Iterator[EncryptedTextField]:
    """Yield every encrypted field of every model that has a table of its own."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed:
            continue
        yield from (field for field in model._meta.local_fields if isinstance(field, EncryptedTextField))


def rotate_column(column: EncryptedTextField, *, batch: int, using: str = "default") -> int:
    """Encrypt this column with the first key, `batch` rows per transaction; return how many were changed.

    What is under the first key already is left alone, so it can be stopped and started again at any moment. Rows are
    locked while they are moved: what somebody saves meanwhile isn't overwritten. Raises CannotDecrypt at the first row
    that no key opens; the batches before it stay done.
    """
    last: Any = None
    changed = 0
    while True:
        with transaction.atomic(using=using):
            rows = _raw_rows(column, after=last, batch=batch, using=using)
            for pk, text in rows:
                if not is_under_first_key(text):
                    changed += 1
                    _store(column, pk, encrypt(decrypt(text)), using)
        if len(rows) < batch:
            return changed
        last = rows[-1][0]


def _raw_rows(column: EncryptedTextField, *, after: Any, batch: int, using: str) -> list[tuple[Any, str]]:
    """The next rows as they stand in the database: past the field, which would decrypt them."""
    table, name, key = _names(column)
    where = f"{name} IS NOT NULL" + ("" if after is None else f" AND {key} > %s")
    sql = f"SELECT {key}, {name} FROM {table} WHERE {where} ORDER BY {key} LIMIT %s FOR UPDATE"  # noqa: S608
    with connections[using].cursor() as cursor:
        cursor.execute(sql, [*([] if after is None else [after]), batch])
        return list(cursor.fetchall())


def _store(column: EncryptedTextField, pk: Any, text: str, using: str) -> None:
    table, name, key = _names(column)
    with connections[using].cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {name} = %s WHERE {key} = %s", [text, pk])  # noqa: S608


def _names(column: EncryptedTextField) -> tuple[str, str, str]:
    """The table, the column and the primary key, quoted for SQL."""
    meta = column.model._meta
    table, name, key = (
        connection.ops.quote_name(str(part)) for part in (meta.db_table, column.column, meta.pk.column)
    )
    return table, name, key
