"""Casus 3, how it begins: a rent subsidy brings a dwelling to light, and the team gets to know the family."""

import datetime as dt

from playwright.sync_api import expect

from tests.browser.doing import choose, fields, follow, pick, press, told
from tests.browser.registering import add_landlord, family_grows, house, owns
from tests.browser.stage import Stage

TITLE = "Gezin in stof en lawaai"
HOME = "Huurstraat 12"
LANDLORD = "Leon Verhuurd"


def a_rent_subsidy_brings_a_signal(stage: Stage) -> None:
    """Step 1: the Sociaal Huis sees it in an application."""
    page = stage.at("tenancy_lead", 330, "11:10")
    page.goto("/radar/")
    follow(page, "Op de radar zetten")
    choose(page, "Waarover gaat het?", "de woning zelf")
    fields(
        page,
        {
            "Wat is de zorg": "Bij de aanvraag van de huursubsidie bleek het huis onveilig.",
            "Naam": "Ada Stofmans",
            "Straat": "Huurstraat",
            "Nummer": "12",
        },
    )
    page.locator("main summary", has_text="opnieuw bekijken op").click()
    pick(page, "Hoe kwam dit bij ons?", "aanvraag huursubsidie")
    press(page, "Op de radar zetten")
    told(page, "Het staat op de radar.")


def the_coordinator_opens_a_case(stage: Stage) -> None:
    """Step 1: somebody decides, and the tenancy lead leads it."""
    page = stage.at("coordinator", 329, "9:20")
    page.goto("/radar/")
    follow(page, "Ada Stofmans")
    expect(page.locator("main")).to_contain_text("aanvraag huursubsidie")
    follow(page, "Dossier openen")
    fields(page, {"Titel van het dossier": TITLE})
    pick(page, "Wie trekt het?", "Samira")
    press(page, "Dossier openen")
    told(page, "Het dossier is open.")


def who_lives_there_and_whose_it_is(stage: Stage) -> None:
    """Step 1: the house as it was told, a child that nobody mentioned, the owner."""
    page = stage.at("tenancy_lead", 328, "14:00")
    stage.open_case(page, TITLE)
    house(page, "Huurstraat", "12", kind="huis", since=dt.date(2019, 1, 1), rent="650")
    family_grows(
        page, "Gezin Stofmans", name="Mo", role="kind", how="hoorde er al bij", born=dt.date(2016, 4, 2)
    )
    add_landlord(page, LANDLORD, kind="persoon", phone="015 00 00 92")
    owns(page, "Huurstraat", HOME, dt.date(2012, 6, 1))
