"""Interventions: from the catalogue, for somebody, to an outcome."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from arsenaal.lib.errors import ChangedMeanwhileError
from cases.actions.boundaries import RefusedByBoundaryError, set_boundary
from cases.actions.catalogue import load_catalogue
from cases.actions.checks import BadDateError
from cases.actions.interventions import (
    InstrumentRetiredError,
    InterventionIncompleteError,
    InterventionStateError,
    add_intervention,
    change_intervention_state,
    edit_intervention,
)
from cases.models import Instrument, Intervention, TimelineEntry
from tests.factories import World


@pytest.fixture(autouse=True)
def _catalogue(world: World) -> None:
    load_catalogue()


def url(name: str, *args: Any) -> str:
    return reverse(f"cases:{name}", args=args)


def instrument(code: str = "co-meter") -> Instrument:
    return Instrument.objects.get(code=code)


def add(world: World, **more: Any) -> Intervention:
    values = {
        "by": world.community_worker,
        "case": world.case,
        "instrument": instrument(),
        "provider": world.organisations["community"],
        "target": "household",
        **more,
    }
    return add_intervention(**values)


def test_intervention_ends_with_an_outcome_only(world: World) -> None:
    started = timezone.localdate() - dt.timedelta(days=3)
    row = add(world, state="running", started_on=started)
    assert row.household == world.case.household
    with pytest.raises(InterventionIncompleteError) as refused:
        change_intervention_state(by=world.lawyer, intervention=row, state="done", outcome=" ")
    assert refused.value.field == "outcome"
    too_early = started - dt.timedelta(days=1)
    with pytest.raises(BadDateError):
        change_intervention_state(
            by=world.lawyer, intervention=row, state="done", outcome="Hangt.", on=too_early
        )
    done = change_intervention_state(by=world.lawyer, intervention=row, state="done", outcome="Hangt.")
    assert (done.state, done.ended_on) == ("done", timezone.localdate())
    entry = TimelineEntry.objects.latest("pk")
    assert (entry.title, entry.body, entry.goal) == ("Actie afgerond: CO-meter plaatsen", "Hangt.", "housing")


def test_intervention_follows_the_table(world: World) -> None:
    row = add(world)
    with pytest.raises(InterventionStateError):
        change_intervention_state(by=world.lawyer, intervention=row, state="done", outcome="x")
    stopped = change_intervention_state(
        by=world.lawyer, intervention=row, state="stopped", outcome="Niet nodig."
    )
    again = change_intervention_state(by=world.lawyer, intervention=stopped, state="planned")
    assert (again.ended_on, again.outcome) == (None, "")


def test_intervention_twice_in_the_same_state_is_no_change(world: World) -> None:
    row = add(world, state="running")
    entries = TimelineEntry.objects.count()
    change_intervention_state(by=world.lawyer, intervention=row, state="running")
    assert TimelineEntry.objects.count() == entries


def test_intervention_that_reaches_the_landlord_waits_for_the_family(world: World) -> None:
    set_boundary(by=world.lawyer, case=world.case, kind="no_landlord", reason="Bang.")
    talk = instrument("verhuurder-aanspreken")
    with pytest.raises(RefusedByBoundaryError):
        add(world, instrument=talk, target="case", state="planned")
    proposed = add(world, instrument=talk, target="case")
    with pytest.raises(RefusedByBoundaryError):
        change_intervention_state(by=world.lawyer, intervention=proposed, state="planned")
    with pytest.raises(RefusedByBoundaryError):
        add(world, target="landlord", target_note="Immo", state="running")
    assert add(world, state="running").state == "running"


def test_intervention_edit_can_not_slip_past_a_boundary(world: World) -> None:
    row = add(world, state="running")
    set_boundary(by=world.lawyer, case=world.case, kind="no_landlord", reason="Bang.")
    with pytest.raises(RefusedByBoundaryError):
        edit_intervention(
            by=world.lawyer,
            intervention=row,
            version=1,
            provider=row.provider,
            target="landlord",
            person=None,
            target_note="Immo",
            description="",
            planned_on=None,
        )


def test_intervention_with_a_retired_instrument_is_refused(world: World) -> None:
    Instrument.objects.filter(code="co-meter").update(is_active=False)
    with pytest.raises(InstrumentRetiredError):
        add(world)


@pytest.mark.parametrize("changes", [{"target": "person"}, {"state": "done"}])
def test_intervention_incomplete_is_refused(world: World, changes: dict[str, Any]) -> None:
    with pytest.raises((InterventionIncompleteError, InterventionStateError)):
        add(world, **changes)


def test_intervention_for_a_person_of_another_household_is_refused(world: World) -> None:
    stranger = world.other_case.household.members.get().person
    with pytest.raises(InterventionIncompleteError):
        add(world, target="person", person=stranger)


def test_intervention_started_in_the_future_is_refused(world: World) -> None:
    with pytest.raises(BadDateError):
        add(world, state="running", started_on=timezone.localdate() + dt.timedelta(days=1))


def test_intervention_edit_by_a_second_person_is_told(world: World) -> None:
    row = add(world)
    fields = {
        "provider": row.provider,
        "target": "household",
        "person": None,
        "target_note": "",
        "planned_on": None,
    }
    edit_intervention(by=world.lawyer, intervention=row, version=1, description="van de jurist", **fields)
    with pytest.raises(ChangedMeanwhileError):
        edit_intervention(by=world.partner, intervention=row, version=1, description="van mij", **fields)


# On screen


def test_intervention_views_from_proposal_to_outcome(world: World, login: Any) -> None:
    client = login(world.community_worker)
    data = {
        "instrument": instrument().pk,
        "provider": world.organisations["community"].pk,
        "target": "household",
        "state": "planned",
        "planned_on": timezone.localdate().isoformat(),
    }
    response = client.post(url("intervention-new", world.case.number), data)
    row = Intervention.objects.get()
    assert response["Location"] == url("intervention", row.pk)
    state = url("intervention-state", row.pk)
    today = timezone.localdate().isoformat()
    refused = client.post(state, {"state": "done", "on": today, "outcome": ""})
    assert refused.status_code == 422
    assert "outcome" in refused.context["form"].errors
    assert client.post(state, {"state": "done", "on": today, "outcome": "Hangt."}).status_code == 302
    page = client.get(url("intervention", row.pk)).content.decode()
    assert "Hangt." in page
    assert url("intervention-edit", row.pk) not in page


@pytest.mark.parametrize(
    "changes",
    [
        {"instrument": "0"},
        {"target": "landlordx"},
        {"provider": ""},
        {"planned_on": "1200-01-01"},
        {"planned_on": "2090-01-01"},
        {"description": "x" * 20000},
    ],
)
def test_intervention_new_view_with_bad_input_says_it_beside_the_field(
    world: World, login: Any, changes: dict[str, str]
) -> None:
    data = {
        "instrument": instrument().pk,
        "provider": world.organisations["community"].pk,
        "target": "household",
        "state": "proposed",
        **changes,
    }
    response = login(world.community_worker).post(url("intervention-new", world.case.number), data)
    assert response.status_code == 422
    assert set(changes) <= set(response.context["form"].errors)


def test_intervention_for_the_neighbourhood_is_for_who_sees_all(world: World, login: Any) -> None:
    assert login(world.community_worker).get(url("intervention-new")).status_code == 403
    data = {
        "neighbourhood": world.neighbourhood.pk,
        "instrument": instrument("tegeltuintjes").pk,
        "provider": world.organisations["city"].pk,
        "target": "neighbourhood",
        "state": "running",
    }
    client = login(world.coordinator)
    assert client.post(url("intervention-new"), data).status_code == 302
    row = Intervention.objects.get()
    assert (row.case, row.neighbourhood) == (None, world.neighbourhood)
    assert client.get(url("intervention", row.pk)).status_code == 200
    assert login(world.outsider).get(url("intervention", row.pk)).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"), [("manager", 403), ("administrator", 403), ("cohesion_coach", 404), ("outsider", 404)]
)
@pytest.mark.parametrize("name", ["intervention", "intervention-edit", "intervention-state"])
def test_intervention_of_a_case_out_of_sight(
    world: World, login: Any, name: str, who: str, status: int
) -> None:
    assert login(world.users[who]).get(url(name, add(world).pk)).status_code == status


def test_intervention_new_offers_the_instruments_of_one_goal(world: World, login: Any) -> None:
    page = login(world.community_worker).get(f"{url('intervention-new', world.case.number)}?goal=safety")
    names = page.content.decode()
    assert "Betaalde stage" in names
    assert "CO-meter" not in names
    assert (
        login(world.community_worker)
        .get(f"{url('intervention-new', world.case.number)}?goal=%00zzz")
        .status_code
        == 200
    )
