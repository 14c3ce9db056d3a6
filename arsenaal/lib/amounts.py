"""Writing amounts of money."""

from decimal import Decimal

from django.utils.formats import number_format


def euro(value: Decimal | None) -> str:
    """Write an amount as € 1.482,00, in the notation of the language; nothing when it isn't known."""
    if value is None:
        return ""
    return f"€ {number_format(value, decimal_pos=2, force_grouping=True)}"
