"""Somebody decided that a defect that keeps coming back at one landlord is not the same thing."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from housing.models.landlord import Landlord


class RecurringVerdict(models.Model):
    """ "Not the same": this defect code no longer counts as a pattern of this landlord, for good or until undone."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="recurring_verdicts")
    item_code = models.CharField(max_length=40)
    reason = models.CharField(_("waarom is dit niet hetzelfde?"), max_length=300)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["landlord", "item_code"],
                condition=Q(undone_at__isnull=True),
                name="recurringverdict_one_standing",
                violation_error_message=_("Hierover is al beslist."),
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="recurringverdict_undone_paired",
            ),
        )

    def __str__(self) -> str:
        return f"{self.landlord_id} {self.item_code}"
