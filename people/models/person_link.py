"""A verdict on two persons who look alike: linked, never merged, and it can be undone."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from people.enums import LinkVerdict
from people.models.person import Person


class PersonLink(models.Model):
    """Somebody decided that two persons are the same, or are not. The lower id stands first."""

    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links_as_first")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links_as_second")
    verdict = models.CharField(_("oordeel"), max_length=9, choices=LinkVerdict)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="personlink_lower_id_first"),
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(undone_at__isnull=True), name="personlink_one_verdict"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="personlink_undone_paired",
            ),
        )

    def __str__(self) -> str:
        return f"{self.first_id} {self.verdict} {self.second_id}"
