"""Making a questionnaire: versions that freeze, conditions that hold, translations, rounds and codes."""

import uuid

import pytest
from django.db import DatabaseError, transaction

from arsenaal.lib.errors import ChangedMeanwhileError
from surveys.actions.questionnaires import (
    QuestionnaireError,
    edit_version,
    make_questionnaire,
    publish_version,
    revise,
    translate_version,
)
from surveys.actions.questions import (
    QuestionError,
    add_question,
    edit_question,
    move_question,
    remove_question,
)
from surveys.actions.rounds import RoundError, begin_round, close_round, edit_round, make_codes
from surveys.models import Question, QuestionnaireVersion, QuestionOption, RoundCode
from surveys.reading import questions_of
from tests.factories import World
from tests.surveys.making import NEEDS, draft_of, round_of, today


@pytest.fixture
def draft(world: World) -> QuestionnaireVersion:
    return draft_of(world.cohesion_coach, world.neighbourhood)


def asked(version: QuestionnaireVersion, code: str) -> Question:
    return next(row for row in questions_of(version) if row.code == code)


def test_published_version_never_changes_in_actions_nor_in_the_database(
    world: World, draft: QuestionnaireVersion
) -> None:
    by = world.cohesion_coach
    version = publish_version(by=by, draft=draft)
    first = questions_of(version)[0]
    for attempt in (
        lambda: edit_version(by=by, draft=version, version=version.version, title="x"),
        lambda: add_question(by=by, draft=version, version=version.version, text="x", kind="text"),
        lambda: remove_question(by=by, question=first),
        lambda: publish_version(by=by, draft=version),
    ):
        with pytest.raises(QuestionnaireError, match="gepubliceerd"):
            attempt()
    for rows in (
        QuestionnaireVersion.objects.filter(pk=version.pk),
        Question.objects.filter(questionnaire_version=version),
        QuestionOption.objects.filter(question=first),
    ):
        for change in (
            lambda found: found.update(translations={"x": 1}),
            lambda found: found._raw_delete("default"),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change(rows)


def test_changed_after_answers_is_a_new_version_that_keeps_the_codes(
    world: World, draft: QuestionnaireVersion
) -> None:
    by = world.cohesion_coach
    version = publish_version(by=by, draft=draft)
    fresh = revise(by=by, questionnaire=version.questionnaire)
    assert revise(by=by, questionnaire=version.questionnaire) == fresh
    assert fresh.number == 2
    assert [row.code for row in questions_of(fresh)] == [row.code for row in questions_of(version)]
    missing = asked(fresh, "wat-mis-je")
    edit_question(
        by=by,
        question=missing,
        version=1,
        text="Wat mis je het meest?",
        kind="multiple",
        options=["Rust", "Groen in de straat", "Speelplek", "Een bank"],
    )
    options = {row.text: row.code for row in asked(fresh, "wat-mis-je").options.all()}
    assert options["Rust"] == "rust"
    assert options["Speelplek"] == "speelplek"
    assert "groen" not in options.values()  # one went and two came: nobody can tell which it was
    assert [row.text for row in asked(version, "wat-mis-je").options.all()] == ["Groen", "Rust", "Speelplek"]
    edit_question(
        by=by,
        question=asked(fresh, "blijf-je-graag-wonen"),
        version=2,
        text="Blijf je graag wonen?",
        kind="single",
        options=["Ja, graag", "Nee"],
    )
    assert asked(fresh, "blijf-je-graag-wonen").options.all()[0].code == "ja"  # reworded in its place


def test_question_that_was_taken_out_keeps_its_code_for_itself(
    world: World, draft: QuestionnaireVersion
) -> None:
    by = world.cohesion_coach
    version = publish_version(by=by, draft=draft)
    fresh = revise(by=by, questionnaire=version.questionnaire)
    remove_question(by=by, question=asked(fresh, "wat-mis-je"))
    again = add_question(
        by=by, draft=fresh, version=2, text="Wat mis je?", kind="single", options=["Niets", "Veel"]
    )
    assert again.code == "wat-mis-je-2"


def test_conditions_look_back_and_are_not_left_hanging(world: World, draft: QuestionnaireVersion) -> None:
    by = world.cohesion_coach
    first, second = questions_of(draft)[:2]
    with pytest.raises(QuestionError, match="hangt"):
        remove_question(by=by, question=first)
    with pytest.raises(QuestionError, match="hangt"):
        move_question(by=by, question=second, up=True)
    draft.refresh_from_db()
    with pytest.raises(QuestionError, match="wacht"):
        edit_question(
            by=by,
            question=first,
            version=draft.version,
            text=first.text,
            kind="single",
            options=["A", "B", "C"],
        )
    wrong = {"text": "x", "kind": "text", "version": draft.version, "draft": draft, "by": by}
    for when in (
        {"when_code": "bestaat-niet", "when_values": ["ja"]},
        {"when_code": "blijf-je-graag-wonen", "when_values": ["onzin"]},
        {"when_code": "met-hoeveel-zijn-jullie", "when_values": ["2"]},
        {"when_code": "", "when_values": ["ja"]},
    ):
        with pytest.raises(QuestionError):
            add_question(**wrong, **when)
    move_question(by=by, question=questions_of(draft)[2], up=False)
    assert [row.position for row in questions_of(draft)] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "single", "options": ["een"]}, "options"),
        ({"kind": "single", "options": ["Ja", "ja"]}, "options"),
        ({"kind": "text", "options": ["Ja", "Nee"]}, "options"),
        ({"kind": "scale", "lowest": 5, "highest": 1}, "highest"),
        ({"kind": "scale", "lowest": 0, "highest": 100}, "highest"),
        ({"kind": "number"}, "highest"),
        ({"kind": "text", "is_perception": True}, "is_perception"),
    ],
)
def test_question_that_makes_no_sense_is_refused(
    world: World, draft: QuestionnaireVersion, values: dict[str, object], field: str
) -> None:
    with pytest.raises(QuestionError) as refused:
        add_question(by=world.cohesion_coach, draft=draft, version=draft.version, text="x", **values)
    assert refused.value.field == field


def test_two_coaches_at_once_and_names_that_are_taken(world: World, draft: QuestionnaireVersion) -> None:
    by = world.cohesion_coach
    with pytest.raises(ChangedMeanwhileError):
        edit_version(by=by, draft=draft, version=1, title="x")
    with pytest.raises(QuestionnaireError, match="naam"):
        make_questionnaire(
            by=by, neighbourhood=world.neighbourhood, purpose=NEEDS, name="Behoeften", title="x"
        )
    with pytest.raises(QuestionnaireError) as refused:
        edit_version(by=by, draft=draft, version=draft.version, title="x", asks_name=True)
    assert refused.value.field == "name_reason"


def test_language_is_offered_once_everything_is_translated(world: World, draft: QuestionnaireVersion) -> None:
    by = world.cohesion_coach
    draft = edit_version(
        by=by, draft=draft, version=draft.version, title="Hoe woon je hier?", languages=["ar", "onzin"]
    )
    with pytest.raises(QuestionnaireError, match="العربية"):
        publish_version(by=by, draft=draft)
    rows = questions_of(draft)
    words = {
        "words": {"title": "كيف تعيش هنا؟"},
        "questions": {row.pk: {"text": "سؤال", "low_label": "قليل", "high_label": "كثير"} for row in rows},
        "options": {option.pk: "جواب" for row in rows for option in row.options.all()},
    }
    with pytest.raises(QuestionnaireError, match="taal"):
        translate_version(by=by, draft=draft, version=draft.version, language="tr", **words)
    draft = translate_version(by=by, draft=draft, version=draft.version, language="ar", **words)
    assert publish_version(by=by, draft=draft).all_languages == ["nl", "ar"]


def test_empty_questionnaire_and_draft_are_not_held(world: World) -> None:
    by = world.cohesion_coach
    draft = make_questionnaire(
        by=by, neighbourhood=world.neighbourhood, purpose=NEEDS, name="Leeg", title="Leeg"
    )
    with pytest.raises(QuestionnaireError, match="geen vragen"):
        publish_version(by=by, draft=draft)
    with pytest.raises(RoundError, match="Publiceer"):
        begin_round(by=by, questionnaire_version=draft, name="x", from_on=today(), until_on=today(3))


def test_round_that_has_ended_stays_ended(world: World, draft: QuestionnaireVersion) -> None:
    by = world.cohesion_coach
    round_ = close_round(by=by, round_=round_of(by, draft))
    assert close_round(by=by, round_=round_).closed_at == round_.closed_at
    with pytest.raises(RoundError, match="afgelopen"):
        edit_round(by=by, round_=round_, version=round_.version, name="x", until_on=today(20))
    with pytest.raises(RoundError, match="afgelopen"):
        make_codes(by=by, round_=round_, count=1, seed=uuid.uuid4())
    named = edit_round(
        by=by, round_=round_, version=round_.version, name="Herfst", until_on=round_.until_on, invited_count=9
    )
    assert named.name == "Herfst"


def test_sheet_of_codes_sent_twice_is_one_sheet_and_no_code_is_kept(
    world: World, draft: QuestionnaireVersion
) -> None:
    by = world.cohesion_coach
    round_, seed = round_of(by, draft), uuid.uuid4()
    codes = make_codes(by=by, round_=round_, count=12, seed=seed)
    assert make_codes(by=by, round_=round_, count=12, seed=seed) == codes
    assert len(set(codes)) == RoundCode.objects.count() == 12
    assert not set(codes) & set(RoundCode.objects.values_list("digest", flat=True))
    with pytest.raises(RoundError):
        make_codes(by=by, round_=round_, count=100_000, seed=seed)
