"""Links with which somebody chooses a password."""

import datetime as dt

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User


class InvitationQuerySet(QuerySet["Invitation"]):
    """Questions about links."""

    def open(self, now: dt.datetime | None = None) -> "InvitationQuerySet":
        """Links that still work."""
        now = now or timezone.now()
        return self.filter(
            token_hash__isnull=False, used_at__isnull=True, ended_at__isnull=True, expires_at__gt=now
        )

    def waiting(self) -> "InvitationQuerySet":
        """Asked for somebody who has signed in before, and not looked at yet by a second person."""
        return self.filter(token_hash__isnull=True, ended_at__isnull=True)


class Invitation(models.Model):
    """A link to choose a password: works once and for a few days. Only the hash of its secret is kept.

    The first link of a new colleague is there at once. One for somebody who has signed in before waits until a second
    person hands it over: whoever holds it can become that colleague.
    """

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("gebruiker")
    )
    token_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001  many wait without
    resets_second_factor = models.BooleanField(_("ook de tweede stap opnieuw"), default=False)
    created_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("gevraagd door")
    )
    created_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("nagekeken door")
    )
    approved_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        constraints = (
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="invitation_approved_complete",
                violation_error_message=_("Wie nakeek en wanneer horen samen."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | (~Q(approved_by=F("created_by")) & ~Q(approved_by=F("user"))),
                name="invitation_second_pair_of_eyes",
                violation_error_message=_("Een tweede persoon moet dit nakijken."),
            ),
            models.CheckConstraint(
                condition=Q(token_hash__isnull=True, expires_at__isnull=True, used_at__isnull=True)
                | Q(token_hash__isnull=False, expires_at__isnull=False),
                name="invitation_link_expires",
                violation_error_message=_("Een link heeft een einddatum."),
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(token_hash__isnull=True, ended_at__isnull=True),
                name="invitation_one_waiting",
                violation_error_message=_("Er is al een nieuwe link gevraagd."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.created_at:%Y-%m-%d}"
