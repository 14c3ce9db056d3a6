"""Writing an address the Belgian way, and recognising one that is spelled differently."""

import re

from django.utils.translation import gettext as _
from text_unidecode import unidecode

# What people shorten at the end of a street's name.
_ENDINGS = (
    (r"(?:stwg|stw|steenw|steenwg|stnwg)", "steenweg"),
    (r"(?:str|stra)", "straat"),
    (r"(?:ln)", "laan"),
    (r"(?:pln|pl)", "plein"),
    (r"(?:vst)", "vest"),
    (r"(?:dr)", "dreef"),
)
_BEGINNINGS = ((r"(?:st|sint)", "sint"), (r"(?:o\s?l\s?v|onze\slieve\svrouwe?)", "onzelievevrouwe"))


def address_line(street: str, house_number: str, box: str = "") -> str:
    """Return "Leuvensesteenweg 12 bus 3"; parts that are empty are left out."""
    parts = [street, house_number]
    if box:
        parts.append(_("bus %(box)s") % {"box": box})
    return " ".join(part for part in parts if part)


def street_key(street: str) -> str:
    """Return a street's name as one word with endings written out: "Leuvense stwg" gives "leuvensesteenweg"."""
    plain = re.sub(r"[^a-z0-9]+", " ", unidecode(street).lower()).strip()
    for short, written in _BEGINNINGS:
        plain = re.sub(rf"^{short}\s", f"{written} ", plain)
    for short, written in _ENDINGS:
        plain = re.sub(rf"(?<=[a-z0-9\s]){short}$", written, plain)
    return plain.replace(" ", "")


def number_key(house_number: str) -> str:
    """Return a house number that sorts as people count: "12 A" gives "00012a", "2/1" gives "00002-1"."""
    plain = re.sub(r"[^a-z0-9]+", "-", unidecode(house_number).lower()).strip("-")
    plain = re.sub(r"^(\d+)-(?=[a-z](?:-|$))", r"\1", plain)
    found = re.match(r"(\d+)(.*)", plain)
    return f"{int(found[1]):05d}{found[2]}" if found else plain


def box_key(box: str) -> str:
    """Return a box without its small words and zeros: "bus 03" gives "3"."""
    plain = re.sub(r"^(?:bus|bte|b)\.?\s*(?=\d)", "", unidecode(box).strip().lower())
    return re.sub(r"^0+(?=\d)", "", plain)
