"""Fixed lists of this package."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DwellingKind(TextChoices):
    """What sort of dwelling it is; a room is a kamer in the sense of the Codex."""

    HOUSE = "house", _("huis")
    APARTMENT = "apartment", _("appartement")
    STUDIO = "studio", _("studio")
    ROOM = "room", _("kamer")


class Tenure(TextChoices):
    """On what ground a household lives somewhere."""

    TENANT = "tenant", _("huurder")
    SUBTENANT = "subtenant", _("onderhuurder")
    OWNER = "owner", _("eigenaar")
    FREE = "free", _("gratis, bij familie of vrienden")
    STAY = "stay", _("tijdelijk verblijf in een crisiswoning")
    UNKNOWN = "unknown", _("nog niet geweten")


class LandlordKind(TextChoices):
    """Whether a landlord is somebody or something."""

    PERSON = "person", _("persoon")
    COMPANY = "company", _("bedrijf of organisatie")


class ContactDirection(TextChoices):
    """Who took the first step."""

    OUTGOING = "outgoing", _("wij namen contact op")
    INCOMING = "incoming", _("de verhuurder nam contact op")


class ContactChannel(TextChoices):
    """How the contact went."""

    CALL = "call", _("telefoon")
    EMAIL = "email", _("e-mail")
    LETTER = "letter", _("brief")
    VISIT = "visit", _("bezoek")
    MEETING = "meeting", _("gesprek")
