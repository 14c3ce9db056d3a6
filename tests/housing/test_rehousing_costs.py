"""The ledger of a rehousing: exact to the cent."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from cases.actions.checks import BadDateError
from cases.models import Case
from housing.actions.rehousing_costs import CostError, add_cost, record_recovered, strike_cost
from housing.agreement_enums import CostCategory
from housing.ledger import totals_of
from housing.models import RehousingCost
from tests.arsenaal.papers import ordinary_pdf, sent_file
from tests.factories import World
from tests.housing.rehousing import ago, staying, today

CENTS = st.integers(1, 9_999_999)
LINES = st.lists(
    st.tuples(CENTS, st.sampled_from(CostCategory.values), st.booleans(), st.booleans(), st.integers(0, 100))
)


@given(lines=LINES)
def test_totals_are_exact_to_the_cent(lines: list[tuple[int, str, bool, bool, int]]) -> None:
    costs = []
    for cents, category, is_recoverable, is_struck, share in lines:
        back = cents * share // 100 if is_recoverable else 0
        costs.append(
            RehousingCost(
                amount=Decimal(cents) / 100,
                category=category,
                is_recoverable=is_recoverable,
                is_struck=is_struck,
                recovered=Decimal(back) / 100,
            )
        )
    totals = totals_of(costs)
    counted = [cost for cost in costs if not cost.is_struck]
    exact = sum((Fraction(cost.amount) for cost in counted), Fraction(0))
    assert Fraction(totals.spent) == exact == sum(map(Fraction, totals.per_category.values()))
    assert Fraction(totals.outstanding) == sum(
        (Fraction(cost.amount) - Fraction(cost.recovered) for cost in counted if cost.is_recoverable),
        Fraction(0),
    )


def spend(world: World, stay, amount: str = "120.55", **kwargs) -> RehousingCost:
    values = {
        "spent_on": today(),
        "category": "transport",
        "description": "Bestelwagen",
        "is_recoverable": True,
    }
    return add_cost(by=world.tenancy_lead, stay=stay, amount=Decimal(amount), **(values | kwargs))


def test_cost_with_a_proof_stands_in_the_ledger(world: World, case: Case) -> None:
    cost = spend(world, staying(world, case), upload=sent_file(ordinary_pdf()))
    cost.refresh_from_db()
    assert cost.amount == Decimal("120.55")
    assert cost.proof is not None
    assert cost.proof.case == case


def test_cost_that_cannot_be_is_refused(world: World, case: Case) -> None:
    stay = staying(world, case)
    for amount in ("0", "-1"):
        with pytest.raises(CostError):
            spend(world, stay, amount)
    with pytest.raises(BadDateError):
        spend(world, stay, spent_on=today() + dt.timedelta(days=1))


def test_recovered_is_never_more_than_was_spent(world: World, case: Case) -> None:
    cost = spend(world, staying(world, case), spent_on=ago(3))
    with pytest.raises(CostError):
        record_recovered(by=world.lawyer, cost=cost, recovered=Decimal("120.56"), recovered_on=today())
    record_recovered(by=world.lawyer, cost=cost, recovered=Decimal("120.55"), recovered_on=today())
    with pytest.raises(CostError):
        strike_cost(by=world.lawyer, cost=cost, reason="Dubbel.")
    with pytest.raises(IntegrityError), transaction.atomic():
        RehousingCost.objects.filter(pk=cost.pk).update(recovered=Decimal("500"))
    own = spend(world, cost.stay, is_recoverable=False)
    with pytest.raises(CostError):
        record_recovered(by=world.lawyer, cost=own, recovered=Decimal("1"), recovered_on=today())


def test_struck_line_stays_readable_and_no_longer_counts(world: World, case: Case) -> None:
    cost = spend(world, staying(world, case))
    with pytest.raises(CostError):
        strike_cost(by=world.lawyer, cost=cost, reason=" ")
    strike_cost(by=world.lawyer, cost=cost, reason="Dubbel ingeschreven.")
    assert totals_of(cost.stay.costs.all()).spent == 0
    with pytest.raises(CostError):
        strike_cost(by=world.lawyer, cost=cost, reason="Nog eens.")
