"""The reference data of the spine, and what puts all reference data ready in an empty installation."""

from django.utils.translation import gettext_lazy as _

from arsenaal.lib.registries import ReferenceCode, Starter
from cases.enums import Certainty, ReferenceKind

_TERMS = _("termijnen")


def _load() -> int:
    """Load what every package brings; imported late, since models aren't there while registries fill."""
    from cases.actions.reference import load_reference_values

    return load_reference_values()


STARTER = Starter("cases.reference", _load)

CODES = (
    ReferenceCode(
        "term.warn_days",
        _("zo lang vooraf waarschuwt een termijn"),
        ReferenceKind.DAYS,
        _TERMS,
        default="14",
        source="werkafspraak van het team",
        certainty=Certainty.PROVISIONAL,
        note="Gekozen om mee te beginnen; het team past het aan.",
    ),
    ReferenceCode(
        "term.rolls",
        _(
            "een termijn van de tegenpartij die op een weekend of feestdag eindigt, loopt tot de volgende werkdag"
        ),
        ReferenceKind.YES_NO,
        _TERMS,
        default="yes",
        source="naar het voorbeeld van art. 53 Gerechtelijk Wetboek",
        certainty=Certainty.TO_CONFIRM,
        note="Voor onze eigen termijnen rekenen we nooit langer: dat is de voorzichtige kant.",
    ),
)
