"""Choices of the social capital of a neighbourhood."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """Whether somebody offers or asks."""

    OFFER = "offer", _("kan iets bieden")
    ASK = "ask", _("vraagt iets")

    @property
    def other(self) -> "Side":
        """The side that it can meet."""
        return Side.ASK if self == Side.OFFER else Side.OFFER


class CapitalKind(models.TextChoices):
    """What sort of thing it is."""

    SKILL = "skill", _("iets kunnen")
    TIME = "time", _("tijd")
    PLACE = "place", _("plaats")
    TOOLS = "tools", _("materiaal")
    LANGUAGE = "language", _("taal")


KIND_ICONS = {
    CapitalKind.SKILL: "wrench",
    CapitalKind.TIME: "clock",
    CapitalKind.PLACE: "house-heart",
    CapitalKind.TOOLS: "tools",
    CapitalKind.LANGUAGE: "translate",
}


class DayPart(models.TextChoices):
    """When somebody has time."""

    MORNING = "morning", _("voormiddag in de week")
    AFTERNOON = "afternoon", _("namiddag in de week")
    EVENING = "evening", _("avond")
    WEEKEND = "weekend", _("weekend")


class MatchState(models.TextChoices):
    """How far two people came."""

    PROPOSED = "proposed", _("voorgesteld")
    INTRODUCED = "introduced", _("kennen elkaar")
    WORKING = "working", _("het loopt")
    ENDED = "ended", _("goed afgelopen")
    FAILED = "failed", _("lukte niet")


MATCH_TRANSITIONS: dict[MatchState, tuple[MatchState, ...]] = {
    MatchState.PROPOSED: (MatchState.INTRODUCED, MatchState.FAILED),
    MatchState.INTRODUCED: (MatchState.WORKING, MatchState.ENDED, MatchState.FAILED),
    MatchState.WORKING: (MatchState.ENDED, MatchState.FAILED),
    MatchState.ENDED: (),
    MatchState.FAILED: (),
}
MATCH_RUNNING = (MatchState.PROPOSED, MatchState.INTRODUCED, MatchState.WORKING)
MATCH_OVER = (MatchState.ENDED, MatchState.FAILED)
