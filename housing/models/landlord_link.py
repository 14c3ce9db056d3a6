"""A verdict on two landlords that look connected: linked, never merged, and it can be undone."""

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from housing.enums_legal import LandlordVerdict
from housing.models.landlord import Landlord


class LandlordLinkQuerySet(QuerySet["LandlordLink"]):
    """Questions about verdicts."""

    def standing(self) -> "LandlordLinkQuerySet":
        """Verdicts that were not undone."""
        return self.filter(undone_at__isnull=True)


class LandlordLink(models.Model):
    """Somebody decided that two landlords are one portfolio, or are not. The lower id stands first.

    `reasons` is why the system thought so at that moment, as it was shown.
    """

    first = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="links_as_first")
    second = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="links_as_second")
    verdict = models.CharField(_("oordeel"), max_length=9, choices=LandlordVerdict)
    reasons = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = LandlordLinkQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="landlordlink_lower_id_first"),
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=Q(undone_at__isnull=True),
                name="landlordlink_one_verdict",
                violation_error_message=_("Over deze twee is al iets beslist."),
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="landlordlink_undone_paired",
            ),
        )

    def __str__(self) -> str:
        return f"{self.first_id} {self.verdict} {self.second_id}"
