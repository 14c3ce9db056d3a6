"""The steps of a procedure as they are taken on its page."""

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.doing import choose, fields, follow, panel, press, told
from tests.browser.registering import open_building


def ask_procedure(page: Page, address: str, kind: str, *, boxes: Sequence[str] = (), asked_by: str) -> None:
    """Fill in a new procedure about a building and press; what the page says then is for the scene."""
    open_building(page, address)
    follow(page, "Procedure starten")
    choose(page, "Welke procedure?", kind)
    for box in boxes:
        choose(page, "Voor welke woningen?", f"Bus {box}")
    if not boxes:
        choose(page, "Voor welke woningen?", address)
    choose(page, "Op vraag van wie?", asked_by)
    press(page, "Procedure starten")


def open_procedure(page: Page, address: str, kind: str) -> None:
    """Find it on the page of the building."""
    open_building(page, address)
    panel(page, "Wat loopt er over dit pand").get_by_role("link", name=kind).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(kind)


def take(
    page: Page, name: str, texts: dict[str, Any] | None = None, answers: dict[str, str] | None = None
) -> None:
    """Take a step for every dwelling that stands there, and see that it is kept."""
    try_step(page, name, texts, answers)
    told(page, "Bewaard.")


def try_step(
    page: Page, name: str, texts: dict[str, Any] | None = None, answers: dict[str, str] | None = None
) -> None:
    """Fill in a step and press; whether it may is for the scene."""
    follow(page, name)
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    fields(page, texts or {})
    for question, answer in (answers or {}).items():
        choose(page, question, answer)
    press(page, name)


def plan_where_to(page: Page, members: dict[str, str], texts: dict[str, str]) -> None:
    """Where a family goes: for each member whether he goes along, and school or work."""
    fields(page, texts)
    for who, school in members.items():
        choose(page, f"{who}: gaat mee?", "gaat mee")
        fields(page, {f"{who}: school of werk": school})
    press(page, "Plan bewaren")
    told(page, "Het plan is bewaard.")
