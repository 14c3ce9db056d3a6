"""What somebody shows besides a password: an app with codes, passkeys, recovery codes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User
from arsenaal.lib.encryption import EncryptedTextField


class TotpDevice(models.Model):
    """An app that shows another code every half minute (RFC 6238). One per user."""

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, related_name="totp", verbose_name=_("gebruiker")
    )
    secret = EncryptedTextField(_("geheim"))
    # The half minute of the last code that was accepted: that code and older ones never work again.
    last_step = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("app met codes")
        verbose_name_plural = _("apps met codes")

    def __str__(self) -> str:
        return f"TOTP {self.user_id}"


class Passkey(models.Model):
    """A key in a phone, a computer or a stick (WebAuthn). The device keeps the secret; here is the public half."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="passkeys", verbose_name=_("gebruiker")
    )
    name = models.CharField(_("naam"), max_length=60)
    credential_id = models.BinaryField(unique=True, max_length=1023)
    credential = models.BinaryField()  # attested credential data, as the standard writes it
    # Counts up on devices that count at all; a step back means that somebody made a copy.
    sign_count = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("passkey")
        verbose_name_plural = _("passkeys")

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """A code on paper for when the phone is gone: works once. Only its hash is kept; it is 80 random bits."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="recovery_codes", verbose_name=_("gebruiker")
    )
    code_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("herstelcode")
        verbose_name_plural = _("herstelcodes")
        constraints = (
            models.UniqueConstraint(
                fields=["user", "code_hash"],
                name="recovery_code_unique",
                violation_error_message=_("Deze herstelcode bestaat al."),
            ),
        )

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class SecondFactorGuard(models.Model):
    """How often a wrong code was typed for somebody, from whatever address: guessing gets slower and slower."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    failures = models.PositiveIntegerField(default=0)
    locked_until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(locked_until_at__isnull=True) | Q(failures__gt=0),
                name="second_factor_guard_locked_by_failures",
                violation_error_message=_("Zonder foute code is er geen slot."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id}: {self.failures}"
