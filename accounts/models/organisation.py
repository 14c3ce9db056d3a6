"""The services and partners people work for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import OrganisationKind

# The team itself works for these; every other service sees what it was given, with the family's consent.
TEAM_KINDS = frozenset({OrganisationKind.CITY, OrganisationKind.WELFARE, OrganisationKind.COMMUNITY})


class Organisation(models.Model):
    """A city service, the Sociaal Huis, Samenlevingsopbouw, Energiepunt or a partner."""

    name = models.CharField(_("naam"), max_length=120, unique=True)
    kind = models.CharField(_("soort"), max_length=12, choices=OrganisationKind)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    is_active = models.BooleanField(_("actief"), default=True)

    class Meta:
        verbose_name = _("organisatie")
        verbose_name_plural = _("organisaties")

    def __str__(self) -> str:
        return self.name

    @property
    def is_of_team(self) -> bool:
        """Tell whether the team itself works for this organisation."""
        return self.kind in TEAM_KINDS
