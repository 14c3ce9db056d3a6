"""Registering a household, with its first member when somebody is known by name."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Neighbourhood, User
from arsenaal.lib.errors import ActionError
from people.actions.create_person import PersonDetails
from people.actions.members import add_member
from people.enums import JoinReason, MemberRole
from people.models import Household, Person


class CannotCreateHousehold(ActionError):
    """The household can't be registered; the message says why."""


@dataclass(frozen=True)
class FirstMember:
    """Somebody who belongs to the household from the start: known already, or new."""

    role: str = MemberRole.ADULT
    person: Person | None = None
    details: PersonDetails | None = None
    from_on: dt.date | None = None
    join_reason: str = JoinReason.START


@transaction.atomic
def create_household(
    *,
    by: User,
    neighbourhood: Neighbourhood,
    name: str,
    given_name: str = "",
    family_name: str = "",
    phone: str = "",
    reach_by: str = "",
    reach_note: str = "",
    from_on: dt.date | None = None,
    members: Sequence[FirstMember] = (),
) -> Household:
    """Register a household in a neighbourhood, with its `members`; with `given_name` that person is an adult one.

    `from_on` is the day from which the members belong to it (today by default). Raises CannotCreateHousehold when
    the household has no name, or a family name comes without a given name; what `add_member` raises for a member.
    """
    name, given_name, family_name = name.strip(), given_name.strip(), family_name.strip()
    if not name:
        raise CannotCreateHousehold(_("Geef het gezin een naam, bijvoorbeeld: gezin Peeters."), field="name")
    if family_name and not given_name:
        raise CannotCreateHousehold(_("Vul ook de voornaam in."), field="given_name")
    household = Household.objects.create(neighbourhood=neighbourhood, name=name, created_by=by)
    if given_name:
        details = PersonDetails(
            given_name, family_name, phone=phone, reach_by=reach_by, reach_note=reach_note
        )
        members = [FirstMember(details=details), *members]
    for member in members:
        add_member(
            by=by,
            household=household,
            role=member.role,
            from_on=member.from_on or from_on or timezone.localdate(),
            join_reason=member.join_reason,
            person=member.person,
            details=member.details,
        )
    return household
