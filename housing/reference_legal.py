"""The rules of the Vlaams Woninghuurdecreet that the rent checks use, as dated reference data."""

from django.utils.translation import gettext_lazy as _

from arsenaal.lib.registries import ReferenceCode
from cases.enums import Certainty, ReferenceKind

_RENT = _("huur")


def _rule(code: str, label: object, kind: ReferenceKind, default: str, article: str) -> ReferenceCode:
    return ReferenceCode(
        f"rent.{code}",
        label,  # type: ignore[arg-type]
        kind.value,
        _RENT,
        default=default,
        source=f"Vlaams Woninghuurdecreet, art. {article}",
        certainty=Certainty.TO_CONFIRM.value,
        note="Geldt voor contracten vanaf 1 januari 2019. De jurist kijkt na of er intussen iets veranderde.",
    )


CODES = (
    _rule("deposit_months", _("hoogste huurwaarborg, in maanden huur"), ReferenceKind.MONTHS, "3", "37"),
    _rule(
        "registration_months",
        _("termijn om een huurcontract te registreren"),
        ReferenceKind.MONTHS,
        "2",
        "11",
    ),
    _rule("index_back_months", _("zo ver kan een indexatie teruggaan"), ReferenceKind.MONTHS, "3", "34"),
    _rule(
        "charges_need_statement",
        _("kosten en lasten vragen een afrekening met bewijzen"),
        ReferenceKind.YES_NO,
        "yes",
        "36",
    ),
    _rule("inventory_needed", _("een plaatsbeschrijving is verplicht"), ReferenceKind.YES_NO, "yes", "9"),
)
