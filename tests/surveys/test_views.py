"""The pages of a survey, for who works here and for a resident without login."""

import io
import uuid
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from surveys.actions.questionnaires import edit_version, publish_version, translate_version
from surveys.actions.rounds import close_round, make_codes, start_tablet
from surveys.models import AnswerSet, AnswerWords, Question, QuestionnaireVersion, SurveyRound
from surveys.reading import questions_of
from tests.factories import World
from tests.surveys.making import STREETS, answer, draft_of, round_of, today


@pytest.fixture(autouse=True)
def _counted_anew(db: None) -> None:
    caches["counters"].clear()


@pytest.fixture
def round_(world: World) -> SurveyRound:
    return round_of(world.cohesion_coach, draft_of(world.cohesion_coach, world.neighbourhood))


def test_coach_makes_a_questionnaire_without_a_release(world: World, login: Any) -> None:
    client = login(world.cohesion_coach)
    sent = {"neighbourhood": world.neighbourhood.pk, "name": "Nieuw", "title": "Hoe gaat het?"}
    assert client.post(reverse("surveys:questionnaire-new"), sent | {"title": ""}).status_code == 422
    assert client.post(reverse("surveys:questionnaire-new"), sent).status_code == 302
    draft = QuestionnaireVersion.objects.get()
    new = reverse("surveys:question-new", args=[draft.pk])
    question = {"text": "Gaat het?", "kind": "single", "options": "Ja\r\nNee\r\n", "version": 1}
    assert client.post(new, question | {"options": "Ja"}).status_code == 422
    assert client.post(new, question).status_code == 302
    second = {"text": "Waarom niet?", "kind": "text", "when": ["gaat-het:nee"], "version": 2}
    assert client.post(new, second).status_code == 302
    stale = client.post(new, second)  # another tab, an older page
    assert stale.status_code == 422
    assert "intussen" in stale.content.decode()
    first, why = questions_of(draft)
    assert (why.when_code, why.when_values) == ("gaat-het", ["nee"])
    edit = reverse("surveys:question-edit", args=[why.pk])
    assert client.get(edit).context["form"].initial["when"] == ["gaat-het:nee"]
    moved = client.post(reverse("surveys:question-move", args=[why.pk]), {"up": "on"})
    assert moved.status_code == 422  # it waits for the other
    assert client.post(reverse("surveys:publish", args=[draft.pk])).status_code == 302
    assert client.post(edit, second | {"version": 3}).status_code == 422
    url = reverse("surveys:round-new", args=[draft.questionnaire_id])
    values = {"name": "Herfst", "from_on": today(), "until_on": today(9), "streets": "Kade\n\nKade\nLaan"}
    assert client.post(url, values | {"until_on": today(-1)}).status_code == 422
    assert client.post(url, values).status_code == 302
    assert SurveyRound.objects.get().streets == ["Kade", "Laan"]
    assert Question.objects.filter(pk=first.pk, text="Gaat het?").exists()


def test_visit_keeps_everything_typed_when_something_is_wrong(
    world: World, round_: SurveyRound, login: Any
) -> None:
    client, url = login(world.cohesion_coach), reverse("surveys:fill-in", args=[round_.pk])
    sent = {
        "uuid": str(uuid.uuid4()),
        "language": "nl",
        "q-blijf-je-graag-wonen": "nee",
        "q-waarom-niet": "Te veel <b>lawaai</b>",
        "q-met-hoeveel-zijn-jullie": "honderd",
        "street": STREETS[1],
    }
    response = client.post(url, sent)
    html = response.content.decode()
    assert response.status_code == 422
    for words in ("Te veel &lt;b&gt;lawaai", 'value="honderd"', "van 1 tot 20", sent["uuid"], "selected"):
        assert words in html, words
    for _press in range(2):
        assert client.post(url, sent | {"q-met-hoeveel-zijn-jullie": "4"}).status_code == 302
    assert AnswerSet.objects.get().street == STREETS[1]


def test_resident_answers_with_a_code_and_no_login(world: World, round_: SurveyRound, login: Any) -> None:
    coach = login(world.cohesion_coach)
    codes_url = reverse("surveys:codes", args=[round_.pk])
    seed = coach.get(codes_url).context["form"].initial["seed"]
    sheets = [coach.post(codes_url, {"count": 9, "seed": seed}) for _press in range(2)]
    assert sheets[0].headers["Content-Type"] == "application/pdf"
    assert sheets[0].content == sheets[1].content
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(sheets[0].content)).pages)
    (code, *_others) = make_codes(by=world.cohesion_coach, round_=round_, count=9, seed=seed)
    assert f"{code[:4]}-{code[4:8]}-{code[8:]}" in text
    client, slug = Client(enforce_csrf_checks=True), world.neighbourhood.slug
    start = client.post(reverse("wijk:questions", args=[slug]), {"code": f"{code[:6].lower()} {code[6:]}"})
    url = reverse("wijk:answer", args=[slug, code])
    assert start.headers["Location"] == f"{url}?taal=nl"
    page = client.get(url)
    assert page.headers["Cache-Control"] == "no-store"
    assert not page.cookies
    assert "dossier" not in page.content.decode().lower()
    sent = {"uuid": page.context["survey"]["uuid"], "language": "nl", "q-blijf-je-graag-wonen": "ja"}
    wrong = client.post(url, sent | {"q-blijf-je-graag-wonen": "", "q-wat-mis-je": ["groen"]})
    assert wrong.status_code == 422
    assert 'value="groen" checked' in wrong.content.decode()
    for _press in range(2):
        assert "Bedankt" in client.post(url, sent).content.decode()
    assert AnswerSet.objects.count() == 1
    later = client.get(url)
    guessed = client.get(reverse("wijk:answer", args=[slug, "A" * 12]))
    other = client.get(reverse("wijk:answer", args=[world.elsewhere.slug, code]))
    assert later.status_code == guessed.status_code == other.status_code == 404
    assert later.content == guessed.content
    assert client.post(url, sent | {"uuid": uuid.uuid4()}).status_code == 404
    assert client.post(url, {"uuid": "onzin"}).status_code == 404
    assert not client.cookies


def test_codes_are_not_guessed_without_end(world: World, round_: SurveyRound, settings: Any) -> None:
    settings.RATELIMIT_ENABLE = True
    client = Client()
    guesses = [
        client.get(reverse("wijk:answer", args=[world.neighbourhood.slug, f"{n:0>12}"])).status_code
        for n in range(31)
    ]
    assert (guesses[:30], guesses[30]) == ([404] * 30, 429)


def test_tablet_signs_the_coach_out_and_shows_nothing_else(
    world: World, round_: SurveyRound, login: Any
) -> None:
    client = login(world.cohesion_coach)
    handed = client.post(reverse("surveys:tablet-start", args=[round_.pk]))
    url = handed.headers["Location"]
    assert handed.headers["Clear-Site-Data"] == '"cache"'
    assert client.get("/cohesion/").status_code == 302  # the door
    for _resident in range(2):
        page = client.get(url)
        assert "/cohesion/" not in page.content.decode()
        sent = {"uuid": page.context["survey"]["uuid"], "language": "nl", "q-blijf-je-graag-wonen": "ja"}
        assert "Geef de tablet" in client.post(url, sent).content.decode()
    assert AnswerSet.objects.filter(how="tablet").count() == 2
    back = login(world.cohesion_coach)
    assert "1 tablet aan" in back.get(round_.get_absolute_url()).content.decode()
    back.post(reverse("surveys:tablet-stop", args=[round_.pk]))
    assert Client().get(url).status_code == 404


def test_arabic_is_read_from_right_to_left(world: World) -> None:
    by = world.cohesion_coach
    draft = draft_of(by, world.neighbourhood)
    draft = edit_version(by=by, draft=draft, version=draft.version, title="Hoe woon je?", languages=["ar"])
    rows = questions_of(draft)
    draft = translate_version(
        by=by,
        draft=draft,
        version=draft.version,
        language="ar",
        words={"title": "كيف تعيش؟"},
        questions={row.pk: {"text": "سؤال", "low_label": "قليل", "high_label": "كثير"} for row in rows},
        options={option.pk: "جواب" for row in rows for option in row.options.all()},
    )
    round_ = round_of(by, publish_version(by=by, draft=draft))
    _made, secret = start_tablet(by=by, round_=round_)
    url = reverse("wijk:tablet", args=[world.neighbourhood.slug, secret])
    html = Client().get(url, {"taal": "ar"}).content.decode()
    assert '<html lang="ar" dir="rtl"' in html
    assert "كيف تعيش؟" in html
    assert 'dir="ltr"' in Client().get(url, {"taal": "tr"}).content.decode()  # not offered: Dutch


def test_results_page_chart_words_and_file(
    world: World, round_: SurveyRound, login: Any, django_assert_num_queries: Any
) -> None:
    client = login(world.cohesion_coach)
    url = round_.get_absolute_url()
    words_url = reverse("surveys:words", args=[round_.pk, "waarom-niet"])
    for n in range(12):
        answer(
            world.cohesion_coach,
            round_,
            q_blijf_je_graag_wonen="nee" if n < 6 else "ja",
            q_waarom_niet="Lawaai",
            street=STREETS[n % 2],
        )
    for hidden in (
        words_url,
        reverse("surveys:chart", args=[round_.pk, "blijf-je-graag-wonen"]),
        reverse("surveys:export", args=[round_.pk, "csv"]),
    ):
        assert client.get(hidden).status_code == 404  # it still runs
    close_round(by=world.cohesion_coach, round_=round_)
    client.get(url)
    with django_assert_num_queries(15):
        html = client.get(url).content.decode()
    assert "Lees wat mensen schreven" in html
    assert "Lawaai" not in html
    chart = client.get(reverse("surveys:chart", args=[round_.pk, "blijf-je-graag-wonen"]))
    assert chart.headers["Content-Type"] == "image/svg+xml"
    assert client.get(reverse("surveys:chart", args=[round_.pk, "onzin"])).status_code == 404
    assert len(client.get(words_url).context["page"].rows) == 6
    removed = reverse("surveys:words-remove", args=[round_.pk, AnswerWords.objects.earliest("pk").pk])
    assert client.post(removed).status_code == 302
    assert AnswerWords.objects.count() == 5
    csv = b"".join(client.get(reverse("surveys:export", args=[round_.pk, "csv"])).streaming_content).decode()
    assert "Blijf je graag wonen?;;Ja;6;12" in csv
    assert "Lawaai" not in csv
    assert client.get(reverse("surveys:export", args=[round_.pk, "xlsx"])).status_code == 200


def test_only_coaches_and_workers_of_this_neighbourhood(
    world: World, round_: SurveyRound, login: Any
) -> None:
    for user in (world.lawyer, world.manager, world.partner, world.outsider):
        assert login(user).get(round_.get_absolute_url()).status_code == 403
    away = round_of(world.cohesion_coach, draft_of(world.cohesion_coach, world.elsewhere))
    client = login(world.cohesion_coach)
    assert client.get(away.get_absolute_url()).status_code == 404
    assert client.get(reverse("surveys:fill-in", args=[away.pk])).status_code == 404
    assert client.get(reverse("surveys:list")).status_code == 200


def test_compare_page_shows_two_rounds(world: World, round_: SurveyRound, login: Any) -> None:
    by = world.cohesion_coach
    for n in range(20):
        answer(by, round_, q_blijf_je_graag_wonen="ja" if n < 10 else "nee")
    first = close_round(by=by, round_=round_)
    second = round_of(by, first.questionnaire_version, "Voorjaar")
    for n in range(20):
        answer(by, second, q_blijf_je_graag_wonen="ja" if n < 15 else "nee")
    client, args = login(by), [second.pk, first.pk]
    assert client.get(reverse("surveys:compare", args=args)).status_code == 404  # it still runs
    close_round(by=by, round_=second)
    assert "+25" in client.get(reverse("surveys:compare", args=args)).content.decode()
    chart = reverse("surveys:compare-chart", args=[*args, "blijf-je-graag-wonen"])
    assert client.get(chart).status_code == 200
