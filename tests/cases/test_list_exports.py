"""Radar, tasks and obstacles as a file: what the list shows, for whom the list is, and never what was told."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.actions.obstacles import report_obstacle
from cases.actions.tasks import add_task
from cases.enums import RadarReason, RadarSource
from cases.models import RadarEntry
from tests.factories import World

EXPORTS = ("cases:radar-export", "cases:task-export", "cases:obstacle-export")


@pytest.fixture
def filled(world: World) -> World:
    today = timezone.localdate()
    RadarEntry.objects.create(
        neighbourhood=world.neighbourhood,
        source=RadarSource.SCHOOL,
        source_organisation=world.organisations["partner"],
        reason=RadarReason.DWELLING,
        worry="Geheime zorg.",
        name="=Zorgwekkend",
        review_on=today + dt.timedelta(days=3),
        reported_by=world.community_worker,
        reported_at=timezone.now(),
    )
    add_task(by=world.lawyer, title="Brief schrijven", assignee=world.lawyer, due_on=today, case=world.case)
    report_obstacle(
        by=world.lawyer,
        neighbourhood=world.neighbourhood,
        title="Wachttijd van drie maanden",
        description="Zo staat het in het reglement.",
        kind="rule",
        who_can_lift="de gemeenteraad",
    )
    return world


def body(client: Any, name: str, kind: str = "csv") -> str:
    response = client.get(reverse(name, args=[kind]))
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode("utf-8", errors="ignore")


@pytest.mark.parametrize(
    ("name", "expected"),
    list(zip(EXPORTS, ("Zorgwekkend", "Brief schrijven", "Wachttijd van drie maanden"), strict=True)),
)
def test_export_holds_what_the_list_shows(filled: World, login: Any, name: str, expected: str) -> None:
    text = body(login(filled.lawyer), name)
    assert expected in text
    assert "Geheime zorg" not in text
    assert "\n=" not in text


@pytest.mark.parametrize("name", EXPORTS)
def test_export_of_another_neighbourhood_holds_nothing_of_ours(filled: World, login: Any, name: str) -> None:
    text = body(login(filled.outsider), name)
    assert len(text.strip().splitlines()) == 1


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("role", ["manager", "administrator", "privacy_officer"])
def test_export_is_not_for_who_reads_no_stories(filled: World, login: Any, name: str, role: str) -> None:
    assert login(filled.users[role]).get(reverse(name, args=["csv"])).status_code == 403


@pytest.mark.parametrize("name", EXPORTS)
def test_export_of_an_unknown_kind_is_not_found(filled: World, login: Any, name: str) -> None:
    assert login(filled.lawyer).get(reverse(name, args=["pdf"])).status_code == 404


def test_list_offers_its_export(filled: World, login: Any) -> None:
    client = login(filled.lawyer)
    for page, export in zip(("cases:radar", "cases:task-list", "cases:obstacle-list"), EXPORTS, strict=True):
        assert reverse(export, args=["xlsx"]) in client.get(reverse(page)).content.decode()
