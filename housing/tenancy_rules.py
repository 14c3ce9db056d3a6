"""Rights and the fund against evictions: what they are called, ask and pay, as dated reference data; and the sums."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from arsenaal.lib.amounts import euro
from arsenaal.lib.registries import ReferenceCode
from arsenaal.lib.workdays import add_working_days
from cases.enums import Certainty, ReferenceKind
from cases.models import ReferenceValue
from cases.reference import default_value, values_on
from housing.models import EvictionFundFile, RightClaim
from housing.tenancy_enums import FundState, RightKind

_RIGHTS, _FUND = _("rechten van huurders"), _("fonds tegen uithuiszettingen")
_SURE, _ASK = Certainty.CERTAIN, Certainty.TO_CONFIRM
_SUBSIDY = "wonenvlaanderen.be, huursubsidie (2022)"
_PREMIUM = "wonenvlaanderen.be, veelgestelde vragen over de huurpremie"
_LOCAL = "vlaanderen.be/lokaal-woonbeleid, fonds ter bestrijding van de uithuiszettingen"


def _code(
    code: str,
    label: object,
    kind: ReferenceKind,
    default: str,
    source: str,
    certainty: Certainty,
    *,
    group: object = _RIGHTS,
    year: int = 2022,
    unit: object = "",
    note: str = "",
) -> ReferenceCode:
    return ReferenceCode(
        code,
        label,  # type: ignore[arg-type]
        kind.value,
        group,  # type: ignore[arg-type]
        default=default,
        source=source,
        certainty=certainty.value,
        valid_from=dt.date(year, 1, 1),
        unit=unit,  # type: ignore[arg-type]
        note=note,
    )


def _name(
    kind: RightKind, label: object, default: str, source: str, certainty: Certainty, note: str
) -> ReferenceCode:
    return _code(f"right.{kind}", label, ReferenceKind.TEXT, default, source, certainty, note=note)


NAMES = {
    RightKind.RENT_SUBSIDY: _name(
        RightKind.RENT_SUBSIDY,
        _("hoe de huursubsidie heet"),
        "Huursubsidie",
        _SUBSIDY,
        _SURE,
        "Na een verhuis uit een ongeschikte, onbewoonbare, overbewoonde of onaangepaste woning, na dakloosheid, of "
        "naar de woonmaatschappij. De oude en de nieuwe woning worden onderzocht, en daaruit kan een procedure volgen.",
    ),
    RightKind.RENT_PREMIUM: _name(
        RightKind.RENT_PREMIUM,
        _("hoe de huurpremie heet"),
        "Huurpremie",
        _PREMIUM,
        _SURE,
        "Voor wie wacht op een sociale woning.",
    ),
    RightKind.RAISED_REFUND: _name(
        RightKind.RAISED_REFUND,
        _("hoe de verhoogde tegemoetkoming heet"),
        "Verhoogde tegemoetkoming",
        "na te kijken bij het ziekenfonds",
        _ASK,
        "Opent vaak andere rechten, zoals het sociaal tarief. Kijk de voorwaarden na bij het ziekenfonds.",
    ),
    RightKind.SOCIAL_TARIFF: _name(
        RightKind.SOCIAL_TARIFF,
        _("hoe het sociaal tarief voor energie heet"),
        "Sociaal tarief energie",
        "na te kijken bij de leverancier of het Energiepunt",
        _ASK,
        "Wordt vaak vanzelf toegekend aan een beschermde klant. Kijk na of dat gebeurd is.",
    ),
    RightKind.LIVING_WAGE: _name(
        RightKind.LIVING_WAGE,
        _("hoe het leefloon heet"),
        "Leefloon",
        "na te kijken bij het Sociaal Huis",
        _ASK,
        "Te vragen aan het OCMW. Het bedrag hangt af van de gezinstoestand.",
    ),
    RightKind.CHILD_SUPPLEMENT: _name(
        RightKind.CHILD_SUPPLEMENT,
        _("hoe de sociale toeslag van het Groeipakket heet"),
        "Sociale toeslag Groeipakket",
        "na te kijken bij de uitbetaler van het Groeipakket",
        _ASK,
        "Hangt af van het inkomen en het aantal kinderen.",
    ),
    RightKind.STUDY_GRANT: _name(
        RightKind.STUDY_GRANT,
        _("hoe de schooltoeslag of studietoelage heet"),
        "Schooltoeslag of studietoelage",
        "na te kijken op studietoelagen.be",
        _ASK,
        "Per leerling of student, voor een schooljaar.",
    ),
    RightKind.INSTALLATION: _name(
        RightKind.INSTALLATION,
        _("hoe de installatiepremie heet"),
        "Installatiepremie",
        "na te kijken bij het Sociaal Huis",
        _ASK,
        "Eenmalig, van het OCMW, voor wie dakloos was en zich vestigt.",
    ),
}
MORE_RIGHTS = _code(
    "right.more",
    _("andere rechten die we aanbieden om te bekijken"),
    ReferenceKind.TEXT,
    "Tussenkomst van het verwarmingsfonds; Sociale waterprijs; Kansenpas; Inkomensgarantie voor ouderen",
    "lijst van het team",
    Certainty.PROVISIONAL,
    note="Met een puntkomma tussen twee rechten. Wat je hier bijzet, staat morgen in de keuzelijst.",
)
SUSPENDS = _code(
    "right.premium_suspends",
    _("de huurpremie ligt stil zolang de woning niet in orde is"),
    ReferenceKind.YES_NO,
    "yes",
    _PREMIUM,
    _SURE,
    note="Ze loopt verder vanaf de maand nadat getoond is dat de woning in orde is.",
)


def _limit(code: str, label: object, default: str) -> ReferenceCode:
    return _code(
        f"right.subsidy_{code}",
        label,
        ReferenceKind.AMOUNT,
        default,
        _SUBSIDY,
        _ASK,
        note="Bedrag van 2022. Kijk na wat nu geldt.",
    )


# What is known of the limits of each right, to look at together with the family.
LIMITS = {
    RightKind.RENT_SUBSIDY: (
        _limit("single", _("huursubsidie: hoogste inkomen van een alleenstaande"), "25850"),
        _limit(
            "disabled", _("huursubsidie: hoogste inkomen van een alleenstaande met een handicap"), "28015"
        ),
        _limit("family", _("huursubsidie: hoogste inkomen van een gezin met één persoon ten laste"), "38773"),
        _limit("dependant", _("huursubsidie: erbij per persoon ten laste"), "2167"),
        _limit("rent", _("huursubsidie: hoogste huur"), "618.25"),
        _limit("rent_listed", _("huursubsidie: hoogste huur in sommige gemeenten"), "680.07"),
    ),
}


def _fund(
    code: str, label: object, kind: ReferenceKind, default: str, certainty: Certainty, **more: object
) -> ReferenceCode:
    return _code(
        f"eviction_fund.{code}",
        label,
        kind,
        default,
        _LOCAL,
        certainty,
        group=_FUND,
        year=2024,
        **more,  # type: ignore[arg-type]
    )


_YEARLY = "Bedrag van 2024. Het wordt geïndexeerd: kijk na wat nu geldt."
MONTHS_LEAST = _fund(
    "months_least", _("achterstand van minstens zoveel maanden huur"), ReferenceKind.NUMBER, "2", _SURE
)
MONTHS_MOST = _fund(
    "months_most", _("achterstand van hoogstens zoveel maanden huur"), ReferenceKind.NUMBER, "6", _SURE
)
SHARE = _fund(
    "share",
    _("deel van de achterstand dat de verhuurder krijgt"),
    ReferenceKind.NUMBER,
    "50",
    _SURE,
    unit="%",
)
SHARE_MAX = _fund(
    "share_max", _("hoogste bedrag voor de verhuurder"), ReferenceKind.AMOUNT, "1482", _ASK, note=_YEARLY
)
PAY_TERM = _fund(
    "pay_term",
    _("termijn om de verhuurder te betalen"),
    ReferenceKind.WORKDAYS,
    "10",
    _SURE,
    note="We tellen vanaf de dag dat de overeenkomst getekend is.",
)
NOTICE = _fund(
    "notice", _("zoveel verwittigt de verhuurder het OCMW vooraf, minstens"), ReferenceKind.DAYS, "14", _SURE
)
BACK_FIXED = _fund(
    "back_fixed",
    _("vast bedrag dat het OCMW van het fonds krijgt"),
    ReferenceKind.AMOUNT,
    "238",
    _ASK,
    note=_YEARLY,
)
BACK_SHARE = _fund(
    "back_share",
    _("deel van de achterstand dat het OCMW erbij krijgt"),
    ReferenceKind.NUMBER,
    "25",
    _SURE,
    unit="%",
)
BACK_MAX = _fund(
    "back_max", _("hoogste bedrag dat het OCMW erbij krijgt"), ReferenceKind.AMOUNT, "741", _ASK, note=_YEARLY
)
FUND_CODES = (
    MONTHS_LEAST,
    MONTHS_MOST,
    SHARE,
    SHARE_MAX,
    PAY_TERM,
    NOTICE,
    BACK_FIXED,
    BACK_SHARE,
    BACK_MAX,
)
CODES = (
    *NAMES.values(),
    MORE_RIGHTS,
    SUSPENDS,
    *(spec for group in LIMITS.values() for spec in group),
    *FUND_CODES,
)

_CENT, _HUNDRED = Decimal("0.01"), Decimal(100)


def share_of(amount: Decimal, percent: Decimal, most: Decimal) -> Decimal:
    """Return so much percent of an amount, to the cent, and never more than `most` or less than nothing."""
    part = (amount * percent / _HUNDRED).quantize(_CENT, ROUND_HALF_UP)
    return max(Decimal(0), min(part, most))


def is_within_months(rent: Decimal, arrears: Decimal, least: Decimal, most: Decimal) -> bool:
    """Whether the arrears lie between so many months of rent, both included."""
    return rent * least <= arrears <= rent * most


def first_of_next_month(day: dt.date) -> dt.date:
    """Return the first day of the month after this day."""
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def words_of(text: str) -> list[str]:
    """Read "Kansenpas; Sociale waterprijs" as an administrator typed it, each once, in his order."""
    return list(dict.fromkeys(word for part in re.split(r"[;\n]", text) if (word := part.strip()[:120])))


@dataclass(frozen=True)
class FundSums:
    """What the fund would pay for a file, with what the sums come from."""

    months: Decimal  # of rent that are owed
    landlord: Decimal
    back_fixed: Decimal
    back_share: Decimal
    is_within: bool

    @property
    def landlord_label(self) -> str:
        """Write it as € 975,00."""
        return euro(self.landlord)

    @property
    def back_label(self) -> str:
        """What the OCMW gets back, all together."""
        return euro(self.back_fixed + self.back_share)


@dataclass(frozen=True)
class TenancyRules:
    """What holds on any day, read in one query."""

    rows: tuple[ReferenceValue, ...]  # latest first

    @classmethod
    def read(cls) -> "TenancyRules":
        """Read them."""
        codes = [spec.code for spec in CODES]
        return cls(tuple(ReferenceValue.objects.filter(code__in=codes).order_by("-valid_from", "-pk")))

    def on(self, spec: ReferenceCode, day: dt.date) -> ReferenceValue:
        """Return the value of a code on a day."""
        return next(
            (row for row in self.rows if row.code == spec.code and row.valid_from <= day), default_value(spec)
        )

    def number(self, spec: ReferenceCode, day: dt.date) -> Decimal:
        """Return a number on a day."""
        return self.on(spec, day).number or Decimal(0)

    def name(self, claim: RightClaim, today: dt.date) -> str:
        """Return what a right is called: when it was asked, or now."""
        value = self.name_value(claim, today)
        return claim.other if value is None else value.text

    def name_value(self, claim: RightClaim, today: dt.date) -> ReferenceValue | None:
        """Return the name with how certain it is."""
        spec = NAMES.get(RightKind(claim.kind))
        return None if spec is None else self.on(spec, claim.asked_on or today)

    def suspends(self, day: dt.date) -> ReferenceValue | None:
        """Return the rule that a premium stops while the dwelling fails, when it holds."""
        value = self.on(SUSPENDS, day)
        return value if value.text == "yes" else None

    def pay_until(self, signed_on: dt.date) -> dt.date:
        """Return the last day on which the landlord must be paid."""
        return add_working_days(signed_on, int(self.number(PAY_TERM, signed_on)))

    def sums(self, found: EvictionFundFile, today: dt.date) -> FundSums:
        """Return what the fund would pay, by what holds on the day of the agreement, or today."""
        day = found.signed_on or today
        return FundSums(
            months=(found.arrears / found.rent).quantize(Decimal("0.1"), ROUND_HALF_UP),
            landlord=share_of(found.arrears, self.number(SHARE, day), self.number(SHARE_MAX, day)),
            back_fixed=self.number(BACK_FIXED, day),
            back_share=share_of(found.arrears, self.number(BACK_SHARE, day), self.number(BACK_MAX, day)),
            is_within=is_within_months(
                found.rent, found.arrears, self.number(MONTHS_LEAST, day), self.number(MONTHS_MOST, day)
            ),
        )

    def warnings(self, found: EvictionFundFile, today: dt.date) -> list[str]:
        """What looks wrong with a file. It warns and never blocks: rules change, and somebody may know better."""
        day, sums, says = found.signed_on or today, self.sums(found, today), []
        if not sums.is_within:
            says.append(
                _g("De achterstand ligt niet tussen %(least)s en %(most)s maanden huur.")
                % {
                    "least": f"{self.number(MONTHS_LEAST, day):.0f}",
                    "most": f"{self.number(MONTHS_MOST, day):.0f}",
                }
            )
        if found.paid is not None and found.paid > sums.landlord:
            says.append(_g("Meer betaald dan het fonds voorziet: %(most)s.") % {"most": euro(sums.landlord)})
        if (
            found.pay_until is not None
            and found.state in (FundState.SIGNED, FundState.ASKED, FundState.PAID)
            and (days := ((found.paid_on or today) - found.pay_until).days) > 0
        ):
            says.append(
                ngettext(
                    "De verhuurder had %(n)d dag eerder betaald moeten zijn.",
                    "De verhuurder had %(n)d dagen eerder betaald moeten zijn.",
                    days,
                )
                % {"n": days}
            )
        return says


def right_choices(day: dt.date) -> list[tuple[str, str]]:
    """Return what can be chosen on a day, in one query: by its name then, and what the administrator added."""
    values = values_on([*(spec.code for spec in NAMES.values()), MORE_RIGHTS.code], day)
    named = [(kind.value, values[spec.code].text) for kind, spec in NAMES.items()]
    more = [(f"more:{word}", word) for word in words_of(values[MORE_RIGHTS.code].text)]
    return [*named, *more, (RightKind.OTHER.value, str(RightKind.OTHER.label))]
