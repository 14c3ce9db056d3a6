"""Fixed lists of agreements and rehousing, and the tables of allowed transitions."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class PartyKind(TextChoices):
    """What a party to an agreement is. The source document names the first three (casus 3)."""

    LANDLORD = "landlord", _("verhuurder")
    HOUSEHOLD = "household", _("huurder")
    WELFARE = "welfare", _("OCMW of stad")
    OTHER = "other", _("andere partij")


class AgreementState(TextChoices):
    """Where an agreement stands."""

    DRAFT = "draft", _("ontwerp")
    READY = "ready", _("klaar om te tekenen")
    SIGNED = "signed", _("getekend")
    RUNNING = "running", _("loopt")
    ENDED = "ended", _("afgelopen")
    BROKEN = "broken", _("verbroken")
    WITHDRAWN = "withdrawn", _("ingetrokken")
    REPLACED = "replaced", _("vervangen")


AGREEMENT_TRANSITIONS: dict[AgreementState, frozenset[AgreementState]] = {
    AgreementState.DRAFT: frozenset({AgreementState.READY, AgreementState.WITHDRAWN}),
    AgreementState.READY: frozenset({AgreementState.DRAFT, AgreementState.SIGNED, AgreementState.WITHDRAWN}),
    AgreementState.SIGNED: frozenset(
        {AgreementState.RUNNING, AgreementState.BROKEN, AgreementState.REPLACED}
    ),
    AgreementState.RUNNING: frozenset({AgreementState.ENDED, AgreementState.BROKEN, AgreementState.REPLACED}),
    AgreementState.ENDED: frozenset(),
    AgreementState.BROKEN: frozenset(),
    AgreementState.WITHDRAWN: frozenset(),
    AgreementState.REPLACED: frozenset(),
}
# What binds the parties: its obligations are terms.
LIVE_STATES = (AgreementState.SIGNED, AgreementState.RUNNING)
# What can still be written on.
UNSIGNED_STATES = (AgreementState.DRAFT, AgreementState.READY)


class DueRule(TextChoices):
    """How the day of an obligation follows from the agreement's own days."""

    AFTER_START = "after_start", _("een aantal dagen na het begin")
    BEFORE_RETURN = "before_return", _("een aantal dagen voor de terugkeer")
    AFTER_RETURN = "after_return", _("een aantal dagen na de terugkeer")
    MONTHLY = "monthly", _("elke maand, van begin tot terugkeer")
    STANDING = "standing", _("zonder vaste dag, zolang de overeenkomst loopt")


class Topic(TextChoices):
    """What an obligation is about, where the program itself has to know."""

    GENERAL = "general", _("algemeen")
    FEE = "fee", _("verblijfsvergoeding")
    CERTIFICATE = "certificate", _("conformiteitsattest")
    AFTERCARE = "aftercare", _("nazorg")


class BreachNext(TextChoices):
    """What an agreement says comes next when an obligation is not kept."""

    TALK = "talk", _("gesprek met alle partijen")
    NOTICE = "notice", _("schriftelijke aanmaning")
    END = "end", _("de overeenkomst kan eindigen")
    NOTHING = "nothing", _("niets vastgelegd")


class DueState(TextChoices):
    """Where one due date of an obligation stands. Late is no state: it is open and its day has passed."""

    OPEN = "open", _("nog te doen")
    DONE = "done", _("gedaan")
    BREACHED = "breached", _("niet nagekomen")
    WAIVED = "waived", _("niet meer nodig")
    REPLACED = "replaced", _("staat in de nieuwe versie")


DUE_TRANSITIONS: dict[DueState, frozenset[DueState]] = {
    DueState.OPEN: frozenset({DueState.DONE, DueState.BREACHED, DueState.WAIVED, DueState.REPLACED}),
    DueState.BREACHED: frozenset({DueState.DONE, DueState.WAIVED, DueState.OPEN}),
    DueState.DONE: frozenset({DueState.OPEN}),
    DueState.WAIVED: frozenset({DueState.OPEN}),
    DueState.REPLACED: frozenset(),
}


class FollowUp(TextChoices):
    """What a person decided to do with what the agreement says comes next."""

    TAKEN = "taken", _("we doen het")
    LEFT = "left", _("we doen het nu niet")


class RequestState(TextChoices):
    """Where a request for more time stands."""

    ASKED = "asked", _("gevraagd")
    GRANTED = "granted", _("toegekend")
    REFUSED = "refused", _("geweigerd")


class PeriodKind(TextChoices):
    """What takes a crisis dwelling."""

    STAY = "stay", _("verblijf")
    WORKS = "works", _("werken")


class StayState(TextChoices):
    """Where a stay stands."""

    PLANNED = "planned", _("gepland")
    RUNNING = "running", _("loopt")
    ENDED = "ended", _("afgelopen")
    CANCELLED = "cancelled", _("ging niet door")


STAY_TRANSITIONS: dict[StayState, frozenset[StayState]] = {
    StayState.PLANNED: frozenset({StayState.RUNNING, StayState.CANCELLED}),
    StayState.RUNNING: frozenset({StayState.ENDED}),
    StayState.ENDED: frozenset(),
    StayState.CANCELLED: frozenset(),
}


class StayOutcome(TextChoices):
    """Where a household went after its stay."""

    RETURNED = "returned", _("terug naar de eigen woning")
    OTHER_RENTED = "other_rented", _("naar een andere huurwoning")
    SOCIAL = "social", _("naar een sociale woning")
    FAMILY = "family", _("bij familie of vrienden")
    OTHER = "other", _("ergens anders")
    UNKNOWN = "unknown", _("we weten het niet")


class WaitState(TextChoices):
    """Where a place on the waiting list stands."""

    WAITING = "waiting", _("wacht")
    PLACED = "placed", _("heeft een plaats")
    WITHDRAWN = "withdrawn", _("niet meer nodig")


class WaitPriority(IntegerChoices):
    """Who goes first. Set by a person, with the reason: a family with a newborn goes first (casus 2)."""

    ORDINARY = 0, _("gewoon")
    URGENT = 1, _("dringend")
    FIRST = 2, _("gaat voor")


class CostCategory(TextChoices):
    """The costs of rehousing that can be recovered (old art. 17bis VWC, guidance of 16/01/2014), and the rest."""

    TRANSPORT = "transport", _("vervoer")
    STORAGE = "storage", _("opslag")
    INSTALLATION = "installation", _("installatie")
    HOUSING = "housing", _("woonkost")
    OTHER = "other", _("andere kost")


class AftercareState(TextChoices):
    """Whether the check was done."""

    PLANNED = "planned", _("te doen")
    DONE = "done", _("gedaan")


class AftercareResult(TextChoices):
    """What was found."""

    WELL = "well", _("alles goed")
    WORRY = "worry", _("er is een zorg")
    NOT_REACHED = "not_reached", _("niemand bereikt")
