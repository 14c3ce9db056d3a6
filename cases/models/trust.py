"""How the trust between family and team grew or shrank, and what moved it."""

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.enums import TrustStage
from cases.models.case import Case


class TrustChange(models.Model):
    """One change of the trust stage."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="trust_changes")
    from_stage = models.PositiveSmallIntegerField(choices=TrustStage)
    to_stage = models.PositiveSmallIntegerField(choices=TrustStage)
    event = models.CharField(_("wat maakte het verschil?"), max_length=300)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~models.Q(from_stage=F("to_stage")), name="trustchange_changes"),
        )

    def __str__(self) -> str:
        return f"{self.from_stage} → {self.to_stage}"
