"""Casus 2, the block: a house in bad state, its tenants one by one, and one voice to the landlord."""

import datetime as dt

from playwright.sync_api import Page, expect

from housing.models import Dwelling, LandlordContact
from tests.browser.doing import choose, field, fields, follow, panel, pick, press, told
from tests.browser.registering import (
    add_dwelling,
    add_landlord,
    family_grows,
    house_in_known,
    open_building,
    open_landlord,
    owns,
)
from tests.browser.stage import Stage

BLOCK = "Blok zonder verwarming"
ADDRESS = "Blokstraat 40"
LANDLORD = "Immo Blok"
FIRST, SECOND, THIRD = "Gezin in de kou, bus 1", "Vrouw alleen, bus 2", "Nieuwe huurder, bus 3"


def a_worker_hears_of_a_family(stage: Stage) -> None:
    """Before there is a block: one family, seen by the community worker at the school gate."""
    page = stage.at("community_worker", 210, "15:40", desk=False)
    page.goto("/")
    follow(page, "Op de radar zetten")
    choose(page, "Waarover gaat het?", "de woning zelf")
    fields(
        page,
        {
            "Wat is de zorg": "Derde winter zonder verwarming, water in de kelder.",
            "Naam": "Nour Verkleumd",
            "Straat": "Blokstraat",
            "Nummer": "40",
            "Bus": "1",
        },
    )
    press(page, "Op de radar zetten")
    told(page, "Het staat op de radar.")


def the_family_gets_a_case(stage: Stage) -> None:
    """The coordinator decides, and the worker who knows them leads."""
    page = stage.at("coordinator", 208, "9:10")
    page.goto("/")
    follow(page, "Nour Verkleumd")
    follow(page, "Dossier openen")
    fields(page, {"Titel van het dossier": FIRST})
    pick(page, "Wie trekt het?", "Fatiha")
    press(page, "Dossier openen")
    told(page, "Het dossier is open.")


def the_block_is_opened(stage: Stage) -> None:
    """Step 1: the whole house has the same trouble: a case for the building, with its flats and its owner."""
    page = stage.at("coordinator", 200, "10:00")
    page.goto("/cases/")
    follow(page, "Dossier openen")
    choose(page, "Over wie gaat het?", "een heel pand (blokdossier)")
    fields(page, {"Titel van het dossier": BLOCK, "Adres": ADDRESS})
    pick(page, "Wie trekt het?", "Joke")
    press(page, "Dossier openen")
    told(page, "Het dossier is open.")
    follow(page, "Pand kiezen")
    fields(page, {"Straat": "Blokstraat", "Nummer": "40"})
    press(page, "Pand bewaren")
    expect(panel(page, "Het pand")).to_contain_text("Er staat nog geen woning bij dit pand.")
    for box in "123":
        open_building(page, ADDRESS)
        add_dwelling(page, kind="appartement", box=box)
    add_landlord(page, LANDLORD, phone="0470 00 00 95")
    for box in "123":
        owns(page, "Blokstraat", f"{ADDRESS} bus {box}", dt.date(2015, 1, 1))
    stage.open_case(page, BLOCK)
    expect(panel(page, "Het pand")).to_contain_text("Bus 3")
    expect(panel(page, "Het pand")).to_contain_text(LANDLORD)


def the_family_joins_with_one_press(stage: Stage) -> None:
    """Step 1: where they live is written down, and from the page of the block they join."""
    page = stage.at("coordinator", 199, "9:30")
    stage.open_case(page, FIRST)
    house_in_known(page, "Blokstraat", "40", home=f"{ADDRESS} bus 1", since=dt.date(2021, 5, 1), rent="650")
    stage.open_case(page, BLOCK)
    press(page, "Bij dit blok zetten")
    told(page, "Het dossier hoort nu bij het blok.")
    assert stage.case_of(FIRST).parent == stage.case_of(BLOCK)


def others_start_in_the_block(stage: Stage) -> None:
    """Step 1: a tenant whom nobody knew: her case hangs under the block from its first minute."""
    page = stage.at("coordinator", 197, "14:00")
    for title, given, name, box in ((SECOND, "Mireille", "Bang", "2"), (THIRD, "Naïma", "Bedacht", "3")):
        page.goto("/cases/new/")
        choose(page, "Over wie gaat het?", "een nieuw gezin")
        fields(
            page,
            {
                "Naam van het gezin": f"Gezin {name}",
                "Voornaam": given,
                "Familienaam": name,
                "Titel van het dossier": title,
            },
        )
        pick(page, "Wie trekt het?", "Fatiha")
        field(page, "Hoort het bij een blokdossier?").select_option(index=1)
        press(page, "Dossier openen")
        told(page, "Het dossier is open.")
        house_in_known(
            page, "Blokstraat", "40", home=f"{ADDRESS} bus {box}", since=dt.date(2022, 3, 1), rent="700"
        )
    stage.open_case(page, BLOCK)
    families = panel(page, "Gezinnen in dit blok")
    for title in (FIRST, SECOND, THIRD):
        expect(families).to_contain_text(title)


def one_voice(stage: Stage) -> None:
    """Step 2: one person talks to the landlord; who rings himself is asked about it, and everybody sees that."""
    page = stage.at("coordinator", 195, "10:00")
    open_landlord(page, LANDLORD)
    follow(page, "Aanspreekpunt kiezen")
    pick(page, "Wie?", "Samira")
    pick(page, "Voor welke dienst?", "Sociaal Huis Mechelen")
    press(page, "Aanspreekpunt bewaren")
    told(page, "Wie anders contact heeft, krijgt voortaan de vraag")

    page = stage.at("housing_inspector", 195, "15:00")
    open_landlord(page, LANDLORD)
    expect(page.locator("main")).to_contain_text("Vast aanspreekpunt: Samira Denkbeeld")
    follow(page, "Contact noteren")
    choose(page, "Wie nam contact op?", "wij namen contact op")
    choose(page, "Hoe?", "telefoon")
    fields(page, {"Wat is er gezegd?": "Gebeld over de kelder"})
    press(page, "Contact bewaren")
    expect(page.locator("main .error").first).to_be_visible()
    assert not LandlordContact.objects.exists()
    choose(page, "Liep dit via Samira Denkbeeld", "nee")
    press(page, "Contact bewaren")
    told(page, "Het contact is bewaard.")
    contacts = panel(page, "Alle contacten")
    expect(contacts).to_contain_text("Gebeld over de kelder")
    expect(contacts).to_contain_text("niet via het aanspreekpunt")


def a_child_is_born(stage: Stage) -> None:
    """Step 5: the family of the first flat grows by one."""
    page = stage.at("community_worker", 150, "16:00", desk=False)
    stage.open_case(page, FIRST)
    family_grows(
        page, "Gezin Verkleumd", name="Noor", role="pasgeborene", how="geboren", born=stage.today(-3)
    )


def open_box(page: Page, box: str) -> Dwelling:
    """The page of one flat."""
    open_building(page, ADDRESS)
    panel(page, "Woningen").get_by_role("link", name=f"Bus {box}", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(ADDRESS)
    return Dwelling.objects.get(building__street="Blokstraat", box=box)
