"""A certificate of conformity (conformiteitsattest, Codex Wonen art. 3.6-3.9)."""

import datetime as dt

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from housing.models.dwelling import Dwelling
from housing.models.procedure import DwellingProcedure


class CertificateQuerySet(QuerySet["Certificate"]):
    """Questions about certificates."""

    def valid_on(self, day: dt.date) -> "CertificateQuerySet":
        """Those that hold on this day."""
        return self.filter(
            Q(lapsed_on__isnull=True) | Q(lapsed_on__gt=day), issued_on__lte=day, valid_until__gte=day
        )


class Certificate(models.Model):
    """That a dwelling was in order on a day, for at most so many people. A later check can make it lapse."""

    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="certificates")
    part = models.OneToOneField(DwellingProcedure, on_delete=models.PROTECT, related_name="certificate")
    issued_on = models.DateField(_("afgeleverd op"))
    valid_until = models.DateField(_("geldig tot en met"))
    most_people = models.PositiveSmallIntegerField(
        _("voor hoogstens zoveel bewoners"), validators=[MinValueValidator(1)]
    )
    reference = models.CharField(_("nummer"), max_length=120, blank=True)
    lapsed_on = models.DateField(_("vervallen op"), null=True, blank=True)
    lapse_reason = models.CharField(_("waarom"), max_length=200, blank=True)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("conformiteitsattest")
        verbose_name_plural = _("conformiteitsattesten")
        indexes = (models.Index(fields=["dwelling", "-issued_on"], name="certificate_of_dwelling"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("issued_on")),
                name="certificate_days_in_order",
                violation_error_message=_("Een attest loopt af na de dag waarop het is afgeleverd."),
            ),
            models.CheckConstraint(
                condition=Q(most_people__gte=1),
                name="certificate_for_somebody",
                violation_error_message=_("Een attest geldt voor minstens één bewoner."),
            ),
            models.CheckConstraint(
                condition=Q(lapsed_on__isnull=True, lapse_reason="")
                | (Q(lapsed_on__isnull=False) & ~Q(lapse_reason="")),
                name="certificate_lapsed_why",
                violation_error_message=_("Zeg waarom het attest vervalt."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.dwelling_id} {self.issued_on}"
