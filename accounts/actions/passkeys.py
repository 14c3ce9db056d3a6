"""Keeping, using and taking away passkeys."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions.second_factor import (
    CannotChangeSecondFactor,
    check_may_lose,
    forget_codes_without_factor,
)
from accounts.models import Passkey, TotpDevice, User
from accounts.webauthn import BadAnswer, NewKey

MOST = 10


@transaction.atomic
def add_passkey(*, by: User, name: str, key: NewKey) -> Passkey:
    """Keep a key that a device made. Raises CannotChangeSecondFactor when it is known, or when there are ten."""
    User.objects.select_for_update().get(pk=by.pk)
    if Passkey.objects.filter(user=by).count() >= MOST:
        raise CannotChangeSecondFactor(_("Je hebt al tien passkeys. Haal er eerst een weg."))
    try:
        with transaction.atomic():
            return Passkey.objects.create(
                user=by,
                name=name,
                credential_id=key.credential_id,
                credential=key.credential,
                sign_count=key.sign_count,
            )
    except IntegrityError:
        raise CannotChangeSecondFactor(_("Deze passkey is al bewaard.")) from None


@transaction.atomic
def use_passkey(*, passkey: Passkey, sign_count: int, now: dt.datetime | None = None) -> None:
    """Write down that a key was used. Raises BadAnswer when its counter stands still: then there are two of it.

    Most passkeys don't count (always nought): they live on several devices of one owner.
    """
    kept = Passkey.objects.select_for_update().get(pk=passkey.pk)
    if (sign_count or kept.sign_count) and sign_count <= kept.sign_count:
        raise BadAnswer("the counter went back")
    kept.sign_count, kept.last_used_at = sign_count, now or timezone.now()
    kept.save(update_fields=["sign_count", "last_used_at"])


@transaction.atomic
def remove_passkey(*, by: User, passkey: Passkey) -> None:
    """Forget a key. Raises CannotChangeSecondFactor when it is all there is and a role asks for a second step."""
    User.objects.select_for_update().get(pk=by.pk)
    has_other = (
        TotpDevice.objects.filter(user=by).exists()
        or Passkey.objects.filter(user=by).exclude(pk=passkey.pk).exists()
    )
    check_may_lose(by, has_other=has_other)
    Passkey.objects.filter(user=by, pk=passkey.pk).delete()
    forget_codes_without_factor(by)
