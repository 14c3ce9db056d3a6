"""Small groups stay hidden, also from a reader who knows the rules and can add and subtract."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsenaal.lib.suppression import (
    Visibility,
    is_small,
    protect_median,
    protect_parts,
    protect_share,
    protect_total,
)

LABELS = "abcdefgh"


def _published(counts: tuple[int, ...]) -> tuple:
    """All that a reader gets of a division: its total, and the cells."""
    cells = protect_parts(dict(zip(LABELS, counts, strict=False)))
    shown = None if cells is None else tuple((cell.value, cell.visibility) for cell in cells)
    return protect_total(sum(counts)).value, shown


@pytest.mark.parametrize(("count", "value"), [(0, 0), (1, None), (4, None), (5, 5), (812, 812)])
def test_total_small_is_hidden_and_zero_is_shown(count: int, value: int | None) -> None:
    assert protect_total(count).value == value


def test_parts_large_enough_are_all_shown() -> None:
    assert _published((5, 0, 12)) == (17, ((5, "shown"), (0, "shown"), (12, "shown")))


def test_parts_single_small_part_takes_the_next_smallest_with_it() -> None:
    assert _published((2, 30, 9)) == (41, ((None, "small"), (30, "shown"), (None, "hidden")))


def test_parts_two_small_parts_hide_each_other() -> None:
    assert _published((2, 3, 9)) == (14, ((None, "small"), (None, "small"), (9, "shown")))


def test_parts_two_of_one_would_be_known_by_their_sum() -> None:
    assert _published((1, 1, 12, 30)) == (
        44,
        ((None, "small"), (None, "small"), (None, "hidden"), (30, "shown")),
    )


def test_parts_partner_that_would_give_itself_away_withholds_the_division() -> None:
    assert _published((1, 5)) == (6, None)
    assert _published((1, 9, 9)) == (19, None)


def test_parts_of_a_small_total_are_withheld_with_their_zeros() -> None:
    assert _published((3, 0)) == (None, None)


@pytest.mark.parametrize("width", [2, 3, 4, 5])
def test_parts_reader_who_knows_the_rules_never_learns_a_small_number(width: int) -> None:
    """Of every division of small totals: what is published always fits with two values of each small cell."""
    limit = {2: 60, 3: 40, 4: 26, 5: 16}[width]
    divisions = [counts for counts in product(range(limit + 1), repeat=width) if sum(counts) <= limit]
    by_publication: dict[tuple, list[set[int]]] = defaultdict(lambda: [set() for _ in range(width)])
    for counts in divisions:
        for seen, count in zip(by_publication[_published(counts)], counts, strict=True):
            seen.add(count)
    for counts in divisions:
        for seen, count in zip(by_publication[_published(counts)], counts, strict=True):
            assert not is_small(count) or len(seen) >= 2, counts


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8))
def test_parts_total_minus_parts_never_reveals_a_cell(counts: list[int]) -> None:
    total, cells = _published(tuple(counts))
    if cells is None:
        return
    hidden = [(low, high) for low, high in (_range(cell[1], total) for cell in cells) if low != high]
    missing = (total or 0) - sum(cell[0] or 0 for cell in cells)
    for at, (low, high) in enumerate(hidden):
        others = hidden[:at] + hidden[at + 1 :]
        lowest = max(low, missing - sum(other[1] for other in others))
        highest = min(high, missing - sum(other[0] for other in others))
        assert highest > lowest, counts


def _range(visibility: str, total: int | None) -> tuple[int, int]:
    if visibility == Visibility.SMALL:
        return 1, 4
    return (5, total or 0) if visibility == Visibility.HIDDEN else (0, 0)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8))
def test_parts_small_number_is_never_shown(counts: list[int]) -> None:
    cells = protect_parts(dict(zip(LABELS, counts, strict=False))) or []
    assert not any(cell.value is not None and is_small(cell.value) for cell in cells)


def test_share_needs_a_base_of_twenty_and_a_part_that_is_shown() -> None:
    assert protect_share(protect_total(10), 20) == 50
    assert protect_share(protect_total(0), 20) == 0
    assert protect_share(protect_total(10), 19) is None
    assert protect_share(protect_total(3), 40) is None
    assert protect_share(None, 40) is None


def test_median_needs_a_base_of_five() -> None:
    assert protect_median(3.5, 5) == 3.5
    assert protect_median(3.5, 4) is None
    assert protect_median(None, 9) is None
