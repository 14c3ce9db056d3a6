"""Database expressions that several packages use."""

from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField
from django.db.models import Aggregate, F, Func, Value


def days(from_field: str = "from_on", until_field: str = "until_on", bounds: str = "[]") -> Func:
    """The period from a day up to and including another day (open when empty), as a range for exclusion.

    With bounds "[)" the last day is not part of it, so that one can hand over to the next on the same day.
    """
    return Func(
        F(from_field), F(until_field), Value(bounds), function="daterange", output_field=DateRangeField()
    )


def one(field: str) -> Func:
    """A foreign key as a range of one number, so that core GiST can exclude on it without an extension."""
    return Func(F(field), F(field), Value("[]"), function="int8range", output_field=BigIntegerRangeField())


class Median(Aggregate):
    """The middle value: half lies below it, half above. Between two values it is their mean."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
