"""The weekly review: an agenda with reasons, decisions that are tasks, and only the shared circle on the screen."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from cases.actions import help_requests
from cases.actions import review as actions
from cases.actions.radar_decide import close_radar_entry
from cases.actions.tasks import add_task
from cases.agenda import make_agenda
from cases.enums import AgendaState, AgendaSubject, RadarReason, RadarSource, TaskState
from cases.models import Case, Decision, HelpRequest, RadarEntry, Review, Task, TimelineEntry
from cases.signals import nobody_seen
from cases.timeline import record
from tests.factories import World, make_household

NEXT_WEEK = timezone.localdate() + dt.timedelta(days=7)


@pytest.fixture
def review(world: World) -> Review:
    return actions.start_review(by=world.coordinator, neighbourhood=world.neighbourhood)


def case_item(review: Review, case: Case) -> Any:
    return review.items.get(subject=AgendaSubject.CASE, case=case)


def make_radar_entry(world: World, review_on: dt.date) -> RadarEntry:
    return RadarEntry.objects.create(
        neighbourhood=world.neighbourhood,
        source=RadarSource.SCHOOL,
        source_organisation=world.organisations["partner"],
        reason=RadarReason.DWELLING,
        worry="Beschimmelde slaapkamer.",
        name="Zorgwekkend",
        review_on=review_on,
        reported_by=world.community_worker,
        reported_at=timezone.now(),
    )


def test_agenda_gives_a_reason_for_each_point(world: World) -> None:
    today = timezone.localdate()
    add_task(by=world.lawyer, title="Brief", assignee=world.lawyer, due_on=today, case=world.case)
    Task.objects.update(due_on=today - dt.timedelta(days=1))
    Case.objects.filter(pk=world.other_case.pk).update(
        opened_at=timezone.now() - dt.timedelta(days=30), last_seen_at=timezone.now() - dt.timedelta(days=24)
    )
    make_radar_entry(world, today + dt.timedelta(days=3))
    agenda = {(p.subject, p.subject_id): p for p in make_agenda(world.neighbourhood, today, None)}
    assert "1 belofte te laat" in agenda[(AgendaSubject.CASE, world.case.pk)].reasons
    assert "al 24 dagen niemand gezien" in agenda[(AgendaSubject.CASE, world.other_case.pk)].reasons
    assert [p for p in agenda.values() if p.subject == AgendaSubject.RADAR]
    assert (AgendaSubject.CASE, world.outside_case.pk) not in agenda


def test_agenda_costs_the_same_with_more_cases(world: World, django_assert_max_num_queries: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        make_agenda(world.neighbourhood, timezone.localdate(), None)
    for n in range(20):
        actions_case = Case.objects.create(
            number=f"ARS-2020-{n:04d}",
            neighbourhood=world.neighbourhood,
            kind="household",
            household=make_household(f"Extra {n}", world.coordinator, world.neighbourhood),
            title=f"Extra {n}",
            lead=world.lawyer,
            opened_at=timezone.now(),
            opened_by=world.lawyer,
        )
        record("cases.note", case=actions_case, by=world.lawyer, title="iets")
    with django_assert_max_num_queries(len(few)):
        assert len(make_agenda(world.neighbourhood, timezone.localdate(), None)) >= 20


def test_starting_twice_gives_one_review(world: World, review: Review) -> None:
    again = actions.start_review(by=world.lawyer, neighbourhood=world.neighbourhood)
    assert again == review
    assert Review.objects.count() == 1


def test_decision_with_name_and_date_is_a_task_at_once(world: World, review: Review, login: Any) -> None:
    item = case_item(review, world.case)
    data = {"text": "Brief schrijven", "assignee": world.lawyer.pk, "due_on": NEXT_WEEK.isoformat()}
    response = login(world.tenancy_lead).post(reverse("cases:review-decide", args=[review.pk, item.pk]), data)
    assert response.status_code == 302
    task = Task.objects.get()
    assert (task.title, task.assignee, task.due_on, task.case) == (
        "Brief schrijven",
        world.lawyer,
        NEXT_WEEK,
        world.case,
    )


def test_decision_sent_twice_is_one(world: World, review: Review, login: Any) -> None:
    item = case_item(review, world.case)
    data = {
        "text": "Eén keer",
        "assignee": world.lawyer.pk,
        "due_on": NEXT_WEEK.isoformat(),
        "submission_token": "5a0c2c0e-5d0a-4b52-9d57-6c2c0d7a4a11",
    }
    for _attempt in range(2):
        login(world.lawyer).post(reverse("cases:review-decide", args=[review.pk, item.pk]), data)
    assert Decision.objects.count() == Task.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("due_on", "31/31/2026"), ("due_on", "1999-01-01"), ("due_on", ""), ("text", "x" * 301)],
)
def test_bad_decision_keeps_what_was_typed(
    world: World, review: Review, login: Any, field: str, value: str
) -> None:
    item = case_item(review, world.case)
    data = {
        "text": "Brief <b>nu</b>",
        "assignee": world.lawyer.pk,
        "due_on": NEXT_WEEK.isoformat(),
        field: value,
    }
    response = login(world.lawyer).post(reverse("cases:review-decide", args=[review.pk, item.pk]), data)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    if field != "text":
        assert "Brief &lt;b&gt;nu&lt;/b&gt;" in response.content.decode()
    assert not Task.objects.exists()


def test_withdrawn_decision_drops_its_task(world: World, review: Review, login: Any) -> None:
    decision = actions.decide(
        by=world.lawyer,
        item=case_item(review, world.case),
        text="Toch niet",
        assignee=world.lawyer,
        due_on=NEXT_WEEK,
    )
    login(world.lawyer).post(reverse("cases:review-withdraw", args=[review.pk, decision.pk]))
    assert not Decision.objects.exists()
    assert Task.objects.get().state == TaskState.DROPPED


def test_what_is_not_reached_carries_over(world: World, review: Review) -> None:
    actions.set_item_state(by=world.lawyer, item=case_item(review, world.case), state=AgendaState.DISCUSSED)
    actions.close_review(by=world.coordinator, review=review)
    following = actions.start_review(by=world.coordinator, neighbourhood=world.neighbourhood)
    item = case_item(following, world.other_case)
    assert item.position == 1
    assert item.reasons[0].startswith("verschoven van")
    assert item.carried_from.review == review


def test_what_was_settled_in_between_is_not_carried_over(world: World, login: Any) -> None:
    today = timezone.localdate()
    kept, decided = (make_radar_entry(world, today + dt.timedelta(days=n)) for n in (3, 4))
    asked = [
        HelpRequest.objects.create(
            neighbourhood=world.neighbourhood,
            case=world.case,
            organisation=world.organisations["partner"],
            question="Wie kan helpen?",
            asked_by=world.coordinator,
            asked_at=timezone.now() - dt.timedelta(days=20),
            due_on=today - dt.timedelta(days=2),
        )
        for _ in range(3)
    ]
    first = actions.start_review(by=world.coordinator, neighbourhood=world.neighbourhood)
    actions.close_review(by=world.coordinator, review=first)
    close_radar_entry(by=world.coordinator, entry=decided, reason="Opgelost.")
    help_requests.answer(by=world.coordinator, help_request=asked[0], text="Wij.")
    help_requests.withdraw(by=world.coordinator, help_request=asked[1], reason="Niet meer nodig.")
    page = login(world.coordinator).get("/review/")
    points = {(str(point.subject), point.subject_id): point for point in page.context["agenda"]}
    assert ("radar", decided.pk) not in points
    assert {key for key in points if key[0] == "help_request"} == {("help_request", asked[2].pk)}
    carried = points[("radar", kept.pk)]
    assert (carried.carried_from.review, carried.line) == (first, "school")
    assert points[("case", world.case.pk)].line == world.case.number
    assert page.content.decode().count("verschoven van") == len(points)


@pytest.mark.parametrize(
    ("state", "days", "is_asked_about"),
    [("active", 22, True), ("active", 20, False), ("aftercare", 99, False), ("aftercare", 102, True)],
)
def test_after_care_is_looked_at_quarterly_not_weekly(
    world: World, state: str, days: int, is_asked_about: bool
) -> None:
    before = timezone.now() - dt.timedelta(days=days)
    Case.objects.filter(pk=world.case.pk).update(state=state, opened_at=before, last_seen_at=None)
    today = timezone.localdate()
    found = nobody_seen(world.neighbourhood.pk, today, today - dt.timedelta(days=7))
    assert (world.case.pk in {signal.subject_id for signal in found}) is is_asked_about


def test_closing_writes_the_timeline_and_freezes_the_minutes(world: World, review: Review) -> None:
    item = case_item(review, world.case)
    actions.decide(
        by=world.lawyer, item=item, text="Eerst de kachel", assignee=world.lawyer, due_on=NEXT_WEEK
    )
    actions.close_review(by=world.coordinator, review=review)
    entry = TimelineEntry.objects.get(kind="cases.review")
    assert entry.title == "Overleg: Eerst de kachel"
    assert entry.body.startswith(f"{world.lawyer}, tegen ")  # not the same words once more
    assert entry.data["decisions"] == 1
    Case.objects.filter(pk=world.case.pk).update(title="Anders")
    review.refresh_from_db()
    assert world.case.title in [point["title"] for point in review.minutes["items"]]


def test_several_decisions_are_all_told(world: World, review: Review) -> None:
    item = case_item(review, world.case)
    for text in ("Eerst de kachel", "Dan de huur"):
        actions.decide(by=world.lawyer, item=item, text=text)
    actions.close_review(by=world.coordinator, review=review)
    assert TimelineEntry.objects.get(kind="cases.review").body == "Eerst de kachel\nDan de huur"


def test_closed_review_takes_no_decision(world: World, review: Review, login: Any) -> None:
    item = case_item(review, world.case)
    actions.close_review(by=world.coordinator, review=review)
    response = login(world.lawyer).post(
        reverse("cases:review-decide", args=[review.pk, item.pk]), {"text": "Te laat gekomen"}
    )
    assert response.status_code == 422
    assert "al afgerond" in response.content.decode()
    assert not Decision.objects.exists()


def test_room_shows_only_what_is_shared_whoever_is_logged_in(
    world: World, review: Review, login: Any
) -> None:
    record("cases.note", case=world.case, by=world.tenancy_lead, title="Zorgtitel", body="Hij dronk weer.")
    record("cases.note", case=world.case, by=world.tenancy_lead, title="Voor iedereen", circle="shared")
    url = f"{reverse('cases:review-session', args=[review.pk])}?punt={case_item(review, world.case).pk}"
    page = login(world.tenancy_lead).get(url).content.decode()
    assert "Voor iedereen" in page
    assert "Zorgtitel" not in page
    assert "Hij dronk" not in page
    assert "besloten binnen zorg" in page


def test_minutes_keep_no_name_of_a_signal(world: World) -> None:
    make_radar_entry(world, timezone.localdate())
    review = actions.start_review(by=world.coordinator, neighbourhood=world.neighbourhood)
    actions.close_review(by=world.coordinator, review=review)
    review.refresh_from_db()
    assert "Zorgwekkend" not in str(review.minutes)


def test_minutes_as_pdf_tell_decisions(world: World, review: Review, login: Any) -> None:
    import io

    item = case_item(review, world.case)
    actions.decide(
        by=world.lawyer, item=item, text="Eerst de kachel", assignee=world.lawyer, due_on=NEXT_WEEK
    )
    actions.close_review(by=world.coordinator, review=review)
    response = login(world.lawyer).get(reverse("cases:review-minutes-pdf", args=[review.pk]))
    assert response["Content-Type"] == "application/pdf"
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    assert "Eerst de kachel" in text
    assert str(world.lawyer) in text


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("coordinator", 200),
        ("lawyer", 200),
        ("housing_inspector", 200),
        ("community_worker", 403),
        ("manager", 403),
        ("administrator", 403),
        ("privacy_officer", 403),
        ("partner", 403),
        ("outsider", 404),
    ],
)
def test_room_is_for_the_team(world: World, review: Review, login: Any, role: str, status: int) -> None:
    client = login(world.users[role])
    assert client.get(reverse("cases:review-session", args=[review.pk])).status_code == status


def test_adding_somebody_elses_case_tells_nothing(world: World, review: Review, login: Any) -> None:
    response = login(world.lawyer).post(
        reverse("cases:review-add", args=[review.pk]), {"number": world.outside_case.number}, follow=True
    )
    assert "We vonden geen dossier met dit nummer" in response.content.decode()
    assert not review.items.filter(case=world.outside_case).exists()


def test_agenda_page_before_the_review_writes_nothing(world: World, login: Any) -> None:
    page = login(world.lawyer).get(reverse("cases:review")).content.decode()
    assert world.case.title in page
    assert not Review.objects.exists()


def test_attendance_is_kept_and_ignores_strangers(world: World, review: Review, login: Any) -> None:
    login(world.lawyer).post(
        reverse("cases:review-attendance", args=[review.pk]),
        {"present": [str(world.lawyer.pk), str(world.tenancy_lead.pk)]},
    )
    assert set(review.attendance.filter(is_present=True).values_list("user_id", flat=True)) == {
        world.lawyer.pk,
        world.tenancy_lead.pk,
    }
    login(world.lawyer).post(
        reverse("cases:review-attendance", args=[review.pk]), {"present": [str(world.outsider.pk)]}
    )
    assert review.attendance.filter(is_present=True).count() == 2


def test_closing_asks_first_and_says_what_carries_over(world: World, review: Review, login: Any) -> None:
    client = login(world.coordinator)
    url = reverse("cases:review-close", args=[review.pk])
    page = client.get(url).content.decode()
    assert world.case.title in page
    assert Review.objects.get().state == "open"
    assert client.post(url).url == reverse("cases:review-minutes", args=[review.pk])
    assert client.post(url, follow=True).redirect_chain[-1][0] == reverse(
        "cases:review-minutes", args=[review.pk]
    )
    assert TimelineEntry.objects.filter(kind="cases.review").count() == 0
