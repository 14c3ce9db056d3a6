"""Tasks: given to somebody who can do them, done, undone, and found again on one list."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from arsenaal.lib.errors import ChangedMeanwhileError
from cases.actions.checks import BadDateError, WrongColleagueError
from cases.actions.tasks import (
    TaskIncompleteError,
    TaskStateError,
    add_task,
    drop_task,
    edit_task,
    finish_task,
    reopen_task,
)
from cases.models import Task, TimelineEntry
from tests.factories import World


def url(name: str, *args: Any) -> str:
    return reverse(f"cases:{name}", args=args)


def give(world: World, **more: Any) -> Task:
    values = {
        "by": world.community_worker,
        "title": "Bellen",
        "assignee": world.community_worker,
        "due_on": timezone.localdate(),
        "case": world.case,
        **more,
    }
    return add_task(**values)


def test_task_done_and_undone_stands_on_the_timeline(world: World) -> None:
    task = give(world)
    assert finish_task(by=world.lawyer, task=task).done_by == world.lawyer
    finish_task(by=world.lawyer, task=task)
    reopened = reopen_task(by=world.lawyer, task=task)
    assert (reopened.state, reopened.done_at, reopened.done_by) == ("open", None, None)
    titles = TimelineEntry.objects.filter(kind="cases.task").order_by("pk").values_list("title", flat=True)
    assert list(titles) == ["Nieuwe taak voor Community_worker Test", "Taak gedaan", "Taak staat weer open"]


def test_task_dropped_is_not_done_without_reopening(world: World) -> None:
    task = drop_task(by=world.lawyer, task=give(world))
    with pytest.raises(TaskStateError):
        finish_task(by=world.lawyer, task=task)


@pytest.mark.parametrize("who", ["manager", "administrator", "outsider"])
def test_task_for_somebody_without_this_work_is_refused(world: World, who: str) -> None:
    with pytest.raises(WrongColleagueError) as refused:
        give(world, assignee=world.users[who])
    assert refused.value.field == "assignee"


def test_task_for_somebody_who_can_not_see_the_case_is_refused(world: World) -> None:
    with pytest.raises(WrongColleagueError):
        give(world, case=world.other_case)


def test_task_on_a_past_day_is_refused_unless_it_was_given_then(world: World) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    with pytest.raises(BadDateError):
        give(world, due_on=yesterday)
    assert give(world, due_on=yesterday, now=timezone.now() - dt.timedelta(days=3)).due_on == yesterday


def test_task_without_a_case_or_neighbourhood_is_refused(world: World) -> None:
    with pytest.raises(TaskIncompleteError):
        give(world, case=None)


def test_task_edit_by_a_second_person_is_told(world: World) -> None:
    task = give(world)
    edit = {"assignee": world.lawyer, "due_on": task.due_on}
    edit_task(by=world.lawyer, task=task, version=1, title="Mailen", **edit)
    with pytest.raises(ChangedMeanwhileError) as refused:
        edit_task(by=world.community_worker, task=task, version=1, title="Schrijven", **edit)
    assert refused.value.current["wat"] == "Mailen"


# On screen


def test_task_new_view_gives_it_in_a_case_and_in_the_neighbourhood(world: World, login: Any) -> None:
    client = login(world.community_worker)
    today = timezone.localdate().isoformat()
    data = {"title": "Bellen", "assignee": world.lawyer.pk, "due_on": today}
    assert client.post(url("task-new", world.case.number), data).status_code == 302
    hidden = {**data, "neighbourhood": world.neighbourhood.pk}
    assert client.post(url("task-new"), hidden).status_code == 302
    assert [(task.case, task.neighbourhood) for task in Task.objects.order_by("pk")] == [
        (world.case, world.neighbourhood),
        (None, world.neighbourhood),
    ]


def test_task_new_view_refuses_a_neighbourhood_of_others(world: World, login: Any) -> None:
    data = {
        "title": "x",
        "assignee": world.lawyer.pk,
        "due_on": timezone.localdate().isoformat(),
        "neighbourhood": world.elsewhere.pk,
    }
    assert login(world.community_worker).post(url("task-new"), data).status_code == 422


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"title": "x" * 20000},
        {"due_on": ""},
        {"due_on": "1850-01-01"},
        {"due_on": "9999-12-31"},
        {"assignee": "0"},
    ],
)
def test_task_new_view_with_bad_input_says_it_beside_the_field(
    world: World, login: Any, changes: dict[str, str]
) -> None:
    today = timezone.localdate().isoformat()
    data = {"title": "Bellen", "assignee": world.lawyer.pk, "due_on": today, **changes}
    response = login(world.community_worker).post(url("task-new", world.case.number), data)
    assert response.status_code == 422
    assert set(changes) <= set(response.context["form"].errors)
    assert not Task.objects.exists()


def test_task_done_view_goes_back_to_where_it_was_pressed(world: World, login: Any) -> None:
    task = give(world)
    client = login(world.community_worker)
    response = client.post(url("task-done", task.pk), {"next": "/tasks/?whose=team"})
    assert response["Location"] == "/tasks/?whose=team"
    again = client.post(url("task-done", task.pk), {"next": "https://elsewhere.invalid/"})
    assert again["Location"] == f"{world.case.get_absolute_url()}#tasks"
    assert TimelineEntry.objects.filter(title="Taak gedaan").count() == 1
    assert client.get(url("task-done", task.pk)).status_code == 405


@pytest.mark.parametrize("name", ["task-done", "task-drop", "task-reopen", "task-edit"])
@pytest.mark.parametrize(
    ("who", "status"),
    [("cohesion_coach", 404), ("outsider", 404), ("manager", 403), ("privacy_officer", 403)],
)
def test_task_of_a_case_out_of_sight_can_not_be_touched(
    world: World, login: Any, name: str, who: str, status: int
) -> None:
    task = give(world)
    assert login(world.users[who]).post(url(name, task.pk)).status_code == status
    task.refresh_from_db()
    assert task.state == "open"


def test_task_list_shows_mine_and_the_team_s(world: World, login: Any) -> None:
    give(world, title="Van mij")
    give(world, title="Van de jurist", assignee=world.lawyer)
    give(world, title="Buiten zicht", case=world.other_case, by=world.lawyer, assignee=world.lawyer)
    client = login(world.community_worker)
    mine = client.get(url("task-list")).content.decode()
    assert "Van mij" in mine
    assert "Van de jurist" not in mine
    assert "1 open taak van mij" in mine
    team = client.get(url("task-list"), {"whose": "team"}).content.decode()
    assert "Van de jurist" in team
    assert "Buiten zicht" not in team


@pytest.mark.parametrize(
    "query",
    [
        "whose=zzz",
        "state=%00",
        "late=maybe",
        "cursor=abc",
        "cursor=W251bGwsMV0",
        "sort=-x",
        "state=all&late=on",
    ],
)
def test_task_list_with_nonsense_in_the_address_still_shows(world: World, login: Any, query: str) -> None:
    give(world)
    assert login(world.community_worker).get(f"{url('task-list')}?{query}").status_code == 200


def test_task_list_costs_the_same_with_fifty(
    world: World, login: Any, django_assert_max_num_queries: Any
) -> None:
    client = login(world.community_worker)
    client.get(url("task-list"))  # the first click writes the time in the session
    seen = []
    for count in (5, 60):
        for _n in range(count):
            give(world)
        with django_assert_max_num_queries(12) as captured:
            client.get(url("task-list"))
        seen.append(len(captured))
    assert seen[0] == seen[1]


def test_task_list_pages_neither_skip_nor_repeat(world: World, login: Any) -> None:
    expected = {give(world).pk for _n in range(70)}
    client, cursor, seen = login(world.community_worker), "", []
    while True:
        page = client.get(url("task-list"), {"cursor": cursor}).context["page"]
        seen += [task.pk for task in page.rows]
        give(world, title="erbij")
        cursor = page.next_cursor
        if not cursor:
            break
    assert len(seen) == len(set(seen))
    assert expected <= set(seen)
