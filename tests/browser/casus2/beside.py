"""Casus 2, what runs beside the procedure: vacancy, permits, other services; and who the landlord really is."""

import datetime as dt

from playwright.sync_api import Page, expect

from cases.models import Intervention
from tests.browser.casus2.block import ADDRESS, BLOCK, LANDLORD
from tests.browser.doing import choose, fields, follow, panel, pick, press, told
from tests.browser.registering import (
    add_building,
    add_dwelling,
    add_landlord,
    open_building,
    open_landlord,
    owns,
)
from tests.browser.stage import Stage

PARTNER, NAMESAKE = "Stenen Toekomst", "Immo Blokje"


def tracks_side_by_side(stage: Stage) -> None:
    """Step 6: vacancy and permits at the same address, each with its own owner, beside the procedure."""
    for who, hour, kind, owner, what in (
        ("coordinator", "9:00", "leegstand", "Karim", "Staat het bijgebouw al een jaar leeg?"),
        ("housing_inspector", "11:00", "stedenbouwkundige vergunning", "Ivo", "Is bus 3 ooit vergund?"),
    ):
        page = stage.at(who, 166, hour)
        open_building(page, ADDRESS)
        follow(page, "Spoor openen")
        choose(page, "Waarover?", kind)
        pick(page, "Wie volgt dit op?", owner)
        fields(page, {"Wanneer kijken we opnieuw?": stage.today(30), "Wat doen we dan?": what})
        press(page, "Spoor openen")
        told(page, "Het spoor staat bij het pand.")
    open_building(page, ADDRESS)
    tracks = panel(page, "Wat loopt er over dit pand")
    for title, holder in (
        ("Leegstand", "Karim Bedacht"),
        ("Stedenbouwkundige vergunning", "Ivo Fictief"),
        ("Ongeschikt of onbewoonbaar", "Wonen in Vlaanderen"),
    ):
        expect(tracks.get_by_role("listitem").filter(has_text=title)).to_contain_text(holder)


def each_owner_follows_up(stage: Stage) -> None:
    """Step 6: a month later each looks again at his own: one track ends, the other waits for somebody else."""
    page = stage.at("coordinator", 134, "10:00")
    _track(page, "Leegstand")
    choose(page, "Hoe staat het?", "afgesloten")
    fields(page, {"Hoe liep het af?": "Het bijgebouw wordt gebruikt als berging."})
    press(page, "Bewaren")
    told(page, "Het spoor is bewaard.")
    page = stage.at("housing_inspector", 134, "11:00")
    page.goto("/")
    expect(page.locator("main")).to_contain_text("Is bus 3 ooit vergund?")
    _track(page, "Stedenbouwkundige vergunning")
    choose(page, "Hoe staat het?", "wacht op iemand anders")
    fields(
        page, {"Wanneer kijken we opnieuw?": stage.today(120), "Wat doen we dan?": "Antwoord van de dienst"}
    )
    press(page, "Bewaren")
    told(page, "Het spoor is bewaard.")


def _track(page: Page, title: str) -> None:
    open_building(page, ADDRESS)
    panel(page, "Wat loopt er over dit pand").get_by_role("link", name=title).click()
    follow(page, "Opvolgen")


def services_side_by_side(stage: Stage) -> None:
    """Step 6: two services for the same building, each under its own name."""
    for who, hour, name, provider in (
        ("coordinator", "9:00", "CO-meter", "Samenlevingsopbouw"),
        ("lawyer", "11:00", "Rechtenrealisatie", "Sociaal Huis Mechelen"),
    ):
        page = stage.at(who, 165, hour)
        stage.open_case(page, BLOCK)
        panel(page, "Woonkwaliteit").get_by_role("link", name="Actie").click()
        pick(page, "Wat zetten we in?", name)
        pick(page, "Door welke organisatie?", provider)
        choose(page, "Voor wie?", "het dossier")
        choose(page, "Hoe staat het ermee?", "loopt al")
        press(page, "Actie bewaren")
        told(page, "De actie is bewaard.")
    stage.open_case(page, BLOCK)
    tracks = panel(page, "Woonkwaliteit")
    for name in ("CO-meter", "Rechtenrealisatie", "Samenlevingsopbouw", "Sociaal Huis Mechelen"):
        expect(tracks).to_contain_text(name)
    assert Intervention.objects.filter(state="running").count() == 2


def what_else_he_owns(stage: Stage) -> None:
    """Step 7: two other houses, of a company with the same telephone; and one that only looks like it."""
    page = stage.at("coordinator", 164, "9:00")
    add_building(page, "Verzonnenkaai", "3")
    add_dwelling(page, kind="huis")
    add_building(page, "Fictiefplein", "8")
    add_dwelling(page, kind="huis")
    add_landlord(page, PARTNER, phone="0470 00 00 95")
    for street, found in (("Verzonnenkaai", "Verzonnenkaai 3"), ("Fictiefplein", "Fictiefplein 8")):
        owns(page, street, found, dt.date(2020, 1, 1))
    add_landlord(page, NAMESAKE, phone="015 00 00 97", looks_known=True)


def who_is_behind_him(stage: Stage) -> None:
    """Step 7: the system says why two companies belong together, and what comes back; somebody decides."""
    page = stage.at("lawyer", 163, "10:00")
    open_landlord(page, LANDLORD)
    linked = panel(page, "Hoort samen met")
    expect(linked.get_by_role("listitem").filter(has_text=PARTNER)).to_contain_text("zelfde telefoonnummer")
    linked.get_by_role("listitem").filter(has_text=PARTNER).get_by_role("link", name="Beslissen").click()
    choose(page, "Wat denk je?", "zelfde portefeuille")
    press(page, "Bewaren")
    told(page, "Je kunt dit altijd ongedaan maken.")
    linked.get_by_role("listitem").filter(has_text=NAMESAKE).get_by_role("link", name="Beslissen").click()
    choose(page, "Wat denk je?", "niet dezelfde")
    press(page, "Bewaren")
    told(page, "Je kunt dit altijd ongedaan maken.")
    expect(panel(page, "Hoort samen met")).to_contain_text("niet dezelfde, zei Joke Schijnbaar")
    owned = panel(page, "De hele portefeuille")
    expect(owned).to_contain_text("Verzonnenkaai 3")
    expect(owned).to_contain_text("Fictiefplein 8")
    expect(owned.get_by_role("img")).to_have_attribute(
        "alt",
        f"Portefeuille van {LANDLORD}: 2 eigenaars, 3 panden, 5 woningen, waarvan 3 met gebreken. "
        "Dezelfde gegevens staan in de tabel.",
    )
    comes_back = panel(page, "Gebreken die terugkomen")
    expect(comes_back).to_contain_text("Condensatie met schimmel")
    expect(comes_back).to_contain_text("Waarom het systeem dit denkt:")
    for box in "123":
        expect(comes_back).to_contain_text(f"{ADDRESS} bus {box}")
