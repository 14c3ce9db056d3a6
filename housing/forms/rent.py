"""Rent and charges: the lease, twelve months on one screen, charges, indexations."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.widgets import DayInput, Segments
from arsenaal.lib.dates import validate_not_future, validate_sensible_date
from housing.actions.rent import MonthEntry
from housing.enums_legal import PaymentMethod, YesNo
from housing.forms.registers import number_field, text_field
from housing.models import ChargeClaim, Indexation, Lease, RentPayment
from housing.rent_reading import MONTHS_BACK, add_months


def day_field(label: Any, *, required: bool = True, past: bool = False, **kwargs: Any) -> forms.DateField:
    """Return a field for a day that can be meant; `past` refuses what still has to come."""
    check = validate_not_future if past else validate_sensible_date
    return forms.DateField(label=label, required=required, widget=DayInput(), validators=[check], **kwargs)


def amount_input(model_field: Any, **kwargs: Any) -> forms.Field:
    """Return the field of an amount in euro: never below zero."""
    field = number_field(model_field, **kwargs)
    field.validators.append(MinValueValidator(0, _("Een bedrag kan niet onder nul liggen.")))
    return field


def yes_no_field(model: Any, name: str) -> forms.ChoiceField:
    """Return the field of a yes, no or not known yet."""
    return forms.ChoiceField(
        label=model._meta.get_field(name).verbose_name,
        choices=YesNo.choices,
        initial=YesNo.UNKNOWN,
        widget=Segments,
    )


class LeaseForm(forms.Form):
    """What the lease says."""

    signed_on = day_field(_("Ondertekend op"), required=False, past=True)
    starts_on = day_field(_("Huur begint op"), required=False)
    ends_on = day_field(_("Huur eindigt op"), required=False, help_text=_("Leeg als er geen einddatum is."))
    rent = amount_input(Lease._meta.get_field("rent"))
    deposit = amount_input(Lease._meta.get_field("deposit"))
    is_registered = yes_no_field(Lease, "is_registered")
    registered_on = day_field(_("Geregistreerd op"), required=False, past=True)
    has_inventory = yes_no_field(Lease, "has_inventory")
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.label:
                field.label = str(field.label)[0].upper() + str(field.label)[1:]

    @staticmethod
    def initial_of(lease: Lease | None) -> dict[str, Any]:
        """Return what stands there now."""
        if lease is None:
            return {}
        names = (
            "signed_on",
            "starts_on",
            "ends_on",
            "rent",
            "deposit",
            "is_registered",
            "registered_on",
            "has_inventory",
            "version",
        )
        return {name: getattr(lease, name) for name in names}


class ChargeClaimForm(forms.Form):
    """Costs that the landlord asked for."""

    from_on = day_field(_("Over de periode van"))
    until_on = day_field(_("Tot en met"))
    amount = amount_input(ChargeClaim._meta.get_field("amount"), label=_("Bedrag (euro)"))
    note = text_field(_("Waarvoor?"), 200, help_text=_("Bijvoorbeeld water, gemene delen of “diverse”."))
    has_statement = yes_no_field(ChargeClaim, "has_statement")


class IndexationForm(forms.Form):
    """The rent was put up."""

    notified_on = day_field(_("Aangekondigd op"), past=True)
    from_on = day_field(_("Nieuwe huur vanaf"))
    old_rent = amount_input(Indexation._meta.get_field("old_rent"), label=_("Oude huur (euro)"))
    new_rent = amount_input(Indexation._meta.get_field("new_rent"), label=_("Nieuwe huur (euro)"))
    in_writing = yes_no_field(Indexation, "in_writing")


class WithdrawForm(forms.Form):
    """Why a line no longer counts."""

    reason = text_field(
        _("Waarom?"), 300, required=True, help_text=_("De regel blijft leesbaar, maar telt niet meer mee.")
    )


class MonthRow:
    """One month as the screen shows it: its name and its three fields."""

    def __init__(self, form: "MonthsForm", month: dt.date, standing: RentPayment | None) -> None:
        key = f"{month:%Y_%m}"
        self.month = month
        self.name = date_format(month, "F Y").capitalize()
        self.due, self.paid, self.method = form[f"due_{key}"], form[f"paid_{key}"], form[f"method_{key}"]
        self.is_known = standing is not None

    @property
    def errors(self) -> list[str]:
        """What is wrong in this month."""
        return [error for field in (self.due, self.paid, self.method) for error in field.errors]


class MonthsForm(forms.Form):
    """Twelve months on one screen. "Every month the same" fills what is left empty."""

    same_due = amount_input(
        RentPayment._meta.get_field("due"), required=False, label=_("Elke lege maand gevraagd (euro)")
    )
    same_paid = amount_input(
        RentPayment._meta.get_field("paid"), required=False, label=_("Elke lege maand betaald (euro)")
    )
    same_method = forms.ChoiceField(
        label=_("Elke lege maand betaald met"),
        choices=PaymentMethod.choices,
        initial=PaymentMethod.TRANSFER,
        required=False,
    )
    reason = text_field(
        _("Waarom verandert er iets?"),
        300,
        help_text=_("Alleen nodig als je een maand verandert die er al stond."),
    )

    def __init__(
        self,
        *args: Any,
        last: dt.date,
        standing: Sequence[RentPayment],
        usual: Decimal | None,
        **kwargs: Any,
    ) -> None:
        """`last` is the last month on the screen, `standing` what is known, `usual` the rent as the lease says."""
        super().__init__(*args, **kwargs)
        self.months = [add_months(last, -back) for back in range(MONTHS_BACK)]
        self.known = {payment.month: payment for payment in standing}
        self.fields["same_due"].initial = usual
        for month in self.months:
            key, known = f"{month:%Y_%m}", self.known.get(month)
            names = {"name": date_format(month, "F Y")}
            for part, label in (
                ("due", _g("gevraagd in %(name)s") % names),
                ("paid", _g("betaald in %(name)s") % names),
            ):
                field = amount_input(RentPayment._meta.get_field(part), required=False, label=label)
                field.initial = getattr(known, part) if known else None
                self._name(field, label, "form-control")
                self.fields[f"{part}_{key}"] = field
            method = forms.ChoiceField(
                label=_g("hoe in %(name)s") % names,
                choices=[("", "–"), *PaymentMethod.choices],
                required=False,
                initial=known.method if known else "",
            )
            self._name(method, str(method.label), "form-select")
            self.fields[f"method_{key}"] = method

    @staticmethod
    def _name(field: forms.Field, label: str, look: str) -> None:
        """The name of a field in a table stands in its head: a screen reader gets it here."""
        field.widget.attrs |= {"aria-label": label, "class": look}

    def rows(self) -> list[MonthRow]:
        """Return the months, newest first."""
        return [MonthRow(self, month, self.known.get(month)) for month in self.months]

    def clean(self) -> dict[str, Any]:
        """A month is whole or empty; what is empty takes what is the same every month, if that was filled in."""
        data = super().clean() or {}
        same_paid, same_due = data.get("same_paid"), data.get("same_due")
        if same_paid is not None and same_due is None:
            same_due = same_paid
        self.entries: list[MonthEntry] = []
        for month in self.months:
            key = f"{month:%Y_%m}"
            due, paid, method = (data.get(f"{part}_{key}") for part in ("due", "paid", "method"))
            if any(f"{part}_{key}" in self.errors for part in ("due", "paid", "method")):
                continue
            if due is None and paid is None:
                if month in self.known:
                    self.add_error(
                        f"paid_{key}",
                        _g("Deze maand stond er al. Vul een bedrag in, of trek de regel in bij het bewijs."),
                    )
                elif same_paid is not None:
                    self._add(month, same_due, same_paid, method or data.get("same_method"))
                continue
            if paid is None:
                self.add_error(f"paid_{key}", _g("Hoeveel is er betaald? Niets is 0."))
                continue
            self._add(month, paid if due is None else due, paid, method or data.get("same_method"))
        if not self.errors and not self.entries:
            raise forms.ValidationError(_g("Vul minstens één maand in."))
        return data

    def _add(self, month: dt.date, due: Decimal | None, paid: Decimal, method: str | None) -> None:
        chosen = method or PaymentMethod.TRANSFER
        self.entries.append(MonthEntry(month, due if due is not None else paid, paid, chosen))


def last_month(text: str) -> dt.date:
    """Read "2025-11" as the last month on the screen; nonsense and the future are this month."""
    this_month = timezone.localdate().replace(day=1)
    try:
        asked = dt.datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        return this_month
    return min(max(asked, add_months(this_month, -12 * 29)), this_month)
