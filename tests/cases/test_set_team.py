"""The team: who joins, who loses access at once, who leads."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases.actions.set_team import CannotSetTeam, set_team
from cases.models import Case, CaseMember, TimelineEntry
from tests.factories import World

Login = Callable[[User], Client]


def team(case: Case) -> set[str]:
    return set(CaseMember.objects.filter(case=case).current().values_list("user__username", flat=True))


def url(case: Case) -> str:
    return f"/cases/{case.number}/team/"


def test_new_member_reads_the_case_at_once(world: World, login: Login) -> None:
    client = login(world.youth_coach)
    assert client.get(f"/cases/{world.case.number}/").status_code == 404
    set_team(by=world.coordinator, case=world.case, add=[world.youth_coach])
    assert client.get(f"/cases/{world.case.number}/").status_code == 200
    assert TimelineEntry.objects.get(kind="cases.team").body == "Erbij: Youth_coach Test"


@pytest.mark.parametrize("days_on_team", [0, 1, 30])
def test_removed_member_loses_access_at_once(world: World, login: Login, days_on_team: int) -> None:
    start = timezone.localdate() - dt.timedelta(days=days_on_team)
    CaseMember.objects.filter(case=world.case, user=world.partner).update(from_on=start)
    client = login(world.partner)
    assert client.get(f"/cases/{world.case.number}/").status_code == 200
    set_team(by=world.coordinator, case=world.case, remove=[world.partner])
    assert client.get(f"/cases/{world.case.number}/").status_code == 404
    set_team(by=world.coordinator, case=world.case, add=[world.partner])  # and back the same day
    assert client.get(f"/cases/{world.case.number}/").status_code == 200


def test_core_team_stays_unless_it_is_removed(world: World) -> None:
    before = team(world.case)
    set_team(by=world.coordinator, case=world.case, add=[world.youth_coach], remove=[world.lawyer])
    assert team(world.case) == (before | {"youth_coach"}) - {"lawyer"}


def test_lead_changes_and_is_on_the_team(world: World) -> None:
    case = set_team(by=world.community_worker, case=world.case, lead=world.youth_coach)
    world.case.refresh_from_db()
    assert case.lead == world.case.lead == world.youth_coach
    assert "youth_coach" in team(case)
    assert (
        "Trekker: Youth_coach Test (was: Community_worker Test)"
        in TimelineEntry.objects.get(kind="cases.team").body
    )


def test_lead_can_not_be_removed_or_be_somebody_who_does_not_work_here(world: World) -> None:
    with pytest.raises(CannotSetTeam, match="is de trekker"):
        set_team(by=world.coordinator, case=world.case, remove=[world.community_worker])
    for user in (world.manager, world.outsider):
        with pytest.raises(CannotSetTeam):
            set_team(by=world.coordinator, case=world.case, lead=user)
        with pytest.raises(CannotSetTeam):
            set_team(by=world.coordinator, case=world.case, add=[user])
    assert not TimelineEntry.objects.filter(kind="cases.team").exists()


def test_nothing_changed_is_not_told(world: World) -> None:
    set_team(by=world.coordinator, case=world.case, add=[world.lawyer], remove=[world.youth_coach])
    assert not TimelineEntry.objects.filter(kind="cases.team").exists()


def post(
    client: Client, world: World, members: set[str], was: set[str], lead: str = "community_worker"
) -> object:
    ids = {name: world.users[name].pk for name in members | was | {lead}}
    return client.post(
        url(world.case),
        {"members": [ids[n] for n in members], "was": ",".join(str(ids[n]) for n in was), "lead": ids[lead]},
    )


def test_form_sends_what_changed_so_that_two_do_not_undo_each_other(world: World, login: Login) -> None:
    was = team(world.case)
    set_team(by=world.community_worker, case=world.case, add=[world.youth_coach])  # meanwhile, elsewhere
    response = post(login(world.coordinator), world, (was - {"lawyer"}) | {"cohesion_coach"}, was)
    assert response.status_code == 302  # type: ignore[attr-defined]
    assert team(world.case) == (was - {"lawyer"}) | {"cohesion_coach", "youth_coach"}


def test_form_lists_partners_and_marks_lead_and_members(world: World, login: Login) -> None:
    html = login(world.coordinator).get(url(world.case)).content.decode()
    assert "Partner Test" in html
    assert "Organisatie partner" in html
    for name in ("Manager Test", "Outsider Test", "Administrator Test"):
        assert name not in html
    assert (
        f'name="lead" value="{world.community_worker.pk}" id="lead-{world.community_worker.pk}" checked'
        in html
    )
    boxes = re.findall(r'<input[^>]*name="members"[^>]*>', html)
    assert (len(boxes), sum("checked" in box for box in boxes)) == (9, 6)


def test_form_refuses_and_keeps_the_ticks(world: World, login: Login) -> None:
    was = team(world.case)
    response = post(login(world.coordinator), world, was - {"community_worker"}, was)
    assert response.status_code == 422  # type: ignore[attr-defined]
    html = response.content.decode()  # type: ignore[attr-defined]
    assert "is de trekker" in html
    worker = world.community_worker.pk
    assert f'id="member-{worker}" checked' not in html
    assert f'id="lead-{worker}" checked' in html


@pytest.mark.parametrize("was", ["", "x,,-1,99999999999999999999", "%00"])
def test_form_with_nonsense_in_it_removes_nobody(world: World, login: Login, was: str) -> None:
    before = team(world.case)
    data = {"members": [world.youth_coach.pk], "was": was, "lead": world.community_worker.pk}
    assert login(world.coordinator).post(url(world.case), data).status_code == 302
    assert team(world.case) == before | {"youth_coach"}
    data = {"members": [world.outsider.pk], "was": "", "lead": "99999999999999999999"}
    assert login(world.coordinator).post(url(world.case), data).status_code == 422


def test_lead_who_leaves_is_led_to_his_own_page(world: World, login: Login) -> None:
    was = team(world.case)
    response = post(login(world.community_worker), world, was - {"community_worker"}, was, lead="lawyer")
    assert response["Location"] == "/"  # type: ignore[index]


def test_closed_case_can_get_another_lead(world: World, login: Login) -> None:
    Case.objects.filter(pk=world.case.pk).update(
        state="closed", outcome="partly", closed_at=timezone.now(), closed_by=world.lawyer
    )
    assert login(world.coordinator).get(url(world.case)).status_code == 200
    assert set_team(by=world.coordinator, case=world.case, lead=world.lawyer).lead == world.lawyer
