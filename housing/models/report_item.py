"""The technical report as reference data: its versions, its items, the occupancy table."""

import datetime as dt
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.enums import Certainty
from housing.inspection_enums import Category, NormMeasure, Part, ReportModel


class ReportVersionQuerySet(QuerySet["ReportVersion"]):
    """Questions about versions of the report."""

    def on(self, report_model: str, day: dt.date) -> "ReportVersion | None":
        """The version of this model that holds on this day."""
        return (
            self.filter(report_model=report_model, valid_from__lte=day).order_by("-valid_from", "-pk").first()
        )


class ReportVersion(models.Model):
    """One version of one model, such as 202501 for a self-contained dwelling."""

    report_model = models.CharField(_("model"), max_length=8, choices=ReportModel)
    code = models.CharField(_("versie"), max_length=20, help_text=_("Zoals 202501."))
    valid_from = models.DateField(_("geldig vanaf"))
    source = models.CharField(_("bron"), max_length=300)
    certainty = models.CharField(
        _("zekerheid"), max_length=11, choices=Certainty, default=Certainty.PROVISIONAL
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ReportVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("versie van het technisch verslag")
        verbose_name_plural = _("versies van het technisch verslag")
        constraints = (
            models.UniqueConstraint(
                fields=["report_model", "code"],
                name="reportversion_code_unique",
                violation_error_message=_("Deze versie staat er al voor dit model."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_report_model_display()} {self.code}"


class ReportItem(models.Model):
    """One line of the report on which a defect can be noted, with the categories it may get.

    `code` is ours and stays; `official_code` is empty until the official list was imported (domain A3).
    """

    report_version = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, related_name="items")
    code = models.CharField(_("eigen code"), max_length=40)
    official_code = models.CharField(_("officiële code"), max_length=40, blank=True)
    part = models.CharField(_("deel"), max_length=1, choices=Part)
    group = models.CharField(_("rubriek"), max_length=80)
    name = models.CharField(_("gebrek"), max_length=200)
    help = models.CharField(_("uitleg"), max_length=400, blank=True)
    categories = ArrayField(
        models.CharField(max_length=3, choices=Category), verbose_name=_("mogelijke categorieën")
    )
    certainty = models.CharField(
        _("zekerheid"), max_length=11, choices=Certainty, default=Certainty.PROVISIONAL
    )
    source = models.CharField(_("bron"), max_length=300, blank=True)
    is_active = models.BooleanField(_("in gebruik"), default=True)
    position = models.PositiveIntegerField(_("volgorde"), default=0)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("gebrek in het technisch verslag")
        verbose_name_plural = _("gebreken in het technisch verslag")
        constraints = (
            models.UniqueConstraint(
                fields=["report_version", "code"],
                name="reportitem_code_unique",
                violation_error_message=_("Deze code staat al in deze versie."),
            ),
            models.UniqueConstraint(
                fields=["report_version", "official_code"],
                condition=~Q(official_code="") & Q(is_active=True),
                name="reportitem_official_code_unique",
                violation_error_message=_("Deze officiële code staat al in deze versie."),
            ),
            models.CheckConstraint(
                condition=Q(categories__contained_by=list(Category.values)) & ~Q(categories=[]),
                name="reportitem_known_categories",
                violation_error_message=_("Kies minstens één categorie: I, II of III."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def shown_code(self) -> str:
        """The official code, or our own one."""
        return self.official_code or self.code


class OccupancyNorm(models.Model):
    """One line of the occupancy table: from so much on, at most so many persons. Empty means: not known."""

    measure = models.CharField(_("kijkt naar"), max_length=5, choices=NormMeasure)
    at_least = models.DecimalField(
        _("vanaf"), max_digits=6, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )
    persons = models.PositiveSmallIntegerField(_("hoogstens zoveel personen"))
    valid_from = models.DateField(_("geldig vanaf"))
    source = models.CharField(_("bron"), max_length=300)
    certainty = models.CharField(
        _("zekerheid"), max_length=11, choices=Certainty, default=Certainty.TO_CONFIRM
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("regel van de bezettingsnorm")
        verbose_name_plural = _("regels van de bezettingsnorm")
        constraints = (
            models.UniqueConstraint(
                fields=["measure", "valid_from", "at_least"],
                name="occupancynorm_one_line",
                violation_error_message=_("Deze regel staat er al voor die dag."),
            ),
            models.CheckConstraint(
                condition=Q(at_least__gte=0),
                name="occupancynorm_not_negative",
                violation_error_message=_("Dit kan niet onder nul liggen."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_measure_display()} ≥ {self.at_least}: {self.persons}"


class ItemImport(models.Model):
    """A list of items that was read from a file and shown, and waits for somebody to say yes."""

    report_version = models.ForeignKey(ReportVersion, on_delete=models.CASCADE, related_name="imports")
    rows = models.JSONField()
    # Of the list as it was when the difference was shown: another list by then asks for another look.
    list_digest = models.CharField(max_length=64)
    filename = models.CharField(max_length=200)
    source = models.CharField(_("bron"), max_length=300)
    certainty = models.CharField(max_length=11, choices=Certainty)
    uploaded_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.filename} ({self.report_version_id})"
