"""The rules of the report: outcome, rooms that count, the smallest area, the number of persons, what changed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from housing.inspection_enums import CATEGORY_WEIGHT, COUNTING_KINDS, Change, Outcome, RoomKind
from housing.inspection_rules import (
    Exceptions,
    Measured,
    NormLine,
    Numbers,
    change_between,
    judge_room,
    occupancy_of,
    outcome_of,
    persons_allowed,
)

NUMBERS = Numbers(
    room_min_area=Decimal(4),
    room_min_height=Decimal(220),
    min_area_dwelling=Decimal(18),
    min_area_room=Decimal(12),
    bathroom_bonus=Decimal(3),
    bed_tolerance=Decimal(2),
    min_area_student_room=Decimal(8),
    category_one_limit=Decimal(7),
)
TABLE = [
    NormLine("area", Decimal(18), 1),
    NormLine("area", Decimal(30), 2),
    NormLine("area", Decimal(45), 3),
    NormLine("rooms", Decimal(1), 2),
    NormLine("rooms", Decimal(2), 3),
]

categories = st.lists(st.sampled_from(["I", "II", "III"]), max_size=40)
areas = st.decimals(min_value="0.1", max_value="300", places=2)
heights = st.integers(min_value=50, max_value=600)
rooms = st.lists(
    st.builds(
        Measured,
        name=st.just("lokaal"),
        kind=st.sampled_from(RoomKind.values),
        area=st.none() | areas,
        height=st.none() | heights,
    ),
    max_size=15,
)


@given(categories)
def test_outcome_follows_the_worst_category(found: list[str]) -> None:
    outcome = outcome_of(found, category_one_limit=7).outcome
    if "III" in found:
        assert outcome == Outcome.UNINHABITABLE
    elif "II" in found or len(found) >= 7:
        assert outcome == Outcome.UNFIT
    else:
        assert outcome == Outcome.NO_GROUND


@given(categories, st.sampled_from(["I", "II", "III"]))
def test_outcome_never_gets_better_by_one_defect_more(found: list[str], more: str) -> None:
    order = [Outcome.NO_GROUND, Outcome.UNFIT, Outcome.UNINHABITABLE]
    before = outcome_of(found, category_one_limit=7).outcome
    after = outcome_of([*found, more], category_one_limit=7).outcome
    assert order.index(after) >= order.index(before)


@given(categories)
def test_outcome_does_not_depend_on_the_order_and_says_why(found: list[str]) -> None:
    verdict = outcome_of(found, category_one_limit=7)
    assert verdict == outcome_of(sorted(found), category_one_limit=7)
    assert verdict.reasons


@pytest.mark.parametrize(("n", "outcome"), [(6, Outcome.NO_GROUND), (7, Outcome.UNFIT), (8, Outcome.UNFIT)])
def test_seven_of_category_one_count_as_one_of_two(n: int, outcome: Outcome) -> None:
    assert outcome_of(["I"] * n, category_one_limit=7).outcome == outcome


@given(st.sampled_from(RoomKind.values), areas, heights)
def test_room_counts_by_kind_area_and_height_alone(kind: str, area: Decimal, height: int) -> None:
    judged = judge_room(Measured("x", kind, area, height), NUMBERS)
    assert judged.counts == (kind in COUNTING_KINDS and area >= 4 and height >= 220)
    assert bool(judged.why) != bool(judged.counts)


@given(rooms)
def test_occupancy_counts_only_rooms_that_count(found: list[Measured]) -> None:
    occupancy = occupancy_of("dwelling", found, NUMBERS, TABLE)
    counting = [one.room for one in occupancy.rooms if one.counts]
    assert occupancy.area == sum((room.area for room in counting if room.area), Decimal(0))
    assert occupancy.minimum == 18
    if occupancy.persons is not None:
        by_rooms = persons_allowed("rooms", Decimal(len(counting)), TABLE)
        by_area = persons_allowed("area", occupancy.area, TABLE)
        assert by_rooms is not None
        assert by_area is not None
        assert occupancy.persons == min(by_rooms, by_area)


@given(rooms)
def test_persons_are_never_guessed_without_a_table(found: list[Measured]) -> None:
    assert occupancy_of("dwelling", found, NUMBERS, []).persons is None
    only_area = [line for line in TABLE if line.measure == "area"]
    assert occupancy_of("dwelling", found, NUMBERS, only_area).persons is None


@given(rooms, rooms)
def test_more_rooms_never_make_it_too_small(found: list[Measured], more: list[Measured]) -> None:
    if occupancy_of("room", found, NUMBERS, []).is_large_enough:
        assert occupancy_of("room", [*found, *more], NUMBERS, []).is_large_enough


def _living(area: str, *more: Measured) -> list[Measured]:
    return [Measured("leefruimte", "living", Decimal(area), 250), *more]


@pytest.mark.parametrize(
    ("model", "found", "asked", "large"),
    [
        ("dwelling", _living("18"), Exceptions(), True),
        ("dwelling", _living("17.99"), Exceptions(), False),
        ("dwelling", _living("15", Measured("bad", "bathroom", Decimal(5), 230)), Exceptions(), False),
        ("dwelling", _living("15", Measured("bad", "bathroom", Decimal(5), 230)), Exceptions(True), True),
        ("dwelling", _living("14.9", Measured("bad", "bathroom", Decimal(5), 230)), Exceptions(True), False),
        ("dwelling", _living("16"), Exceptions(True, True), True),
        ("dwelling", _living("16"), Exceptions(None, True), False),
        (
            "dwelling",
            _living("13", Measured("bad", "bathroom", Decimal(3), 230)),
            Exceptions(True, True),
            True,
        ),
        ("room", _living("12"), Exceptions(), True),
        ("room", _living("8"), Exceptions(is_old_student_room=True), True),
        ("room", _living("7.9"), Exceptions(is_old_student_room=True), False),
        ("dwelling", _living("8"), Exceptions(is_old_student_room=True), False),
        ("dwelling", [Measured("x", "living", None, 250)], Exceptions(), None),
        ("dwelling", [], Exceptions(), None),
    ],
)
def test_smallest_area_and_its_exceptions(
    model: str, found: list[Measured], asked: Exceptions, large: bool | None
) -> None:
    assert occupancy_of(model, found, NUMBERS, [], asked).is_large_enough is large


@given(st.none() | st.sampled_from(["I", "II", "III"]), st.none() | st.sampled_from(["I", "II", "III"]))
def test_change_is_the_mirror_of_looking_back(before: str | None, after: str | None) -> None:
    mirror = {
        Change.GONE: Change.NEW,
        Change.NEW: Change.GONE,
        Change.BETTER: Change.WORSE,
        Change.WORSE: Change.BETTER,
    }
    forth, back = change_between(before, after), change_between(after, before)
    assert back == (mirror.get(forth, forth) if forth else None)
    if before and after:
        rises = CATEGORY_WEIGHT[after] > CATEGORY_WEIGHT[before]  # type: ignore[index]
        assert (forth == Change.WORSE) == rises
