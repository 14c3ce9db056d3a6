"""Casus 2, the procedure: three flats at once, one calendar, terms that warn, and nobody put in the street."""

import datetime as dt

from django.utils.formats import date_format
from playwright.sync_api import Page, expect

from housing.models import DwellingProcedure, LegalStatus, Procedure, ProcedureTerm
from tests.browser.casus2.block import ADDRESS, BLOCK, SECOND, THIRD
from tests.browser.casus2.inspections import FEAR
from tests.browser.doing import follow, panel, told
from tests.browser.procedures import ask_procedure, open_procedure, plan_where_to, take, try_step
from tests.browser.registering import open_building
from tests.browser.stage import Stage

KIND = "Ongeschikt of onbewoonbaar"


def refused_for_her_sake(stage: Stage) -> None:
    """Step 4, refused: for three flats at once, but in one of them lives somebody who isn't ready."""
    page = stage.at("housing_inspector", 176, "10:00")
    _ask(page)
    said = page.locator("main")
    expect(said).to_contain_text("geen contact met de verhuurder")
    expect(said).to_contain_text(f"{ADDRESS} bus 2")
    expect(said).to_contain_text(FEAR)
    assert not Procedure.objects.exists()
    # The family's case tells that somebody tried.
    page = stage.at("community_worker", 175, "9:00", desk=False)
    stage.open_case(page, SECOND)
    expect(page.locator("#timeline")).to_contain_text("Tegengehouden door een grens")


def _ask(page: Page) -> None:
    ask_procedure(page, ADDRESS, "ongeschikt of onbewoonbaar", boxes=("1", "2", "3"), asked_by="een bewoner")


def started_for_all(stage: Stage) -> None:
    """Step 4: one procedure, three flats, each with the same terms; founded, and advice asked."""
    page = stage.at("housing_inspector", 169, "10:00")
    _ask(page)
    told(page, "De procedure is gestart.")
    for box in "123":
        expect(page.locator("main")).to_contain_text(f"{ADDRESS} bus {box}")
    take(page, "Verzoek gegrond bevinden")
    take(page, "Advies vragen")
    assert DwellingProcedure.objects.filter(state="advice_asked").count() == 3


def one_calendar(stage: Stage) -> None:
    """Step 4: the terms of all three flats on one calendar, told once; and on the page of the building."""
    page = stage.at("lawyer", 168, "9:00")
    due = _decision_due()
    open_building(page, ADDRESS)
    expect(panel(page, "Wat loopt er over dit pand")).to_contain_text("Advies gevraagd (3)", ignore_case=True)
    follow(page, "Kalender van dit pand")
    _go_to_month(page, due)
    once = page.get_by_role("table").get_by_role("link", name="Besluit over het verzoek")
    expect(once).to_have_count(1)
    expect(once).to_contain_text("(3 woningen)")
    page.goto("/calendar/")
    _go_to_month(page, due)
    expect(once).to_have_count(1)


def _decision_due() -> dt.date:
    days = set(ProcedureTerm.objects.filter(code="decision").values_list("due_on", flat=True))
    assert len(days) == 1
    return days.pop()


def _go_to_month(page: Page, day: dt.date) -> None:
    shown = page.locator(".filterbar .says")
    for _month in range(12):
        before = shown.inner_text()
        if before.lower() == date_format(day, "F Y").lower():
            return
        page.get_by_role("link", name="Volgende").click()
        expect(shown).not_to_have_text(before)
    raise AssertionError(f"no {day} in the calendar")


def the_advice_comes(stage: Stage) -> None:
    """Step 4: the advice goes to all parties, which she allows by now; a hearing is planned."""
    page = stage.at("housing_inspector", 135, "11:00")
    open_procedure(page, ADDRESS, KIND)
    take(page, "Onderzoek en advies vastleggen", {"Kenmerk of nummer van het stuk": "WIV-2026-88"})
    take(page, "Advies aan alle partijen bezorgen")
    take(page, "Hoorzitting plannen", {"Wanneer is de hoorzitting?": stage.today(25), "Hoe laat?": "14:00"})
    expect(page.locator("main")).to_contain_text("Hoorzitting")


def nobody_without_a_place(stage: Stage) -> None:
    """Step 4, refused: heard, but for two families nobody knows where to; then each worker asks and writes it down."""
    page = stage.at("housing_inspector", 100, "10:00")
    open_procedure(page, ADDRESS, KIND)
    take(page, "Gehoord")
    _mark_ready(page)
    said = page.locator("main .error").first
    expect(said).to_contain_text("Nog niet voor iedereen is geweten waarheen")
    expect(said).to_contain_text(f"{ADDRESS} bus 2")
    expect(said).to_contain_text(f"{ADDRESS} bus 3")
    assert not DwellingProcedure.objects.filter(state="ready").exists()


def _mark_ready(page: Page) -> None:
    try_step(
        page,
        "Besluit klaarleggen",
        answers={"Wat zou de burgemeester besluiten?": "ongeschikt en onbewoonbaar"},
    )


def everybody_has_a_place(stage: Stage) -> None:
    """Step 4: at the kitchen tables, on the phone, for each member."""
    page = stage.at("community_worker", 98, "15:00", desk=False)
    for title, who, school in (
        (SECOND, "Mireille Bang", "werkt thuis"),
        (THIRD, "Naïma Bedacht", "volgt Nederlandse les in het centrum"),
    ):
        stage.open_case(page, title)
        follow(page, "Waarheen als ze weg moeten")
        plan_where_to(
            page,
            {who: school},
            {
                "Waarheen?": "Een crisiswoning, en daarna een sociale woning",
                "Wat gebeurt er met de spullen?": "Opslag bij de stad",
                "Wie betaalt wat?": "De stad betaalt, en vraagt het terug van de verhuurder",
            },
        )
        expect(panel(page, "Procedures over de woning")).to_contain_text("plan klaar")


def the_term_warns(stage: Stage) -> None:
    """Step 4: time passes. Two weeks before, the term stands above the case and on the first page."""
    page = stage.at("lawyer", 86, "8:30")
    page.goto("/")
    expect(page.locator("main")).to_contain_text("Besluit over het verzoek")
    stage.open_case(page, BLOCK)
    chips = page.locator(".case-chips")
    expect(chips).to_contain_text("Besluit over het verzoek, ongeschikt of onbewoonbaar (3 woningen)")
    # And a week after it has passed, the program says what can still be done; it does nothing by itself.
    page = stage.at("housing_inspector", 70, "8:30")
    open_procedure(page, ADDRESS, KIND)
    expect(page.locator("main")).to_contain_text("Voorstel: beslis nog: het is een richttermijn")


def the_mayor_decides(stage: Stage) -> None:
    """Step 4: late, and valid: ready now that each family has a place, decided, notified, in the inventory."""
    page = stage.at("housing_inspector", 69, "10:00")
    open_procedure(page, ADDRESS, KIND)
    _mark_ready(page)
    told(page, "Bewaard.")
    take(
        page,
        "Besluit vastleggen",
        {"Wanneer stopt de bewoning?": stage.today(60), "Kenmerk of nummer van het stuk": "BB-2026-041"},
    )
    take(page, "Besluit betekenen")
    take(page, "Naar de inventaris sturen")
    assert LegalStatus.objects.filter(status="both").count() == 3
    stage.open_case(page, BLOCK)
    expect(page.locator("main")).to_contain_text("ongeschikt en onbewoonbaar")
