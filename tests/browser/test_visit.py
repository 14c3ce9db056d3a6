"""The home visit in a real browser on a phone: few taps, nothing lost, stored once."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import DeviceSession
from cases.actions.visit_drafts import save_draft
from cases.models import Visit, VisitDraft, VisitPhoto
from tests.browser.conftest import DESK, log_in
from tests.cases.visits import picture
from tests.factories import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VISIT_PAGE = re.compile(r"/visits/[0-9a-f-]{36}/$")


def open_form(page: Page, world: World) -> None:
    page.goto(reverse("cases:visit-new", args=[world.case.number]))
    expect(page).to_have_url(re.compile(r"\?visit="))  # the script is there


def result(page: Page, value: str) -> Any:
    return page.locator(f"[name=result][value={value}]")


def save(page: Page) -> Any:
    return page.locator("[data-save]")


def status(page: Page) -> Any:
    return page.locator("[data-visit-status]")


def test_visit_from_home_takes_at_most_twelve_taps(world: World, page_as: Callable[..., Page]) -> None:
    page = page_as(world.community_worker)
    page.goto("/")
    taps = 0

    def tap(target: Any) -> None:
        nonlocal taps
        target.tap()
        taps += 1

    tap(page.locator(".tabbar .plus").first)
    tap(page.locator(f"a[href*='{world.case.number}/visits/new/']").first)
    tap(result(page, "met"))
    gas = page.locator(".severity", has_text="CO of gas")
    for _ in range(3):
        tap(gas)
    tap(page.locator("#id_narrative"))
    page.keyboard.type("De kachel slaat terug.")
    tap(page.locator("#id_next_title"))
    page.keyboard.type("Energiepunt ziet de kachel na")
    tap(page.locator("[name=next_agreed][value=yes]"))
    tap(save(page))
    expect(page).to_have_url(VISIT_PAGE)
    assert taps <= 12
    visit = Visit.objects.get()
    assert (visit.words.narrative, visit.observations.get().severity) == ("De kachel slaat terug.", 3)
    assert world.case.steps.get().agreed == "yes"
    assert page.problems == []  # type: ignore[attr-defined]


def test_visit_form_is_usable_for_everybody(
    world: World, page_as: Callable[..., Page], axe: Callable[..., list[str]]
) -> None:
    for size in ({}, {"viewport": DESK}):
        page = page_as(world.community_worker, **size)
        open_form(page, world)
        assert axe(page) == []
        page.locator(".visit-circle summary").click()
        page.locator(".visit-trust summary").click()
        page.fill("#id_next_title", "Iets")
        save(page).click()
        expect(page.locator("[data-error-sum]")).to_be_focused()
        assert axe(page) == []
        result(page, "nobody_home").check(force=True)
        save(page).click()
        expect(page).to_have_url(VISIT_PAGE)
        assert axe(page) == []
    page.goto("/offline/")
    assert axe(page) == []


def test_visit_can_be_logged_with_the_keyboard_alone(world: World, page_as: Callable[..., Page]) -> None:
    page = page_as(world.community_worker, viewport=DESK, has_touch=False)
    open_form(page, world)
    page.locator("[name=result]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    assert result(page, "nobody_home").is_checked()
    page.locator(".severity input").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.locator("#id_narrative").focus()
    page.keyboard.type("Met de toetsen.")
    save(page).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(VISIT_PAGE)
    assert Visit.objects.get().observations.get().severity == 2


def test_typing_is_saved_and_comes_back_after_a_reload(world: World, page_as: Callable[..., Page]) -> None:
    page = page_as(world.community_worker)
    open_form(page, world)
    result(page, "met").tap()
    page.locator("#id_narrative").press_sequentially("Half een verhaal", delay=5)
    expect(status(page)).to_contain_text("Bewaard")
    assert VisitDraft.objects.get().payload["narrative"] == ["Half een verhaal"]
    page.locator("#id_narrative").press_sequentially(" en nog wat", delay=1)
    page.reload()  # before the next save was due
    expect(page.locator("#id_narrative")).to_have_value("Half een verhaal en nog wat")
    expect(result(page, "met")).to_be_checked()
    expect(status(page)).to_contain_text("Bewaard")
    save(page).tap()
    expect(page).to_have_url(VISIT_PAGE)
    assert Visit.objects.get().words.narrative == "Half een verhaal en nog wat"
    assert not VisitDraft.objects.exists()
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('arsenaal.visit.')).length") == 0


def test_without_network_nothing_is_lost_and_the_visit_is_stored_once(
    world: World, page_as: Callable[..., Page], tmp_path: Path
) -> None:
    photo = tmp_path / "kachel.jpg"
    photo.write_bytes(picture())
    page = page_as(world.community_worker)
    open_form(page, world)
    result(page, "met").tap()
    page.context.set_offline(True)
    page.fill("#id_narrative", "Geschreven in de traphal")
    expect(status(page)).to_contain_text("Geen netwerk. Bewaard op dit toestel om")
    page.set_input_files("#id_photos", str(photo))
    expect(page.locator("[data-photos] li.is-waiting")).to_be_visible()
    save(page).tap()
    expect(page.locator("#visit-notices")).to_contain_text("Je bezoek staat veilig op dit toestel")
    assert not Visit.objects.exists()
    page.context.set_offline(False)
    expect(page).to_have_url(VISIT_PAGE)
    visit = Visit.objects.get()
    assert visit.words.narrative == "Geschreven in de traphal"
    assert visit.photos.count() == 1


def test_visit_saved_without_network_is_sent_from_the_next_page(
    world: World, page_as: Callable[..., Page]
) -> None:
    page = page_as(world.community_worker)
    open_form(page, world)
    result(page, "nobody_home").tap()
    page.context.set_offline(True)
    save(page).tap()
    expect(page.locator("#visit-notices")).to_contain_text("Je bezoek staat veilig op dit toestel")
    page.close()
    page.context.set_offline(False)
    later = page.context.new_page()
    later.goto(reverse("cases:visit-plan", args=[world.case.number]))
    expect(later.locator("#notices")).to_contain_text("Je bezoek is bewaard.")
    assert Visit.objects.get().result == "nobody_home"


def test_lost_session_keeps_everything_until_the_same_person_is_back(
    world: World, page_as: Callable[..., Page], live_server: Any
) -> None:
    page = page_as(world.community_worker)
    open_form(page, world)
    page.fill("#id_narrative", "Voor het afmelden")
    expect(status(page)).to_contain_text("Bewaard")
    DeviceSession.objects.all().delete()
    page.fill("#id_narrative", "Na het afmelden")
    expect(status(page)).to_contain_text("Je bent afgemeld. Bewaard op dit toestel om")
    expect(page.locator("#visit-notices")).to_contain_text("Meld je aan in een nieuw tabblad")
    log_in(page.context, world.lawyer, live_server.url)  # somebody else, on the same device
    result(page, "met").tap()
    save(page).tap()
    expect(status(page)).to_contain_text("Je bent afgemeld")
    assert not Visit.objects.exists()
    assert not VisitDraft.objects.filter(user=world.lawyer).exists()
    log_in(page.context, world.community_worker, live_server.url)
    save(page).tap()
    expect(page).to_have_url(VISIT_PAGE)
    assert Visit.objects.get().words.narrative == "Na het afmelden"


def test_device_holds_no_words_that_the_server_has(world: World, page_as: Callable[..., Page]) -> None:
    page = page_as(world.community_worker)
    open_form(page, world)
    page.fill("#id_narrative", "Een verhaal dat niet op het toestel blijft")
    expect(status(page)).to_contain_text("Bewaard")
    page.goto("/accounts/profile/")
    page.locator("form[action='/accounts/logout/'] button").first.evaluate(
        "button => button.form.requestSubmit()"
    )
    expect(page).to_have_url(re.compile("/accounts/login/"))
    assert "Een verhaal" not in page.evaluate("JSON.stringify({...localStorage})")
    assert page.evaluate("Object.keys(localStorage).filter(key => /user|recent|visit/.test(key))") == []


def test_draft_thrown_away_is_gone_here_and_there(world: World, page_as: Callable[..., Page]) -> None:
    page = page_as(world.community_worker)
    open_form(page, world)
    page.fill("#id_narrative", "Toch maar niet")
    expect(status(page)).to_contain_text("Bewaard")
    page.fill("#id_narrative", "Toch maar niet, en nog iets")
    page.locator(".visit-drop summary").tap()
    page.locator("[data-drop]").tap()
    expect(page).to_have_url(re.compile(f"/cases/{world.case.number}/$"))
    assert not VisitDraft.objects.exists()
    assert "Toch maar niet" not in page.evaluate("JSON.stringify({...localStorage})")


def test_two_taps_on_save_store_one_visit(world: World, page_as: Callable[..., Page]) -> None:
    page = page_as(world.community_worker)
    open_form(page, world)
    result(page, "met").tap()
    save(page).dblclick()
    expect(page).to_have_url(VISIT_PAGE)
    assert Visit.objects.count() == 1


def test_mistakes_are_told_and_the_words_stay(world: World, page_as: Callable[..., Page]) -> None:
    page = page_as(world.community_worker)
    open_form(page, world)
    page.fill("#id_narrative", "Blijft staan")
    save(page).tap()
    expect(page.locator("[data-error-sum]")).to_contain_text("Kies hoe het bezoek liep.")
    expect(page.locator("#id_narrative")).to_have_value("Blijft staan")
    result(page, "refused").tap()
    save(page).tap()
    expect(page).to_have_url(VISIT_PAGE)


def test_bad_photo_is_told_beside_it_and_a_good_one_can_be_removed(
    world: World, page_as: Callable[..., Page], tmp_path: Path
) -> None:
    bad, good, huge = tmp_path / "foto.jpg", tmp_path / "goed.jpg", tmp_path / "groot.jpg"
    bad.write_bytes(b"MZ" + b"\x00" * 500)
    good.write_bytes(picture())
    huge.write_bytes(picture() + b"\x00" * (16 * 1024 * 1024))
    page = page_as(world.community_worker)
    open_form(page, world)
    page.set_input_files("#id_photos", str(bad))
    expect(page.locator("[data-photo-error]")).to_contain_text("geen foto die we kennen")
    page.set_input_files("#id_photos", str(huge))
    expect(page.locator("[data-photo-error]")).to_contain_text("groter dan 15 MB")
    page.set_input_files("#id_photos", str(good))
    kept = page.locator("[data-photos] li[data-photo]")
    expect(kept).to_have_count(1)
    expect(page.locator("[data-photo-error]")).to_be_hidden()
    kept.locator("[data-remove]").tap()
    expect(kept).to_have_count(0)
    assert not VisitPhoto.objects.exists()


def test_device_copy_of_one_user_is_not_shown_to_another(
    world: World, page_as: Callable[..., Page], live_server: Any
) -> None:
    page = page_as(world.community_worker)
    open_form(page, world)
    page.context.set_offline(True)
    page.fill("#id_narrative", "Alleen van de opbouwwerker")
    expect(status(page)).to_contain_text("Geen netwerk")
    address = page.url
    page.close()
    page.context.set_offline(False)
    log_in(page.context, world.lawyer, live_server.url)
    other = page.context.new_page()
    other.goto(address)
    expect(other.locator("#id_narrative")).to_have_value("")
    assert not VisitDraft.objects.filter(user=world.lawyer).exists()
    log_in(page.context, world.community_worker, live_server.url)
    back = page.context.new_page()
    back.goto(address)
    expect(back.locator("#id_narrative")).to_have_value("Alleen van de opbouwwerker")


def test_newer_words_from_another_screen_are_not_overwritten(
    world: World, page_as: Callable[..., Page]
) -> None:
    page = page_as(world.community_worker)
    open_form(page, world)
    page.fill("#id_narrative", "Eerste scherm")
    expect(status(page)).to_contain_text("Bewaard")
    draft = VisitDraft.objects.get()
    save_draft(
        by=world.community_worker,
        case=world.case,
        visit_uuid=draft.visit_uuid,
        payload={"narrative": "Tweede scherm"},
        revision=50,
    )
    page.fill("#id_narrative", "Eerste scherm gaat verder")
    expect(status(page)).to_contain_text("ander scherm")
    draft.refresh_from_db()
    assert draft.payload["narrative"] == ["Tweede scherm"]
    page.reload()
    expect(page.locator("#id_narrative")).to_have_value("Tweede scherm")
    expect(page.locator("#visit-notices")).to_contain_text("een andere versie")
    page.get_by_role("button", name="Zet die tekst terug").tap()
    expect(page.locator("#id_narrative")).to_have_value("Eerste scherm gaat verder")


def test_page_without_network_lists_what_is_safe_and_takes_a_visit(
    world: World, page_as: Callable[..., Page]
) -> None:
    page = page_as(world.community_worker)
    open_form(page, world)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()  # from now on the worker answers
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.context.set_offline(True)
    page.fill("#id_narrative", "Nog niet verstuurd")
    expect(status(page)).to_contain_text("Geen netwerk")
    page.goto(f"/cases/{world.case.number}/")
    expect(page.locator("h1")).to_have_text("Er is geen netwerk")
    expect(page.locator("[data-device-list]")).to_contain_text(world.case.number)
    assert "Nog niet verstuurd" not in page.content()
    page.fill("#off-text", "Opgeschreven zonder netwerk")
    page.get_by_role("button", name="Bewaren op dit toestel").tap()
    expect(page.locator("[data-device-list] li")).to_have_count(2)
    page.context.set_offline(False)
    expect(page.locator("h1")).not_to_have_text("Er is geen netwerk", timeout=15_000)  # goes on by itself
    for _ in range(50):
        if VisitDraft.objects.count() == 2:
            break
        page.wait_for_timeout(100)
    words = sorted(draft.payload["narrative"][0] for draft in VisitDraft.objects.all())
    assert words == ["Nog niet verstuurd", "Opgeschreven zonder netwerk"]


def test_worker_keeps_no_page_of_anybody(world: World, page_as: Callable[..., Page]) -> None:
    page = page_as(world.community_worker)
    open_form(page, world)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto(reverse("cases:visit-plan", args=[world.case.number]))
    kept = page.evaluate(
        """async () => {
            const urls = [];
            for (const name of await caches.keys())
              for (const request of await (await caches.open(name)).keys()) urls.push(new URL(request.url).pathname);
            return urls;
        }"""
    )
    assert "/offline/" in kept
    assert all(path == "/offline/" or path.startswith("/static/") for path in kept)


def test_visit_works_without_script(world: World, page_as: Callable[..., Page], tmp_path: Path) -> None:
    photo = tmp_path / "kachel.jpg"
    photo.write_bytes(picture())
    page = page_as(world.community_worker, java_script_enabled=False)
    page.goto(reverse("cases:visit-new", args=[world.case.number]))
    result(page, "met").tap()
    page.fill("#id_narrative", "Zonder script")
    page.set_input_files("#id_photos", str(photo))
    save(page).tap()
    expect(page).to_have_url(VISIT_PAGE)
    visit = Visit.objects.get()
    assert (visit.words.narrative, visit.photos.count()) == ("Zonder script", 1)
