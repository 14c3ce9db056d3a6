"""Paging by keyset: the next page starts after the last row seen, so it costs the same on every page.

A cursor is the sort value and the primary key of the last row. The primary key is the unique tie-breaker:
rows that are added meanwhile never make a row appear twice or be skipped.
"""

import base64
import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Model, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

_CURSOR_LENGTH = 1000


@dataclass(frozen=True)
class Page:
    """One page of rows; `next_cursor` is empty on the last page."""

    rows: Sequence[Any]
    next_cursor: str


class BadCursorError(ValueError):
    """The cursor was not made by this program."""


def encode_cursor(value: Any, pk: int) -> str:
    """Return the cursor for a row with this sort value and primary key."""
    if isinstance(value, dt.datetime):
        value = value.isoformat()  # Django's encoder cuts to milliseconds, and rows in between would be lost
    text = json.dumps([value, pk], cls=DjangoJSONEncoder)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_cursor(cursor: str) -> tuple[Any, int]:
    """Return sort value and primary key. Raises BadCursorError on anything else."""
    if len(cursor) > _CURSOR_LENGTH:
        raise BadCursorError("too long")
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        value, pk = json.loads(base64.urlsafe_b64decode(padded.encode()))
        if type(pk) is not int or isinstance(value, (dict, list)):
            raise BadCursorError(cursor)
        if isinstance(value, str) and "\0" in value.encode().decode():  # also refuses half characters
            raise BadCursorError(cursor)
    except (ValueError, TypeError, RecursionError) as error:
        raise BadCursorError(cursor) from error
    return value, pk


def _value(row: Any, field: str) -> Any:
    value = row
    for part in field.split("__"):
        if value is None:
            return None
        value = value[part] if isinstance(value, dict) else getattr(value, part)
    return value


def _may_be_empty(queryset: QuerySet[Any], field: str) -> bool:
    """Tell whether the sort value can be null: a column says so itself, an annotation is taken to be."""
    model: Any = queryset.model
    try:
        for part in field.split("__"):
            column = model._meta.get_field(part)
            if column.null:
                return True
            model = column.related_model
    except (FieldDoesNotExist, AttributeError):
        return True
    return False


def _after(field: str, *, is_descending: bool, may_be_empty: bool, cursor: str) -> Q:
    """The condition that holds for the rows after the cursor.

    Both columns are compared as one pair: PostgreSQL then starts reading its index right at the cursor, where
    "smaller, or equal and a smaller key" makes it read earlier rows or collect and sort all later ones. The plain
    comparison adds nothing to that, but refuses a value that makes no sense here, and not once the rows are fetched.
    """
    value, pk = decode_cursor(cursor)
    beyond = "lt" if is_descending else "gt"
    if value is None:
        return Q(**{f"{field}__isnull": True, f"pk__{beyond}": pk})
    compare = TupleLessThan if is_descending else TupleGreaterThan
    rest = Q(**{f"{field}__{beyond}e": value}) & Q(compare(Tuple(F(field), F("pk")), (value, pk)))
    return rest | Q(**{f"{field}__isnull": True}) if may_be_empty else rest


def page(queryset: QuerySet[Model], *, order: str, size: int, cursor: str = "") -> Page:
    """Return one page ordered by `order` ("-opened_at") and then by primary key in the same direction.

    Empty sort values come last in both directions. Sort on a column that can't be empty where a list can
    grow long: only then does the last page cost what the first does. Raises BadCursorError when the cursor
    makes no sense.
    """
    is_descending = order.startswith("-")
    field = order.lstrip("-")
    may_be_empty = _may_be_empty(queryset, field)
    last = {"nulls_last": True} if may_be_empty else {}
    key = F(field).desc(**last) if is_descending else F(field).asc(**last)
    ordered = queryset.order_by(key, "-pk" if is_descending else "pk")
    if cursor:
        try:
            ordered = ordered.filter(
                _after(field, is_descending=is_descending, may_be_empty=may_be_empty, cursor=cursor)
            )
        except (ValueError, TypeError, OverflowError, ValidationError) as error:
            raise BadCursorError(cursor) from error
    rows = list(ordered[: size + 1])
    has_more = len(rows) > size
    rows = rows[:size]
    next_cursor = encode_cursor(_value(rows[-1], field), rows[-1].pk) if has_more else ""
    return Page(rows=rows, next_cursor=next_cursor)


def page_or_first(queryset: QuerySet[Model], *, order: str, size: int, cursor: str) -> Page:
    """Return the page after the cursor, or the first one when the cursor makes no sense; see `page`."""
    try:
        return page(queryset, order=order, size=size, cursor=cursor)
    except BadCursorError:
        return page(queryset, order=order, size=size)
