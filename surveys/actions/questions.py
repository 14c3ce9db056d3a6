"""The questions of a draft: added, changed, moved, taken out."""

import re
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from surveys.actions.questionnaires import QuestionnaireError, check_version, lock_draft, save_draft
from surveys.enums import CAN_BE_CONDITION, WITH_OPTIONS, QuestionKind
from surveys.models import Question, QuestionnaireVersion, QuestionOption
from surveys.reading import questions_of

MOST_QUESTIONS = 60
MOST_OPTIONS = 20
LONGEST_SCALE = 11
_CODE = re.compile(r"[^a-z0-9]+")


class QuestionError(QuestionnaireError):
    """This can't be asked like that; the message says why."""


def _free_code(text: str, taken: set[str]) -> str:
    """Return a code that follows from the text and is not taken: it stays when the text is changed."""
    stem = _CODE.sub("-", slugify(text))[:32].strip("-") or "vraag"
    code, n = stem, 1
    while code in taken:
        n += 1
        code = f"{stem}-{n}"
    return code


def _check(values: dict[str, Any], earlier: Sequence[Question], options: Sequence[str]) -> None:
    kind = values["kind"]
    if kind in WITH_OPTIONS:
        if not 2 <= len(options) <= MOST_OPTIONS:
            raise QuestionError(
                _("Zet twee tot %(most)d keuzes, elk op een regel.") % {"most": MOST_OPTIONS}, field="options"
            )
        if len({text.casefold() for text in options}) != len(options):
            raise QuestionError(_("Twee keuzes zijn dezelfde."), field="options")
    elif options:
        raise QuestionError(_("Bij deze soort vraag horen geen keuzes."), field="options")
    if kind in (QuestionKind.SCALE, QuestionKind.NUMBER):
        lowest, highest = values.get("lowest"), values.get("highest")
        if lowest is None or highest is None or highest <= lowest:
            raise QuestionError(_("De hoogste waarde ligt boven de laagste."), field="highest")
        if kind == QuestionKind.SCALE and highest - lowest >= LONGEST_SCALE:
            raise QuestionError(
                _("Een schaal heeft hoogstens %(most)d stappen.") % {"most": LONGEST_SCALE}, field="highest"
            )
    else:
        values["lowest"] = values["highest"] = None
    if kind != QuestionKind.SCALE:
        values["low_label"] = values["high_label"] = ""
        if values.get("is_perception"):
            raise QuestionError(
                _("Hoe mensen de wijk ervaren, vraag je met een schaal."), field="is_perception"
            )
    _check_condition(values, earlier)


def _check_condition(values: dict[str, Any], earlier: Sequence[Question]) -> None:
    """The condition names an earlier question, and answers that it has."""
    if not values.get("when_code"):
        if values.get("when_values"):
            raise QuestionError(_("Kies bij welke vraag deze antwoorden horen."), field="when")
        values["when_code"], values["when_values"] = "", []
        return
    asked = next((row for row in earlier if row.code == values["when_code"]), None)
    if asked is None or asked.kind not in CAN_BE_CONDITION:
        raise QuestionError(_("Kies een vraag die hiervoor staat en keuzes heeft."), field="when")
    if not values["when_values"] or not set(values["when_values"]) <= set(answers_of(asked)):
        raise QuestionError(_("Kies bij welke antwoorden deze vraag komt."), field="when")


def answers_of(question: Question) -> list[str]:
    """Return what can be the condition of a later question: codes of choices, or the steps of a scale."""
    if question.kind == QuestionKind.SCALE:
        return [str(step) for step in question.steps]
    return [option.code for option in question.options.all()]


def _save_options(question: Question, texts: Sequence[str]) -> None:
    """Keep the codes of choices that stay: by their text, and what was reworded by its place."""
    old = list(question.options.order_by("position"))
    by_text = {option.text.casefold(): option for option in old}
    kept: dict[int, QuestionOption] = {
        at: by_text[text.casefold()] for at, text in enumerate(texts) if text.casefold() in by_text
    }
    gone = [option for option in old if option not in kept.values()]
    fresh = [at for at in range(len(texts)) if at not in kept]
    if len(gone) == len(fresh):
        kept |= dict(zip(fresh, gone, strict=True))
    taken = {option.code for option in old}
    stays = {option.pk for option in kept.values()}
    question.options.exclude(pk__in=stays).delete()
    for at, text in enumerate(texts):
        option = kept.get(at)
        if option is None:
            code = _free_code(text, taken)
            taken.add(code)
            QuestionOption.objects.create(question=question, position=at, code=code, text=text)
        else:
            if option.text != text:
                option.translations = {}
            option.position, option.text = at, text
            option.save()


def _clean(options: Sequence[str]) -> list[str]:
    return [text.strip()[:120] for text in options if text.strip()]


@transaction.atomic
def add_question(
    *, by: User, draft: QuestionnaireVersion, version: int, options: Sequence[str] = (), **values: Any
) -> Question:
    """Ask something more, at the end. Raises QuestionError, QuestionnaireError, ChangedMeanwhileError."""
    draft = lock_draft(draft)
    check_version(draft, version)
    earlier, texts = questions_of(draft), _clean(options)
    if len(earlier) >= MOST_QUESTIONS:
        raise QuestionError(
            _("Meer dan %(most)d vragen vult niemand in. Haal er eerst een weg.") % {"most": MOST_QUESTIONS}
        )
    _check(values, earlier, texts)
    # A code of an earlier version, also of a question that was taken out, means that question for good.
    taken = set(
        Question.objects.filter(questionnaire_version__questionnaire_id=draft.questionnaire_id).values_list(
            "code", flat=True
        )
    )
    position = earlier[-1].position + 1 if earlier else 1
    question = Question.objects.create(
        questionnaire_version=draft, position=position, code=_free_code(values["text"], taken), **values
    )
    _save_options(question, texts)
    save_draft(draft)
    return question


@transaction.atomic
def edit_question(
    *, by: User, question: Question, version: int, options: Sequence[str] = (), **values: Any
) -> Question:
    """Ask it differently; another kind is another question. Raises as `add_question` does."""
    draft = lock_draft(question.questionnaire_version)
    check_version(draft, version)
    rows, texts = questions_of(draft), _clean(options)
    question = next(row for row in rows if row.pk == question.pk)
    if values["kind"] != question.kind:
        raise QuestionError(
            _("Een andere soort is een andere vraag. Voeg een nieuwe toe en haal deze weg."), field="kind"
        )
    _check(values, [row for row in rows if row.position < question.position], texts)
    if values["text"] != question.text:
        question.translations = {}
    for name, value in values.items():
        setattr(question, name, value)
    question.save()
    _save_options(question, texts)
    _check_followers(draft, question)
    save_draft(draft)
    return question


def _check_followers(draft: QuestionnaireVersion, changed: Question) -> None:
    """A later question may wait for an answer that is gone."""
    changed = next(row for row in questions_of(draft) if row.pk == changed.pk)
    known = set(answers_of(changed))
    for row in draft.questions.filter(when_code=changed.code):
        if not set(row.when_values) <= known:
            raise QuestionError(
                _("“%(question)s” wacht op een antwoord dat je weghaalt. Pas die vraag eerst aan.")
                % {"question": row.text}
            )


@transaction.atomic
def move_question(*, by: User, question: Question, up: bool) -> Question:
    """Let it change places with its neighbour. Raises QuestionError when it would come before its condition."""
    draft = lock_draft(question.questionnaire_version)
    rows = questions_of(draft)
    at = next(n for n, row in enumerate(rows) if row.pk == question.pk)
    other = at - 1 if up else at + 1
    if not 0 <= other < len(rows):
        return question
    first, second = (rows[other], rows[at]) if up else (rows[at], rows[other])
    if second.when_code == first.code:
        raise QuestionError(_("Deze vraag hangt af van de andere, en blijft erna staan."))
    first.position, second.position = second.position, first.position
    for row in (first, second):
        row.save(update_fields=["position"])
    save_draft(draft)
    return question


@transaction.atomic
def remove_question(*, by: User, question: Question) -> QuestionnaireVersion:
    """Take it out of the draft. Raises QuestionError when a later one waits for its answer."""
    draft = lock_draft(question.questionnaire_version)
    waiting = draft.questions.filter(when_code=question.code).first()
    if waiting is not None:
        raise QuestionError(
            _("“%(question)s” hangt van deze vraag af. Pas die eerst aan.") % {"question": waiting.text}
        )
    Question.objects.filter(pk=question.pk, questionnaire_version=draft).delete()
    return save_draft(draft)
