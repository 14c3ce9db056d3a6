"""Premiums, loans and the emergency purchase fund: what they are called and allow, as dated reference data."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from arsenaal.lib.amounts import euro
from arsenaal.lib.registries import ReferenceCode
from cases.enums import Certainty, ReferenceKind
from cases.models import ReferenceValue
from cases.reference import default_value, values_on
from housing.models import SupportRequest
from housing.renovation_enums import SupportKind

_GROUP = _("premies en leningen")
_FUND = "vlaanderen.be, Noodkoopfonds; energiehuis.3wplus.be"


def _name(
    kind: SupportKind, label: object, default: str, source: str, certainty: Certainty, note: str
) -> ReferenceCode:
    return ReferenceCode(
        f"support.{kind}",
        label,  # type: ignore[arg-type]
        ReferenceKind.TEXT.value,
        _GROUP,
        default=default,
        source=source,
        certainty=certainty.value,
        note=note,
    )


NAMES = {
    SupportKind.PREMIUM: _name(
        SupportKind.PREMIUM,
        _("hoe de renovatiepremie heet"),
        "Mijn VerbouwPremie",
        "vlaanderen.be, Mijn VerbouwPremie (2025)",
        Certainty.TO_CONFIRM,
        "Aanvragen na de werken. De bedragen zakten op 1 januari 2025; kijk na wat nu geldt. Een verhuurder krijgt "
        "enkel steun voor energiewerken, tenzij hij verhuurt via de woonmaatschappij.",
    ),
    SupportKind.LOAN: _name(
        SupportKind.LOAN,
        _("hoe de renovatielening heet"),
        "Mijn VerbouwLening",
        "vlaanderen.be, Mijn VerbouwLening",
        Certainty.TO_CONFIRM,
        "Goedkope lening via het Energiehuis, voor wie onder een inkomensgrens blijft.",
    ),
    SupportKind.FUND: _name(
        SupportKind.FUND,
        _("hoe het fonds voor noodkopers heet"),
        "Noodkoopfonds",
        _FUND,
        Certainty.CERTAIN,
        "Renteloze lening via het OCMW, met verplichte en gratis renovatiebegeleiding.",
    ),
    SupportKind.SCAN: _name(
        SupportKind.SCAN,
        _("hoe de gratis energiescan heet"),
        "Energiescan",
        "fluvius.be; assenede.be (2024)",
        Certainty.TO_CONFIRM,
        "Gratis voor wie onder de voorwaarden valt. Die veranderden in oktober 2024.",
    ),
}


def _amount(code: str, label: object, default: str, source: str, certainty: Certainty) -> ReferenceCode:
    return ReferenceCode(
        code,
        label,  # type: ignore[arg-type]
        ReferenceKind.AMOUNT.value,
        _GROUP,
        default=default,
        source=source,
        certainty=certainty.value,
    )


CEILINGS = {
    SupportKind.LOAN: _amount(
        "support.loan_max",
        _("hoogste bedrag van de renovatielening"),
        "60000",
        "vlaanderen.be, Mijn VerbouwLening",
        Certainty.TO_CONFIRM,
    ),
    SupportKind.FUND: _amount(
        "support.fund_max", _("hoogste bedrag van het Noodkoopfonds"), "50000", _FUND, Certainty.CERTAIN
    ),
}
CLOSED_MONTHS = ReferenceCode(
    "support.fund_closed_months",
    _("maanden waarin het Noodkoopfonds geen aanvragen neemt"),
    ReferenceKind.TEXT.value,
    _GROUP,
    default="11, 12",
    source=_FUND,
    certainty=Certainty.CERTAIN.value,
    note="De nummers van de maanden, met een komma ertussen.",
)
CODES = (*NAMES.values(), *CEILINGS.values(), CLOSED_MONTHS)


def months_of(text: str) -> frozenset[int]:
    """Read "11, 12" as an administrator typed it; what is no month is left out."""
    return frozenset(month for found in re.findall(r"\d+", text) if 1 <= (month := int(found)) <= 12)


@dataclass(frozen=True)
class SupportRules:
    """What holds on any day, read in one query."""

    rows: tuple[ReferenceValue, ...]  # latest first

    @classmethod
    def read(cls) -> "SupportRules":
        """Read them."""
        codes = [spec.code for spec in CODES]
        return cls(tuple(ReferenceValue.objects.filter(code__in=codes).order_by("-valid_from", "-pk")))

    def on(self, spec: ReferenceCode, day: dt.date) -> ReferenceValue:
        """Return the value of a code on a day."""
        return next(
            (row for row in self.rows if row.code == spec.code and row.valid_from <= day), default_value(spec)
        )

    def name(self, support: SupportRequest) -> str:
        """Return what it was called when it was asked."""
        value = self.name_value(support)
        return support.other if value is None else value.text

    def name_value(self, support: SupportRequest) -> ReferenceValue | None:
        """Return the name with how certain it is."""
        spec = NAMES.get(SupportKind(support.kind))
        return None if spec is None else self.on(spec, support.asked_on)

    def closed_months(self, day: dt.date) -> frozenset[int]:
        """Return in which months the fund takes no requests."""
        return months_of(self.on(CLOSED_MONTHS, day).text)

    def is_closed(self, day: dt.date) -> bool:
        """Whether the fund takes no requests on this day."""
        return day.month in self.closed_months(day)

    def warnings(self, support: SupportRequest) -> list[str]:
        """What looks wrong with a request. It warns and never blocks: rules change, and somebody may know better."""
        found = []
        kind, day = SupportKind(support.kind), support.asked_on
        if kind == SupportKind.FUND and self.is_closed(day):
            found.append(
                _g("Gevraagd in %(month)s: dan neemt het Noodkoopfonds geen aanvragen.")
                % {"month": MONTHS[day.month].lower()}
            )
        if (spec := CEILINGS.get(kind)) is not None and support.asked is not None:
            most = self.on(spec, day)
            if most.number is not None and support.asked > most.number:
                found.append(
                    _g("Meer gevraagd dan het hoogste bedrag: %(most)s.") % {"most": euro(most.number)}
                )
        return found


def support_names(day: dt.date) -> dict[str, str]:
    """Return what each kind of support is called on a day, in one query."""
    values = values_on([spec.code for spec in NAMES.values()], day)
    return {kind.value: values[spec.code].text for kind, spec in NAMES.items()}


def month_names(months: Iterable[int]) -> str:
    """Write "november, december"."""
    return ", ".join(str(MONTHS[month]).lower() for month in sorted(months))
