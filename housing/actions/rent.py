"""Rent and charges of a tenant: the lease, twelve months on one screen, charges, indexations."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from cases.actions.locking import lock_open_case
from cases.models import Case
from cases.timeline import record
from housing.actions.evidence import withdraw_line
from housing.enums_legal import YesNo
from housing.models import ChargeClaim, Indexation, Lease, RentPayment


class CannotSaveRent(ActionError):
    """The rent can't be written down like this; the message says why."""


class RentChanged(CannotSaveRent):
    """A month that stands would change: say why."""


@dataclass(frozen=True)
class MonthEntry:
    """What was typed for one month."""

    month: dt.date
    due: Decimal
    paid: Decimal
    method: str


def _tell(case: Case, by: User, title: str, chips: list[str] | None = None) -> None:
    record(
        "housing.evidence",
        case=case,
        by=by,
        title=title,
        data={"chips": [chip for chip in chips or [] if chip]},
        goal="housing",
    )


@transaction.atomic
def record_months(
    *, by: User, case: Case, entries: Sequence[MonthEntry], reason: str = ""
) -> list[RentPayment]:
    """Write down what was paid, month by month; what stands there already as it is, is left alone.

    A month that changes is withdrawn with `reason` and written again, so that nothing disappears. Returns the lines
    that are new. Raises RentChanged when a month changes without a reason, CannotSaveRent for a month that still has
    to come or lies more than thirty years back, CaseIsClosed.
    """
    case = lock_open_case(case)
    this_month = timezone.localdate().replace(day=1)
    standing = {row.month: row for row in RentPayment.objects.standing().filter(case=case)}
    written = []
    for entry in sorted(entries, key=lambda entry: entry.month):
        month = entry.month.replace(day=1)
        if month > this_month or month.year < this_month.year - 30:
            raise CannotSaveRent(
                _("%(month)s kan niet. Kies een maand tot en met vandaag.")
                % {"month": date_format(month, "F Y").capitalize()}
            )
        before = standing.get(month)
        if before is not None:
            if (before.due, before.paid, before.method) == (entry.due, entry.paid, entry.method):
                continue
            if not reason.strip():
                raise RentChanged(
                    _("%(month)s stond er al met een ander bedrag. Schrijf op waarom je dat verandert.")
                    % {"month": date_format(month, "F Y").capitalize()},
                    field="reason",
                )
            withdraw_line(by=by, line=before, reason=reason)
        written.append(
            RentPayment.objects.create(
                case=case,
                month=month,
                due=entry.due,
                paid=entry.paid,
                method=entry.method,
                recorded_by=by,
            )
        )
    if written:
        title = ngettext(
            "Betaalde huur genoteerd: %(n)d maand", "Betaalde huur genoteerd: %(n)d maanden", len(written)
        )
        _tell(case, by, title % {"n": len(written)})
    return written


@transaction.atomic
def save_lease(*, by: User, case: Case, version: int, **fields: Any) -> Lease:
    """Write down what the lease says, or correct it. `version` is 0 as long as there is none.

    A registration day says that it is registered. Raises ChangedMeanwhileError, CannotSaveRent, CaseIsClosed.
    """
    case = lock_open_case(case)
    lease = Lease.objects.select_for_update().filter(case=case).first()
    if lease is not None and lease.version != version:
        raise ChangedMeanwhileError(
            _("Een collega vulde het huurcontract net in."),
            current={
                _("Ondertekend op"): date_format(lease.signed_on, "j F Y") if lease.signed_on else "",
                _("Huur"): lease.rent_label,
                _("Waarborg"): lease.deposit_label,
                _("Geregistreerd"): str(lease.get_is_registered_display()),
                _("Plaatsbeschrijving"): str(lease.get_has_inventory_display()),
            },
        )
    if fields["starts_on"] and fields["ends_on"] and fields["ends_on"] < fields["starts_on"]:
        raise CannotSaveRent(_("De einddatum ligt voor de begindatum."), field="ends_on")
    if fields["registered_on"]:
        if fields["registered_on"] > timezone.localdate():
            raise CannotSaveRent(_("Deze dag moet nog komen."), field="registered_on")
        fields["is_registered"] = YesNo.YES
    lease = lease or Lease(case=case, version=0)
    for name, value in fields.items():
        setattr(lease, name, value)
    lease.updated_by = by
    lease.version += 1
    lease.save()
    _tell(case, by, _("Huurcontract nagekeken"))
    return lease


@transaction.atomic
def add_charge_claim(
    *,
    by: User,
    case: Case,
    from_on: dt.date,
    until_on: dt.date,
    amount: Decimal,
    has_statement: str = YesNo.UNKNOWN,
    note: str = "",
) -> ChargeClaim:
    """Write down costs that the landlord asked for. Raises CannotSaveRent for a period back to front; CaseIsClosed."""
    case = lock_open_case(case)
    if until_on < from_on:
        raise CannotSaveRent(_("De einddatum ligt voor de begindatum."), field="until_on")
    claim = ChargeClaim.objects.create(
        case=case,
        from_on=from_on,
        until_on=until_on,
        amount=amount,
        has_statement=has_statement,
        note=note.strip(),
        recorded_by=by,
    )
    _tell(case, by, _("Gevraagde kosten genoteerd"), [claim.amount_label])
    return claim


@transaction.atomic
def add_indexation(
    *,
    by: User,
    case: Case,
    notified_on: dt.date,
    from_on: dt.date,
    old_rent: Decimal,
    new_rent: Decimal,
    in_writing: str = YesNo.UNKNOWN,
) -> Indexation:
    """Write down that the rent was put up. Raises CannotSaveRent for a notice that still has to come; CaseIsClosed."""
    case = lock_open_case(case)
    if notified_on > timezone.localdate():
        raise CannotSaveRent(_("Deze dag moet nog komen."), field="notified_on")
    row = Indexation.objects.create(
        case=case,
        notified_on=notified_on,
        from_on=from_on,
        old_rent=old_rent,
        new_rent=new_rent,
        in_writing=in_writing,
        recorded_by=by,
    )
    _tell(case, by, _("Indexatie genoteerd"), [row.change_label])
    return row
