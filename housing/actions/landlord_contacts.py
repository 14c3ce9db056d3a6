"""Writing down a contact with a landlord."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from cases.actions.boundaries import refuse_if_boundary
from cases.enums import Reach
from cases.models import Case
from cases.timeline import record
from housing.enums import ContactChannel, ContactDirection
from housing.landlord_warnings import landlord_warnings, warned_cases
from housing.links import linked_ids
from housing.models import ContactWords, Landlord, LandlordContact, SinglePointOfContact


class CannotLogContact(ActionError):
    """The contact can't be written down like this; the message says why."""


class MustNotSpeakOfFamily(CannotLogContact):
    """Another family of this landlord wants no contact: whoever rings him says that it isn't about them."""


class NotThroughContactPerson(CannotLogContact):
    """Somebody else is the one voice: say whether it went through that person."""


def current_point_of_contact(
    landlord: Landlord, *, day: dt.date | None = None
) -> SinglePointOfContact | None:
    """Return who alone talks to this landlord on this day (today by default).

    As long as nobody was set for himself, who was set for somebody he is linked with speaks for him as well.
    """
    voices = (
        SinglePointOfContact.objects.on(day or timezone.localdate())
        .filter(landlord__in=linked_ids(landlord))
        .select_related("user", "organisation")
        .order_by("-since", "-pk")
    )
    return next(iter(sorted(voices, key=lambda voice: voice.landlord_id != landlord.pk)), None)


def _check_families(*, by: User, landlord: Landlord, case: Case | None, not_about_family: bool) -> None:
    if case is not None:
        refuse_if_boundary(case=case, by=by, reach=Reach.LANDLORD)
    others = warned_cases(landlord_warnings(landlord, by), besides=case)
    if others and not not_about_family:
        raise MustNotSpeakOfFamily(
            _("%(warning)s Vink aan dat je niet over dit gezin spreekt.") % {"warning": others[0].message},
            field="not_about_family",
        )


@transaction.atomic
def log_landlord_contact(
    *,
    by: User,
    landlord: Landlord,
    direction: str,
    channel: str,
    summary: str,
    at: dt.datetime | None = None,
    case: Case | None = None,
    via_contact_person: bool | None = None,
    not_about_family: bool = False,
) -> LandlordContact:
    """Write down a contact; with a case it stands on its timeline as well.

    What comes from the landlord can always be written down. What goes to him raises RefusedByBoundaryError when the
    family of `case` wants no contact, and MustNotSpeakOfFamily when another family of his doesn't and nobody said
    that it isn't about them. Raises NotThroughContactPerson when somebody else is the one voice and the question was
    not answered, CannotLogContact for a moment that can't be.
    """
    now = timezone.now()
    at = at or now
    landlord = Landlord.objects.select_for_update().get(pk=landlord.pk)
    if at > now + dt.timedelta(minutes=5):
        raise CannotLogContact(
            _("Dit moment moet nog komen. Noteer het contact als het er geweest is."), field="at"
        )
    if at < now - dt.timedelta(days=10 * 366):
        raise CannotLogContact(_("Dit ligt meer dan tien jaar terug. Kijk het jaartal na."), field="at")
    if not summary.strip():
        raise CannotLogContact(_("Schrijf in een paar woorden op wat er gezegd is."), field="summary")
    if case is not None:
        if case.neighbourhood_id != landlord.neighbourhood_id:
            raise CannotLogContact(_("Dit dossier hoort bij een andere wijk."), field="case")
        if not case.is_open:
            raise CannotLogContact(_("Dit dossier is afgesloten. Kies een open dossier."), field="case")
    if direction == ContactDirection.OUTGOING:
        _check_families(by=by, landlord=landlord, case=case, not_about_family=not_about_family)
    contact_person = current_point_of_contact(landlord, day=timezone.localtime(at).date())
    if contact_person is None or contact_person.user_id == by.pk:
        via_contact_person = None
    elif via_contact_person is None:
        raise NotThroughContactPerson(
            _("%(name)s is het vaste aanspreekpunt. Liep dit via die persoon?")
            % {"name": contact_person.user},
            field="via_contact_person",
        )
    contact = LandlordContact.objects.create(
        landlord=landlord,
        neighbourhood_id=landlord.neighbourhood_id,
        case=case,
        at=at,
        direction=direction,
        channel=channel,
        via_contact_person=via_contact_person,
        by=by,
    )
    words = ContactWords.objects.create(contact=contact, summary=summary.strip())
    if case is not None:
        record(
            "housing.landlord_contact",
            case=case,
            by=by,
            title=_("Contact met de verhuurder: %(channel)s") % {"channel": ContactChannel(channel).label},
            body=words.summary,
            data={"landlord": landlord.name, "chips": [landlord.name, str(contact.get_direction_display())]},
            goal="housing",
            occurred_at=at,
        )
    return contact
