"""Choices of questionnaires."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    SINGLE = "single", _("één keuze")
    MULTIPLE = "multiple", _("meer keuzes")
    SCALE = "scale", _("schaal")
    NUMBER = "number", _("getal")
    TEXT = "text", _("eigen woorden")


KIND_ICONS = {
    QuestionKind.SINGLE: "record-circle",
    QuestionKind.MULTIPLE: "check2-square",
    QuestionKind.SCALE: "sliders",
    QuestionKind.NUMBER: "123",
    QuestionKind.TEXT: "chat-left-text",
}
WITH_OPTIONS = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)
CAN_BE_CONDITION = (*WITH_OPTIONS, QuestionKind.SCALE)


class AnsweredHow(models.TextChoices):
    """In which way an answer came in."""

    VISIT = "visit", _("tijdens een bezoek")
    TABLET = "tablet", _("op de tablet")
    CODE = "code", _("met een code")


class Language(models.TextChoices):
    """What a questionnaire can be read in; Dutch is always there."""

    NL = "nl", "Nederlands"
    EN = "en", "English"
    FR = "fr", "Français"
    AR = "ar", "العربية"
    TR = "tr", "Türkçe"


TRANSLATIONS = tuple(code for code in Language.values if code != Language.NL)
RIGHT_TO_LEFT = frozenset({Language.AR.value})


def direction(language: str) -> str:
    """Return in which direction a language is written."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"
