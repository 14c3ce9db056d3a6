"""Trust grows and shrinks, each time with what moved it."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from cases.actions.change_trust import CannotChangeTrust, change_trust, trust_chip
from cases.actions.locking import CaseIsClosed
from cases.models import Case, TimelineEntry, TrustChange
from tests.factories import World

Login = Callable[[User], Client]


def test_trust_goes_up_and_down_with_its_event(world: World) -> None:
    up = change_trust(by=world.community_worker, case=world.case, to_stage=3, event="Hij deed open")
    down = change_trust(by=world.community_worker, case=world.case, to_stage=1, event="Wij kwamen te laat")
    world.case.refresh_from_db()
    assert world.case.trust_stage == 1
    assert trust_chip(up) == {"text": "Vertrouwen 1 → 3", "tone": "ok", "icon": "arrow-up"}
    assert trust_chip(down) == {"text": "Vertrouwen 3 → 1", "tone": "warn", "icon": "arrow-down"}
    entry = TimelineEntry.objects.filter(kind="cases.trust").latest("pk")
    assert (entry.title, entry.body, entry.circle) == ("Vertrouwen: kent ons", "Wij kwamen te laat", "shared")


def test_trust_told_by_a_visit_has_no_entry_of_its_own(world: World) -> None:
    change_trust(by=world.community_worker, case=world.case, to_stage=2, event="x", tell=False)
    assert TrustChange.objects.count() == 1
    assert not TimelineEntry.objects.filter(kind="cases.trust").exists()


@pytest.mark.parametrize(
    ("stage", "event", "field"), [(1, "x", "to_stage"), (9, "x", "to_stage"), (2, " ", "event")]
)
def test_trust_is_refused(world: World, stage: int, event: str, field: str) -> None:
    with pytest.raises(CannotChangeTrust) as refusal:
        change_trust(by=world.community_worker, case=world.case, to_stage=stage, event=event)
    assert refusal.value.field == field
    assert not TrustChange.objects.exists()


def test_trust_of_a_closed_case_stays(world: World) -> None:
    Case.objects.filter(pk=world.case.pk).update(
        state="closed", outcome="partly", closed_at=world.case.opened_at, closed_by=world.lawyer
    )
    with pytest.raises(CaseIsClosed):
        change_trust(by=world.community_worker, case=world.case, to_stage=2, event="x")


def test_form_changes_trust_and_refuses_beside_the_field(world: World, login: Login) -> None:
    client, url = login(world.community_worker), f"/cases/{world.case.number}/trust/"
    assert client.get(url).status_code == 200
    assert client.post(url, {"to_stage": "2", "event": ""}).status_code == 422
    response = client.post(url, {"to_stage": "1", "event": "Mijn woorden"})
    assert response.status_code == 422
    assert "Het vertrouwen staat al op kent ons" in response.content.decode()
    assert "Mijn woorden" in response.content.decode()
    assert client.post(url, {"to_stage": "2", "event": "Koffie"}).status_code == 302
    assert client.post(url, {"to_stage": "7", "event": "Koffie"}).status_code == 422


@pytest.mark.parametrize(
    ("role", "status"), [("partner", 200), ("youth_coach", 404), ("outsider", 404), ("manager", 403)]
)
def test_form_is_for_the_team(world: World, login: Login, role: str, status: int) -> None:
    assert login(world.users[role]).get(f"/cases/{world.case.number}/trust/").status_code == status
