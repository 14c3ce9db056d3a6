"""Somebody helps in the neighbourhood, says that his team may know it, and the plan goes on from there."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK
from tests.browser.doing import choose, field, fields, follow, panel, press, search_pick, told
from tests.factories import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_what_somebody_does_is_a_strength_in_the_plan_once_he_says_yes(
    world: World, page_as: Callable[..., Page], axe: Callable[..., list[str]]
) -> None:
    page = page_as(world.community_worker)
    page.goto("/cohesion/involvement/")
    follow(page, "Deelname noteren")
    search_pick(page, "Wie?", "Proefman", "Jef Proefman")
    choose(page, "Wat voor iets is het?", "vrijwilliger in de hub")
    fields(
        page,
        {
            "Wat doet hij of zij?": "Herstelt fietsen in het herstelcafé",
            "Sinds wanneer?": timezone.localdate() - dt.timedelta(days=60),
        },
    )
    press(page, "Bewaren")
    told(page, "Vraag nu of het team van het dossier het mag weten")
    assert axe(page) == []

    desk = page_as(world.coordinator, viewport=DESK)
    desk.goto(f"/cases/{world.case.number}/")
    expect(panel(desk, "Plan op maat")).to_be_visible()
    expect(panel(desk, "Actief in de wijk")).to_have_count(0)

    follow(page, "Toestemming noteren")
    press(page, "Toestemming bewaren")
    told(page, "De toestemming is bewaard")

    desk.reload()
    strength = panel(desk, "Actief in de wijk")
    expect(strength).to_contain_text("Herstelt fietsen in het herstelcafé")
    assert axe(desk) == []
    strength.get_by_role("link", name="Gebruik in het plan").click()
    expect(field(desk, "Wat gaan we doen?")).to_have_value(
        "Verder bouwen op: Herstelt fietsen in het herstelcafé"
    )
    press(desk, "Stap bewaren")
    expect(panel(desk, "Plan op maat")).to_contain_text("Verder bouwen op")

    follow(page, "Intrekken")
    press(page, "Intrekken")
    told(page, "Op het dossier staat niets meer")
    desk.reload()
    expect(panel(desk, "Actief in de wijk")).to_have_count(0)
    assert page.problems == desk.problems == []  # type: ignore[attr-defined]
