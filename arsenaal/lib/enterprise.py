"""The Belgian enterprise number (ondernemingsnummer, KBO): ten digits, the last two a check."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_SHAPE = re.compile(r"[01]\d{9}")


def normalise_enterprise_number(text: str) -> str:
    """Return ten digits out of what people write: "BE 0403.170.701", "403 170 701", "BTW BE0403170701".

    Nine digits are an old VAT number: a zero goes before it. Whatever else is given back as it is, for the validator.
    """
    bare = re.sub(r"[\s./-]", "", text.strip().upper()).removeprefix("BTW").removeprefix("BE")
    return f"0{bare}" if re.fullmatch(r"[1-9]\d{8}", bare, re.ASCII) else bare


def is_enterprise_number(number: str) -> bool:
    """Tell whether these ten digits are right: 97 less the first eight modulo 97 are the last two (KBO)."""
    if not _SHAPE.fullmatch(number) or not number.isascii():
        return False
    return 97 - int(number[:8]) % 97 == int(number[8:])


def validate_enterprise_number(number: str) -> None:
    """Refuse a number that can't be right."""
    if not is_enterprise_number(number):
        raise ValidationError(
            _(
                "Dit is geen geldig ondernemingsnummer. Het heeft tien cijfers, zoals 0403.170.701; kijk ze na."
            )
        )


def format_enterprise_number(number: str) -> str:
    """Write ten digits as 0403.170.701; anything else as it is."""
    return f"{number[:4]}.{number[4:7]}.{number[7:]}" if len(number) == 10 else number
