"""A case moves along the table of transitions, with a reason."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from cases.actions.change_state import CannotChangeState, change_state, next_states
from cases.enums import CASE_TRANSITIONS, CaseState
from cases.models import Case, TimelineEntry
from tests.factories import World

Login = Callable[[User], Client]
OPEN = [state for state in CaseState if state != CaseState.CLOSED]


@pytest.mark.parametrize("before", OPEN)
@pytest.mark.parametrize("after", list(CaseState))
def test_only_allowed_transitions_happen(world: World, before: CaseState, after: CaseState) -> None:
    Case.objects.filter(pk=world.case.pk).update(state=before)
    if after in CASE_TRANSITIONS[before] and after != CaseState.CLOSED:
        assert change_state(by=world.coordinator, case=world.case, to_state=after, reason="x").state == after
    else:
        with pytest.raises(CannotChangeState):
            change_state(by=world.coordinator, case=world.case, to_state=after, reason="x")


def test_reason_is_told_on_the_timeline(world: World) -> None:
    change_state(by=world.community_worker, case=world.case, to_state="active", reason="Hij wil beginnen")
    entry = TimelineEntry.objects.get(kind="cases.state")
    assert (entry.title, entry.body) == ("Stand: lopend", "Hij wil beginnen")
    assert entry.data["chips"] == ["verkennen → lopend"]
    with pytest.raises(CannotChangeState):
        change_state(by=world.community_worker, case=world.case, to_state="waiting", reason="  ")


def test_form_offers_what_is_possible(world: World, login: Login) -> None:
    client, url = login(world.community_worker), f"/cases/{world.case.number}/state/"
    html = client.get(url).content.decode()
    world.case.refresh_from_db()
    assert [state.value in html for state in next_states(world.case)] == [True, True]
    assert 'value="aftercare"' not in html
    assert client.post(url, {"to_state": "aftercare", "reason": "x"}).status_code == 422
    assert client.post(url, {"to_state": "active", "reason": "x"}).status_code == 302


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("coordinator", 200),
        ("community_worker", 200),
        ("lawyer", 403),
        ("partner", 403),
        ("outsider", 404),
        ("manager", 403),
    ],
)
@pytest.mark.parametrize("page", ["state", "close", "edit", "team"])
def test_managing_is_for_lead_and_coordinator(
    world: World, login: Login, page: str, role: str, status: int
) -> None:
    assert login(world.users[role]).get(f"/cases/{world.case.number}/{page}/").status_code == status
