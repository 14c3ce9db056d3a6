"""The only voice towards a landlord (vast aanspreekpunt)."""

import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from arsenaal.lib.fields import days, one
from housing.models.landlord import Landlord


class PointOfContactQuerySet(QuerySet["SinglePointOfContact"]):
    """Questions about points of contact."""

    def on(self, day: dt.date) -> "PointOfContactQuerySet":
        """Who speaks for everybody on this day."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)


class SinglePointOfContact(models.Model):
    """Who alone talks to a landlord, from a day on until the day on which the next one takes over."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="points_of_contact")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("voor welke dienst")
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("wie"))
    since = models.DateField(_("vanaf"))
    until = models.DateField(_("tot"), null=True, blank=True)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)

    objects = PointOfContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("vast aanspreekpunt")
        verbose_name_plural = _("vaste aanspreekpunten")
        constraints = (
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="singlepointofcontact_dates_in_order",
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
            ExclusionConstraint(
                name="singlepointofcontact_only_one",
                expressions=[(one("landlord_id"), "&&"), (days("since", "until", "[)"), "&&")],
                violation_error_message=_("Er is in die periode al een vast aanspreekpunt."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} ({self.organisation})"
