"""Boundaries: set, enforced on everything that reaches somebody, lifted with the family's agreement."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from arsenaal.lib.errors import ActionError
from cases.actions.boundaries import (
    BoundaryExistsError,
    BoundaryIncompleteError,
    BoundaryLiftedError,
    RefusedByBoundaryError,
    lift_boundary,
    refuse_if_boundary,
    set_boundary,
)
from cases.actions.checks import BadDateError
from cases.actions.help_requests import ask_help
from cases.actions.interventions import add_intervention, change_intervention_state
from cases.actions.plan import add_step, change_step_state
from cases.enums import BoundaryKind, InterventionTarget, Reach
from cases.models import Boundary, Case, HelpRequest, Instrument, TimelineEntry
from tests.factories import World

TOMORROW = dt.timedelta(days=1)
REASON = "Hij is bang om zijn studio te verliezen."


def no_landlord(world: World, **more: Any) -> Boundary:
    return set_boundary(
        by=world.community_worker, case=world.case, kind=BoundaryKind.NO_LANDLORD, reason=REASON, **more
    )


def refuse(case: Case, world: World, reach: str, organisation: Any = None) -> None:
    with transaction.atomic():
        refuse_if_boundary(case=case, by=world.lawyer, reach=reach, organisation=organisation)


@pytest.mark.parametrize("reach", [Reach.LANDLORD, Reach.INSPECTION])
def test_boundary_no_landlord_stops_landlord_and_inspection(world: World, reach: str) -> None:
    no_landlord(world)
    with pytest.raises(RefusedByBoundaryError) as refused:
        refuse(world.case, world, reach)
    assert "geen contact met de verhuurder" in refused.value.message
    assert str(world.community_worker) in refused.value.message
    assert REASON in refused.value.message
    assert "Bespreek het eerst met het gezin" in refused.value.message


def test_boundary_leaves_the_rest_and_other_cases_free(world: World) -> None:
    no_landlord(world)
    refuse(world.case, world, Reach.NOBODY)
    refuse(world.case, world, Reach.ORGANISATION, world.organisations["energy"])
    refuse(world.other_case, world, Reach.LANDLORD)


def test_boundary_no_inspection_leaves_landlord_free(world: World) -> None:
    set_boundary(by=world.lawyer, case=world.case, kind=BoundaryKind.NO_INSPECTION, reason="Eerst de kachel.")
    refuse(world.case, world, Reach.LANDLORD)
    with pytest.raises(RefusedByBoundaryError):
        refuse(world.case, world, Reach.INSPECTION)


def test_boundary_no_organisation_stops_that_one_only(world: World) -> None:
    energy, city = world.organisations["energy"], world.organisations["city"]
    set_boundary(
        by=world.lawyer,
        case=world.case,
        kind=BoundaryKind.NO_ORGANISATION,
        organisation=energy,
        reason="Slechte ervaring.",
    )
    refuse(world.case, world, Reach.ORGANISATION, city)
    with pytest.raises(RefusedByBoundaryError, match="niets naar Organisatie energy"):
        refuse(world.case, world, Reach.ORGANISATION, energy)
    with pytest.raises(RefusedByBoundaryError):
        refuse(world.case, world, Reach.NOBODY, energy)
    with pytest.raises(RefusedByBoundaryError):
        ask_help(
            by=world.lawyer,
            organisation=energy,
            question="Kom je?",
            due_on=timezone.localdate() + TOMORROW,
            case=world.case,
        )
    assert not HelpRequest.objects.exists()


def test_boundary_of_block_case_holds_for_its_household_cases(world: World) -> None:
    from cases.actions.open_case import open_case

    block = open_case(
        by=world.coordinator, neighbourhood=world.neighbourhood, lead=world.lawyer, title="Blok"
    )
    set_boundary(by=world.lawyer, case=block, kind=BoundaryKind.NO_LANDLORD, reason="Eén stem.")
    Case.objects.filter(pk=world.case.pk).update(parent=block)
    world.case.refresh_from_db()
    with pytest.raises(RefusedByBoundaryError, match=r"Eén stem\.") as refused:
        refuse(world.case, world, Reach.LANDLORD)
    refused.value.after_rollback()
    assert TimelineEntry.objects.get(kind="cases.boundary_refusal").case == world.case


def test_boundary_twice_is_told(world: World) -> None:
    no_landlord(world)
    with pytest.raises(BoundaryExistsError, match="staat er al, gezet door Community_worker Test"):
        no_landlord(world)
    assert Boundary.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "field"), [(BoundaryKind.NO_ORGANISATION, "organisation"), (BoundaryKind.OTHER, "description")]
)
def test_boundary_incomplete_is_refused(world: World, kind: str, field: str) -> None:
    with pytest.raises(BoundaryIncompleteError) as refused:
        set_boundary(by=world.lawyer, case=world.case, kind=kind, reason="Zo.")
    assert refused.value.field == field


def test_boundary_refusal_is_on_the_timeline_once_a_day(world: World) -> None:
    no_landlord(world)
    for _time in range(2):
        with pytest.raises(RefusedByBoundaryError) as refused:
            refuse(world.case, world, Reach.LANDLORD)
        refused.value.after_rollback()
    entry = TimelineEntry.objects.get(kind="cases.boundary_refusal")
    assert (entry.author, entry.circle) == (world.lawyer, "shared")
    assert "de verhuurder" in entry.body


def test_boundary_refuses_step_and_intervention_until_it_is_lifted(world: World) -> None:
    boundary = no_landlord(world)
    worker = world.community_worker
    step = add_step(by=worker, case=world.case, title="Samen naar de verhuurder", reaches=Reach.LANDLORD)
    for state in ("busy", "done"):
        with pytest.raises(RefusedByBoundaryError):
            change_step_state(by=worker, step=step, state=state)
    instrument = Instrument.objects.create(code="x-talk", goal="housing", sub_goal="x", name="Praten")
    plan = {
        "by": worker,
        "case": world.case,
        "instrument": instrument,
        "provider": world.organisations["city"],
        "target": InterventionTarget.LANDLORD,
    }
    with pytest.raises(RefusedByBoundaryError):
        add_intervention(**plan, state="planned")
    proposed = add_intervention(**plan)
    with pytest.raises(RefusedByBoundaryError):
        change_intervention_state(by=worker, intervention=proposed, state="running")
    lift_boundary(
        by=worker, boundary=boundary, agreed_by="Jef", agreed_on=timezone.localdate(), agreement="Samen."
    )
    assert change_step_state(by=worker, step=step, state="busy").state == "busy"
    assert change_intervention_state(by=worker, intervention=proposed, state="running").state == "running"


@pytest.mark.parametrize("days", [1, -40, -9000])
def test_lift_on_an_impossible_day_is_refused(world: World, days: int) -> None:
    boundary = no_landlord(world, now=timezone.now() - dt.timedelta(days=30))
    with pytest.raises(BadDateError) as refused:
        lift_boundary(
            by=world.lawyer,
            boundary=boundary,
            agreed_by="Jef",
            agreed_on=timezone.localdate() + dt.timedelta(days=days),
            agreement="Samen gaan.",
        )
    assert refused.value.field == "agreed_on"


@pytest.mark.parametrize(("who", "what"), [("  ", "Samen."), ("Jef", " ")])
def test_lift_without_agreement_is_refused(world: World, who: str, what: str) -> None:
    boundary = no_landlord(world)
    with pytest.raises(BoundaryIncompleteError):
        lift_boundary(
            by=world.lawyer, boundary=boundary, agreed_by=who, agreed_on=timezone.localdate(), agreement=what
        )
    boundary.refresh_from_db()
    assert boundary.lifted_at is None


def test_lift_twice_is_told(world: World) -> None:
    boundary = no_landlord(world)
    lift = {"agreed_by": "Jef", "agreed_on": timezone.localdate(), "agreement": "Samen."}
    lift_boundary(by=world.lawyer, boundary=boundary, **lift)
    with pytest.raises(BoundaryLiftedError, match="al opgeheven door Lawyer"):
        lift_boundary(by=world.coordinator, boundary=boundary, **lift)


@pytest.mark.django_db(transaction=True)
def test_set_and_act_at_the_same_moment_never_both(transactional_db: None) -> None:
    """Either the step starts first and the boundary comes after, or it is refused: never a start under a
    boundary.
    """
    world = World.build()
    step = add_step(by=world.lawyer, case=world.case, title="Brief", reaches=Reach.LANDLORD)
    order: list[str] = []
    gate = threading.Barrier(2)

    def run(work: Callable[[], object], name: str) -> None:
        gate.wait(10)
        try:
            with transaction.atomic():
                work()
                order.append(name)
        except ActionError:
            order.append(f"{name} refused")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=(lambda: no_landlord(world), "set")),
        threading.Thread(
            target=run, args=(lambda: change_step_state(by=world.lawyer, step=step, state="busy"), "start")
        ),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert order in (["set", "start refused"], ["start", "set"])


# On screen


def url(name: str, *args: Any) -> str:
    return reverse(f"cases:{name}", args=args)


def test_boundary_view_sets_and_lifts_it(world: World, login: Any) -> None:
    client = login(world.community_worker)
    data = {"kind": "no_landlord", "reason": REASON}
    assert client.post(url("boundary-new", world.case.number), data).status_code == 302
    boundary = Boundary.objects.get()
    page = client.get(world.case.get_absolute_url()).content.decode()
    assert REASON in page
    lift = url("boundary-lift", world.case.number, boundary.pk)
    empty = client.post(lift, {"agreed_by": "", "agreed_on": "", "agreement": ""})
    assert empty.status_code == 422
    assert set(empty.context["form"].errors) == {"agreed_by", "agreed_on", "agreement"}
    today = timezone.localdate().isoformat()
    done = client.post(lift, {"agreed_by": "Jef", "agreed_on": today, "agreement": "We gaan samen."})
    assert done.status_code == 302
    assert not Boundary.objects.standing().exists()
    assert "We gaan samen." in client.get(world.case.get_absolute_url()).content.decode()


def test_boundary_view_set_twice_is_told_beside_the_field(world: World, login: Any) -> None:
    no_landlord(world)
    response = login(world.lawyer).post(
        url("boundary-new", world.case.number), {"kind": "no_landlord", "reason": "Nog eens."}
    )
    assert response.status_code == 422
    assert "staat er al" in response.context["form"].errors["kind"][0]


@pytest.mark.parametrize(
    ("who", "status"),
    [("partner", 200), ("manager", 403), ("administrator", 403), ("youth_coach", 404), ("outsider", 404)],
)
def test_boundary_views_are_for_who_works_on_the_case(
    world: World, login: Any, who: str, status: int
) -> None:
    boundary = no_landlord(world)
    client = login(world.users[who])
    assert client.get(url("boundary-new", world.case.number)).status_code == status
    assert client.get(url("boundary-lift", world.case.number, boundary.pk)).status_code == status


def test_boundary_of_another_case_is_not_found(world: World, login: Any) -> None:
    other = set_boundary(
        by=world.tenancy_lead, case=world.other_case, kind=BoundaryKind.NO_LANDLORD, reason="Nee."
    )
    client = login(world.lawyer)
    assert client.get(url("boundary-lift", world.case.number, other.pk)).status_code == 404


def test_boundary_refusal_in_a_told_past_stands_there(world: World) -> None:
    then = timezone.now() - dt.timedelta(days=30)
    no_landlord(world, now=then - TOMORROW)
    step = add_step(by=world.lawyer, case=world.case, title="Brief", reaches=Reach.LANDLORD, now=then)
    with pytest.raises(RefusedByBoundaryError) as refused:
        change_step_state(by=world.lawyer, step=step, state="busy", now=then)
    refused.value.after_rollback()
    assert TimelineEntry.objects.get(kind="cases.boundary_refusal").occurred_at == then
