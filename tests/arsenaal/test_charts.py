"""Charts: the same picture each time, every number in words, hidden ones without a length of their own."""

import re
import xml.etree.ElementTree as ET

import pytest

from arsenaal.lib.charts import Bar, Palette, bar_chart, column_chart, with_font

PALETTE = Palette("#a8431f", "#fbeae3")
BARS = [
    Bar("Technische ondersteuning", 23, "23"),
    Bar("<b>Buren</b> & co", None, "<5", is_band=True),
    Bar("Conformiteit", 0, "0"),
    Bar("Een heel lange naam van een onderdeel die over twee regels loopt", None, "verborgen"),
]


def _words(svg: str) -> str:
    root = ET.fromstring(svg)
    return " ".join("".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text"))


@pytest.mark.parametrize("draw", [bar_chart, column_chart])
def test_chart_names_every_bar_and_number(draw) -> None:
    words = _words(draw(BARS, PALETTE))
    for word in ("Technische", "23", "<b>Buren</b>", "<5", "0", "verborgen", "regels"):
        assert word in words


@pytest.mark.parametrize("draw", [bar_chart, column_chart])
def test_chart_drawn_again_is_the_same(draw) -> None:
    first = draw(BARS, PALETTE)
    bar_chart(BARS[:1], PALETTE)
    assert draw(BARS, PALETTE) == first


def test_chart_keeps_the_order_given() -> None:
    words = _words(bar_chart(list(reversed(BARS)), PALETTE))
    assert words.index("Conformiteit") < words.index("Technische")


def test_chart_band_is_drawn_pale_and_as_wide_as_four() -> None:
    svg = bar_chart([Bar("a", 8, "8"), Bar("b", None, "<5", is_band=True)], PALETTE)
    widths = {fill: float(width) for width, fill in re.findall(r'M0,0h([\d.]+)v[^"]*" fill="(#\w+)"', svg)}
    assert widths[PALETTE.pale] == pytest.approx(widths[PALETTE.solid] / 2)


def test_chart_of_nothing_but_zeros_is_a_chart() -> None:
    assert "0" in _words(bar_chart([Bar("a", 0, "0")], PALETTE))


def test_chart_has_nothing_that_runs_and_its_own_font() -> None:
    svg = with_font(bar_chart(BARS, PALETTE))
    root = ET.fromstring(svg)
    assert not [node for node in root.iter() if node.tag.endswith(("script", "foreignObject", "image"))]
    assert not [name for node in root.iter() for name in node.attrib if name.startswith("on")]
    assert "@font-face" in svg
    assert "http" not in svg.replace("http://www.w3.org/", "")
