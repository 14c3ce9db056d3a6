"""Why an offer could meet an ask. Pure functions of what stands on both sides; who may be shown was decided before."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cohesion.capital_enums import CapitalKind, DayPart
from cohesion.models import CapitalEntry
from people.languages import language_names

ENOUGH = 3  # below it, chance brings as many together
_WORD, _STEM = 4, 5  # shorter words say nothing; the first letters of a longer one stand for all its forms
# Words that many offers and asks hold and that make none of them alike.
_EMPTY = frozenset(
    {"iemand", "graag", "helpen", "hulp", "samen", "voor", "mijn", "keer", "week", "weken", "iets"}
)


@dataclass(frozen=True)
class Suggestion:
    """An entry of the other side, with the reasons in words, the strongest first."""

    entry: CapitalEntry
    score: int
    reasons: Sequence[str]


def _stems(text: str) -> dict[str, str]:
    """The words of a text that say something: their first letters -> the word."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(
        letter if letter.isalnum() else " " for letter in plain if not unicodedata.combining(letter)
    )
    return {word[:_STEM]: word for word in letters.split() if len(word) >= _WORD and word not in _EMPTY}


def _street(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalpha())


def weigh(offer: CapitalEntry, ask: CapitalEntry) -> tuple[int, list[str]]:
    """Return how well an offer meets an ask, and why. Without a word or a language in common it is nothing."""
    found: list[tuple[int, str]] = []
    asked, offered = _stems(ask.what), _stems(offer.what)
    shared = [asked[stem] for stem in asked if stem in offered]
    if shared:
        found.append((3 * min(len(shared), 2), _("zelfde woorden: %(words)s") % {"words": ", ".join(shared)}))
    languages = [code for code in ask.languages if code in offer.languages]
    both_about_language = offer.kind == ask.kind == CapitalKind.LANGUAGE
    if not shared and not (both_about_language and languages):
        return 0, []
    if offer.kind == ask.kind:
        found.append((2, _("allebei: %(kind)s") % {"kind": offer.get_kind_display()}))
    if languages:
        names = ", ".join(language_names(languages))
        found.append(
            (2 if both_about_language else 1, _("spreken allebei %(languages)s") % {"languages": names})
        )
    if offer.street and _street(offer.street) == _street(ask.street):
        found.append((2, _("wonen in dezelfde straat")))
    if parts := [part for part in ask.day_parts if part in offer.day_parts]:
        told = ", ".join(str(DayPart(part).label) for part in parts)
        found.append((1, _("hebben allebei tijd: %(parts)s") % {"parts": told}))
    found.sort(key=lambda pair: -pair[0])
    return sum(points for points, _reason in found), [reason[:160] for _points, reason in found]


def suggestions_for(
    entry: CapitalEntry, others: Iterable[CapitalEntry], *, most: int = 8
) -> list[Suggestion]:
    """Return the best of the other side with their reasons, best first."""
    found = []
    for other in others:
        offer, ask = (entry, other) if entry.side == "offer" else (other, entry)
        score, reasons = weigh(offer, ask)
        if score >= ENOUGH:
            found.append(Suggestion(other, score, reasons))
    return sorted(found, key=lambda row: (-row.score, -row.entry.pk))[:most]
