"""Which building a block case is about."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Case
from housing.models.building import Building


class CaseBuilding(models.Model):
    """The building of a block case. A household's case finds its dwelling through the household's occupancy."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="case_building")
    building = models.ForeignKey(
        Building, on_delete=models.PROTECT, related_name="case_buildings", verbose_name=_("pand")
    )
    linked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("pand van een blokdossier")
        verbose_name_plural = _("panden van blokdossiers")

    def __str__(self) -> str:
        return f"{self.case_id}: {self.building_id}"
