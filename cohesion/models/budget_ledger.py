"""The ledger of the neighbourhood budget: what was paid and what came back, never changed afterwards."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cohesion.budget_enums import LineKind
from cohesion.models.budget_project import BudgetProject
from cohesion.models.budget_round import BudgetRound, money_field


class LedgerLine(models.Model):
    """One movement of money. What went out is above zero, what came back below: the sum is what was really spent.

    A trigger keeps the sum of a project between nothing and what it was granted, and refuses every change.
    """

    round = models.ForeignKey(BudgetRound, on_delete=models.PROTECT, related_name="lines")
    project = models.ForeignKey(BudgetProject, on_delete=models.PROTECT, related_name="lines")
    kind = models.CharField(_("wat"), max_length=8, choices=LineKind)
    amount = money_field(_("bedrag"))
    moved_on = models.DateField(_("datum"))
    note = models.CharField(_("mededeling"), max_length=160, blank=True)
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="reversed_by", null=True, blank=True
    )
    booked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    booked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("lijn van het kasboek")
        verbose_name_plural = _("lijnen van het kasboek")
        indexes = (models.Index(fields=["round", "moved_on", "id"], name="budget_line_in_order"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind=LineKind.PAYMENT, amount__gt=0, reverses__isnull=True)
                | Q(kind=LineKind.REVERSAL, amount__lt=0, reverses__isnull=False)
                | Q(kind=LineKind.REFUND, amount__lt=0, reverses__isnull=True),
                name="budget_line_sign",
            ),
            models.CheckConstraint(
                condition=Q(kind=LineKind.PAYMENT) | ~Q(note=""), name="budget_line_back_is_told"
            ),
        )

    def __str__(self) -> str:
        return f"{self.project_id}: {self.amount}"
