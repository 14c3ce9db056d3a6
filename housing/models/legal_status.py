"""The legal status of a dwelling over time: what a decision made of it, apart from what any report advises."""

import datetime as dt

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from housing.inspection_enums import LegalStatusKind
from housing.models.dwelling import Dwelling


class LegalStatusQuerySet(QuerySet["LegalStatus"]):
    """Questions about legal status."""

    def on(self, day: dt.date) -> "LegalStatusQuerySet":
        """The status that holds on this day, one per dwelling: the latest decision up to then."""
        return (
            self.filter(decided_on__lte=day)
            .order_by("dwelling_id", "-decided_on", "-pk")
            .distinct("dwelling_id")
        )


class LegalStatus(models.Model):
    """One decision about a dwelling. Rows are added, never changed: the last one holds."""

    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="legal_statuses")
    status = models.CharField(_("juridische toestand"), max_length=13, choices=LegalStatusKind)
    decided_on = models.DateField(_("besloten op"))
    source = models.CharField(_("welk besluit?"), max_length=300)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = LegalStatusQuerySet.as_manager()

    class Meta:
        verbose_name = _("juridische toestand")
        verbose_name_plural = _("juridische toestanden")
        indexes = (models.Index(fields=["dwelling", "-decided_on", "-id"], name="legalstatus_latest"),)

    def __str__(self) -> str:
        return str(self.get_status_display())
