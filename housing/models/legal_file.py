"""The legal file (juridisch dossier): one lawyer for many tenants against one landlord."""

import datetime as dt

from django.db import models
from django.db.models import F, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from arsenaal.lib.amounts import euro
from cases.models import Case
from housing.enums_legal import (
    ClaimKind,
    ClaimState,
    CourtDateKind,
    CourtDateState,
    LegalState,
    PartyRole,
)
from housing.models.landlord import Landlord
from housing.models.rent import amount_field


class LegalFileQuerySet(QuerySet["LegalFile"]):
    """Questions about legal files."""

    def visible_to(self, user: User) -> "LegalFileQuerySet":
        """The files of which one may know that they are there: state, lawyer, next date. Not what is in them."""
        return self.filter(neighbourhood_id__in=user.access.where(Permission.LEGAL_FILE_READ))

    def open(self) -> "LegalFileQuerySet":
        """Files on which work goes on."""
        return self.filter(closed_at__isnull=True)

    def with_next_date(self) -> "LegalFileQuerySet":
        """Add `next_on`: the first date that still has to come."""
        coming = Q(dates__state=CourtDateState.OPEN, dates__on__gte=timezone.localdate())
        return self.annotate(next_on=Min("dates__on", filter=coming))


class LegalFile(models.Model):
    """A file of the lawyer. `case` is the block case, or that of the only household. Its content is hers alone."""

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="legal_files", verbose_name=_("dossier")
    )
    title = models.CharField(_("naam van het juridisch dossier"), max_length=140)
    lawyer = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="legal_files", verbose_name=_("wie is de jurist?")
    )
    state = models.CharField(_("stand"), max_length=12, choices=LegalState, default=LegalState.PREPARING)
    court = models.CharField(_("welk vredegerecht?"), max_length=120, blank=True)
    roll_number = models.CharField(_("rolnummer"), max_length=40, blank=True)
    strategy = models.TextField(_("aanpak"), max_length=10000, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    last_exhibit = models.PositiveIntegerField(
        default=0, editable=False
    )  # its row is locked while one is given
    last_bundle = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = LegalFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("juridisch dossier")
        verbose_name_plural = _("juridische dossiers")
        indexes = (
            models.Index(F("neighbourhood"), F("opened_at").desc(), F("id").desc(), name="legalfile_newest"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(closed_at__isnull=True),
                name="legalfile_one_open_per_case",
                violation_error_message=_("Dit dossier heeft al een juridisch dossier dat loopt."),
            ),
            models.CheckConstraint(
                condition=Q(state=LegalState.CLOSED, closed_at__isnull=False, closed_by__isnull=False)
                | (~Q(state=LegalState.CLOSED) & Q(closed_at__isnull=True, closed_by__isnull=True)),
                name="legalfile_closed_paired",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the file's page."""
        return reverse("housing:legal-file", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Tell whether work goes on."""
        return self.closed_at is None


class LegalTenant(models.Model):
    """A household that takes part in a legal file, through its case."""

    legal_file = models.ForeignKey(LegalFile, on_delete=models.PROTECT, related_name="tenants")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="legal_tenancies")
    joined_at = models.DateTimeField()
    joined_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    left_at = models.DateTimeField(null=True, blank=True)
    left_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    left_reason = models.CharField(_("waarom?"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("huurder in een juridisch dossier")
        verbose_name_plural = _("huurders in juridische dossiers")
        constraints = (
            models.UniqueConstraint(
                fields=["legal_file", "case"],
                name="legaltenant_once",
                violation_error_message=_("Deze huurder doet al mee."),
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True, left_by__isnull=True, left_reason="")
                | (Q(left_at__isnull=False, left_by__isnull=False) & ~Q(left_reason="")),
                name="legaltenant_left_paired",
            ),
        )

    def __str__(self) -> str:
        return f"{self.legal_file_id}: {self.case_id}"

    @property
    def takes_part(self) -> bool:
        """Tell whether this household is still in."""
        return self.left_at is None


class LegalParty(models.Model):
    """Somebody on the other side, or beside the parties."""

    legal_file = models.ForeignKey(LegalFile, on_delete=models.PROTECT, related_name="parties")
    role = models.CharField(_("in welke rol?"), max_length=11, choices=PartyRole)
    landlord = models.ForeignKey(
        Landlord,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("verhuurder uit het register"),
    )
    name = models.CharField(_("naam"), max_length=140)
    address = models.CharField(_("adres, telefoon of e-mail"), max_length=200, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("partij")
        verbose_name_plural = _("partijen")

    def __str__(self) -> str:
        return self.name


class Claim(models.Model):
    """One thing that is asked for one tenant (vordering)."""

    tenant = models.ForeignKey(
        LegalTenant, on_delete=models.PROTECT, related_name="claims", verbose_name=_("voor welk gezin?")
    )
    kind = models.CharField(_("wat vragen we?"), max_length=14, choices=ClaimKind)
    amount = amount_field(_("bedrag (euro)"), null=True, blank=True)
    ground = models.TextField(_("waarop steunt het?"), max_length=4000, blank=True)
    state = models.CharField(_("stand"), max_length=9, choices=ClaimState, default=ClaimState.DRAFT)
    awarded = amount_field(_("toegekend of geregeld (euro)"), null=True, blank=True)
    recovered = amount_field(_("al ontvangen of kwijtgescholden (euro)"), null=True, blank=True)
    decided_on = models.DateField(_("beslist op"), null=True, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("vordering")
        verbose_name_plural = _("vorderingen")
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=["granted", "partly", "rejected", "settled"], decided_on__isnull=False)
                | (~Q(state__in=["granted", "partly", "rejected", "settled"]) & Q(decided_on__isnull=True)),
                name="claim_decided_has_a_day",
                violation_error_message=_("Een beslissing heeft een dag nodig."),
            ),
            models.CheckConstraint(
                condition=Q(awarded__isnull=True) | Q(state__in=["granted", "partly", "settled"]),
                name="claim_awarded_when_won",
                violation_error_message=_("Alleen wat toegekend of geregeld is, heeft een bedrag."),
            ),
            models.CheckConstraint(
                condition=Q(recovered__isnull=True) | Q(awarded__isnull=False, recovered__lte=F("awarded")),
                name="claim_recovered_within_awarded",
                violation_error_message=_("Er kan niet meer ontvangen zijn dan toegekend."),
            ),
            models.CheckConstraint(
                condition=(Q(amount__isnull=True) | Q(amount__gte=0))
                & (Q(awarded__isnull=True) | Q(awarded__gte=0))
                & (Q(recovered__isnull=True) | Q(recovered__gte=0)),
                name="claim_amounts_not_negative",
                violation_error_message=_("Een bedrag kan niet onder nul liggen."),
            ),
        )

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def amount_label(self) -> str:
        """Write the amount as € 4.300,00."""
        return euro(self.amount)

    @property
    def awarded_label(self) -> str:
        """Write what was awarded."""
        return euro(self.awarded)

    @property
    def recovered_label(self) -> str:
        """Write what came in."""
        return euro(self.recovered)


class CourtDate(models.Model):
    """A day with consequences in a legal file (zitting, conclusietermijn)."""

    legal_file = models.ForeignKey(LegalFile, on_delete=models.PROTECT, related_name="dates")
    kind = models.CharField(_("wat is het?"), max_length=12, choices=CourtDateKind)
    on = models.DateField(_("op"))
    at = models.TimeField(_("om"), null=True, blank=True)
    place = models.CharField(_("waar?"), max_length=140, blank=True)
    note = models.TextField(_("wat moet er klaar zijn?"), max_length=2000, blank=True)
    state = models.CharField(_("stand"), max_length=9, choices=CourtDateState, default=CourtDateState.OPEN)
    result = models.CharField(_("wat kwam eruit?"), max_length=300, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("datum van een juridisch dossier")
        verbose_name_plural = _("data van juridische dossiers")
        indexes = (
            models.Index(fields=["legal_file", "on"], condition=Q(state="open"), name="courtdate_coming"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"

    def is_late(self, today: dt.date | None = None) -> bool:
        """Tell whether it passed without anybody saying how it went."""
        return self.state == CourtDateState.OPEN and self.on < (today or timezone.localdate())
