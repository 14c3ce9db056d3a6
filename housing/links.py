"""Which landlords may be one and the same, with why; and what one landlord holds through others.

A suggestion is the sum of its reasons. It is symmetric: whoever looks from the other side sees the same reasons.
Nothing follows from a suggestion: somebody decides (housing/actions/landlord_links.py).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.enterprise import format_enterprise_number
from arsenaal.lib.trigrams import trigrams
from housing.enums_legal import LandlordVerdict
from housing.models import Landlord, LandlordLink

WEIGHTS = {"company": 10, "phone": 6, "email": 6, "address": 4, "name": 4, "contact": 3}
SUGGEST_FROM = 4  # one shared name or address is worth a look, a shared contact person alone isn't
NAME_ALIKE = 0.75  # share of trigrams in common, counted from both sides (Dice)
_CANDIDATES = 60
_SHOWN = 8
# Words that say what sort of company it is, not which one.
_LEGAL_FORMS = re.compile(
    r"\b(?:b\.?v\.?(?:b\.?a\.?)?|n\.?v\.?|v\.?z\.?w\.?|c\.?v\.?(?:b\.?a\.?)?|comm\.?\s?v\.?|v\.?o\.?f\.?|s\.?r\.?l\.?|s\.?a\.?)(?=\s|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reason:
    """One thing that two landlords have in common."""

    code: str
    text: str

    @property
    def weight(self) -> int:
        """How heavy it counts."""
        return WEIGHTS[self.code]


@dataclass(frozen=True)
class Suggestion:
    """Another landlord that may belong to the same portfolio, and why."""

    landlord: Landlord
    reasons: Sequence[Reason]

    @cached_property
    def weight(self) -> int:
        """All reasons together."""
        return sum(reason.weight for reason in self.reasons)

    @property
    def is_strong(self) -> bool:
        """Tell whether a coincidence is unlikely."""
        return self.weight >= 2 * SUGGEST_FROM

    @property
    def why(self) -> str:
        """The reasons on one line."""
        return ", ".join(reason.text for reason in self.reasons)


def name_trigrams(name: str) -> set[str]:
    """Return the trigrams of a name without its legal form."""
    return set(trigrams(_LEGAL_FORMS.sub(" ", name)))


def likeness(one: str, other: str) -> float:
    """Return how alike two names are, 0 to 1, the same from both sides."""
    first, second = name_trigrams(one), name_trigrams(other)
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))


def _is_alike(one: str, other: str) -> bool:
    return bool(one and other) and likeness(one, other) >= NAME_ALIKE


def _key_texts() -> dict[str, str]:
    return {
        "company": _("zelfde ondernemingsnummer (%(value)s)"),
        "address": _("zelfde adres (%(value)s)"),
        "phone": _("zelfde telefoonnummer (%(value)s)"),
        "email": _("zelfde e-mailadres (%(value)s)"),
    }


def reasons(one: Landlord, other: Landlord) -> list[Reason]:
    """Return what two landlords have in common, heaviest first; the same whichever comes first."""
    one, other = sorted((one, other), key=lambda landlord: landlord.pk or 0)
    values = {
        "company": format_enterprise_number(one.company_number),
        "address": one.address,
        "phone": one.phone,
        "email": one.email,
    }
    texts = _key_texts()
    shared = [key.partition(":")[0] for key in one.match_keys if key in set(other.match_keys)]
    found = [Reason(code, texts[code] % {"value": values[code]}) for code in shared]
    if _is_alike(one.name, other.name):
        found.append(Reason("name", _("bijna dezelfde naam")))
    speaking = (
        (one.contact_person, other.contact_person),
        (one.contact_person, other.name),
        (one.name, other.contact_person),
    )
    if any(_is_alike(a, b) for a, b in speaking):
        found.append(Reason("contact", _("zelfde persoon spreekt voor beide")))
    return sorted(found, key=lambda reason: (-reason.weight, reason.code))


def suggestions(landlord: Landlord, user: User, *, leave_out: Iterable[int] = ()) -> list[Suggestion]:
    """Return landlords that may be the same portfolio, within what the user may see; heaviest first. Two queries."""
    visible = Landlord.objects.visible_to(user).exclude(pk__in={landlord.pk, *leave_out})
    candidates = {
        other.pk: other for other in visible.filter(match_keys__overlap=landlord.match_keys)[:_CANDIDATES]
    }
    # Half the threshold finds every name that can pass it: what is shared is counted from both sides.
    words = f"{_LEGAL_FORMS.sub(' ', landlord.name)} {landlord.contact_person}"
    for other in visible.like_name(words, at_least=NAME_ALIKE / 4)[:_CANDIDATES]:
        candidates.setdefault(other.pk, other)
    found = [Suggestion(other, reasons(landlord, other)) for other in candidates.values()]
    found = [suggestion for suggestion in found if suggestion.weight >= SUGGEST_FROM]
    return sorted(found, key=lambda suggestion: (-suggestion.weight, suggestion.landlord.name))[:_SHOWN]


def _grow(start: int, pairs: Iterable[tuple[int, int]]) -> set[int]:
    """Return everybody who hangs together with one, directly or through another."""
    pairs, ids = list(pairs), {start}
    while grown := {pk for pair in pairs if set(pair) & ids for pk in pair} - ids:
        ids |= grown
    return ids


def linked_ids(landlord: Landlord) -> list[int]:
    """Return the ids of the whole portfolio, whoever may see it: for what protects families. One query."""
    same = LandlordLink.objects.standing().filter(verdict=LandlordVerdict.SAME)
    return sorted(_grow(landlord.pk, same.values_list("first_id", "second_id")))


@dataclass(frozen=True)
class Portfolio:
    """A landlord with everybody who is linked to him, and the verdicts about them that stand."""

    landlords: Sequence[Landlord]  # himself first, then by name
    same: Sequence[LandlordLink]
    different: Sequence[LandlordLink]

    @property
    def ids(self) -> list[int]:
        """The ids of all of them."""
        return [landlord.pk for landlord in self.landlords]

    @property
    def decided(self) -> set[int]:
        """Landlords about whom somebody decided already, whatever the verdict."""
        return {pk for link in (*self.same, *self.different) for pk in (link.first_id, link.second_id)} | set(
            self.ids
        )


def portfolio(landlord: Landlord, user: User) -> Portfolio:
    """Return the portfolio as far as the user may see it: linked directly or through another one. Two queries.

    "Not the same" about two landlords stays a verdict about those two; both can still belong to a third.
    """
    links = list(
        LandlordLink.objects.standing()
        .filter(
            Q(verdict=LandlordVerdict.SAME) | Q(first=landlord) | Q(second=landlord),
        )
        .filter(
            first__in=Landlord.objects.visible_to(user).values("pk"),
            second__in=Landlord.objects.visible_to(user).values("pk"),
        )
        .select_related("decided_by", "first", "second")
        .order_by("decided_at", "pk")
    )
    same = [link for link in links if link.verdict == LandlordVerdict.SAME]
    ids = _grow(landlord.pk, ((link.first_id, link.second_id) for link in same))
    others = {one.pk: one for link in same for one in (link.first, link.second) if one.pk in ids}
    others.pop(landlord.pk, None)
    return Portfolio(
        landlords=[landlord, *sorted(others.values(), key=lambda one: (one.name, one.pk))],
        same=[link for link in same if link.first_id in ids],
        different=[link for link in links if link.verdict == LandlordVerdict.DIFFERENT],
    )
