"""Bank account numbers (IBAN, ISO 13616): read as people type them, checked, written in groups of four."""

import re

# How long a number is per country of SEPA; others are refused, since a small payment doesn't go there.
_LENGTHS = {
    "AD": 24, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20,
    "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GI": 23, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26,
    "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28,
    "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "VA": 22,
}  # fmt: skip


class NoIban(ValueError):
    """This is no bank account number."""


def read_iban(text: str) -> str:
    """Return the number without spaces and in capitals. Raises NoIban when it can't be one."""
    plain = re.sub(r"[\s.\-]", "", text).upper()
    is_shaped = re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]+", plain, re.ASCII) is not None
    if not is_shaped or len(plain) != _LENGTHS.get(plain[:2]):
        raise NoIban
    # Two check digits over the whole, letters counted from A = 10 (ISO 7064, mod 97-10).
    if int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 != 1:
        raise NoIban
    return plain


def show_iban(plain: str) -> str:
    """Write it in groups of four, as on a bank card."""
    return " ".join(plain[start : start + 4] for start in range(0, len(plain), 4))
