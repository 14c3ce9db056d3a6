"""A tile garden from a tap on the map to the public page, by the coach on a phone; and a map with very many points."""

import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from cases.map_starting import load_maps
from cohesion.models import PlaceProject, PlaceSpot
from tests.browser.conftest import listen
from tests.browser.doing import DESK, choose, fields, follow, press, told
from tests.cases.visits import picture
from tests.factories import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Tegeltuin van de Draaibank"


def _map_is_there(page: Page) -> None:
    expect(page.locator("[data-map][data-ready]")).to_be_visible()


def _photo(page: Page, moment: str, words: str) -> None:
    follow(page, "Foto toevoegen")
    page.get_by_label("Foto", exact=True).set_input_files(
        {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    choose(page, "Voor of na?", moment)
    choose(page, "Is er iemand herkenbaar?", "niemand is herkenbaar")
    fields(page, {"Wat is er te zien?": words})
    page.get_by_label("Op de publieke pagina van de wijk").check()
    press(page, "Foto bewaren")
    told(page, "De foto is bewaard")


def test_a_tile_garden_is_made_shown_and_cared_for(
    world: World,
    page_as: Callable[..., Page],
    browser_context: Callable[..., BrowserContext],
    axe: Callable[[Page], list[str]],
) -> None:
    load_maps()
    page = page_as(world.cohesion_coach)
    page.goto("/cohesion/")
    follow(page, "Aanblik")
    expect(page.get_by_text("Nog geen enkele plek")).to_be_visible()
    follow(page, "Nieuwe plek")
    _map_is_there(page)
    # The keyboard puts the cross on the map, a finger the point itself; a named street near it fills itself in.
    page.get_by_role("region", name="Kaart om een plek").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("De plek staat op de kaart.")).to_be_visible()
    page.get_by_role("button", name="Plek wissen").click()
    assert page.locator("[name=lat]").input_value() == ""
    page.get_by_label("Straat").fill("Draaibankstraat")
    page.get_by_label("Straat").press("Tab")
    expect(page.get_by_text("Dit is het midden van de straat")).to_be_visible()
    middle = page.locator(".map-pin").bounding_box()
    canvas = page.locator(".map-canvas").bounding_box()
    assert middle
    assert canvas
    page.locator(".map-canvas").tap(
        position={"x": middle["x"] - canvas["x"] + 30, "y": middle["y"] - canvas["y"] + 8}
    )
    assert page.locator("[name=lat]").input_value().startswith("51.01")
    fields(page, {"Hoe heet het?": TITLE, "Huisnummer": "12"})
    choose(page, "Wat is het?", "tegeltuin")
    choose(page, "Hoe ver staat het?", "gepland")
    page.get_by_label("Op de publieke pagina van de wijk").check()
    assert axe(page) == []
    press(page, "Plek bewaren")
    told(page, "De plek staat er")
    spot = PlaceSpot.objects.get()
    assert (spot.words, spot.is_exact) == ("Draaibankstraat 12", True)

    _photo(page, "voor", "Een grijze gevel met tegels")
    follow(page, "Stand wijzigen")
    choose(page, "Hoe ver staat het nu?", "gemaakt")
    press(page, "Bewaren")
    _photo(page, "na", "Dezelfde gevel met klimop")
    before, after = page.locator(".before-after img").all()
    expect(before).to_have_attribute("alt", "Een grijze gevel met tegels")
    boxes = before.bounding_box(), after.bounding_box()
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] < boxes[1]["x"]
    follow(page, "Zorg afspreken")
    today = timezone.localdate()
    fields(
        page, {"Wie zorgt ervoor?": "Noor", "Vanaf": today, "Tot en met": today.replace(year=today.year + 1)}
    )
    press(page, "Afspraak bewaren")
    expect(page.get_by_role("region", name="Wie zorgt ervoor")).to_contain_text("Noor")
    expect(page.locator(".page-head")).to_contain_text("verzorgd")
    _map_is_there(page)
    assert axe(page) == []
    assert page.problems == []  # type: ignore[attr-defined]

    resident = browser_context().new_page()
    heard: list[str] = []
    listen(resident, heard)
    resident.goto(f"/wijk/{world.neighbourhood.slug}/plekken/")
    _map_is_there(resident)
    resident.get_by_role("button", name=f"tegeltuin: {TITLE}").focus()
    resident.keyboard.press("Enter")
    resident.locator(".leaflet-popup").get_by_role("link", name=TITLE).click()
    expect(resident.get_by_role("region", name=TITLE)).to_be_in_viewport()
    expect(resident.get_by_role("img", name="Dezelfde gevel met klimop")).to_be_visible()
    expect(resident.locator("body")).not_to_contain_text("Noor")
    assert axe(resident) == []
    assert heard == []


def test_a_map_with_five_thousand_points_is_drawn_gathered(
    world: World, page_as: Callable[..., Page], live_server: Any
) -> None:
    load_maps()
    projects = PlaceProject.objects.bulk_create(
        PlaceProject(
            neighbourhood=world.neighbourhood,
            title=f"Tuin {n}",
            kind="tile_garden",
            created_by=world.cohesion_coach,
        )
        for n in range(50)
    )
    PlaceSpot.objects.bulk_create(
        PlaceSpot(
            project=projects[n % 50],
            street="Draaibankstraat",
            street_key="draaibankstraat",
            lat=Decimal("51.0095") + Decimal(n % 97) / 10_000,
            lng=Decimal("4.4840") + Decimal(n % 151) / 10_000,
            is_exact=True,
        )
        for n in range(5000)
    )
    page = page_as(world.cohesion_coach, viewport=DESK, has_touch=False)
    begun = time.monotonic()
    page.goto("/cohesion/places/")
    _map_is_there(page)
    expect(page.locator(".map-cluster").first).to_be_visible()
    assert time.monotonic() - begun < 20  # two cores that others use too; alone it takes two seconds
    assert page.locator("[data-map]").get_attribute("data-shown") == "5000"
    drawn = page.locator(".map-cluster, .map-pin").count()
    assert 1 < drawn < 300
    page.locator(".map-cluster").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".map-cluster").first).to_be_visible()
    assert page.problems == []  # type: ignore[attr-defined]
