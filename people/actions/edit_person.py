"""Correcting what is known about a person."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ChangedMeanwhileError
from people.actions.create_person import PersonDetails, clean_details
from people.models import Person


def as_it_stands(person: Person) -> dict[str, str]:
    """Return label -> value of a person, for whoever finds that a colleague was first."""
    return {
        _("Naam"): str(person),
        _("Geboren"): str(person.born_on or person.birth_year or ""),
        _("Talen"): ", ".join(person.language_names),
        _("Tolk nodig"): _("ja") if person.needs_interpreter else _("nee"),
        _("Telefoon"): person.phone,
        _("E-mail"): person.email,
        _("Best bereikbaar"): " ".join(filter(None, [str(person.get_reach_by_display()), person.reach_note])),
    }


@transaction.atomic
def edit_person(*, by: User, person: Person, version: int, details: PersonDetails) -> Person:
    """Save the details of a person as they were seen at `version`.

    Raises ChangedMeanwhileError when somebody saved since, CannotSavePerson for impossible data.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.version != version:
        raise ChangedMeanwhileError(
            _("Een collega paste deze persoon net aan."), current=as_it_stands(person)
        )
    for field, value in clean_details(details).items():
        setattr(person, field, value)
    person.version += 1
    person.save()
    return person
