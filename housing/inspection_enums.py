"""Fixed lists about inspections (conformiteitsonderzoek) and legal status."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReportModel(TextChoices):
    """Which technical report is filled in. Codex Wonen, Boek 3; each model has its own list of items."""

    DWELLING = "dwelling", _("zelfstandige woning")
    ROOM = "room", _("kamer")


class Category(TextChoices):
    """How bad a defect is: small, serious, or a direct danger (vlaanderen.be, since 2021)."""

    ONE = "I", _("I: klein gebrek")
    TWO = "II", _("II: ernstig gebrek")
    THREE = "III", _("III: gevaar of mensonwaardig")


# Worse is higher.
CATEGORY_WEIGHT = {Category.ONE: 1, Category.TWO: 2, Category.THREE: 3}


class Part(TextChoices):
    """The parts of the report in which defects are noted (domain: A identification and the occupancy part apart)."""

    BUILDING = "B", _("B. Gebouw")
    DWELLING = "C", _("C. Woning of kamer")
    SHARED = "D", _("D. Gemeenschappelijke functies")


class InspectionState(TextChoices):
    """Where an inspection stands. Finished is frozen: the database refuses any change."""

    PLANNED = "planned", _("gepland")
    BUSY = "busy", _("bezig")
    FINISHED = "finished", _("afgewerkt")
    CANCELLED = "cancelled", _("niet doorgegaan")


class Trigger(TextChoices):
    """What made us inspect."""

    OWN = "own", _("eigen initiatief")
    REQUEST = "request", _("op verzoek")
    RENT_SUBSIDY = "rent_subsidy", _("aanvraag huursubsidie")
    RADAR = "radar", _("signaal op de radar")
    PROCEDURE = "procedure", _("lopende procedure")
    AFTERCARE = "aftercare", _("nazorg na werken")


class Outcome(TextChoices):
    """What the report advises. It never changes the legal status by itself (domain A2)."""

    UNINHABITABLE = "uninhabitable", _("ongeschikt én onbewoonbaar")
    UNFIT = "unfit", _("ongeschikt")
    NO_GROUND = "no_ground", _("geen grond voor ongeschikt")


OUTCOME_TONE = {Outcome.UNINHABITABLE: "stop", Outcome.UNFIT: "warn", Outcome.NO_GROUND: "ok"}


class RoomKind(TextChoices):
    """What a room is for. Only rooms to live, cook and sleep in can count for the occupancy norm."""

    LIVING = "living", _("leefruimte")
    KITCHEN = "kitchen", _("keuken")
    SLEEPING = "sleeping", _("slaapkamer")
    ONE_ROOM = "one_room", _("alles in één kamer")
    BATHROOM = "bathroom", _("badkamer")
    TOILET = "toilet", _("wc")
    CORRIDOR = "corridor", _("gang, trap")
    STORAGE = "storage", _("berging")
    CELLAR = "cellar", _("kelder")
    ATTIC = "attic", _("zolder")
    GARAGE = "garage", _("garage")
    OUTSIDE = "outside", _("buiten, gevel, dak")


COUNTING_KINDS = frozenset({RoomKind.LIVING, RoomKind.KITCHEN, RoomKind.SLEEPING, RoomKind.ONE_ROOM})


class AttemptResult(TextChoices):
    """Why we could not get in (VLOK: ToegangsPoging, ToegangVerkregen)."""

    NOBODY = "nobody", _("niemand thuis")
    NO_ACCESS = "no_access", _("geen toegang tot een deel")
    REFUSED = "refused", _("geweigerd")


class NormMeasure(TextChoices):
    """What a line of the occupancy table looks at."""

    AREA = "area", _("netto-vloeroppervlakte (m²)")
    ROOMS = "rooms", _("aantal woonlokalen")


class LegalStatusKind(TextChoices):
    """What a mayor or minister decided about a dwelling."""

    NONE = "none", _("geen besluit van kracht")
    UNFIT = "unfit", _("ongeschikt")
    UNINHABITABLE = "uninhabitable", _("onbewoonbaar")
    BOTH = "both", _("ongeschikt en onbewoonbaar")
    OVERCROWDED = "overcrowded", _("overbewoond")


class Change(TextChoices):
    """What became of an item between two reports."""

    GONE = "gone", _("weg")
    BETTER = "better", _("minder erg")
    SAME = "same", _("staat er nog")
    WORSE = "worse", _("erger")
    NEW = "new", _("nieuw")


CHANGE_LOOK = {
    Change.GONE: ("ok", "check-circle-fill"),
    Change.BETTER: ("ok", "arrow-down-circle-fill"),
    Change.SAME: ("warn", "dash-circle-fill"),
    Change.WORSE: ("stop", "arrow-up-circle-fill"),
    Change.NEW: ("stop", "plus-circle-fill"),
}
