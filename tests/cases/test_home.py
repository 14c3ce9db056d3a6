"""Vandaag: what waits, for each role, with the same work however much there is."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from arsenaal.lib.registries import (
    AttentionSignal,
    Registry,
    Signal,
    Term,
    TermSource,
    attention_signals,
    term_sources,
)
from cases import home
from cases.enums import RadarState, TaskState, VisitPurpose, VisitState
from cases.models import Case, CaseMember, HelpRequest, RadarEntry, Task, Visit, VisitDraft
from tests.cases.test_case_list import make_cases
from tests.cases.test_radar_actions import make_entry
from tests.factories import World


def make_task(world: World, title: str, *, days: int, **changes: Any) -> Task:
    return Task.objects.create(
        **{
            "case": world.case,
            "neighbourhood": world.neighbourhood,
            "title": title,
            "assignee": world.community_worker,
            "due_on": timezone.localdate() + dt.timedelta(days=days),
            "created_by": world.coordinator,
            **changes,
        }
    )


def plan(world: World, *, days: int, case: Case | None = None, who: str = "community_worker") -> Visit:
    noon = timezone.make_aware(dt.datetime.combine(timezone.localdate(), dt.time(12)))
    visit = Visit.objects.create(
        case=case or world.case,
        state=VisitState.PLANNED,
        purpose=VisitPurpose.FOLLOW_UP,
        scheduled_at=noon + dt.timedelta(days=days),
        created_by=world.community_worker,
    )
    visit.visitors.add(world.users[who])
    return visit


def draft(world: World, user: str = "community_worker", case: Case | None = None) -> VisitDraft:
    return VisitDraft.objects.create(
        case=case or world.case,
        user=world.users[user],
        visit_uuid=uuid.uuid4(),
        payload={"narrative": ["Geheim"]},
    )


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_worker_sees_visits_by_day(world: World, login: Any) -> None:
    missed, today, coming = plan(world, days=-3), plan(world, days=0), plan(world, days=7)
    plan(world, days=8)
    plan(world, days=-15)
    plan(world, days=0, who="tenancy_lead")
    response = login(world.community_worker).get("/")
    visits = response.context["visits"]
    assert (visits.missed, visits.today, visits.coming) == ([missed], [today], [coming])
    text = text_of(response)
    assert "nog invullen" in text
    assert reverse("cases:visit-log", args=[world.case.number, today.uuid]) in text
    assert reverse("cases:visit-pick") in text


def test_cancelled_visits_and_closed_cases_are_left_out(world: World) -> None:
    visit = plan(world, days=0)
    Visit.objects.filter(pk=visit.pk).update(state=VisitState.CANCELLED, cancel_reason="ziek")
    assert home.planned_visits(world.community_worker, today=timezone.localdate()).today == []


def test_draft_has_a_way_on_but_not_its_words(world: World, login: Any) -> None:
    mine = draft(world)
    draft(world, "tenancy_lead")
    text = text_of(login(world.community_worker).get("/"))
    assert text.count("verder schrijven") == 1
    assert f"?visit={mine.visit_uuid}" in text
    assert "Geheim" not in text


def test_draft_of_a_case_one_left_is_gone(world: World, login: Any) -> None:
    draft(world, case=world.other_case)
    assert "verder schrijven" not in text_of(login(world.community_worker).get("/"))


def test_tasks_stand_with_the_latest_first_and_can_be_ticked_off(world: World, login: Any) -> None:
    make_task(world, "Later", days=5)
    late = make_task(world, "Te laat", days=-2)
    make_task(world, "Van een ander", days=0, assignee=world.tenancy_lead)
    client = login(world.community_worker)
    response = client.get("/")
    assert [task.title for task in response.context["tasks"]] == ["Te laat", "Later"]
    assert "2 dagen te laat" in text_of(response)
    done = client.post(reverse("cases:task-done", args=[late.pk]), {"next": "/"})
    assert done.url == "/"
    late.refresh_from_db()
    assert late.state == TaskState.DONE


def test_radar_is_shown_to_who_decides(world: World, login: Any) -> None:
    make_entry(world, name="Wacht Nog")
    decided = make_entry(world, name="Al Beslist")
    RadarEntry.objects.filter(pk=decided.pk).update(
        state=RadarState.CLOSED, decided_by=world.lawyer, decided_at=timezone.now()
    )
    text = text_of(login(world.lawyer).get("/"))
    assert "Wacht Nog" in text
    assert "Al Beslist" not in text
    assert "Wacht Nog" not in text_of(login(world.community_worker).get("/"))
    assert "Wacht Nog" not in text_of(login(world.outsider).get("/"))


def test_terms_of_own_cases_are_shown_nearest_first(world: World, login: Any, monkeypatch: Any) -> None:
    today = timezone.localdate()
    asked: list[tuple[list[int], dt.date]] = []

    def fetch(case_ids: Any, until: dt.date) -> list[Term]:
        asked.append((list(case_ids), until))
        return [
            Term(today + dt.timedelta(days=9), "Beroep loopt af", "Codex", "jurist", world.case.pk, "/x/"),
            Term(today - dt.timedelta(days=1), "Attest vervalt", "Codex", "inspecteur", world.case.pk, "/y/"),
            Term(today, "Van een ander dossier", "Codex", "jurist", world.other_case.pk, "/z/"),
        ]

    sources: Registry[TermSource] = Registry("test")
    sources.register(TermSource("test", "test", fetch))
    monkeypatch.setattr(home, "term_sources", sources)
    response = login(world.community_worker).get("/")
    assert [row.term.label for row in response.context["terms"]] == ["Attest vervalt", "Beroep loopt af"]
    assert asked == [([world.case.pk], today + dt.timedelta(days=14))]
    assert "Van een ander dossier" not in text_of(response)


def test_case_nobody_saw_for_weeks_needs_somebody(world: World, login: Any) -> None:
    long_ago = timezone.now() - dt.timedelta(days=30)
    Case.objects.filter(pk__in=[world.case.pk, world.other_case.pk]).update(
        opened_at=long_ago, last_seen_at=long_ago
    )
    response = login(world.community_worker).get("/")
    assert [needy.case for needy in response.context["needy"]] == [world.case]
    assert "niemand gezien" in text_of(response)


def test_news_alone_is_no_reason_to_need_somebody(world: World) -> None:
    cases = home.own_cases(world.community_worker)
    assert home.needy_cases(world.community_worker, cases, today=timezone.localdate()) == []


def test_heavier_reasons_come_first(world: World, monkeypatch: Any) -> None:
    rules: Registry[AttentionSignal] = Registry("test")
    rules.register(
        AttentionSignal(
            "a",
            "a",
            lambda *_args: [
                Signal("case", world.case.pk, "licht", 4),
                Signal("case", world.other_case.pk, "zwaar", 7),
                Signal("case", world.case.pk, "nieuws", 1),
                Signal("radar", world.case.pk, "iets anders", 9),
            ],
        )
    )
    monkeypatch.setattr(home, "attention_signals", rules)
    cases = home.own_cases(world.lawyer)
    found = home.needy_cases(world.lawyer, cases, today=timezone.localdate())
    assert [(needy.case, needy.reasons) for needy in found] == [
        (world.other_case, ["zwaar"]),
        (world.case, ["licht"]),
    ]


def test_partner_sees_own_cases_and_what_was_asked_of_his_organisation(world: World, login: Any) -> None:
    HelpRequest.objects.create(
        neighbourhood=world.neighbourhood,
        organisation=world.organisations["partner"],
        question="Kachel nakijken deze week?",
        due_on=timezone.localdate() + dt.timedelta(days=5),
        asked_by=world.coordinator,
        asked_at=timezone.now(),
    )
    text = text_of(login(world.partner).get("/"))
    assert world.case.title in text
    assert world.other_case.title not in text
    assert "Kachel nakijken" in text


@pytest.mark.parametrize("who", ["manager", "administrator", "privacy_officer"])
def test_who_reads_no_stories_gets_his_own_doors_only(world: World, login: Any, who: str) -> None:
    make_entry(world, name="Geheim Signaal")
    make_task(world, "Geheime taak", days=0, assignee=world.users[who])
    text = text_of(login(world.users[who]).get("/"))
    for secret in ("Geheim", world.case.title, world.case.number, "Log een bezoek", "Mijn dossiers"):
        assert secret not in text
    assert "Jouw werk in Arsenaal" in text


def test_user_without_a_role_is_told_whom_to_ask(world: World, login: Any) -> None:
    world.lawyer.memberships.all().delete()
    assert "nog geen rol" in text_of(login(world.lawyer).get("/"))


def test_empty_first_page_says_so_in_every_part(world: World, login: Any) -> None:
    text = text_of(login(world.youth_coach).get("/"))
    assert "staat er geen bezoek gepland" in text
    assert "Er wacht geen taak op jou." in text
    assert "geen enkel open dossier" in text


def fill(world: World, count: int, *, code: str) -> None:
    user = world.tenancy_lead
    cases = make_cases(world, count, code=code)
    today = timezone.localdate()
    CaseMember.objects.bulk_create(
        CaseMember(case=case, user=user, from_on=today, added_by=world.coordinator) for case in cases
    )
    for n, case in enumerate(cases):
        make_task(world, f"Taak {n}", days=n % 9 - 4, assignee=user, case=case)
        plan(world, days=n % 7, case=case, who="tenancy_lead")
        draft(world, "tenancy_lead", case)
        make_entry(world, name=f"Signaal {n}")


@pytest.mark.slow
def test_home_takes_the_same_queries_however_much_waits(world: World, login: Any) -> None:
    client = login(world.tenancy_lead)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/").status_code == 200
        return len(captured)

    fill(world, 5, code="AAN")
    client.get("/")
    few = queries()
    fill(world, 55, code="VEEL")
    assert queries() == few
    make_cases(world, 2000, code="WIJK")
    assert queries() == few
    # session, user, roles, organisation; cases, visits, drafts, tasks, radar; one or two for each source and rule
    assert few <= 9 + 2 * (len(term_sources) + len(attention_signals))


PICK = "/visits/new/"


def test_pick_shows_planned_visits_then_own_cases(world: World, login: Any) -> None:
    today = plan(world, days=0)
    missed = plan(world, days=-1)
    plan(world, days=3)
    response = login(world.community_worker).get(PICK)
    text = text_of(response)
    assert text.index(str(today.uuid)) < text.index(str(missed.uuid))
    assert response.context["cases"] == []  # its visit is planned already
    other = text_of(login(world.tenancy_lead).get(PICK))
    assert reverse("cases:visit-new", args=[world.other_case.number]) in other


def test_pick_finds_a_case_by_name_number_and_address(world: World, login: Any) -> None:
    world.case.address_hint = "Leuvensesteenweg 12"
    world.case.save()
    client = login(world.community_worker)
    for query in (world.case.number, "prufman", "leuvense steenweg", "alleenstande"):
        assert client.get(PICK, {"q": query}).context["found"] == [world.case]


def test_pick_offers_no_closed_case_and_none_of_others(world: World, login: Any) -> None:
    client = login(world.community_worker)
    assert client.get(PICK, {"q": "rijwoning"}).context["found"] == []
    assert client.get(PICK, {"q": "elders"}).context["found"] == []
    assert "Geen open dossier" in text_of(client.get(PICK, {"q": "rijwoning"}))


@pytest.mark.parametrize("query", ["x" * 3000, "a\0b", "🌻", "%", "<script>alert(1)</script>"])
def test_pick_survives_anything(world: World, login: Any, query: str) -> None:
    text = text_of(login(world.community_worker).get(PICK, {"q": query}))
    assert "<script>alert" not in text


@pytest.mark.parametrize("who", ["manager", "administrator", "privacy_officer"])
def test_pick_is_closed_to_who_visits_nobody(world: World, login: Any, who: str) -> None:
    assert login(world.users[who]).get(PICK).status_code == 403
