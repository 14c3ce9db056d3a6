"""A message to one colleague, shown on Vandaag until he has seen it. There is no mail: this is how one is told."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Questions about notices."""

    def unseen(self) -> "NoticeQuerySet":
        """Those that still stand on Vandaag."""
        return self.filter(seen_at__isnull=True)


class Notice(models.Model):
    """One sentence in Dutch and where it leads. It says that something happened, never what a family told."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("bericht")
        verbose_name_plural = _("berichten")
        indexes = (
            models.Index(
                F("user"), F("created_at").desc(), name="notice_unseen", condition=Q(seen_at__isnull=True)
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.created_at:%Y-%m-%d}"
