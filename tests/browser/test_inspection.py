"""An inspector on a phone: five defects with photos, one of them without network, and signing."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from housing.models import Defect, DefectPhoto, Inspection
from tests.browser.inspecting import item_row, status, tap
from tests.cases.visits import picture
from tests.factories import World
from tests.housing.factories import house, make_building, make_dwelling
from tests.housing.inspections import begin, plan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def open_work(page: Page, inspection: Inspection) -> None:
    page.goto(reverse("housing:inspection-work", args=[inspection.uuid]))
    expect(page.locator("[data-inspection][data-ready]")).to_be_visible()


def wait_until_sent(page: Page) -> None:
    """Nothing waits on the device any more. Asked again and again, because the policy forbids to wait in the page."""
    for _try in range(60):
        if page.evaluate("Object.keys(localStorage).every(key => !key.includes('outbox'))"):
            return
        page.wait_for_timeout(200)
    raise AssertionError("the device still holds what was tapped")


@pytest.fixture
def inspection(world: World) -> Inspection:
    """One that is planned, in the dwelling of the worker's case."""
    dwelling = make_dwelling(world, make_building(world), "1")
    house(world, world.case, dwelling)
    return plan(world.housing_inspector, dwelling)


def test_five_defects_one_offline_and_sign(
    world: World, page_as: Callable[..., Page], inspection: Inspection, tmp_path: Path
) -> None:
    page = page_as(world.housing_inspector)
    page.goto(inspection.get_absolute_url())
    page.get_by_role("button", name="Beginnen").tap()
    expect(page.locator("[data-inspection][data-ready]")).to_be_visible()
    tap(page, inspection, "C-co", "III")
    expect(status(page)).to_contain_text("bewaard om")
    photo = tmp_path / "foto.jpg"
    photo.write_bytes(picture(colour="blue"))
    item_row(page, inspection, "C-co").locator("input[type=file]").set_input_files(photo)
    expect(item_row(page, inspection, "C-co").locator("li[data-photo]")).to_have_count(1)
    for code, category in (("C-schimmel", "II"), ("C-glas", "I"), ("C-toilet", "I")):
        tap(page, inspection, code, category)
    expect(status(page)).to_contain_text("bewaard om")

    page.context.set_offline(True)
    page.locator(".inspection-add-room summary").tap()
    page.locator("#room-name").fill("Kelder")
    page.locator("#room-kind").select_option("cellar")
    page.get_by_role("button", name="Toevoegen").tap()
    tap(page, inspection, "C-stabiliteit", "III")
    item_row(page, inspection, "C-stabiliteit").locator("textarea").fill("Balk gebroken.")
    page.locator("#item-search").focus()
    photo.write_bytes(picture(colour="green"))
    item_row(page, inspection, "C-stabiliteit").locator("input[type=file]").set_input_files(photo)
    expect(status(page)).to_contain_text("Geen netwerk")
    assert not Defect.objects.filter(item__code="C-stabiliteit").exists()
    page.context.set_offline(False)
    expect(item_row(page, inspection, "C-stabiliteit").locator("li[data-photo]")).to_have_count(
        1, timeout=20_000
    )
    expect(status(page)).to_contain_text("bewaard om")

    defect = Defect.objects.get(item__code="C-stabiliteit")
    assert (defect.category, defect.note, defect.rooms.get().name) == ("III", "Balk gebroken.", "Kelder")
    assert Defect.objects.count() == 5
    assert DefectPhoto.objects.count() == 2
    page.get_by_role("link", name="Klaar: nakijken en tekenen").tap()
    page.get_by_role("button", name="Verslag tekenen").tap()
    expect(page).to_have_url(re.compile(r"/inspections/[0-9a-f-]{36}/$"))
    expect(page.locator(".inspection-outcome")).to_contain_text("ongeschikt én onbewoonbaar")
    inspection.refresh_from_db()
    assert inspection.state == "finished"
    assert page.problems == []  # type: ignore[attr-defined]


def test_taps_left_on_the_device_are_sent_from_another_page(
    world: World, page_as: Callable[..., Page], inspection: Inspection
) -> None:
    page = page_as(world.housing_inspector)
    open_work(page, inspection)
    page.route("**/items/**", lambda route: route.abort())
    tap(page, inspection, "C-co", "III")
    tap(page, inspection, "C-glas", "I")
    expect(status(page)).to_contain_text("Geen netwerk")
    page.unroute("**/items/**")
    page.goto("/")
    expect(page.locator("h1").first).to_be_visible()
    for _try in range(50):
        if Defect.objects.count() == 2:
            break
        page.wait_for_timeout(200)
    assert set(Defect.objects.values_list("category", flat=True)) == {"III", "I"}
    wait_until_sent(page)


def test_last_of_many_quick_taps_counts(
    world: World, page_as: Callable[..., Page], inspection: Inspection
) -> None:
    page = page_as(world.housing_inspector)
    open_work(page, inspection)
    for category in ("I", "II", "III", "I", "II"):
        tap(page, inspection, "C-schimmel", category)
    expect(status(page)).to_contain_text("bewaard om")
    wait_until_sent(page)
    assert Defect.objects.get().category == "II"


def test_tap_in_a_report_that_was_signed_meanwhile_is_told(
    world: World, page_as: Callable[..., Page], inspection: Inspection
) -> None:
    from housing.actions.inspection_finish import finish_inspection

    page = page_as(world.housing_inspector)
    started = begin(world.housing_inspector, inspection.dwelling)
    open_work(page, started)
    finish_inspection(by=world.housing_inspector, inspection=started, signed_name="W")
    tap(page, started, "C-co", "III")
    expect(page.locator("[data-outbox-error]")).to_contain_text("getekend")


def test_search_finds_without_accents_and_says_nothing_found(
    world: World, page_as: Callable[..., Page], inspection: Inspection
) -> None:
    page = page_as(world.housing_inspector)
    open_work(page, inspection)
    page.locator("#item-search").fill("SCHIMM")
    expect(page.locator("[data-item]:visible")).to_have_count(1)
    page.locator("#item-search").fill("xyzzy")
    expect(page.locator("[data-nothing]")).to_be_visible()


def test_work_page_works_without_script(
    world: World, page_as: Callable[..., Page], inspection: Inspection
) -> None:
    page = page_as(world.housing_inspector, java_script_enabled=False)
    page.goto(reverse("housing:inspection-work", args=[inspection.uuid]))
    tap(page, inspection, "C-co", "III")
    expect(page).to_have_url(re.compile(r"#item-\d+$"))
    line = item_row(page, inspection, "C-co")
    line.locator("textarea").fill("Kachel slaat terug.")
    line.get_by_role("button", name="Woorden bewaren").tap()
    expect(item_row(page, inspection, "C-co").locator("textarea")).to_have_value("Kachel slaat terug.")
    assert Defect.objects.get().note == "Kachel slaat terug."


def test_signing_waits_until_everything_was_sent(
    world: World, page_as: Callable[..., Page], inspection: Inspection
) -> None:
    page = page_as(world.housing_inspector)
    open_work(page, inspection)
    page.route("**/items/**", lambda route: route.abort())
    tap(page, inspection, "C-co", "III")
    expect(status(page)).to_contain_text("Geen netwerk")
    page.get_by_role("link", name="Klaar: nakijken en tekenen").tap()
    expect(page.locator("[data-outbox-error]")).to_contain_text("Teken pas als alles bewaard is")
    page.unroute("**/items/**")
    page.get_by_role("link", name="Klaar: nakijken en tekenen").tap()
    expect(page).to_have_url(re.compile(r"/sign/$"))
    assert Defect.objects.get().category == "III"
