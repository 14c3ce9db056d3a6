"""What was done in a procedure, in order."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from housing.models.procedure import DwellingProcedure


class ProcedureEvent(models.Model):
    """One step of one dwelling, as it was taken. Facts only; what people said stands on the timeline."""

    part = models.ForeignKey(DwellingProcedure, on_delete=models.PROTECT, related_name="events")
    step = models.CharField(_("stap"), max_length=14)  # a Step, or "start", "pause" and "resume"
    title = models.CharField(_("wat"), max_length=200)
    happened_on = models.DateField(_("op"))
    reference = models.CharField(_("kenmerk"), max_length=120, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("stap van een procedure")
        verbose_name_plural = _("stappen van procedures")
        indexes = (models.Index(fields=["part", "id"], name="procedureevent_of_part"),)

    def __str__(self) -> str:
        return f"{self.title} {self.happened_on}"
