"""Who somebody is at the identity provider of the city."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User


class ExternalIdentity(models.Model):
    """One account at one provider: `subject` is the name that never changes there and is given to nobody else."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="identities", verbose_name=_("gebruiker")
    )
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("account bij de stad")
        verbose_name_plural = _("accounts bij de stad")
        constraints = (
            models.UniqueConstraint(
                fields=["issuer", "subject"],
                name="external_identity_unique",
                violation_error_message=_("Dit account hoort al bij iemand."),
            ),
            models.UniqueConstraint(
                fields=["user", "issuer"],
                name="external_identity_one_each",
                violation_error_message=_("Deze persoon heeft al een account bij de stad."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.issuer}"
