"""What people do on a page, said in the words that they see."""

import datetime as dt
import re
from typing import Any

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}


def choose(page: Page, question: str, answer: str) -> None:
    """Tick one of the answers to a question."""
    group = page.get_by_role("group", name=re.compile(f"^{re.escape(question)}"))
    group.locator("label").filter(has=page.get_by_text(answer, exact=True)).click()


def field(page: Page, label: str) -> Locator:
    """Find a field by how its label begins."""
    return page.locator("main").get_by_label(re.compile(f"^{re.escape(label)}"))


def fill(page: Page, **texts: str | dt.date) -> None:
    """Fill in fields by their label, with `_` for a space. Use `fields` for labels with other signs."""
    fields(page, {label.replace("_", " "): text for label, text in texts.items()})


def fields(page: Page, texts: dict[str, Any]) -> None:
    """Fill in fields by how their label begins."""
    for label, text in texts.items():
        field(page, label).fill(text.isoformat() if isinstance(text, dt.date) else str(text))


def pick(page: Page, label: str, option: str) -> None:
    """Choose from a list by what stands in it, or by how that begins."""
    box = field(page, label)
    # The page may still be coming in: wait for the option, then read how it goes on.
    found = box.locator("option").filter(has_text=re.compile(rf"^\s*{re.escape(option)}")).first
    expect(found).to_be_attached()
    box.select_option(label=found.inner_text().strip())


def search_pick(page: Page, label: str, words: str, found: str) -> None:
    """Type a few letters and choose what was found."""
    group = page.get_by_role("group", name=re.compile(f"^{re.escape(label)}"))
    group.get_by_role("searchbox").press_sequentially(words)
    group.locator("label").filter(has_text=found).first.click()


def press(page: Page, name: str) -> None:
    """Press the button with these words in the middle of the page."""
    page.locator("main").get_by_role("button", name=name).first.click()


def follow(page: Page, name: str) -> None:
    """Follow the first link with these words in the middle of the page."""
    page.locator("main").get_by_role("link", name=name).first.click()


def told(page: Page, words: str) -> None:
    """See that the page says what happened."""
    expect(page.locator("#notices")).to_contain_text(words)


def open_menu(page: Page, about: str) -> None:
    """Unfold a menu by what it says that it is about."""
    page.locator(f'main summary[aria-label*="{about}"]').first.click()


def panel(page: Page, title: str) -> Locator:
    """Find a card of the page by its heading."""
    return page.get_by_role("region", name=title)


class Clock:
    """The server's clock: days pass between the scenes of a story, seconds within one."""

    def __init__(self) -> None:
        self._real = timezone.now
        self.behind = dt.timedelta()

    def __call__(self) -> dt.datetime:
        """What time it is in the story."""
        return self._real() - self.behind

    def set_days_ago(self, days: int, clock: str = "10:00") -> None:
        """Go to that many days before now, at this time of day in Brussels."""
        now = self._real()
        hour, minute = map(int, clock.split(":"))
        day = timezone.localtime(now).date() - dt.timedelta(days=days)
        self.behind = now - timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))

    def back_to_now(self) -> None:
        """The present."""
        self.behind = dt.timedelta()
