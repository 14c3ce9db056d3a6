"""A living-room visit on a phone without network, a worry that may be told, and a story that is told and taken back."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from cases.models import RadarEntry
from cohesion.models import LivingRoomDraft, LivingRoomVisit, Story
from tests.browser.conftest import DESK
from tests.browser.doing import choose
from tests.factories import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VISIT_PAGE = re.compile(r"/cohesion/visits/[0-9a-f-]{36}/$")


def test_visit_without_network_comes_through_once_and_a_yes_puts_a_worry_on_the_radar(
    world: World, page_as: Callable[..., Page], axe: Callable[..., list[str]]
) -> None:
    page = page_as(world.cohesion_coach)
    page.goto("/cohesion/visits/")
    page.get_by_role("link", name="Bezoek opschrijven").tap()
    expect(page).to_have_url(re.compile(r"\?visit="))  # the script is there
    assert axe(page) == []
    page.fill("#id_street", "Verzonnenkaai")
    choose(page, "Waarover ging het?", "eenzaamheid")
    status = page.locator("[data-visit-status]")
    expect(status).to_contain_text("Bewaard")
    assert LivingRoomDraft.objects.get().payload["street"] == ["Verzonnenkaai"]
    page.context.set_offline(True)
    page.fill("#id_name", "Mina")
    page.fill("#id_worries", "Ze ziet soms dagen niemand.")
    expect(status).to_contain_text("Geen netwerk. Bewaard op dit toestel om")
    page.locator("[data-save]").tap()
    expect(page.locator("#visit-notices")).to_contain_text("Je bezoek staat veilig op dit toestel")
    assert not LivingRoomVisit.objects.exists()
    page.context.set_offline(False)
    expect(page).to_have_url(VISIT_PAGE)
    visit = LivingRoomVisit.objects.get()
    assert (visit.name, visit.themes, visit.worries) == ("Mina", ["lonely"], "Ze ziet soms dagen niemand.")
    assert not LivingRoomDraft.objects.exists()
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('arsenaal.visit.')).length") == 0

    assert axe(page) == []
    page.get_by_role("link", name="De bewoner zegt ja").tap()
    choose(page, "Waarover gaat het?", "eenzaam, niemand vertrouwen")
    page.get_by_role("button", name="Op de radar zetten").tap()
    expect(page.locator("main")).to_contain_text("Zonder ja van de bewoner komt dit niet op de radar")
    assert not RadarEntry.objects.exists()
    page.get_by_label("De bewoner zei ja").check()
    page.get_by_role("button", name="Op de radar zetten").tap()
    expect(page.locator("main")).to_contain_text("De bewoner zei ja op")
    assert RadarEntry.objects.get().worry == "Ze ziet soms dagen niemand."
    assert page.problems == []  # type: ignore[attr-defined]


def test_plain_words_without_any_page_become_a_draft(world: World, page_as: Callable[..., Page]) -> None:
    page = page_as(world.cohesion_coach)
    page.goto("/cohesion/visits/new/")
    expect(page).to_have_url(re.compile(r"\?visit="))
    page.goto("/offline/")
    page.select_option("#off-case", label="Huiskamerbezoek")
    expect(page.locator("#off-result")).to_be_hidden()
    page.fill("#off-text", "Aan de deur gezegd")
    page.get_by_role("button", name="Bewaren op dit toestel").tap()
    row = page.locator("[data-device-list] a")
    expect(row).to_have_text("Huiskamerbezoek")
    row.tap()
    expect(page.locator("#id_notes")).to_have_value("Aan de deur gezegd")
    expect(page.locator("[data-visit-status]")).to_contain_text("Bewaard")
    assert LivingRoomDraft.objects.get().payload["notes"] == ["Aan de deur gezegd"]


def test_story_is_published_read_without_login_withdrawn_and_gone(
    world: World,
    page_as: Callable[..., Page],
    browser_context: Callable[..., BrowserContext],
    axe: Callable[..., list[str]],
) -> None:
    page: Any = page_as(world.cohesion_coach, viewport=DESK, has_touch=False)
    page.goto("/cohesion/stories/new/")
    page.fill("#id_title", "Soep van nummer twaalf")
    page.fill("#id_words", "Ik kwam hier wonen met twee valiezen. <b>Echt</b> waar.")
    page.fill("#id_teller_name", "Mina")
    page.get_by_role("button", name="Verhaal bewaren").click()
    page.get_by_role("link", name="Toestemming opschrijven").click()
    choose(page, "Waar mag het staan?", "op de publieke pagina van de wijk")
    page.get_by_role("button", name="Toestemming bewaren").click()
    page.get_by_role("link", name="De verteller keurt dit goed").click()
    choose(page, "Hoe?", "samen gelezen of beluisterd")
    page.get_by_role("button", name="Goedkeuring bewaren").click()
    page.get_by_role("link", name="Tonen", exact=True).click()
    page.get_by_role("button", name="Tonen").click()
    expect(page.locator("main")).to_contain_text("Versie 1 wordt getoond")
    assert axe(page) == []

    resident = browser_context().new_page()
    resident.goto("/wijk/arsenaal/")
    resident.get_by_role("link", name="Verhalen van de wijk").tap()
    resident.get_by_role("link", name="Soep van nummer twaalf").tap()
    expect(resident.locator("main")).to_contain_text("<b>Echt</b> waar.")
    assert axe(resident) == []
    assert resident.context.cookies() == []

    page.get_by_role("link", name="De verteller trekt het in").click()
    page.get_by_role("button", name="Ja, trek het in").click()
    expect(page.locator("main")).to_contain_text("Er is niets van bewaard")
    expect(page.locator("main")).not_to_contain_text("Soep")
    resident.reload()
    expect(resident.get_by_role("heading", level=1)).to_have_text("Dit verhaal is er niet")
    resident.go_back()
    expect(resident.locator("main")).not_to_contain_text("Soep")
    assert Story.objects.get().teller_name == ""
    assert page.problems == []
