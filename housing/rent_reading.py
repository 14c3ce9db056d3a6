"""Reading what a tenant paid, and what to look at again. Checks propose; they accuse nobody."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from arsenaal.lib.amounts import euro
from cases.models import Case
from cases.reference import values_on
from housing.enums_legal import PaymentMethod, YesNo
from housing.models import ChargeClaim, Indexation, Lease, RentPayment

MONTHS_BACK = 12  # on one screen
RULES = (
    "rent.deposit_months",
    "rent.registration_months",
    "rent.index_back_months",
    "rent.charges_need_statement",
    "rent.inventory_needed",
)


@dataclass(frozen=True)
class RentTotals:
    """What was asked and paid over all months that stand."""

    due: Decimal
    paid: Decimal
    without_proof: Decimal  # paid in hand, with nothing to show for it
    months: int

    @property
    def paid_label(self) -> str:
        """What was paid."""
        return euro(self.paid)

    @property
    def without_proof_label(self) -> str:
        """What was paid without proof."""
        return euro(self.without_proof)


def rent_totals(payments: Iterable[RentPayment]) -> RentTotals:
    """Add up the months that stand; a withdrawn line counts for nothing."""
    standing = [payment for payment in payments if payment.is_standing]
    nothing = Decimal(0)
    return RentTotals(
        due=sum((payment.due for payment in standing), nothing),
        paid=sum((payment.paid for payment in standing), nothing),
        without_proof=sum((p.paid for p in standing if p.method == PaymentMethod.CASH), nothing),
        months=len(standing),
    )


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (dt.date(year + (month == 11), (month + 1) % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(day.day, last))


@dataclass(frozen=True)
class Check:
    """Something to look at again, with the rule it rests on."""

    title: str
    detail: str
    source: str
    is_confirmed: bool  # whether somebody confirmed the rule itself


@dataclass(frozen=True)
class RentSheet:
    """Everything about rent of one case, as its page shows it."""

    lease: Lease | None
    payments: Sequence[RentPayment]
    charges: Sequence[ChargeClaim]
    indexations: Sequence[Indexation]

    @classmethod
    def of(cls, case: Case) -> "RentSheet":
        """Read it in four queries."""
        return cls(
            lease=Lease.objects.filter(case=case).first(),
            payments=list(RentPayment.objects.standing().filter(case=case).order_by("-month", "-pk")),
            charges=list(ChargeClaim.objects.standing().filter(case=case).order_by("-from_on", "-pk")),
            indexations=list(Indexation.objects.standing().filter(case=case).order_by("-from_on", "-pk")),
        )

    @property
    def totals(self) -> RentTotals:
        """What was asked and paid."""
        return rent_totals(self.payments)


def rent_checks(sheet: RentSheet, *, today: dt.date | None = None) -> list[Check]:
    """Return what deserves another look, each with its article of the Vlaams Woninghuurdecreet. One query.

    The rules hold for leases signed from 1 January 2019; for older ones nothing is said.
    """
    today = today or timezone.localdate()
    lease = sheet.lease
    signed = (lease.signed_on or lease.starts_on) if lease else None
    if signed is not None and signed < dt.date(2019, 1, 1):
        return []
    # The rule of the day on which it was agreed; of today as long as that isn't known.
    rules = values_on(RULES, signed or today)
    found: list[tuple[str, str, str]] = []
    if lease is not None:
        found += _of_lease(lease, {code: int(rules[code].number or 0) for code in RULES[:2]}, today)
        if lease.has_inventory == YesNo.NO and rules["rent.inventory_needed"].text == "yes":
            found.append(
                (
                    "rent.inventory_needed",
                    _("Geen plaatsbeschrijving"),
                    _(
                        "Zonder plaatsbeschrijving is het vermoeden dat de huurder de woning teruggeeft zoals "
                        "hij ze kreeg."
                    ),
                )
            )
    if rules["rent.charges_need_statement"].text == "yes":
        found += [
            (
                "rent.charges_need_statement",
                _("Kosten zonder afrekening"),
                _("%(amount)s voor %(from)s tot %(until)s. Vraag de afrekening en de bewijzen op.")
                % {
                    "amount": claim.amount_label,
                    "from": date_format(claim.from_on, "j F Y"),
                    "until": date_format(claim.until_on, "j F Y"),
                },
            )
            for claim in sheet.charges
            if claim.has_statement == YesNo.NO
        ]
    back = int(rules["rent.index_back_months"].number or 0)
    found += [("rent.index_back_months", *words) for words in _of_indexations(sheet, back)]
    return [
        Check(title, detail, rules[code].source, rules[code].certainty == "certain")
        for code, title, detail in found
    ]


def _of_lease(lease: Lease, months: dict[str, int], today: dt.date) -> list[tuple[str, str, str]]:
    found = []
    limit = months["rent.deposit_months"]
    if lease.deposit is not None and lease.rent and lease.deposit > limit * lease.rent:
        found.append(
            (
                "rent.deposit_months",
                _("Waarborg boven %(n)d maanden huur") % {"n": limit},
                _("%(deposit)s is meer dan %(n)d keer %(rent)s.")
                % {"deposit": lease.deposit_label, "n": limit, "rent": lease.rent_label},
            )
        )
    start = lease.signed_on or lease.starts_on
    if start is None:
        return found
    last_day = add_months(start, months["rent.registration_months"])
    late = lease.registered_on is not None and lease.registered_on > last_day
    if late or (lease.is_registered == YesNo.NO and today > last_day):
        found.append(
            (
                "rent.registration_months",
                _("Contract te laat of niet geregistreerd"),
                _(
                    "De verhuurder had tot %(day)s. Zolang het niet geregistreerd is, kan de huurder zonder opzeg weg."
                )
                % {"day": date_format(last_day, "j F Y")},
            )
        )
    return found


def _of_indexations(sheet: RentSheet, back: int) -> list[tuple[str, str]]:
    """Once a year, on the anniversary, in writing, and not further back than the rule allows."""
    found = []
    start = sheet.lease.starts_on if sheet.lease else None
    ordered = sorted(sheet.indexations, key=lambda row: row.from_on)
    for before, row in zip([None, *ordered], ordered, strict=False):
        day, words = date_format(row.from_on, "j F Y"), []
        if before is not None and row.from_on < add_months(before.from_on, 12):
            words.append(_("de vorige ging in op %(day)s") % {"day": date_format(before.from_on, "j F Y")})
        if start is not None:
            years = row.from_on.year - start.year
            anniversary = add_months(start, 12 * years)
            if years < 1 or row.from_on < anniversary:
                words.append(_("ze kan pas op de verjaardag van het contract"))
        if row.in_writing == YesNo.NO:
            words.append(_("ze werd niet schriftelijk gevraagd"))
        if row.from_on < add_months(row.notified_on, -back):
            words.append(_("ze werkt meer dan %(n)d maanden terug") % {"n": back})
        if words:
            found.append((_("Indexatie van %(day)s") % {"day": day}, ", ".join(words).capitalize() + "."))
    return found
