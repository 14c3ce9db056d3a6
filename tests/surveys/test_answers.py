"""Filling in: conditions on the server, one answer for one code, guessed codes, figures that give nobody away."""

import uuid

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from accounts.wall import acting_as
from surveys.actions.answers import (
    AnswerError,
    NoWayInError,
    answer_on_tablet,
    answer_with_code,
    pass_of_tablet,
    round_of_code,
    take_words_away,
)
from surveys.actions.questionnaires import revise
from surveys.actions.questions import edit_question
from surveys.actions.rounds import close_round, make_codes, start_tablet, stop_tablets
from surveys.answering import Given, read_answers
from surveys.models import Answer, AnswerSet, AnswerWords, Question, RoundCode, SurveyRound
from surveys.reading import questions_of
from surveys.results import _street_table, compare, results_of
from tests.factories import World
from tests.surveys.making import STREETS, answer, draft_of, round_of, sent


@pytest.fixture
def round_(world: World) -> SurveyRound:
    return round_of(world.cohesion_coach, draft_of(world.cohesion_coach, world.neighbourhood))


def read(round_: SurveyRound, **fields: object) -> Given:
    return read_answers(round_, questions_of(round_.questionnaire_version), sent(**fields), "nl")


def test_answer_to_what_is_not_asked_is_left_out(round_: SurveyRound) -> None:
    asked = {row.code: row.pk for row in questions_of(round_.questionnaire_version)}
    yes = read(round_, q_blijf_je_graag_wonen="ja", q_waarom_niet="Te druk")
    assert not yes.texts
    no = read(round_, q_blijf_je_graag_wonen="nee", q_waarom_niet="Te druk")
    assert no.texts == {asked["waarom-niet"]: "Te druk"}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, "q-blijf-je-graag-wonen"),
        ({"q_blijf_je_graag_wonen": "misschien"}, "q-blijf-je-graag-wonen"),
        ({"q_blijf_je_graag_wonen": ["ja", "nee"]}, "q-blijf-je-graag-wonen"),
        ({"q_blijf_je_graag_wonen": "nee", "q_waarom_niet": "x" * 2001}, "q-waarom-niet"),
        ({"q_blijf_je_graag_wonen": "ja", "q_wat_mis_je": ["groen", "onzin"]}, "q-wat-mis-je"),
        ({"q_blijf_je_graag_wonen": "ja", "q_hoe_aangenaam_is_de_wijk": "6"}, "q-hoe-aangenaam-is-de-wijk"),
        ({"q_blijf_je_graag_wonen": "ja", "q_met_hoeveel_zijn_jullie": "²"}, "q-met-hoeveel-zijn-jullie"),
        (
            {"q_blijf_je_graag_wonen": "ja", "q_met_hoeveel_zijn_jullie": "9" * 400},
            "q-met-hoeveel-zijn-jullie",
        ),
    ],
)
def test_nonsense_is_told_beside_its_question(
    round_: SurveyRound, fields: dict[str, object], wrong: str
) -> None:
    assert set(read(round_, **fields).errors) == {wrong}


def test_street_is_one_of_the_list_and_a_name_only_where_it_is_asked(round_: SurveyRound) -> None:
    given = read(round_, q_blijf_je_graag_wonen="ja", street="Elders 3", given_name="Jef")
    assert (given.street, given.given_name) == ("", "")
    assert read(round_, q_blijf_je_graag_wonen="ja", street=STREETS[0]).street == STREETS[0]


def test_one_code_is_one_answer(world: World, round_: SurveyRound) -> None:
    (code,) = make_codes(by=world.cohesion_coach, round_=round_, count=1, seed=uuid.uuid4())
    here, page = world.neighbourhood.pk, uuid.uuid4()
    given = read(round_, q_blijf_je_graag_wonen="ja", q_wat_mis_je=["groen", "rust"])
    values = {
        "code": f" {code[:4]}-{code[4:]}".lower(),
        "neighbourhood_id": here,
        "given": given,
        "language": "nl",
    }
    with pytest.raises(NoWayInError):
        answer_with_code(**(values | {"neighbourhood_id": world.elsewhere.pk}), page=page)
    kept = answer_with_code(**values, page=page)
    assert answer_with_code(**values, page=page) is None  # two presses
    with pytest.raises(NoWayInError):
        answer_with_code(**values, page=uuid.uuid4())  # somebody else with the same slip
    assert kept is not None
    assert AnswerSet.objects.filter(round=round_).count() == 1
    assert Answer.objects.count() == 3
    # Nothing leads from the answer to its code.
    assert not {field.name for field in RoundCode._meta.get_fields()} & {
        "answer_set",
        "answersets",
        "used_at",
    }


def test_guessed_codes_and_codes_of_a_closed_round_sound_alike(world: World, round_: SurveyRound) -> None:
    from django.utils import timezone

    (code,) = make_codes(by=world.cohesion_coach, round_=round_, count=1, seed=uuid.uuid4())
    here, today = world.neighbourhood.pk, timezone.localdate()
    assert round_of_code(code, neighbourhood_id=here, today=today) == round_
    close_round(by=world.cohesion_coach, round_=round_)
    told = set()
    for guess in (code, "AAAABBBBCCCC", "", "é" * 5000, f"{code}A"):
        with pytest.raises(NoWayInError) as refused:
            round_of_code(guess, neighbourhood_id=here, today=today)
        told.add(refused.value.message)
    assert len(told) == 1


def test_tablet_takes_many_answers_until_it_is_stopped(world: World, round_: SurveyRound) -> None:
    from django.utils import timezone

    here = world.neighbourhood.pk
    _made, secret = start_tablet(by=world.cohesion_coach, round_=round_)
    given = read(round_, q_blijf_je_graag_wonen="ja")
    values = {"secret": secret, "neighbourhood_id": here, "given": given, "language": "nl"}
    page = uuid.uuid4()
    for sheet in (page, page, uuid.uuid4()):
        answer_on_tablet(**values, page=sheet)
    assert AnswerSet.objects.filter(how="tablet", taken_by=world.cohesion_coach).count() == 2
    assert stop_tablets(by=world.cohesion_coach, round_=round_) == 1
    with pytest.raises(NoWayInError):
        pass_of_tablet(secret, neighbourhood_id=here, now=timezone.now())
    with pytest.raises(NoWayInError):
        answer_on_tablet(**values, page=uuid.uuid4())


def test_empty_answer_and_one_of_a_round_that_is_over_are_refused(world: World, round_: SurveyRound) -> None:
    from surveys.actions.answers import answer_during_visit

    values = {"by": world.cohesion_coach, "round_": round_, "page": uuid.uuid4(), "language": "nl"}
    with pytest.raises(AnswerError, match="niets"):
        answer_during_visit(given=Given({}, {}, {}), **values)
    close_round(by=world.cohesion_coach, round_=round_)
    with pytest.raises(AnswerError, match="loopt"):
        answer_during_visit(given=read(round_, q_blijf_je_graag_wonen="ja"), **values)


def test_words_are_behind_the_wall_and_can_be_taken_away(world: World, round_: SurveyRound) -> None:
    answer(world.cohesion_coach, round_, q_blijf_je_graag_wonen="nee", q_waarom_niet="Ruzie met de buur")
    words = AnswerWords.objects.get()
    for user, seen in ((world.cohesion_coach, 1), (world.lawyer, 0), (world.outsider, 0), (world.manager, 0)):
        with acting_as(user):
            assert AnswerWords.objects.count() == seen
            assert AnswerSet.objects.count() == seen
    take_words_away(by=world.cohesion_coach, words=words)
    assert not AnswerWords.objects.exists()


def test_running_round_shows_only_how_many(world: World, round_: SurveyRound) -> None:
    answer(world.cohesion_coach, round_)
    results = results_of(round_)
    assert results.count == 1
    assert not results.questions


def crowd(world: World, round_: SurveyRound, *, yes: int, no: int, mark: int = 4) -> None:
    for n in range(yes + no):
        answer(
            world.cohesion_coach,
            round_,
            q_blijf_je_graag_wonen="ja" if n < yes else "nee",
            q_hoe_aangenaam_is_de_wijk=mark,
            street=STREETS[n % 2],
        )


def test_results_hide_small_groups(world: World, round_: SurveyRound) -> None:
    crowd(world, round_, yes=21, no=2)
    results = results_of(close_round(by=world.cohesion_coach, round_=round_))
    stay, why, missing, pleasant, how_many = results.questions
    assert [bar.shown for bar in stay.bars] in ([], ["verborgen", "<5"])
    assert not stay.streets
    assert [bar.shown for bar in pleasant.bars] == ["23", "0", "0"]
    assert [(row.label, row.counts) for row in pleasant.streets] == [
        ("Aambeeldstraat", [11, 0, 0]),
        ("Draaibankstraat", [12, 0, 0]),
    ]
    assert missing.cells
    assert all(cell.value == 0 for cell in missing.cells)
    assert not how_many.average
    assert not why.words_count


def test_two_rounds_are_compared_and_say_what_was_asked_differently(
    world: World, round_: SurveyRound
) -> None:
    by = world.cohesion_coach
    crowd(world, round_, yes=10, no=10, mark=2)
    first = close_round(by=by, round_=round_)
    fresh = revise(by=by, questionnaire=first.questionnaire_version.questionnaire)
    asked = next(row for row in questions_of(fresh) if row.code == "blijf-je-graag-wonen")
    edit_question(
        by=by, question=asked, version=1, text="Woon je hier graag?", kind="single", options=["Ja", "Nee"]
    )
    fresh.refresh_from_db()
    second = round_of(by, fresh, "Voorjaar")
    crowd(world, second, yes=15, no=5, mark=5)
    pairs = {pair.question.code: pair for pair in compare(first, close_round(by=by, round_=second))}
    stay = pairs["blijf-je-graag-wonen"]
    assert stay.changes == ["De vraag was toen: “Blijf je graag wonen?”."]
    assert [(row.earlier, row.later, row.difference) for row in stay.rows] == [
        ("50 %", "75 %", "+25"),
        ("50 %", "25 %", "−25"),
    ]
    assert [row.difference for row in pairs["hoe-aangenaam-is-de-wijk"].rows] == ["+100", "0", "−100"]
    assert not pairs["hoe-aangenaam-is-de-wijk"].changes


def test_thousand_answers_cost_what_ten_do(
    world: World, round_: SurveyRound, django_assert_num_queries: object
) -> None:
    stay = questions_of(round_.questionnaire_version)[0]
    option = stay.options.all()[0]
    sets = AnswerSet.objects.bulk_create(
        AnswerSet(
            round=round_,
            uuid=uuid.uuid4(),
            how="code",
            language="nl",
            street=STREETS[n % 2],
            received_on=round_.from_on,
        )
        for n in range(1000)
    )
    Answer.objects.bulk_create(Answer(answer_set=row, question=stay, option=option) for row in sets)
    ended = close_round(by=world.cohesion_coach, round_=round_)
    with acting_as(world.cohesion_coach), django_assert_num_queries(6):  # type: ignore[operator]
        results = results_of(ended)
    assert results.count == 1000
    assert [bar.value for bar in results.questions[0].bars] == [1000, 0]


_COUNTS = st.lists(st.integers(0, 12), min_size=3, max_size=3)


@settings(max_examples=200, deadline=None)
@for_all(st.dictionaries(st.sampled_from(["", "A", "B", "C", "D"]), _COUNTS, max_size=5))
def test_table_of_streets_never_holds_a_small_cell_and_loses_nobody(streets: dict[str, list[int]]) -> None:
    question = Question(kind="scale", lowest=1, highest=3)
    by_street = {
        name: (sum(counts), {str(at): count for at, count in enumerate(counts, 1)})
        for name, counts in streets.items()
        if sum(counts)
    }
    _heads, rows = _street_table(question, by_street)
    assert not any(0 < count < 5 for row in rows for count in (*row.counts, row.answered))
    if rows:
        assert sum(row.answered for row in rows) == sum(total for total, _counts in by_street.values())
