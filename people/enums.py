"""Fixed lists of this package."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MemberRole(TextChoices):
    """What somebody is in a household."""

    ADULT = "adult", _("volwassene")
    PARTNER = "partner", _("partner")
    CHILD = "child", _("kind")
    NEWBORN = "newborn", _("pasgeborene")
    PARENT = "parent", _("ouder of grootouder")
    OTHER = "other", _("iemand anders")


class JoinReason(TextChoices):
    """How somebody came into a household."""

    START = "start", _("hoorde er al bij")
    BIRTH = "birth", _("geboren")
    MOVED_IN = "moved_in", _("kwam erbij wonen")


class LeaveReason(TextChoices):
    """How somebody left a household."""

    MOVED_OUT = "moved_out", _("verhuisd")
    DECEASED = "deceased", _("overleden")
    MISTAKE = "mistake", _("hoorde er niet bij (vergissing)")


class MemberChange(StrEnum):
    """What happened to a member of a household."""

    JOINED = "joined"
    LEFT = "left"
    BACK = "back"  # that he left is taken back


class ReachBy(TextChoices):
    """How somebody is best reached."""

    PHONE = "phone", _("bellen")
    MESSAGE = "message", _("bericht sturen")
    VISIT = "visit", _("langsgaan")
    VIA = "via", _("via iemand anders")
    EMAIL = "email", _("e-mail")


class LinkVerdict(TextChoices):
    """What somebody decided about two persons who look alike."""

    SAME = "same", _("zelfde persoon")
    DIFFERENT = "different", _("niet dezelfde")
