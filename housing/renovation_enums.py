"""Choices of the renovation track, and which state leads where."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RenovationState(TextChoices):
    """Where a renovation stands."""

    ASKED = "asked", _("gevraagd")
    RUNNING = "running", _("loopt")
    DONE = "done", _("klaar")
    STOPPED = "stopped", _("gestopt")


# Ended by mistake, or taken up again: back to running.
RENOVATION_TRANSITIONS = {
    RenovationState.ASKED: frozenset({RenovationState.RUNNING, RenovationState.STOPPED}),
    RenovationState.RUNNING: frozenset({RenovationState.DONE, RenovationState.STOPPED}),
    RenovationState.DONE: frozenset({RenovationState.RUNNING}),
    RenovationState.STOPPED: frozenset({RenovationState.RUNNING}),
}
GOING_ON = frozenset({RenovationState.ASKED, RenovationState.RUNNING})


class RenovationFor(TextChoices):
    """Who renovates."""

    OWNER = "owner", _("eigenaar die er woont")
    LANDLORD = "landlord", _("verhuurder")


class EnergyLabel(TextChoices):
    """The label of an energy certificate (EPC), best first."""

    A_PLUS = "A+", "A+"
    A = "A", "A"
    B = "B", "B"
    C = "C", "C"
    D = "D", "D"
    E = "E", "E"
    F = "F", "F"


LABEL_ORDER = {label: place for place, label in enumerate(EnergyLabel.values)}


class ScanMoment(TextChoices):
    """Before or after the works."""

    BEFORE = "before", _("voor de werken")
    AFTER = "after", _("na de werken")


class WorkState(TextChoices):
    """Where a work stands."""

    PLANNED = "planned", _("gepland")
    DOING = "doing", _("bezig")
    DONE = "done", _("klaar")


class SupportKind(TextChoices):
    """What can be asked. How each is called, and what it needs, is reference data (housing/renovation_rules.py)."""

    PREMIUM = "premium", _("Mijn VerbouwPremie")
    LOAN = "loan", _("Mijn VerbouwLening")
    FUND = "fund", _("Noodkoopfonds")
    SCAN = "scan", _("energiescan")
    OTHER = "other", _("iets anders")


class SupportState(TextChoices):
    """What was decided."""

    ASKED = "asked", _("nog niet beslist")
    GRANTED = "granted", _("toegekend")
    REFUSED = "refused", _("geweigerd")
    WITHDRAWN = "withdrawn", _("ingetrokken")


class FundCondition(TextChoices):
    """What the emergency purchase fund asks (vlaanderen.be, Noodkoopfonds)."""

    LIVES_IN = "lives_in", _("De eigenaar woont er zelf, het is de hoofdverblijfplaats")
    SOLE_OWNER = (
        "sole_owner",
        _("Hij of zij is alleen eigenaar, of samen met wie er ook woont, voor het geheel"),
    )
    NO_OTHER = "no_other", _("Er is geen andere woning of grond in eigendom")
    DEFECTS = "defects", _("De woning heeft structurele gebreken")
    NO_MARKET = "no_market", _("Een gewone lening afbetalen lukt niet: het OCMW onderzocht dat")
    COMBINED = (
        "combined",
        _("De werken pakken energie en structuur samen aan, tot de woning aan de normen voldoet"),
    )
    GUIDANCE = "guidance", _("De eigenaar aanvaardt de gratis renovatiebegeleiding")
    PAY_BACK = (
        "pay_back",
        _("De eigenaar weet wanneer hij terugbetaalt: bij verkoop, verhuis of na de looptijd"),
    )


class Answer(TextChoices):
    """Whether a condition is met."""

    YES = "yes", _("ja")
    NO = "no", _("nee")
    UNKNOWN = "unknown", _("weten we niet")
