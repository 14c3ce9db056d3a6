"""Planning, moving, cancelling and correcting a visit, and when to try again."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from cases.actions.cancel_visit import cancel_visit
from cases.actions.correct_visit import correct_visit
from cases.actions.move_visit import CannotMoveVisit, moment_version, move_visit
from cases.actions.plan_visit import plan_visit
from cases.actions.visit_photos import add_photo
from cases.models import Case, TimelineEntry, Visit
from cases.visit_moments import Daypart, daypart_of, suggest_moments
from cases.visit_panel import visits_context
from tests.cases.visits import log, sent, upload
from tests.factories import World


def at(text: str) -> dt.datetime:
    return timezone.make_aware(dt.datetime.fromisoformat(text))


def plan(world: World, **changes: Any) -> Visit:
    values: dict[str, Any] = {
        "by": world.community_worker,
        "case": world.case,
        "scheduled_at": timezone.now() + dt.timedelta(days=1),
        "visitors": [world.community_worker],
        **changes,
    }
    return plan_visit(**values)


def test_planned_visit_is_on_the_timeline_of_the_whole_team(world: World) -> None:
    visit = plan(world, visitors=[world.community_worker, world.lawyer])
    entry = TimelineEntry.objects.get(kind="cases.visit_planned")
    assert entry.title.startswith("Huisbezoek gepland: ")
    assert entry.circle == "shared"
    assert str(world.lawyer) in entry.data["chips"]
    assert (visit.state, visit.visitors.count()) == ("planned", 2)


@pytest.mark.parametrize("moved", [dt.timedelta(minutes=-6), dt.timedelta(days=367)])
def test_visit_planned_in_the_past_or_over_a_year_ahead_is_refused(world: World, moved: dt.timedelta) -> None:
    with pytest.raises(ActionError) as refused:
        plan(world, scheduled_at=timezone.now() + moved)
    assert refused.value.field == "day"


def test_visit_planned_twice_with_one_uuid_is_planned_once(world: World) -> None:
    one = uuid.uuid4()
    assert plan(world, uuid=one) == plan(world, uuid=one)
    assert TimelineEntry.objects.filter(kind="cases.visit_planned").count() == 1
    with pytest.raises(ActionError):
        plan(world, uuid=one, by=world.lawyer)


def test_planned_visit_is_on_the_case_page_and_pointed_out_in_the_form(world: World, login: Any) -> None:
    visit = plan(world, scheduled_at=timezone.now() + dt.timedelta(hours=2))
    page = login(world.lawyer).get(world.case.get_absolute_url()).content.decode()
    assert reverse("cases:visit", args=[world.case.number, visit.uuid]) in page
    form = login(world.lawyer).get(reverse("cases:visit-new", args=[world.case.number])).content.decode()
    assert reverse("cases:visit-log", args=[world.case.number, visit.uuid]) in form
    for n in range(1, 9):
        plan(world, scheduled_at=timezone.now() + dt.timedelta(hours=2 + n))
    visits_context(world.case, world.lawyer)  # his roles are read once
    with CaptureQueriesContext(connection) as many:
        visits_context(world.case, world.lawyer)
    assert len(many) == 2


def test_plan_form_plans_once_however_often_it_is_sent(world: World, login: Any) -> None:
    client = login(world.community_worker)
    address = reverse("cases:visit-plan", args=[world.case.number])
    assert client.get(address).status_code == 200
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    data = {
        "day": f"{tomorrow:%Y-%m-%d}",
        "time": "18:30",
        "purpose": "follow_up",
        "visitors": [str(world.community_worker.pk)],
        "submission_token": str(uuid.uuid4()),
    }
    first, again = client.post(address, data), client.post(address, data)
    assert first.headers["Location"] == again.headers["Location"]
    visit = Visit.objects.get()
    assert timezone.localtime(visit.scheduled_at).strftime("%H:%M") == "18:30"
    page = client.get(first.headers["Location"]).content.decode()
    assert reverse("cases:visit-log", args=[world.case.number, visit.uuid]) in page


def test_plan_form_tells_what_is_wrong_beside_the_field(world: World, login: Any) -> None:
    address = reverse("cases:visit-plan", args=[world.case.number])
    answer = login(world.community_worker).post(
        address, {"day": "2001-01-01", "time": "10:00", "purpose": "follow_up", "visitors": ["1"]}
    )
    assert answer.status_code == 422
    assert "visitors" in answer.context["form"].errors


def test_planned_visit_is_logged_from_its_own_form(world: World, login: Any) -> None:
    visit = plan(world)
    client = login(world.community_worker)
    address = reverse("cases:visit-log", args=[world.case.number, visit.uuid])
    page = client.get(address)
    assert page.status_code == 200
    assert "Gepland op" in page.content.decode()
    client.post(address, sent(world.community_worker, visit=str(uuid.uuid4())))
    visit.refresh_from_db()
    assert visit.state == "done"  # the address decides which visit it is, not the form
    assert client.get(address).status_code == 302


def test_cancelled_visit_keeps_its_reason(world: World, login: Any) -> None:
    visit = plan(world)
    client = login(world.community_worker)
    address = reverse("cases:visit-cancel", args=[world.case.number, visit.uuid])
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": " "}).status_code == 422
    assert "Ziek geworden" in client.post(address, {"reason": "Ziek geworden"}, follow=True).content.decode()
    visit.refresh_from_db()
    assert (visit.state, visit.cancel_reason) == ("cancelled", "Ziek geworden")
    assert cancel_visit(by=world.lawyer, visit=visit, reason="Nog eens").cancel_reason == "Ziek geworden"
    assert client.get(address).status_code == 302


def move_data(visit: Visit, moment: dt.datetime, **changes: Any) -> dict[str, Any]:
    local = timezone.localtime(moment)
    version = moment_version(visit.scheduled_at)
    return {"day": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M}", "version": version, **changes}


def test_moved_visit_stays_the_same_visit_and_the_team_sees_it(world: World, login: Any) -> None:
    visit = plan(world, visitors=[world.community_worker, world.lawyer])
    client = login(world.lawyer)
    page = client.get(reverse("cases:visit", args=[world.case.number, visit.uuid])).content.decode()
    address = reverse("cases:visit-move", args=[world.case.number, visit.uuid])
    assert address in page
    assert "Nu gepland op" in client.get(address).content.decode()
    later = at(f"{timezone.localdate() + dt.timedelta(days=9)}T18:30")
    data = {**move_data(visit, later), "submission_token": str(uuid.uuid4())}
    assert "Verplaatst naar" in client.post(address, data, follow=True).content.decode()
    client.post(address, data)
    before = visit.scheduled_at
    visit.refresh_from_db()
    assert (visit.state, visit.scheduled_at, visit.visitors.count()) == ("planned", later, 2)
    planned, moved = TimelineEntry.objects.filter(kind="cases.visit_planned").order_by("pk")
    assert moved.title.startswith("Huisbezoek verplaatst naar ")
    assert f"{timezone.localtime(before):%H:%M}" in moved.body
    assert (moved.circle, moved.author) == ("shared", world.lawyer)
    assert moved.data["visit"] == planned.data["visit"] == str(visit.uuid)


def test_moving_to_the_same_moment_changes_nothing(world: World) -> None:
    visit = plan(world)
    assert move_visit(by=world.lawyer, visit=visit, scheduled_at=visit.scheduled_at) == visit
    assert TimelineEntry.objects.filter(kind="cases.visit_planned").count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"day": "2001-01-01"}, "day"),
        ({"day": "0001-01-01"}, "day"),
        ({"day": "2199-01-01"}, "day"),
        ({"day": "morgen"}, "day"),
        ({"time": "25:00"}, "time"),
        ({"time": ""}, "time"),
    ],
)
def test_impossible_new_moment_is_told_beside_the_field(
    world: World, login: Any, changes: dict[str, str], field: str
) -> None:
    visit = plan(world)
    answer = login(world.community_worker).post(
        reverse("cases:visit-move", args=[world.case.number, visit.uuid]),
        move_data(visit, visit.scheduled_at, **changes),
    )
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert Visit.objects.get().scheduled_at == visit.scheduled_at


def test_moving_what_a_colleague_moved_shows_where_it_is_now(world: World, login: Any) -> None:
    visit = plan(world)
    elsewhere = visit.scheduled_at + dt.timedelta(days=2)
    move_visit(by=world.lawyer, visit=visit, scheduled_at=elsewhere)
    client, mine = login(world.community_worker), visit.scheduled_at + dt.timedelta(days=3)
    address = reverse("cases:visit-move", args=[world.case.number, visit.uuid])
    answer = client.post(address, move_data(visit, mine))
    assert answer.status_code == 422
    assert Visit.objects.get().scheduled_at == elsewhere
    again = {**move_data(visit, mine), "version": answer.context["form"].data["version"]}
    assert client.post(address, again).status_code == 302


def test_visit_that_is_over_can_not_be_moved(world: World, login: Any) -> None:
    done, gone = log(world.community_worker, world.case).visit, plan(world)
    cancel_visit(by=world.community_worker, visit=gone, reason="x")
    tomorrow = timezone.now() + dt.timedelta(days=1)
    for visit in (done, gone):
        with pytest.raises(CannotMoveVisit):
            move_visit(by=world.lawyer, visit=visit, scheduled_at=tomorrow)
        address = reverse("cases:visit-move", args=[world.case.number, visit.uuid])
        assert login(world.lawyer).get(address).status_code == 302


@pytest.mark.parametrize(("role", "status"), [("manager", 403), ("outsider", 404), ("cohesion_coach", 404)])
def test_moving_is_for_who_works_on_the_case(world: World, login: Any, role: str, status: int) -> None:
    visit = plan(world)
    address = reverse("cases:visit-move", args=[world.case.number, visit.uuid])
    tomorrow = timezone.now() + dt.timedelta(days=2)
    assert login(world.users[role]).get(address).status_code == status
    assert login(world.users[role]).post(address, move_data(visit, tomorrow)).status_code == status


def test_visit_of_a_closed_case_is_not_moved(world: World) -> None:
    visit = plan(world)
    Case.objects.filter(pk=world.case.pk).update(
        state="closed", outcome="goal_reached", closed_at=timezone.now(), closed_by=world.coordinator
    )
    with pytest.raises(ActionError):
        move_visit(
            by=world.community_worker, visit=visit, scheduled_at=visit.scheduled_at + dt.timedelta(days=1)
        )


def test_visit_that_happened_or_was_cancelled_can_not_be_turned(world: World) -> None:
    with pytest.raises(ActionError):
        cancel_visit(
            by=world.community_worker, visit=log(world.community_worker, world.case).visit, reason="x"
        )
    visit = plan(world)
    cancel_visit(by=world.community_worker, visit=visit, reason="x")
    with pytest.raises(ActionError):
        log(world.community_worker, world.case, uuid=visit.uuid)


def test_visit_of_another_case_is_404(world: World, login: Any) -> None:
    visit = plan(world)
    client = login(world.tenancy_lead)
    for name in ("visit", "visit-log", "visit-move", "visit-cancel", "visit-correct"):
        assert (
            client.get(reverse(f"cases:{name}", args=[world.other_case.number, visit.uuid])).status_code
            == 404
        )
        assert client.get(reverse(f"cases:{name}", args=[world.case.number, uuid.uuid4()])).status_code == 404


def test_visit_page_is_closed_outside_the_circle(world: World, login: Any) -> None:
    visit = log(
        world.community_worker, world.case, narrative="Hij huilde.", present="Jef", agreed="Niets zeggen."
    ).visit
    address = reverse("cases:visit", args=[world.case.number, visit.uuid])
    page = login(world.housing_inspector).get(address).content.decode()
    assert "blijft binnen de kring zorg" in page
    for secret in ("Hij huilde", "Niets zeggen", "gesproken"):
        assert secret not in page
    assert "Hij huilde." in login(world.tenancy_lead).get(address).content.decode()
    assert login(world.manager).get(address).status_code == 403
    assert login(world.outsider).get(address).status_code == 404


def test_correction_takes_the_place_and_leaves_the_old_words_readable(world: World, login: Any) -> None:
    visit = log(
        world.community_worker, world.case, narrative="De kachel was stuk.", observations={"heating": 3}
    ).visit
    client = login(world.community_worker)
    address = reverse("cases:visit-correct", args=[world.case.number, visit.uuid])
    assert "De kachel was stuk." in client.get(address).content.decode()
    data = {
        "version": visit.entry_id,
        "result": "met",
        "narrative": "De kachel werkte.",
        "sightings-damp": "2",
        "reason": "Verkeerd begrepen.",
    }
    page = client.post(address, data, follow=True).content.decode()
    assert "De kachel werkte." in page
    assert "De kachel was stuk." in page
    assert "Verkeerd begrepen." in page
    old = visit.entry
    visit.refresh_from_db()
    assert visit.entry.supersedes == old
    assert (visit.entry.circle, visit.entry.occurred_at) == (old.circle, old.occurred_at)
    assert [(seen.sighting, seen.severity) for seen in visit.observations.all()] == [("damp", 2)]
    answer = client.post(address, {**data, "narrative": "Derde versie"})
    assert answer.status_code == 422  # from a page that shows the old version
    assert "Derde versie" in answer.content.decode()


def test_correction_to_nobody_home_takes_the_meeting_back(world: World) -> None:
    early = log(world.community_worker, world.case, visited_at=timezone.now() - dt.timedelta(days=9)).visit
    visit = log(world.community_worker, world.case).visit
    correct_visit(
        by=world.community_worker,
        visit=visit,
        entry_id=visit.entry_id,
        reason="Verkeerd dossier.",
        result="nobody_home",
    )
    assert Case.objects.get(pk=world.case.pk).last_seen_at == early.visited_at


def test_correction_can_take_a_photo_away(world: World, django_capture_on_commit_callbacks: Any) -> None:
    one = uuid.uuid4()
    photo = add_photo(by=world.community_worker, case=world.case, visit_uuid=one, upload=upload())
    visit = log(world.community_worker, world.case, uuid=one).visit
    with django_capture_on_commit_callbacks(execute=True):
        visit = correct_visit(
            by=world.community_worker,
            visit=visit,
            entry_id=visit.entry_id,
            reason="Een ander gezin staat erop.",
            result="met",
            remove_photos=[photo.uuid],
        )
    assert visit.entry.data["photos"] == []
    assert not photo.file.storage.exists(photo.file.name)


def test_only_the_author_corrects_with_a_reason_and_the_newest_version(world: World, login: Any) -> None:
    visit = log(world.community_worker, world.case).visit
    with pytest.raises(PermissionDenied):
        correct_visit(by=world.lawyer, visit=visit, entry_id=visit.entry_id, reason="x", result="met")
    with pytest.raises(ActionError) as refused:
        correct_visit(
            by=world.community_worker, visit=visit, entry_id=visit.entry_id, reason=" ", result="met"
        )
    assert refused.value.field == "reason"
    with pytest.raises(ChangedMeanwhileError):
        correct_visit(
            by=world.community_worker, visit=visit, entry_id=visit.entry_id - 1, reason="x", result="met"
        )
    address = reverse("cases:visit-correct", args=[world.case.number, visit.uuid])
    assert login(world.tenancy_lead).get(address).status_code == 403


@pytest.mark.parametrize(
    ("moment", "daypart"),
    [
        ("2026-11-23T09:00", Daypart.MORNING),
        ("2026-11-23T12:00", Daypart.AFTERNOON),
        ("2026-11-23T17:00", Daypart.EVENING),
        ("2026-11-22T11:00", Daypart.WEEKEND),
        ("2026-11-11T10:00", Daypart.WEEKEND),  # Armistice Day
    ],
)
def test_daypart_of_a_moment(moment: str, daypart: Daypart) -> None:
    assert daypart_of(at(moment)) == daypart


def nobody(world: World, moment: str) -> None:
    log(world.community_worker, world.case, result="nobody_home", visited_at=at(moment), now=at(moment))


def test_nobody_home_suggests_a_time_of_day_not_tried(world: World) -> None:
    nobody(world, "2026-11-23T10:00")
    first, second = suggest_moments(world.case, now=at("2026-11-23T10:05"))
    assert (first.moment, first.daypart) == (at("2026-11-24T18:30"), Daypart.EVENING)
    assert (second.moment, second.daypart) == (at("2026-11-28T10:30"), Daypart.WEEKEND)
    nobody(world, "2026-11-24T18:30")
    parts = [one.daypart for one in suggest_moments(world.case, now=at("2026-11-24T18:40"))]
    assert parts == [Daypart.WEEKEND, Daypart.AFTERNOON]


def test_suggestion_skips_weekends_and_holidays(world: World) -> None:
    nobody(world, "2026-12-24T10:00")
    evening, saturday = suggest_moments(world.case, now=at("2026-12-24T10:05"))
    assert evening.moment == at("2026-12-28T18:30")  # after Christmas on Friday and the weekend
    assert saturday.moment == at("2026-12-26T10:30")


def test_suggestion_when_everything_was_tried_takes_the_longest_ago(world: World) -> None:
    for moment in ("2026-11-16T10:00", "2026-11-17T14:00", "2026-11-18T18:30", "2026-11-21T10:30"):
        nobody(world, moment)
    parts = [one.daypart for one in suggest_moments(world.case, now=at("2026-11-21T11:00"))]
    assert parts == [Daypart.MORNING, Daypart.AFTERNOON]


def test_no_suggestion_after_a_meeting_or_with_a_visit_planned(world: World) -> None:
    assert suggest_moments(world.case) == []
    log(world.community_worker, world.case, result="nobody_home")
    assert suggest_moments(world.case)
    visit = plan(world)
    assert suggest_moments(world.case) == []
    cancel_visit(by=world.community_worker, visit=visit, reason="x")
    log(world.community_worker, world.case, visited_at=timezone.now())
    assert suggest_moments(world.case) == []


def test_suggestion_is_planned_with_one_press(world: World, login: Any) -> None:
    client = login(world.community_worker)
    visit = log(world.community_worker, world.case, result="nobody_home").visit
    page = client.get(reverse("cases:visit", args=[world.case.number, visit.uuid]))
    suggestion = page.context["suggestions"][0]
    moment = timezone.localtime(suggestion.moment)
    address = reverse("cases:visit-plan", args=[world.case.number])
    page_text = page.content.decode()
    assert f'action="{address}"' in page_text
    assert f'value="{moment:%Y-%m-%d}"' in page_text
    answer = client.post(
        address,
        {
            "day": f"{moment:%Y-%m-%d}",
            "time": f"{moment:%H:%M}",
            "purpose": visit.purpose,
            "visitors": [str(world.community_worker.pk)],
        },
        follow=True,
    )
    assert "Gepland: " in answer.content.decode()
    assert Visit.objects.planned().get().scheduled_at == suggestion.moment


def test_visit_page_takes_as_many_queries_with_fifty_visits_as_with_one(world: World, login: Any) -> None:
    client = login(world.community_worker)
    first = log(world.community_worker, world.case, result="nobody_home").visit
    address = reverse("cases:visit", args=[world.case.number, first.uuid])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    earlier = first.visited_at - dt.timedelta(days=1)
    for _ in range(50):
        log(world.community_worker, world.case, result="nobody_home", visited_at=earlier)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
    assert len(few) < 20
