"""A version of a questionnaire as it is read: its questions in order, its words in a language."""

from typing import Any

from django.db.models import Prefetch

from surveys.enums import Language
from surveys.models import Question, QuestionnaireVersion, QuestionOption


def questions_of(version: QuestionnaireVersion) -> list[Question]:
    """Return its questions in order with their choices: two queries."""
    options = Prefetch("options", QuestionOption.objects.order_by("position"))
    return list(version.questions.order_by("position").prefetch_related(options))


def word(record: Any, name: str, language: str) -> str:
    """Return a text of a version or a question in a language; what isn't translated stays Dutch."""
    if language != Language.NL and (found := record.translations.get(language, {}).get(name)):
        return str(found)
    return str(getattr(record, name))


def option_text(option: QuestionOption, language: str) -> str:
    """Return the text of a choice in a language; what isn't translated stays Dutch."""
    return str(option.translations.get(language) or option.text)
