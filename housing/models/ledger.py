"""What every line of the evidence ledger has: it is written once, and can only be withdrawn with a reason."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Case


class LedgerQuerySet(QuerySet[Any]):
    """Questions about lines of the ledger."""

    def standing(self) -> "LedgerQuerySet":
        """Lines that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class LedgerRow(models.Model):
    """One line. The database refuses any change but a withdrawal, once (migration 0004)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", verbose_name=_("dossier"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(_("waarom"), max_length=300, blank=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="%(class)s_withdrawn_with_reason",
                violation_error_message=_("Zeg waarom je dit intrekt."),
            ),
        )

    @property
    def is_standing(self) -> bool:
        """Tell whether it still counts."""
        return self.withdrawn_at is None
