"""Pins: on top for the whole team, readable entries only."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from cases.actions.pin_entry import CannotPin, pin_entry, unpin_entry
from cases.actions.write_note import write_note
from cases.models import PinnedEntry, TimelineEntry
from tests.factories import World

Login = Callable[[User], Client]


@pytest.fixture
def note(world: World) -> TimelineEntry:
    return write_note(by=world.community_worker, case=world.case, title="Sleutel", body="Bij de buur")


def test_pin_stands_on_top_and_comes_off(world: World, login: Login, note: TimelineEntry) -> None:
    client = login(world.tenancy_lead)
    base = f"/cases/{world.case.number}/entries/{note.pk}"
    assert client.post(f"{base}/pin/").status_code == 302
    assert client.post(f"{base}/pin/").status_code == 302  # pressed twice
    html = client.get(f"/cases/{world.case.number}/").content.decode()
    assert html.index(f'id="pinned-{note.pk}"') < html.index(f'id="entry-{note.pk}"')
    response = client.post(f"{base}/unpin/")
    assert response["Location"].endswith(f"#entry-{note.pk}")
    assert not PinnedEntry.objects.exists()


def test_closed_entry_pinned_by_others_stays_closed(world: World, login: Login, note: TimelineEntry) -> None:
    pin_entry(by=world.community_worker, case=world.case, entry=note)
    html = login(world.housing_inspector).get(f"/cases/{world.case.number}/").content.decode()
    assert f'id="pinned-{note.pk}"' in html
    assert "Bij de buur" not in html


def test_closed_entry_can_not_be_pinned(world: World, login: Login, note: TimelineEntry) -> None:
    with pytest.raises(CannotPin):
        pin_entry(by=world.housing_inspector, case=world.case, entry=note)
    with pytest.raises(CannotPin):
        unpin_entry(by=world.housing_inspector, case=world.case, entry=note)
    url = f"/cases/{world.case.number}/entries/{note.pk}/pin/"
    assert login(world.housing_inspector).post(url).status_code == 404


def test_entry_of_another_case_can_not_be_pinned(world: World, note: TimelineEntry) -> None:
    with pytest.raises(CannotPin):
        pin_entry(by=world.coordinator, case=world.other_case, entry=note)


def test_sixth_pin_is_refused_with_words(world: World, login: Login) -> None:
    for n in range(6):
        note = write_note(by=world.lawyer, case=world.case, body=f"n{n}")
        response = login(world.lawyer).post(f"/cases/{world.case.number}/entries/{note.pk}/pin/")
    assert response.status_code == 422
    assert "Er staan al 5 gebeurtenissen bovenaan" in response.content.decode()
    assert PinnedEntry.objects.count() == 5


def test_get_writes_nothing(world: World, login: Login, note: TimelineEntry) -> None:
    for verb in ("pin", "unpin"):
        url = f"/cases/{world.case.number}/entries/{note.pk}/{verb}/"
        assert login(world.tenancy_lead).get(url).status_code == 405
