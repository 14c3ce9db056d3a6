"""A secret address at which a calendar program reads along, without logging in."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User


class FeedToken(models.Model):
    """One secret address of one user: of which calendar, until when. Only a hash of the secret is kept.

    What the address shows is decided each time it is asked, by what its user may see then.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="feed_tokens")
    scope = models.CharField(_("welke kalender"), max_length=40)
    key = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    # How often it was asked since `counting_at`, so that nobody hammers on it.
    counting_at = models.DateTimeField(null=True, blank=True)
    used_times = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("geheim adres van een kalender")
        verbose_name_plural = _("geheime adressen van kalenders")
        constraints = (
            models.UniqueConstraint(
                fields=["user", "scope", "key"],
                condition=Q(revoked_at__isnull=True),
                name="feedtoken_one_of_each",
                violation_error_message=_("Voor deze kalender is er al een adres."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.scope} {self.key}"
