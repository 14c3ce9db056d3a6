"""Reading dated reference data: what holds on a day. Whoever needs an amount or a term asks here.

Where nothing was entered for that day, the value that came with the program holds, so that a new code works before
anybody loaded it.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal

from arsenaal.lib.registries import ReferenceCode, reference_codes
from cases.enums import ReferenceKind
from cases.models.reference_value import ReferenceValue

TEXT_KINDS = frozenset({ReferenceKind.TEXT.value, ReferenceKind.YES_NO.value})


def default_value(spec: ReferenceCode) -> ReferenceValue:
    """Return the value that came with the program, as an unsaved row."""
    is_text = spec.kind in TEXT_KINDS
    return ReferenceValue(
        code=spec.code,
        number=None if is_text else Decimal(spec.default),
        text=spec.default if is_text else "",
        valid_from=spec.valid_from,
        source=spec.source,
        certainty=spec.certainty,
        note=spec.note,
    )


def values_on(codes: Iterable[str], day: dt.date) -> dict[str, ReferenceValue]:
    """Return the value of each code on a day, in one query. Raises LookupError for a code that nobody registered."""
    specs = [reference_codes.get(code) for code in codes]
    found = {value.code: value for value in ReferenceValue.objects.on(day, [spec.code for spec in specs])}
    return {spec.code: found.get(spec.code) or default_value(spec) for spec in specs}


def value_on(code: str, day: dt.date) -> ReferenceValue:
    """Return the value of a code on a day; for several codes `values_on` asks once. Raises LookupError."""
    return values_on([code], day)[code]


def value_over_time(code: str) -> Callable[[dt.date], ReferenceValue]:
    """Return a function that tells the value of a code on any day, after one query. For figures over many days."""
    default = default_value(reference_codes.get(code))
    rows = list(ReferenceValue.objects.filter(code=code).order_by("-valid_from"))
    return lambda day: next((row for row in rows if row.valid_from <= day), default)
