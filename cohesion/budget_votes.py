"""Counting votes: the same ballots give the same result, in whatever order they came. No database here."""

import hashlib
import json
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arsenaal.lib.amounts import euro
from cohesion.budget_enums import TieRule

# Without what is easily mistaken for something else on paper: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
_SIGNS = "3467ACDEFGHJKMNPQRTWXY9"
_LENGTH = 12  # 54 bits: nobody guesses one, however long he tries


@dataclass(frozen=True)
class Candidate:
    """A project on the ballot with its votes."""

    pk: int
    number: int
    title: str
    amount: Decimal
    online: int
    paper: int

    @property
    def votes(self) -> int:
        """All votes together."""
        return self.online + self.paper


def rank(candidates: Iterable[Candidate], *, envelope: Decimal, tie_rule: str) -> list[dict[str, Any]]:
    """Return the projects in order, each with whether there is money for it and what is left after it.

    Down the list, most votes first: who still fits gets the amount of the ballot, who doesn't is passed over, and
    who got no vote gets nothing. A tie is decided by the rule, and in the end by who handed in first.
    """

    def place(one: Candidate) -> tuple[int, Decimal, int]:
        by_amount = one.amount if tie_rule == TieRule.SMALLEST else Decimal(0)
        return (-one.votes, by_amount, one.number)

    left, found = envelope, []
    for position, one in enumerate(sorted(candidates, key=place), 1):
        is_funded = one.votes > 0 and one.amount <= left
        if is_funded:
            left -= one.amount
        found.append(
            {
                "rank": position,
                "project": one.pk,
                "number": one.number,
                "title": one.title,
                "amount": str(one.amount),
                "online": one.online,
                "paper": one.paper,
                "votes": one.votes,
                "is_funded": is_funded,
                "left": str(left),
            }
        )
    return found


def rule_in_words(*, envelope: Decimal, tie_rule: str, choices: int) -> str:
    """Return the rule by which is counted, as it is told before anybody votes and frozen with the result."""
    most = ngettext(
        "Met elke code kies je één project.", "Met elke code kies je hoogstens %(n)d projecten.", choices
    ) % {"n": choices}
    tie = {
        TieRule.SMALLEST: _("Bij evenveel stemmen gaat het project voor dat het minste geld vraagt"),
        TieRule.EARLIEST: _("Bij evenveel stemmen gaat het project voor dat het eerst is ingediend"),
    }[TieRule(tie_rule)]
    return _(
        "%(most)s Het project met de meeste stemmen komt eerst, en zo verder, tot %(envelope)s verdeeld is. Past een "
        "project niet meer in wat overblijft, dan is het volgende aan de beurt. Een project zonder stemmen krijgt "
        "niets. %(tie)s; is ook dat gelijk, dan het project dat het eerst is ingediend."
    ) % {"most": most, "envelope": euro(envelope), "tie": tie}


def checksum_of(rows: list[dict[str, Any]], rule: str) -> str:
    """Return a mark of a result: who changes a figure gets another one."""
    return hashlib.sha256(json.dumps([rule, rows], sort_keys=True).encode()).hexdigest()


def new_code() -> str:
    """Return a code that nobody can guess, as it is printed."""
    plain = "".join(secrets.choice(_SIGNS) for _sign in range(_LENGTH))
    return "-".join(plain[start : start + 4] for start in range(0, _LENGTH, 4))


def hash_code(round_id: int, code: str) -> str:
    """Return what is kept of a code; spaces, dashes and small letters make no difference."""
    plain = re.sub(r"[^A-Z0-9]", "", code.upper())
    return hashlib.sha256(f"{round_id}:{plain}".encode()).hexdigest()
