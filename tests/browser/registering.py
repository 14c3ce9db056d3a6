"""Putting houses, owners and crisis dwellings in the register, as somebody does who has only the address."""

import datetime as dt

from playwright.sync_api import Page, expect

from tests.browser.doing import choose, fields, follow, panel, pick, press, search_pick, told


def add_building(page: Page, street: str, number: str) -> None:
    """A house that nobody wrote down yet."""
    page.goto("/buildings/")
    follow(page, "Pand toevoegen")
    fields(page, {"Straat": street, "Nummer": number})
    press(page, "Pand bewaren")
    told(page, "Het pand is bewaard.")


def add_dwelling(page: Page, *, kind: str, box: str = "") -> None:
    """A dwelling in the building on this page."""
    follow(page, "Woning toevoegen")
    fields(page, {"Bus": box})
    choose(page, "Wat voor woning?", kind)
    press(page, "Woning bewaren")
    told(page, "De woning is bewaard.")


def open_building(page: Page, address: str) -> None:
    """Find a building in the list."""
    page.goto("/buildings/")
    follow(page, address)
    expect(page.get_by_role("heading", level=1)).to_have_text(address)


def open_dwelling(page: Page, address: str, box: str) -> None:
    """Find a dwelling through its building."""
    open_building(page, address)
    panel(page, "Woningen").get_by_role("link", name=f"Bus {box}").click()


def open_landlord(page: Page, name: str) -> None:
    """Find a landlord in the register."""
    page.goto("/landlords/")
    follow(page, name)
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def add_landlord(
    page: Page, name: str, *, kind: str = "bedrijf of organisatie", phone: str = "", looks_known: bool = False
) -> None:
    """An owner, with how he is reached. One who looks like somebody that is known is kept after a question."""
    page.goto("/landlords/new/")
    choose(page, "Een persoon of een bedrijf?", kind)
    fields(page, {"Naam": name, "Telefoon": phone})
    press(page, "Verhuurder bewaren")
    if looks_known:
        page.get_by_label("Dit is iets anders: toch bewaren").check()
        press(page, "Verhuurder bewaren")
    told(page, "De verhuurder is bewaard.")


def owns(page: Page, street: str, found: str, since: dt.date) -> None:
    """What the owner on this page owns, and since when."""
    follow(page, "Woning toevoegen")
    search_pick(page, "Welke woning?", street, found)
    fields(page, {"Eigenaar sinds": since})
    press(page, "Eigendom bewaren")
    told(page, "De eigendom is bewaard.")


def add_crisis_dwelling(page: Page, street: str, number: str, *, places: int, fee: str) -> None:
    """A dwelling that stands empty for whoever must leave at once."""
    add_building(page, street, number)
    add_dwelling(page, kind="appartement", box="1")
    page.goto("/crisis-dwellings/")
    follow(page, "Crisiswoning toevoegen")
    pick(page, "Welke woning?", f"{street} {number} bus 1")
    pick(page, "Beheerd door", "Sociaal Huis Mechelen")
    fields(page, {"Plaats voor hoeveel mensen?": str(places), "Verblijfsvergoeding per maand": fee})
    press(page, "Bewaren")
    told(page, "De crisiswoning staat erbij.")


def house(page: Page, street: str, number: str, *, kind: str, since: dt.date, rent: str) -> None:
    """Where the family of the case on this page lives, in a house that nobody knew."""
    follow(page, "Woning vastleggen")
    fields(page, {"Straat": street, "Nummer": number})
    choose(page, "Wat voor woning?", kind)
    fields(page, {"Wonen er sinds": since, "Huur": rent})
    press(page, "Woning bewaren")
    expect(panel(page, "Woning")).to_contain_text(f"{street} {number}")


def house_in_known(page: Page, street: str, number: str, *, home: str, since: dt.date, rent: str) -> None:
    """Where the family of the case on this page lives: one of the dwellings that are known already."""
    follow(page, "Woning vastleggen")
    fields(page, {"Straat": street, "Nummer": number, "Wonen er sinds": since, "Huur": rent})
    press(page, "Woning bewaren")
    # The form that is being sent can have the same question already.
    expect(page.get_by_text("Dit pand staat er misschien al.").first).to_be_visible()
    choose(page, "Is het een van deze woningen?", f"{home} (appartement)")
    press(page, "Woning bewaren")
    expect(panel(page, "De woning")).to_contain_text(home)


def family_grows(page: Page, family: str, *, name: str, role: str, how: str, born: dt.date) -> None:
    """Somebody joins the family of the case on this page."""
    page.locator(".facts").get_by_role("link", name=family).click()
    follow(page, "Gezinslid toevoegen")
    fields(page, {"Voornaam": name, "Geboortedatum": born})
    choose(page, "Wat is die persoon in het gezin?", role)
    choose(page, "Hoe kwam die erbij?", how)
    press(page, "Gezinslid bewaren")
    told(page, "Bewaard.")
    expect(panel(page, "Wie hoort erbij")).to_contain_text(name)
