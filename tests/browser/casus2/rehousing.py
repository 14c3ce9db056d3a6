"""Casus 2, rehousing: the family with the newborn goes first, and one dwelling is never given twice."""

import datetime as dt

from playwright.sync_api import Page, expect

from housing.models import Occupancy, Stay, UnitPeriod
from tests.browser.casus2.block import FIRST, THIRD
from tests.browser.doing import choose, field, fields, follow, panel, press, told
from tests.browser.registering import add_crisis_dwelling
from tests.browser.stage import Stage


def a_dwelling_with_a_free_period(stage: Stage) -> None:
    """Step 5: a crisis dwelling, that gets a new floor first and is free after that."""
    page = stage.at("coordinator", 160, "9:00")
    add_crisis_dwelling(page, "Noodstraat", "1", places=5, fee="390")
    follow(page, "Werken plannen")
    fields(page, {"Van": stage.today(1), "Tot": stage.today(10), "Welke werken?": "Nieuwe vloer"})
    press(page, "Bewaren")
    told(page, "De werken staan op de kalender.")
    expect(panel(page, "Wie en wat")).to_contain_text("Nieuwe vloer")


def _wait(stage: Stage, page: Page, title: str, why: str) -> None:
    stage.open_case(page, title)
    panel(page, "Tijdelijk verblijf").get_by_role("link", name="Crisiswoning nodig").click()
    fields(page, {"Waarom?": why})
    press(page, "Op de wachtlijst zetten")
    told(page, "Het gezin staat op de wachtlijst.")


def the_newborn_goes_first(stage: Stage) -> None:
    """Step 5: another family waits longer; the one with the newborn goes first, and the list says why."""
    page = stage.at("tenancy_lead", 152, "10:00")
    _wait(stage, page, THIRD, "Geen verwarming.")
    page = stage.at("tenancy_lead", 148, "9:00")
    _wait(stage, page, FIRST, "Geen verwarming, en er is een baby geboren.")
    follow(page, "Voorrang")
    choose(page, "Welke voorrang?", "gaat voor")
    fields(page, {"Waarom?": "Er is een pasgeborene."})
    press(page, "Voorrang bewaren")
    told(page, "De voorrang is bewaard.")
    page.goto("/crisis-dwellings/")
    waiting = panel(page, "Wie wacht").get_by_role("listitem")
    expect(waiting.first).to_contain_text("Gezin Verkleumd")
    expect(waiting.first).to_contain_text("Er is een pasgeborene.")
    expect(waiting.last).to_contain_text("Gezin Bedacht")


def they_get_the_key(stage: Stage) -> None:
    """Step 5: the dwelling is free, they arrive, and from that day they live there."""
    page = stage.at("tenancy_lead", 147, "11:00")
    page.goto("/crisis-dwellings/")
    follow(page, "Gezin Verkleumd")
    expect(page.locator("main")).to_contain_text("vrij van")
    follow(page, "Kiezen")
    press(page, "Verblijf bewaren")
    told(page, "Het verblijf is gepland.")
    follow(page, "Aangekomen")
    press(page, "Aankomst bewaren")
    told(page, "Het gezin woont nu in de crisiswoning.")
    living = Occupancy.objects.get(household=stage.case_of(FIRST).household, until_on__isnull=True)
    assert living.dwelling.building.street == "Noodstraat"


def never_twice(stage: Stage) -> None:
    """Step 5, refused: the other family can't have it in a period that overlaps; after it, it can."""
    page = stage.at("tenancy_lead", 146, "9:30")
    page.goto("/crisis-dwellings/")
    follow(page, "Gezin Bedacht")
    expect(page.locator("main")).to_contain_text("bezet van")
    follow(page, "Kiezen")
    press(page, "Verblijf bewaren")
    expect(page.locator("main .error").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("bezet")
    assert Stay.objects.count() == 1
    free = UnitPeriod.objects.get(kind="stay").until_on
    # Nothing that was chosen is lost.
    expect(field(page, "Welke crisiswoning?")).not_to_have_value("")
    fields(page, {"Van": free, "Terugkeer gepland op": free + dt.timedelta(days=60)})
    press(page, "Verblijf bewaren")
    told(page, "Het verblijf is gepland.")
    assert Stay.objects.count() == 2
