"""Two persons who look alike: linked, never merged, and it can be undone."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from people.enums import LinkVerdict
from people.models import Person, PersonLink


class CannotLinkPersons(ActionError):
    """These two can't be linked; the message says why."""


@transaction.atomic
def link_persons(*, by: User, one: Person, other: Person, verdict: str = LinkVerdict.SAME) -> PersonLink:
    """Decide that two persons are the same, or are not. Deciding the same again changes nothing.

    Both stay as they are; only the verdict is kept. Another verdict replaces the standing one, which stays readable.
    Raises CannotLinkPersons for one and the same record, or persons of two neighbourhoods.
    """
    if one.pk == other.pk:
        raise CannotLinkPersons(_("Dit is één en dezelfde fiche."))
    first, second = sorted([one, other], key=lambda person: person.pk)
    # Both rows locked in one order: two people who decide at once wait for each other.
    list(Person.objects.select_for_update().filter(pk__in=[first.pk, second.pk]).order_by("pk"))
    if first.neighbourhood_id != second.neighbourhood_id:
        raise CannotLinkPersons(_("Deze twee personen horen bij een andere wijk."))
    standing = PersonLink.objects.filter(first=first, second=second, undone_at__isnull=True).first()
    if standing is not None:
        if standing.verdict == verdict:
            return standing
        unlink_persons(by=by, link=standing)
    return PersonLink.objects.create(first=first, second=second, verdict=verdict, decided_by=by)


@transaction.atomic
def unlink_persons(*, by: User, link: PersonLink) -> PersonLink:
    """Undo a verdict. Who decided and who undid it stays readable; undoing twice changes nothing."""
    link = PersonLink.objects.select_for_update().get(pk=link.pk)
    if link.undone_at is None:
        link.undone_at, link.undone_by = timezone.now(), by
        link.save(update_fields=["undone_at", "undone_by"])
    return link
