"""Registering a person."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Neighbourhood, User
from arsenaal.lib.errors import ActionError
from people.languages import LANGUAGES
from people.models import Person


class CannotSavePerson(ActionError):
    """What was filled in about a person can't be right; the message says why."""


@dataclass(frozen=True)
class PersonDetails:
    """What is known about a person. `birth_year` is for when the day isn't known."""

    given_name: str
    family_name: str = ""
    born_on: dt.date | None = None
    birth_year: int | None = None
    languages: tuple[str, ...] = ()
    needs_interpreter: bool = False
    phone: str = ""
    email: str = ""
    reach_by: str = ""
    reach_note: str = ""


def clean_details(details: PersonDetails) -> dict[str, object]:
    """Return the field values of a person. Raises CannotSavePerson beside the field that can't be right."""
    given_name = details.given_name.strip()
    if not given_name:
        raise CannotSavePerson(_("Vul de voornaam in, ook als je die maar half kent."), field="given_name")
    today = timezone.localdate()
    if details.born_on and not dt.date(1900, 1, 1) <= details.born_on <= today:
        raise CannotSavePerson(_("Deze geboortedatum kan niet. Kijk het jaartal na."), field="born_on")
    if details.birth_year is not None and not 1900 <= details.birth_year <= today.year:
        raise CannotSavePerson(_("Dit geboortejaar kan niet. Kijk het na."), field="birth_year")
    unknown = set(details.languages) - set(LANGUAGES)
    if unknown:
        raise CannotSavePerson(_("Kies een taal uit de lijst."), field="languages")
    return {
        **asdict(details),
        "given_name": given_name,
        "family_name": details.family_name.strip(),
        "birth_year": details.born_on.year if details.born_on else details.birth_year,
        "languages": _once(details.languages),
    }


def _once(codes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(codes))


@transaction.atomic
def create_person(*, by: User, neighbourhood: Neighbourhood, details: PersonDetails) -> Person:
    """Register a person. Who looks alike was pointed out before; raises CannotSavePerson for impossible data."""
    return Person.objects.create(neighbourhood=neighbourhood, created_by=by, **clean_details(details))
