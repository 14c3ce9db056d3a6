"""A round of the neighbourhood budget, from a resident's idea to a bench in the sun, in the browser by the people."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from arsenaal.lib import public_forms
from cases.actions.reference import load_reference_values
from cohesion.models import BudgetProject, BudgetRound
from tests.browser.doing import choose, fields, follow, press, told
from tests.browser.stage import Stage
from tests.cases.visits import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BENCH, FEAST = "Bankje in de zon", "Straatfeest met podium"


def _idea(page: Page, title: str, asked: str, **more: str) -> None:
    """Fill in the public form as a resident does."""
    page.get_by_role("link", name="Mijn idee indienen").click()
    fields(
        page,
        {
            "Hoe heet het project?": title,
            "Wat wil je doen?": "Iets waar de buren elkaar zien.",
            "Hoeveel geld vraag je": asked,
            "Jouw naam": "Verzonnen Vera",
            "Jouw adres": "Fictiestraat 9001",
            "Telefoon": "0470 00 00 00",
            **more,
        },
    )
    choose(page, "Bij welk thema hoort het?", "Meer ontmoeting")
    choose(page, "Wie vraagt het?", "een bewoner")


def _assess(page: Page, title: str) -> None:
    follow(page, title)
    follow(page, "Toetsen")
    for answer in page.locator("main input[value=yes]").all():
        answer.check()
    press(page, "Toetsing bewaren")
    told(page, "De toetsing is bewaard.")


def _vote(page: Page, title: str, code: str) -> None:
    page.goto("/wijk/arsenaal/wijkbudget/")
    page.reload()  # it may be kept for five minutes
    follow(page, "Ik heb een code: stemmen")
    page.locator(".ballot label").filter(has_text=title).click()
    fields(page, {"De code op je briefje": code})
    press(page, "Stemmen")


def test_budget_from_an_idea_to_a_finished_project(
    stage: Stage,
    browser_context: Callable[..., BrowserContext],
    axe: Callable[[Page], list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(public_forms, "LEAST_SECONDS", 0)  # nobody here types as slowly as people do
    load_reference_values()

    # The coordinator opens a round.
    boss = stage.at("coordinator")
    boss.goto("/cohesion/")
    follow(boss, "Wijkbudget")
    follow(boss, "Ronde beginnen")
    today, later = stage.today(), stage.today(30)
    expect(boss.get_by_label("Hoeveel geld is er")).to_have_value(re.compile("40000"))
    fields(boss, {"Hoe heet de ronde?": "Pro Arsenaal", "Hoeveel geld is er": "2000"})
    fields(boss, {"Ideeën indienen vanaf": today, "Ideeën indienen tot": later})
    press(boss, "Ronde bewaren")
    told(boss, "De ronde staat klaar.")
    follow(boss, "Openstellen voor ideeën")
    press(boss, "Openstellen voor ideeën")
    told(boss, "een stap verder")

    # A resident hands in on a phone, without logging in; a mistake loses nothing.
    resident = browser_context().new_page()
    resident.goto("/wijk/arsenaal/wijkbudget/")
    _idea(resident, BENCH, "1.200", Rekeningnummer="BE71 0961 2345 6768")
    resident.get_by_label("Ik ben meerderjarig").check()
    press(resident, "Idee indienen")
    expect(resident.locator("main")).to_contain_text("Dit rekeningnummer klopt niet.")
    expect(resident.get_by_label("Hoe heet het project?")).to_have_value(BENCH)
    assert axe(resident) == []
    fields(resident, {"Rekeningnummer": "BE71 0961 2345 6769"})
    press(resident, "Idee indienen")
    expect(resident.get_by_role("heading", level=1)).to_have_text("Jouw idee is binnen")
    assert "Vera" not in resident.url + resident.locator("main").inner_text()
    assert resident.context.cookies() == []
    receipt = resident.url
    resident.goto("/wijk/arsenaal/wijkbudget/")
    _idea(resident, FEAST, "1500")
    resident.get_by_label("Ik ben meerderjarig").check()
    press(resident, "Idee indienen")
    expect(resident.get_by_role("heading", level=1)).to_have_text("Jouw idee is binnen")

    # The coach weighs both.
    round_url = BudgetRound.objects.get().get_absolute_url()
    coach = stage.at("cohesion_coach", desk=False)
    for title in (BENCH, FEAST):
        coach.goto(round_url)
        _assess(coach, title)
    follow(coach, "Advies")
    fields(
        coach, {"Wie geeft het advies?": "Dienst evenementen", "Wat is het advies?": "Het podium is te leen."}
    )
    fields(coach, {"Geadviseerd bedrag": "1300"})
    press(coach, "Advies bewaren")
    told(coach, "Het advies is bewaard.")

    # More is asked than there is: the neighbourhood votes.
    boss.goto(round_url)
    expect(boss.locator("main")).to_contain_text("meer gevraagd dan er is")
    for step in ("Indienen afsluiten", "Stemming openen"):
        follow(boss, step)
        press(boss, step)
        told(boss, "een stap verder")
    follow(boss, "Stemming")
    follow(boss, "Stembriefjes afdrukken")
    fields(boss, {"Hoeveel briefjes?": "4"})
    with boss.expect_download() as download:
        press(boss, "Briefjes maken")
    slips = tmp_path / "slips.pdf"
    download.value.save_as(slips)
    words = "".join(page.extract_text() for page in PdfReader(slips).pages)
    codes = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", words)
    _vote(resident, BENCH, codes[0])
    expect(resident.get_by_role("heading", level=1)).to_have_text("Bedankt, je stem telt mee")
    _vote(resident, FEAST, codes[0].lower().replace("-", " "))
    expect(resident.locator("main")).to_contain_text("Met deze code is al gestemd.")
    assert axe(resident) == []
    _vote(resident, FEAST, "AAAA-AAAA-AAAA")
    expect(resident.locator("main")).to_contain_text("Deze code kennen we niet.")

    # The box on paper: the coach counts, the coordinator checks, closes and decides.
    coach.goto(round_url)
    follow(coach, "Stemming")
    follow(coach, "Papier tellen")
    fields(coach, {"Waar stond de bus?": "De Draad", "Geldige biljetten": "5"})
    fields(coach, {f"Stemmen voor {BENCH}": "3", f"Stemmen voor {FEAST}": "2"})
    press(coach, "Telling bewaren")
    told(coach, "De telling is bewaard.")
    boss.goto(round_url)
    follow(boss, "Stemming")
    follow(boss, "Nakijken")
    press(boss, "Ik telde hetzelfde")
    told(boss, "De telling is nagekeken")
    follow(boss, "Afsluiten en tellen")
    press(boss, "Afsluiten en tellen")
    told(boss, "De uitslag staat vast.")
    expect(boss.locator("main")).to_contain_text("opnieuw geteld: klopt")
    for title, answer in ((BENCH, "goedkeuren"), (FEAST, "niet goedkeuren")):
        boss.goto(round_url)
        follow(boss, title)
        follow(boss, "Beslissen")
        choose(boss, "Wat is de beslissing?", answer)
        fields(boss, {"Waarom?": "Zo koos de wijk."})
        press(boss, "Beslissing bewaren")
        told(boss, "De beslissing is bewaard.")

    # Paid in parts, never more than was granted; the bench stands there.
    bench = BudgetProject.objects.get(title=BENCH)
    for amount in ("800", "400,01", "400"):
        coach.goto(bench.get_absolute_url())
        follow(coach, "Betaling boeken")
        fields(coach, {"Bedrag (euro)": amount, "Betaald op": today})
        press(coach, "Betaling boeken")
        if amount == "400,01":
            expect(coach.locator("main")).to_contain_text("nog € 400,00 te betalen")
        else:
            told(coach, "in het kasboek")
    follow(coach, "Foto toevoegen")
    coach.locator("input[type=file]").set_input_files(
        {"name": "bank.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    fields(coach, {"Wat is er te zien?": "De bank onder de boom"})
    coach.get_by_label("Op de publieke pagina").check()
    press(coach, "Foto bewaren")
    told(coach, "De foto is bewaard.")
    follow(coach, "Verslag schrijven")
    choose(coach, "Is het project af?", "ja, het is er")
    fields(
        coach,
        {
            "Wanneer?": today,
            "Hoeveel mensen deden mee?": "14",
            "Wat is het geworden?": "Een bank voor iedereen.",
        },
    )
    press(coach, "Verslag bewaren")
    told(coach, "Het verslag is bewaard.")

    # The manager reads amounts and no names; the neighbourhood sees what it became.
    manager = stage.at("manager")
    manager.goto(round_url)
    expect(manager.locator("main")).to_contain_text("€ 1.200,00")
    follow(manager, BENCH)
    expect(manager.locator("main")).to_contain_text("Een bank voor iedereen.")
    expect(manager.locator("main")).not_to_contain_text("Vera")
    manager.goto(round_url)
    follow(manager, "Kasboek")
    expect(manager.locator("tbody tr")).to_have_count(2)
    resident.goto(receipt)
    expect(resident.locator("main")).to_contain_text("klaar")
    resident.goto("/wijk/arsenaal/wijkbudget/")
    resident.reload()
    resident.get_by_role("link", name=BENCH).click()
    expect(resident.locator("main")).to_contain_text("14 mensen deden mee")
    photo = resident.get_by_role("img", name="De bank onder de boom")
    expect(photo).to_be_visible()
    assert photo.evaluate("it => it.complete || new Promise(done => it.onload = () => done(true))")
    assert axe(resident) == []
    assert _problems(boss, coach, manager) == []


def _problems(*pages: Any) -> list[str]:
    return [problem for page in pages for problem in page.problems]
