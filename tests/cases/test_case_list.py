"""The list of cases: what is shown and to whom, in words, with the same work however many there are."""

import csv
import datetime as dt
import io
import json
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership
from accounts.wall import acting_as
from arsenaal.lib.keyset import page
from cases.enums import BoundaryKind, CaseKind, CaseOutcome, CaseState
from cases.models import Boundary, Case, Instrument, Intervention, TimelineEntry
from cases.timeline import record
from people.models import Household
from tests.factories import World

URL = "/cases/"


def make_cases(world: World, count: int, *, same_moment: bool = False, code: str = "BLK") -> list[Case]:
    """Make many cases at once, each of a household of its own."""
    households = Household.objects.bulk_create(
        Household(neighbourhood=world.neighbourhood, name=f"Gezin {n}", created_by=world.coordinator)
        for n in range(count)
    )
    moment = timezone.now() - dt.timedelta(days=30)
    return Case.objects.bulk_create(
        Case(
            number=f"{code}-2020-{n:05d}",
            neighbourhood=world.neighbourhood,
            kind=CaseKind.HOUSEHOLD,
            title=f"Dossier {n % 7} van vele",
            household=household,
            lead=world.tenancy_lead,
            opened_at=moment - dt.timedelta(minutes=0 if same_moment else n),
            last_entry_at=moment - dt.timedelta(minutes=n % 11),
            trust_stage=n % 5 + 1,
            opened_by=world.coordinator,
        )
        for n, household in enumerate(households)
    )


def titles(response: Any) -> list[str]:
    return [case.title for case in response.context["page"].rows]


def test_list_shows_open_cases_of_ones_scope_newest_first(world: World, login: Any) -> None:
    response = login(world.coordinator).get(URL)
    assert titles(response) == ["Gezin in rijwoning", "Alleenstaande man, studio"]
    assert response.context["says"] == "2 open dossiers, nieuwste eerst"


@pytest.mark.parametrize("who", ["community_worker", "partner"])
def test_list_shows_only_cases_of_own_team(world: World, login: Any, who: str) -> None:
    assert titles(login(world.users[who]).get(URL)) == ["Alleenstaande man, studio"]


def test_list_of_another_neighbourhood_holds_none_of_ours(world: World, login: Any) -> None:
    assert titles(login(world.outsider).get(URL)) == ["Gezin elders"]


@pytest.mark.parametrize("who", ["manager", "administrator", "privacy_officer"])
@pytest.mark.parametrize("url", [URL, "/cases/export/csv/", "/cases/export/xlsx/"])
def test_list_is_closed_to_who_reads_no_stories(world: World, login: Any, who: str, url: str) -> None:
    assert login(world.users[who]).get(url).status_code == 403


def test_list_asks_who_is_not_logged_in_to_log_in(client: Any, db: None) -> None:
    assert client.get(URL).status_code == 302


def close(case: Case, by: Any) -> None:
    Case.objects.filter(pk=case.pk).update(
        state=CaseState.CLOSED,
        closed_at=timezone.now(),
        closed_by=by,
        outcome=CaseOutcome.GOAL_REACHED,
    )


def test_filter_state(world: World, login: Any) -> None:
    close(world.other_case, world.coordinator)
    client = login(world.coordinator)
    assert titles(client.get(URL)) == ["Alleenstaande man, studio"]
    closed = client.get(URL, {"state": "closed"})
    assert titles(closed) == ["Gezin in rijwoning"]
    assert closed.context["says"] == "1 dossier in stand “afgesloten”, nieuwste eerst"
    assert "doel bereikt" in closed.content.decode()
    assert len(titles(client.get(URL, {"state": "all"}))) == 2


def test_filter_mine_and_lead(world: World, login: Any) -> None:
    client = login(world.tenancy_lead)
    mine = client.get(URL, {"mine": "on"})
    assert len(titles(mine)) == 2  # the core team is on every case
    assert mine.context["says"] == "2 open dossiers van mij, nieuwste eerst"
    led = client.get(URL, {"lead": world.tenancy_lead.pk})
    assert titles(led) == ["Gezin in rijwoning"]
    assert f"trekker {world.tenancy_lead}" in led.context["says"]
    assert titles(login(world.coordinator).get(URL, {"mine": "on"})) == []


def test_filter_kind_trust_and_neighbourhood(world: World, login: Any) -> None:
    Membership.objects.create(
        user=world.coordinator,
        neighbourhood=world.elsewhere,
        role=Role.COORDINATOR,
        from_on="2020-01-01",
    )
    Case.objects.filter(pk=world.case.pk).update(trust_stage=3)
    client = login(world.coordinator)
    assert len(titles(client.get(URL))) == 3
    assert titles(client.get(URL, {"trust": 3})) == ["Alleenstaande man, studio"]
    assert titles(client.get(URL, {"kind": "building"})) == []
    there = client.get(URL, {"neighbourhood": world.elsewhere.pk})
    assert titles(there) == ["Gezin elders"]
    assert "Tivoli" in there.context["says"]


def test_filter_neighbourhood_is_only_there_for_who_has_several(world: World, login: Any) -> None:
    assert "neighbourhood" not in login(world.coordinator).get(URL).context["filter_form"].fields


def test_filter_boundary_and_row_says_so(world: World, login: Any) -> None:
    Boundary.objects.create(
        case=world.case,
        kind=BoundaryKind.NO_LANDLORD,
        reason="bang",
        set_by=world.community_worker,
        set_at=timezone.now(),
    )
    response = login(world.coordinator).get(URL, {"boundary": "on"})
    assert titles(response) == ["Alleenstaande man, studio"]
    assert "met een grens" in response.context["says"]


def test_filter_goal_of_running_intervention(world: World, login: Any) -> None:
    # Whatever the catalogue holds already: these two are our own.
    for goal, state in (("housing", "running"), ("safety", "planned")):
        instrument = Instrument.objects.create(
            code=f"eigen-{goal}", goal=goal, sub_goal="x", name=f"Eigen instrument {goal}"
        )
        Intervention.objects.create(
            neighbourhood=world.neighbourhood,
            case=world.case,
            instrument=instrument,
            target="case",
            provider=world.organisations["energy"],
            state=state,
            created_by=world.coordinator,
        )
    client = login(world.coordinator)
    assert titles(client.get(URL, {"goal": "housing"})) == ["Alleenstaande man, studio"]
    assert titles(client.get(URL, {"goal": "safety"})) == []


def test_filter_unseen_weeks(world: World, login: Any) -> None:
    now = timezone.now()
    Case.objects.filter(pk=world.case.pk).update(last_seen_at=now - dt.timedelta(weeks=4))
    Case.objects.filter(pk=world.other_case.pk).update(
        last_seen_at=now - dt.timedelta(weeks=2), opened_at=now - dt.timedelta(weeks=50)
    )
    client = login(world.coordinator)
    assert titles(client.get(URL, {"unseen": 3})) == ["Alleenstaande man, studio"]
    assert len(titles(client.get(URL, {"unseen": 1}))) == 2
    Case.objects.filter(pk=world.other_case.pk).update(last_seen_at=None)
    assert len(titles(client.get(URL, {"unseen": 3}))) == 2


def test_filter_opened_period_has_both_days_included(world: World, login: Any) -> None:
    evening = timezone.make_aware(dt.datetime(2026, 3, 10, 23, 30))
    Case.objects.filter(pk=world.case.pk).update(opened_at=evening)
    client = login(world.coordinator)
    on_the_day = {"opened_from": "2026-03-10", "opened_until": "2026-03-10"}
    assert titles(client.get(URL, on_the_day)) == ["Alleenstaande man, studio"]
    assert titles(client.get(URL, {"opened_until": "2026-03-09"})) == []


@pytest.mark.parametrize("query", ["ALLEENSTANDE", "studio alenstaande", "ARS-2026", "steenweg 12"])
def test_filter_words_forgive_spelling(world: World, login: Any, query: str) -> None:
    world.case.number, world.case.address_hint = "ARS-2026-0042", "Leuvensesteenweg 12"
    world.case.save()
    Case.objects.filter(pk=world.other_case.pk).update(number="ARS-2025-0001")
    assert "Alleenstaande man, studio" in titles(login(world.coordinator).get(URL, {"q": query}))


NONSENSE = [
    "state=nonsense",
    "lead=x&trust=99&goal=%00",
    "lead=99999999999999999999999999",
    "unseen=-4",
    "unseen=99999999999999999999999",
    "unseen=1e400",
    "opened_from=0000-00-00",
    "opened_until=31/02/2026",
    "sort=password",
    "sort=--opened",
    "cursor=%F0%9F%8C%BB",
    "cursor=" + "x" * 4000,
    "q=" + "x" * 5000,
    "q=a%00b",
]


@pytest.mark.parametrize("query", NONSENSE)
def test_nonsense_in_the_address_is_left_out_and_said(world: World, login: Any, query: str) -> None:
    response = login(world.coordinator).get(f"{URL}?{query}")
    assert response.status_code == 200
    assert response.context["misunderstood"] is True
    assert len(titles(response)) == 2
    assert "begrepen we niet" in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "unknown=1",
        "neighbourhood=1;drop",
        "q=%27%22%3Cscript%3E",
        "opened_from=1500-01-01",
        "opened_until=9999-12-31",
    ],
)
def test_odd_but_understandable_addresses_are_no_mistake(world: World, login: Any, query: str) -> None:
    response = login(world.coordinator).get(f"{URL}?{query}")
    assert response.status_code == 200
    assert response.context["misunderstood"] is False
    assert "<script>" not in response.context["says"] or "&lt;script&gt;" in response.content.decode()


@pytest.mark.parametrize(
    "order", ["opened", "-opened", "last", "-last", "title", "-title", "trust", "-trust"]
)
def test_pages_hold_every_case_once_while_rows_are_added(world: World, login: Any, order: str) -> None:
    made = {case.pk for case in make_cases(world, 65, same_moment=True)}
    client = login(world.coordinator)
    seen: list[int] = []
    cursor = ""
    while True:
        found = client.get(URL, {"sort": order, "cursor": cursor}).context["page"]
        seen += [case.pk for case in found.rows]
        cursor = found.next_cursor
        if not cursor:
            break
    assert len(seen) == len(set(seen))
    assert made <= set(seen)


def test_rows_added_between_two_pages_never_shift_them(world: World) -> None:
    make_cases(world, 40)
    cases = Case.objects.filter(neighbourhood=world.neighbourhood)
    before = {case.pk for case in cases}
    first = page(cases, order="-opened_at", size=30)
    household = Household.objects.create(
        neighbourhood=world.neighbourhood, name="Nieuw", created_by=world.coordinator
    )
    Case.objects.create(
        number="NEW-1",
        neighbourhood=world.neighbourhood,
        kind=CaseKind.HOUSEHOLD,
        title="Nieuw",
        household=household,
        lead=world.lawyer,
        opened_at=timezone.now(),
        opened_by=world.lawyer,
    )
    second = page(cases, order="-opened_at", size=30, cursor=first.next_cursor)
    assert [*first.rows, *second.rows] == list(cases.filter(pk__in=before).order_by("-opened_at", "-pk"))


def test_count_goes_no_further_than_a_hundred(world: World, login: Any) -> None:
    make_cases(world, 120)
    response = login(world.coordinator).get(URL)
    assert response.context["says"] == "meer dan 100 open dossiers, nieuwste eerst"


@pytest.mark.slow
@pytest.mark.parametrize("count", [5, 5000])
def test_list_takes_the_same_queries_with_5_and_5000_cases(
    world: World, login: Any, django_assert_num_queries: Any, count: int
) -> None:
    make_cases(world, count)
    client = login(world.coordinator)
    client.get(URL)
    # session, user, roles, wijken, leads, count, page, tabs, organisation (menu), and one per fact
    from arsenaal.lib.registries import case_facts

    with django_assert_num_queries(9 + len(case_facts)):
        client.get(URL)


def _work(sql: str, params: Any) -> dict[str, int]:
    """Run a query and return how many rows its scans read and how many blocks they touched."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params)
        raw = cursor.fetchone()[0]
    plan = (json.loads(raw) if isinstance(raw, str) else raw)[0]["Plan"]

    def rows(node: dict[str, Any]) -> float:
        own = node["Actual Rows"] * node["Actual Loops"] + node.get("Rows Removed by Filter", 0)
        return own + sum(rows(child) for child in node.get("Plans", ()))

    return {"rows": int(rows(plan)), "blocks": plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]}


@pytest.mark.slow
@pytest.mark.parametrize(
    "order", ["-opened_at", "opened_at", "-last_entry_at", "title", "-title", "trust_stage"]
)
def test_last_page_costs_what_the_first_does(world: World, order: str) -> None:
    make_cases(world, 5000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_case")
    cases = Case.objects.visible_to(world.coordinator).open()
    captured: list[tuple[str, Any]] = []

    def capture(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        captured.append((sql, params))
        return execute(sql, params, many, context)

    cursor, pages = "", 0
    with acting_as(world.coordinator), connection.execute_wrapper(capture):
        while True:
            found = page(cases, order=order, size=500, cursor=cursor)
            pages += 1
            cursor = found.next_cursor
            if not cursor:
                break
    assert pages > 9
    with acting_as(world.coordinator):  # with the second wall in the plan
        first, later = _work(*captured[0]), _work(*captured[-2])
    assert later["rows"] <= first["rows"] * 1.5
    assert later["blocks"] <= first["blocks"] * 2


def test_empty_list_says_why_and_what_next(world: World, login: Any) -> None:
    client = login(world.coordinator)
    assert "Geen dossier past" in client.get(URL, {"trust": 5}).content.decode()
    assert "geen enkel open dossier" in login(world.youth_coach).get(URL).content.decode()


def test_row_escapes_title_and_facts(world: World, login: Any) -> None:
    evil = "<script>alert(1)</script> مرحبا"
    world.case.title = world.case.address_hint = evil
    world.case.save()
    Household.objects.filter(pk=world.case.household_id).update(name=evil)
    text = login(world.coordinator).get(URL).content.decode()
    assert "<script>alert" not in text
    assert "مرحبا" in text


def read_csv(response: Any) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_export_holds_what_the_filter_shows_and_no_stories(world: World, login: Any) -> None:
    record(
        "cases.note", case=world.case, by=world.lawyer, title="Geheim", body="Hij huilde.", circle="shared"
    )
    assert TimelineEntry.objects.filter(body="Hij huilde.").exists()
    response = login(world.coordinator).get("/cases/export/csv/", {"lead": world.community_worker.pk})
    rows = read_csv(response)
    assert rows[0][:3] == ["Nummer", "Titel", "Soort"]
    assert [row[0] for row in rows[1:]] == [world.case.number]
    assert "gezinsdossier" in rows[1]
    assert "Hij huilde" not in str(rows)
    assert "Geheim" not in str(rows)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_export_holds_only_ones_own_scope(world: World, login: Any, kind: str) -> None:
    response = login(world.partner).get(f"/cases/export/{kind}/")
    if kind == "csv":
        numbers = [row[0] for row in read_csv(response)[1:]]
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
        numbers = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert numbers == [world.case.number]


def test_export_makes_formulas_harmless(world: World, login: Any) -> None:
    Case.objects.filter(pk=world.case.pk).update(title='=HYPERLINK("http://x","klik")')
    rows = read_csv(login(world.partner).get("/cases/export/csv/"))
    assert rows[1][1].startswith("'=")


def test_export_in_the_language_of_the_user(world: World, login: Any) -> None:
    rows = read_csv(login(world.coordinator).get("/cases/export/csv/"))
    assert "verkennen" in rows[1]


@pytest.mark.parametrize("query", NONSENSE)
def test_export_forgives_nonsense(world: World, login: Any, query: str) -> None:
    assert login(world.coordinator).get(f"/cases/export/csv/?{query}").status_code == 200


def test_export_of_an_unknown_kind_is_not_found(world: World, login: Any) -> None:
    assert login(world.coordinator).get("/cases/export/exe/").status_code == 404


@pytest.mark.parametrize("count", [5, 1200])
def test_export_takes_queries_per_five_hundred_cases(
    world: World, login: Any, django_assert_max_num_queries: Any, count: int
) -> None:
    from arsenaal.lib.registries import case_facts

    make_cases(world, count)
    client = login(world.coordinator)
    with django_assert_max_num_queries(11 + 3 * len(case_facts)):
        assert len(read_csv(client.get("/cases/export/csv/"))) == count + 3


def test_new_case_opens_for_new_household_and_for_block(world: World, login: Any) -> None:
    client = login(world.coordinator)
    url = reverse("cases:case-new")
    data = {
        "about": "new",
        "name": "Gezin Nieuw",
        "given_name": "An",
        "family_name": "Nieuw",
        "title": "Koppel",
        "lead": world.lawyer.pk,
    }
    response = client.post(url, data)
    case = Case.objects.get(title="Koppel")
    assert response.url == case.get_absolute_url()
    assert case.household.name == "Gezin Nieuw"
    block = {"about": "block", "title": "Blok A", "address_hint": "Steenweg 1", "lead": world.lawyer.pk}
    client.post(url, block)
    made = Case.objects.get(title="Blok A")
    assert (made.kind, made.address_hint) == (CaseKind.BUILDING, "Steenweg 1")
    inside = {**data, "name": "Gezin Twee", "title": "In blok", "parent": made.pk}
    client.post(url, inside)
    assert Case.objects.get(title="In blok").parent == made


def test_new_case_sent_twice_is_one_case(world: World, login: Any) -> None:
    client = login(world.coordinator)
    token = client.get(reverse("cases:case-new")).context["submission_token"]
    data = {
        "about": "new",
        "name": "Gezin Eén",
        "title": "Eenmalig",
        "lead": world.lawyer.pk,
        "submission_token": str(token),
    }
    first, second = (client.post(reverse("cases:case-new"), data) for _n in range(2))
    assert first.url == second.url
    assert Case.objects.filter(title="Eenmalig").count() == 1


@pytest.mark.parametrize("who", ["community_worker", "lawyer", "partner", "manager", "administrator"])
def test_new_case_is_refused_to_who_does_not_open_cases(world: World, login: Any, who: str) -> None:
    client = login(world.users[who])
    assert client.get(reverse("cases:case-new")).status_code == 403
    assert client.post(reverse("cases:case-new"), {}).status_code == 403


def test_new_case_refuses_a_lead_of_elsewhere(world: World, login: Any) -> None:
    data = {"about": "new", "name": "G", "title": "T", "lead": world.outsider.pk}
    response = login(world.coordinator).post(reverse("cases:case-new"), data)
    assert response.status_code == 422
    assert "lead" in response.context["form"].errors
