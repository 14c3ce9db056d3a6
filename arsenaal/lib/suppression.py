"""Hiding small groups. In a neighbourhood a group of three is three people whom others know by name.

The rules (domain.md G; the threshold is to be confirmed by the city):
1. 1 to 4 is shown as "<5"; 0 is shown as 0.
2. Where the total less what is shown would give a hidden part away, the next smallest part is hidden too.
3. Where that isn't enough, or a total below 10 has a small part, the whole division is withheld and only its total
   is shown.
4. A total below 5 is shown as "<5", without any division.
5. No percentage on a base below 20, nor one of which the part is hidden; no median on a base below 5.

The decisions look only at what the reader sees too, so that knowing these rules doesn't help to undo them.
Everything here is a pure function of numbers; the words for them stand at the end.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.formats import number_format
from django.utils.translation import gettext as _

SMALL = 5
SHARE_BASE = 20


class Visibility(StrEnum):
    """What a reader sees of a cell."""

    SHOWN = "shown"
    SMALL = "small"  # 1 to 4, shown as "<5"
    HIDDEN = "hidden"  # 5 or more, hidden to protect a neighbour


@dataclass(frozen=True)
class Cell:
    """One number as it may be shown. `value` is None unless it is shown."""

    label: str
    value: int | None
    visibility: Visibility


def is_small(count: int) -> bool:
    """Tell whether this many is too few to show."""
    return 0 < count < SMALL


def protect_total(count: int, label: str = "") -> Cell:
    """Return a number that stands alone, hidden when it is small."""
    if is_small(count):
        return Cell(label, None, Visibility.SMALL)
    return Cell(label, count, Visibility.SHOWN)


def _small_cells_stay_open(small_count: int, small_sum: int) -> bool:
    """With only the small cells hidden, the reader knows their sum. Can each still be two things or more?"""
    return small_count > 1 and small_count < small_sum < (SMALL - 1) * small_count


def _partner_keeps_them_open(small_count: int, hidden_sum: int, next_shown: int | None) -> bool:
    """The same with one larger cell hidden beside them.

    The reader knows the sum of all hidden cells, that the larger one is at least SMALL and smaller than everything
    that is shown, and that without it the small ones would have been plain: a single one, or all 1, or all 4.
    """
    sums = range(1, SMALL) if small_count == 1 else (small_count, (SMALL - 1) * small_count)
    ceiling = hidden_sum if next_shown is None else next_shown - 1
    return sum(SMALL <= hidden_sum - small_sum <= ceiling for small_sum in sums) >= 2


def protect_parts(parts: Mapping[str, int]) -> list[Cell] | None:
    """Return the parts of a total that is shown, or None when the whole division must be withheld."""
    total = sum(parts.values())
    if is_small(total):
        return None
    small = [label for label, count in parts.items() if is_small(count)]
    if not small:
        return [Cell(label, count, Visibility.SHOWN) for label, count in parts.items()]
    if total < 2 * SMALL:
        return None
    small_sum = sum(parts[label] for label in small)
    if _small_cells_stay_open(len(small), small_sum):
        return _hide(parts, small, partner=None)
    larger = sorted((count, label) for label, count in parts.items() if count >= SMALL)
    if not larger:
        return None
    (count, partner), others = larger[0], larger[1:]
    next_shown = others[0][0] if others else None
    if count == next_shown or not _partner_keeps_them_open(len(small), small_sum + count, next_shown):
        return None
    return _hide(parts, small, partner=partner)


def _hide(parts: Mapping[str, int], small: Sequence[str], *, partner: str | None) -> list[Cell]:
    cells = []
    for label, count in parts.items():
        if label in small:
            cells.append(Cell(label, None, Visibility.SMALL))
        elif label == partner:
            cells.append(Cell(label, None, Visibility.HIDDEN))
        else:
            cells.append(Cell(label, count, Visibility.SHOWN))
    return cells


def protect_share(part: Cell | None, base: int) -> float | None:
    """Return the part in a hundred of the base, or None when base or part is too small to tell."""
    if part is None or part.value is None or base < SHARE_BASE:
        return None
    return 100 * part.value / base


def protect_median(value: float | None, base: int) -> float | None:
    """Return the median, or None when it rests on too few."""
    return None if base < SMALL else value


def number(value: float) -> str:
    """Write a number the Dutch way: 1.234 or 12,5."""
    whole = float(value).is_integer()
    return number_format(int(value) if whole else value, decimal_pos=0 if whole else 1, force_grouping=True)


def written(cell: Cell) -> str:
    """Write a cell: its number, "<5", or that it is hidden."""
    if cell.visibility == Visibility.SMALL:
        return "<5"
    return _("verborgen") if cell.value is None else number(cell.value)
