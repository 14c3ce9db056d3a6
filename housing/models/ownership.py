"""Who owns a dwelling, from when to when, for which share."""

import datetime as dt
from fractions import Fraction

from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from arsenaal.lib.fields import days, one
from housing.models.dwelling import Dwelling
from housing.models.landlord import Landlord

MAX_DENOMINATOR = 10_000  # finer shares don't occur in deeds of the neighbourhood; it keeps the sums exact


class OwnershipQuerySet(QuerySet["Ownership"]):
    """Questions about ownerships."""

    def on(self, day: dt.date) -> "OwnershipQuerySet":
        """Who owns what on this day."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day)


class Ownership(models.Model):
    """A landlord's share in a dwelling over a period.

    That the shares of a dwelling never exceed 1 on any day is held by a deferred trigger in the database
    (see the migrations), which locks the dwelling, so that two people can't each add a half too many.
    """

    dwelling = models.ForeignKey(
        Dwelling, on_delete=models.PROTECT, related_name="ownerships", verbose_name=_("woning")
    )
    landlord = models.ForeignKey(
        Landlord, on_delete=models.PROTECT, related_name="ownerships", verbose_name=_("eigenaar")
    )
    from_on = models.DateField(_("sinds"))
    until_on = models.DateField(_("tot en met"), null=True, blank=True)
    share_numerator = models.PositiveIntegerField(
        _("deel"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_DENOMINATOR)],
    )
    share_denominator = models.PositiveIntegerField(
        _("van de"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_DENOMINATOR)],
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OwnershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("eigendom")
        verbose_name_plural = _("eigendommen")
        indexes = (models.Index(fields=["landlord", "-from_on"], name="ownership_of_landlord"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="ownership_dates_in_order",
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
            models.CheckConstraint(
                condition=Q(
                    share_numerator__gt=0,
                    share_numerator__lte=F("share_denominator"),
                    share_denominator__lte=MAX_DENOMINATOR,
                ),
                name="ownership_share_is_a_part",
                violation_error_message=_("Een deel ligt tussen nul en het geheel, zoals 1 van de 2."),
            ),
            ExclusionConstraint(
                name="ownership_once_at_a_time",
                expressions=[(one("dwelling_id"), "&&"), (one("landlord_id"), "&&"), (days(), "&&")],
                violation_error_message=_("Deze eigenaar staat in die periode al bij deze woning."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.landlord_id} {self.share} of {self.dwelling_id}"

    @property
    def share(self) -> Fraction:
        """Return the share as an exact fraction."""
        return Fraction(self.share_numerator, self.share_denominator)

    @property
    def share_label(self) -> str:
        """Write the share as people do: "geheel", "1/2"."""
        share = self.share
        return _g("geheel") if share == 1 else f"{share.numerator}/{share.denominator}"

    @property
    def is_now(self) -> bool:
        """Tell whether this holds today."""
        today = timezone.localdate()
        return self.from_on <= today and (self.until_on is None or self.until_on >= today)
