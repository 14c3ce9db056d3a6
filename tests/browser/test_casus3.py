"""Casus 3 in the browser, as far as this version goes: in through a rent subsidy, elsewhere for a while, and back."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from cases.actions.catalogue import load_catalogue
from cases.models import Case, Consent, Intervention
from housing.actions.buildings import create_building
from housing.actions.dwellings import create_dwelling
from housing.models import Dwelling, Occupancy
from tests.browser.conftest import DESK
from tests.browser.doing import choose, fields, follow, open_menu, panel, pick, press, told
from tests.browser.doing import field as labelled
from tests.factories import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AT_A_DESK = {"viewport": DESK, "has_touch": False}
TITLE = "Gezin in stof en lawaai"


@pytest.fixture
def world(world: World) -> World:
    """A dwelling for emergencies that stands empty."""
    load_catalogue()
    User.objects.filter(pk=world.renovation_coach.pk).update(first_name="Renske", last_name="Verzonnen")
    building = create_building(
        by=world.coordinator, neighbourhood=world.neighbourhood, street="Noodstraat", house_number="1"
    )
    create_dwelling(by=world.coordinator, building=building, kind="apartment", box="1")
    return world


def test_casus3_family_lives_elsewhere_for_a_while_and_comes_back(
    world: World, page_as: Callable[..., Page]
) -> None:
    page = page_as(world.coordinator, **AT_A_DESK)
    case = in_through_the_rent_subsidy(page)
    home = housed(page, case)
    crisis = Dwelling.objects.get(building__street="Noodstraat")
    start = timezone.localdate() - dt.timedelta(days=100)
    moves(page, case, "Noodstraat", start)
    moves(page, case, "Huurstraat", timezone.localdate() - dt.timedelta(days=5))
    stays = list(Occupancy.objects.filter(household=case.household).order_by("from_on"))
    assert [stay.dwelling for stay in stays] == [home, crisis, home]
    assert stays[0].until_on == start - dt.timedelta(days=1) or stays[0].until_on == start
    assert stays[2].until_on is None
    what_is_done(page_as(world.renovation_coach, **AT_A_DESK))
    consent(page)
    page.goto(case.get_absolute_url())
    timeline = page.locator("#timeline-rows")
    for words in ("Woont in Noodstraat 1 bus 1", "Toestemming gegeven"):
        expect(timeline).to_contain_text(words)
    assert page.problems == []  # type: ignore[attr-defined]


def in_through_the_rent_subsidy(page: Page) -> Case:
    """A signal that an application brought."""
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
    page.goto("/radar/")
    follow(page, "Ada Stofmans")
    expect(page.locator("main")).to_contain_text("aanvraag huursubsidie")
    follow(page, "Dossier openen")
    fields(page, {"Titel van het dossier": TITLE})
    pick(page, "Wie trekt het?", "Renske")
    press(page, "Dossier openen")
    told(page, "Het dossier is open.")
    return Case.objects.get(title=TITLE)


def housed(page: Page, case: Case) -> Dwelling:
    """The house as it was told on the radar."""
    follow(page, "Woning vastleggen")
    expect(labelled(page, "Straat")).to_have_value("Huurstraat")
    choose(page, "Wat voor woning?", "huis")
    fields(page, {"Wonen er sinds": dt.date(2019, 1, 1)})
    press(page, "Woning bewaren")
    expect(panel(page, "Woning")).to_contain_text("Huurstraat 12")
    return Occupancy.objects.get(household=case.household).dwelling


def moves(page: Page, case: Case, street: str, day: dt.date) -> None:
    """The family lives somewhere else from that day; the program asks whether that is so."""
    page.goto(case.get_absolute_url())
    panel(page, "Woning").get_by_role("link", name="Verhuisd").click()
    fields(
        page,
        {"Straat": street, "Nummer": "1" if street == "Noodstraat" else "12", "Wonen er sinds": day},
    )
    press(page, "Woning bewaren")
    # The form that is being sent has the same question, about the address of the case.
    expect(page.get_by_text("Dit pand staat er misschien al.").first).to_be_visible()
    page.get_by_role("group", name="Is het een van deze woningen?").locator("label").first.click()
    press(page, "Woning bewaren")
    labelled(page, "Ja, ze zijn verhuisd").check()
    press(page, "Woning bewaren")
    expect(panel(page, "Woning")).to_contain_text(street)


def what_is_done(page: Page) -> None:
    """The coach follows the works: two tracks, one of them finished with what it brought."""
    for name in ("Tijdelijke herhuisvesting", "Renovatiebegeleiding"):
        page.goto("/cases/")
        follow(page, TITLE)
        panel(page, "Woonkwaliteit").get_by_role("link", name="Actie").click()
        pick(page, "Wat zetten we in?", name)
        pick(page, "Door welke organisatie?", "Organisatie welfare")
        choose(page, "Voor wie?", "het gezin")
        choose(page, "Hoe staat het ermee?", "loopt al")
        press(page, "Actie bewaren")
        told(page, "De actie is bewaard.")
    follow(page, "Bijwerken")
    choose(page, "Hoe staat het ermee?", "Het is klaar")
    press(page, "Bewaren")
    expect(page.locator("main .error").first).to_be_visible()
    fields(page, {"Wat leverde het op?": "Het dak is dicht en het attest is er."})
    press(page, "Bewaren")
    told(page, "De actie is bijgewerkt.")
    assert sorted(Intervention.objects.values_list("state", flat=True)) == ["done", "running"]


def consent(page: Page) -> None:
    """The family lets the team tell one service about the dwelling, for a purpose and a time; and takes it back."""
    page.goto("/cases/")
    follow(page, TITLE)
    follow(page, "Toestemming vastleggen")
    pick(page, "Wie geeft toestemming?", "Ada")
    choose(page, "Wat mogen we delen?", "de woning")
    choose(page, "Met wie?", "Organisatie energy")
    fields(page, {"Waarvoor?": "De premie aanvragen"})
    press(page, "Toestemming bewaren")
    told(page, "De toestemming is bewaard.")
    expect(page.locator(".case-chips")).to_contain_text("Toestemming: Organisatie energy")
    open_menu(page, "De premie aanvragen")
    panel(page, "Afspraken").get_by_role("link", name="Intrekken").click()
    press(page, "Toestemming intrekken")
    told(page, "De toestemming is ingetrokken.")
    expect(page.locator(".case-chips")).not_to_contain_text("Toestemming:")
    assert Consent.objects.get().withdrawn_at is not None
