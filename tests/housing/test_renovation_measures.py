"""The figures about renovations."""

from decimal import Decimal
from typing import Any

import pytest

from arsenaal.lib.registries import MeasureValue, Period, measures
from cases.models import Case
from housing.actions.renovation_lines import decide_support, strike_line
from housing.actions.renovations import finish_renovation
from tests.factories import World
from tests.housing.rehousing import ago, today
from tests.housing.renovations import running, scan, support

YEAR = Period(ago(365), today())


def count(world: World, code: str, period: Period = YEAR) -> MeasureValue:
    return measures.get(code).compute(world.neighbourhood.pk, period)


def test_supports_count_when_asked_and_sum_when_granted(world: World, case: Case) -> None:
    coach = world.renovation_coach
    found = running(world, case)
    first, second, struck = (support(coach, found) for _ in range(3))
    strike_line(by=coach, line=struck, reason="Dubbel.")
    decide_support(
        by=coach, support=first, version=1, state="granted", decided_on=ago(2), granted=Decimal("3800.50")
    )
    decide_support(by=coach, support=second, version=1, state="refused", decided_on=today(), note="Inkomen.")
    asked = count(world, "renovation.supports")
    assert asked.count == sum(asked.parts.values()) == 2
    assert asked.parts["toegekend"] == asked.parts["geweigerd"] == 1
    granted = count(world, "renovation.granted")
    assert (granted.value, granted.count) == (3800.50, 1)
    assert count(world, "renovation.granted", Period(ago(1), today())).count == 0


def test_label_change_compares_before_and_after(world: World, case: Case) -> None:
    coach = world.renovation_coach
    better, unknown, scanned = (running(world, case, number=number) for number in ("1", "2", "3"))
    scan(coach, better, label="F")
    scan(coach, scanned, label="C")
    scan(coach, scanned, label="C", moment="after", scanned_on=ago(1))
    finish_renovation(by=coach, renovation=better, ended_on=today(), reached="Warm.", label_after="B")
    finish_renovation(by=coach, renovation=unknown, ended_on=today(), reached="Droog.", label_after="B")
    finish_renovation(by=coach, renovation=scanned, ended_on=today(), reached="Veilig.")
    found = count(world, "renovation.labels")
    assert found.count == sum(found.parts.values()) == 3
    assert found.parts["beter label"] == found.parts["zelfde label"] == found.parts["niet geweten"] == 1


@pytest.mark.parametrize("code", ["renovation.supports", "renovation.granted", "renovation.labels"])
def test_each_takes_one_query(world: World, case: Case, code: str, django_assert_num_queries: Any) -> None:
    running(world, case)
    with django_assert_num_queries(1):
        count(world, code)
