"""Who joins a household and who leaves it."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from arsenaal.lib.registries import household_listeners
from people.actions.create_person import PersonDetails, create_person
from people.enums import JoinReason, MemberChange
from people.models import Household, HouseholdMember, Person


def _tell(member: HouseholdMember, by: User, change: MemberChange) -> None:
    """Let higher packages know, inside the transaction of the action."""
    for listener in household_listeners:
        listener.changed(member, by, change)


class CannotAddMember(ActionError):
    """This person can't be added like this; the message says why."""


class CannotRemoveMember(ActionError):
    """This person can't be taken out like this; the message says why."""


@transaction.atomic
def add_member(
    *,
    by: User,
    household: Household,
    role: str,
    from_on: dt.date,
    join_reason: str = JoinReason.START,
    person: Person | None = None,
    details: PersonDetails | None = None,
) -> HouseholdMember:
    """Let somebody belong to a household from a day on: an existing person, or a new one from `details`.

    Raises CannotAddMember when the person is already in it, lives in another neighbourhood, wasn't born yet, or the
    day still has to come; CannotSavePerson for impossible details.
    """
    household = Household.objects.select_for_update().get(pk=household.pk)
    if from_on > timezone.localdate():
        raise CannotAddMember(_("Deze datum moet nog komen. Kies vandaag of vroeger."), field="from_on")
    if from_on.year < 1900:
        raise CannotAddMember(_("Deze datum ligt voor 1900. Kijk het jaartal na."), field="from_on")
    if person is None:
        if details is None:
            raise CannotAddMember(_("Kies wie erbij komt, of vul een naam in."), field="given_name")
        person = create_person(by=by, neighbourhood=household.neighbourhood, details=details)
    if person.neighbourhood_id != household.neighbourhood_id:
        raise CannotAddMember(_("Deze persoon hoort bij een andere wijk."), field="person")
    if person.born_on and from_on < person.born_on:
        raise CannotAddMember(
            _("%(name)s is geboren op %(day)s. Kies die dag of later.")
            % {"name": person, "day": date_format(person.born_on, "j F Y")},
            field="from_on",
        )
    try:
        with transaction.atomic():
            member = HouseholdMember.objects.create(
                household=household,
                person=person,
                role=role,
                from_on=from_on,
                join_reason=join_reason,
                created_by=by,
            )
    except IntegrityError as error:
        raise CannotAddMember(
            _("%(name)s hoort in die periode al bij dit gezin.") % {"name": person}, field="person"
        ) from error
    _tell(member, by, MemberChange.JOINED)
    return member


@transaction.atomic
def remove_member(
    *, by: User, member: HouseholdMember, leave_reason: str, until_on: dt.date
) -> HouseholdMember:
    """Write down that somebody left the household, the day included. What was stays readable.

    Raises CannotRemoveMember when he left already, or the day lies before he came or still has to come.
    """
    member = HouseholdMember.objects.select_for_update().select_related("person").get(pk=member.pk)
    if member.until_on is not None:
        raise CannotRemoveMember(
            _("%(name)s staat al als vertrokken op %(day)s.")
            % {"name": member.person, "day": date_format(member.until_on, "j F Y")}
        )
    if until_on > timezone.localdate():
        raise CannotRemoveMember(_("Deze datum moet nog komen. Kies vandaag of vroeger."), field="until_on")
    if until_on < member.from_on:
        raise CannotRemoveMember(
            _("%(name)s hoort bij het gezin sinds %(day)s. Kies die dag of later.")
            % {"name": member.person, "day": date_format(member.from_on, "j F Y")},
            field="until_on",
        )
    member.until_on, member.leave_reason = until_on, leave_reason
    member.save(update_fields=["until_on", "leave_reason"])
    _tell(member, by, MemberChange.LEFT)
    return member


@transaction.atomic
def undo_removal(*, by: User, member: HouseholdMember) -> HouseholdMember:
    """Take back that somebody left. Raises CannotRemoveMember when he came back under a new line meanwhile."""
    member = HouseholdMember.objects.select_for_update().select_related("person").get(pk=member.pk)
    if member.until_on is None:
        return member
    member.until_on, member.leave_reason = None, ""
    try:
        with transaction.atomic():
            member.save(update_fields=["until_on", "leave_reason"])
    except IntegrityError as error:
        raise CannotRemoveMember(
            _("%(name)s kwam intussen terug in dit gezin. Er is niets meer om ongedaan te maken.")
            % {"name": member.person}
        ) from error
    _tell(member, by, MemberChange.BACK)
    return member
