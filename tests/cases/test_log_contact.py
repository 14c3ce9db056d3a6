"""Contacts with the family: a believable moment, and whether the family was reached."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases.actions.log_contact import ContactRefused, log_contact
from cases.models import Case, TimelineEntry
from tests.factories import World

Login = Callable[[User], Client]


def log(world: World, **changes: object) -> TimelineEntry:
    details = {
        "by": world.community_worker,
        "case": world.case,
        "channel": "phone",
        "direction": "out",
        "result": "reached",
        "with_whom": "Jef",
        "occurred_at": timezone.now() - dt.timedelta(hours=1),
        "body": "Hij belt terug.",
    }
    return log_contact(**{**details, **changes})


def test_contact_tells_how_and_with_whom_and_moves_last_seen(world: World) -> None:
    moment = timezone.now() - dt.timedelta(days=2)
    entry = log(world, occurred_at=moment)
    world.case.refresh_from_db()
    assert entry.title == "Gebeld met Jef"
    assert entry.circle == "care"
    assert world.case.last_seen_at == moment
    log(world, occurred_at=moment - dt.timedelta(days=3))
    world.case.refresh_from_db()
    assert world.case.last_seen_at == moment  # an older contact written later doesn't turn it back


@pytest.mark.parametrize("result", ["no_answer", "left_word"])
def test_contact_that_reached_nobody_is_no_meeting(world: World, result: str) -> None:
    entry = log(world, result=result, body="", with_whom="")
    world.case.refresh_from_db()
    assert entry.title == "Gebeld met het gezin"
    assert "saw_family" not in entry.data
    assert entry.data["chips"][0]["tone"] == "warn"
    assert world.case.last_seen_at is None


@pytest.mark.parametrize("shift", [dt.timedelta(minutes=10), dt.timedelta(days=-1200)])
def test_contact_in_the_future_or_long_ago_is_refused(world: World, shift: dt.timedelta) -> None:
    with pytest.raises(ContactRefused) as refusal:
        log(world, occurred_at=timezone.now() + shift)
    assert refusal.value.field == "day"


def test_contact_that_reached_somebody_says_what_was_said(world: World) -> None:
    with pytest.raises(ContactRefused):
        log(world, body=" ")


def post(client: Client, case: Case, **changes: str) -> object:
    now = timezone.localtime() - dt.timedelta(minutes=5)
    data = {
        "channel": "message",
        "direction": "in",
        "result": "reached",
        "with_whom": "Fatima <3",
        "day": now.date().isoformat(),
        "time": now.strftime("%H:%M"),
        "body": "مرحبا 🙂",
    }
    return client.post(f"/cases/{case.number}/contacts/new/", {**data, **changes})


def test_form_keeps_the_contact(world: World, login: Login) -> None:
    client = login(world.community_worker)
    assert post(client, world.case).status_code == 302  # type: ignore[attr-defined]
    html = client.get(f"/cases/{world.case.number}/").content.decode()
    assert "Bericht van Fatima &lt;3" in html
    assert "مرحبا 🙂" in html


@pytest.mark.parametrize(
    "changes",
    [
        {"day": "2999-01-01"},
        {"day": "1999-12-31"},
        {"day": "0001-01-01"},
        {"day": "31/31/2026"},
        {"time": "25:00"},
        {"channel": "pigeon"},
        {"body": ""},
        {"with_whom": "x" * 121},
    ],
)
def test_form_refuses_and_loses_nothing(world: World, login: Login, changes: dict[str, str]) -> None:
    response = post(login(world.community_worker), world.case, **changes)
    assert response.status_code == 422  # type: ignore[attr-defined]
    assert "Fatima &lt;3" in response.content.decode() or "with_whom" in changes  # type: ignore[attr-defined]
    assert not TimelineEntry.objects.filter(kind="cases.contact").exists()


@pytest.mark.parametrize(
    ("role", "status"), [("partner", 200), ("youth_coach", 404), ("outsider", 404), ("manager", 403)]
)
def test_form_is_for_the_team(world: World, login: Login, role: str, status: int) -> None:
    assert login(world.users[role]).get(f"/cases/{world.case.number}/contacts/new/").status_code == status
