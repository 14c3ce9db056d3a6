"""Money of the neighbourhood budget: to the cent, never too much, never changed, also when two book at once."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arsenaal.lib.errors import ActionError
from arsenaal.lib.iban import NoIban, read_iban, show_iban
from arsenaal.lib.wall import beyond_wall
from cohesion.actions.budget_money import BudgetMoneyError, reverse_line, take_back
from cohesion.actions.budget_projects import BudgetProjectError, decide, edit_project, lower_grant, paid_of
from cohesion.actions.budget_rounds import (
    BudgetAmountError,
    BudgetRoundError,
    check_amount,
    edit_round,
    go_to,
    open_round,
)
from cohesion.budget_enums import LineKind, RoundState
from cohesion.budget_reading import ledger_of, sums_of
from cohesion.models import BudgetApplicant, BudgetProject, BudgetRound, LedgerLine
from tests.cohesion.budget import (
    IBAN,
    assess,
    at_once,
    book,
    euros,
    go,
    grant,
    granted,
    idea,
    round_of,
    today,
)
from tests.factories import World


@pytest.fixture
def projects(world: World) -> list[BudgetProject]:
    return granted(world.cohesion_coach, world.coordinator, world.neighbourhood, 400, 250)


def edit(world: World, budget_round: BudgetRound, **kwargs: Any) -> BudgetRound:
    names = (
        "title",
        "envelope",
        "ideas_from_on",
        "ideas_until_on",
        "intro",
        "choices",
        "tie_rule",
        "version",
    )
    values = {name: getattr(budget_round, name) for name in names} | {
        "themes": list(budget_round.themes.values_list("name", flat=True)),
        "rules": list(budget_round.rules.values_list("text", flat=True)),
    }
    return edit_round(by=world.coordinator, budget_round=budget_round, **(values | kwargs))


@pytest.mark.parametrize("text", ["0", "-1", "1e9", "NaN", "Infinity", "-Infinity", "0.001", "12.345"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(BudgetAmountError):
        check_amount(Decimal(text))


def test_account_numbers_are_checked() -> None:
    assert show_iban(read_iban("be71 0961.2345-6769")) == IBAN
    for wrong in (
        "",
        "BE71 0961 2345 6768",
        "BE71 0961 2345 676",
        "XX00 1234",
        "BE71 0961 2345 67٦9",
        "NL",
        "BE+1",
    ):
        with pytest.raises(NoIban):
            read_iban(wrong)


def test_payments_in_parts_never_pass_the_grant(world: World, projects: list[BudgetProject]) -> None:
    first, coach = projects[0], world.cohesion_coach
    book(coach, first, "150.10")
    with pytest.raises(BudgetMoneyError, match="249,90"):
        book(coach, first, "249.91")
    book(coach, first, "249.90")
    assert paid_of(first) == euros(400)
    for wrong in ("0", "-5", "NaN", "1e9"):
        with pytest.raises(BudgetAmountError):
            book(coach, first, wrong)


def test_reversal_is_a_line_of_its_own_and_only_once(world: World, projects: list[BudgetProject]) -> None:
    coach, first = world.cohesion_coach, projects[0]
    line = book(coach, first, 100)
    back = reverse_line(by=coach, line=line, reason="Verkeerde rekening")
    assert (back.amount, back.kind, paid_of(first)) == (euros(-100), LineKind.REVERSAL, 0)
    for again in (line, back):
        with pytest.raises(BudgetMoneyError):
            reverse_line(by=coach, line=again, reason="Nog eens")
    with pytest.raises(BudgetMoneyError):
        reverse_line(by=coach, line=book(coach, first, 5), reason="  ")


def test_money_that_came_back_stays_within_what_was_paid(world: World, projects: list[BudgetProject]) -> None:
    coach, first = world.cohesion_coach, projects[0]
    line = book(coach, first, 100)

    def back(amount: str) -> LedgerLine:
        return take_back(by=coach, project=first, amount=euros(amount), moved_on=today(), note="Over")

    with pytest.raises(BudgetMoneyError, match="100,00"):
        back("100.01")
    back("40")
    with pytest.raises(BudgetMoneyError, match="terugdraaien"):
        reverse_line(by=coach, line=line, reason="Te laat")
    assert paid_of(first) == euros(60)


def test_nothing_is_paid_without_account_or_grant(world: World) -> None:
    budget_round = round_of(world.coordinator, world.neighbourhood)
    poor = idea(budget_round, iban="")
    with pytest.raises(BudgetMoneyError, match="geen geld toegekend"):
        book(world.cohesion_coach, poor, 1)
    assess(world.cohesion_coach, poor)
    go(world.coordinator, budget_round, RoundState.ASSESSING, RoundState.DECIDED)
    grant(world.coordinator, poor)
    with pytest.raises(BudgetMoneyError, match="rekeningnummer"):
        book(world.cohesion_coach, poor, 1)
    poor.refresh_from_db()
    with pytest.raises(BudgetProjectError, match="klopt niet"):
        edit_project(
            by=world.cohesion_coach,
            project=poor,
            version=poor.version,
            theme=poor.theme,
            title=poor.title,
            summary="x",
            kind="resident",
            asked=poor.asked,
            iban="BE00 0000",
            email="a@b.example",
        )


def test_account_stands_encrypted(world: World, projects: list[BudgetProject]) -> None:
    with beyond_wall("test"), connection.cursor() as cursor:
        assert BudgetApplicant.objects.get(project=projects[0]).iban == IBAN.replace(" ", "")
        cursor.execute("SELECT iban FROM cohesion_budgetapplicant")
        assert all("0961" not in row[0] for row in cursor.fetchall())


def test_envelope_never_goes_below_what_was_granted(world: World, projects: list[BudgetProject]) -> None:
    budget_round = BudgetRound.objects.get()
    with pytest.raises(BudgetRoundError, match="650,00"):
        edit(world, budget_round, envelope=euros("649.99"))
    with pytest.raises(DatabaseError), transaction.atomic():
        BudgetRound.objects.update(envelope=euros("649.99"))
    assert edit(world, budget_round, envelope=euros(650)).envelope == 650


def test_grants_stay_within_asked_and_envelope(world: World) -> None:
    boss, coach = world.coordinator, world.cohesion_coach
    budget_round = round_of(boss, world.neighbourhood)
    first, second = idea(budget_round, asked=600), idea(budget_round, asked=400)
    assess(coach, first, second)
    go(boss, budget_round, RoundState.ASSESSING, RoundState.DECIDED)
    with pytest.raises(BudgetProjectError, match="Meer dan"):
        grant(boss, first, "600.01")
    grant(boss, first)
    edit(world, BudgetRound.objects.get(), envelope=euros(900))
    with pytest.raises(BudgetProjectError, match="300,00"):
        grant(boss, second)
    grant(boss, second, 300)
    with pytest.raises(BudgetProjectError, match="stap"):
        decide(by=boss, project=second, is_granted=False, amount=None, reason="Toch niet")


def test_grant_is_lowered_to_what_was_paid_and_frees_money(
    world: World, projects: list[BudgetProject]
) -> None:
    boss, first = world.coordinator, projects[0]
    book(world.cohesion_coach, first, 150)

    def lower(amount: str) -> Any:
        return lower_grant(by=boss, project=first, amount=euros(amount), reason="Het was goedkoper")

    with pytest.raises(BudgetProjectError, match="150,00"):
        lower("149.99")
    with pytest.raises(BudgetProjectError, match="400,00"):
        lower("400")
    lower("150")
    with pytest.raises(BudgetMoneyError):
        book(world.cohesion_coach, first, "0.01")


def test_database_itself_refuses(world: World, projects: list[BudgetProject]) -> None:
    first, second = projects
    line = book(world.cohesion_coach, first, 100)
    base = {
        "round_id": first.round_id,
        "project": first,
        "moved_on": today(),
        "booked_by": world.cohesion_coach,
        "booked_at": line.booked_at,
        "note": "x",
    }
    wrong: list[Callable[[], Any]] = [
        lambda: LedgerLine.objects.create(**base, kind="payment", amount=euros("300.01")),
        lambda: LedgerLine.objects.create(**base, kind="payment", amount=euros(-1)),
        lambda: LedgerLine.objects.create(**base, kind="refund", amount=euros(-101)),
        lambda: LedgerLine.objects.create(**base, kind="reversal", amount=euros(-99), reverses=line),
        lambda: LedgerLine.objects.create(
            **base | {"project": second}, kind="reversal", amount=euros(-100), reverses=line
        ),
        lambda: LedgerLine.objects.filter(pk=line.pk).update(amount=1),
        lambda: LedgerLine.objects.filter(pk=line.pk).update(note="y"),
        lambda: LedgerLine.objects.filter(pk=line.pk).delete(),
        lambda: BudgetProject.objects.filter(pk=first.pk).update(granted=euros(99)),
        lambda: BudgetProject.objects.filter(pk=first.pk).update(granted=euros(401)),
        lambda: BudgetProject.objects.filter(pk=second.pk).update(asked=euros(900), granted=euros("600.01")),
    ]
    for attempt in wrong:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["pay", "reverse", "back", "lower", "envelope"]),
        st.integers(0, 1),
        st.decimals(min_value="-5", max_value="500", places=2, allow_nan=False),
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_STEPS)
def test_any_order_adds_up_to_the_cent(world: World, projects: list[BudgetProject], steps: list[Any]) -> None:
    with transaction.atomic():
        _play(world, projects, steps)
        transaction.set_rollback(True)


def _play(world: World, projects: list[BudgetProject], steps: list[Any]) -> None:
    coach, expected = world.cohesion_coach, [Decimal(0), Decimal(0)]
    for what, which, amount in steps:
        project = BudgetProject.objects.get(pk=projects[which].pk)
        try:
            with transaction.atomic():
                if what == "pay":
                    book(coach, project, str(amount))
                    expected[which] += amount
                elif what == "reverse":
                    line = project.lines.filter(kind="payment").order_by("pk").last()
                    if line:
                        reverse_line(by=coach, line=line, reason="Fout")
                        expected[which] -= line.amount
                elif what == "back":
                    take_back(by=coach, project=project, amount=amount, moved_on=today(), note="Over")
                    expected[which] -= amount
                elif what == "lower":
                    lower_grant(by=world.coordinator, project=project, amount=amount, reason="Minder")
                else:
                    edit(world, project.round, envelope=amount)
        except ActionError:
            pass
        fresh = BudgetRound.objects.get(pk=project.round_id)
        for one, sum_ in zip(projects, expected, strict=True):
            one.refresh_from_db()
            assert paid_of(one) == sum_
            assert 0 <= sum_ <= (one.granted or 0)
        sums = sums_of(fresh.projects.all(), fresh.lines.all())
        assert sums.paid == sum(expected) <= sums.promised <= fresh.envelope
        rows = ledger_of(fresh)
        assert (rows[-1].spent if rows else 0) == sums.paid


@pytest.mark.django_db(transaction=True)
def test_two_payments_at_once_never_pass_the_grant(world: World) -> None:
    (project,) = granted(world.cohesion_coach, world.coordinator, world.neighbourhood, 400)
    told = at_once(6, lambda: book(world.cohesion_coach, project, 150))
    assert sorted(told) == ["BudgetMoneyError"] * 4 + ["done"] * 2
    assert paid_of(project) == euros(300)


@pytest.mark.django_db(transaction=True)
def test_two_decisions_at_once_never_pass_the_envelope(world: World) -> None:
    boss = world.coordinator
    budget_round = round_of(boss, world.neighbourhood)
    projects = [idea(budget_round, asked=300, title=f"Idee {n}") for n in range(3)]
    assess(world.cohesion_coach, *projects)
    go(boss, budget_round, RoundState.ASSESSING, RoundState.DECIDED)
    edit(world, BudgetRound.objects.get(), envelope=euros(600))
    waiting = list(projects)
    told = at_once(3, lambda: grant(boss, waiting.pop()))
    assert sorted(told) == ["BudgetProjectError", "done", "done"]


def test_round_asks_for_sensible_days_and_names(world: World) -> None:
    budget_round = round_of(world.coordinator, world.neighbourhood)
    with pytest.raises(BudgetRoundError, match="al een ronde"):
        round_of(world.coordinator, world.neighbourhood)
    with pytest.raises(ActionError, match="eerste"):
        edit(world, budget_round, ideas_until_on=today() - dt.timedelta(days=9))
    with pytest.raises(BudgetRoundError, match="stap"):
        go_to(by=world.coordinator, budget_round=budget_round, to=RoundState.VOTING)
    follow = open_round(
        by=world.coordinator,
        neighbourhood=world.neighbourhood,
        title="Volgende",
        envelope=euros(5),
        ideas_from_on=today(),
        ideas_until_on=today(),
    )
    assert follow.themes.count() == 3
    assert follow.rules.count() == 7
