"""The very first user of an empty installation."""

from django.db import transaction

from accounts.actions.invitations import invite
from accounts.enums import OrganisationKind, Role
from accounts.models import Membership, Neighbourhood, Organisation, User
from arsenaal.lib.errors import ActionError
from arsenaal.lib.registries import starters


class AlreadySetUp(ActionError):
    """There are users: the administrator sets up the others."""


@transaction.atomic
def make_first_administrator(
    *,
    username: str,
    first_name: str,
    last_name: str,
    organisation: str,
    neighbourhood: str,
    code: str,
    slug: str,
) -> str:
    """Make the first neighbourhood, organisation and administrator; return the path at which he chooses a password.

    Raises AlreadySetUp when there is a user already, so that this can't be used to get in.
    """
    if User.objects.exists():
        raise AlreadySetUp("There are users already: an administrator adds the others under Beheer.")
    area = Neighbourhood.objects.create(name=neighbourhood, code=code, slug=slug)
    service = Organisation.objects.create(name=organisation, kind=OrganisationKind.CITY)
    user = User.objects.create_user(
        username, None, first_name=first_name, last_name=last_name, organisation=service
    )
    Membership.objects.create(user=user, neighbourhood=area, role=Role.ADMINISTRATOR)
    for starter in starters:
        starter.start()
    return invite(by=None, user=user)
