"""What one writes down line by line with a track of months: corrected, or struck out and put back, never lost."""

from typing import ClassVar

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class CorrectableLineQuerySet(QuerySet[models.Model]):
    """Questions about such lines."""

    def standing(self) -> "CorrectableLineQuerySet":
        """What wasn't struck out."""
        return self.filter(is_struck=False)


class CorrectableLine(models.Model):
    """A mistake is corrected, or struck out with a reason and put back. A Meta of its own repeats `constraints`."""

    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    is_struck = models.BooleanField(default=False)
    strike_reason = models.CharField(_("waarom geschrapt"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CorrectableLineQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=Q(is_struck=False, strike_reason="") | (Q(is_struck=True) & ~Q(strike_reason="")),
                name="%(class)s_struck_has_reason",
                violation_error_message=_("Schrijf op waarom je deze lijn schrapt."),
            ),
        )
