"""Adding and correcting a landlord, and saying who alone talks to him."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Neighbourhood, Organisation, User
from accounts.permissions import Permission
from arsenaal.lib.enterprise import is_enterprise_number, normalise_enterprise_number
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from housing.lookalikes import LooksLikeExisting, landlord_lookalike, similar_landlords
from housing.models import Landlord, SinglePointOfContact


class CannotSaveLandlord(ActionError):
    """The landlord can't be saved like this; the message says why."""


class CannotSetPointOfContact(ActionError):
    """This person can't become the point of contact; the message says why."""


def _check_lookalikes(
    *, neighbourhood: Neighbourhood, name: str, leave_out: int | None, keep_anyway: bool
) -> None:
    if not name:
        raise CannotSaveLandlord(_("Vul de naam in."), field="name")
    if keep_anyway:
        return
    found = similar_landlords(neighbourhood=neighbourhood, name=name, leave_out=leave_out)
    if found:
        raise LooksLikeExisting(
            _(
                "Deze verhuurder staat er misschien al: %(name)s. Open de fiche, of vink aan dat dit iemand anders is."
            )
            % {"name": found[0]},
            matches=[landlord_lookalike(landlord) for landlord in found],
        )


def _number_taken(other: Landlord | None) -> CannotSaveLandlord:
    if other is None:  # somebody saved it at this very moment
        return CannotSaveLandlord(
            _("Er staat al een verhuurder met dit ondernemingsnummer in het register."),
            field="company_number",
        )
    return CannotSaveLandlord(
        _("%(name)s heeft dit ondernemingsnummer al. Gebruik die fiche.") % {"name": other},
        field="company_number",
    )


def _company_number(text: str, *, neighbourhood: Neighbourhood, leave_out: int | None) -> str:
    """Return the number as ten digits. Raises CannotSaveLandlord when it can't be right or is somebody else's."""
    number = normalise_enterprise_number(text)
    if not number:
        return ""
    if not is_enterprise_number(number):
        raise CannotSaveLandlord(
            _(
                "Dit is geen geldig ondernemingsnummer. Het heeft tien cijfers, zoals 0403.170.701; kijk ze na."
            ),
            field="company_number",
        )
    others = Landlord.objects.filter(neighbourhood=neighbourhood, company_number=number)
    if (other := others.exclude(pk=leave_out or 0).first()) is not None:
        raise _number_taken(other)
    return number


def _save(landlord: Landlord) -> None:
    """Save, and read what the database says when somebody else was first with the same number."""
    try:
        with transaction.atomic():
            landlord.save()
    except IntegrityError as error:
        raise _number_taken(None) from error


@transaction.atomic
def create_landlord(
    *,
    by: User,
    neighbourhood: Neighbourhood,
    kind: str,
    name: str,
    phone: str = "",
    email: str = "",
    contact_person: str = "",
    company_number: str = "",
    address: str = "",
    keep_anyway: bool = False,
) -> Landlord:
    """Add a landlord. Raises LooksLikeExisting when the name is nearly that of another, unless `keep_anyway`.

    CannotSaveLandlord for an enterprise number that can't be right, or that another landlord has.
    """
    name = name.strip()
    company_number = _company_number(company_number, neighbourhood=neighbourhood, leave_out=None)
    _check_lookalikes(neighbourhood=neighbourhood, name=name, leave_out=None, keep_anyway=keep_anyway)
    landlord = Landlord(
        neighbourhood=neighbourhood,
        kind=kind,
        name=name,
        phone=phone.strip(),
        email=email.strip(),
        contact_person=contact_person.strip(),
        company_number=company_number,
        address=address.strip(),
        created_by=by,
    )
    _save(landlord)
    return landlord


@transaction.atomic
def edit_landlord(
    *, by: User, landlord: Landlord, version: int, keep_anyway: bool = False, **fields: Any
) -> Landlord:
    """Correct a landlord. Raises ChangedMeanwhileError, and what `create_landlord` raises."""
    landlord = (
        Landlord.objects.select_for_update(of=("self",)).select_related("neighbourhood").get(pk=landlord.pk)
    )
    if landlord.version != version:
        raise ChangedMeanwhileError(
            _("Een collega paste deze verhuurder net aan."),
            current={
                _("Naam"): landlord.name,
                _("Soort"): str(landlord.get_kind_display()),
                _("Telefoon"): landlord.phone,
                _("E-mail"): landlord.email,
                _("Wie spreken we aan"): landlord.contact_person,
                _("Ondernemingsnummer"): landlord.company_number_label,
                _("Adres"): landlord.address,
            },
        )
    if fields["name"].strip() != landlord.name:
        _check_lookalikes(
            neighbourhood=landlord.neighbourhood,
            name=fields["name"].strip(),
            leave_out=landlord.pk,
            keep_anyway=keep_anyway,
        )
    landlord.company_number = _company_number(
        fields.get("company_number", ""), neighbourhood=landlord.neighbourhood, leave_out=landlord.pk
    )
    landlord.address = fields.get("address", "").strip()
    for name in ("kind", "name", "phone", "email", "contact_person"):
        setattr(landlord, name, fields[name].strip())
    landlord.version += 1
    _save(landlord)
    return landlord


@transaction.atomic
def set_point_of_contact(
    *, by: User, landlord: Landlord, user: User, organisation: Organisation, since: dt.date | None = None
) -> SinglePointOfContact:
    """Let one person alone talk to a landlord, from `since` (today by default); who did so before stops that day.

    Raises CannotSetPointOfContact for somebody who doesn't talk to landlords here, or a day before the present one
    began.
    """
    since = since or timezone.localdate()
    landlord = Landlord.objects.select_for_update().get(pk=landlord.pk)
    if since > timezone.localdate() or since.year < 1900:
        raise CannotSetPointOfContact(_("Kies vandaag of een dag in het verleden."), field="since")
    allowed = User.objects.with_permission(Permission.LANDLORD_CONTACT, landlord.neighbourhood_id)
    if not allowed.filter(pk=user.pk).exists():
        raise CannotSetPointOfContact(
            _("Deze collega heeft geen contact met verhuurders in deze wijk."), field="user"
        )
    current = landlord.points_of_contact.filter(until__isnull=True).first()
    if current is not None:
        if current.user_id == user.pk and current.organisation_id == organisation.pk:
            return current
        if since < current.since:
            raise CannotSetPointOfContact(
                _("%(name)s is het aanspreekpunt sinds %(day)s. Kies die dag of later.")
                % {"name": current.user, "day": date_format(current.since, "j F Y")},
                field="since",
            )
        current.until = since
        current.save(update_fields=["until"])
    try:
        with transaction.atomic():
            return SinglePointOfContact.objects.create(
                landlord=landlord, user=user, organisation=organisation, since=since, set_by=by
            )
    except IntegrityError as error:
        raise CannotSetPointOfContact(
            _("Er was op die dag al een ander aanspreekpunt. Kies een latere dag."), field="since"
        ) from error


@transaction.atomic
def end_point_of_contact(*, by: User, landlord: Landlord) -> None:
    """From today on everybody may talk to this landlord again. Changes nothing when nobody was set."""
    Landlord.objects.select_for_update().get(pk=landlord.pk)
    current = SinglePointOfContact.objects.filter(landlord=landlord, until__isnull=True).first()
    if current is not None:
        current.until = max(timezone.localdate(), current.since)
        current.save(update_fields=["until"])
