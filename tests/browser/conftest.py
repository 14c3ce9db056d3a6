"""A real Chromium at phone size, logged in by cookie, and axe to find what somebody can't use."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import OperationalError
from django.db.backends.postgresql.operations import DatabaseOperations
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from accounts.models import User
from accounts.sessions import SessionStore
from cases.actions.catalogue import load_catalogue
from housing.actions.agreement_templates import load_templates
from housing.actions.inspection_lists import load_inspection_lists
from scripts.browser import find
from tests.browser.doing import DESK as DESK
from tests.browser.doing import PHONE as PHONE
from tests.browser.doing import Clock
from tests.browser.stage import Stage
from tests.factories import World

# Playwright runs an event loop in this thread; the tests themselves are ordinary, synchronous Django.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# How long to wait for what must come: long, because two cores may be busy with everything else. Nothing waits for it
# that comes sooner.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
_FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
_AXE = Path(settings.NODE_MODULES) / "axe-core" / "axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all browser tests; a machine without one fails, it never skips."""
    with sync_playwright() as playwright:
        path = find()
        chromium = playwright.chromium.launch(executable_path=str(path) if path else None, args=_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session", autouse=True)
def patient_flush() -> Iterator[None]:
    """A request that the server still finishes can stand in the way of emptying the database: then once more."""
    flush = DatabaseOperations.execute_sql_flush

    def patient(self: DatabaseOperations, statements: list[str]) -> None:
        for seconds in (0.5, 2, 5):
            try:
                return flush(self, statements)
            except OperationalError:
                time.sleep(seconds)
        return flush(self, statements)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", patient)
        yield


@pytest.fixture
def world(transactional_db: None) -> World:
    """The same cast as elsewhere, really committed: the server answers from other threads."""
    return World.build()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the server, which runs in this process: a story of months is played in a minute."""
    made = Clock()
    monkeypatch.setattr("django.utils.timezone.now", made)
    return made


@pytest.fixture
def browser_context(browser: Browser, live_server: Any) -> Iterator[Callable[..., BrowserContext]]:
    """Make contexts: each has its own cookies and storage, like a device of its own. Phone-sized by
    default.
    """
    made: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        context = browser.new_context(
            **{
                "viewport": PHONE,
                "locale": "nl-BE",
                "timezone_id": "Europe/Brussels",
                "base_url": live_server.url,
                "has_touch": True,
                **options,
            }
        )
        context.set_default_timeout(PATIENCE)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


def log_in(context: BrowserContext, user: User, url: str) -> None:
    """Give this device a session of this user, as if he had just logged in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["confirmed_at"] = session["signed_in_at"] = int(time.time())
    session.create()
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key or "", "url": url}]
    )


def listen(page: Page, heard: list[str]) -> None:
    """Write down everything that goes wrong in the page's own script, its policy or what it asks for."""
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)


@pytest.fixture
def page_as(browser_context: Callable[..., BrowserContext], live_server: Any) -> Callable[..., Page]:
    """Return a function that opens a page on a device of its own, logged in as this user.

    What goes wrong in the page's own script fails the test through `page.problems`.
    """

    def open_page(user: User, **options: Any) -> Page:
        context = browser_context(**options)
        log_in(context, user, live_server.url)
        page = context.new_page()
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console",
            lambda message: (
                problems.append(message.text) if "Content Security Policy" in message.text else None
            ),
        )
        page.problems = problems  # type: ignore[attr-defined]
        return page

    return open_page


@pytest.fixture
def stage(world: World, clock: Clock, page_as: Callable[..., Page]) -> Stage:
    """The cast with its names, and what the law and the city fixed: the catalogue, the report, the templates."""
    load_catalogue()
    load_inspection_lists()
    load_templates()
    made = Stage(world, clock, page_as)
    made.name_everybody()
    return made


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """Return a function that lists what is serious or critical on the page as it stands now, opened and
    filled in.

    The policy forbids scripts of others, and stays on: axe is not put in the page but evaluated by the
    debugger.
    """
    return _violations


def _violations(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE.read_text())
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
        _TAGS,
    )
    return [
        f"{violation['id']} ({violation['impact']}): {node['html'][:160]}"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
