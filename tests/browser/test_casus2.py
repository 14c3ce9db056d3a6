"""Casus 2 in the browser, as far as this version goes: a block, its tenants together, one voice to the landlord."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from cases.actions.catalogue import load_catalogue
from cases.models import Case, Intervention
from housing.actions.buildings import create_building
from housing.actions.dwellings import create_dwelling
from housing.actions.landlords import create_landlord
from housing.actions.ownerships import add_ownership
from housing.models import LandlordContact
from people.models import HouseholdMember
from tests.browser.conftest import DESK
from tests.browser.doing import choose, fields, follow, panel, pick, press, told
from tests.browser.doing import field as labelled
from tests.factories import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AT_A_DESK = {"viewport": DESK, "has_touch": False}
BLOCK = "Blok zonder verwarming"


@pytest.fixture
def world(world: World) -> World:
    """Three flats of one owner; in the first lives the family of a case that is there already."""
    load_catalogue()
    for role, name in (("tenancy_lead", "Samira"), ("lawyer", "Joke"), ("housing_inspector", "Ivo")):
        User.objects.filter(pk=world.users[role].pk).update(first_name=name, last_name="Verzonnen")
        world.users[role].refresh_from_db()
    by = world.coordinator
    building = create_building(
        by=by, neighbourhood=world.neighbourhood, street="Blokstraat", house_number="40"
    )
    landlord = create_landlord(by=by, neighbourhood=world.neighbourhood, kind="company", name="Immo Blok")
    for box in "123":
        flat = create_dwelling(by=by, building=building, kind="apartment", box=box)
        add_ownership(by=by, dwelling=flat, landlord=landlord, from_on=dt.date(2015, 1, 1))
    return world


def open_case(page: Page, title: str) -> None:
    page.goto("/cases/")
    follow(page, title)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_casus2_tenants_stand_together_and_speak_with_one_voice(
    world: World, page_as: Callable[..., Page]
) -> None:
    page = page_as(world.coordinator, **AT_A_DESK)
    open_the_block(page)
    a_tenant_joins_with_one_press(page, world)
    a_new_tenant_starts_in_the_block(page)
    one_voice(page, page_as(world.housing_inspector, **AT_A_DESK))
    a_child_is_born(page, world)
    work_goes_on_side_by_side(page, page_as(world.lawyer, **AT_A_DESK))
    assert page.problems == []  # type: ignore[attr-defined]


def open_the_block(page: Page) -> None:
    """A case for the whole building."""
    page.goto("/cases/")
    follow(page, "Dossier openen")
    choose(page, "Over wie gaat het?", "een heel pand (blokdossier)")
    fields(page, {"Titel van het dossier": BLOCK, "Adres": "Blokstraat 40"})
    pick(page, "Wie trekt het?", "Joke")
    press(page, "Dossier openen")
    told(page, "Het dossier is open.")
    follow(page, "Pand kiezen")
    fields(page, {"Straat": "Blokstraat", "Nummer": "40"})
    press(page, "Pand bewaren")
    choose(page, "Is het een van deze panden?", "Blokstraat 40")
    press(page, "Pand bewaren")
    expect(panel(page, "Het pand")).to_contain_text("Bus 3")
    expect(panel(page, "Het pand")).to_contain_text("Immo Blok")


def a_tenant_joins_with_one_press(page: Page, world: World) -> None:
    """A family with a case of its own turns out to live here: it joins from the page of the block."""
    open_case(page, world.other_case.title)
    follow(page, "Woning vastleggen")
    fields(page, {"Straat": "Blokstraat", "Nummer": "40", "Wonen er sinds": dt.date(2021, 5, 1)})
    press(page, "Woning bewaren")
    # The form that is being sent can have the same question already.
    expect(page.get_by_text("Dit pand staat er misschien al.").first).to_be_visible()
    page.get_by_role("group", name="Is het een van deze woningen?").locator("label").first.click()
    press(page, "Woning bewaren")
    expect(panel(page, "De woning")).to_contain_text("Blokstraat 40")
    open_case(page, BLOCK)
    press(page, "Bij dit blok zetten")
    told(page, "Het dossier hoort nu bij het blok.")
    world.other_case.refresh_from_db()
    assert world.other_case.parent == Case.objects.get(title=BLOCK)


def a_new_tenant_starts_in_the_block(page: Page) -> None:
    """A family that nobody knew: its case hangs under the block from its first minute."""
    page.goto("/cases/new/")
    choose(page, "Over wie gaat het?", "een nieuw gezin")
    fields(
        page,
        {
            "Naam van het gezin": "Gezin Bedacht",
            "Voornaam": "Naïma",
            "Familienaam": "Bedacht",
            "Titel van het dossier": "Jong gezin, bus 2",
        },
    )
    pick(page, "Wie trekt het?", "Samira")
    box = labelled(page, "Hoort het bij een blokdossier?")
    box.select_option(index=1)
    press(page, "Dossier openen")
    told(page, "Het dossier is open.")
    open_case(page, BLOCK)
    families = panel(page, "Gezinnen in dit blok")
    expect(families).to_contain_text("Jong gezin, bus 2")
    expect(families).to_contain_text("Gezin in rijwoning")


def one_voice(page: Page, inspector: Page) -> None:
    """One person talks to the landlord; who rings himself is asked about it, and everybody sees that."""
    page.goto("/landlords/")
    follow(page, "Immo Blok")
    follow(page, "Aanspreekpunt kiezen")
    pick(page, "Wie?", "Samira")
    pick(page, "Voor welke dienst?", "Organisatie welfare")
    press(page, "Aanspreekpunt bewaren")
    told(page, "Wie anders contact heeft, krijgt voortaan de vraag")

    inspector.goto("/landlords/")
    follow(inspector, "Immo Blok")
    expect(inspector.locator("main")).to_contain_text("Vast aanspreekpunt: Samira Verzonnen")
    follow(inspector, "Contact noteren")
    choose(inspector, "Wie nam contact op?", "wij namen contact op")
    choose(inspector, "Hoe?", "telefoon")
    fields(inspector, {"Wat is er gezegd?": "Gebeld over de kelder"})
    press(inspector, "Contact bewaren")
    expect(inspector.locator("main .error").first).to_be_visible()
    assert not LandlordContact.objects.exists()
    choose(inspector, "Liep dit via Samira Verzonnen", "nee")
    press(inspector, "Contact bewaren")
    told(inspector, "Het contact is bewaard.")
    contacts = panel(inspector, "Alle contacten")
    expect(contacts).to_contain_text("Gebeld over de kelder")
    expect(contacts).to_contain_text("niet via het aanspreekpunt")


def a_child_is_born(page: Page, world: World) -> None:
    """The family grows by one."""
    open_case(page, world.other_case.title)
    page.locator(".facts").get_by_role("link", name="Gezin Andersson").click()
    follow(page, "Gezinslid toevoegen")
    fields(page, {"Voornaam": "Noor", "Geboortedatum": timezone.localdate()})
    choose(page, "Wat is die persoon in het gezin?", "pasgeborene")
    choose(page, "Hoe kwam die erbij?", "geboren")
    press(page, "Gezinslid bewaren")
    told(page, "Bewaard.")
    expect(panel(page, "Wie hoort erbij")).to_contain_text("Noor")
    born = HouseholdMember.objects.get(person__given_name="Noor")
    assert (born.household, born.role) == (world.other_case.household, "newborn")


def work_goes_on_side_by_side(page: Page, lawyer: Page) -> None:
    """Two tracks for the same building, each with its own owner."""
    for who, name, provider in (
        (page, "CO-meter", "Organisatie community"),
        (lawyer, "Rechtenrealisatie", "Organisatie welfare"),
    ):
        open_case(who, BLOCK)
        panel(who, "Woonkwaliteit").get_by_role("link", name="Actie").click()
        pick(who, "Wat zetten we in?", name)
        pick(who, "Door welke organisatie?", provider)
        choose(who, "Voor wie?", "het dossier")
        choose(who, "Hoe staat het ermee?", "loopt al")
        press(who, "Actie bewaren")
        told(who, "De actie is bewaard.")
    open_case(page, BLOCK)
    tracks = panel(page, "Woonkwaliteit")
    for name in ("CO-meter", "Rechtenrealisatie", "Organisatie community", "Organisatie welfare"):
        expect(tracks).to_contain_text(name)
    assert Intervention.objects.filter(state="running").count() == 2
