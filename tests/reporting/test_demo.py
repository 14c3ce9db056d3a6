"""The demo neighbourhood: it tells its stories by itself, the same each time, and leaves no list empty."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from accounts.models import Neighbourhood, User
from cases.enums import (
    CaseKind,
    CaseOutcome,
    CaseState,
    HelpRequestState,
    InterventionState,
    VisitResult,
    VisitState,
)
from cases.models import (
    Boundary,
    Case,
    Consent,
    HelpRequest,
    Intervention,
    Review,
    TimelineEntry,
    Visit,
)
from housing.models import (
    AftercareCheck,
    Agreement,
    CrisisDwelling,
    Landlord,
    LegalFile,
    ObligationDue,
    Ownership,
    ProgressPhoto,
    Quote,
    RehousingCost,
    Renovation,
    RightClaim,
    Stay,
    SupportRequest,
    TenantTrack,
    WaitingEntry,
)
from housing.tenancy_reading import arrears_of
from reporting.demo.play import play_demo
from reporting.demo.stage import Stage, at
from reporting.models import Report
from reporting.periods import period_title, quarter_before

pytestmark = pytest.mark.slow

Story = list[tuple[str, ...]]


def _told() -> Story:
    """Everything a reader sees on every timeline, in order."""
    entries = TimelineEntry.objects.order_by("occurred_at", "pk").values_list(
        "case__number", "case__title", "occurred_at", "kind", "circle", "author_label", "title", "body"
    )
    return [tuple(map(str, entry)) for entry in entries]


@pytest.fixture(scope="module")
def told_twice(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Story, Story]]:
    """Play the demo twice for the same moment; the second one stays until the module is done."""
    now = timezone.now()
    with django_db_blocker.unblock():
        with transaction.atomic():
            assert play_demo(now=now)
            first = _told()
            transaction.set_rollback(True)
        with transaction.atomic():
            assert play_demo(now=now)
            # The neighbourhood lies in this transaction alone: without statistics each page takes a minute.
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            yield first, _told()
            transaction.set_rollback(True)


@pytest.fixture
def demo(told_twice: tuple[Story, Story]) -> None:
    """The demo neighbourhood is there."""


def _case(title: str) -> Case:
    return Case.objects.get(title__startswith=title)


def _get(username: str, path: str, **query: str) -> Any:
    client = Client()
    client.force_login(
        User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client.get(path, query)


def test_demo_same_moment_tells_the_same(told_twice: tuple[Story, Story]) -> None:
    first, second = told_twice
    assert len(first) > 350
    assert first == second


def test_demo_second_run_changes_nothing(demo: None) -> None:
    before, out = _told(), StringIO()
    call_command("seed_demo", stdout=out)
    assert "already" in out.getvalue()
    assert _told() == before


def test_demo_refuses_outside_the_demo(settings: Any) -> None:
    settings.IS_DEMO = False
    for options in ([], ["--list-accounts"]):
        with pytest.raises(CommandError, match="not a demo"):
            call_command("seed_demo", *options)


def test_list_accounts_touches_no_database() -> None:
    out = StringIO()
    call_command("seed_demo", "--list-accounts", stdout=out)
    for account in DEMO_ACCOUNTS:
        assert f"{account.first_name} {account.last_name}" in out.getvalue()
    assert DEMO_PASSWORD in out.getvalue()


def test_demo_accounts_open_the_door(demo: None) -> None:
    assert set(User.objects.values_list("username", flat=True)) == {a.username for a in DEMO_ACCOUNTS}
    for account in DEMO_ACCOUNTS:
        user = User.objects.get(username=account.username)
        assert user.check_password(DEMO_PASSWORD)
        assert user.organisation.name == account.organisation
        where = Neighbourhood.objects.get(code="TIV" if account.is_elsewhere else "ARS")
        assert user.access.roles[where.pk] == (account.role,) or account.role in user.access.roles[where.pk]


LISTS = [
    ("opbouwwerker", "/", "Ida Fictiers"),
    ("huurbegeleider", "/", "Willy Zondernaam"),
    ("coordinator", "/", "Senne Fictijn"),
    ("partner", "/", "kachel"),
    ("coordinator", "/radar/", "Gerda Kwansuys"),
    ("opbouwwerker", "/radar/", "Gerda Kwansuys"),
    ("coordinator", "/cases/", "Gezin Öztest"),
    ("opbouwwerker", "/cases/", "Fons Voorbeeldmans"),
    ("partner", "/cases/", "Rosalie Schaduwberg"),
    ("jongerencoach", "/cases/", "Dawit Tesfavoorbeeld"),
    ("cohesiecoach", "/cases/", "Gezin Modelescu"),
    ("buitenstaander", "/cases/", "Gezin Elderslo"),
    ("coordinator", "/tasks/", "Rosalie Schaduwberg"),
    ("huurbegeleider", "/tasks/", "Willy Zondernaam"),
    ("jurist", "/help-requests/", "Woonmaatschappij Het Proefdak"),
    ("partner", "/help-requests/", "Energiepunt Mechelen"),
    ("jurist", "/obstacles/", "Een premie wordt pas betaald na de werken"),
    ("coordinator", "/review/", "Willy Zondernaam"),
    ("coordinator", "/mandates/", "Energiepunt Mechelen"),
    ("beheerder", "/catalogue/", "CO-meter plaatsen"),
    ("beheerder", "/accounts/users/", "Samira Thuishaven"),
    ("beheerder", "/accounts/organisations/", "Huurdersloket Voorbeeldrecht"),
    ("beheerder", "/accounts/neighbourhoods/", "Tivoli"),
    ("inspecteur", "/buildings/", "Leuvensesteenweg 9140"),
    ("inspecteur", "/dwellings/", "Milsenstraat 9017"),
    ("inspecteur", "/landlords/", "Immo Blokkendoos"),
    ("renovatiecoach", "/renovations/", "Milsenstraat 9017"),
    ("huurbegeleider", "/tenant-support/", "Willy Zondernaam"),
    ("opbouwwerker", "/visits/new/", "Fons Voorbeeldmans"),
    ("jurist", "/filters/cases/", "Drie weken niet gezien"),
]


@pytest.mark.parametrize(
    ("username", "path", "expected"), LISTS, ids=lambda value: str(value).replace("/", "_")
)
def test_demo_leaves_no_list_empty(demo: None, username: str, path: str, expected: str) -> None:
    response = _get(username, path)
    assert response.status_code == 200
    assert expected in response.content.decode()


def test_demo_every_case_page_opens(demo: None) -> None:
    for case in Case.objects.filter(neighbourhood__code="ARS"):
        # One case is restricted: it is there for the coordinator and its lead alone.
        is_restricted = not Case.objects.unrestricted().filter(pk=case.pk).exists()
        response = _get("coordinator" if is_restricted else "huurbegeleider", case.get_absolute_url())
        assert response.status_code == 200
        assert case.title in response.content.decode()
        assert ('id="restricted"' in response.content.decode()) == is_restricted


def test_demo_search_finds_by_name(demo: None) -> None:
    assert "Fons Voorbeeldmans" in _get("opbouwwerker", "/search/", q="vorbeeldmans fons").content.decode()


def test_demo_report_of_the_last_quarter_is_made(demo: None) -> None:
    period = quarter_before(timezone.localdate())
    title = period_title(period.start, period.end)
    report = Report.objects.get(title=title)
    assert report.pdf.read(4) == b"%PDF"
    assert title in _get("manager", "/reports/").content.decode()
    page = _get("manager", reverse("reporting:report", args=[report.uuid]))
    assert page.status_code == 200
    visits = next(
        figure
        for section in report.snapshot["sections"]
        for figure in section["figures"]
        if figure["code"] == "visits.done"
    )
    assert visits["value"] >= 10


def test_demo_manager_reads_no_story(demo: None) -> None:
    case = _case("Fons")
    for username in ("manager", "beheerder", "privacy"):
        home = _get(username, "/").content.decode()
        assert "Fons Voorbeeldmans" not in home
        assert _get(username, "/cases/").status_code == 403
        assert _get(username, case.get_absolute_url()).status_code == 403
    assert _get("buitenstaander", case.get_absolute_url()).status_code == 404


def test_casus_1_is_told(demo: None) -> None:
    case = _case("Fons Voorbeeldmans")
    visits = case.visits.filter(state=VisitState.DONE).order_by("visited_at")
    assert [visit.result for visit in visits] == [VisitResult.MET, VisitResult.NOBODY_HOME, VisitResult.MET]
    assert visits[0].photos.count() == 2
    seen = set(visits[0].observations.values_list("sighting", flat=True))
    assert {"co_gas", "damp"} <= seen
    assert list(case.trust_changes.order_by("changed_at").values_list("from_stage", "to_stage")) == [
        (1, 2),
        (2, 3),
    ]
    boundary = Boundary.objects.get(case=case)
    assert boundary.kind == "no_landlord"
    assert boundary.lifted_at
    assert boundary.agreed_by == "Fons Voorbeeldmans"
    assert boundary.agreement
    question = HelpRequest.objects.get(case=case)
    assert question.organisation.name == "Energiepunt Mechelen"
    assert question.state == HelpRequestState.ANSWERED
    assert (timezone.localdate(question.answered_at) - timezone.localdate(question.asked_at)).days == 5
    assert timezone.localdate(question.answered_at) <= question.due_on
    meter = Intervention.objects.get(case=case, instrument__code="co-meter")
    assert meter.state == InterventionState.DONE
    assert meter.provider.name == "Samenlevingsopbouw"
    assert case.entries.filter(kind="cases.boundary_refusal").count() == 1
    assert case.steps.filter(state="busy", due_on__gte=timezone.localdate(), agreed="yes").exists()
    months = timezone.now() - case.opened_at
    assert dt.timedelta(days=170) < months < dt.timedelta(days=195)


def test_casus_1_inspector_sees_that_not_what(demo: None) -> None:
    case = _case("Fons Voorbeeldmans")
    page = _get("inspecteur", case.get_absolute_url()).content.decode()
    assert "Huisbezoek" in page
    assert "Fons had koffie klaar voor drie" not in page
    assert (
        "Fons had koffie klaar voor drie" in _get("huurbegeleider", case.get_absolute_url()).content.decode()
    )


def test_casus_2_is_told(demo: None) -> None:
    block = _case("Appartementsblok")
    assert block.kind == CaseKind.BUILDING
    assert block.lead.username == "jurist"
    assert block.children.count() == 4
    landlord = Landlord.objects.get(name__startswith="Immo Blokkendoos")
    buildings = Ownership.objects.filter(landlord=landlord).values("dwelling__building").distinct()
    assert buildings.count() == 3
    voice = landlord.points_of_contact.get()
    assert (voice.user.username, voice.organisation.name) == ("huurbegeleider", "Sociaal Huis Mechelen")
    newborn = _case("Gezin El Proef").household.members.get(join_reason="birth")
    assert newborn.role == "newborn"
    standing = Boundary.objects.standing().filter(kind="no_landlord")
    assert [boundary.case for boundary in standing] == [_case("Ida Fictiers")]
    page = _get("jurist", reverse("housing:landlord", args=[landlord.pk])).content.decode()
    assert "Samira Thuishaven" in page
    assert "Ida Fictiers" in page
    assert "Stenen Toekomst nv" in page
    legal_file = LegalFile.objects.get(case=block)
    assert legal_file.tenants.filter(left_at__isnull=True).count() == 4
    held = legal_file.bundles.get().items.values_list("exhibit__number", flat=True)
    withdrawn = legal_file.exhibits.get(permissions__withdrawn_at__isnull=False)
    assert withdrawn.number in held


def test_casus_3_is_told(demo: None) -> None:
    case = _case("Gezin Öztest")
    assert case.radar_entry.source == "rent_subsidy"
    stays = case.household.occupancies.order_by("from_on")
    assert stays.count() == 2
    assert stays[0].until_on == stays[1].from_on - dt.timedelta(days=1)
    assert stays[1].until_on is None
    stay = Stay.objects.get(case=case)
    assert (stay.state, stay.occupancy) == ("running", stays[1])
    assert stay.period.until_on > stay.first_return_on
    assert stay.extensions.get().state == "granted"
    agreement = Agreement.objects.live().get(case=case)
    assert agreement.parties.count() == 4
    late = ObligationDue.objects.late(timezone.localdate()).filter(agreement=agreement)
    assert [due.obligation.topic for due in late] == ["fee"]
    codes = set(Intervention.objects.filter(case=case).values_list("instrument__code", flat=True))
    assert {
        "crisiswoning",
        "renovatiebegeleiding",
        "driepartijenovereenkomst",
        "nazorg-wooncontroleur",
    } <= codes
    assert Consent.objects.valid_on().filter(case=case).exists()


def test_crisis_dwellings_are_told(demo: None) -> None:
    assert CrisisDwelling.objects.count() == 4
    waiting = WaitingEntry.objects.order_by("-priority", "asked_on")
    assert sorted(entry.state for entry in waiting) == ["placed", "waiting", "waiting"]
    first = waiting[0]
    assert (first.priority, first.case.household.name) == (2, "Gezin El Proef")
    ended = Stay.objects.filter(state="ended")
    assert {stay.outcome for stay in ended} == {"social", "returned"}
    assert AftercareCheck.objects.filter(state="done", result="well").count() == 2
    assert RehousingCost.objects.count() >= 5


def test_tenants_are_told(demo: None) -> None:
    assert TenantTrack.objects.count() == 4
    willy = TenantTrack.objects.get(case__title__startswith="Willy")
    assert willy.is_late
    file = willy.fund_files.get()
    assert (file.state, file.paid) == ("paid", Decimal(1325))
    totals = [total for _day, total in arrears_of(willy).totals]
    assert totals == sorted(totals, reverse=True)
    states = set(RightClaim.objects.values_list("state", flat=True))
    assert states == {"explore", "asked", "granted", "refused"}
    assert RightClaim.objects.filter(kind="subsidy", inspection__trigger="rent_subsidy").exists()
    html = _get("huurbegeleider", willy.get_absolute_url()).content.decode()
    assert "€ 1.530,20" in html


def test_renovations_are_told(demo: None) -> None:
    assert sorted(Renovation.objects.values_list("state", flat=True)) == ["done", "running", "running"]
    assert Quote.objects.filter(is_chosen=True).count() == 2
    assert SupportRequest.objects.filter(state="granted").count() == 2
    assert ProgressPhoto.objects.count() == 2


def test_demo_shows_every_state(demo: None) -> None:
    cases = Case.objects.filter(neighbourhood__code="ARS")
    assert set(cases.values_list("state", flat=True)) == set(CaseState.values)
    outcomes = set(cases.exclude(outcome="").values_list("outcome", flat=True))
    assert outcomes >= {CaseOutcome.GOAL_REACHED, CaseOutcome.FAMILY_STOPPED, CaseOutcome.NO_CONTACT}
    assert set(cases.values_list("trust_stage", flat=True)) == {1, 2, 3, 4, 5}
    assert TimelineEntry.objects.filter(kind="cases.reopened").exists()
    assert set(Visit.objects.values_list("state", flat=True)) == {"planned", "done"}
    assert set(Visit.objects.exclude(result="").values_list("result", flat=True)) == set(VisitResult.values)
    assert set(HelpRequest.objects.values_list("state", flat=True)) == set(HelpRequestState.values)
    states = Intervention.objects.values_list("state", "instrument__goal").distinct()
    assert {state for state, _goal in states} == set(InterventionState.values)
    assert {goal for _state, goal in states} == {"housing", "cohesion", "safety"}


def test_demo_somebody_was_not_seen_for_24_days(demo: None) -> None:
    seen = _case("Willy Zondernaam").last_seen_at
    assert seen is not None
    assert (timezone.localdate() - timezone.localdate(seen)).days == 24


def test_demo_reviews_were_held_and_the_next_one_waits(demo: None) -> None:
    reviews = Review.objects.order_by("held_on")
    assert reviews.count() == 10
    assert {review.state for review in reviews} == {"closed"}
    assert all(review.held_on < timezone.localdate() for review in reviews)
    assert all(review.items.filter(state="discussed").exists() for review in reviews)


def test_demo_history_ends_today(demo: None) -> None:
    now = timezone.now()
    assert not TimelineEntry.objects.filter(occurred_at__gt=now).exists()
    assert not TimelineEntry.objects.filter(recorded_at__gt=now).exists()
    recent = TimelineEntry.objects.filter(occurred_at__gte=now - dt.timedelta(days=5))
    assert recent.exists()
    old = TimelineEntry.objects.filter(recorded_at__lt=now - dt.timedelta(days=150))
    assert old.exists()


def test_demo_names_nobody_real(demo: None) -> None:
    for user in User.objects.all():
        assert user.email.endswith("@example.be")
    for number in Landlord.objects.exclude(phone="").values_list("phone", flat=True):
        assert number.startswith(("0470 00 00 ", "015 00 00 "))


@pytest.mark.parametrize("day", ["2027-01-01", "2026-12-25", "2027-05-01", "2028-02-29"])
def test_stage_finds_working_days_around_any_day(day: str) -> None:
    today = dt.date.fromisoformat(day)
    stage = Stage(at(today, "8:00"))
    for days in range(200):
        assert stage.ago(days, "23:00") <= stage.end
        assert stage.on(days + 1) > today
