"""Finding the names of people in what was written, and taking them out."""

import re
from collections.abc import Iterable
from typing import Any

from people.models import Household, Person

SHORTEST = 3  # shorter names are words too often


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    wanted = sorted({word.strip() for word in words if len(word.strip()) >= SHORTEST}, key=len, reverse=True)
    if not wanted:
        return None
    # A name is a whole word, or one with the s of possession: "Adas".
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, wanted))})(?:'s|s)?(?!\w)", re.IGNORECASE)


class NameTaker:
    """Replaces certain names by something else, in text and in everything that holds text."""

    def __init__(self, words: Iterable[str], instead: str) -> None:
        self.words = [word for word in words if len(word.strip()) >= SHORTEST]
        self.pattern, self.instead, self.count = _pattern(self.words), instead, 0

    def in_text(self, text: str) -> str:
        """Return the text without the names, and count them."""
        if self.pattern is None:
            return text
        clean, times = self.pattern.subn(self.instead, text)
        self.count += times
        return clean

    def in_value(self, value: Any) -> Any:
        """Return text, lists and dictionaries without the names; anything else as it is."""
        if isinstance(value, str):
            return self.in_text(value)
        if isinstance(value, list | tuple):
            return [self.in_value(part) for part in value]
        if isinstance(value, dict):
            return {self.in_text(key): self.in_value(part) for key, part in value.items()}
        return value

    def finds(self, value: Any) -> bool:
        """Tell whether one of the names stands in it."""
        before, self.count = self.count, 0
        self.in_value(value)
        found, self.count = self.count > 0, before
        return found


def companions(person: Person) -> list[Person]:
    """Return everybody else who ever belonged to a household of this person."""
    households = Household.objects.filter(members__person=person)
    return list(Person.objects.filter(memberships__household__in=households).exclude(pk=person.pk).distinct())


def words_of(person: Person, *, others: Iterable[Person]) -> list[str]:
    """Return the words that point at this person: names, telephone and address, but not what others carry too."""
    shared = {word.casefold() for other in others for word in (other.given_name, other.family_name)}
    single = [word for word in (person.given_name, person.family_name) if word.casefold() not in shared]
    full = f"{person.given_name} {person.family_name}".strip()
    turned = f"{person.family_name} {person.given_name}".strip()
    return [word for word in (full, turned, *single, person.phone, person.email) if word]
