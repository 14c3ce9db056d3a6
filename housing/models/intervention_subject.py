"""Which dwelling or landlord an intervention is for."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Intervention
from housing.models.dwelling import Dwelling
from housing.models.landlord import Landlord


class InterventionPlace(models.Model):
    """The dwelling or the landlord of the registers for which something is done."""

    intervention = models.OneToOneField(
        Intervention, on_delete=models.CASCADE, primary_key=True, related_name="place"
    )
    dwelling = models.ForeignKey(
        Dwelling, on_delete=models.PROTECT, related_name="interventions", null=True, blank=True
    )
    landlord = models.ForeignKey(
        Landlord, on_delete=models.PROTECT, related_name="interventions", null=True, blank=True
    )

    class Meta:
        verbose_name = _("woning of verhuurder van een actie")
        verbose_name_plural = _("woningen en verhuurders van acties")
        constraints = (
            models.CheckConstraint(
                condition=Q(dwelling__isnull=False, landlord__isnull=True)
                | Q(dwelling__isnull=True, landlord__isnull=False),
                name="interventionplace_one_of_both",
                violation_error_message=_("Kies een woning of een verhuurder, niet allebei."),
            ),
        )

    def __str__(self) -> str:
        return str(self.dwelling or self.landlord)
