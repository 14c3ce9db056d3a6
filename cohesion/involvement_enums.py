"""Choices of what people do in their neighbourhood."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InvolvementKind(models.TextChoices):
    """What somebody takes part in."""

    BUDGET = "budget", _("project van het wijkbudget")
    MATCH = "match", _("iets doen voor een buur")
    VOLUNTEER = "volunteer", _("vrijwilliger in de hub")
    CARE = "care", _("zorgen voor een plek")
    STORY = "story", _("een verhaal vertellen")
    OTHER = "other", _("iets anders")


KIND_ICONS = {
    InvolvementKind.BUDGET: "piggy-bank",
    InvolvementKind.MATCH: "people",
    InvolvementKind.VOLUNTEER: "cup-hot",
    InvolvementKind.CARE: "flower1",
    InvolvementKind.STORY: "chat-quote",
    InvolvementKind.OTHER: "stars",
}
# The link to the thing itself, and the kind that it makes it.
KIND_OF_THING = {
    "project": InvolvementKind.BUDGET,
    "match": InvolvementKind.MATCH,
    "activity": InvolvementKind.VOLUNTEER,
    "place": InvolvementKind.CARE,
}
