"""Casus 3, the family: elsewhere for a while, back home, and how it goes a year on."""

import datetime as dt
from decimal import Decimal

from playwright.sync_api import Page, expect

from cases.models import RadarEntry
from housing.models import AftercareCheck, Agreement, Dwelling, Occupancy, Stay
from tests.browser.casus3.arrival import HOME, TITLE
from tests.browser.doing import choose, fields, follow, panel, press, told
from tests.browser.registering import add_crisis_dwelling
from tests.browser.stage import Stage


def _living() -> Occupancy:
    return Occupancy.objects.get(household__cases__title=TITLE, until_on__isnull=True)


def a_place_that_is_free(stage: Stage) -> None:
    """Step 3: the coordinator puts the crisis dwelling in the register, with its fee."""
    page = stage.at("coordinator", 322, "9:00")
    add_crisis_dwelling(page, "Noodstraat", "1", places=5, fee="390")


def they_move_in(stage: Stage) -> None:
    """Step 3: on the waiting list, a dwelling that fits, and there they are."""
    page = stage.at("tenancy_lead", 321, "14:00")
    stage.open_case(page, TITLE)
    panel(page, "Tijdelijk verblijf").get_by_role("link", name="Crisiswoning nodig").click()
    fields(page, {"Waarom?": "De woning is onbewoonbaar verklaard."})
    press(page, "Op de wachtlijst zetten")
    told(page, "Het gezin staat op de wachtlijst.")
    expect(page.locator("main")).to_contain_text("plaats voor 5 mensen")
    follow(page, "Kiezen")
    press(page, "Verblijf bewaren")
    told(page, "Het verblijf is gepland.")
    follow(page, "Aangekomen")
    press(page, "Aankomst bewaren")
    told(page, "Het gezin woont nu in de crisiswoning.")
    assert (_living().tenure, _living().rent) == ("stay", Decimal("390"))


def it_takes_longer(stage: Stage) -> None:
    """Step 3: the term warns that the stay ends; the tenancy lead asks, the coordinator decides."""
    page = stage.at("tenancy_lead", 235, "10:00")
    page.goto("/")
    expect(page.locator("main")).to_contain_text("Verblijf in de crisiswoning loopt af")
    stage.open_case(page, TITLE)
    panel(page, "Tijdelijk verblijf").get_by_role("link", name="Noodstraat").first.click()
    follow(page, "Verlenging vragen")
    stay = Stay.objects.select_related("period").get()
    later = stay.period.until_on + dt.timedelta(days=28)
    fields(page, {"Verlengen tot": later, "Waarom?": "De pleisterwerken zijn niet klaar."})
    press(page, "Verlenging vragen")
    told(page, "De verlenging is gevraagd.")

    page = stage.at("coordinator", 234, "9:00")
    stage.open_case(page, TITLE)
    expect(panel(page, "Tijdelijk verblijf")).to_contain_text("Verlenging gevraagd tot")
    panel(page, "Tijdelijk verblijf").get_by_role("link", name="Bekijken").click()
    follow(page, "Beslissen over de verlenging")
    choose(page, "Wat is de beslissing?", "toekennen")
    press(page, "Beslissing bewaren")
    told(page, "De beslissing is bewaard.")
    stay.period.refresh_from_db()
    assert stay.period.until_on == Agreement.objects.get().return_on == later


def they_come_home(stage: Stage) -> None:
    """Step 4: to the same dwelling on the same terms; aftercare is planned."""
    page = stage.at("tenancy_lead", 205, "11:00")
    stage.open_case(page, TITLE)
    panel(page, "Tijdelijk verblijf").get_by_role("link", name="Noodstraat").first.click()
    follow(page, "Vertrokken")
    choose(page, "Waarheen?", "terug naar de eigen woning")
    press(page, "Vertrek bewaren")
    told(page, "Het verblijf is afgelopen.")
    home = _living()
    assert home.dwelling == Dwelling.objects.get(building__street="Huurstraat")
    assert (home.rent, home.from_on) == (Decimal("650"), stage.today())
    stage.open_case(page, TITLE)
    checks = panel(page, "Tijdelijk verblijf")
    for months in (3, 6, 12):
        expect(checks).to_contain_text(f"na {months} maanden")
    assert AftercareCheck.objects.count() == 3


def _check(page: Page, months: int) -> None:
    checks = panel(page, "Tijdelijk verblijf").get_by_role("listitem")
    checks.filter(has_text=f"na {months} maanden").get_by_role("link", name="Gedaan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Nazorg na {months} maanden")


def all_is_well_after_three_months(stage: Stage) -> None:
    """Step 6: the inspector visits; it counts as what the agreement promised."""
    page = stage.at("housing_inspector", 112, "14:00", desk=False)
    stage.open_case(page, TITLE)
    _check(page, 3)
    choose(page, "Hoe gaat het?", "alles goed")
    fields(page, {"Wat zag of hoorde je?": "Droog en warm."})
    page.get_by_label("Telt dit als bewijs voor de overeenkomst?").select_option(index=1)
    press(page, "Nazorg bewaren")
    told(page, "De nazorg is bewaard.")


def back_on_the_radar_after_six(stage: Stage) -> None:
    """Step 6: a relapse. Who decides about the radar sees it with the case that it belongs to."""
    page = stage.at("tenancy_lead", 20, "10:30")
    stage.open_case(page, TITLE)
    _check(page, 6)
    choose(page, "Hoe gaat het?", "er is een zorg")
    fields(page, {"Wat zag of hoorde je?": "De verwarming is stuk en niemand komt."})
    page.get_by_label("Het gezin is hervallen").check()
    press(page, "Nazorg bewaren")
    expect(page.locator("main .error").first).to_contain_text("Schrijf op wat er op de radar mag staan.")
    fields(page, {"Wat mag op de radar staan?": "De verwarming is stuk."})
    press(page, "Nazorg bewaren")
    told(page, "De nazorg is bewaard.")

    page = stage.at("coordinator", 19, "9:00")
    page.goto("/radar/")
    follow(page, "Gezin Stofmans")
    expect(page.locator("main")).to_contain_text("Hervallen, gezien bij de nazorg na 6 maanden")
    expect(page.locator("main")).to_contain_text(stage.case_of(TITLE).number)
    entry = RadarEntry.objects.latest("pk")
    assert (entry.street, entry.household) == (HOME.split()[0], stage.case_of(TITLE).household)
