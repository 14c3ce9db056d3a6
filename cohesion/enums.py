"""Choices of the wing of social cohesion."""

from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _


class ActivityKind(models.TextChoices):
    """What sort of activity it is."""

    MEETING = "meeting", _("ontmoeting")
    ADVICE = "advice", _("spreekuur")
    WORKSHOP = "workshop", _("workshop")
    REPAIR = "repair", _("herstelcafé")
    LANGUAGE = "language", _("taal oefenen")
    CHILDREN = "children", _("kinderen en gezinnen")
    WORK = "work", _("samen aan de wijk werken")
    OTHER = "other", _("iets anders")


ACTIVITY_ICONS = {
    ActivityKind.MEETING: "cup-hot",
    ActivityKind.ADVICE: "chat-left-text",
    ActivityKind.WORKSHOP: "tools",
    ActivityKind.REPAIR: "wrench",
    ActivityKind.LANGUAGE: "translate",
    ActivityKind.CHILDREN: "balloon",
    ActivityKind.WORK: "flower1",
    ActivityKind.OTHER: "calendar3",
}


class Repeat(models.TextChoices):
    """How often an activity returns."""

    ONCE = "once", _("één keer")
    WEEKLY = "weekly", _("elke week")
    FORTNIGHTLY = "fortnight", _("om de twee weken")
    MONTHLY = "monthly", _("elke maand, op dezelfde weekdag")


class MomentState(models.TextChoices):
    """Where one moment of an activity stands."""

    PLANNED = "planned", _("gepland")
    HELD = "held", _("geteld")
    CANCELLED = "cancelled", _("gaat niet door")


# Counting again corrects; what is cancelled can go on again while it hasn't passed.
MOMENT_TRANSITIONS: dict[MomentState, frozenset[MomentState]] = {
    MomentState.PLANNED: frozenset({MomentState.HELD, MomentState.CANCELLED}),
    MomentState.HELD: frozenset({MomentState.HELD}),
    MomentState.CANCELLED: frozenset({MomentState.PLANNED}),
}


class Weekday(models.IntegerChoices):
    """A day of the week, as Python counts them."""

    MONDAY = 0, WEEKDAYS[0]
    TUESDAY = 1, WEEKDAYS[1]
    WEDNESDAY = 2, WEEKDAYS[2]
    THURSDAY = 3, WEEKDAYS[3]
    FRIDAY = 4, WEEKDAYS[4]
    SATURDAY = 5, WEEKDAYS[5]
    SUNDAY = 6, WEEKDAYS[6]


class Theme(models.TextChoices):
    """What residents talk about when somebody comes by without a case."""

    NEIGHBOURS = "neighbours", _("buren en samenleven")
    STREET = "street", _("straat en verkeer")
    GREEN = "green", _("groen")
    LITTER = "litter", _("zwerfvuil")
    HOUSING = "housing", _("wonen en energie")
    MONEY = "money", _("rondkomen")
    CHILDREN = "children", _("kinderen en school")
    YOUTH = "youth", _("jongeren")
    LONELY = "lonely", _("eenzaamheid")
    HEALTH = "health", _("gezondheid en zorg")
    LANGUAGE = "language", _("taal")
    WORK = "work", _("werk en opleiding")
    SAFETY = "safety", _("veiligheid")
    MEETING = "meeting", _("ontmoeten en feesten")


class StoryForm(models.TextChoices):
    """How a story is told."""

    TEXT = "text", _("tekst")
    PHOTO = "photo", _("foto")
    AUDIO = "audio", _("geluid")
    VIDEO = "video", _("video")


STORY_ICONS = {
    StoryForm.TEXT: "chat-quote",
    StoryForm.PHOTO: "image",
    StoryForm.AUDIO: "mic",
    StoryForm.VIDEO: "camera-video",
}


class StoryUse(models.TextChoices):
    """Where a story may appear, as its teller agreed."""

    PUBLIC = "public", _("op de publieke pagina van de wijk")
    REPORT = "report", _("in rapporten van het project")
    OTHER = "other", _("ergens anders")


class ApprovedHow(models.TextChoices):
    """How the teller approved a version."""

    READ_TOGETHER = "together", _("samen gelezen of beluisterd")
    SIGNED = "signed", _("op papier getekend")
    MESSAGE = "message", _("per bericht")


class PlaceKind(models.TextChoices):
    """What makes the neighbourhood look better."""

    TILE_GARDEN = "tile_garden", _("tegeltuin")
    GARLAND = "garland", _("groenslinger")
    PLAY = "play", _("spelelement")
    MURAL = "mural", _("muurschildering")
    OTHER = "other", _("iets anders")


PLACE_ICONS = {
    PlaceKind.TILE_GARDEN: "flower1",
    PlaceKind.GARLAND: "tree",
    PlaceKind.PLAY: "dice-5",
    PlaceKind.MURAL: "brush",
    PlaceKind.OTHER: "star",
}


class PlaceState(models.TextChoices):
    """Where a project for the look of the neighbourhood stands."""

    IDEA = "idea", _("idee")
    PLANNED = "planned", _("gepland")
    MADE = "made", _("gemaakt")
    CARED_FOR = "cared_for", _("verzorgd")
    GONE = "gone", _("verdwenen")


# Cared for is what a care agreement makes of it, and what ends with the last one; the others are chosen by hand.
PLACE_TRANSITIONS: dict[PlaceState, frozenset[PlaceState]] = {
    PlaceState.IDEA: frozenset({PlaceState.PLANNED, PlaceState.MADE, PlaceState.GONE}),
    PlaceState.PLANNED: frozenset({PlaceState.IDEA, PlaceState.MADE, PlaceState.GONE}),
    PlaceState.MADE: frozenset({PlaceState.CARED_FOR, PlaceState.GONE}),
    PlaceState.CARED_FOR: frozenset({PlaceState.MADE, PlaceState.GONE}),
    PlaceState.GONE: frozenset({PlaceState.PLANNED}),
}
PLACE_TONES = {PlaceState.MADE: "ok", PlaceState.CARED_FOR: "ok", PlaceState.GONE: "stop"}


class PhotoMoment(models.TextChoices):
    """When a photo of a place was taken."""

    BEFORE = "before", _("voor")
    DURING = "during", _("terwijl we bezig waren")
    AFTER = "after", _("na")


class PhotoPeople(models.TextChoices):
    """Whether somebody can be recognised on a photo, and whether they said yes."""

    NOBODY = "nobody", _("niemand is herkenbaar")
    AGREED = "agreed", _("iedereen die herkenbaar is, zei ja")
    UNASKED = "unasked", _("er is iemand herkenbaar en niet gevraagd")
