"""Charts as SVG, drawn on the server from one declarative specification: the same picture on page and paper.

Every bar carries its own label and number, so that no legend or colour is needed to read it. A hidden number has no
length of its own: "<5" is a pale band as wide as four, something hidden beside it only its word. The same input gives
the same bytes.
"""

import base64
import os
import re
import tempfile
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from arsenaal.lib.pdf import static_file

FONT = "Arsenaal"  # as in static/pdf/base.css
FONT_FILE = "vendor/source-sans-3/files/source-sans-3-latin-wght-normal.woff2"
WEIGHTS = (400, 600)
INK, SOFT, LINE = "#1e2733", "#55606e", "#d9d3c8"
BAND = 4  # how wide "<5" is drawn: the most it can be
ROW_HEIGHT, LINE_HEIGHT, COLUMN_HEIGHT = 28, 15, 150
COLUMN_LETTERS = 14
SPLIT = r"split(datum.label, '\n')"  # a long name goes on on the next line
LABEL_WIDTH, LABEL_LETTERS, CHART_WIDTH = 225, 37, 390


@dataclass(frozen=True)
class Palette:
    """The colour of a bar, and the pale one of a band."""

    solid: str
    pale: str


@dataclass(frozen=True)
class Bar:
    """One bar: its name, its number (None when it is hidden), and how that number is written."""

    label: str
    value: int | None
    shown: str
    is_band: bool = False  # "<5": between 1 and 4


@cache
def _register_fonts() -> None:
    """Give the drawing library our font, so that it measures words as they will be."""
    import vl_convert
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    folder = Path(settings.VAR_DIR) / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    for weight in WEIGHTS:
        target = folder / f"arsenaal-{weight}.ttf"
        if target.exists():
            continue
        font = instantiateVariableFont(TTFont(static_file(FONT_FILE)), {"wght": weight}, static=True)
        font.flavor = None
        for record in font["name"].names:
            if record.nameID in (1, 16):
                record.string = FONT
        # Several processes may do this at once: each writes a file of its own and puts it in place.
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as part:
            font.save(part)
        os.replace(part.name, target)
    vl_convert.register_font_directory(str(folder))


def _config() -> dict[str, Any]:
    axis = {
        "labelFont": FONT,
        "labelFontSize": 13,
        "labelColor": INK,
        "domain": False,
        "ticks": False,
        "grid": False,
        "title": None,
    }
    # What a screen reader says is the alternative text of the picture and the table beside it.
    return {
        "font": FONT,
        "axis": axis,
        "view": {"stroke": None},
        "background": "transparent",
        "aria": False,
    }


def _rows(bars: Sequence[Bar], letters: int) -> list[dict[str, Any]]:
    return [
        {
            "at": at,
            "label": "\n".join(textwrap.wrap(bar.label, letters)) or bar.label,
            "shown": bar.shown,
            "length": BAND if bar.is_band else (bar.value or 0),
            "kind": "band" if bar.is_band else "solid",
        }
        for at, bar in enumerate(bars)
    ]


def _svg(chart: Any) -> str:
    import vl_convert

    _register_fonts()
    svg = vl_convert.vegalite_to_svg(chart.to_dict(), show_warnings=False)
    # The library numbers its clips through; the same picture must be the same text.
    found = {
        name: f"clip{at}" for at, name in enumerate(dict.fromkeys(re.findall(r'id="(clip\d+)"', svg)), 1)
    }
    return re.sub(r"\bclip\d+\b", lambda match: found[match[0]], svg)


def bar_chart(bars: Sequence[Bar], palette: Palette) -> str:
    """Return lying bars, one below the other in the order given, each with its name in front and its number behind."""
    import altair as alt

    longest = max([BAND, *(bar.value or 0 for bar in bars)])
    rows = _rows(bars, LABEL_LETTERS)
    base = alt.Chart(alt.Data(values=rows))
    y = alt.Y(
        "label:N",
        sort=[row["label"] for row in rows],
        axis=alt.Axis(
            labelExpr=SPLIT,
            labelLimit=LABEL_WIDTH,
            labelPadding=10,
            minExtent=LABEL_WIDTH,
            maxExtent=LABEL_WIDTH,
        ),
        scale=alt.Scale(paddingInner=0.4, paddingOuter=0.15),
    )
    x = alt.X("length:Q", axis=None, scale=alt.Scale(domain=[0, longest * 1.14], nice=False))
    layers = [*_marks(base, palette, alt, x=x, y=y), _numbers(base, x=x, y=y, align="left", dx=7)]
    lines = max((row["label"].count("\n") for row in rows), default=0)
    height = (ROW_HEIGHT + lines * LINE_HEIGHT) * len(bars)
    chart = alt.layer(*layers).properties(width=CHART_WIDTH, height=height)
    return _svg(chart.configure(**_config()))


def column_chart(bars: Sequence[Bar], palette: Palette) -> str:
    """Return standing bars from left to right, such as months, each with its name below and its number on top."""
    import altair as alt

    longest = max([BAND, *(bar.value or 0 for bar in bars)])
    rows = _rows(bars, COLUMN_LETTERS)
    base = alt.Chart(alt.Data(values=rows))
    x = alt.X(
        "label:N",
        sort=[row["label"] for row in rows],
        axis=alt.Axis(labelExpr=SPLIT, labelAngle=0, labelLimit=0, labelPadding=8, orient="bottom"),
        scale=alt.Scale(paddingInner=0.3, paddingOuter=0.15),
    )
    y = alt.Y("length:Q", axis=None, scale=alt.Scale(domain=[0, longest * 1.16], nice=False))
    layers = [*_marks(base, palette, alt, x=x, y=y), _numbers(base, x=x, y=y, align="center", dy=-9)]
    width = min(CHART_WIDTH + LABEL_WIDTH, 92 * len(bars))
    chart = alt.layer(*layers).properties(width=width, height=COLUMN_HEIGHT)
    return _svg(chart.configure(**_config()))


def _marks(base: Any, palette: Palette, alt: Any, **encoding: Any) -> list[Any]:
    solid = base.transform_filter("datum.kind == 'solid'").mark_bar(color=palette.solid, cornerRadiusEnd=3)
    band = base.transform_filter("datum.kind == 'band'").mark_bar(
        color=palette.pale, stroke=palette.solid, strokeDash=[3, 2], strokeWidth=1, cornerRadiusEnd=3
    )
    return [solid.encode(**encoding), band.encode(**encoding)]


def _numbers(base: Any, **options: Any) -> Any:
    encoding = {key: options.pop(key) for key in ("x", "y")}
    mark = base.mark_text(baseline="middle", font=FONT, fontSize=13, fontWeight=600, color=INK, **options)
    return mark.encode(text="shown:N", **encoding)


@cache
def _font_style() -> str:
    data = base64.b64encode(static_file(FONT_FILE).read_bytes()).decode()
    return (
        f'<style>@font-face{{font-family:"{FONT}";font-weight:200 900;'
        f"src:url(data:font/woff2;base64,{data})}}</style>"
    )


def with_font(svg: str) -> str:
    """Return the picture with its font inside, for a browser: a picture may not load anything itself."""
    start = svg.index(">", svg.index("<svg")) + 1
    return svg[:start] + _font_style() + svg[start:]
