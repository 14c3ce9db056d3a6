"""Saving a home visit: what it changes, what it refuses, and that it happens once."""

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Circle
from arsenaal.lib.errors import ActionError
from cases.actions.log_visit import NextStep, VisitLoggedByColleague, VisitTaken, log_visit
from cases.actions.plan_visit import plan_visit
from cases.actions.visit_drafts import save_draft
from cases.enums import Agreed, Severity, Sighting, VisitState
from cases.models import Case, Task, TimelineEntry, TrustChange, Visit, VisitDraft
from cases.reading import timeline_page
from tests.cases.visits import log, sent
from tests.factories import World


def new_url(case: Case) -> str:
    return reverse("cases:visit-new", args=[case.number])


def test_visit_is_stored_with_a_snapshot_on_the_timeline(world: World) -> None:
    logged = log(
        world.community_worker,
        world.case,
        visitors=[world.community_worker, world.renovation_coach],
        present="meneer en zijn buurman",
        observations={Sighting.CO_GAS: Severity.SERIOUS, Sighting.DAMP: Severity.CLEAR},
        narrative="De kachel slaat terug.",
        agreed="Raam op een kier.",
    )
    entry = logged.visit.entry
    assert logged.is_new
    assert (entry.kind, entry.title, entry.body) == (
        "cases.visit",
        "Huisbezoek: gesproken",
        "De kachel slaat terug.",
    )
    assert entry.occurred_at == logged.visit.visited_at
    assert entry.participants == sorted([world.community_worker.pk, world.renovation_coach.pk])
    data = entry.data
    assert (data["result"], data["result_label"], data["saw_family"]) == ("met", "gesproken", True)
    assert set(data["visitors"]) == {str(world.community_worker), str(world.renovation_coach)}
    assert data["observations"][0] == {
        "label": "CO of gas",
        "severity": 3,
        "severity_label": "ernstig",
        "tone": "stop",
    }
    assert [seen["tone"] for seen in data["observations"]] == ["stop", "warn"]
    assert (data["present"], data["agreed"], data["visit"]) == (
        "meneer en zijn buurman",
        "Raam op een kier.",
        str(logged.visit.uuid),
    )
    world.case.refresh_from_db()
    assert world.case.last_seen_at == logged.visit.visited_at


@pytest.mark.parametrize("result", ["nobody_home", "refused"])
def test_visit_without_a_meeting_does_not_count_as_seen(world: World, result: str) -> None:
    log(world.community_worker, world.case, result=result)
    world.case.refresh_from_db()
    assert world.case.last_seen_at is None


def test_visit_in_care_is_closed_to_the_inspector_unless_he_was_there(world: World) -> None:
    alone = log(world.community_worker, world.case, narrative="Geheim").visit
    both = [world.community_worker, world.housing_inspector]
    together = log(world.community_worker, world.case, narrative="Samen", visitors=both).visit
    rows = {row.pk: row for row in timeline_page(world.case, world.housing_inspector).rows}
    closed, opened = rows[alone.entry_id], rows[together.entry_id]
    assert (closed.is_open, closed.title, closed.body, closed.data) == (False, "", "", {})
    assert (opened.is_open, opened.body) == (True, "Samen")


def test_nobody_home_with_nothing_written_is_shared(world: World) -> None:
    assert log(world.community_worker, world.case, result="nobody_home").visit.circle == Circle.SHARED


def test_nobody_home_with_words_stays_in_the_circle_of_its_author(world: World) -> None:
    logged = log(world.community_worker, world.case, result="nobody_home", narrative="Buur zegt: ziek.")
    assert logged.visit.circle == Circle.CARE


def test_circle_that_the_author_cannot_read_is_refused(world: World) -> None:
    with pytest.raises(ActionError) as refused:
        log(world.community_worker, world.case, circle="legal")
    assert refused.value.field == "circle"


@pytest.mark.parametrize(
    ("moved", "field"),
    [(dt.timedelta(minutes=6), "day"), (dt.timedelta(days=-732), "day"), (dt.timedelta(days=4000), "day")],
)
def test_visit_in_the_future_or_years_ago_is_refused(world: World, moved: dt.timedelta, field: str) -> None:
    with pytest.raises(ActionError) as refused:
        log(world.community_worker, world.case, visited_at=timezone.now() + moved)
    assert refused.value.field == field
    assert not Visit.objects.exists()


def test_visit_four_minutes_ahead_is_a_phone_clock(world: World) -> None:
    assert log(world.community_worker, world.case, visited_at=timezone.now() + dt.timedelta(minutes=4)).is_new


def test_visitor_who_does_not_work_on_the_case_is_refused(world: World) -> None:
    for stranger in (world.manager, world.outsider, world.youth_coach, world.privacy_officer):
        with pytest.raises(ActionError) as refused:
            log(world.community_worker, world.case, visitors=[world.community_worker, stranger])
        assert refused.value.field == "visitors"


def test_visit_without_visitors_is_refused(world: World) -> None:
    with pytest.raises(ActionError) as refused:
        log(world.community_worker, world.case, visitors=[])
    assert refused.value.field == "visitors"


def test_next_step_goes_into_the_plan_with_the_visit(world: World) -> None:
    logged = log(
        world.community_worker,
        world.case,
        next_step=NextStep("Energiepunt ziet de kachel na", timezone.localdate(), None, Agreed.YES),
    )
    step = world.case.steps.get()
    assert (step.title, step.agreed, step.visit) == ("Energiepunt ziet de kachel na", "yes", logged.visit)


def test_next_step_as_a_task_goes_to_a_colleague(world: World) -> None:
    log(
        world.community_worker,
        world.case,
        next_step=NextStep("Bellen", timezone.localdate(), world.lawyer, is_task=True),
    )
    assert Task.objects.get().assignee == world.lawyer


def test_next_task_without_a_name_is_refused_and_nothing_is_stored(world: World) -> None:
    with pytest.raises(ActionError) as refused:
        log(world.community_worker, world.case, next_step=NextStep("Bellen", is_task=True))
    assert refused.value.field == "next_assignee"
    assert not Visit.objects.exists()


def test_next_step_in_the_past_is_refused_beside_its_own_field(world: World) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    with pytest.raises(ActionError) as refused:
        log(world.community_worker, world.case, next_step=NextStep("Bellen", yesterday))
    assert refused.value.field == "next_due_on"


def test_trust_rises_with_what_moved_it_on_the_visit_itself(world: World) -> None:
    logged = log(world.community_worker, world.case, trust_stage=2, trust_event="Hij liet ons binnen.")
    change = TrustChange.objects.get()
    assert (change.from_stage, change.to_stage) == (1, 2)
    assert logged.visit.entry.data["trust_event"] == "Hij liet ons binnen."
    assert logged.visit.entry.data["chips"][0]["tone"] == "ok"


def test_trust_without_an_event_is_refused_beside_the_event(world: World) -> None:
    with pytest.raises(ActionError) as refused:
        log(world.community_worker, world.case, trust_stage=2)
    assert refused.value.field == "trust_event"


def test_visit_sent_twice_is_stored_once(world: World) -> None:
    one = uuid.uuid4()
    moment = timezone.now()
    first = log(world.community_worker, world.case, uuid=one, visited_at=moment, narrative="Zelfde")
    again = log(world.community_worker, world.case, uuid=one, visited_at=moment, narrative="Zelfde")
    assert (first.is_new, again.is_new, again.differs) == (True, False, False)
    assert first.visit == again.visit
    assert TimelineEntry.objects.filter(kind="cases.visit").count() == 1


def test_visit_sent_again_with_more_words_says_so(world: World) -> None:
    one = uuid.uuid4()
    log(world.community_worker, world.case, uuid=one, narrative="Kort")
    assert log(world.community_worker, world.case, uuid=one, narrative="Langer verhaal").differs


def test_uuid_of_somebody_else_is_refused_without_telling(world: World) -> None:
    one = uuid.uuid4()
    log(world.tenancy_lead, world.case, uuid=one, narrative="Geheim verhaal")
    with pytest.raises(VisitTaken) as refused:
        log(world.community_worker, world.case, uuid=one)
    assert "Tenancy" not in refused.value.message
    assert Visit.objects.count() == 1


def test_uuid_of_another_case_is_refused(world: World) -> None:
    one = uuid.uuid4()
    log(world.tenancy_lead, world.other_case, uuid=one)
    with pytest.raises(VisitTaken):
        log(world.tenancy_lead, world.case, uuid=one)


@pytest.mark.parametrize("where", ["case", "other_case"])
def test_form_with_a_taken_uuid_goes_on_under_another_with_its_words_and_photos(
    world: World, login: Any, where: str
) -> None:
    one = uuid.uuid4()
    log(world.tenancy_lead, getattr(world, where), uuid=one, narrative="Geheim verhaal")
    data = sent(world.community_worker, visit=str(one), narrative="Mijn eigen woorden")
    page = login(world.community_worker).post(new_url(world.case), data, follow=True)
    text = page.content.decode()
    assert "Mijn eigen woorden" in text
    assert "Geheim verhaal" not in text
    assert f'value="{one}"' not in text
    again = {**data, "visit": str(page.context["visit_uuid"])}
    login(world.community_worker).post(new_url(world.case), again)
    assert Visit.objects.get(case=world.case, entry__author=world.community_worker).words.narrative == (
        "Mijn eigen woorden"
    )


def test_planned_visit_is_filled_in_not_doubled(world: World) -> None:
    planned = plan_visit(
        by=world.coordinator,
        case=world.case,
        scheduled_at=timezone.now() + dt.timedelta(hours=1),
        visitors=[world.community_worker],
    )
    logged = log(world.community_worker, world.case, uuid=planned.uuid)
    assert logged.visit.pk == planned.pk
    assert logged.visit.state == VisitState.DONE
    assert logged.visit.scheduled_at == planned.scheduled_at


def test_second_worker_of_a_planned_visit_is_told(world: World) -> None:
    planned = plan_visit(
        by=world.community_worker,
        case=world.case,
        scheduled_at=timezone.now() + dt.timedelta(hours=1),
        visitors=[world.community_worker, world.lawyer],
    )
    log(world.community_worker, world.case, uuid=planned.uuid, narrative="Van de eerste")
    with pytest.raises(VisitLoggedByColleague):
        log(world.lawyer, world.case, uuid=planned.uuid, narrative="Van de tweede")


def test_second_worker_keeps_his_words_as_his_own_draft(world: World, login: Any) -> None:
    planned = plan_visit(
        by=world.community_worker,
        case=world.case,
        scheduled_at=timezone.now() + dt.timedelta(hours=1),
        visitors=[world.community_worker, world.lawyer],
    )
    log(world.community_worker, world.case, uuid=planned.uuid, narrative="Van de eerste")
    client = login(world.lawyer)
    url = reverse("cases:visit-log", args=[world.case.number, planned.uuid])
    answer = client.post(url, sent(world.lawyer, narrative="Van de tweede"), follow=True)
    page = answer.content.decode()
    assert "Een collega heeft dit bezoek net bewaard" in page
    assert "Van de tweede" in page
    draft = VisitDraft.objects.get(user=world.lawyer)
    assert draft.payload["narrative"] == ["Van de tweede"]
    moved = client.post(
        reverse("cases:visit-draft-move", args=[world.case.number, planned.uuid]), follow=True
    )
    assert "Van de tweede" in moved.content.decode()
    assert Visit.objects.get().words.narrative == "Van de eerste"


def test_visit_removes_the_draft_of_its_author_alone(world: World) -> None:
    one = uuid.uuid4()
    for user in (world.community_worker, world.lawyer):
        save_draft(by=user, case=world.case, visit_uuid=one, payload={"narrative": "x"}, revision=1)
    log(world.community_worker, world.case, uuid=one)
    assert list(VisitDraft.objects.values_list("user", flat=True)) == [world.lawyer.pk]


@pytest.mark.parametrize(
    "text",
    ["😀 emoji", "مرحبا، لا يوجد تدفئة", "<script>alert(1)</script> & <b>vet</b>", "a" * 20_000],
)
def test_any_words_are_kept_as_typed_and_shown_escaped(world: World, login: Any, text: str) -> None:
    client = login(world.community_worker)
    data = sent(world.community_worker, narrative=text, present=text[:200], agreed=text[:3000])
    answer = client.post(new_url(world.case), data, follow=True)
    assert answer.status_code == 200
    assert Visit.objects.get().words.narrative == text
    assert b"<script>alert" not in answer.content
    assert b"<b>vet" not in answer.content


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"narrative": "a" * 20_001}, "narrative"),
        ({"result": ""}, "result"),
        ({"result": "<b>"}, "result"),
        ({"day": "0001-01-01"}, "day"),
        ({"day": "9999-12-31"}, "day"),
        ({"day": "31-02-2026"}, "day"),
        ({"time": "25:70"}, "time"),
        ({"visitors": ["0"]}, "visitors"),
        ({"visitors": ["x'; drop"]}, "visitors"),
        ({"narrative": "nul\x00byte"}, "narrative"),
        ({"circle": "legal"}, "circle"),
        ({"next_title": "", "next_due_on": "2030-01-01"}, "next_title"),
        ({"next_title": "Iets", "next_due_on": "9999-01-01"}, "next_due_on"),
        ({"trust_event": "Hij lachte."}, "trust_stage"),
        ({"trust_stage": "7"}, "trust_stage"),
    ],
)
def test_bad_field_is_told_beside_it_and_nothing_is_lost(
    world: World, login: Any, changes: dict[str, Any], field: str
) -> None:
    data = sent(world.community_worker, **{"agreed": "Blijft staan.", **changes})
    answer = login(world.community_worker).post(new_url(world.case), data)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "Blijft staan." in answer.content.decode()
    assert data["visit"] in answer.content.decode()
    assert not Visit.objects.exists()


def test_form_of_one_user_is_not_saved_under_the_name_of_another(world: World, login: Any) -> None:
    data = sent(world.community_worker, narrative="Van iemand anders")
    login(world.lawyer).post(new_url(world.case), data)
    assert not Visit.objects.exists()
    answer = login(world.lawyer).post(new_url(world.case), data, headers={"X-Requested-With": "fetch"})
    assert (answer.status_code, answer.json()) == (409, {"state": "other_user"})


@pytest.mark.parametrize("role", ["manager", "administrator", "privacy_officer"])
def test_roles_without_stories_get_403(world: World, login: Any, role: str) -> None:
    assert login(world.users[role]).get(new_url(world.case)).status_code == 403


def test_other_neighbourhood_and_other_case_get_404(world: World, login: Any) -> None:
    assert login(world.outsider).get(new_url(world.case)).status_code == 404
    assert login(world.community_worker).get(new_url(world.other_case)).status_code == 404


def test_closed_case_takes_no_visit(world: World, login: Any) -> None:
    Case.objects.filter(pk=world.case.pk).update(
        state="closed", closed_at=timezone.now(), closed_by=world.coordinator, outcome="goal_reached"
    )
    client = login(world.community_worker)
    assert client.get(new_url(world.case)).status_code == 403
    assert client.post(new_url(world.case), sent(world.community_worker)).status_code == 403
    assert not Visit.objects.exists()


def _at_once(*calls: Any) -> list[Any]:
    """Run calls at the same moment, each on its own connection; return results or exceptions."""
    barrier = Barrier(len(calls))

    def run(call: Any) -> Any:
        try:
            barrier.wait(timeout=10)
            return call()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result(timeout=30) for future in [pool.submit(run, call) for call in calls]]


@pytest.mark.django_db(transaction=True)
def test_visit_sent_at_the_same_moment_is_stored_once() -> None:
    world = World.build()
    one, moment = uuid.uuid4(), timezone.now()

    def send() -> Any:
        return log(world.community_worker, world.case, uuid=one, visited_at=moment, narrative="Zelfde")

    results = _at_once(send, send, send, send)
    assert sorted(result.is_new for result in results) == [False, False, False, True]
    assert Visit.objects.count() == 1
    assert TimelineEntry.objects.filter(kind="cases.visit").count() == 1


@pytest.mark.django_db(transaction=True)
def test_same_uuid_in_two_cases_at_the_same_moment_goes_to_one() -> None:
    world = World.build()
    one = uuid.uuid4()
    results = _at_once(
        lambda: log(world.tenancy_lead, world.case, uuid=one),
        lambda: log(world.tenancy_lead, world.other_case, uuid=one),
    )
    assert sum(isinstance(result, VisitTaken) for result in results) == 1
    assert Visit.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_logging_one_planned_visit_at_the_same_moment() -> None:
    world = World.build()
    planned = plan_visit(
        by=world.community_worker,
        case=world.case,
        scheduled_at=timezone.now() + dt.timedelta(hours=1),
        visitors=[world.community_worker, world.lawyer],
    )
    results = _at_once(
        lambda: log(world.community_worker, world.case, uuid=planned.uuid),
        lambda: log(world.lawyer, world.case, uuid=planned.uuid),
    )
    assert sum(isinstance(result, VisitLoggedByColleague) for result in results) == 1
    assert TimelineEntry.objects.filter(kind="cases.visit").count() == 1


@pytest.mark.django_db(transaction=True)
def test_draft_that_arrives_while_the_visit_is_saved_leaves_nothing_behind() -> None:
    world = World.build()
    one = uuid.uuid4()
    _at_once(
        lambda: log(world.community_worker, world.case, uuid=one),
        lambda: save_draft(
            by=world.community_worker, case=world.case, visit_uuid=one, payload={"narrative": "x"}, revision=1
        ),
    )
    assert Visit.objects.count() == 1
    assert not VisitDraft.objects.exists()


def test_resending_the_saved_form_with_more_words_offers_a_correction(world: World, login: Any) -> None:
    client = login(world.community_worker)
    data = sent(world.community_worker, narrative="Kort")
    client.post(new_url(world.case), data)
    answer = client.post(new_url(world.case), {**data, "narrative": "Kort en daarna meer"}, follow=True)
    assert "staat hieronder klaar als verbetering" in answer.content.decode()
    assert "Kort en daarna meer" in answer.content.decode()
    assert Visit.objects.get().words.narrative == "Kort"


def test_log_visit_accepts_a_past_clock_for_history(world: World) -> None:
    past = timezone.now() - dt.timedelta(days=900)
    logged = log_visit(
        by=world.community_worker,
        case=world.case,
        uuid=uuid.uuid4(),
        visited_at=past,
        result="met",
        visitors=[world.community_worker],
        now=past,
    )
    assert logged.visit.visited_at == past
