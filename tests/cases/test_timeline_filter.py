"""Narrowing the timeline: by what even a closed entry shows, and never by what it hides."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases.timeline import record
from tests.factories import World

Login = Callable[[User], Client]


@pytest.fixture
def told(world: World) -> World:
    """Four entries by three people in three circles."""
    now = timezone.now()
    case = world.case
    record(
        "cases.note",
        case=case,
        by=world.lawyer,
        title="JuristOud",
        circle="shared",
        occurred_at=now - dt.timedelta(days=90),
    )
    record(
        "cases.contact",
        case=case,
        by=world.community_worker,
        title="GebeldZorg",
        circle="care",
        goal="housing",
    )
    record(
        "cases.note",
        case=case,
        by=world.community_worker,
        title="NotitieVrij",
        circle="shared",
        goal="safety",
    )
    record("cases.note", case=case, by=world.tenancy_lead, title="NotitieZorg", circle="care", goal="housing")
    return world


def shown(client: Client, world: World, query: str) -> set[str]:
    html = client.get(f"/cases/{world.case.number}/?{query}").content.decode()
    titles = {"JuristOud", "GebeldZorg", "NotitieVrij", "NotitieZorg"}
    return {title for title in titles if title in html} | (
        {"besloten"} if "inhoud besloten" in html else set()
    )


def test_filters_narrow(told: World, login: Login) -> None:
    client = login(told.community_worker)
    author = told.lawyer.pk
    since = (timezone.localdate() - dt.timedelta(days=10)).isoformat()
    assert shown(client, told, "kind=cases.contact") == {"GebeldZorg"}
    assert shown(client, told, f"author={author}") == {"JuristOud"}
    assert shown(client, told, "goal=safety") == {"NotitieVrij"}
    assert shown(client, told, "mine=on") == {"GebeldZorg", "NotitieVrij"}
    assert shown(client, told, f"since={since}") == {"GebeldZorg", "NotitieVrij", "NotitieZorg"}
    assert shown(client, told, f"until={since}") == {"JuristOud"}
    assert shown(client, told, f"kind=cases.note&mine=on&since={since}") == {"NotitieVrij"}


def test_author_and_goal_tell_nothing_about_closed_entries(told: World, login: Login) -> None:
    client = login(told.housing_inspector)
    assert shown(client, told, "kind=cases.contact") == {"besloten"}
    assert shown(client, told, "goal=housing") == set()
    assert shown(client, told, f"author={told.tenancy_lead.pk}") >= {"JuristOud"}  # no such choice: ignored
    assert shown(client, told, f"author={told.community_worker.pk}") == {"NotitieVrij"}


@pytest.mark.parametrize(
    "query",
    [
        "kind=nonsense",
        "author=99999999999999999999",
        "author=x'--",
        "goal=%00",
        "since=0001-01-01",
        "until=31-31-31",
        "since=9999-12-31",
        "mine=maybe&kind=&unknown=1",
    ],
)
def test_nonsense_is_ignored(told: World, login: Login, query: str) -> None:
    client = login(told.community_worker)
    response = client.get(f"/cases/{told.case.number}/?{query}")
    assert response.status_code == 200
    assert client.get(f"/cases/{told.case.number}/timeline/?{query}").status_code == 200
    if "mine" not in query:
        assert "JuristOud" in response.content.decode()


def test_swap_equals_the_page_after_reload(told: World, login: Login) -> None:
    client = login(told.community_worker)
    query = "kind=cases.note&author=&goal=&since=&until=&cursor="
    part = client.get(f"/cases/{told.case.number}/timeline/?{query}", headers={"HX-Request": "true"})
    pushed = part.headers["HX-Push-Url"]
    assert pushed == f"/cases/{told.case.number}/?kind=cases.note"
    whole = client.get(pushed).content.decode()
    assert part.content.decode().strip().split("csrfmiddlewaretoken")[0] in whole.replace("\r", "")
    assert "Alleen notitie, nieuwste eerst" in whole


def test_filter_that_finds_nothing_says_so(told: World, login: Login) -> None:
    html = login(told.community_worker).get(f"/cases/{told.case.number}/?goal=cohesion").content.decode()
    assert "Niets gevonden met deze filter" in html
