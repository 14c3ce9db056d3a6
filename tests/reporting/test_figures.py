"""From a count to the words of a report."""

from typing import Any

import pytest
from django.utils import translation

from arsenaal.lib.registries import Measure, MeasureValue
from reporting.figures import bars, figure, number


@pytest.fixture(autouse=True)
def _dutch() -> Any:
    with translation.override("nl"):
        yield


def _measure(**changes: Any) -> Measure:
    fields: dict[str, Any] = {
        "code": "proof",
        "name": "Proef",
        "definition": "Een proef.",
        "goal": "",
        "kind": "how_much",
        "unit": "dossiers",
        "population": "alle dossiers",
        "direction": "",
        "compute": lambda pk, period: MeasureValue(0, 0),
        "parts_label": "soort",
        "headlines": ("",),
    }
    return Measure(**{**fields, **changes})


@pytest.mark.parametrize(
    ("value", "words"), [(0, "0"), (1234, "1.234"), (12.5, "12,5"), (7.0, "7"), (1234567, "1.234.567")]
)
def test_number_is_written_the_dutch_way(value: float, words: str) -> None:
    assert number(value) == words


@pytest.mark.parametrize(("count", "shown"), [(0, "0"), (4, "<5"), (5, "5")])
def test_figure_of_a_count(count: int, shown: str) -> None:
    found = figure(_measure(), MeasureValue(count, count))
    assert (found["shown"], found["below"]) == (shown, "dossiers")
    assert found["value"] == (None if shown == "<5" else count)
    assert found["headlines"][0]["is_number"]


def test_figure_of_meetings_shows_small_numbers() -> None:
    found = figure(_measure(counts_people=False), MeasureValue(3, 3, parts={"a": 1, "b": 2}))
    assert found["shown"] == "3"
    assert [row["shown"] for row in found["divisions"][0]["rows"]] == ["1", "2"]


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ({"ja": 15, "nee": 10}, "60 %"),
        ({"ja": 10, "nee": 9}, "10"),  # a base of 19: no percentage, but the part may be read
        ({"ja": 3, "nee": 9}, "te klein om te tonen"),  # a base of 12, and the part itself is hidden
        ({"ja": 3, "nee": 30}, "te klein om te tonen"),  # the part itself is hidden
        ({"ja": 7, "misschien": 2, "nee": 30}, "te klein om te tonen"),  # hidden beside a small one
        ({"ja": 0, "nee": 30}, "0 %"),
        ({"ja": 0, "nee": 0}, "–"),
    ],
)
def test_figure_of_a_share(parts: dict[str, int], shown: str) -> None:
    count = sum(parts.values())
    found = figure(_measure(form="share", share_of="ja"), MeasureValue(None, count, parts=parts))
    assert found["shown"] == shown
    assert found["below"] == (f"van {count} alle dossiers" if count else "geen in deze periode")


@pytest.mark.parametrize(
    ("count", "shown", "below"),
    [
        (9, "12,5", "dagen, bij 9 alle dossiers"),
        (4, "te klein om te tonen", "bij <5 alle dossiers"),
        (0, "–", "geen in deze periode"),
    ],
)
def test_figure_of_a_median(count: int, shown: str, below: str) -> None:
    found = figure(_measure(form="median", unit="dagen"), MeasureValue(12.5, count))
    assert (found["shown"], found["below"]) == (shown, below)


def test_figure_withholds_a_division_that_would_tell() -> None:
    found = figure(_measure(), MeasureValue(6, 6, parts={"a": 1, "b": 5}))
    assert found["divisions"][0]["is_withheld"]
    assert found["divisions"][0]["rows"] == []


def test_figure_of_nothing_has_no_divisions() -> None:
    assert figure(_measure(), MeasureValue(0, 0, parts={"a": 0, "b": 0}))["divisions"] == []


def test_figure_over_many_months_leaves_the_months_out() -> None:
    months = {f"20{year}-{month:02d}": 5 for year in (24, 25, 26) for month in range(1, 13)}
    assert figure(_measure(), MeasureValue(180, 180, months=months))["divisions"] == []


def test_figure_months_have_names() -> None:
    found = figure(_measure(), MeasureValue(12, 12, months={"2026-04": 6, "2026-05": 6}))
    assert [row["label"] for row in found["divisions"][0]["rows"]] == ["april 2026", "mei 2026"]


def test_headline_of_a_part_is_hidden_with_its_part() -> None:
    found = figure(_measure(headlines=("", "a")), MeasureValue(14, 14, parts={"a": 2, "b": 3, "c": 9}))
    assert [headline["shown"] for headline in found["headlines"]] == ["14", "<5"]
    assert found["headlines"][1]["name"] == "Proef a"


def test_bars_have_no_number_for_what_is_hidden() -> None:
    found = figure(_measure(), MeasureValue(41, 41, parts={"a": 2, "b": 30, "c": 9}))
    drawn = bars(found["divisions"][0])
    assert [(bar.value, bar.shown, bar.is_band) for bar in drawn] == [
        (None, "<5", True),
        (30, "30", False),
        (None, "verborgen", False),
    ]
