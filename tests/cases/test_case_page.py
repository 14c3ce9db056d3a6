"""The case page: who sees it, what stands on it, in how many queries."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from arsenaal.lib.registries import CasePanel, Term, TermSource, case_panels, term_sources
from cases.actions.block import join_block
from cases.actions.change_trust import change_trust
from cases.actions.open_case import open_case
from cases.actions.write_note import write_note
from cases.enums import BoundaryKind
from cases.models import Boundary, Case, Consent, PlanStep, RadarEntry, TimelineEntry, Visit
from cases.timeline import author_label, record
from people.models import Person
from tests.cases.test_releases import consent
from tests.factories import World

Login = Callable[[User], Client]


def page(client: Client, case: Case, query: str = "") -> str:
    response = client.get(f"/cases/{case.number}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def fill(case: Case, by: User, count: int) -> None:
    """Put entries on a timeline in one go, one minute apart."""
    start = timezone.now() - dt.timedelta(days=200)
    TimelineEntry.objects.bulk_create(
        TimelineEntry(
            case=case,
            kind="cases.note",
            circle="shared" if n % 2 else "care",
            occurred_at=start + dt.timedelta(minutes=n),
            author=by,
            author_label=author_label(by, case),
            discipline=by.access.role_label(case.neighbourhood_id),
            title=f"Nota {n}",
            body="tekst",
        )
        for n in range(count)
    )


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("coordinator", 200),
        ("lawyer", 200),
        ("community_worker", 200),
        ("partner", 200),
        ("cohesion_coach", 404),
        ("outsider", 404),
        ("manager", 403),
        ("administrator", 403),
        ("privacy_officer", 403),
    ],
)
def test_case_page_opens_for_its_readers_alone(world: World, login: Login, role: str, status: int) -> None:
    client = login(world.users[role])
    for address in ("", "timeline/"):
        assert client.get(f"/cases/{world.case.number}/{address}").status_code == status


def test_case_page_of_another_team_is_not_found_for_partner_and_worker(world: World, login: Login) -> None:
    for user in (world.partner, world.community_worker):
        assert login(user).get(f"/cases/{world.other_case.number}/").status_code == 404


def test_case_page_with_unknown_number_is_not_found(world: World, login: Login) -> None:
    assert login(world.coordinator).get("/cases/ARS-2026-9999/").status_code == 404


def test_case_page_needs_a_login(world: World, client: Client) -> None:
    assert client.get(f"/cases/{world.case.number}/").status_code == 302


def test_header_shows_what_must_not_be_overlooked_in_order(world: World, login: Login) -> None:
    case, worker = world.case, world.community_worker
    Boundary.objects.create(
        case=case, kind=BoundaryKind.NO_LANDLORD, reason="Hij is bang", set_by=worker, set_at=timezone.now()
    )
    consent = Consent.objects.create(
        case=case,
        person=Person.objects.get(family_name="Proefman"),
        categories=["contact"],
        purpose="kachel",
        language="nl",
        from_on=timezone.localdate(),
        recorded_by=worker,
    )
    consent.recipients.add(world.organisations["energy"])
    Visit.objects.create(
        case=case,
        state="planned",
        purpose="follow_up",
        scheduled_at=timezone.now() + dt.timedelta(days=2),
        created_by=worker,
    )
    due = timezone.localdate() + dt.timedelta(days=4)
    PlanStep.objects.create(case=case, position=1, title="Gaskachel nazien", due_on=due, created_by=worker)
    html = page(login(worker), case)
    order = ["geen contact met de verhuurder", "Organisatie energy", "Bezoek "]
    assert sorted(html.index(text) for text in order) == [html.index(text) for text in order]
    assert "Gezin Proefman" in html
    assert "Nederlands" in html
    assert "Volgende stap" in html
    assert "Gaskachel nazien" in html
    assert 'aria-label="Vertrouwen 1 van 5"' in html
    assert "Kent ons" in html


@pytest.fixture
def term_source() -> Iterator[None]:
    """A term in four days for every case."""

    def fetch(case_ids: object, until: dt.date) -> list[Term]:
        due = timezone.localdate() + dt.timedelta(days=4)
        return [
            Term(due, "Beroep tegen <b>besluit</b>", "decreet", "jurist", pk, "#x")
            for pk in case_ids  # type: ignore[attr-defined]
        ]

    source = TermSource("test.term", "Test", fetch)
    term_sources.register(source)
    yield
    del term_sources._items["test.term"]


def test_header_shows_the_nearest_term(world: World, login: Login, term_source: None) -> None:
    html = page(login(world.lawyer), world.case)
    assert "Beroep tegen &lt;b&gt;besluit&lt;/b&gt;" in html
    assert "nog 4 dagen" in html


def test_trust_history_stands_under_the_meter(world: World, login: Login) -> None:
    change_trust(by=world.community_worker, case=world.case, to_stage=2, event="Hij bood koffie aan")
    html = page(login(world.lawyer), world.case)
    assert "1 → 2" in html
    assert html.count("Hij bood koffie aan") == 2  # in the history and on the timeline


def test_inspector_sees_that_something_happened_but_not_what(world: World, login: Login) -> None:
    record(
        "cases.visit",
        case=world.case,
        by=world.community_worker,
        title="Huisbezoek: gesproken",
        body="Hij huilde.",
        circle="care",
        goal="housing",
        data={
            "observations": [
                {"label": "geldzorgen", "severity": 3, "severity_label": "ernstig", "tone": "stop"}
            ]
        },
    )
    html = page(login(world.housing_inspector), world.case)
    assert "Huisbezoek door opbouwwerker · inhoud besloten binnen de zorg" in html
    for secret in ("Hij huilde", "geldzorgen", "Huisbezoek: gesproken"):
        assert secret not in html
    assert "Hij huilde" in page(login(world.tenancy_lead), world.case)


def test_text_with_html_emoji_and_arabic_is_shown_as_typed(world: World, login: Login) -> None:
    body = "<script>alert(1)</script> 🙂 اتصل قبل الزيارة"
    write_note(by=world.community_worker, case=world.case, title="<i>kop</i>", body=body, circle="shared")
    html = page(login(world.lawyer), world.case)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 🙂 اتصل قبل الزيارة" in html
    assert "&lt;i&gt;kop&lt;/i&gt;" in html
    assert '<p dir="auto">&lt;script' in html


def test_page_with_500_entries_takes_the_queries_of_one_with_5(world: World, login: Login) -> None:
    client = login(world.coordinator)
    fill(world.case, world.community_worker, 5)
    fill(world.other_case, world.community_worker, 500)
    counts = []
    for case in (world.case, world.other_case):
        page(client, case)  # what is read once per process
        with CaptureQueriesContext(
            connection,
        ) as queries:
            html = page(client, case)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 70  # half of it are the panels of all packages, each with its own pinned number
    assert html.count('id="entry-') == 30


def test_timeline_alone_takes_a_pinned_number_of_queries(
    world: World, login: Login, django_assert_num_queries: Callable
) -> None:
    client = login(world.coordinator)
    fill(world.other_case, world.community_worker, 500)
    page(client, world.case)  # the first click of a session is written down
    for case in (world.case, world.other_case):
        # session, user, his service, roles, case; pins, filter, page; the look
        with django_assert_num_queries(9):
            client.get(f"/cases/{case.number}/timeline/")


def test_queries_do_not_grow_with_what_the_case_holds(world: World, login: Login) -> None:
    client, case, worker = login(world.coordinator), world.case, world.community_worker
    page(client, case)

    def put(n: int) -> None:
        Boundary.objects.create(
            case=case,
            kind=BoundaryKind.OTHER,
            description=f"Niet {n}",
            reason="x",
            set_by=worker,
            set_at=timezone.now(),
        )
        consent = Consent.objects.create(
            case=case,
            person=Person.objects.get(family_name="Proefman"),
            categories=["contact"],
            purpose="x",
            language="nl",
            from_on=timezone.localdate(),
            recorded_by=worker,
        )
        consent.recipients.add(world.organisations["energy"])
        PlanStep.objects.create(case=case, position=n, title=f"Stap {n}", created_by=worker)
        change_trust(by=worker, case=case, to_stage=2 + n % 2, event=f"Toen {n}")

    put(1)
    with CaptureQueriesContext(connection) as few:
        page(client, case)
    for n in range(2, 9):
        put(n)
    with CaptureQueriesContext(connection) as many:
        page(client, case)
    assert len(few) == len(many)


def test_older_entries_are_one_link_away_without_script(world: World, login: Login) -> None:
    client = login(world.coordinator)
    fill(world.case, world.community_worker, 75)
    seen: list[str] = []
    address = f"/cases/{world.case.number}/"
    while address:
        html = client.get(address).content.decode()
        rows = html.split('id="timeline-rows"')[1]
        seen += [part.split('"')[0] for part in rows.split('id="entry-')[1:]]
        more = rows.split('rel="next" href="')
        address = more[1].split("#")[0].replace("&amp;", "&") if len(more) > 1 else ""
    assert len(seen) == len(set(seen)) == 76  # with the opening of the case


def test_more_rows_do_not_repeat_the_day_that_stands_above(world: World, login: Login) -> None:
    client = login(world.coordinator)
    moment = timezone.localtime().replace(hour=12, minute=0) - dt.timedelta(days=40)
    for n in range(40):
        record(
            "cases.note", case=world.case, by=world.lawyer, title=f"n{n}", circle="shared", occurred_at=moment
        )
    first = page(client, world.case)
    link = (
        first.split(f'hx-get="/cases/{world.case.number}/timeline/?')[1].split('"')[0].replace("&amp;", "&")
    )
    rows = client.get(f"/cases/{world.case.number}/timeline/?{link}", headers={"HX-Request": "true"})
    assert 'class="day"' not in rows.content.decode()
    assert "HX-Push-Url" not in rows.headers
    assert 'class="day"' in client.get(f"/cases/{world.case.number}/?{link}").content.decode()


@pytest.mark.parametrize("cursor", ["x", "%00", "WyJ4IiwgMV0", "WyIyMDI2LTAxLTAxIiwgMV0", "WzEsIDFd", "W10"])
def test_cursor_that_makes_no_sense_shows_the_newest(world: World, login: Login, cursor: str) -> None:
    assert "Dossier geopend" in page(login(world.coordinator), world.case, f"?cursor={cursor}")


def panel(code: str, order: int, *, may: bool = True, lazy: bool = False, empty: bool = False) -> CasePanel:
    return CasePanel(
        f"test.{code}",
        f"Paneel {code}",
        order,
        "cases/timeline/_entry.html",
        lambda user, case: may,
        lambda case, user: None if empty else {"row": {"body": f"Inhoud {code}", "data": {}}},
        is_lazy=lazy,
    )


@pytest.fixture
def panels() -> Iterator[None]:
    made = [
        panel("late", 900),
        panel("early", 850),
        panel("secret", 860, may=False),
        panel("heavy", 870, lazy=True),
        panel("empty", 880, empty=True),
    ]
    case_panels.register(*made)
    yield
    for one in made:
        del case_panels._items[one.code]


def test_panels_stand_in_order_and_heavy_ones_come_later(world: World, login: Login, panels: None) -> None:
    html = page(login(world.lawyer), world.case)
    assert html.index("Inhoud early") < html.index("Paneel heavy") < html.index("Inhoud late")
    assert "Inhoud heavy" not in html
    assert f'hx-get="/cases/{world.case.number}/panels/test.heavy/"' in html
    for absent in ("Inhoud secret", 'id="secret"', 'id="empty"'):
        assert absent not in html


def test_panel_is_fetched_by_whoever_may_see_it(world: World, login: Login, panels: None) -> None:
    client = login(world.lawyer)
    base = f"/cases/{world.case.number}/panels"
    assert "Inhoud heavy" in client.get(f"{base}/test.heavy/").content.decode()
    for code in ("test.secret", "nonsense"):
        assert client.get(f"{base}/{code}/").status_code == 404
    assert login(world.outsider).get(f"{base}/test.heavy/").status_code == 404


def test_block_page_lists_its_families_and_what_they_do_not_want(world: World, login: Login) -> None:
    block = open_case(
        by=world.coordinator, neighbourhood=world.neighbourhood, lead=world.community_worker, title="Blok"
    )
    for child in (world.case, world.other_case):
        join_block(by=world.coordinator, case=child, parent=block)
        Boundary.objects.create(
            case=child,
            kind=BoundaryKind.NO_LANDLORD,
            reason="bang",
            set_by=world.lawyer,
            set_at=timezone.now(),
        )
    html = page(login(world.community_worker), block)  # on the team of the block and of one of its families
    assert world.case.get_absolute_url() in html
    assert world.other_case.get_absolute_url() not in html
    assert "Gezin Andersson" not in html
    assert "Een gezin in dit blok" in html
    assert html.count("geen contact met de verhuurder") == 2


def test_household_page_shows_shared_entries_of_its_block_and_says_so(world: World, login: Login) -> None:
    block = open_case(
        by=world.coordinator, neighbourhood=world.neighbourhood, lead=world.coordinator, title="Blok Hoog"
    )
    for child in (world.case, world.other_case):
        join_block(by=world.coordinator, case=child, parent=block)
    write_note(by=world.coordinator, case=block, title="Brief aan allen", body="Donderdag", circle="shared")
    write_note(by=world.tenancy_lead, case=block, title="Zorg om een kind", body="Stil", circle="care")
    assert "Brief aan allen" not in page(login(world.partner), world.case)  # no consent to his service yet
    consent(world, "partner", categories=["plan"])
    html = page(login(world.partner), world.case)
    assert "Brief aan allen" in html
    assert "van het blok" in html
    assert "Blok Hoog" in html
    assert block.get_absolute_url() not in html  # the partner isn't on the team of the block
    assert "Zorg om een kind" not in html
    assert world.other_case.number not in html  # the neighbours stay out of it
    assert block.get_absolute_url() in page(login(world.coordinator), world.case)


def test_closed_case_offers_reading_and_reopening_only(world: World, login: Login) -> None:
    case = world.case
    Case.objects.filter(pk=case.pk).update(
        state="closed", outcome="goal_reached", closed_at=timezone.now(), closed_by=world.coordinator
    )
    html = page(login(world.coordinator), case)
    for word in ("afgesloten: doel bereikt", "Dossier heropenen", "lezen kan, schrijven niet"):
        assert word in html
    for address in ("notes/new", "contacts/new", "/close/", "/state/"):
        assert f"/cases/{case.number}/{address}" not in html


def test_keys_and_print_are_there(world: World, login: Login) -> None:
    html = page(login(world.community_worker), world.case)
    for key in ("n", "c", "f"):
        assert f'data-key="{key}"' in html
    assert 'href="#timeline"' in html


def test_case_discussed_without_a_decision_takes_one_line(world: World, login: Login) -> None:
    chips = {"chips": ["5 aanwezigen"]}
    record("cases.review", case=world.case, by=world.coordinator, title="Overleg: besproken", data=chips)
    html = page(login(world.lawyer), world.case)
    assert 'class="entry brief"' in html
    assert "5 aanwezigen" not in html
    record(
        "cases.review",
        case=world.case,
        by=world.coordinator,
        title="Overleg: bellen",
        body="Bellen.",
        data={**chips, "decisions": 1},
    )
    assert page(login(world.lawyer), world.case).count("5 aanwezigen") == 1


@pytest.mark.parametrize(("days", "is_said"), [(0, False), (3, True)])
def test_header_says_one_day_once(world: World, login: Login, days: int, is_said: bool) -> None:
    entry = RadarEntry.objects.create(
        neighbourhood=world.neighbourhood,
        source="school",
        source_organisation=world.organisations["partner"],
        reason="dwelling",
        worry="Schimmel.",
        name="Zorgwekkend",
        review_on=timezone.localdate(),
        reported_by=world.community_worker,
        reported_at=world.case.opened_at - dt.timedelta(days=days),
    )
    Case.objects.filter(pk=world.case.pk).update(radar_entry=entry)
    html = page(login(world.lawyer), world.case)
    assert ("op de radar sinds" in html) is is_said
    assert html.count("open sinds") == 1
