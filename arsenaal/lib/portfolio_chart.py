"""A small layered picture: who owns which building, and how each dwelling in it is. Drawn as SVG, without a browser.

Nothing is told by colour alone: every dwelling has its name and a sign for its state, and the legend says which.
The same input gives the same bytes. It knows no model.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from arsenaal.lib.charts import FONT, INK, LINE, SOFT

WIDTH = 860
_OWNER = (0, 200)  # x, width
_BUILDING = (260, 210)
_DWELLINGS = 530
_CHIP_WIDTH, _CHIP_HEIGHT, _GAP = 104, 26, 6
_PER_ROW = (WIDTH - _DWELLINGS) // (_CHIP_WIDTH + _GAP)
_BOX_PADDING, _LETTERS, _TOP = 10, 26, 4


@dataclass(frozen=True)
class State:
    """How a dwelling can be: a sign, a word, and how it is filled."""

    sign: str
    word: str
    fill: str
    line: str


@dataclass(frozen=True)
class Unit:
    """A dwelling."""

    name: str
    state: State


@dataclass(frozen=True)
class Block:
    """A building with its dwellings, and who owns something in it (by position in the list of owners)."""

    name: str
    units: Sequence[Unit]
    owners: Sequence[int] = field(default_factory=tuple)


def _text(x: float, y: float, words: str, *, size: int = 13, weight: int = 400, fill: str = INK) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-family="{FONT}, sans-serif" font-size="{size}" font-weight="{weight}" '
        f'fill="{fill}">{escape(words)}</text>'
    )


def _box(x: float, y: float, width: float, height: float, *, fill: str = "#ffffff", line: str = LINE) -> str:
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="4" fill="{fill}" '
        f'stroke="{line}" stroke-width="1.2"/>'
    )


def _lines(name: str) -> list[str]:
    """Return a name on at most two lines."""
    return textwrap.wrap(name, _LETTERS, max_lines=2, placeholder="…") or [name[:_LETTERS]]


def _named_box(column: tuple[int, int], middle: float, name: str, *, is_main: bool = False) -> str:
    lines = _lines(name)
    height = 2 * _BOX_PADDING + 16 * len(lines)
    top = middle - height / 2
    parts = [_box(column[0] + 1, top, column[1] - 2, height, line=INK if is_main else LINE)]
    for at, line in enumerate(lines):
        parts.append(_text(column[0] + 12, top + _BOX_PADDING + 13 + 16 * at, line, weight=600))
    return "".join(parts)


def portfolio_chart(owners: Sequence[str], blocks: Sequence[Block], states: Sequence[State]) -> str:
    """Return the picture: owners left (the first is the one that it is about), buildings, dwellings right."""
    tops, y = [], float(_TOP)
    for block in blocks:
        rows = max(1, -(-len(block.units) // _PER_ROW))
        height = max(52.0, rows * (_CHIP_HEIGHT + _GAP) + 8)
        tops.append((y, height))
        y += height + 12
    body = max(y, _TOP + 64.0 * len(owners))
    step = (body - _TOP) / max(len(owners), 1)
    owner_at = [_TOP + step * (at + 0.5) for at in range(len(owners))]
    parts = [
        _edges(blocks, tops, owner_at),
        *(
            _named_box(_OWNER, middle, name, is_main=at == 0)
            for at, (name, middle) in enumerate(zip(owners, owner_at, strict=True))
        ),
    ]
    for block, (top, height) in zip(blocks, tops, strict=True):
        parts.append(_named_box(_BUILDING, top + height / 2, block.name))
        parts += [_chip(unit, at, top, height, len(block.units)) for at, unit in enumerate(block.units)]
    parts.append(_legend(states, body + 8))
    total = body + 44
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {total:g}" width="{WIDTH}" '
        f'height="{total:g}">{"".join(parts)}</svg>'
    )


def _edges(blocks: Sequence[Block], tops: Sequence[tuple[float, float]], owner_at: Sequence[float]) -> str:
    """Lines from an owner to what he owns, and from a building to its dwellings."""
    start, end = _OWNER[0] + _OWNER[1], _BUILDING[0]
    parts = []
    for block, (top, height) in zip(blocks, tops, strict=True):
        middle = top + height / 2
        for owner in block.owners:
            parts.append(
                f'<path d="M{start} {owner_at[owner]:g} C{start + 30} {owner_at[owner]:g} {end - 30} {middle:g} '
                f'{end} {middle:g}" fill="none" stroke="{SOFT}" stroke-width="1.4"/>'
            )
        if block.units:
            parts.append(
                f'<path d="M{_BUILDING[0] + _BUILDING[1]} {middle:g} H{_DWELLINGS - 8}" fill="none" '
                f'stroke="{SOFT}" stroke-width="1.4"/>'
                f'<path d="M{_DWELLINGS - 8} {top + 4:g} V{top + height - 4:g}" fill="none" stroke="{LINE}" '
                f'stroke-width="3"/>'
            )
    return "".join(parts)


def _chip(unit: Unit, at: int, top: float, height: float, count: int) -> str:
    rows = -(-count // _PER_ROW)
    start = top + (height - rows * (_CHIP_HEIGHT + _GAP) + _GAP) / 2
    x = _DWELLINGS + (at % _PER_ROW) * (_CHIP_WIDTH + _GAP)
    y = start + (at // _PER_ROW) * (_CHIP_HEIGHT + _GAP)
    name = unit.name if len(unit.name) <= 12 else f"{unit.name[:11]}…"
    return _box(x, y, _CHIP_WIDTH, _CHIP_HEIGHT, fill=unit.state.fill, line=unit.state.line) + _text(
        x + 8, y + 17.5, f"{unit.state.sign} {name}", size=12
    )


def _legend(states: Sequence[State], y: float) -> str:
    parts, x = [], 1.0
    for state in states:
        parts.append(_box(x, y, 24, 20, fill=state.fill, line=state.line))
        parts.append(_text(x + 7, y + 14.5, state.sign, size=12))
        parts.append(_text(x + 32, y + 14.5, state.word, size=12, fill=SOFT))
        x += 52 + 7.2 * len(state.word)
    return "".join(parts)
