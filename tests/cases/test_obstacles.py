"""Obstacles: what they block, how many days, and never a case that one may not see."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from arsenaal.lib.errors import ChangedMeanwhileError
from cases.actions.checks import BadDateError
from cases.actions.obstacles import (
    ObstacleIncompleteError,
    ObstacleLinkError,
    change_obstacle_state,
    edit_obstacle,
    link_case,
    report_obstacle,
    unlink_case,
)
from cases.models import Obstacle, ObstacleCase, TimelineEntry
from tests.factories import World

WORDS = {
    "title": "Geen premie zonder contract",
    "description": "Zonder geregistreerd contract is er geen premie.",
    "kind": "rule",
    "who_can_lift": "Vlaanderen",
}


def url(name: str, *args: Any) -> str:
    return reverse(f"cases:{name}", args=args)


def ago(days: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)


def report(world: World, **more: Any) -> Obstacle:
    values = {"by": world.lawyer, "neighbourhood": world.neighbourhood, **WORDS, **more}
    return report_obstacle(now=timezone.now() - dt.timedelta(days=60), **values)


def link(world: World, obstacle: Obstacle, days: int = 10, case: Any = None) -> ObstacleCase:
    return link_case(by=world.lawyer, obstacle=obstacle, case=case or world.case, since_on=ago(days))


def test_obstacle_counts_days_lost_over_several_periods(world: World, login: Any) -> None:
    obstacle = report(world)
    unlink_case(by=world.lawyer, link=link(world, obstacle, 30), until_on=ago(20))
    link(world, obstacle, 5)
    link(world, obstacle, 7, world.other_case)
    page = login(world.lawyer).get(url("obstacle", obstacle.pk))
    assert page.context["obstacle"].case_count == 2
    assert page.context["obstacle"].time_lost.days == 10 + 5 + 7
    assert "samen 22 dagen verloren" in page.content.decode()


def test_obstacle_linked_twice_is_told(world: World) -> None:
    obstacle = report(world)
    first = link(world, obstacle)
    with pytest.raises(ObstacleLinkError, match="staat er al bij"):
        link(world, obstacle)
    unlink_case(by=world.lawyer, link=first, until_on=ago(2))
    with pytest.raises(BadDateError):
        link(world, obstacle, 5)
    with pytest.raises(ObstacleLinkError, match="al vrij"):
        unlink_case(by=world.lawyer, link=first)


def test_obstacle_of_another_neighbourhood_blocks_nothing_here(world: World) -> None:
    with pytest.raises(ObstacleLinkError):
        link(world, report(world), case=world.outside_case)


def test_obstacle_lifted_frees_its_cases_and_tells_them(world: World) -> None:
    obstacle = report(world)
    tie = link(world, obstacle)
    with pytest.raises(ObstacleIncompleteError):
        change_obstacle_state(by=world.lawyer, obstacle=obstacle, state="lifted")
    with pytest.raises(BadDateError):
        change_obstacle_state(by=world.lawyer, obstacle=obstacle, state="lifted", resolution="Ja", on=ago(-1))
    change_obstacle_state(
        by=world.lawyer, obstacle=obstacle, state="lifted", resolution="Regel geschrapt.", on=ago(2)
    )
    tie.refresh_from_db()
    assert tie.until_on == ago(2)
    entry = TimelineEntry.objects.latest("pk")
    assert (entry.case, entry.body) == (world.case, "Regel geschrapt.")
    with pytest.raises(ObstacleLinkError, match="afgehandeld"):
        link(world, obstacle, case=world.other_case)
    again = change_obstacle_state(by=world.lawyer, obstacle=obstacle, state="open")
    assert (again.resolution, again.resolved_on) == ("", None)


def test_obstacle_edit_by_a_second_person_is_told(world: World) -> None:
    obstacle = report(world)
    edit_obstacle(by=world.lawyer, obstacle=obstacle, version=1, **{**WORDS, "title": "van de jurist"})
    with pytest.raises(ChangedMeanwhileError):
        edit_obstacle(by=world.coordinator, obstacle=obstacle, version=1, **WORDS)


# On screen


def test_obstacle_views_from_report_to_lifted(world: World, login: Any) -> None:
    client = login(world.community_worker)
    data = {**WORDS, "neighbourhood": world.neighbourhood.pk}
    assert client.post(url("obstacle-new"), data).status_code == 302
    obstacle = Obstacle.objects.get()
    tie = {"case": world.case.number.lower(), "since_on": ago(3).isoformat()}
    assert client.post(url("obstacle-link", obstacle.pk), tie).status_code == 302
    page = client.get(url("obstacle", obstacle.pk)).content.decode()
    assert world.case.number in page
    assert "Hinderpalen" in client.get(world.case.get_absolute_url()).content.decode()
    free = url("obstacle-unlink", obstacle.pk, ObstacleCase.objects.get().pk)
    assert client.post(free, {"until_on": ago(0).isoformat()}).status_code == 302
    state = {"state": "raised", "on": ago(0).isoformat()}
    assert client.post(url("obstacle-state", obstacle.pk), state).status_code == 302
    state = {"state": "lifted", "on": ago(0).isoformat(), "resolution": ""}
    assert client.post(url("obstacle-state", obstacle.pk), state).status_code == 422


def test_obstacle_reported_from_a_case_goes_on_to_tie_it(world: World, login: Any) -> None:
    client = login(world.community_worker)
    data = {**WORDS, "neighbourhood": world.neighbourhood.pk}
    response = client.post(f"{url('obstacle-new')}?case={world.case.number}", data)
    assert response["Location"].endswith(f"?case={world.case.number}")
    assert f'value="{world.case.number}"' in client.get(response["Location"]).content.decode()
    elsewhere = client.post(f"{url('obstacle-new')}?case={world.outside_case.number}", data | {"title": "x"})
    assert "case=" not in elsewhere["Location"]


def test_obstacle_names_no_case_out_of_sight(world: World, login: Any) -> None:
    obstacle = report(world)
    tie = link(world, obstacle, case=world.other_case)
    client = login(world.community_worker)
    page = client.get(url("obstacle", obstacle.pk)).content.decode()
    assert world.other_case.number not in page
    assert "1 dossier dat jij niet kunt openen" in page
    assert client.get(url("obstacle-unlink", obstacle.pk, tie.pk)).status_code == 404
    data = {"case": world.other_case.number, "since_on": ago(1).isoformat()}
    refused = client.post(url("obstacle-link", obstacle.pk), data)
    assert refused.status_code == 422
    unknown = client.post(url("obstacle-link", obstacle.pk), {**data, "case": "ARS-1999-9999"})
    assert refused.context["form"].errors["case"] == unknown.context["form"].errors["case"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"description": "x" * 20000}, "description"),
        ({"kind": "whim"}, "kind"),
        ({"neighbourhood": "0"}, "neighbourhood"),
    ],
)
def test_obstacle_view_with_bad_input(world: World, login: Any, changes: dict[str, str], field: str) -> None:
    data = {**WORDS, "neighbourhood": world.neighbourhood.pk, **changes}
    response = login(world.lawyer).post(url("obstacle-new"), data)
    assert response.status_code == 422
    assert field in response.context["form"].errors


@pytest.mark.parametrize(("who", "status"), [("manager", 403), ("partner", 403), ("outsider", 404)])
@pytest.mark.parametrize("name", ["obstacle", "obstacle-edit", "obstacle-state", "obstacle-link"])
def test_obstacle_out_of_scope(world: World, login: Any, name: str, who: str, status: int) -> None:
    assert login(world.users[who]).get(url(name, report(world).pk)).status_code == status


@pytest.mark.parametrize("query", ["state=zzz&kind=x", "q=%00", "q=" + "x" * 5000, "cursor=zzz", "sort=zzz"])
def test_obstacle_list_with_nonsense_in_the_address_still_shows(world: World, login: Any, query: str) -> None:
    report(world)
    assert login(world.lawyer).get(f"{url('obstacle-list')}?{query}").status_code == 200


def test_obstacle_list_costs_the_same_with_fifty(
    world: World, login: Any, django_assert_max_num_queries: Any
) -> None:
    client = login(world.lawyer)
    client.get(url("obstacle-list"))
    counts = []
    for count in (5, 60):
        for n in range(count):
            link(world, report(world, title=f"{count}-{n}"))
        with django_assert_max_num_queries(10) as captured:
            client.get(url("obstacle-list"))
        counts.append(len(captured))
    assert counts[0] == counts[1]
