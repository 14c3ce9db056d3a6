"""Who or what on file looks like a signal on the radar: shown beside the decision, so that nobody is kept twice."""

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from accounts.models import User
from cases.facts import set_addresses
from cases.models import Case, RadarEntry
from people.models import Household, Person
from people.search import households_like

_AT_MOST = 6
_ALIKE = 0.5
_SAME_STREET = 0.7
_STREET_LENGTH = 40
# Words that stand before many names and say nothing about who it is.
_TITLES = re.compile(
    r"\b(gezin|familie|fam|mevrouw|mevr|mw|meneer|mijnheer|dhr|dame|heer|de|het)\b\.?", re.IGNORECASE
)


@dataclass(frozen=True)
class Lookalikes:
    """What looks like a signal, each within what the user may see."""

    households: list[Household]
    persons: list[Person]
    cases: list[Case]
    signals: list[RadarEntry]

    def __bool__(self) -> bool:
        return bool(self.households or self.persons or self.cases or self.signals)


def bare_name(name: str) -> str:
    """Return the name without words like "gezin" or "mevrouw"; the name itself when nothing else is left."""
    return " ".join(_TITLES.sub(" ", name).split()) or name


def households_named(user: User, name: str, *, neighbourhood_id: int) -> list[Household]:
    """Return visible households of this neighbourhood that look like a name, by their own or a member's."""
    found = households_like(user, bare_name(name), limit=2 * _AT_MOST)
    return [household for household in found if household.neighbourhood_id == neighbourhood_id][:_AT_MOST]


def _same_number(field: str, house_number: str) -> Q:
    """The house number stands in this field as a word of its own; a whole street looks alike otherwise."""
    plain = re.sub(r"[^0-9A-Za-z]", "", house_number)
    return Q(**{f"{field}__iregex": rf"\y{plain}\y"}) if plain else Q(pk__in=[])


def lookalikes_of(entry: RadarEntry, user: User) -> Lookalikes:
    """Return what looks like this signal by name or by address, in a fixed number of queries."""
    name = bare_name(entry.name)
    where = {"neighbourhood_id": entry.neighbourhood_id}
    households: list[Household] = []
    persons: list[Person] = []
    if entry.name:
        households = households_named(user, entry.name, neighbourhood_id=entry.neighbourhood_id)
        alike = Person.objects.visible_to(user).filter(**where).like_name(name, at_least=_ALIKE)
        persons = list(alike[:_AT_MOST])
    others = RadarEntry.objects.visible_to(user).filter(**where).exclude(pk=entry.pk)
    signals = _first(
        others.like_name(name, at_least=_ALIKE) if entry.name else others.none(),
        _at_address(others, "house_number", entry),
    )
    cases = Case.objects.visible_to(user).filter(**where)
    at_address = _at_address(cases, "address_hint", entry)
    of_household = cases.filter(Q(household__in=[household.pk for household in households]))
    found_cases = _first(
        of_household.order_by("-opened_at", "-pk") if households else cases.none(), at_address
    )
    set_addresses(found_cases, user)
    return Lookalikes(households, persons, found_cases, signals)


def _at_address(rows: Any, number_field: str, entry: RadarEntry) -> Any:
    """Return the rows in nearly the same street with the same house number."""
    if not entry.street:
        return rows.none()
    return rows.filter(_same_number(number_field, entry.house_number)).like_name(
        entry.street, at_least=_SAME_STREET
    )


def _first(*querysets: Any) -> list[Any]:
    """Return the first rows of several querysets, each row once."""
    found: dict[int, Any] = {}
    for queryset in querysets:
        for row in queryset[:_AT_MOST]:
            found.setdefault(row.pk, row)
    return list(found.values())[:_AT_MOST]


def known_streets(user: User, neighbourhood_ids: list[int]) -> list[str]:
    """Return the streets that were typed before in these neighbourhoods, to pick from while typing. Two queries."""
    told = (
        RadarEntry.objects.filter(neighbourhood_id__in=neighbourhood_ids)
        .exclude(street="")
        .values_list("street", flat=True)
        .distinct()[:200]
    )
    hints = (
        Case.objects.visible_to(user)
        .filter(neighbourhood_id__in=neighbourhood_ids)
        .exclude(address_hint="")
        .order_by("-opened_at")
        .values_list("address_hint", flat=True)[:300]
    )
    streets = {re.split(r"\s+\d", text, maxsplit=1)[0].strip() for text in (*told, *hints)}
    return sorted(street for street in streets if 0 < len(street) <= _STREET_LENGTH)
