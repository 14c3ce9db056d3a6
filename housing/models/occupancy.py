"""Which household lives where, from when to when (bewoning)."""

import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from arsenaal.lib.amounts import euro
from arsenaal.lib.fields import days, one
from housing.enums import Tenure
from housing.models.dwelling import Dwelling
from people.models import Household


class OccupancyQuerySet(QuerySet["Occupancy"]):
    """Questions about occupancies."""

    def on(self, day: dt.date) -> "OccupancyQuerySet":
        """Who lives somewhere on this day."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day)


class Occupancy(models.Model):
    """A household in a dwelling over a period. Both days count; who moves starts elsewhere the day after."""

    dwelling = models.ForeignKey(
        Dwelling, on_delete=models.PROTECT, related_name="occupancies", verbose_name=_("woning")
    )
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="occupancies", verbose_name=_("gezin")
    )
    from_on = models.DateField(_("sinds"))
    until_on = models.DateField(_("tot en met"), null=True, blank=True)
    tenure = models.CharField(_("woont er als"), max_length=9, choices=Tenure, default=Tenure.UNKNOWN)
    rent = models.DecimalField(
        _("huur per maand (euro)"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    charges = models.DecimalField(
        _("kosten per maand (euro)"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OccupancyQuerySet.as_manager()

    class Meta:
        verbose_name = _("bewoning")
        verbose_name_plural = _("bewoningen")
        indexes = (
            models.Index(fields=["dwelling", "-from_on"], name="occupancy_of_dwelling"),
            models.Index(fields=["household", "-from_on"], name="occupancy_of_household"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="occupancy_dates_in_order",
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
            models.CheckConstraint(
                condition=(Q(rent__isnull=True) | Q(rent__gte=0))
                & (Q(charges__isnull=True) | Q(charges__gte=0)),
                name="occupancy_amounts_not_negative",
                violation_error_message=_("Een bedrag kan niet onder nul liggen."),
            ),
            ExclusionConstraint(
                name="occupancy_one_dwelling_at_once",
                expressions=[(one("household_id"), "&&"), (days(), "&&")],
                violation_error_message=_("Een gezin kan niet in twee woningen tegelijk wonen."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.household_id} in {self.dwelling_id} ({self.from_on} - {self.until_on or ''})"

    @property
    def rent_label(self) -> str:
        """Write the rent as € 650,00."""
        return euro(self.rent)

    @property
    def charges_label(self) -> str:
        """Write the charges as € 50,00."""
        return euro(self.charges)
