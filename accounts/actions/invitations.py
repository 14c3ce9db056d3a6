"""Links with which somebody chooses a password: made, handed over by a second person, used once."""

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions.devices import end_all_sessions
from accounts.actions.second_factor import forget_second_factor
from accounts.actions.users import CannotManageUser, check_in_reach, check_not_oneself
from accounts.models import Invitation, User
from accounts.perms import can_approve_invitation
from arsenaal.lib.errors import ActionError


class CannotUseInvitation(ActionError):
    """The link was used, has expired, was replaced, or never existed: which of these isn't told."""


def has_been_here(user: User) -> bool:
    """Tell whether somebody can sign in already, or did: then a link for him opens an account that is in use."""
    return user.has_usable_password() or user.last_login is not None


@transaction.atomic
def invite(*, by: User | None, user: User, now: dt.datetime | None = None) -> str:
    """Return the path at which a new colleague chooses his first password; earlier links stop working.

    `by` is empty for the very first administrator. Raises CannotManageUser for oneself, for somebody who works
    elsewhere, may not sign in, or has been here before: that takes `ask_new_link`.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if by is not None:
        _check_may_give(by, user)
    if has_been_here(user):
        raise CannotManageUser(
            _("Deze persoon meldde zich al aan. Vraag een nieuwe link: iemand anders kijkt mee.")
        )
    now = now or timezone.now()
    _end_earlier(user, now)
    invitation = Invitation(user=user, created_by=by, created_at=now)
    return _with_link(invitation, now)


@transaction.atomic
def ask_new_link(
    *, by: User, user: User, resets_second_factor: bool, now: dt.datetime | None = None
) -> Invitation:
    """Ask for a link for somebody who has signed in before. It is there when a second person hands it over.

    Raises CannotManageUser as `invite` does, and when a link was asked already.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    _check_may_give(by, user)
    if not has_been_here(user):
        raise CannotManageUser(_("Deze persoon heeft nog geen wachtwoord. Maak gewoon een uitnodiging."))
    if Invitation.objects.waiting().filter(user=user).exists():
        raise CannotManageUser(_("Er is al een nieuwe link gevraagd. Iemand anders moet die nog nakijken."))
    return Invitation.objects.create(
        user=user, created_by=by, resets_second_factor=resets_second_factor, created_at=now or timezone.now()
    )


@transaction.atomic
def hand_over(*, by: User, invitation: Invitation, now: dt.datetime | None = None) -> str:
    """Say yes as the second person, and return the path: only he gets to see it, not who asked.

    So one person alone can't get into a colleague's account. Raises CannotManageUser when it isn't for him to say,
    or when it was settled meanwhile.
    """
    now = now or timezone.now()
    invitation = _locked(invitation)
    _check_may_settle(by, invitation)
    _end_earlier(invitation.user, now, but=invitation)
    invitation.approved_by, invitation.approved_at = by, now
    return _with_link(invitation, now)


@transaction.atomic
def call_off(*, by: User, invitation: Invitation, now: dt.datetime | None = None) -> None:
    """End a link or a question for one: a second person says no, or who asked does. Raises CannotManageUser."""
    invitation = _locked(invitation)
    if invitation.created_by_id != by.pk:
        _check_may_settle(by, invitation)
    if invitation.used_at is not None or invitation.ended_at is not None:
        raise CannotManageUser(_("Dit was intussen al geregeld."))
    invitation.ended_at = now or timezone.now()
    invitation.save(update_fields=["ended_at"])


def find_open(token: str, now: dt.datetime | None = None) -> Invitation | None:
    """Return the invitation of this token while it works; None for used, expired, replaced and guessed alike."""
    return (
        Invitation.objects.open(now)
        .select_related("user")
        .filter(token_hash=_hash(token), user__is_active=True)
        .first()
    )


@transaction.atomic
def use_invitation(*, token: str, password: str, now: dt.datetime | None = None) -> User:
    """Keep the password that somebody chose with his link; the link is spent and every session of his ends.

    Raises CannotUseInvitation when the link doesn't work (any more), and when the password won't do (field
    `new_password1`).
    """
    now = now or timezone.now()
    found = find_open(token, now)
    if found is None:
        raise CannotUseInvitation(_("Deze link werkt niet meer."))
    user = User.objects.select_for_update().get(pk=found.user_id)
    # Two at once: the second finds it used, now that it has the row.
    if not Invitation.objects.filter(pk=found.pk, used_at__isnull=True, ended_at__isnull=True).update(
        used_at=now
    ):
        raise CannotUseInvitation(_("Deze link werkt niet meer."))
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise CannotUseInvitation(" ".join(error.messages), field="new_password1") from error
    user.set_password(password)
    user.save(update_fields=["password"])
    if found.resets_second_factor:
        forget_second_factor(user=user)
    end_all_sessions(user=user)
    return user


def _check_may_give(by: User, user: User) -> None:
    check_not_oneself(by, user)
    check_in_reach(by, user)
    if not user.is_active:
        raise CannotManageUser(_("Deze persoon kan niet meer aanmelden. Zet dat eerst weer aan."))


def _check_may_settle(by: User, invitation: Invitation) -> None:
    if invitation.ended_at is not None or invitation.token_hash is not None:
        raise CannotManageUser(_("Dit was intussen al geregeld."))
    if not can_approve_invitation(by, invitation):
        raise CannotManageUser(
            _("Dit kijkt iemand anders na: niet wie het vroeg, en niet wie de link krijgt.")
        )


def _locked(invitation: Invitation) -> Invitation:
    return Invitation.objects.select_for_update(of=("self",)).select_related("user").get(pk=invitation.pk)


def _end_earlier(user: User, now: dt.datetime, but: Invitation | None = None) -> None:
    earlier = Invitation.objects.filter(user=user, used_at__isnull=True, ended_at__isnull=True)
    if but is not None:
        earlier = earlier.exclude(pk=but.pk)
    earlier.update(ended_at=now)


def _with_link(invitation: Invitation, now: dt.datetime) -> str:
    token = secrets.token_urlsafe(32)
    invitation.token_hash = _hash(token)
    invitation.expires_at = now + dt.timedelta(days=settings.INVITATION_DAYS)
    invitation.save()
    return reverse("accounts:invitation", args=[token])


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
