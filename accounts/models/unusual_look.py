"""Looks that somebody should ask about, and how strict that is in a neighbourhood."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.neighbourhood import Neighbourhood
from accounts.models.user import User
from accounts.permissions import Permission


class UnusualVerdict(models.TextChoices):
    """What came of asking."""

    FINE = "fine", _("in orde: hoort bij het werk")
    TALKED = "talked", _("besproken met de collega")
    NOT_FINE = "not_fine", _("niet in orde: hier volgt iets op")


class UnusualLookQuerySet(models.QuerySet["UnusualLook"]):
    """Questions about unusual looks."""

    def visible_to(self, user: User) -> "UnusualLookQuerySet":
        """Those of the neighbourhoods whose log one reads."""
        where = user.access.where(Permission.ACCESS_LOG_READ)
        nowhere = Q(neighbourhood__isnull=True) if where else Q(pk__in=[])
        return self.filter(Q(neighbourhood_id__in=where) | nowhere)

    def to_review(self) -> "UnusualLookQuerySet":
        """Those about which nobody asked yet."""
        return self.filter(reviewed_at__isnull=True)


class UnusualLook(models.Model):
    """One finding of one rule. The looks themselves stay in the log as they are."""

    rule = models.CharField(_("waarom ongewoon"), max_length=40)
    # What makes it one finding ("12:34:2026-11-23"): found again, it is not told again.
    key = models.CharField(max_length=80)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("wie"))
    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="+", null=True)
    case_id = models.BigIntegerField(null=True)
    case_number = models.CharField(_("dossiernummer"), max_length=20, blank=True)
    looked_at = models.DateTimeField(_("wanneer"))  # the first look that it is about
    looked_until = models.DateTimeField()  # the last one
    look_count = models.PositiveIntegerField(default=1)
    found_at = models.DateTimeField(default=timezone.now)
    verdict = models.CharField(_("besluit"), max_length=8, choices=UnusualVerdict, blank=True)
    note = models.CharField(_("notitie"), max_length=500, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    objects = UnusualLookQuerySet.as_manager()

    class Meta:
        verbose_name = _("ongewone inzage")
        verbose_name_plural = _("ongewone inzages")
        indexes = (models.Index(F("looked_at").desc(), F("id").desc(), name="unusuallook_newest"),)
        constraints = (
            models.UniqueConstraint(fields=["rule", "key"], name="unusuallook_once"),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True, verdict="", note="")
                | (Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~Q(verdict="")),
                name="unusuallook_review_paired",
                violation_error_message=_("Kies een besluit."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule} {self.looked_at:%Y-%m-%d}"


class LookRules(models.Model):
    """From when a look is unusual in one neighbourhood. Without a row, the defaults below hold."""

    neighbourhood = models.OneToOneField(Neighbourhood, on_delete=models.CASCADE, related_name="look_rules")
    cases_per_hour = models.PositiveSmallIntegerField(
        _("verschillende dossiers in een uur"),
        default=20,
        help_text=_("Wie er meer opent, valt op. Een overleg van het kernteam opent er gauw vijftien."),
    )
    refused_per_hour = models.PositiveSmallIntegerField(
        _("geweigerde pogingen in een uur"),
        default=5,
        help_text=_("Zoveel verschillende nummers proberen die je niet mag zien, is geen tikfout meer."),
    )
    day_from = models.TimeField(_("werkdag begint om"), default=dt.time(6))
    day_until = models.TimeField(_("werkdag eindigt om"), default=dt.time(22))
    weekend_is_unusual = models.BooleanField(_("in het weekend kijken is ongewoon"), default=True)

    class Meta:
        verbose_name = _("regels voor inzages")
        constraints = (
            models.CheckConstraint(
                condition=Q(cases_per_hour__range=(2, 500)),
                name="lookrules_cases_per_hour",
                violation_error_message=_("Kies een aantal tussen 2 en 500."),
            ),
            models.CheckConstraint(
                condition=Q(refused_per_hour__range=(2, 500)),
                name="lookrules_refused_per_hour",
                violation_error_message=_("Kies een aantal tussen 2 en 500."),
            ),
            models.CheckConstraint(
                condition=Q(day_from__lt=F("day_until")),
                name="lookrules_day_in_order",
                violation_error_message=_("De werkdag begint voor ze eindigt."),
            ),
        )

    def __str__(self) -> str:
        return str(self.neighbourhood_id)
