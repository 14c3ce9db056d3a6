"""Setting up, checking and taking away the second step of signing in."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import totp
from accounts.models import Passkey, RecoveryCode, SecondFactorGuard, TotpDevice, User
from accounts.signin import must_have_second_factor
from arsenaal.lib.errors import ActionError

RECOVERY_CODES = 10
_FIRST_LOCK = dt.timedelta(minutes=15)
_LONGEST_LOCK = dt.timedelta(hours=24)


class CannotChangeSecondFactor(ActionError):
    """This change of the second step is refused."""


@dataclass(frozen=True)
class Checked:
    """The answer to a code: with what it was right ("totp", "recovery", "" when wrong), and until when it is locked."""

    method: str = ""
    locked_until: dt.datetime | None = None


@transaction.atomic
def check_code(*, user: User, code: str, now: dt.datetime | None = None) -> Checked:
    """Check a code of the app or a recovery code: each of them works once, and guessing gets slower.

    A wrong one is counted per user, whatever the address it comes from: after every five the door stays shut, for a
    quarter of an hour first and twice as long each time. One at a time per user: the row is locked. Never raises, so
    that what was counted stays counted.
    """
    now = now or timezone.now()
    SecondFactorGuard.objects.get_or_create(user=user)
    guard = SecondFactorGuard.objects.select_for_update().get(user=user)
    if guard.locked_until_at is not None and guard.locked_until_at > now:
        return Checked(locked_until=guard.locked_until_at)
    method = _use_totp(user, code, now) or _use_recovery_code(user, code, now)
    if method:
        guard.failures, guard.locked_until_at = 0, None
    else:
        guard.failures += 1
        rounds, left = divmod(guard.failures, settings.AXES_FAILURE_LIMIT)
        if left == 0:
            guard.locked_until_at = now + min(_FIRST_LOCK * 2 ** min(rounds - 1, 10), _LONGEST_LOCK)
    guard.save(update_fields=["failures", "locked_until_at"])
    is_locked = guard.locked_until_at is not None and guard.locked_until_at > now
    return Checked(method, guard.locked_until_at if is_locked else None)


def _use_totp(user: User, code: str, now: dt.datetime) -> str:
    device = TotpDevice.objects.select_for_update().filter(user=user).first()
    if device is None:
        return ""
    step = totp.matching_step(device.secret, totp.tidy(code), now)
    if step is None or step <= device.last_step:
        return ""
    device.last_step, device.last_used_at = step, now
    device.save(update_fields=["last_step", "last_used_at"])
    return "totp"


def _use_recovery_code(user: User, code: str, now: dt.datetime) -> str:
    used = RecoveryCode.objects.filter(
        user=user, code_hash=totp.recovery_hash(code), used_at__isnull=True
    ).update(used_at=now)
    return "recovery" if used else ""


@transaction.atomic
def set_up_totp(*, by: User, secret: str, code: str, now: dt.datetime | None = None) -> None:
    """Keep the secret of an app once it has shown a right code; it takes the place of an earlier app.

    Raises CannotChangeSecondFactor when the code is wrong: then nothing was kept, and nobody is locked out.
    """
    now = now or timezone.now()
    step = totp.matching_step(secret, totp.tidy(code), now)
    if step is None:
        raise CannotChangeSecondFactor(
            _("Deze code klopt niet. Wacht op de volgende en kijk na of de klok van je toestel juist staat."),
            field="code",
        )
    TotpDevice.objects.filter(user=by).delete()
    TotpDevice.objects.create(user=by, secret=secret, last_step=step, last_used_at=now)


@transaction.atomic
def remove_totp(*, by: User) -> None:
    """Stop using the app. Raises CannotChangeSecondFactor when it is all there is and a role asks for it."""
    User.objects.select_for_update().get(pk=by.pk)
    check_may_lose(by, has_other=Passkey.objects.filter(user=by).exists())
    TotpDevice.objects.filter(user=by).delete()
    forget_codes_without_factor(by)


def check_may_lose(user: User, *, has_other: bool) -> None:
    """Refuse to take away the only second step of who needs one. Raises CannotChangeSecondFactor."""
    if not has_other and must_have_second_factor(user):
        raise CannotChangeSecondFactor(_("Je rol vraagt een tweede stap. Zet eerst een andere op."))


def forget_codes_without_factor(user: User) -> None:
    """Recovery codes stand in for an app or a passkey; without these they are nothing but another password."""
    if not TotpDevice.objects.filter(user=user).exists() and not Passkey.objects.filter(user=user).exists():
        RecoveryCode.objects.filter(user=user).delete()


@transaction.atomic
def make_recovery_codes(*, by: User) -> list[str]:
    """Return new recovery codes, to be shown once. The earlier ones stop working.

    Raises CannotChangeSecondFactor when there is no app or passkey that they could stand in for.
    """
    User.objects.select_for_update().get(pk=by.pk)
    if not TotpDevice.objects.filter(user=by).exists() and not Passkey.objects.filter(user=by).exists():
        raise CannotChangeSecondFactor(_("Zet eerst een app of een passkey op."))
    RecoveryCode.objects.filter(user=by).delete()
    codes = [totp.new_recovery_code() for _n in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=by, code_hash=totp.recovery_hash(code)) for code in codes
    )
    return codes


@transaction.atomic
def forget_second_factor(*, user: User) -> None:
    """Take away everything of the second step: app, passkeys, codes. For who lost them, with two pairs of eyes."""
    TotpDevice.objects.filter(user=user).delete()
    Passkey.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
    SecondFactorGuard.objects.filter(user=user).delete()
