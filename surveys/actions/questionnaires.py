"""Questionnaires and their versions: made, changed as a draft, published, made anew."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Neighbourhood, User
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from surveys.enums import TRANSLATIONS, Language
from surveys.models import Question, Questionnaire, QuestionnaireVersion, QuestionOption


class QuestionnaireError(ActionError):
    """This can't be done with the questionnaire; the message says why."""


def lock_draft(version: QuestionnaireVersion) -> QuestionnaireVersion:
    """Return the draft as it is now, locked. Raises QuestionnaireError when it was published."""
    found = (
        QuestionnaireVersion.objects.select_for_update(of=("self",))
        .select_related("questionnaire")
        .get(pk=version.pk)
    )
    if not found.is_draft:
        raise QuestionnaireError(
            _("Deze versie is gepubliceerd en verandert niet meer. Maak een nieuwe versie.")
        )
    return found


@transaction.atomic
def make_questionnaire(
    *,
    by: User,
    neighbourhood: Neighbourhood,
    purpose: str,
    name: str,
    title: str,
    intro: str = "",
    asks_name: bool = False,
    name_reason: str = "",
    languages: Sequence[str] = (),
) -> QuestionnaireVersion:
    """Begin a questionnaire with a first draft. Raises QuestionnaireError when the name is taken."""
    try:
        with transaction.atomic():
            questionnaire = Questionnaire.objects.create(
                neighbourhood=neighbourhood, purpose=purpose, name=name.strip(), created_by=by
            )
    except IntegrityError as error:
        raise QuestionnaireError(
            _("Er is in deze wijk al een vragenlijst met deze naam."), field="name"
        ) from error
    version = QuestionnaireVersion(questionnaire=questionnaire, created_by=by)
    _say(version, title, intro, asks_name, name_reason, languages)
    version.save()
    return version


def _say(
    version: QuestionnaireVersion,
    title: str,
    intro: str,
    asks_name: bool,
    name_reason: str,
    languages: Sequence[str],
) -> None:
    if asks_name and not name_reason.strip():
        raise QuestionnaireError(
            _("Schrijf op waarvoor de naam dient: wie invult, leest het."), field="name_reason"
        )
    version.title, version.intro, version.asks_name = title.strip(), intro.strip(), asks_name
    version.name_reason = name_reason.strip() if asks_name else ""
    version.languages = [code for code in TRANSLATIONS if code in languages]


@transaction.atomic
def edit_version(
    *,
    by: User,
    draft: QuestionnaireVersion,
    version: int,
    title: str,
    intro: str = "",
    asks_name: bool = False,
    name_reason: str = "",
    languages: Sequence[str] = (),
) -> QuestionnaireVersion:
    """Change what stands above the questions. Raises QuestionnaireError, ChangedMeanwhileError."""
    draft = lock_draft(draft)
    check_version(draft, version)
    _say(draft, title, intro, asks_name, name_reason, languages)
    return save_draft(draft)


def check_version(draft: QuestionnaireVersion, version: int) -> None:
    """Refuse when somebody saved since `version`. Raises ChangedMeanwhileError."""
    if draft.version != version:
        raise ChangedMeanwhileError(
            _("Iemand anders heeft deze vragenlijst intussen gewijzigd. Vergelijk en bewaar opnieuw."),
            current={
                _("titel"): draft.title,
                _("inleiding"): draft.intro,
                _("vragen"): " · ".join(draft.questions.order_by("position").values_list("text", flat=True)),
            },
        )


def save_draft(draft: QuestionnaireVersion) -> QuestionnaireVersion:
    """Save it as something that changed."""
    draft.version += 1
    draft.save()
    return draft


@transaction.atomic
def publish_version(
    *, by: User, draft: QuestionnaireVersion, now: dt.datetime | None = None
) -> QuestionnaireVersion:
    """Freeze it: from here on rounds can be held with it. Raises QuestionnaireError when nothing is asked yet."""
    draft = lock_draft(draft)
    if not draft.questions.exists():
        raise QuestionnaireError(_("Er staan nog geen vragen in. Voeg er eerst een toe."))
    if missing := missing_languages(draft):
        raise QuestionnaireError(
            _("Nog niet vertaald: %(languages)s. Vertaal eerst, of haal die talen weg.")
            % {"languages": ", ".join(str(Language(code).label) for code in missing)}
        )
    draft.published_by, draft.published_at = by, now or timezone.now()
    return save_draft(draft)


def missing_languages(version: QuestionnaireVersion) -> list[str]:
    """Return the languages in which something that is read in Dutch has no text yet. Two queries."""
    missing = {code for code in version.languages if _lacks(version, ("title", "intro", "name_reason"), code)}
    for question in version.questions.all():
        parts = ("text", "help_text", "low_label", "high_label")
        missing |= {code for code in version.languages if _lacks(question, parts, code)}
    options = QuestionOption.objects.filter(question__questionnaire_version=version)
    for row in options.values_list("translations", flat=True):
        missing |= {code for code in version.languages if not row.get(code)}
    return [code for code in TRANSLATIONS if code in missing]


def _lacks(record: QuestionnaireVersion | Question, parts: Sequence[str], language: str) -> bool:
    said = record.translations.get(language, {})
    return any(getattr(record, part) and not said.get(part) for part in parts)


@transaction.atomic
def revise(*, by: User, questionnaire: Questionnaire) -> QuestionnaireVersion:
    """Begin a new version from the last one; questions keep their code, so that rounds can be compared.

    A draft that is there already is returned as it is.
    """
    questionnaire = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    last = questionnaire.versions.order_by("-number")[0]
    if last.is_draft:
        return last
    draft = QuestionnaireVersion.objects.create(
        questionnaire=questionnaire,
        number=last.number + 1,
        title=last.title,
        intro=last.intro,
        asks_name=last.asks_name,
        name_reason=last.name_reason,
        languages=last.languages,
        translations=last.translations,
        created_by=by,
    )
    for question in last.questions.order_by("position").prefetch_related("options"):
        options = list(question.options.all())
        question.pk, question.questionnaire_version = None, draft
        question._state.adding = True
        question.save()
        for option in options:
            option.pk, option.question = None, question
        QuestionOption.objects.bulk_create(options)
    return draft


@transaction.atomic
def translate_version(
    *,
    by: User,
    draft: QuestionnaireVersion,
    version: int,
    language: str,
    words: Mapping[str, str],
    questions: Mapping[int, Mapping[str, str]],
    options: Mapping[int, str],
) -> QuestionnaireVersion:
    """Keep the words of one language: of the title, of each question by its id, of each choice by its id.

    Raises QuestionnaireError, ChangedMeanwhileError.
    """
    draft = lock_draft(draft)
    check_version(draft, version)
    if language not in draft.languages:
        raise QuestionnaireError(_("Deze taal wordt niet aangeboden."))
    draft.translations = {**draft.translations, language: _said(words)}
    for question in draft.questions.all():
        if question.pk in questions:
            question.translations = {**question.translations, language: _said(questions[question.pk])}
            question.save(update_fields=["translations"])
    for option in QuestionOption.objects.filter(question__questionnaire_version=draft):
        if option.pk in options:
            option.translations = {**option.translations, language: options[option.pk].strip()}
            option.save(update_fields=["translations"])
    return save_draft(draft)


def _said(words: Mapping[str, str]) -> dict[str, Any]:
    return {name: text.strip() for name, text in words.items() if text.strip()}
