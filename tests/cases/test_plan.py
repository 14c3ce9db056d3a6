"""The plan: steps that wait for the family, that can be put in order, and that two people may edit."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from arsenaal.lib.errors import ChangedMeanwhileError
from cases.actions.boundaries import set_boundary
from cases.actions.checks import BadDateError, WrongColleagueError
from cases.actions.close_case import close_case
from cases.actions.locking import CaseIsClosed
from cases.actions.plan import (
    StepIncompleteError,
    StepNotHereError,
    StepStateError,
    add_step,
    change_step_state,
    edit_step,
    move_step,
)
from cases.enums import CaseOutcome, Reach, StepState
from cases.models import Case, PlanStep, TimelineEntry
from tests.factories import World


def plan(world: World, *titles: str, case: Case | None = None) -> list[PlanStep]:
    case = case or world.case
    return [add_step(by=world.community_worker, case=case, title=title) for title in titles]


def order(case: Case) -> list[str]:
    return list(case.steps.order_by("position").values_list("title", flat=True))


def url(name: str, *args: Any) -> str:
    return reverse(f"cases:{name}", args=args)


FORM = {"title": "Kachel nazien", "agreed": "not_asked", "reaches": "nobody"}


def test_add_step_puts_it_last_and_tells_it(world: World) -> None:
    plan(world, "eerst")
    energy = world.organisations["energy"]
    step = add_step(
        by=world.community_worker,
        case=world.case,
        title="Kachel nazien",
        organisation=energy,
        agreed="yes",
        why="CO",
        goal="housing",
        is_intermediate=True,
    )
    assert order(world.case) == ["eerst", "Kachel nazien"]
    entry = TimelineEntry.objects.latest("pk")
    assert (entry.kind, entry.title, entry.goal) == (
        "cases.step",
        "Stap in het plan: Kachel nazien",
        "housing",
    )
    assert [chip["text"] for chip in entry.data["chips"]] == ["tussenstap", "akkoord"]
    assert step.state == StepState.TODO


@pytest.mark.parametrize("days", [-1, 5 * 366])
def test_add_step_on_an_impossible_day_is_refused(world: World, days: int) -> None:
    due = timezone.localdate() + dt.timedelta(days=days)
    with pytest.raises(BadDateError):
        add_step(by=world.lawyer, case=world.case, title="Te laat", due_on=due)


def test_add_step_with_a_real_past_can_be_late(world: World) -> None:
    long_ago = timezone.now() - dt.timedelta(days=100)
    due = timezone.localdate() - dt.timedelta(days=90)
    step = add_step(by=world.lawyer, case=world.case, title="Toen", due_on=due, now=long_ago)
    assert step.due_on == due
    assert TimelineEntry.objects.latest("pk").occurred_at == long_ago


@pytest.mark.parametrize("who", ["manager", "outsider"])
def test_add_step_for_somebody_without_this_work_is_refused(world: World, who: str) -> None:
    with pytest.raises(WrongColleagueError):
        add_step(by=world.lawyer, case=world.case, title="x", assignee=world.users[who])


def test_add_step_for_somebody_off_the_team_is_refused(world: World) -> None:
    with pytest.raises(WrongColleagueError, match="zit niet in het team"):
        add_step(by=world.lawyer, case=world.other_case, title="x", assignee=world.community_worker)


def test_add_step_that_reaches_a_service_names_it(world: World) -> None:
    with pytest.raises(StepIncompleteError) as refused:
        add_step(by=world.lawyer, case=world.case, title="x", reaches=Reach.ORGANISATION)
    assert refused.value.field == "organisation"


def test_add_step_in_a_closed_case_is_refused(world: World) -> None:
    close_case(by=world.coordinator, case=world.case, outcome=CaseOutcome.MOVED_AWAY, summary="Weg.")
    with pytest.raises(CaseIsClosed):
        plan(world, "te laat")


def test_move_step_says_where_it_stands_and_does_it_once(world: World) -> None:
    one, two, three = plan(world, "1", "2", "3")
    assert move_step(by=world.lawyer, step=three, before=one) == 1
    assert move_step(by=world.lawyer, step=three, before=one) == 1
    assert order(world.case) == ["3", "1", "2"]
    assert move_step(by=world.lawyer, step=one, before=None) == 3
    assert move_step(by=world.lawyer, step=two, before=two) == 2
    assert order(world.case) == ["3", "2", "1"]


def test_move_step_before_one_of_another_case_is_refused(world: World) -> None:
    (one,) = plan(world, "1")
    other = add_step(by=world.lawyer, case=world.other_case, title="elders")
    with pytest.raises(StepNotHereError):
        move_step(by=world.lawyer, step=one, before=other)


@pytest.mark.django_db(transaction=True)
def test_move_step_by_two_at_once_keeps_an_order(transactional_db: None) -> None:
    world = World.build()
    steps = plan(world, *"abcdef")
    gate = threading.Barrier(2)

    def run(step: PlanStep, before: PlanStep | None) -> None:
        gate.wait(10)
        move_step(by=world.lawyer, step=step, before=before)
        connection.close()

    threads = [
        threading.Thread(target=run, args=(steps[5], steps[0])),
        threading.Thread(target=run, args=(steps[0], None)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert list(world.case.steps.order_by("position").values_list("position", flat=True)) == [
        1,
        2,
        3,
        4,
        5,
        6,
    ]
    assert sorted(order(world.case)) == list("abcdef")


def test_step_state_follows_the_table(world: World) -> None:
    (step,) = plan(world, "x")
    done = change_step_state(by=world.lawyer, step=step, state="done")
    assert done.done_on == timezone.localdate()
    entries = TimelineEntry.objects.count()
    change_step_state(by=world.lawyer, step=step, state="done")
    assert TimelineEntry.objects.count() == entries, "the same state twice tells nothing new"
    with pytest.raises(StepStateError):
        change_step_state(by=world.lawyer, step=step, state="dropped")
    assert change_step_state(by=world.lawyer, step=step, state="busy").done_on is None


def fields_of(step: PlanStep, **changes: Any) -> dict[str, Any]:
    names = (
        "title",
        "why",
        "goal",
        "is_intermediate",
        "assignee",
        "organisation",
        "due_on",
        "agreed",
        "reaches",
    )
    return {**{name: getattr(step, name) for name in names}, **changes}


def test_edit_step_by_a_second_person_is_told(world: World) -> None:
    (step,) = plan(world, "x")
    edit_step(by=world.lawyer, step=step, version=1, **fields_of(step, title="van de jurist"))
    with pytest.raises(ChangedMeanwhileError) as refused:
        edit_step(by=world.community_worker, step=step, version=1, **fields_of(step, title="van mij"))
    assert refused.value.current["wat"] == "van de jurist"


def test_edit_step_that_changes_nothing_tells_nothing(world: World) -> None:
    (step,) = plan(world, "x")
    before = TimelineEntry.objects.count()
    edit_step(by=world.lawyer, step=step, version=1, **fields_of(step))
    assert TimelineEntry.objects.count() == before


# On screen


def test_step_new_view_adds_once_when_sent_twice(world: World, login: Any) -> None:
    client = login(world.community_worker)
    page = client.get(url("step-new", world.case.number))
    data = {**FORM, "submission_token": page.context["submission_token"]}
    for _time in range(2):
        response = client.post(url("step-new", world.case.number), data)
        assert response.status_code == 302
    assert order(world.case) == ["Kachel nazien"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"title": "a\0b"}, "title"),
        ({"why": "x" * 20000}, "why"),
        ({"due_on": "1066-10-14"}, "due_on"),
        ({"due_on": "gisteren"}, "due_on"),
        ({"due_on": "2020-01-01"}, "due_on"),
        ({"assignee": "99999999999999999999"}, "assignee"),
        ({"reaches": "everybody"}, "reaches"),
        ({"reaches": "organisation"}, "organisation"),
    ],
)
def test_step_new_view_with_bad_input_loses_nothing(
    world: World, login: Any, changes: dict[str, str], field: str
) -> None:
    data = {**FORM, "title": "Blijft staan", **changes}
    response = login(world.community_worker).post(url("step-new", world.case.number), data)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert response.context["form"]["title"].value() == data["title"]
    assert not PlanStep.objects.exists()


def test_step_is_escaped_and_shown_whatever_is_typed(world: World, login: Any) -> None:
    plan(world, "<script>alert(1)</script> 👍 مرحبا")
    page = login(world.community_worker).get(world.case.get_absolute_url()).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 👍 مرحبا" in page


def test_step_state_view_refuses_what_a_boundary_stops_and_tells_the_team(world: World, login: Any) -> None:
    set_boundary(
        by=world.community_worker, case=world.case, kind="no_landlord", reason="Bang voor zijn studio."
    )
    step = add_step(by=world.lawyer, case=world.case, title="Brief", reaches=Reach.LANDLORD)
    client = login(world.lawyer)
    for _time in range(2):
        response = client.post(url("step-state", world.case.number, step.pk), {"state": "busy"})
        assert response.status_code == 422
        page = response.content.decode()
        assert "Bang voor zijn studio." in page
        assert "Community_worker Test" in page
    step.refresh_from_db()
    assert step.state == StepState.TODO
    refusals = TimelineEntry.objects.filter(kind="cases.boundary_refusal")
    assert [entry.author for entry in refusals] == [world.lawyer]
    case_page = client.get(world.case.get_absolute_url()).content.decode()
    assert "Kan pas na akkoord van het gezin" in case_page


def test_step_state_view_pressed_twice_is_done_once(world: World, login: Any) -> None:
    (step,) = plan(world, "x")
    client = login(world.community_worker)
    for _time in range(2):
        response = client.post(url("step-state", world.case.number, step.pk), {"state": "done"})
        assert response.status_code == 302
    assert TimelineEntry.objects.filter(title="Stap gedaan: x").count() == 1


def test_step_edit_view_tells_the_second_person_and_keeps_his_words(world: World, login: Any) -> None:
    (step,) = plan(world, "x")
    client = login(world.community_worker)
    edit_step(by=world.lawyer, step=step, version=1, **fields_of(step, title="van de jurist"))
    data = {**FORM, "title": "van mij", "version": "1"}
    response = client.post(url("step-edit", world.case.number, step.pk), data)
    assert response.status_code == 422
    page = response.content.decode()
    assert "van de jurist" in page
    assert response.context["form"]["title"].value() == "van mij"
    again = client.post(url("step-edit", world.case.number, step.pk), {**data, "version": "2"})
    assert again.status_code == 302
    assert order(world.case) == ["van mij"]


def test_step_move_view_works_without_and_with_script(world: World, login: Any) -> None:
    one, two, three = plan(world, "1", "2", "3")
    client = login(world.community_worker)
    response = client.post(url("step-move", world.case.number, two.pk), {"before": one.pk}, follow=True)
    assert "“2” staat nu op plaats 1." in response.content.decode()
    fragment = client.post(
        url("step-move", world.case.number, one.pk), {"before": ""}, headers={"HX-Request": "true"}
    )
    page = fragment.content.decode()
    assert "“1” staat nu op plaats 3." in page
    assert 'aria-live="polite"' in page
    assert "<html" not in page
    assert order(world.case) == ["2", "3", "1"]
    for nonsense in ("abc", "-1", "9" * 40, str(three.pk + 999)):
        client.post(url("step-move", world.case.number, one.pk), {"before": nonsense})
    assert order(world.case) == ["2", "3", "1"]
    assert client.get(url("step-move", world.case.number, one.pk)).status_code == 405


@pytest.mark.parametrize("name", ["step-edit", "step-state", "step-move"])
def test_step_of_another_case_is_not_found(world: World, login: Any, name: str) -> None:
    step = add_step(by=world.lawyer, case=world.other_case, title="elders")
    client = login(world.community_worker)
    assert client.post(url(name, world.case.number, step.pk)).status_code == 404
    assert client.post(url(name, world.other_case.number, step.pk)).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("community_worker", 200),
        ("partner", 200),
        ("lawyer", 200),
        ("manager", 403),
        ("administrator", 403),
        ("privacy_officer", 403),
        ("cohesion_coach", 404),
        ("outsider", 404),
    ],
)
def test_step_new_view_is_for_who_works_on_the_case(world: World, login: Any, who: str, status: int) -> None:
    assert login(world.users[who]).get(url("step-new", world.case.number)).status_code == status


def test_plan_panel_costs_the_same_with_fifty_steps(world: World, django_assert_num_queries: Any) -> None:
    from cases.panels import plan_context

    plan_context(world.case, world.lawyer)  # reads the rights of the user, once per request
    for count in (5, 50):
        plan(world, *(str(n) for n in range(count)))
        world.case.refresh_from_db()
        with django_assert_num_queries(2):
            assert plan_context(world.case, world.lawyer)["steps"]
