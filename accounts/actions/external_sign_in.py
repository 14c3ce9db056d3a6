"""Who comes from the identity provider of the city: found, linked, and given the roles that the city says."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions.invitations import has_been_here
from accounts.enums import Role
from accounts.models import ExternalIdentity, Membership, Neighbourhood, User
from arsenaal.lib.errors import ActionError


class NotKnownHere(ActionError):
    """The city knows this person, Arsenaal doesn't, or doesn't let him in (any more)."""


def sign_in_external(*, claims: Mapping[str, Any], now: dt.datetime | None = None) -> User:
    """Return the user to whom these claims (checked already) belong, with his roles as the city gives them now.

    Found by issuer and subject, which never change hands. The first time by user name, as an administrator typed it,
    and only for a colleague who never signed in: whoever has a password links his account himself (`link_account`),
    so that nobody gets into an account by having it renamed. Roles that the claims no longer give end, also when that
    leaves nothing and NotKnownHere is raised.
    """
    refusal = _sign_in(claims, now or timezone.now())
    if isinstance(refusal, NotKnownHere):
        raise refusal
    return refusal


@transaction.atomic
def _sign_in(claims: Mapping[str, Any], now: dt.datetime) -> User | NotKnownHere:
    """As above, but a refusal is returned: what ended because of it must stay ended."""
    identity = (
        ExternalIdentity.objects.select_for_update()
        .filter(issuer=settings.OIDC_ISSUER, subject=claims["sub"])
        .first()
    )
    user = User.objects.get(pk=identity.user_id) if identity else _new_colleague(claims)
    if user is None:
        return NotKnownHere(
            _(
                "De stad kent je, maar in Arsenaal heb je nog geen account. Vraag het aan de beheerder van je wijk."
            )
        )
    if not user.is_active:
        return NotKnownHere(_("Je account in Arsenaal is gesloten. Vraag het aan de beheerder van je wijk."))
    if settings.OIDC_ROLES and not _sync_roles(user, claims):
        return NotKnownHere(
            _("De stad gaf je geen rol in een wijkteam. Vraag het aan je leidinggevende of aan de beheerder.")
        )
    if identity is None:
        identity = ExternalIdentity(user=user, issuer=settings.OIDC_ISSUER, subject=claims["sub"])
    identity.last_used_at = now
    identity.save()
    return user


@transaction.atomic
def link_account(*, by: User, claims: Mapping[str, Any]) -> None:
    """Link one's own account to that of the city, while signed in. Raises NotKnownHere when it belongs to another."""
    known = ExternalIdentity.objects.filter(issuer=settings.OIDC_ISSUER)
    if known.filter(user=by, subject=claims["sub"]).exists():
        return
    try:
        with transaction.atomic():
            ExternalIdentity.objects.create(user=by, issuer=settings.OIDC_ISSUER, subject=claims["sub"])
    except IntegrityError:
        raise NotKnownHere(
            _("Dit account van de stad hoort al bij een ander account, of het jouwe heeft er al een.")
        ) from None


@transaction.atomic
def unlink_account(*, by: User) -> None:
    """Forget the link to the account of the city. Raises NotKnownHere for who has no password to get in with."""
    if not by.has_usable_password():
        raise NotKnownHere(_("Je hebt geen wachtwoord: zonder deze koppeling raak je niet meer binnen."))
    ExternalIdentity.objects.filter(user=by).delete()


def mapped_roles(claims: Mapping[str, Any]) -> set[tuple[str, Role]]:
    """Return the (neighbourhood code, role) pairs that the settings give for the values of the roles claim."""
    values = claims.get(settings.OIDC_ROLES_CLAIM) or []
    values = values if isinstance(values, list) else [values]
    found = set()
    for value in values:
        for code, role in settings.OIDC_ROLES.get(str(value), ()):
            found.add((code, Role(role)))
    return found


def _new_colleague(claims: Mapping[str, Any]) -> User | None:
    name = claims.get(settings.OIDC_USERNAME_CLAIM)
    if not isinstance(name, str) or not name:
        return None
    user = User.objects.select_for_update().filter(username__iexact=name).first()
    if user is None or has_been_here(user) or user.identities.exists():
        return None
    return user


def _sync_roles(user: User, claims: Mapping[str, Any]) -> bool:
    """Give the roles of the claims and end those that came from there and are gone; tell whether one is left."""
    today = timezone.localdate()
    wanted = mapped_roles(claims)
    places = {
        place.code: place for place in Neighbourhood.objects.filter(code__in={code for code, _role in wanted})
    }
    held = {
        (row.neighbourhood.code, Role(row.role)): row
        for row in Membership.objects.select_for_update(of=("self",))
        .select_related("neighbourhood")
        .filter(user=user)
    }
    for key, row in held.items():
        if row.is_from_provider and key not in wanted:
            _end(row, today)
    granted = False
    for code, role in wanted:
        if code in places:
            granted = True
            _give(user, places[code], role, held.get((code, role)), today)
    return granted


def _end(row: Membership, today: dt.date) -> None:
    yesterday = today - dt.timedelta(days=1)
    if row.until_on is not None and row.until_on <= yesterday:
        return
    if row.from_on > yesterday:
        row.delete()
        return
    row.until_on = yesterday
    row.save(update_fields=["until_on"])


def _give(user: User, place: Neighbourhood, role: Role, row: Membership | None, today: dt.date) -> None:
    if row is None:
        Membership.objects.create(
            user=user, neighbourhood=place, role=role, from_on=today, is_from_provider=True
        )
        return
    is_over = row.until_on is not None and row.until_on < today
    if is_over or row.from_on > today:
        row.from_on, row.until_on, row.is_from_provider = today, None, True
        row.save(update_fields=["from_on", "until_on", "is_from_provider"])
