"""Setting up who works here: users, their roles, organisations and neighbourhoods."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import Membership, Neighbourhood, Organisation, User
from accounts.perms import can_manage_user
from arsenaal.lib.errors import ActionError


class CannotManageUser(ActionError):
    """This change of a user or of his roles is refused."""


def check_not_oneself(by: User, user: User) -> None:
    """Nobody changes his own rights: an administrator who could would read stories a moment later."""
    if by.pk == user.pk:
        raise CannotManageUser(_("Je eigen rechten wijzig je niet zelf. Vraag het aan een andere beheerder."))


def check_in_reach(by: User, user: User) -> None:
    """An administrator of one neighbourhood has no say over who works in another."""
    if not can_manage_user(by, user):
        raise CannotManageUser(
            _("Deze persoon werkt ook in een andere wijk. Vraag het aan de beheerder daar.")
        )


@transaction.atomic
def create_user(*, by: User, **fields: Any) -> User:
    """Make a user without a password: he chooses one through his invitation. Raises CannotManageUser."""
    if User.objects.filter(username__iexact=fields["username"]).exists():
        raise CannotManageUser(_("Deze gebruikersnaam bestaat al. Kies een andere."), field="username")
    return User.objects.create_user(password=None, **fields)


@transaction.atomic
def edit_user(*, by: User, user: User, **fields: Any) -> User:
    """Change name, organisation, e-mail, or whether somebody can still log in. Raises CannotManageUser."""
    user = User.objects.select_for_update().get(pk=user.pk)
    check_in_reach(by, user)
    if fields.get("is_active") != user.is_active:
        check_not_oneself(by, user)
    if User.objects.filter(username__iexact=fields["username"]).exclude(pk=user.pk).exists():
        raise CannotManageUser(_("Deze gebruikersnaam bestaat al. Kies een andere."), field="username")
    for name, value in fields.items():
        setattr(user, name, value)
    user.save()
    return user


@transaction.atomic
def give_role(
    *,
    by: User,
    user: User,
    neighbourhood: Neighbourhood,
    role: Role,
    from_on: dt.date,
    until_on: dt.date | None,
) -> Membership:
    """Give somebody a role in a neighbourhood; one that ended before starts again.

    Raises CannotManageUser when it is oneself, when the dates are not in order or when he has the role already.
    """
    check_not_oneself(by, user)
    if until_on is not None and until_on < from_on:
        raise CannotManageUser(_("De einddatum ligt voor de begindatum."), field="until_on")
    held = (
        Membership.objects.select_for_update()
        .filter(user=user, neighbourhood=neighbourhood, role=role)
        .first()
    )
    if held is None:
        try:
            with transaction.atomic():
                return Membership.objects.create(
                    user=user, neighbourhood=neighbourhood, role=role, from_on=from_on, until_on=until_on
                )
        except IntegrityError:
            raise CannotManageUser(_("Deze persoon heeft die rol al in deze wijk."), field="role") from None
    if held.until_on is None or held.until_on >= timezone.localdate():
        raise CannotManageUser(_("Deze persoon heeft die rol al in deze wijk."), field="role")
    held.from_on, held.until_on = from_on, until_on
    held.save(update_fields=["from_on", "until_on"])
    return held


@transaction.atomic
def end_role(*, by: User, membership: Membership) -> None:
    """End a role at once: from this moment it gives no rights any more. Raises CannotManageUser for oneself."""
    membership = Membership.objects.select_for_update().select_related("user").get(pk=membership.pk)
    check_not_oneself(by, membership.user)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    if membership.from_on > yesterday:
        membership.delete()
        return
    membership.until_on = min(membership.until_on or yesterday, yesterday)
    membership.save(update_fields=["until_on"])


@transaction.atomic
def save_organisation(*, by: User, organisation: Organisation | None, **fields: Any) -> Organisation:
    """Add or change an organisation. Raises CannotManageUser when the name is taken."""
    organisation = organisation or Organisation()
    if Organisation.objects.filter(name__iexact=fields["name"]).exclude(pk=organisation.pk).exists():
        raise CannotManageUser(_("Er is al een organisatie met deze naam."), field="name")
    for name, value in fields.items():
        setattr(organisation, name, value)
    organisation.save()
    return organisation


@transaction.atomic
def save_neighbourhood(*, by: User, neighbourhood: Neighbourhood | None, **fields: Any) -> Neighbourhood:
    """Add or change a neighbourhood. Its code stays once given: case numbers start with it."""
    is_new = neighbourhood is None
    neighbourhood = neighbourhood or Neighbourhood()
    if not is_new and fields.get("code", neighbourhood.code) != neighbourhood.code:
        raise CannotManageUser(
            _("De code staat in elk dossiernummer en blijft dus zoals ze is."), field="code"
        )
    for name in ("code", "slug"):
        taken = Neighbourhood.objects.filter(**{f"{name}__iexact": fields[name]}).exclude(pk=neighbourhood.pk)
        if taken.exists():
            raise CannotManageUser(_("Er is al een wijk met deze waarde. Kies een andere."), field=name)
    for name, value in fields.items():
        setattr(neighbourhood, name, value)
    neighbourhood.save()
    if is_new:
        # Otherwise nobody could set it up: roles are given within one's own neighbourhoods.
        Membership.objects.create(user=by, neighbourhood=neighbourhood, role=Role.ADMINISTRATOR)
    return neighbourhood
