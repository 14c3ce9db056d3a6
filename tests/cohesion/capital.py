"""Offers and asks for tests, made through the real actions."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import Neighbourhood, User
from cohesion.actions.capital import give_consent, note_capital
from cohesion.models import CapitalEntry


def noted(
    by: User, where: Neighbourhood, side: str, what: str, *, consents: bool = True, **kwargs: Any
) -> CapitalEntry:
    """Write something down, with consent for a year unless said otherwise."""
    values: dict[str, Any] = {"kind": "skill", "first_name": "Luc" if side == "offer" else "Amina"}
    entry = note_capital(by=by, neighbourhood=where, side=side, what=what, **(values | kwargs))
    if consents:
        give_consent(by=by, entry=entry, until_on=timezone.localdate() + dt.timedelta(days=365))
    return entry


def pair(by: User, where: Neighbourhood) -> tuple[CapitalEntry, CapitalEntry]:
    """Somebody who repairs bicycles, and somebody whose bicycle is broken."""
    offer = noted(by, where, "offer", "Fietsen herstellen", reach="0470 00 00 01", street="Aambeeldstraat 3")
    ask = noted(by, where, "ask", "Mijn fiets is stuk", details="Ze durft het niet te vragen.")
    return offer, ask
