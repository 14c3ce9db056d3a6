"""What the map of a neighbourhood is drawn from: its border and its streets, kept here and asked of nobody."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User


class NeighbourhoodMap(models.Model):
    """The drawing of one neighbourhood, as `arsenaal.lib.geo.clean_drawing` left it."""

    neighbourhood = models.OneToOneField(
        Neighbourhood, on_delete=models.PROTECT, related_name="map", verbose_name=_("wijk")
    )
    drawing: Any = models.JSONField(_("tekening"))
    source = models.CharField(_("waar komt de tekening vandaan"), max_length=160)
    is_approximate = models.BooleanField(_("bij benadering getekend"), default=False)
    drawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    drawn_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("kaart van een wijk")
        verbose_name_plural = _("kaarten van wijken")

    def __str__(self) -> str:
        return str(self.neighbourhood)
