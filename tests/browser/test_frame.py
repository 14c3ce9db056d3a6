"""What holds on every page: keys, the way in and out, one press is one save, and nothing typed is lost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import DeviceSession
from cases.models import Task, TimelineEntry
from tests.browser.conftest import DESK, log_in
from tests.browser.doing import choose, fields, press, told
from tests.browser.doing import field as labelled
from tests.factories import PASSWORD, World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AT_A_DESK = {"viewport": DESK, "has_touch": False}
LONG = 16 * 60 * 1000  # a form that stands open so many milliseconds is looked at before it is sent


def notes() -> int:
    """How many notes there are."""
    return TimelineEntry.objects.filter(kind="cases.note").count()


def test_keys_lead_to_search_and_to_the_list_of_keys(world: World, page_as: Callable[..., Page]) -> None:
    page = page_as(world.community_worker, **AT_A_DESK)
    page.goto(world.case.get_absolute_url())
    page.keyboard.press("Control+k")
    box = page.get_by_role("searchbox", name="Zoeken")
    expect(box).to_be_focused()
    page.keyboard.type("Alleenstaande")
    expect(page.locator("#suggest")).to_contain_text(world.case.number)
    page.keyboard.type("?")  # while typing it is a letter
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.locator("h1").click()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Sneltoetsen")
    expect(keys).to_be_visible()
    for word in ("Zoeken", "Huisbezoek", "Contact", "Notitie"):
        expect(keys).to_contain_text(word)
    page.keyboard.press("n")  # keys of the page rest while the dialog is open
    expect(keys).to_be_visible()
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile(r"/notes/new/$"))
    expect(labelled(page, "Wat wil je onthouden?")).to_be_focused()
    assert page.problems == []  # type: ignore[attr-defined]


def test_letters_can_be_switched_off(world: World, page_as: Callable[..., Page]) -> None:
    page = page_as(world.community_worker, **AT_A_DESK)
    page.goto(world.case.get_absolute_url())
    page.keyboard.press("?")
    page.get_by_label("Sneltoetsen van één letter gebruiken").uncheck()
    page.get_by_role("button", name="Sluiten").click()
    page.keyboard.press("n")
    page.keyboard.press("?")
    expect(page).to_have_url(re.compile(r"/cases/[^/]+/$"))
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_skip_link_is_first_and_leads_to_the_content(world: World, page_as: Callable[..., Page]) -> None:
    page = page_as(world.coordinator, **AT_A_DESK)
    page.goto("/radar/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Naar de inhoud")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert inside


def test_two_presses_save_once_and_back_is_no_second_save(world: World, page_as: Callable[..., Page]) -> None:
    page = page_as(world.community_worker, **AT_A_DESK)
    page.goto(reverse("cases:note-new", args=[world.case.number]))
    fields(page, {"Wat wil je onthouden?": "Twee keer gedrukt"})
    page.get_by_role("button", name="Notitie bewaren").dblclick()
    told(page, "Je notitie staat op de tijdlijn.")
    assert notes() == 1
    page.go_back()
    press(page, "Notitie bewaren")
    page.wait_for_url(re.compile(r"/cases/[^/]+/(#.*)?$"))
    page.wait_for_load_state()
    assert notes() == 1
    page.go_back()
    fields(page, {"Wat wil je onthouden?": "Toch nog iets anders"})
    press(page, "Notitie bewaren")
    told(page, "Je notitie staat op de tijdlijn.")
    assert notes() == 2


def test_task_given_with_two_taps_is_given_once(world: World, page_as: Callable[..., Page]) -> None:
    page = page_as(world.community_worker)
    page.goto(reverse("cases:task-new", args=[world.case.number]))
    labelled(page, "Wat moet er gebeuren?").fill("Brief meenemen")
    labelled(page, "Tegen wanneer?").fill("2099-01-01")
    press(page, "Taak geven")
    expect(page.locator("main .error").first).to_be_visible()
    expect(labelled(page, "Wat moet er gebeuren?")).to_have_value("Brief meenemen")
    assert not Task.objects.exists()
    page.evaluate(
        "document.querySelector('#id_due_on').value = new Date(Date.now() + 864e5).toISOString().slice(0, 10)"
    )
    page.get_by_role("button", name="Taak geven").dblclick()
    told(page, "De taak is gegeven.")
    assert Task.objects.count() == 1


def test_leaving_with_something_typed_asks_first(world: World, page_as: Callable[..., Page]) -> None:
    page = page_as(world.community_worker, **AT_A_DESK)
    address = reverse("cases:note-new", args=[world.case.number])
    page.goto(address)
    labelled(page, "Wat wil je onthouden?").press_sequentially("Nog niet bewaard")
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Terug zonder bewaren").click()
    expect(page).to_have_url(re.compile(address))
    assert asked == ["beforeunload"]
    expect(labelled(page, "Wat wil je onthouden?")).to_have_value("Nog niet bewaard")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("link", name="Terug zonder bewaren").click()
    expect(page).to_have_url(re.compile(r"/cases/[^/]+/$"))
    assert notes() == 0


@pytest.mark.parametrize("away", [1000, LONG], ids=["a moment later", "after a long call"])
def test_session_that_ends_while_typing_costs_no_word(
    world: World, page_as: Callable[..., Page], live_server: Any, away: int
) -> None:
    page = page_as(world.community_worker, **AT_A_DESK)
    page.clock.install()
    page.goto(reverse("cases:note-new", args=[world.case.number]))
    words = labelled(page, "Wat wil je onthouden?")
    words.fill("Een lang verhaal dat niet weg mag zijn")
    DeviceSession.objects.all().delete()
    page.clock.fast_forward(away)
    press(page, "Notitie bewaren")
    told(page, "Je bent intussen afgemeld. Wat je typte staat hier nog.")
    expect(words).to_have_value("Een lang verhaal dat niet weg mag zijn")
    assert notes() == 0
    log_in(page.context, world.community_worker, live_server.url)  # as the new tab does
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator('#notices [data-notice="logged-out"]')).to_have_count(0)
    press(page, "Notitie bewaren")
    told(page, "Je notitie staat op de tijdlijn.")
    assert notes() == 1


def test_network_that_is_gone_costs_no_word(world: World, page_as: Callable[..., Page]) -> None:
    page = page_as(world.community_worker)
    page.goto(reverse("cases:note-new", args=[world.case.number]))
    fields(page, {"Wat wil je onthouden?": "In de kelder geschreven"})
    page.context.set_offline(True)
    press(page, "Notitie bewaren")
    told(page, "Geen verbinding. Wat je typte staat hier nog")
    expect(labelled(page, "Wat wil je onthouden?")).to_have_value("In de kelder geschreven")
    page.context.set_offline(False)
    press(page, "Notitie bewaren")
    told(page, "Je notitie staat op de tijdlijn.")
    assert notes() == 1


def test_logging_in_and_out_by_hand(
    world: World, browser_context: Callable[..., Any], live_server: Any
) -> None:
    page = browser_context(**AT_A_DESK).new_page()
    page.goto(world.case.get_absolute_url())
    expect(page).to_have_url(re.compile("/accounts/login/"))
    labelled(page, "Gebruikersnaam").fill("community_worker")
    labelled(page, "Wachtwoord").fill("fout wachtwoord")
    press(page, "Aanmelden")
    expect(page.locator("main")).to_contain_text("niet")
    expect(labelled(page, "Gebruikersnaam")).to_have_value("community_worker")
    labelled(page, "Wachtwoord").fill(PASSWORD)
    press(page, "Aanmelden")
    expect(page).to_have_url(re.compile(f"/cases/{world.case.number}/$"))
    page.locator(".usermenu summary").click()
    page.get_by_role("button", name="Afmelden").click()
    expect(page).to_have_url(re.compile("/accounts/login/"))
    page.go_back()
    expect(page.locator("body")).not_to_contain_text(world.case.title)
    page.goto(world.case.get_absolute_url())
    expect(page).to_have_url(re.compile("/accounts/login/"))


def test_language_is_of_the_user_and_what_he_writes_stays_dutch(
    world: World, page_as: Callable[..., Page]
) -> None:
    page = page_as(world.community_worker, **AT_A_DESK)
    page.goto("/accounts/profile/")
    choose(page, "Taal van het scherm", "English")
    press(page, "Taal bewaren")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    page.goto(reverse("cases:boundary-new", args=[world.case.number]))
    page.locator("[name=kind][value=no_landlord]").check(force=True)
    page.locator("[name=reason]").fill("Not yet")
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".notice-ok")).to_be_visible()
    entry = TimelineEntry.objects.get(kind="cases.boundary")
    assert entry.title == "Grens gezet: geen contact met de verhuurder"
    page.goto("/accounts/profile/")
    page.locator("[name=language][value=nl]").check(force=True)
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "nl")
