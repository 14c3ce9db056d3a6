"""Votes: one per code, counted the same in any order, frozen with the rule; paper is counted by two."""

import random
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from arsenaal.lib.wall import beyond_wall
from cohesion.actions.budget_projects import BudgetProjectError, advise, decide, withdraw_project
from cohesion.actions.budget_rounds import BudgetRoundError, go_to
from cohesion.actions.budget_votes import (
    VoteError,
    WrongCodeError,
    cast_vote,
    check_paper,
    count_again,
    count_paper,
    drop_paper,
    freeze_result,
    print_codes,
    void_batch,
)
from cohesion.budget_enums import ProjectState, RoundState, TieRule
from cohesion.budget_votes import Candidate, checksum_of, hash_code, new_code, rank, rule_in_words
from cohesion.models import Ballot, BallotChoice, BudgetProject, BudgetRound, PaperCount, VoteCode, VoteResult
from tests.cohesion.budget import assess, at_once, euros, go, grant, idea, round_of, voting
from tests.factories import World


@pytest.fixture
def budget_round(world: World) -> BudgetRound:
    """Three ideas of 600, 500 and 400 for 1000 euro."""
    return voting(world.cohesion_coach, world.coordinator, world.neighbourhood, 600, 500, 400)


def codes_of(world: World, budget_round: BudgetRound, size: int = 5) -> list[str]:
    return print_codes(by=world.cohesion_coach, budget_round=budget_round, size=size)[1]


def pk_of(budget_round: BudgetRound, number: int) -> int:
    return budget_round.projects.get(number=number).pk


def vote(budget_round: BudgetRound, code: str, *numbers: int) -> Ballot:
    chosen = [pk_of(budget_round, number) for number in numbers]
    return cast_vote(by=None, budget_round=budget_round, code=code, projects=chosen)


_CANDIDATES = st.lists(
    st.tuples(
        st.decimals(min_value="0.01", max_value="900", places=2),
        st.integers(0, 6),
        st.integers(0, 6),
    ),
    max_size=8,
).map(lambda rows: [Candidate(n + 100, n, f"Idee {n}", *row) for n, row in enumerate(rows, 1)])


@given(
    candidates=_CANDIDATES,
    tie=st.sampled_from(TieRule.values),
    seed=st.integers(),
    envelope=st.integers(1, 2000),
)
def test_result_does_not_depend_on_the_order(
    candidates: list[Candidate], tie: str, seed: int, envelope: int
) -> None:
    found = rank(candidates, envelope=Decimal(envelope), tie_rule=tie)
    shuffled = list(candidates)
    random.Random(seed).shuffle(shuffled)
    again = rank(shuffled, envelope=Decimal(envelope), tie_rule=tie)
    assert found == again
    assert checksum_of(found, "x") == checksum_of(again, "x") != checksum_of(found, "y")
    funded = [Decimal(row["amount"]) for row in found if row["is_funded"]]
    assert sum(funded) <= envelope
    assert all(row["votes"] for row in found if row["is_funded"])
    assert [row["votes"] for row in found] == sorted((row["votes"] for row in found), reverse=True)
    left = Decimal(envelope)
    for row in found:  # who was passed over did not fit, at that place in the list
        assert row["is_funded"] == (row["votes"] > 0 and Decimal(row["amount"]) <= left)
        left = Decimal(row["left"])


def test_tie_is_decided_by_the_declared_rule() -> None:
    first, second = Candidate(1, 1, "A", euros(90), 2, 1), Candidate(2, 2, "B", euros(80), 3, 0)
    by_amount = rank([first, second], envelope=euros(100), tie_rule=TieRule.SMALLEST)
    assert [row["number"] for row in by_amount if row["is_funded"]] == [2]
    by_day = rank([second, first], envelope=euros(100), tie_rule=TieRule.EARLIEST)
    assert [row["number"] for row in by_day if row["is_funded"]] == [1]
    assert "eerst is ingediend" in rule_in_words(envelope=euros(100), tie_rule="earliest", choices=2)


def test_code_is_read_as_people_type_it() -> None:
    code = new_code()
    assert hash_code(1, code) == hash_code(1, f" {code.lower().replace('-', ' ')} ")
    assert hash_code(1, code) != hash_code(2, code)


def test_one_vote_per_code_and_nothing_for_a_guess(world: World, budget_round: BudgetRound) -> None:
    code, other = codes_of(world, budget_round, 2)
    assert not VoteCode.objects.filter(code_hash__contains=code).exists()
    vote(budget_round, code, 1)
    with pytest.raises(VoteError, match="al gestemd"):
        vote(budget_round, code.lower(), 2)
    with pytest.raises(WrongCodeError):
        vote(budget_round, new_code(), 2)
    with pytest.raises(WrongCodeError):
        vote(budget_round, "'; DROP TABLE --", 2)
    for wrong in ([], [pk_of(budget_round, 1), pk_of(budget_round, 2)], [999999]):
        with pytest.raises(VoteError):
            cast_vote(by=None, budget_round=budget_round, code=other, projects=wrong)
    assert Ballot.objects.count() == 1


def test_lost_slips_count_no_more_but_a_vote_stays(world: World, budget_round: BudgetRound) -> None:
    batch, (code, lost) = print_codes(by=world.cohesion_coach, budget_round=budget_round, size=2)
    vote(budget_round, code, 1)
    for _press in range(2):
        assert void_batch(by=world.cohesion_coach, batch=batch).is_void
    with pytest.raises(WrongCodeError):
        vote(budget_round, lost, 1)
    assert Ballot.objects.count() == 1
    for size in (0, 501):
        with pytest.raises(VoteError):
            codes_of(world, budget_round, size)


@pytest.mark.django_db(transaction=True)
def test_same_code_at_once_counts_once(world: World) -> None:
    budget_round = voting(world.cohesion_coach, world.coordinator, world.neighbourhood, 600, 500)
    (code,) = codes_of(world, budget_round, 1)
    numbers = [1, 2, 1, 2]
    told = at_once(4, lambda: vote(budget_round, code, numbers.pop()))
    assert sorted(told) == ["VoteError"] * 3 + ["done"]
    assert BallotChoice.objects.count() == 1


def test_paper_counts_once_a_colleague_checked_it(world: World, budget_round: BudgetRound) -> None:
    coach = world.cohesion_coach
    one, two, three = (pk_of(budget_round, number) for number in (1, 2, 3))

    def count(ballots: int, votes: dict[int, int]) -> PaperCount:
        return count_paper(
            by=coach, budget_round=budget_round, where="De Draad", ballots=ballots, votes=votes
        )

    for ballots, votes in (
        (0, {}),
        (5, {one: 6}),
        (5, {one: 3, two: 3}),
        (5, {one: 2}),
        (5, {one: -1, two: 6}),
    ):
        with pytest.raises(VoteError):
            count(ballots, votes)
    with pytest.raises(VoteError):
        count(5, {999999: 5})
    made = count(5, {one: 2, three: 3})
    with pytest.raises(VoteError, match="nog niet nagekeken"):
        freeze_result(by=world.coordinator, budget_round=budget_round)
    with pytest.raises(VoteError, match="collega"):
        check_paper(by=coach, count=made)
    with pytest.raises(DatabaseError), transaction.atomic():
        PaperCount.objects.update(checked_by=coach, checked_at=made.counted_at)
    drop_paper(by=coach, count=made)
    made = count(5, {one: 3, three: 2})
    for _press in range(2):
        check_paper(by=world.coordinator, count=made)
    with pytest.raises(VoteError, match="blijft staan"):
        drop_paper(by=coach, count=made)
    vote(budget_round, codes_of(world, budget_round, 1)[0], 3)
    result = freeze_result(by=world.coordinator, budget_round=budget_round)
    assert [(row["number"], row["online"], row["paper"], row["is_funded"]) for row in result.rows] == [
        (3, 1, 2, True),
        (1, 0, 3, True),
        (2, 0, 0, False),
    ]
    assert (result.ballots, result.paper_ballots) == (1, 5)


def test_result_is_frozen_reproducible_and_binds(world: World, budget_round: BudgetRound) -> None:
    boss = world.coordinator
    codes = codes_of(world, budget_round, 4)
    for code, number in zip(codes, (2, 2, 3), strict=False):
        vote(budget_round, code, number)
    with pytest.raises(BudgetProjectError, match="gestemd"):
        decide(
            by=boss, project=budget_round.projects.get(number=1), is_granted=False, amount=None, reason="x"
        )
    with pytest.raises(BudgetProjectError, match="gestemd"):
        withdraw_project(by=boss, project=budget_round.projects.get(number=1))
    with pytest.raises(BudgetRoundError):
        go_to(by=boss, budget_round=budget_round, to=RoundState.DECIDED)
    result = freeze_result(by=boss, budget_round=budget_round)
    budget_round = BudgetRound.objects.get()
    assert count_again(budget_round) == result.checksum
    with pytest.raises(VoteError, match="nu niet"):
        vote(budget_round, codes[3], 1)
    with pytest.raises(VoteError):
        freeze_result(by=boss, budget_round=budget_round)
    code = VoteCode.objects.filter(ballot__isnull=True).first()
    for attempt in (
        lambda: VoteResult.objects.update(rows=[]),
        lambda: VoteResult.objects.all().delete(),
        lambda: Ballot.objects.create(round=budget_round, code=code),
        lambda: BallotChoice.objects.update(project=pk_of(budget_round, 1)),
        lambda: Ballot.objects.filter(pk=Ballot.objects.all()[0].pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    with pytest.raises(BudgetProjectError, match="haalde het niet"):
        grant(boss, budget_round.projects.get(number=1))
    assert grant(boss, budget_round.projects.get(number=2)).state == ProjectState.GRANTED


def test_vote_is_held_only_when_needed_and_all_is_assessed(world: World) -> None:
    boss, coach = world.coordinator, world.cohesion_coach
    budget_round = round_of(boss, world.neighbourhood)
    first, second = idea(budget_round, asked=700), idea(budget_round, asked=700)
    go(boss, budget_round, RoundState.ASSESSING)
    with pytest.raises(BudgetRoundError, match="2 projecten"):
        go(boss, budget_round, RoundState.VOTING)
    assess(coach, first)
    assess(coach, second, verdict="unclear")
    with pytest.raises(BudgetRoundError, match="1 project"):
        go(boss, budget_round, RoundState.DECIDED)
    assess(coach, second)
    with pytest.raises(BudgetRoundError, match="stemmen"):
        go(boss, budget_round, RoundState.DECIDED)
    assess(coach, second, verdict="no")
    with pytest.raises(BudgetRoundError, match="niet nodig"):
        go(boss, budget_round, RoundState.VOTING)
    assess(coach, second)
    advise(by=coach, project=second, source="Groendienst", text="Kan met minder", amount=euros(500))
    go(boss, budget_round, RoundState.VOTING)
    amounts = list(BudgetProject.objects.order_by("number").values_list("ballot_amount", flat=True))
    assert amounts == [700, 500]


def test_who_advised_does_not_decide(world: World) -> None:
    boss = world.coordinator
    budget_round = round_of(boss, world.neighbourhood)
    project = idea(budget_round, asked=100)
    with pytest.raises(BudgetProjectError, match="100,00"):
        advise(by=boss, project=project, source="Team", text="Meer", amount=euros(101))
    with beyond_wall("test"):
        advise(by=boss, project=project, source="Team", text="Goed", amount=euros(100))
    assess(world.cohesion_coach, project)
    go(boss, budget_round, RoundState.ASSESSING, RoundState.DECIDED)
    with pytest.raises(BudgetProjectError, match="collega"):
        grant(boss, project)


def test_project_that_breaks_a_rule_is_not_granted(world: World) -> None:
    boss = world.coordinator
    budget_round = round_of(boss, world.neighbourhood)
    project = idea(budget_round, asked=100)
    assess(world.cohesion_coach, project, verdict="no")
    go(boss, budget_round, RoundState.ASSESSING, RoundState.DECIDED)
    with pytest.raises(BudgetProjectError, match="regel"):
        grant(boss, project)
    with pytest.raises(BudgetProjectError, match="brief"):
        decide(by=boss, project=project, is_granted=False, amount=None, reason=" ")
    with pytest.raises(BudgetRoundError, match="1 project"):
        go(boss, budget_round, RoundState.CLOSED)
    decide(by=boss, project=project, is_granted=False, amount=None, reason="Het blijft niet staan.")
    assert go(boss, budget_round, RoundState.CLOSED).closed_on is not None
