"""What other parts of the program know of a landlord: his procedures, his agreements, the defects in his dwellings.

Each part registers itself in its `AppConfig.ready()`; the landlord's page asks all of them about the whole portfolio.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arsenaal.lib.registries import Words
from arsenaal.lib.registry import Registry
from housing.models import Dwelling, RecurringVerdict

RECURS_FROM = 3  # dwellings: two can be chance


@dataclass(frozen=True)
class FactRow:
    """One line about a landlord, such as a procedure or an obligation."""

    title: str
    detail: str = ""
    on: dt.date | None = None
    url: str = ""  # empty when the reader may not see it
    state: str = ""  # shown as a chip
    tone: str = ""  # stop, warn, ok or empty


@dataclass(frozen=True)
class LandlordFact:
    """A card on the landlord's page. `fetch(landlord_ids, user)` takes a fixed number of queries, newest first."""

    code: str
    title: Words
    icon: str
    empty: Words  # what is said when there is nothing
    fetch: Callable[[Sequence[int], Any], Sequence[FactRow]]


@dataclass(frozen=True)
class DefectFound:
    """One defect that stands in one dwelling, by the code of its item."""

    dwelling_id: int
    item_code: str
    label: str
    category: str
    found_on: dt.date


@dataclass(frozen=True)
class DefectSource:
    """Where defects come from. `fetch(dwelling_ids, user)` takes one query, within what this user may know."""

    code: str
    fetch: Callable[[Sequence[int], Any], Iterable[DefectFound]]


landlord_facts: Registry[LandlordFact] = Registry("landlord facts")
defect_sources: Registry[DefectSource] = Registry("defect sources")


@dataclass(frozen=True)
class Pattern:
    """A defect that stands in three or more dwellings of one portfolio, and why the system thinks so."""

    item_code: str
    label: str
    category: str
    dwellings: Sequence[Dwelling]
    first_on: dt.date
    last_on: dt.date
    verdict: RecurringVerdict | None  # somebody said that it isn't the same

    @property
    def why(self) -> str:
        """The count behind it, in words."""
        buildings = len({dwelling.building_id for dwelling in self.dwellings})
        count = len(self.dwellings)
        where = ngettext("in %(n)d pand", "in %(n)d panden", buildings) % {"n": buildings}
        return _("dezelfde code (%(code)s) in %(count)d woningen %(where)s") % {
            "code": self.item_code,
            "count": count,
            "where": where,
        }


def defects_in(dwelling_ids: Sequence[int], user: Any) -> list[DefectFound]:
    """Return the defects that stand in these dwellings, one query for each source."""
    return [found for source in defect_sources for found in source.fetch(dwelling_ids, user)]


def patterns(
    defects: Iterable[DefectFound], dwellings: Iterable[Dwelling], verdicts: Iterable[RecurringVerdict]
) -> list[Pattern]:
    """Return the defects that recur, widest first; the dismissed ones too, marked as such. No query."""
    places = {dwelling.pk: dwelling for dwelling in dwellings}
    judged = {verdict.item_code: verdict for verdict in verdicts}
    found: dict[str, list[DefectFound]] = {}
    for defect in defects:
        if defect.dwelling_id in places:
            found.setdefault(defect.item_code, []).append(defect)
    result = []
    for code, rows in found.items():
        ids = sorted({row.dwelling_id for row in rows})
        if len(ids) < RECURS_FROM:
            continue
        days = [row.found_on for row in rows]
        result.append(
            Pattern(
                item_code=code,
                label=rows[0].label,
                category=rows[0].category,
                dwellings=[places[pk] for pk in ids],
                first_on=min(days),
                last_on=max(days),
                verdict=judged.get(code),
            )
        )
    return sorted(result, key=lambda pattern: (-len(pattern.dwellings), pattern.item_code))
