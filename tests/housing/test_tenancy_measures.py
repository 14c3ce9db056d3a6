"""The figures about tenants."""

from decimal import Decimal
from typing import Any

import pytest

from accounts.wall import figures_only
from arsenaal.lib.registries import MeasureValue, Period, measures
from cases.models import Case
from housing.actions.tenancy_lines import strike_line
from tests.factories import World
from tests.housing.rehousing import ago, today
from tests.housing.tenancy import arrears, asked, granted, paid_file, right, step, support, track

YEAR = Period(ago(365), today())
CODES = ("tenancy.rights", "tenancy.granted", "tenancy.arrears", "tenancy.averted")


def count(world: World, code: str, period: Period = YEAR) -> MeasureValue:
    with figures_only():
        return measures.get(code).compute(world.neighbourhood.pk, period)


def test_rights_count_when_asked_and_sum_when_granted(world: World, case: Case) -> None:
    lead = world.tenancy_lead
    found = track(lead, case)
    right(lead, found)
    granted(lead, found, "120.25")
    granted(lead, found, None)
    strike_line(by=lead, line=granted(lead, found), reason="Dubbel.")
    step(lead, asked(lead, found), "refused", decided_on=today(), reason="Inkomen.")
    figure = count(world, "tenancy.rights")
    assert figure.count == sum(figure.parts.values()) == 3
    assert (figure.parts["toegekend"], figure.parts["geweigerd"]) == (2, 1)
    money = count(world, "tenancy.granted")
    assert (money.value, money.count) == (120.25, 1)
    assert count(world, "tenancy.granted", Period(ago(5), today())).count == 0
    assert count(world, "tenancy.rights", Period(ago(5), today())).count == 0


@pytest.mark.parametrize(
    ("readings", "became"),
    [
        ([("1950", 95), ("900", 5)], "minder achterstand"),
        ([("1950", 80), ("1950", 5)], "evenveel achterstand"),
        ([("500", 95), ("900", 80), ("950", 5)], "meer achterstand"),
        ([("500", 95)], "niet geweten"),
        ([("0", 95), ("0", 5)], "nooit achterstand"),
        ([], "niet geweten"),
        ([("1950", 95), ("1950", 40), ("10", 0)], "evenveel achterstand"),  # what came after doesn't count
    ],
)
def test_arrears_are_compared_over_the_days_of_the_support(
    world: World, case: Case, readings: list[tuple[str, int]], became: str
) -> None:
    lead = world.tenancy_lead
    found = track(lead, case)
    line = support(lead, found)
    for amount, days in readings:
        arrears(lead, found, amount, days)
    step(lead, line, "ended", ended_on=ago(2), result="settled")
    figure = count(world, "tenancy.arrears")
    assert figure.count == sum(figure.parts.values()) == 1
    assert figure.parts[became] == 1


def test_evictions_averted_are_files_that_ended_with_the_family_at_home(world: World, case: Case) -> None:
    lead = world.tenancy_lead
    first = paid_file(lead, track(lead, case))
    assert count(world, "tenancy.averted").count == 0
    step(lead, first, "followed", ended_on=ago(1), outcome="kept")
    second = paid_file(lead, track(lead, world.other_case))
    step(lead, second, "broken", ended_on=ago(1), reason="De verhuurder trok zich terug.")
    figure = count(world, "tenancy.averted")
    assert figure.count == sum(figure.parts.values()) == 2
    assert figure.parts["uithuiszetting vermeden, het gezin woont er nog"] == 1
    assert figure.parts["stopgezet"] == 1


@pytest.mark.parametrize("code", CODES)
def test_each_takes_a_fixed_number_of_queries(
    world: World, case: Case, code: str, django_assert_max_num_queries: Any
) -> None:
    lead = world.tenancy_lead
    for one in (case, world.other_case):
        found = track(lead, one)
        arrears(lead, found)
        step(lead, support(lead, found), "ended", ended_on=ago(2), result="settled")
        granted(lead, found, amount=Decimal(10))
    with django_assert_max_num_queries(2):
        measures.get(code).compute(world.neighbourhood.pk, YEAR)
