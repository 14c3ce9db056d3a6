"""The stage on which a whole story is played: who plays, what time it is, and what everybody is called."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Organisation, User
from cases.models import Case
from tests.browser.doing import DESK, Clock, follow
from tests.factories import World

NAMES = {
    "community_worker": ("Fatiha", "Verbeeld"),
    "coordinator": ("Karim", "Bedacht"),
    "housing_inspector": ("Ivo", "Fictief"),
    "tenancy_lead": ("Samira", "Denkbeeld"),
    "lawyer": ("Joke", "Schijnbaar"),
    "renovation_coach": ("Renske", "Vermoed"),
    "manager": ("Mia", "Zogezegd"),
    "partner": ("Pol", "Quasi"),
}
SERVICES = {
    "city": "Stad Mechelen",
    "energy": "Energiepunt Mechelen",
    "community": "Samenlevingsopbouw",
    "welfare": "Sociaal Huis Mechelen",
}


@dataclass
class Stage:
    """Everything that a scene needs. Scenes follow each other; what one made is found by the next as people find it."""

    world: World
    clock: Clock
    page_as: Callable[..., Page]
    pages: list[Page] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def name_everybody(self) -> None:
        """Give the cast and the services names that tell who is who."""
        for role, (first, last) in NAMES.items():
            User.objects.filter(pk=self.world.users[role].pk).update(first_name=first, last_name=last)
            self.world.users[role].refresh_from_db()
        for kind, name in SERVICES.items():
            organisation = self.world.organisations[kind]
            Organisation.objects.filter(pk=organisation.pk).update(name=name)
            organisation.refresh_from_db()
        User.objects.filter(pk=self.world.community_worker.pk).update(
            organisation=self.world.organisations["community"]
        )

    def at(self, who: str, days_ago: int = 0, hour: str = "", *, desk: bool = True) -> Page:
        """Somebody sits down at his desk, or takes his phone, on a day of the story; without an hour it is now."""
        if hour:
            self.clock.set_days_ago(days_ago, hour)
        else:
            self.clock.back_to_now()
        size = {"viewport": DESK, "has_touch": False} if desk else {}
        page = self.page_as(self.world.users[who], **size)
        self.pages.append(page)
        return page

    def play(self, scenes: Iterable[Callable[["Stage"], None]]) -> None:
        """Play them in order. Between two scenes everybody puts his device away."""
        for scene in scenes:
            scene(self)
            for page in self.pages:
                self.problems += page.problems  # type: ignore[attr-defined]
                page.context.close()
            self.pages = []
        assert self.problems == []

    def open_case(self, page: Page, title: str) -> None:
        """Find a case as one does: in the list, by its title."""
        page.goto("/cases/")
        follow(page, title)
        expect(page.get_by_role("heading", level=1)).to_have_text(title)

    def case_of(self, title: str) -> Case:
        """The case as it is now."""
        return Case.objects.get(title=title)

    def today(self, days: int = 0) -> dt.date:
        """A day of the story."""
        return timezone.localdate() + dt.timedelta(days=days)


def timeline_of(page: Page) -> list[str]:
    """Read the whole timeline of the case on this page, from its first day to now."""
    rows, older = page.locator("#timeline-rows .what"), page.get_by_role("link", name="Oudere laden")
    expect(rows.first).to_be_visible()
    while older.count():
        known = rows.count()
        older.click()
        expect(rows.nth(known)).to_be_attached()
    return [title.strip() for title in reversed(rows.all_inner_texts())]
