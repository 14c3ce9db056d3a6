"""The area a team works for (wijk)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Neighbourhood(models.Model):
    """A neighbourhood. Every case, dwelling, action and measure belongs to one."""

    code = models.CharField(
        _("code"), max_length=5, unique=True, help_text=_("Staat vooraan in elk dossiernummer.")
    )
    slug = models.SlugField(_("naam in adressen"), max_length=40, unique=True)
    name = models.CharField(_("naam"), max_length=80)
    city = models.CharField(_("stad"), max_length=80, default="Mechelen")
    postcode = models.CharField(_("postcode"), max_length=4, default="2800")
    time_zone = models.CharField(_("tijdzone"), max_length=40, default="Europe/Brussels")
    is_active = models.BooleanField(_("actief"), default=True)

    class Meta:
        verbose_name = _("wijk")
        verbose_name_plural = _("wijken")

    def __str__(self) -> str:
        return self.name
