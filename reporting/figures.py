"""From what a measure counted to what may be shown: numbers as words, small groups hidden.

What leaves this module is plain data for the snapshot. Raw counts stay inside.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arsenaal.lib.charts import Bar
from arsenaal.lib.registries import Measure, MeasureValue
from arsenaal.lib.suppression import (
    Cell,
    Visibility,
    number,
    protect_median,
    protect_parts,
    protect_share,
    protect_total,
    written,
)

MOST_MONTHS = 24
KINDS = {
    "how_much": gettext_lazy("hoeveel deden we"),
    "how_well": gettext_lazy("hoe goed deden we het"),
    "better_off": gettext_lazy("wie werd er beter van"),
}


def too_small() -> str:
    """The words for a figure that rests on too few."""
    return _("te klein om te tonen")


def _row(cell: Cell) -> dict[str, Any]:
    return {
        "label": cell.label,
        "value": cell.value,
        "shown": written(cell),
        "visibility": cell.visibility.value,
    }


def _division(code: str, label: str, counts: Mapping[str, int], is_protected: bool) -> dict[str, Any]:
    """One way in which a count divides, as rows, or withheld as a whole."""
    if is_protected:
        cells = protect_parts(counts)
    else:
        cells = [Cell(name, count, Visibility.SHOWN) for name, count in counts.items()]
    return {
        "code": code,
        "label": str(label),
        "is_withheld": cells is None,
        "rows": [_row(cell) for cell in cells or ()],
    }


def month_name(month: str) -> str:
    """Write "2026-04" as "april 2026"."""
    return date_format(dt.date.fromisoformat(f"{month}-01"), "F Y")


def _divisions(measure: Measure, value: MeasureValue) -> list[dict[str, Any]]:
    months = {month_name(month): count for month, count in value.months.items()}
    if len(months) > MOST_MONTHS or len(months) < 2:
        months = {}
    ways = (
        ("parts", measure.parts_label, value.parts),
        ("groups", measure.groups_label, value.groups),
        ("months", _("maand"), months),
    )
    return [
        _division(code, label, counts, measure.counts_people)
        for code, label, counts in ways
        if counts and value.count
    ]


def _is_number(shown: str) -> bool:
    """Tell whether it is drawn as a number, large, rather than as words."""
    return shown[:1].isdigit() or shown.startswith("<")


def _part(divisions: Sequence[dict[str, Any]], label: str) -> Cell | None:
    for division in divisions:
        for row in division["rows"]:
            if division["code"] == "parts" and row["label"] == label:
                return Cell(label, row["value"], Visibility(row["visibility"]))
    return None


def _shown(measure: Measure, value: MeasureValue, total: Cell, part: Cell | None) -> tuple[str, str]:
    """The figure itself and the line below it."""
    base = _("%(count)s %(population)s") % {"count": written(total), "population": measure.population}
    if measure.form == "share":
        if not value.count:
            return "–", _("geen in deze periode")
        share = protect_share(part, value.count)
        if share is not None:
            return f"{number(round(share))} %", _("van %s") % base
        # On a small base a percentage says more than it knows; the part is told as it stands in the division below.
        return too_small() if part is None or part.value is None else written(part), _("van %s") % base
    if measure.form == "median":
        if not value.count:
            return "–", _("geen in deze periode")
        median = protect_median(value.value, value.count)
        if median is None:
            return too_small(), _("bij %s") % base
        return number(round(median, 1)), _("%(unit)s, bij %(base)s") % {"unit": measure.unit, "base": base}
    if measure.form == "sum":
        if not value.count:
            return "–", _("geen in deze periode")
        amount = protect_median(value.value, value.count)
        if amount is None:
            return too_small(), _("bij %s") % base
        return number(round(amount)), _("%(unit)s, bij %(base)s") % {"unit": measure.unit, "base": base}
    return written(total), str(measure.unit)


def figure(measure: Measure, value: MeasureValue) -> dict[str, Any]:
    """Return a measure as it may be shown, with its definition and divisions."""
    is_protected = measure.counts_people
    total = protect_total(value.count) if is_protected else Cell("", value.count, Visibility.SHOWN)
    divisions = _divisions(measure, value)
    shown, below = _shown(measure, value, total, _part(divisions, str(measure.share_of)))
    return {
        "code": measure.code,
        "name": str(measure.name),
        "definition": str(measure.definition),
        "version": measure.version,
        "kind": measure.kind,
        "kind_label": str(KINDS[measure.kind]),
        "unit": str(measure.unit),
        "population": str(measure.population),
        "source": str(measure.source),
        "direction": measure.direction,
        "form": measure.form,
        "value": total.value,  # how many it rests on
        "shown": shown,
        "below": below,
        "is_number": _is_number(shown),
        "divisions": divisions,
        "headlines": _headlines(measure, shown, below, divisions),
    }


def _headlines(
    measure: Measure, shown: str, below: str, divisions: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The figure itself and single parts of it, as a summary opens with them."""
    found = []
    for label in map(str, measure.headlines):
        if not label:
            found.append({"name": str(measure.name), "shown": shown, "below": below})
        elif part := _part(divisions, label):
            found.append(
                {
                    "name": _("%(measure)s %(part)s") % {"measure": measure.name, "part": label},
                    "shown": written(part),
                    "below": str(measure.unit),
                }
            )
    for headline in found:
        headline["is_number"] = _is_number(headline["shown"])
    return found


def bars(division: Mapping[str, Any]) -> list[Bar]:
    """Return the rows of a division as bars of a chart."""
    return [
        Bar(row["label"], row["value"], row["shown"], row["visibility"] == Visibility.SMALL)
        for row in division["rows"]
    ]
