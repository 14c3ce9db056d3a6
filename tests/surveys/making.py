"""Questionnaires and rounds for tests, made through the real actions."""

import datetime as dt
import uuid
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from accounts.models import Neighbourhood, User
from surveys.actions.answers import answer_during_visit
from surveys.actions.questionnaires import make_questionnaire, publish_version
from surveys.actions.questions import add_question
from surveys.actions.rounds import begin_round
from surveys.answering import read_answers
from surveys.models import AnswerSet, QuestionnaireVersion, SurveyRound
from surveys.reading import questions_of

NEEDS = "cohesion.needs"
STREETS = ["Draaibankstraat", "Aambeeldstraat"]


def today(days: int = 0) -> dt.date:
    """A day, counted from the day of the test."""
    return timezone.localdate() + dt.timedelta(days=days)


def draft_of(by: User, where: Neighbourhood, name: str = "Behoeften", **kwargs: Any) -> QuestionnaireVersion:
    """A draft with one question of each kind; `why` is asked only of who would not like to stay."""
    draft = make_questionnaire(
        by=by, neighbourhood=where, purpose=NEEDS, name=name, title="Hoe woon je hier?", **kwargs
    )
    questions: list[dict[str, Any]] = [
        {"text": "Blijf je graag wonen?", "kind": "single", "options": ["Ja", "Nee"], "is_required": True},
        {"text": "Waarom niet?", "kind": "text", "when_code": "blijf-je-graag-wonen", "when_values": ["nee"]},
        {"text": "Wat mis je?", "kind": "multiple", "options": ["Groen", "Rust", "Speelplek"]},
        {
            "text": "Hoe aangenaam is de wijk?",
            "kind": "scale",
            "lowest": 1,
            "highest": 5,
            "low_label": "niet",
            "high_label": "heel",
            "is_perception": True,
        },
        {"text": "Met hoeveel zijn jullie?", "kind": "number", "lowest": 1, "highest": 20},
    ]
    for number, values in enumerate(questions, 1):
        add_question(by=by, draft=draft, version=number, **values)
    draft.refresh_from_db()
    return draft


def round_of(by: User, version: QuestionnaireVersion, name: str = "Najaar", **kwargs: Any) -> SurveyRound:
    """A round that runs, of a version that is published for it when it wasn't."""
    if version.is_draft:
        version = publish_version(by=by, draft=version)
    values: dict[str, Any] = {"from_on": today(-10), "until_on": today(10), "streets": STREETS}
    return begin_round(by=by, questionnaire_version=version, name=name, **(values | kwargs))


def sent(**fields: Any) -> QueryDict:
    """What a page sends: `q_wat_mis_je=["groen"]` is the field q-wat-mis-je."""
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(
            name.replace("_", "-") if name.startswith("q_") else name,
            value if isinstance(value, list) else [str(value)],
        )
    return data


def answer(by: User, round_: SurveyRound, page: uuid.UUID | None = None, **fields: Any) -> AnswerSet:
    """Fill it in during a visit."""
    fields.setdefault("q_blijf_je_graag_wonen", "ja")
    given = read_answers(round_, questions_of(round_.questionnaire_version), sent(**fields), "nl")
    assert not given.errors
    return answer_during_visit(by=by, round_=round_, given=given, page=page or uuid.uuid4(), language="nl")
