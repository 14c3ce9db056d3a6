"""The needs survey of the demo: spring and autumn in three streets, and a third round that has just begun."""

import uuid
from typing import Any

from django.http import QueryDict

from accounts.models import User
from reporting.demo.stage import Stage, Story
from surveys.actions.answers import answer_during_visit
from surveys.actions.questionnaires import (
    edit_version,
    make_questionnaire,
    publish_version,
    revise,
    translate_version,
)
from surveys.actions.questions import add_question, edit_question
from surveys.actions.rounds import begin_round, close_round
from surveys.answering import field_name, read_answers
from surveys.models import QuestionnaireVersion, SurveyRound
from surveys.reading import questions_of

_STREETS = ("Milsenstraat", "Vekestraat", "Verzonnenkaai")
_PAGES = uuid.UUID("6f6a4a52-0d5c-4a53-9f0f-5a2f6e0a7c11")  # so that the same moment gives the same answers
_NEEDS = ("Groen", "Rust", "Een speelplek", "Iemand om mee te praten")
_QUESTIONS: tuple[dict[str, Any], ...] = (
    {
        "text": "Hoe aangenaam is het om hier te wonen?",
        "kind": "scale",
        "lowest": 1,
        "highest": 5,
        "low_label": "helemaal niet",
        "high_label": "heel aangenaam",
        "is_required": True,
        "is_perception": True,
    },
    {"text": "Ken je je buren?", "kind": "single", "options": ["Ja, goed", "Een beetje", "Nee"]},
    {
        "text": "Zou je hen willen leren kennen?",
        "kind": "single",
        "options": ["Ja", "Nee"],
        "when_code": "ken-je-je-buren",
        "when_values": ["nee", "een-beetje"],
    },
    {"text": "Wat mis je in de wijk?", "kind": "multiple", "options": list(_NEEDS)},
    {"text": "Met hoeveel wonen jullie hier?", "kind": "number", "lowest": 1, "highest": 20},
    {"text": "Wat zou jij als eerste veranderen?", "kind": "text"},
)
_TURKISH = {
    "Hoe aangenaam is het om hier te wonen?": "Burada yaşamak ne kadar hoş?",
    "helemaal niet": "hiç değil",
    "heel aangenaam": "çok hoş",
    "Ken je je buren?": "Komşularınızı tanıyor musunuz?",
    "Ja, goed": "Evet, iyi",
    "Een beetje": "Biraz",
    "Nee": "Hayır",
    "Zou je hen willen leren kennen?": "Onları tanımak ister misiniz?",
    "Ja": "Evet",
    "Wat mis je in de wijk?": "Mahallede ne eksik?",
    "Groen": "Yeşillik",
    "Rust": "Huzur",
    "Een speelplek": "Oyun alanı",
    "Iemand om mee te praten": "Konuşacak biri",
    "Met hoeveel wonen jullie hier?": "Burada kaç kişi yaşıyorsunuz?",
    "Wat zou jij als eerste veranderen?": "İlk olarak neyi değiştirirdiniz?",
}
_ARABIC = {
    "Hoe aangenaam is het om hier te wonen?": "ما مدى راحة العيش هنا؟",
    "helemaal niet": "غير مريح أبدًا",
    "heel aangenaam": "مريح جدًا",
    "Ken je je buren?": "هل تعرف جيرانك؟",
    "Ja, goed": "نعم، جيدًا",
    "Een beetje": "قليلًا",
    "Nee": "لا",
    "Zou je hen willen leren kennen?": "هل تود التعرف عليهم؟",
    "Ja": "نعم",
    "Wat mis je in de wijk?": "ما الذي ينقص الحي؟",
    "Groen": "مساحات خضراء",
    "Rust": "هدوء",
    "Een speelplek": "مكان للعب",
    "Iemand om mee te praten": "شخص للحديث معه",
    "Met hoeveel wonen jullie hier?": "كم عددكم في البيت؟",
    "Wat zou jij als eerste veranderen?": "ما أول شيء ستغيره؟",
}
_WISHES = (
    "Een bank in de schaduw, dan blijf ik eens zitten.",
    "De straat is donker na zes uur.",
    "Meer groen tegen de gevels.",
)


def _translate(
    by: User, draft: QuestionnaireVersion, language: str, words: dict[str, str], title: str, intro: str
) -> None:
    rows = questions_of(draft)
    parts = ("text", "low_label", "high_label")
    translate_version(
        by=by,
        draft=draft,
        version=draft.version,
        language=language,
        words={"title": title, "intro": intro},
        questions={
            row.pk: {part: words[getattr(row, part)] for part in parts if getattr(row, part)} for row in rows
        },
        options={option.pk: words[option.text] for row in rows for option in row.options.all()},
    )
    draft.refresh_from_db()


def _fill_in(by: User, round_: SurveyRound, count: int, *, later: bool) -> None:
    """Answers that follow from their place in the row: in the later round people know each other better."""
    questions = questions_of(round_.questionnaire_version)
    marks = (5, 4, 4, 3, 4, 2, 5, 4) if later else (3, 2, 4, 3, 1, 2, 4, 3)
    neighbours = (
        ("ja-goed", "een-beetje", "ja-goed", "nee") if later else ("nee", "een-beetje", "nee", "ja-goed")
    )
    needs = ["groen rust", "een-speelplek", "groen", "iemand-om-mee-te-praten", "groen een-speelplek"]
    if later:
        needs = ["groen", "rust een-bank", "een-bank", "een-speelplek", "rust iemand-om-mee-te-praten"]
    felt, known, willing, missing, people, wish = (field_name(question) for question in questions)
    for n in range(count):
        data = QueryDict(mutable=True)
        data["street"] = _STREETS[n % len(_STREETS)]
        data[felt] = str(marks[n // 3 % len(marks)])
        data[known] = neighbours[n // 3 % len(neighbours)]
        data[willing] = "ja" if n % 4 else "nee"
        data.setlist(missing, needs[n // 3 % len(needs)].split())
        data[people] = str(1 + n % 6)
        if n % 6 == 0:
            data[wish] = _WISHES[n // 6 % len(_WISHES)]
        given = read_answers(round_, questions, data, "nl")
        page = uuid.uuid5(_PAGES, f"{round_.name}-{n}")
        answer_during_visit(by=by, round_=round_, given=given, page=page, language="nl")


def _round(stage: Stage, version: QuestionnaireVersion, name: str, lasts: int, invited: int) -> SurveyRound:
    today = stage.clock.now().date()
    return begin_round(
        by=stage.cast.cohesiecoach,
        questionnaire_version=version,
        name=name,
        from_on=today,
        until_on=stage.due(lasts),
        audience="Elke voordeur in drie straten",
        invited_count=invited,
        streets=_STREETS,
    )


def survey(stage: Stage) -> Story:
    """A first round by the coach alone; then in three languages, asked a little better; now with codes as well."""
    coach = stage.cast.cohesiecoach

    yield stage.ago(160, "10:30")
    draft = make_questionnaire(
        by=coach,
        neighbourhood=stage.arsenaal,
        purpose="cohesion.needs",
        name="Wat mis je, wat kun je?",
        title="Hoe woon je hier?",
        intro="We vragen dit aan iedereen in drie straten. In het buurthuis tonen we wat eruit komt.",
    )
    for number, values in enumerate(_QUESTIONS, 1):
        add_question(by=coach, draft=draft, version=number, **values)
    first = publish_version(by=coach, draft=draft)

    yield stage.ago(155, "9:30")
    spring = _round(stage, first, "Eerste ronde", 30, 140)
    yield stage.ago(140, "16:00")
    _fill_in(coach, spring, 72, later=False)
    yield stage.ago(120, "16:30")
    close_round(by=coach, round_=spring)

    yield stage.ago(45, "11:00")
    draft = revise(by=coach, questionnaire=first.questionnaire)
    bench = next(row for row in questions_of(draft) if row.kind == "multiple")
    edit_question(
        by=coach,
        question=bench,
        version=1,
        text="Wat mis je in de wijk?",
        kind="multiple",
        options=[*_NEEDS, "Een bank"],
    )
    draft.refresh_from_db()
    draft = edit_version(
        by=coach,
        draft=draft,
        version=draft.version,
        title=draft.title,
        intro="We vragen dit aan iedereen in drie straten.",
        languages=["ar", "tr"],
    )
    _translate(
        coach,
        draft,
        "tr",
        _TURKISH | {"Een bank": "Bir bank"},
        "Burada nasıl yaşıyorsunuz?",
        "Bunu üç sokaktaki herkese soruyoruz.",
    )
    _translate(
        coach,
        draft,
        "ar",
        _ARABIC | {"Een bank": "مقعد"},
        "كيف تعيش هنا؟",
        "نسأل هذا كل من يسكن في ثلاثة شوارع.",
    )
    second = publish_version(by=coach, draft=draft)

    yield stage.ago(40, "9:30")
    autumn = _round(stage, second, "Tweede ronde", 30, 150)
    yield stage.ago(30, "16:00")
    _fill_in(coach, autumn, 84, later=True)
    yield stage.ago(12, "16:30")
    close_round(by=coach, round_=autumn)

    yield stage.ago(2, "9:30")
    _round(stage, second, "Aan het schoolhek", 30, 60)
