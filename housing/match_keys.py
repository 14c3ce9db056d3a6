"""What two landlords can have in common, as keys that a database index finds. Pure: it knows no model.

A key begins with what it is (`company`, `address`, `phone`, `email`), so that one array holds them all.
"""

import re

from arsenaal.lib.addresses import street_key

_BELGIAN_DIGITS = 8  # a land line without its zero; a mobile number has nine


def phone_key(text: str) -> str:
    """Return the digits by which a telephone number is recognised: "+32 470 00 00 95" and "0470/00.00.95" alike."""
    digits = re.sub(r"\D", "", text, flags=re.ASCII)
    digits = re.sub(r"^(0032|32(?=\d{8,9}$))", "", digits).lstrip("0")
    return digits if len(digits) >= _BELGIAN_DIGITS else ""


def email_key(text: str) -> str:
    """Return the address without capitals."""
    return text.strip().lower()


def address_key(text: str) -> str:
    """Return street and numbers, however it is spelled; nothing when there is no number in it."""
    words = re.sub(r"[,;.()]", " ", text.lower())
    numbers = re.findall(r"\d+[a-z]?\b", words)
    street = street_key(re.split(r"\d", words, maxsplit=1)[0].strip())
    return f"{street} {' '.join(numbers)}"[:200] if numbers and street else ""


def match_keys(*, company_number: str, address: str, phone: str, email: str) -> list[str]:
    """Return everything by which a landlord can be recognised besides his name."""
    found = {
        "company": company_number,
        "address": address_key(address),
        "phone": phone_key(phone),
        "email": email_key(email),
    }
    return [f"{what}:{key}" for what, key in found.items() if key]
