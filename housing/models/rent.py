"""Rent and charges of one tenant: the lease, what was paid each month, what was claimed on top, and indexations."""

from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from arsenaal.lib.amounts import euro
from cases.models import Case
from housing.enums_legal import PaymentMethod, YesNo
from housing.models.ledger import LedgerRow


def amount_field(label: Any, **kwargs: Any) -> Any:
    """Return a column for an amount in euro, never negative, up to ten million."""
    return models.DecimalField(
        label, max_digits=9, decimal_places=2, validators=[MinValueValidator(Decimal(0))], **kwargs
    )


class Lease(models.Model):
    """What the lease says, as far as it is known. It is corrected as one learns more (version)."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="lease")
    signed_on = models.DateField(_("ondertekend op"), null=True, blank=True)
    starts_on = models.DateField(_("huur begint op"), null=True, blank=True)
    ends_on = models.DateField(_("huur eindigt op"), null=True, blank=True)
    rent = amount_field(_("huur per maand bij het begin (euro)"), null=True, blank=True)
    deposit = amount_field(_("huurwaarborg (euro)"), null=True, blank=True)
    is_registered = models.CharField(
        _("is het contract geregistreerd?"), max_length=7, choices=YesNo, default=YesNo.UNKNOWN
    )
    registered_on = models.DateField(_("geregistreerd op"), null=True, blank=True)
    has_inventory = models.CharField(
        _("is er een plaatsbeschrijving?"), max_length=7, choices=YesNo, default=YesNo.UNKNOWN
    )
    updated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("huurcontract")
        verbose_name_plural = _("huurcontracten")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="lease_dates_in_order",
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
            models.CheckConstraint(
                condition=Q(registered_on__isnull=True) | Q(is_registered=YesNo.YES),
                name="lease_registered_on_when_registered",
                violation_error_message=_(
                    "Vul alleen een registratiedatum in als het contract geregistreerd is."
                ),
            ),
            models.CheckConstraint(
                condition=(Q(rent__isnull=True) | Q(rent__gte=0))
                & (Q(deposit__isnull=True) | Q(deposit__gte=0)),
                name="lease_amounts_not_negative",
                violation_error_message=_("Een bedrag kan niet onder nul liggen."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.starts_on}"

    @property
    def rent_label(self) -> str:
        """Write the rent as € 650,00."""
        return euro(self.rent)

    @property
    def deposit_label(self) -> str:
        """Write the deposit as € 1.950,00."""
        return euro(self.deposit)


class RentPayment(LedgerRow):
    """What was asked and what was paid for one month. A correction withdraws the line and writes another."""

    month = models.DateField(_("maand"))  # its first day
    due = amount_field(_("gevraagd (euro)"))
    paid = amount_field(_("betaald (euro)"))
    method = models.CharField(_("hoe"), max_length=12, choices=PaymentMethod, default=PaymentMethod.TRANSFER)

    class Meta(LedgerRow.Meta):
        abstract = False
        verbose_name = _("huurbetaling")
        verbose_name_plural = _("huurbetalingen")
        constraints = (
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["case", "month"],
                condition=Q(withdrawn_at__isnull=True),
                name="rentpayment_one_per_month",
                violation_error_message=_("Voor deze maand staat er al een bedrag."),
            ),
            models.CheckConstraint(
                condition=Q(due__gte=0, paid__gte=0),
                name="rentpayment_not_negative",
                violation_error_message=_("Een bedrag kan niet onder nul liggen."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="rentpayment_month_is_its_first_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.month:%Y-%m}"


class ChargeClaim(LedgerRow):
    """Costs and charges that the landlord claimed over a period, with or without a statement (art. 36 VWHD)."""

    from_on = models.DateField(_("over de periode van"))
    until_on = models.DateField(_("tot en met"))
    amount = amount_field(_("bedrag (euro)"))
    has_statement = models.CharField(
        _("zit er een afrekening met bewijs bij?"), max_length=7, choices=YesNo, default=YesNo.UNKNOWN
    )
    note = models.CharField(_("waarvoor?"), max_length=200, blank=True)

    class Meta(LedgerRow.Meta):
        abstract = False
        verbose_name = _("gevraagde kosten")
        verbose_name_plural = _("gevraagde kosten")
        constraints = (
            *LedgerRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="chargeclaim_dates_in_order",
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="chargeclaim_not_negative",
                violation_error_message=_("Een bedrag kan niet onder nul liggen."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.from_on} {self.amount}"

    @property
    def amount_label(self) -> str:
        """Write the amount as € 1.140,00."""
        return euro(self.amount)


class Indexation(LedgerRow):
    """A notice that the rent goes up (art. 34 VWHD)."""

    notified_on = models.DateField(_("aangekondigd op"))
    from_on = models.DateField(_("nieuwe huur vanaf"))
    old_rent = amount_field(_("oude huur (euro)"))
    new_rent = amount_field(_("nieuwe huur (euro)"))
    in_writing = models.CharField(
        _("schriftelijk aangekondigd?"), max_length=7, choices=YesNo, default=YesNo.UNKNOWN
    )

    class Meta(LedgerRow.Meta):
        abstract = False
        verbose_name = _("indexatie")
        verbose_name_plural = _("indexaties")
        constraints = (
            *LedgerRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(old_rent__gte=0, new_rent__gte=0),
                name="indexation_not_negative",
                violation_error_message=_("Een bedrag kan niet onder nul liggen."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.from_on}"

    @property
    def change_label(self) -> str:
        """Write it as € 640,00 → € 668,00."""
        return f"{euro(self.old_rent)} → {euro(self.new_rent)}"
