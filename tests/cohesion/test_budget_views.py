"""The pages of the neighbourhood budget: for who works here, and for everybody."""

import io
import re
import time
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from arsenaal.lib.public_forms import LEAST_SECONDS, MOST_SECONDS, new_stamp
from arsenaal.lib.registries import Period
from arsenaal.lib.wall import beyond_wall
from cohesion.actions.budget_keeping import forget_applicants
from cohesion.actions.budget_money import reverse_line
from cohesion.actions.budget_projects import add_photo, decide, finish_project, remove_photo
from cohesion.actions.budget_rounds import go_to
from cohesion.actions.budget_votes import freeze_result, print_codes
from cohesion.budget_enums import ProjectState, RoundState
from cohesion.forms.budget import euro_field
from cohesion.measures.budget import budget_asked, budget_finished, budget_granted, budget_paid
from cohesion.models import Ballot, BudgetApplicant, BudgetProject, BudgetRound
from tests.arsenaal.papers import ordinary_pdf, sent_file
from tests.cases.visits import upload
from tests.cohesion.budget import IBAN, assess, book, euros, go, granted, idea, round_of, today, voting
from tests.factories import World


@pytest.fixture(autouse=True)
def _counted_anew(db: None) -> None:
    caches["counters"].clear()


@pytest.fixture
def budget_round(world: World) -> BudgetRound:
    return round_of(world.coordinator, world.neighbourhood)


def stamp(seconds_ago: float = LEAST_SECONDS + 1) -> str:
    return new_stamp(time.time() - seconds_ago)


def sent(budget_round: BudgetRound, **values: Any) -> dict[str, Any]:
    return {
        "stamp": stamp(),
        "title": "Bankje in de zon",
        "summary": "Een bank om samen te zitten.",
        "theme": budget_round.themes.first().pk,
        "asked": "412,50",
        "kind": "resident",
        "name": "Verzonnen Vera",
        "address": "Fictiestraat 9001",
        "email": "vera@voorbeeld.example",
        "iban": IBAN,
        "agrees": "on",
        **values,
    }


def apply_url(budget_round: BudgetRound) -> str:
    return reverse("wijk:budget-apply", args=[budget_round.neighbourhood.slug, budget_round.pk])


def test_resident_hands_in_once_without_login_and_gets_a_receipt(budget_round: BudgetRound) -> None:
    client, url = Client(enforce_csrf_checks=True), apply_url(budget_round)
    page = client.get(url)
    assert page.headers["Cache-Control"] == "no-store"
    assert "Woont in de wijk" in page.content.decode()
    data = sent(budget_round, quote=sent_file(ordinary_pdf()))
    first = client.post(url, data)
    again = client.post(url, {**data, "quote": sent_file(ordinary_pdf())})
    assert first.status_code == again.status_code == 302
    assert first["Location"] == again["Location"]
    project = BudgetProject.objects.get()
    assert (project.asked, project.entered_by, project.number) == (euros("412.50"), None, 1)
    with beyond_wall("test"):
        applicant = BudgetApplicant.objects.get()
        assert applicant.iban == IBAN.replace(" ", "")
        assert applicant.quote_type == "application/pdf"
    receipt = client.get(first["Location"])
    text = receipt.content.decode()
    assert project.reference in text
    assert not client.cookies
    for secret in ("Vera", "Bankje", "Fictiestraat", str(project.submission)):
        assert secret not in text
        assert secret not in first["Location"]
    assert client.get(first["Location"][:-3] + "xx/").status_code == 404


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"asked": "0"}, "asked"),
        ({"asked": "-1"}, "asked"),
        ({"asked": "1e9"}, "asked"),
        ({"asked": "NaN"}, "asked"),
        ({"asked": "12,345"}, "asked"),
        ({"asked": "1.000,01"}, "asked"),
        ({"email": ""}, "email"),
        ({"iban": "BE71 0961 2345 6768"}, "iban"),
        ({"kind": "school"}, "organisation"),
        ({"agrees": ""}, "agrees"),
        ({"theme": "999999"}, "theme"),
        ({"website": "http://spam.example"}, "__all__"),
        ({"stamp": "nonsense"}, "__all__"),
        ({"stamp": ""}, "__all__"),
        ({"quote": "empty"}, "quote"),
        ({"quote": "text"}, "quote"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    budget_round: BudgetRound, values: dict[str, Any], says: str
) -> None:
    files = {"empty": sent_file(b""), "text": sent_file(b"<h1>no file</h1>")}
    if "quote" in values:
        values = {"quote": files[values["quote"]]}
    response = Client().post(apply_url(budget_round), sent(budget_round, **values))
    assert response.status_code == 422
    assert says in response.context["form"].errors
    text = response.content.decode()
    assert "Verzonnen Vera" in text
    assert "Een bank om samen te zitten." in text
    assert BudgetProject.objects.count() == 0


@pytest.mark.parametrize("typed", ["1.000", "1000", "€ 1.000,00", "1,000.00", "1000,0"])
def test_amount_is_read_as_people_type_it(typed: str) -> None:
    assert euro_field("x").clean(typed) == euros(1000)


def test_robots_and_pages_left_open_are_stopped(budget_round: BudgetRound, settings: Any) -> None:
    settings.RATELIMIT_ENABLE = True
    client, url = Client(), apply_url(budget_round)
    quick = client.post(url, sent(budget_round, stamp=stamp(0)))
    assert "heel snel" in quick.content.decode()
    late = client.post(url, sent(budget_round, stamp=stamp(MOST_SECONDS + 5)))
    assert "te lang open" in late.content.decode()
    fresh = re.search(r'name="stamp" value="([^"]+)"', late.content.decode())
    assert fresh is not None
    assert client.post(url, sent(budget_round, stamp=fresh[1])).status_code == 302
    for n in range(19):
        client.post(url, sent(budget_round, title=f"Idee {n}"))
    assert client.post(url, sent(budget_round, title="Te veel")).status_code == 422
    assert BudgetProject.objects.count() == 20


def test_nobody_hands_in_before_or_after(world: World, budget_round: BudgetRound) -> None:
    BudgetRound.objects.update(
        ideas_from_on=today().replace(year=2020), ideas_until_on=today().replace(year=2021)
    )
    url = apply_url(budget_round)
    assert "nu niet indienen" in Client().get(url).content.decode()
    assert Client().post(url, sent(budget_round)).status_code == 422
    draft = BudgetRound.objects.create(
        neighbourhood=world.neighbourhood,
        title="Nog geheim",
        envelope=1,
        ideas_from_on=today(),
        ideas_until_on=today(),
        created_by=world.coordinator,
    )
    assert Client().get(apply_url(draft)).status_code == 404
    assert Client().get(f"/wijk/tivoli/wijkbudget/ronde/{budget_round.pk}/indienen/").status_code == 404


def test_manager_sees_titles_and_amounts_and_no_applicant(
    world: World, budget_round: BudgetRound, login: Any, django_assert_num_queries: Any
) -> None:
    project = idea(budget_round)
    client = login(world.manager)
    for url in (reverse("cohesion:budget"), budget_round.get_absolute_url(), project.get_absolute_url()):
        text = client.get(url).content.decode()
        assert "Vera" not in text
        assert "moeder" not in text
    assert "Bankje in de zon" in client.get(budget_round.get_absolute_url()).content.decode()
    assert "Vera" in login(world.cohesion_coach).get(project.get_absolute_url()).content.decode()
    client.get(budget_round.get_absolute_url())
    with django_assert_num_queries(20, exact=False) as seen:
        client.get(budget_round.get_absolute_url())
    for n in range(10):
        idea(budget_round, asked=5, title=f"Idee {n}")
    with django_assert_num_queries(len(seen)):
        client.get(budget_round.get_absolute_url())


def test_whole_round_through_the_pages(world: World) -> None:
    coach, boss = Client(), Client()
    for client, user in ((coach, world.cohesion_coach), (boss, world.coordinator)):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def go_on(client: Client, name: str, pk: int, /, *more: Any, **data: Any) -> Any:
        response = client.post(reverse(f"cohesion:{name}", args=[pk, *more]), data)
        assert response.status_code == 302, response.context["form"].errors
        return response

    days = {"ideas_from_on": today(), "ideas_until_on": today(), "choices": 1, "tie_rule": "earliest"}
    values = {
        "title": "Pro Arsenaal",
        "envelope": "1.000,00",
        "neighbourhood": world.neighbourhood.pk,
        **days,
    }
    assert boss.post(reverse("cohesion:budget-round-new"), values | {"envelope": "NaN"}).status_code == 422
    assert boss.post(reverse("cohesion:budget-round-new"), values).status_code == 302
    budget_round = BudgetRound.objects.get()
    pk = budget_round.pk
    edit = reverse("cohesion:budget-round-edit", args=[pk])
    initial = boss.get(edit).context["form"].initial
    go_on(boss, "budget-round-edit", pk, **{**initial, **days, "envelope": "900", "intro": "Kom maar"})
    stale = boss.post(edit, {**initial, **days, "envelope": "800"})
    assert stale.status_code == 422
    assert "900,00" in stale.content.decode()
    go_on(boss, "budget-round-step", pk, "ideas")
    go_on(coach, "budget-project-new", pk, **sent(budget_round, asked="800"))
    assert Client().post(apply_url(budget_round), sent(budget_round, asked="500")).status_code == 302
    first, second = BudgetProject.objects.order_by("number")
    assert first.entered_by == world.cohesion_coach
    for one in (first, second):
        url = reverse("cohesion:budget-project-rules", args=[one.pk])
        rules = coach.get(url).context["form"].rules
        verdicts = {f"verdict_{rule.pk}": "yes" for rule in rules} | {"version": one.version}
        assert coach.post(url, verdicts | {f"verdict_{rules[0].pk}": "no"}).status_code == 422
        assert coach.post(url, verdicts).status_code == 302
    go_on(coach, "budget-project-advise", first.pk, source="Groendienst", text="Goed", amount="700")
    go_on(boss, "budget-round-step", pk, "assessing")
    assert boss.post(reverse("cohesion:budget-round-step", args=[pk, "decided"])).status_code == 422
    go_on(boss, "budget-round-step", pk, "voting")

    slips = coach.post(reverse("cohesion:budget-slips", args=[pk]), {"size": 3})
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(slips.content)).pages)
    codes = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", text)
    assert len(codes) == 3
    vote_url = reverse("wijk:budget-vote", args=["arsenaal", pk])
    visitor = Client(enforce_csrf_checks=True)
    ballot = {"stamp": stamp(), "projects": second.pk, "code": codes[0].lower()}
    assert visitor.post(vote_url, ballot).status_code == 302
    twice = visitor.post(vote_url, ballot)
    assert "al gestemd" in twice.content.decode()
    assert visitor.post(vote_url, ballot | {"code": codes[1], "projects": 999}).status_code == 422
    assert visitor.post(vote_url, {"stamp": stamp(), "code": codes[1]}).status_code == 422
    assert (
        "niemand voor de stemming" in coach.get(reverse("cohesion:budget-votes", args=[pk])).content.decode()
    )
    paper = {f"votes_{first.pk}": 1, f"votes_{second.pk}": 3, "where": "De Draad", "ballots": 4}
    go_on(coach, "budget-paper-new", pk, **paper)
    count = budget_round.paper_counts.get()
    assert coach.post(reverse("cohesion:budget-paper-check", args=[count.pk])).status_code == 422
    go_on(boss, "budget-paper-check", count.pk)
    go_on(boss, "budget-freeze", pk)
    assert "klopt" in coach.get(reverse("cohesion:budget-votes", args=[pk])).content.decode()
    result = visitor.get(reverse("wijk:budget-result", args=["arsenaal", pk])).content.decode()
    assert "1 met code, 3 op papier" in result

    decision = {"is_granted": "yes", "amount": "500", "reason": "De wijk koos dit."}
    go_on(boss, "budget-project-decide", second.pk, **decision)
    assert boss.post(reverse("cohesion:budget-project-decide", args=[first.pk]), decision).status_code == 422
    go_on(boss, "budget-project-decide", first.pk, **decision | {"is_granted": "no"})
    letters = [coach.get(reverse("cohesion:budget-letter", args=[one.pk])) for one in (first, second)]
    words = [PdfReader(io.BytesIO(letter.content)).pages[0].extract_text() for letter in letters]
    assert "niet goedgekeurd" in words[0]
    assert "€ 500,00" in words[1]
    assert IBAN not in words[1]

    money = {"moved_on": today(), "note": "Eerste deel"}
    go_on(coach, "budget-project-pay", second.pk, amount="200,10", **money)
    assert (
        coach.post(
            reverse("cohesion:budget-project-pay", args=[second.pk]), {"amount": "300", **money}
        ).status_code
        == 422
    )
    line = second.lines.get()
    go_on(coach, "budget-line-reverse", line.pk, reason="Fout bedrag")
    go_on(coach, "budget-project-pay", second.pk, amount="500", **money)
    go_on(coach, "budget-project-refund", second.pk, amount="12,5", **money)
    go_on(coach, "budget-photo-new", second.pk, file=upload(), caption="De bank", is_public="on")
    second.refresh_from_db()
    report = {"is_finished": "yes", "finished_on": today(), "participants": 12, "outcome": "Hij staat er."}
    go_on(coach, "budget-project-report", second.pk, version=second.version, **report)
    page = visitor.get(reverse("wijk:budget-project", args=["arsenaal", second.pk])).content.decode()
    assert "Hij staat er." in page
    assert "12 mensen deden mee" in page
    assert "Vera" not in page
    photo = second.photos.get()
    assert visitor.get(reverse("wijk:budget-photo", args=["arsenaal", photo.pk])).status_code == 200
    go_on(coach, "budget-photo-remove", photo.pk)
    assert visitor.get(reverse("wijk:budget-photo", args=["arsenaal", photo.pk])).status_code == 404
    go_on(boss, "budget-project-lower", second.pk, amount="490", reason="Het was goedkoper")
    go_on(boss, "budget-round-step", pk, "closed")
    assert (
        coach.post(
            reverse("cohesion:budget-project-pay", args=[second.pk]), {"amount": "1", **money}
        ).status_code
        == 422
    )

    file = coach.get(reverse("cohesion:budget-ledger-file", args=[pk]))
    sheet = load_workbook(io.BytesIO(b"".join(file.streaming_content))).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[6] for row in rows] == [200.1, -200.1, 500, -12.5]
    assert rows[-1][7] == round(sum(row[6] for row in rows), 2) == 487.5
    assert rows[-1][8] == 412.5


def test_guessing_codes_is_stopped_and_slips_still_count(world: World, settings: Any) -> None:
    settings.RATELIMIT_ENABLE = True
    budget_round = voting(world.cohesion_coach, world.coordinator, world.neighbourhood, 600, 500)
    code = print_codes(by=world.cohesion_coach, budget_round=budget_round, size=1)[1][0]
    url = reverse("wijk:budget-vote", args=["arsenaal", budget_round.pk])
    ballot = {"stamp": stamp(), "projects": budget_round.projects.first().pk}
    for n in range(31):
        assert Client().post(url, {**ballot, "code": f"AAAA-AAAA-{n:04d}"}).status_code == 422
    stopped = Client().post(url, {**ballot, "code": code})
    assert "te veel foute codes" in stopped.content.decode()
    assert Client(REMOTE_ADDR="10.1.2.3").post(url, {**ballot, "code": code}).status_code == 302
    assert Ballot.objects.count() == 1


def test_public_pages_tell_only_what_was_granted(world: World, django_assert_num_queries: Any) -> None:
    projects = granted(world.cohesion_coach, world.coordinator, world.neighbourhood, 400, 250)
    waiting = idea(round_of(world.coordinator, world.neighbourhood, title="Nieuw"), title="Nog niet beslist")
    url = reverse("wijk:budget", args=["arsenaal"])
    Client().get(url)
    with django_assert_num_queries(5, exact=False):
        text = Client().get(f"{url}?taal=en").content.decode()
    assert "Idee 0" in text
    assert "Nog niet beslist" not in text
    assert "Mijn idee indienen" not in text  # it speaks English
    page = reverse("wijk:budget-project", args=["arsenaal", waiting.pk])
    assert Client().get(page).status_code == 404
    assert Client().get(reverse("wijk:budget-project", args=["tivoli", projects[0].pk])).status_code == 404
    hidden = add_photo(
        by=world.cohesion_coach, project=projects[0], upload=upload(), caption="X", is_public=False
    )
    assert Client().get(reverse("wijk:budget-photo", args=["arsenaal", hidden.pk])).status_code == 404
    remove_photo(by=world.cohesion_coach, photo=hidden)


def test_figures_by_theme(world: World) -> None:
    first, second = granted(world.cohesion_coach, world.coordinator, world.neighbourhood, 400, 250)
    line = book(world.cohesion_coach, first, "99.99")
    book(world.cohesion_coach, second, 50)
    reverse_line(by=world.cohesion_coach, line=line, reason="Fout")
    second.refresh_from_db()
    finish_project(
        by=world.cohesion_coach,
        project=second,
        version=second.version,
        is_finished=True,
        finished_on=today(),
        participants=3,
        outcome="Klaar",
    )
    here, now = world.neighbourhood.pk, Period(today(), today())
    found = [compute(here, now) for compute in (budget_asked, budget_granted, budget_paid, budget_finished)]
    assert [(one.value, one.count) for one in found] == [(650, 2), (650, 2), (50, 2), (1, 1)]
    theme = first.theme.name
    assert [dict(one.parts) for one in found] == [{theme: 2}, {theme: 2}, {theme: 2}, {theme: 1}]


def test_applicants_are_forgotten_when_the_term_is_over(world: World) -> None:
    boss, coach = world.coordinator, world.cohesion_coach
    budget_round = round_of(boss, world.neighbourhood)
    first = idea(budget_round, quote=sent_file(ordinary_pdf()))
    assess(coach, first, verdict="no")
    go(boss, budget_round, RoundState.ASSESSING)
    decide(by=boss, project=first, is_granted=False, amount=None, reason="Past niet.")
    assert forget_applicants() == 0
    BudgetProject.objects.update(decided_on=today().replace(year=today().year - 2))
    name = first.applicant.quote.name
    assert forget_applicants() == 1
    assert forget_applicants() == 0
    applicant = BudgetApplicant.objects.get()
    assert (applicant.name, applicant.iban, applicant.quote.name, applicant.motivation) == ("", None, "", "")
    assert applicant.emptied_on == today()
    assert set(first.checks.values_list("reason", flat=True)) == {"–"}
    assert name
    assert BudgetProject.objects.get().title == "Bankje in de zon"


def test_stopped_project_gives_money_back(world: World) -> None:
    (project,) = granted(world.cohesion_coach, world.coordinator, world.neighbourhood, 400)
    book(world.cohesion_coach, project, 300)
    project.refresh_from_db()
    finish_project(
        by=world.cohesion_coach,
        project=project,
        version=project.version,
        is_finished=False,
        finished_on=today(),
        participants=0,
        outcome="Het lukte niet.",
    )
    project.refresh_from_db()
    assert project.state == ProjectState.STOPPED
    assert Client().get(reverse("wijk:budget-project", args=["arsenaal", project.pk])).status_code == 404
    go_to(by=world.coordinator, budget_round=project.round, to=RoundState.CLOSED)


def test_result_without_votes_gives_nothing(world: World) -> None:
    budget_round = voting(world.cohesion_coach, world.coordinator, world.neighbourhood, 600, 500)
    result = freeze_result(by=world.coordinator, budget_round=budget_round)
    assert not any(row["is_funded"] for row in result.rows)
