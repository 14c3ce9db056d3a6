"""The pages of procedures, rehousing plans and tracks: what they show, what they refuse, how much they ask."""

import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from arsenaal.lib.errors import ChangedMeanwhileError
from arsenaal.lib.registries import Period
from cases.models import Case, TimelineEntry
from housing.actions.tracks import TrackError, edit_track, open_track
from housing.measures import procedures as measures
from housing.models import BuildingTrack, Procedure, RehousingPlan
from housing.procedure_enums import ProcedureKind, ProcedureState, Step
from tests.factories import World
from tests.housing.factories import forbid_landlord, house
from tests.housing.procedure_steps import TO_NOTIFIED, TO_READY, go, homes, start

TODAY = timezone.localdate


def _start_data(dwellings: list[Any], **more: Any) -> dict[str, Any]:
    return {
        "kind": "unfit",
        "dwellings": [dwelling.pk for dwelling in dwellings],
        "initiator": "occupant",
        "started_on": TODAY().isoformat(),
    } | more


# --- the building --------------------------------------------------------------------------------------------------
def _queries(client: Any, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_building_page_with_sixty_dwellings_asks_no_more_than_with_two(world: World, login: Any) -> None:
    client = login(world.housing_inspector)
    few, many = homes(world, 2), homes(world, 60, number="60")
    counts = []
    for dwellings in (few, many):
        start(world, dwellings)
        counts.append(_queries(client, dwellings[0].building.get_absolute_url()))
        procedure = Procedure.objects.latest("pk")
        counts.append(_queries(client, procedure.get_absolute_url()))
    assert counts[0] == counts[2]
    assert counts[1] == counts[3]
    assert max(counts) <= 25


def test_building_page_shows_its_tracks_side_by_side(world: World, login: Any) -> None:
    dwellings = homes(world, 2)
    start(world, dwellings)
    open_track(
        by=world.coordinator,
        building=dwellings[0].building,
        kind="permit",
        owner=world.renovation_coach,
        opened_on=TODAY(),
        next_on=TODAY() + dt.timedelta(days=5),
        next_step="<b>bellen</b>",
    )
    page = login(world.lawyer).get(dwellings[0].building.get_absolute_url()).content.decode()
    assert "Ongeschikt of onbewoonbaar" in page
    assert "Renovation_coach Test" in page
    assert "&lt;b&gt;bellen" in page
    assert "Procedure starten" not in page
    assert (
        "Wat loopt er"
        not in login(world.community_worker).get(dwellings[0].building.get_absolute_url()).content.decode()
    )


# --- starting and steps --------------------------------------------------------------------------------------------
def test_start_on_the_page_and_twice_pressed_is_once(world: World, login: Any) -> None:
    dwellings = homes(world, 3)
    client, url = login(world.coordinator), reverse("housing:procedure-new", args=[dwellings[0].building_id])
    token = client.get(url).context["submission_token"]
    sent = _start_data(dwellings[:2], submission_token=str(token))
    first, second = client.post(url, sent), client.post(url, sent)
    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    assert Procedure.objects.get().parts.count() == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("dwellings", []),
        ("dwellings", ["99999999999999999999"]),
        ("kind", "onzin"),
        ("started_on", "9999-12-31"),
        ("started_on", "2999-01-01"),
        ("reference", "x" * 500),
        ("note", "a\0b"),
        ("note", "x" * 20_000),
    ],
)
def test_start_with_nonsense_is_refused_beside_the_field(
    world: World, login: Any, field: str, value: Any
) -> None:
    dwellings = homes(world)
    url = reverse("housing:procedure-new", args=[dwellings[0].building_id])
    response = login(world.coordinator).post(url, _start_data(dwellings) | {field: value})
    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_step_against_a_boundary_says_who_when_why_and_tells_the_family(
    world: World, case: Case, login: Any
) -> None:
    dwellings = homes(world)
    house(world, case, dwellings[0])
    procedure = start(world, dwellings)
    go(world, procedure, Step.FIND_FOUNDED, Step.ASK_ADVICE, Step.INVESTIGATE, Step.SEND_ADVICE)
    forbid_landlord(case)
    response = login(world.housing_inspector).post(
        reverse("housing:procedure-step", args=[procedure.pk, "plan_hearing"]),
        {
            "parts": [procedure.parts.get().pk],
            "on": TODAY().isoformat(),
            "hearing_day": (TODAY() + dt.timedelta(days=20)).isoformat(),
            "hearing_time": "10:00",
            "hearing_form": "oral",
            "reference": "kenmerk 7",
        },
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "Hij vreest zijn studio te verliezen" in page
    assert str(case.lead) in page
    assert "kenmerk 7" in page
    assert TimelineEntry.objects.filter(case=case, kind="cases.boundary_refusal").count() == 1
    assert procedure.parts.get().state == ProcedureState.ADVICE_SENT


def test_every_step_of_a_decision_can_be_taken_on_the_page(world: World, login: Any) -> None:
    client, procedure = login(world.housing_inspector), start(world, homes(world))
    more: dict[Step, dict[str, Any]] = {
        Step.PLAN_HEARING: {
            "hearing_day": (TODAY() + dt.timedelta(days=15)).isoformat(),
            "hearing_form": "written",
        },
        Step.MARK_READY: {"verdict": "unfit"},
    }
    for step in (*TO_NOTIFIED, Step.SEND_INVENTORY):
        url = reverse("housing:procedure-step", args=[procedure.pk, step.value])
        assert client.get(url).status_code == 200
        sent = {"parts": [procedure.parts.get().pk], "on": TODAY().isoformat()} | more.get(step, {})
        response = client.post(url, sent)
        assert response.status_code == 302, (step, response.context["form"].errors)
        assert client.get(response.url).status_code == 200
    assert procedure.parts.get().state == ProcedureState.NOTIFIED


def test_conversion_leads_to_the_new_procedure(world: World, login: Any) -> None:
    procedure = start(world, homes(world), ProcedureKind.WARNING)
    go(world, procedure, Step.AGREE)
    response = login(world.coordinator).post(
        reverse("housing:procedure-step", args=[procedure.pk, "convert"]),
        {"parts": [procedure.parts.get().pk], "on": TODAY().isoformat()},
    )
    follows = Procedure.objects.get(kind="unfit")
    assert response.url == follows.get_absolute_url()


def test_step_that_does_not_belong_here_is_not_found(world: World, login: Any) -> None:
    procedure = start(world, homes(world), ProcedureKind.CERTIFICATE)
    client = login(world.coordinator)
    for step in ("decide", "onzin", "%00"):
        assert client.get(f"/procedures/{procedure.pk}/steps/{step}/").status_code == 404


# --- reading -------------------------------------------------------------------------------------------------------
def test_sheet_is_a_tagged_pdf_that_names_no_family(world: World, case: Case, login: Any) -> None:
    dwellings = homes(world)
    house(world, case, dwellings[0])
    procedure = start(world, dwellings)
    response = login(world.lawyer).get(reverse("housing:procedure-sheet", args=[procedure.pk]))
    assert response.headers["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(response.content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    text = " ".join(page.extract_text() for page in reader.pages)
    assert "Leuvensesteenweg 12" in text
    assert "Proefman" not in text


def test_list_filters_and_exports(world: World, login: Any) -> None:
    start(world, homes(world))
    start(world, homes(world, street="Veemarkt", number="5"), ProcedureKind.CERTIFICATE)
    client, url = login(world.lawyer), reverse("housing:procedure-list")
    assert len(client.get(url).context["page"].rows) == 2
    for query, n in (
        ({"kind": "unfit"}, 1),
        ({"running": "no"}, 0),
        ({"running": "yes"}, 2),
        ({"state": "requested"}, 2),
        ({"late": "true"}, 0),
        ({"q": "veemarkt"}, 1),
        ({"kind": "onzin", "sort": "onzin", "cursor": "onzin"}, 2),
    ):
        assert len(client.get(url, query).context["page"].rows) == n, query
    export = client.get(reverse("housing:procedure-export", args=["csv"]))
    text = b"".join(export.streaming_content).decode()
    assert "Veemarkt 5" in text
    assert login(world.outsider).get(url).context["page"].rows == []


def test_worker_sees_the_terms_of_his_case_and_no_procedure(world: World, case: Case, login: Any) -> None:
    dwellings = homes(world)
    house(world, case, dwellings[0])
    procedure = start(world, dwellings)
    client = login(world.community_worker)
    page = client.get(case.get_absolute_url()).content.decode()
    assert "Procedures over de woning" in page
    assert procedure.get_absolute_url() not in page
    assert client.get(procedure.get_absolute_url()).status_code == 403


# --- rehousing -----------------------------------------------------------------------------------------------------
def test_plan_is_written_by_the_familys_worker_and_checked_by_version(
    world: World, case: Case, login: Any
) -> None:
    dwellings = homes(world)
    house(world, case, dwellings[0])
    procedure = start(world, dwellings)
    go(world, procedure, *TO_READY[:-1])
    part, member = procedure.parts.get(), case.household.members.get()
    url = reverse("housing:rehousing-plan", args=[part.pk, case.household_id])
    client = login(world.community_worker)
    assert "Jef" in client.get(url).content.decode()
    sent = {
        "where_to": "Bij zijn zus",
        "belongings": "berging",
        "costs": "de stad",
        "cost_amount": "120,50",
        f"along_{member.pk}": "no",
        f"where_{member.pk}": "",
        "version": "0",
    }
    refused = client.post(url, sent)
    assert refused.status_code == 422
    assert f"where_{member.pk}" in refused.context["form"].errors
    assert client.post(url, sent | {f"along_{member.pk}": "yes"}).status_code == 302
    plan = RehousingPlan.objects.get()
    assert plan.case == case
    assert str(plan.cost_amount) == "120.50"
    again = client.post(url, sent | {f"along_{member.pk}": "yes", "where_to": "Elders"})
    assert again.status_code == 422
    assert "Bij zijn zus" in again.content.decode()
    assert TimelineEntry.objects.filter(case=case, kind="housing.rehousing").count() == 1


@pytest.mark.parametrize(("kind", "is_asked"), [(ProcedureKind.URGENT, True), (ProcedureKind.UNFIT, False)])
def test_family_is_asked_where_to_as_soon_as_a_decision_can_follow(
    world: World, case: Case, login: Any, kind: str, is_asked: bool
) -> None:
    dwellings = homes(world)
    house(world, case, dwellings[0])
    part = start(world, dwellings, kind).parts.get()
    url = reverse("housing:rehousing-plan", args=[part.pk, case.household_id])
    page = login(world.community_worker).get(case.get_absolute_url()).content.decode()
    assert (url in page) is is_asked


def test_plan_of_who_does_not_live_there_is_not_found(world: World, case: Case, login: Any) -> None:
    dwellings = homes(world)
    part = start(world, dwellings, ProcedureKind.URGENT).parts.get()
    url = reverse("housing:rehousing-plan", args=[part.pk, case.household_id])
    assert login(world.coordinator).get(url).status_code == 404


# --- tracks --------------------------------------------------------------------------------------------------------
def _track(world: World, **more: Any) -> BuildingTrack:
    kwargs: dict[str, Any] = {"kind": "vacancy", "owner": world.lawyer, "opened_on": TODAY()} | more
    return open_track(by=world.coordinator, building=homes(world)[0].building, **kwargs)


def test_track_is_followed_up_and_closed_with_how_it_ended(world: World, login: Any) -> None:
    track, client = _track(world), login(world.coordinator)
    url = reverse("housing:track-edit", args=[track.pk])
    sent = {"state": "closed", "owner": world.lawyer.pk, "version": "1"}
    assert "outcome" in client.post(url, sent).context["form"].errors
    assert client.post(url, sent | {"outcome": "weer verhuurd"}).status_code == 302
    track.refresh_from_db()
    assert track.closed_on == TODAY()
    assert "weer verhuurd" in client.get(reverse("housing:track", args=[track.pk])).content.decode()


def test_track_saved_by_somebody_else_meanwhile_is_shown(world: World) -> None:
    track = _track(world)
    edit = {"track": track, "owner": world.lawyer, "state": "waiting", "version": 1}
    edit_track(by=world.coordinator, **edit)
    with pytest.raises(ChangedMeanwhileError):
        edit_track(by=world.housing_inspector, **edit)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"opened_on": dt.date(2090, 1, 1)}, "opened_on"),
        ({"opened_on": dt.date(1950, 1, 1)}, "opened_on"),
        ({"next_on": dt.date(2001, 1, 1)}, "next_on"),
        ({"next_on": dt.date(2099, 1, 1)}, "next_on"),
    ],
)
def test_track_with_days_that_can_not_be_is_refused(world: World, more: dict[str, Any], field: str) -> None:
    with pytest.raises(TrackError) as refused:
        _track(world, **more)
    assert refused.value.field == field


def test_track_of_a_kind_that_runs_is_refused_and_of_who_is_elsewhere(world: World) -> None:
    track = _track(world)
    kwargs: dict[str, Any] = {"by": world.coordinator, "building": track.building, "opened_on": TODAY()}
    with pytest.raises(TrackError) as refused:
        open_track(kind="vacancy", owner=world.lawyer, **kwargs)
    assert refused.value.field == "kind"
    with pytest.raises(TrackError) as refused:
        open_track(kind="permit", owner=world.outsider, **kwargs)
    assert refused.value.field == "owner"


# --- figures -------------------------------------------------------------------------------------------------------
def test_measures_count_decisions_certificates_and_liftings(world: World) -> None:
    period = Period(TODAY() - dt.timedelta(days=30), TODAY())
    where = world.neighbourhood.pk
    assert measures.days_to_decision(where, period).value is None
    in_time, late = homes(world), homes(world, number="50")
    quick = start(world, in_time, started_on=TODAY() - dt.timedelta(days=10))
    slow = start(world, late, started_on=TODAY() - dt.timedelta(days=200))
    go(world, quick, *TO_NOTIFIED)
    go(world, slow, *TO_NOTIFIED)
    certificate = start(world, in_time, ProcedureKind.CERTIFICATE)
    go(world, certificate, Step.COMPLETE, Step.ISSUE)
    go(world, quick, Step.LIFT, lift_reason="certificate")
    assert measures.days_to_decision(where, period).value == 105
    assert measures.decided_in_time(where, period).parts == {"op tijd": 1, "later": 1}
    issued = measures.certificates_issued(where, period)
    assert (issued.count, sum(issued.months.values())) == (1, 1)
    assert measures.lifted(where, period).parts["hersteld, met conformiteitsattest"] == 1
    assert measures.lifted(world.elsewhere.pk, period).count == 0
