"""Every page of the program, on a phone and at a desk: usable for everybody, no sideways scroll, a quiet console.

The list of pages is asked of the program itself, so a page that is new is looked at without anybody adding it here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponseBase
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import DESK, PHONE, listen, log_in
from tests.grid.policy import ANONYMOUS, EVERYBODY, GRID, IN, Row
from tests.grid.scene import Scene
from tests.grid.walk import Visitor, addresses

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Who looks at a page: the first of these that may. Between them they see every page with something on it.
LOOKERS = ("community_worker", "coordinator", "partner", "manager", "administrator", "lawyer")
PARTS = 4  # so that several processes share the work
# Things that depend on the address rather than on the page: an empty result, nonsense, who never sees a story.
MORE = (
    ("lawyer", "/search/?q=jef"),
    ("lawyer", "/search/?q=%F0%9F%A6%94"),
    ("coordinator", "/cases/?state=onzin&sort=onzin"),
    ("coordinator", "/cases/?q=bestaatniet"),
    ("coordinator", "/radar/?state=decided"),
    ("coordinator", "/tasks/?whose=team"),
    ("manager", "/cases/2026-0001/"),
    ("outsider", "/cases/2026-0001/"),
    *((role, "/") for role in sorted(EVERYBODY)),
)


@dataclass(frozen=True)
class Look:
    """One page, as one person."""

    role: str
    url: str
    name: str


def _looker(row: Row) -> str:
    if row.group.is_public:
        return ANONYMOUS
    may = [role for role in (*LOOKERS, *sorted(EVERYBODY)) if row.group.expected("own", role) == IN]
    return may[0]


def _is_document(response: HttpResponseBase) -> bool:
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    return is_html and not response.streaming and b"<html" in response.content


def pages_of(scene: Scene) -> Iterator[Look]:
    """Yield every address that answers with a whole page, as somebody who may see it."""
    visitors: dict[str, Visitor] = {}
    for row in GRID:
        role = _looker(row)
        visitor = visitors.setdefault(role, Visitor(scene, role))
        response = visitor.ask(row, "own", "get")
        assert response.status_code < 500 or row.name == "healthz", f"{row.name}: {response.status_code}"
        if response.status_code == 200 and _is_document(response):
            yield Look(role, visitor.url(row, "own"), row.name)
    for role, url in MORE:
        yield Look(role, url, url)


def _problems(page: Page, look: Look, axe: Callable[[Page], list[str]], heard: list[str]) -> list[str]:
    heard.clear()
    page.set_viewport_size(PHONE)
    page.goto(look.url)
    found = []
    wide = page.evaluate(
        """() => [document.documentElement.scrollWidth, window.innerWidth, [...document.querySelectorAll("main *")]
            .filter(it => it.getBoundingClientRect().right > innerWidth + 1 && it.checkVisibility())
            .slice(0, 3).map(it => it.outerHTML.slice(0, 120))]"""
    )
    if wide[0] > wide[1]:
        found.append(f"scrolls sideways ({wide[0]} of {wide[1]}): {wide[2]}")
    if page.locator("h1").count() != 1:
        found.append(f"{page.locator('h1').count()} headings of the first level")
    if not page.title().strip(" ·"):
        found.append("no title")
    found += [f"phone: {violation}" for violation in axe(page)]
    page.set_viewport_size(DESK)
    found += [f"desk: {violation}" for violation in axe(page)]
    found += [f"console: {text}" for text in heard if "404" not in text and "403" not in text]
    return [f"{look.name} as {look.role} ({look.url}): {problem}" for problem in found]


def test_every_address_is_in_the_list_of_pages() -> None:
    known, listed = {name for name, _parts in addresses()}, {row.name for row in GRID}
    assert known - listed == set(), (
        "Nobody would look at these pages: give them a line in tests/grid/policy.py."
    )


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_usable_for_everybody(
    part: int,
    transactional_db: None,
    browser_context: Callable[..., BrowserContext],
    live_server: Any,
    axe: Callable[[Page], list[str]],
) -> None:
    scene = Scene.build()
    looks = sorted(set(pages_of(scene)), key=lambda look: (look.role, look.url))
    assert len(looks) > 100
    problems, heard = [], list[str]()
    pages: dict[str, Page] = {}
    for look in looks[part::PARTS]:
        if look.role not in pages:
            context = browser_context()
            if look.role != ANONYMOUS:
                log_in(context, scene.world.users[look.role], live_server.url)
            pages[look.role] = context.new_page()
            listen(pages[look.role], heard)
        problems += _problems(pages[look.role], look, axe, heard)
    assert not problems, "\n".join(problems)
