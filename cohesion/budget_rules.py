"""Reference data of the neighbourhood budget: where a first round starts from, and how long is kept who asked."""

from django.utils.translation import gettext_lazy as _

from arsenaal.lib.registries import ReferenceCode
from cases.enums import Certainty, ReferenceKind

_GROUP = _("wijkbudget")
_SOURCE = "mechelen.be, reglement wijkbudget Pro Arsenaal"

# One per line; a new round starts with those of the round before it, and the very first with these.
THEMES = ReferenceCode(
    "budget.themes",
    _("thema's van een eerste ronde, met een puntkomma ertussen"),
    ReferenceKind.TEXT,
    _GROUP,
    default="Samen tegen kansarmoede, toegankelijk en inclusief; Meer ontmoeting; Een mooie buurt",
    source=_SOURCE,
    certainty=Certainty.CERTAIN,
)
RULES = ReferenceCode(
    "budget.rules",
    _("regels van een eerste ronde, met een puntkomma ertussen"),
    ReferenceKind.TEXT,
    _GROUP,
    default=(
        "Woont in de wijk, of werkt er voor een vereniging of school; Is meerderjarig; Heeft een eigen "
        "bankrekening; Kan tonen waar het geld naartoe gaat; Het project is te zien in de wijk; Het blijft: "
        "gevelgroen minstens 5 jaar, een evenement minstens 3 keer in 3 jaar; Het is goed voor het klimaat"
    ),
    source=_SOURCE,
    certainty=Certainty.CERTAIN,
)
ENVELOPE = ReferenceCode(
    "budget.envelope",
    _("bedrag van een eerste ronde"),
    ReferenceKind.AMOUNT,
    _GROUP,
    default="40000",
    source=_SOURCE,
    certainty=Certainty.CERTAIN,
)
KEEP_REFUSED = ReferenceCode(
    "budget.keep_refused_months",
    _("hoelang gegevens bewaard blijven van wie geen geld kreeg, na de beslissing"),
    ReferenceKind.MONTHS,
    _GROUP,
    default="12",
    source="werkafspraak van het team",
    certainty=Certainty.PROVISIONAL,
    note="Lang genoeg om een vraag over de beslissing te beantwoorden.",
)
KEEP_PAID = ReferenceCode(
    "budget.keep_paid_months",
    _("hoelang gegevens bewaard blijven van wie geld kreeg, na het afsluiten van de ronde"),
    ReferenceKind.MONTHS,
    _GROUP,
    default="120",
    source="bewaartermijn van boekhoudstukken",
    certainty=Certainty.TO_CONFIRM,
    note="Vraag de financiële dienst welke termijn geldt voor bewijsstukken van een toelage.",
)

CODES = (THEMES, RULES, ENVELOPE, KEEP_REFUSED, KEEP_PAID)


def parts_of(text: str) -> list[str]:
    """Return the texts of a value that holds several, each once, in order."""
    return list(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))
