"""Reading what somebody filled in, and showing the questionnaire again with it: conditions count on the server.

A page shows all questions; a script hides what isn't asked. Whatever comes in, an answer to a question of which the
condition doesn't hold is left out, and only what is asked must be filled in.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from surveys.enums import WITH_OPTIONS, Language, QuestionKind, direction
from surveys.models import Question, QuestionnaireVersion, SurveyRound
from surveys.models.question import LONGEST_ANSWER
from surveys.reading import option_text, questions_of, word
from surveys.words import words

LONGEST_NAME = 60


@dataclass(frozen=True)
class Given:
    """What was understood: choices and numbers by question, words by question, and who or where, as far as told."""

    choices: Mapping[int, Sequence[int]]  # question id -> option ids
    numbers: Mapping[int, int]
    texts: Mapping[int, str]
    street: str = ""
    given_name: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)  # field name -> sentence in the reader's language

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was answered."""
        return not (self.choices or self.numbers or self.texts)


def field_name(question: Question) -> str:
    """Return the name of the field of a question."""
    return f"q-{question.code}"


def language_asked(version: QuestionnaireVersion, asked: str) -> str:
    """Return the language that was asked for when the questionnaire speaks it, else Dutch."""
    return asked if asked in version.all_languages else Language.NL.value


def page_uuid(data: QueryDict) -> uuid.UUID:
    """Return the uuid of the page that was sent, or a new one when it has none that makes sense."""
    try:
        return uuid.UUID(data.get("uuid", ""))
    except ValueError:
        return uuid.uuid4()


def _clean_text(text: str) -> str:
    return text.replace("\0", "").strip()


class _Reader:
    """Goes through the questions in order: a condition looks back at what was answered before."""

    def __init__(self, data: QueryDict, language: str) -> None:
        self.data, self.says = data, words(language)
        self.errors: dict[str, str] = {}
        self.answered: dict[str, list[str]] = {}  # question code -> what a condition can name
        self.choices: dict[int, list[int]] = {}
        self.numbers: dict[int, int] = {}
        self.texts: dict[int, str] = {}

    def is_asked(self, question: Question) -> bool:
        """Whether its condition holds."""
        if not question.when_code:
            return True
        return bool(set(question.when_values) & set(self.answered.get(question.when_code, ())))

    def read(self, question: Question) -> None:
        """Read the answer to one question, and say what is wrong with it."""
        if not self.is_asked(question):
            return
        name = field_name(question)
        sent = [value for raw in self.data.getlist(name) if (value := _clean_text(raw))]
        if not sent:
            if question.is_required:
                self.errors[name] = self.says["required"]
        elif question.kind in WITH_OPTIONS:
            self._choose(question, name, sent)
        elif question.kind == QuestionKind.TEXT:
            self._write(question, name, sent[0])
        else:
            self._count(question, name, sent[0])

    def _choose(self, question: Question, name: str, sent: list[str]) -> None:
        known = {option.code: option.pk for option in question.options.all()}
        if not set(sent) <= set(known) or (question.kind == QuestionKind.SINGLE and len(sent) > 1):
            self.errors[name] = self.says["not_known"]
            return
        self.answered[question.code] = sent
        self.choices[question.pk] = sorted({known[code] for code in sent})

    def _write(self, question: Question, name: str, text: str) -> None:
        if len(text) > LONGEST_ANSWER:
            self.errors[name] = self.says["too_long"].format(most=LONGEST_ANSWER)
            return
        self.texts[question.pk] = text

    def _count(self, question: Question, name: str, text: str) -> None:
        lowest, highest = question.lowest or 0, question.highest or 0
        digits = text.removeprefix("-")
        is_number = digits.isascii() and digits.isdecimal() and len(digits) < 10
        if not is_number or not lowest <= int(text) <= highest:
            self.errors[name] = self.says["number"].format(low=lowest, high=highest)
            return
        self.answered[question.code] = [str(int(text))]
        self.numbers[question.pk] = int(text)


def read_answers(round_: SurveyRound, questions: Sequence[Question], data: QueryDict, language: str) -> Given:
    """Return what was filled in, with a sentence for each field that is wrong. Nothing is written."""
    reader = _Reader(data, language)
    for question in questions:
        reader.read(question)
    street = _clean_text(data.get("street", ""))
    name = _clean_text(data.get("given_name", ""))
    if len(name) > LONGEST_NAME:
        reader.errors["given_name"] = reader.says["too_long"].format(most=LONGEST_NAME)
    return Given(
        reader.choices,
        reader.numbers,
        reader.texts,
        street if street in round_.streets else "",
        name[:LONGEST_NAME] if round_.questionnaire_version.asks_name else "",
        reader.errors,
    )


def _shown(
    question: Question,
    by_code: Mapping[str, Question],
    data: QueryDict | None,
    errors: Mapping[str, str],
    language: str,
) -> dict[str, Any]:
    """One question as the template draws it."""
    name = field_name(question)
    sent = data.getlist(name) if data is not None else []
    kind = QuestionKind(question.kind)
    choices: list[dict[str, Any]] = []
    if kind in WITH_OPTIONS:
        choices = [
            {"value": row.code, "text": option_text(row, language), "is_on": row.code in sent}
            for row in question.options.all()
        ]
    elif kind == QuestionKind.SCALE:
        choices = [
            {"value": str(step), "text": str(step), "is_on": str(step) in sent} for step in question.steps
        ]
    condition = by_code.get(question.when_code)
    return {
        "id": name,
        "name": name,
        "kind": kind.value,
        "is_many": kind == QuestionKind.MULTIPLE,
        "text": word(question, "text", language),
        "help_text": word(question, "help_text", language),
        "low_label": word(question, "low_label", language),
        "high_label": word(question, "high_label", language),
        "lowest": question.lowest,
        "highest": question.highest,
        "longest": LONGEST_ANSWER,
        "is_required": question.is_required,
        "choices": choices,
        "value": sent[0] if sent else "",
        "error": errors.get(name, ""),
        "when": field_name(condition) if condition else "",
        "when_values": " ".join(question.when_values),
        "when_says": _condition_says(question, condition, language) if condition else "",
    }


def _condition_says(question: Question, condition: Question, language: str) -> str:
    says = words(language)
    texts = {row.code: option_text(row, language) for row in condition.options.all()}
    answers = f" {says['or']} ".join(texts.get(code, code) for code in question.when_values)
    return says["only_when"].format(question=word(condition, "text", language), answers=answers)


def questionnaire_page(
    version: QuestionnaireVersion,
    questions: Sequence[Question],
    *,
    language: str,
    streets: Sequence[str] = (),
    data: QueryDict | None = None,
    errors: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return what the template of a questionnaire needs; with `data`, as it was sent."""
    errors = errors or {}
    by_code = {question.code: question for question in questions}
    return {
        "survey": {
            "language": language,
            "direction": direction(language),
            "languages": [
                {"code": code, "name": str(Language(code).label)} for code in version.all_languages
            ],
            "says": words(language),
            "title": word(version, "title", language),
            "intro": word(version, "intro", language),
            "asks_name": version.asks_name,
            "name_reason": word(version, "name_reason", language),
            "given_name": data.get("given_name", "") if data is not None else "",
            "streets": streets,
            "street": data.get("street", "") if data is not None else "",
            "questions": [_shown(row, by_code, data, errors, language) for row in questions],
            "errors": errors,
            "uuid": page_uuid(data) if data is not None else uuid.uuid4(),
        }
    }


def questionnaire_of(version: QuestionnaireVersion, language: str) -> dict[str, Any]:
    """Return the empty page of a version, as a preview shows it."""
    return questionnaire_page(version, questions_of(version), language=language)
