"""Closing with nothing left hanging, and opening again."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.enums import Goal
from accounts.models import User
from cases.actions.block import join_block
from cases.actions.close_case import CannotCloseCase, OpenWorkLeft, close_case
from cases.actions.locking import CaseIsClosed
from cases.actions.open_case import open_case
from cases.actions.reopen_case import CannotReopenCase, reopen_case
from cases.models import (
    Case,
    HelpRequest,
    Instrument,
    Intervention,
    PlanStep,
    Task,
    TimelineEntry,
    Visit,
)
from tests.factories import World

Login = Callable[[User], Client]


@pytest.fixture
def work(world: World) -> None:
    """One of everything that can still wait."""
    case, worker, today = world.case, world.community_worker, timezone.localdate()
    energy, hood = world.organisations["energy"], world.neighbourhood
    PlanStep.objects.create(case=case, position=1, title="Kachel <nazien>", created_by=worker)
    Task.objects.create(
        case=case, neighbourhood=hood, title="Bellen", assignee=worker, due_on=today, created_by=worker
    )
    HelpRequest.objects.create(
        neighbourhood=hood,
        case=case,
        organisation=energy,
        question="Kachel?",
        asked_by=worker,
        asked_at=timezone.now(),
        due_on=today,
    )
    Visit.objects.create(
        case=case,
        state="planned",
        purpose="follow_up",
        scheduled_at=timezone.now() + dt.timedelta(days=1),
        created_by=worker,
    )
    meter = Instrument.objects.create(
        code="test-meter", goal=Goal.HOUSING, sub_goal="veilig", name="Testmeter"
    )
    Intervention.objects.create(
        neighbourhood=hood,
        case=case,
        instrument=meter,
        target="case",
        provider=energy,
        state="running",
        started_on=today + dt.timedelta(days=2),
        created_by=worker,
    )


def close(world: World, **changes: object) -> Case:
    details = {
        "by": world.coordinator,
        "case": world.case,
        "outcome": "goal_reached",
        "summary": "Goed afgelopen",
    }
    return close_case(**{**details, **changes})


def test_case_closes_with_outcome_and_summary(world: World) -> None:
    case = close(world)
    assert (case.state, case.outcome, case.closed_by) == ("closed", "goal_reached", world.coordinator)
    entry = TimelineEntry.objects.get(kind="cases.closed")
    assert (entry.title, entry.body) == ("Dossier afgesloten: doel bereikt", "Goed afgelopen")
    with pytest.raises(CaseIsClosed):
        close(world)


@pytest.mark.parametrize("changes", [{"outcome": ""}, {"outcome": "nonsense"}, {"summary": " "}])
def test_case_does_not_close_without_words(world: World, changes: dict[str, str]) -> None:
    with pytest.raises(CannotCloseCase):
        close(world, **changes)


def test_open_work_holds_the_closing_until_it_may_stop(world: World, work: None) -> None:
    with pytest.raises(OpenWorkLeft, match="5 dingen"):
        close(world)
    close(world, stop_open_work=True)
    states = [
        model.objects.get(case=world.case).state
        for model in (PlanStep, Task, HelpRequest, Visit, Intervention)
    ]
    assert states == ["dropped", "dropped", "withdrawn", "cancelled", "stopped"]
    assert TimelineEntry.objects.get(kind="cases.closed").data["chips"] == [
        "1 stap geschrapt",
        "1 taak niet meer nodig",
        "1 vraag ingetrokken",
        "1 gepland bezoek gaat niet door",
        "1 actie stopgezet",
    ]


def test_form_lists_what_is_open_and_asks_for_the_tick(world: World, login: Login, work: None) -> None:
    client, url = login(world.community_worker), f"/cases/{world.case.number}/close/"
    html = client.get(url).content.decode()
    for word in ("Dit staat nog open", "Kachel &lt;nazien&gt;", "Bellen", "Organisatie energy", "Testmeter"):
        assert word in html
    data = {"outcome": "partly", "summary": "Kort verhaal"}
    response = client.post(url, data)
    assert response.status_code == 422
    assert "Kort verhaal" in response.content.decode()
    assert client.post(url, {**data, "stop_open_work": "on"}).status_code == 302


def test_form_does_not_ask_when_nothing_is_open(world: World, login: Login) -> None:
    html = login(world.coordinator).get(f"/cases/{world.case.number}/close/").content.decode()
    assert "Dit staat nog open" not in html
    assert "stop_open_work" not in html


def test_block_with_open_families_does_not_close(world: World) -> None:
    block = open_case(
        by=world.coordinator, neighbourhood=world.neighbourhood, lead=world.coordinator, title="Blok"
    )
    join_block(by=world.coordinator, case=world.case, parent=block)
    with pytest.raises(CannotCloseCase, match="1 open gezinsdossier"):
        close(world, case=block)
    close(world)
    close(world, case=block)
    with pytest.raises(CannotReopenCase, match="blokdossier"):
        reopen_case(by=world.coordinator, case=world.case, reason="terug")


def test_closed_case_opens_again_with_a_reason(world: World) -> None:
    close(world)
    with pytest.raises(CannotReopenCase):
        reopen_case(by=world.coordinator, case=world.case, reason=" ")
    case = reopen_case(by=world.coordinator, case=world.case, reason="Nieuwe huurder, zelfde gebrek")
    assert (case.state, case.outcome, case.closed_at, case.closed_by) == ("active", "", None, None)
    assert TimelineEntry.objects.get(kind="cases.reopened").body == "Nieuwe huurder, zelfde gebrek"
    with pytest.raises(CannotReopenCase, match="al open"):
        reopen_case(by=world.coordinator, case=world.case, reason="x")


def test_family_with_another_open_case_is_named(world: World, login: Login) -> None:
    close(world)
    other = open_case(
        by=world.coordinator,
        neighbourhood=world.neighbourhood,
        lead=world.coordinator,
        title="Nieuw",
        household=world.case.household,
    )
    url = f"/cases/{world.case.number}/reopen/"
    response = login(world.coordinator).post(url, {"reason": "terug"})
    assert response.status_code == 422
    assert other.number in response.content.decode()


def test_reopening_waits_for_a_lead_who_works_here(world: World) -> None:
    close(world)
    world.community_worker.memberships.update(until_on=timezone.localdate() - dt.timedelta(days=1))
    with pytest.raises(CannotReopenCase, match="trekker"):
        reopen_case(by=world.coordinator, case=world.case, reason="x")


@pytest.mark.parametrize(
    ("role", "status"),
    [("coordinator", 200), ("lawyer", 403), ("partner", 403), ("outsider", 404), ("manager", 403)],
)
def test_reopening_is_for_lead_and_coordinator(world: World, login: Login, role: str, status: int) -> None:
    url = f"/cases/{world.case.number}/reopen/"
    assert login(world.coordinator).get(url).status_code == 403  # open still
    close(world)
    assert login(world.users[role]).get(url).status_code == status
