"""Casus 2 in the browser, the civil track: one lawyer, evidence per tenant with permission, one bundle."""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from cases.actions.block import join_block
from cases.actions.open_case import open_case
from cases.models import Case
from housing.actions.bundles import compute_bundle
from housing.actions.landlords import create_landlord
from housing.actions.ownerships import add_ownership
from housing.models import Bundle, Exhibit, Landlord, LegalFile, RentPayment
from tests.browser.conftest import DESK, PHONE
from tests.browser.doing import choose, fields, follow, panel, pick, press, told
from tests.factories import World
from tests.housing.factories import house, make_building, make_dwelling

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AT_A_DESK = {"viewport": DESK, "has_touch": False}


@pytest.fixture
def world(world: World) -> World:
    """A block of two flats with a household in each, and a second company of the landlord."""
    User.objects.filter(pk=world.lawyer.pk).update(first_name="Joke", last_name="Verzonnen")
    world.lawyer.refresh_from_db()
    by = world.coordinator
    open_case(by=by, neighbourhood=world.neighbourhood, lead=world.lawyer, title="Blok zonder verwarming")
    block = Case.objects.get(title="Blok zonder verwarming")
    building = make_building(world, "Blokstraat", "40")
    landlord, other = (
        create_landlord(
            by=by,
            neighbourhood=world.neighbourhood,
            kind="company",
            name=name,
            phone="0470 00 00 95",
            keep_anyway=True,
        )
        for name in ("Immo Blok", "Stenen Toekomst")
    )
    add_ownership(
        by=by,
        dwelling=make_dwelling(world, make_building(world, "Verzonnenkaai", "3")),
        landlord=other,
        from_on=dt.date(2020, 1, 1),
    )
    for box, case in (("1", world.case), ("2", world.other_case)):
        flat = make_dwelling(world, building, box)
        add_ownership(by=by, dwelling=flat, landlord=landlord, from_on=dt.date(2015, 1, 1))
        house(world, case, flat)
        join_block(by=by, case=case, parent=block)
    return world


def at(page: Page, case: Case) -> None:
    page.goto(case.get_absolute_url())


def test_casus2_one_lawyer_gathers_evidence_and_shows_only_what_tenants_permit(
    world: World, page_as: Callable[..., Page]
) -> None:
    page = page_as(world.coordinator, **AT_A_DESK)
    one_lawyer_for_the_block(page)
    worker = page_as(world.community_worker, viewport=PHONE)
    the_worker_writes_down_rent_and_a_statement(worker, world)
    lawyer = page_as(world.lawyer, **AT_A_DESK)
    the_lawyer_numbers_and_notes_permission(lawyer, world)
    a_bundle_is_made(lawyer)
    the_tenant_takes_it_back(lawyer)
    who_is_behind_the_landlord(page)
    for looked in (page, worker, lawyer):
        assert looked.problems == []  # type: ignore[attr-defined]


def one_lawyer_for_the_block(page: Page) -> None:
    """The coordinator asks the lawyer for all households at once; what comes of it stays hers."""
    at(page, Case.objects.get(title="Blok zonder verwarming"))
    follow(page, "Juridisch dossier starten")
    expect(page.locator("main")).to_contain_text("2 gezinnen doen meteen mee")
    pick(page, "Wie is de jurist?", "Joke")
    press(page, "Juridisch dossier starten")
    told(page, "Het juridisch dossier is gestart.")
    expect(page.locator("main")).to_contain_text("Wat erin staat, leest alleen de jurist")
    assert LegalFile.objects.get().tenants.count() == 2


def the_worker_writes_down_rent_and_a_statement(page: Page, world: World) -> None:
    """At the kitchen table, on a phone: twelve months at once, and what was said."""
    at(page, world.case)
    expect(panel(page, "Juridisch")).to_contain_text("In voorbereiding")
    follow(page, "Betaalde huur noteren")
    fields(page, {"Elke lege maand gevraagd": "650", "Elke lege maand betaald (euro)": "650"})
    press(page, "Huur bewaren")
    told(page, "De betaalde huur is bewaard.")
    expect(panel(page, "Betaalde huur")).to_contain_text("7.800,00")
    assert RentPayment.objects.count() == 12
    follow(page, "Bewijs toevoegen")
    choose(page, "Wat is het?", "verklaring")
    fields(page, {"Korte omschrijving": "Drie winters zonder verwarming", "Wat staat erin?": "Het was koud."})
    press(page, "Bewijs bewaren")
    told(page, "Het bewijs is bewaard")
    expect(panel(page, "Bewijsboek")).to_contain_text("Drie winters zonder verwarming")


def the_lawyer_numbers_and_notes_permission(page: Page, world: World) -> None:
    """Evidence gets its number; without permission it stays inside."""
    page.goto("/legal-files/")
    follow(page, "Blok zonder verwarming")
    follow(page, "Stukken nummeren")
    page.locator("main label").filter(has_text="Drie winters zonder verwarming").first.click()
    press(page, "Nummers geven")
    told(page, "De stukken hebben hun nummer.")
    expect(panel(page, "Stukken")).to_contain_text("nog geen toestemming")
    follow(page, "Bundel maken")
    press(page, "Bundel maken")
    expect(page.locator("main")).to_contain_text("Er is nog geen enkel stuk dat erin mag")
    assert not Bundle.objects.exists()
    follow(page, "Terug zonder bewaren")
    page.locator("main").get_by_role("link", name="Toestemming (").first.click()
    page.locator("main label").filter(has_text="Jef").first.click()
    choose(page, "Hoe?", "ondertekend")
    press(page, "Bewaren")
    told(page, "De toestemming is bewaard.")
    expect(panel(page, "Stukken")).to_contain_text("ook in de gezamenlijke bundel")


def a_bundle_is_made(page: Page) -> None:
    """The lawyer asks for it and takes it along."""
    follow(page, "Bundel maken")
    press(page, "Bundel maken")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bundel 1")
    compute_bundle(bundle_id=Bundle.objects.get().pk)
    page.reload()
    expect(panel(page, "Wat erin zit")).to_contain_text("Drie winters zonder verwarming")
    with page.expect_download() as download:
        follow(page, "Pdf downloaden")
    assert download.value.suggested_filename.endswith("-v1.pdf")


def the_tenant_takes_it_back(page: Page) -> None:
    """Withdrawn at once, and the earlier bundle that holds it is named."""
    page.goto(LegalFile.objects.get().get_absolute_url())
    follow(page, "Toestemming intrekken")
    expect(page.locator("main")).to_contain_text("Het zit al in bundel 1")
    choose(page, "Hoe werd ze ingetrokken?", "mondeling")
    press(page, "Toestemming intrekken")
    told(page, "het stuk komt in geen volgende bundel")
    expect(panel(page, "Bundels")).to_contain_text("stuk 1 mag niet meer")
    assert not Exhibit.objects.get().permissions.filter(withdrawn_at__isnull=True).exists()


def who_is_behind_the_landlord(page: Page) -> None:
    """The system says why two companies belong together; somebody decides, and can take it back."""
    page.goto(Landlord.objects.get(name="Immo Blok").get_absolute_url())
    linked = panel(page, "Hoort samen met")
    expect(linked).to_contain_text("zelfde telefoonnummer")
    follow(page, "Beslissen")
    choose(page, "Wat denk je?", "zelfde portefeuille")
    press(page, "Bewaren")
    told(page, "Je kunt dit altijd ongedaan maken.")
    owned = panel(page, "De hele portefeuille")
    expect(owned).to_contain_text("Verzonnenkaai 3")
    expect(owned.get_by_role("img")).to_have_attribute(
        "alt",
        "Portefeuille van Immo Blok: 2 eigenaars, 2 panden, 3 woningen. Dezelfde gegevens staan in de tabel.",
    )
    follow(page, "Ongedaan maken")
    press(page, "Ongedaan maken")
    expect(panel(page, "Van deze eigenaar")).not_to_contain_text("Verzonnenkaai 3")
