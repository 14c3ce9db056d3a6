"""The neighbourhood is asked twice, by a code and on a tablet, and a bicycle is mended: by the people themselves."""

import io
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from arsenaal.lib.wall import beyond_wall
from cohesion.models import CapitalMatch
from surveys.models import AnswerSet, SurveyRound
from tests.browser.doing import DESK, choose, fields, follow, panel, pick, press, told
from tests.factories import World
from tests.surveys.making import answer, today

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STAY, FELT = "Blijf je hier graag wonen?", "Hoe aangenaam is de wijk?"


def _ask(page: Page, text: str, kind: str, more: dict[str, str]) -> None:
    follow(page, "Vraag toevoegen")
    fields(page, {"Vraag": text})
    choose(page, "Hoe wordt ze beantwoord?", kind)
    fields(page, more)


def _make(page: Page) -> None:
    """The coach makes a questionnaire: a choice, words that only some are asked, a scale."""
    page.goto("/cohesion/")
    follow(page, "Behoeftebevraging")
    follow(page, "Vragenlijst maken")
    fields(page, {"Hoe noemen jullie": "Behoeften", "Titel": "Hoe woon je hier?"})
    press(page, "Verder naar de vragen")
    _ask(page, STAY, "één keuze", {"Keuzes, elk op een regel": "Ja\nNee"})
    page.get_by_label("Moet ingevuld worden").check()
    press(page, "Vraag bewaren")
    _ask(page, "Waarom niet?", "eigen woorden", {})
    page.get_by_label(f"{STAY} → Nee").check()
    press(page, "Vraag bewaren")
    _ask(page, FELT, "schaal", {"Laagste waarde": "1", "Hoogste waarde": "5"})
    page.get_by_label("Gaat over hoe mensen de wijk ervaren").check()
    press(page, "Vraag bewaren")
    follow(page, "Publiceren")
    press(page, "Publiceren")
    told(page, "gepubliceerd")


def _begin(page: Page, name: str) -> SurveyRound:
    follow(page, "Ronde beginnen")
    fields(page, {"Hoe heet deze ronde?": name, "Tot en met": today(14)})
    fields(page, {"Straten om uit te kiezen": "Draaibankstraat\nAambeeldstraat"})
    press(page, "Ronde bewaren")
    told(page, "De ronde staat klaar")
    return SurveyRound.objects.get(name=name)


def _code(page: Page) -> str:
    """The coach prints a sheet and hands out the first slip."""
    follow(page, "Met een code, thuis")
    fields(page, {"Hoeveel codes?": "3"})
    with page.expect_download() as sheet:
        press(page, "Blad met codes maken")
    text = PdfReader(io.BytesIO(sheet.value.path().read_bytes())).pages[0].extract_text()
    found = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", text)
    assert found, text
    return found[0]


def _answer_at_home(page: Page, code: str) -> None:
    """A resident without login: what isn't asked is out of sight, and a code is good once."""
    page.goto("/wijk/arsenaal/vragen/")
    fields(page, {"Je code": code.lower()})
    press(page, "Verder")
    why = page.get_by_label("Waarom niet?")
    expect(why).to_be_hidden()
    choose(page, STAY, "Nee")
    why.fill("Het is hier donker.")
    choose(page, FELT, "2")
    pick(page, "In welke straat", "Draaibankstraat")
    press(page, "Versturen")
    expect(page.get_by_role("heading", name="Bedankt!")).to_be_visible()
    page.goto("/wijk/arsenaal/vragen/")
    fields(page, {"Je code": code})
    press(page, "Verder")
    expect(page.locator("main")).to_contain_text("Deze code werkt niet")
    assert not page.context.cookies()


def _answer_on_tablet(page: Page, round_: SurveyRound) -> None:
    """The coach hands over the tablet: it shows nothing else, and there is no way back but the door."""
    page.goto(round_.get_absolute_url())
    follow(page, "Op jouw tablet")
    press(page, "Afmelden en vragenlijst tonen")
    press(page, "Versturen")
    expect(page.locator("main")).to_contain_text("Vul dit nog in.")
    choose(page, STAY, "Ja")
    press(page, "Versturen")
    expect(page.locator("main")).to_contain_text("Geef de tablet nu terug.")
    follow(page, "Volgende bewoner")
    expect(page.get_by_role("button", name="Versturen")).to_be_visible()
    page.goto(round_.get_absolute_url())
    expect(page).to_have_url(re.compile("/accounts/login/"))


def _others(world: World, round_: SurveyRound, yes: int, no: int) -> None:
    with beyond_wall("the rest of the neighbourhood"):
        for n in range(yes + no):
            answer(
                world.cohesion_coach,
                round_,
                q_blijf_je_hier_graag_wonen="ja" if n < yes else "nee",
                q_hoe_aangenaam_is_de_wijk=5 if n < yes else 1,
            )


def _close(page: Page, round_: SurveyRound) -> None:
    page.goto(round_.get_absolute_url())
    follow(page, "Afsluiten")
    press(page, "Afsluiten")
    told(page, "De ronde is afgesloten")


def test_neighbourhood_is_asked_twice_and_compared(
    world: World, page_as: Callable[..., Page], browser_context: Callable[..., BrowserContext]
) -> None:
    desk = page_as(world.cohesion_coach, viewport=DESK, has_touch=False)
    _make(desk)
    first = _begin(desk, "Voorjaar")
    _answer_at_home(browser_context().new_page(), _code(desk))
    _answer_on_tablet(page_as(world.cohesion_coach), first)
    with beyond_wall("counting"):
        assert sorted(AnswerSet.objects.values_list("how", flat=True)) == ["code", "tablet"]
    _others(world, first, 9, 9)
    _close(desk, first)
    expect(desk.get_by_role("img", name=re.compile("Grafiek"))).to_have_count(2)
    follow(desk, "Lees wat mensen schreven")
    expect(desk.locator("main")).to_contain_text("Het is hier donker.")

    desk.goto(first.questionnaire_version.questionnaire.get_absolute_url())
    second = _begin(desk, "Najaar")
    _others(world, second, 15, 5)
    _close(desk, second)
    follow(desk, "Vergelijk met Voorjaar")
    row = desk.get_by_role("row").filter(has=desk.get_by_role("rowheader", name="Ja", exact=True))
    expect(row).to_contain_text("50 %")
    expect(row).to_contain_text("75 %")
    expect(row).to_contain_text("+25")
    assert desk.problems == []  # type: ignore[attr-defined]


def _note(page: Page, side: str, what: str, who: str) -> None:
    page.goto("/cohesion/capital/new/")
    choose(page, "Biedt of vraagt", side)
    choose(page, "Wat voor iets is het?", "iets kunnen")
    fields(page, {"Wat?": what, "Voornaam": who, "Straat": "Draaibankstraat"})
    press(page, "Bewaren")
    expect(page.locator("main")).to_contain_text("Zonder toestemming zoeken we niemand")
    follow(page, "Toestemming noteren")
    fields(page, {"Tot en met wanneer?": today(200)})
    press(page, "Toestemming bewaren")
    told(page, "De toestemming is bewaard.")


def test_bicycle_is_mended_by_a_neighbour(world: World, page_as: Callable[..., Page]) -> None:
    page = page_as(world.cohesion_coach)
    _note(page, "kan iets bieden", "Fietsen herstellen", "Luc")
    _note(page, "vraagt iets", "Wie maakt mijn fiets?", "Amina")
    fits = panel(page, "Wie past hierbij")
    expect(fits).to_contain_text("zelfde woorden: fiets")
    expect(fits).to_contain_text("wonen in dezelfde straat")
    follow(page, "Samenbrengen")
    press(page, "Voorstellen")
    expect(panel(page, "Wat je elk mag vertellen")).to_contain_text("Luc biedt dit aan: Fietsen herstellen.")
    for step, words in (("kennen elkaar", ""), ("goed afgelopen", "De fiets rijdt weer.")):
        follow(page, "Hoe gaat het?")
        choose(page, "Hoe ver staan ze?", step)
        fields(page, {"Wat kwam ervan?": words})
        press(page, "Bewaren")
        told(page, "Het is bewaard.")
    expect(page.locator("main")).to_contain_text("De fiets rijdt weer.")
    with beyond_wall("counting"):
        assert CapitalMatch.objects.get().state == "ended"
    assert page.problems == []  # type: ignore[attr-defined]
