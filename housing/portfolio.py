"""The portfolio of a landlord as a picture and as a table: the same facts, in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from arsenaal.lib.portfolio_chart import Block, State, Unit, portfolio_chart
from housing.landlord_facts import DefectFound, Pattern, defects_in, patterns
from housing.links import Portfolio
from housing.models import Building, Dwelling, Landlord, Occupancy, Ownership, RecurringVerdict
from housing.reading import OccupancyRow, occupancy_rows


def states() -> dict[str, State]:
    """Return how a dwelling can be: each with a sign, so that no colour is needed."""
    return {
        "defects": State("!", _("bewoond, met gebreken"), "#fbeae3", "#a8431f"),
        "empty_defects": State("x", _("leeg, met gebreken"), "#fbeae3", "#a8431f"),
        "lived": State("o", _("bewoond"), "#e3f0f0", "#0d5c63"),
        "empty": State("-", _("niemand bekend"), "#ffffff", "#55606e"),
    }


@dataclass(frozen=True)
class Owned:
    """A dwelling of the portfolio: by whom, since when, who lives there, what stands against it."""

    dwelling: Dwelling
    ownerships: Sequence[Ownership]
    living: Sequence[OccupancyRow]
    defects: int

    @property
    def state(self) -> str:
        """The code of its state."""
        if self.defects:
            return "defects" if self.living else "empty_defects"
        return "lived" if self.living else "empty"

    @property
    def name(self) -> str:
        """How it is called within its building."""
        box = self.dwelling.box
        return _("bus %(box)s") % {"box": box} if box else str(self.dwelling.get_kind_display())

    @property
    def state_label(self) -> str:
        """Its state in words, with the number of defects."""
        words = states()[self.state].word
        if not self.defects:
            return words
        return f"{words} ({self.defects})"


@dataclass(frozen=True)
class BuildingRow:
    """A building with what the portfolio owns in it."""

    building: Building
    dwellings: Sequence[Owned]


@dataclass(frozen=True)
class PortfolioPicture:
    """Everything that a portfolio owns today, and the defects that recur in it."""

    landlords: Sequence[Landlord]
    buildings: Sequence[BuildingRow]
    defects: Sequence[DefectFound]
    patterns: Sequence[Pattern]

    @classmethod
    def of(cls, found: Portfolio, user: User) -> "PortfolioPicture":
        """Read it; the number of queries doesn't grow with what he owns."""
        today = timezone.localdate()
        ownerships = list(
            Ownership.objects.on(today)
            .filter(landlord__in=found.ids)
            .select_related("dwelling__building", "landlord")
            .order_by("dwelling__building__sort_key", "dwelling__floor", "dwelling__box", "pk")
        )
        by_dwelling: dict[int, list[Ownership]] = {}
        for ownership in ownerships:
            by_dwelling.setdefault(ownership.dwelling_id, []).append(ownership)
        rows = occupancy_rows(Occupancy.objects.on(today).filter(dwelling__in=list(by_dwelling)), user)
        living: dict[int, list[OccupancyRow]] = {}
        for row in rows:
            living.setdefault(row.occupancy.dwelling_id, []).append(row)
        defects = defects_in(list(by_dwelling), user) if by_dwelling else []
        verdicts = RecurringVerdict.objects.filter(
            landlord__in=found.ids, undone_at__isnull=True
        ).select_related("decided_by")
        dwellings = [group[0].dwelling for group in by_dwelling.values()]
        return cls(
            landlords=found.landlords,
            buildings=_by_building(by_dwelling, living, defects),
            defects=defects,
            patterns=patterns(defects, dwellings, verdicts),
        )

    @cached_property
    def owned(self) -> list[Owned]:
        """Every dwelling."""
        return [owned for row in self.buildings for owned in row.dwellings]

    @property
    def recurring(self) -> list[Pattern]:
        """What recurs and that nobody called something else."""
        return [pattern for pattern in self.patterns if pattern.verdict is None]

    @property
    def dismissed(self) -> list[Pattern]:
        """What somebody said isn't the same."""
        return [pattern for pattern in self.patterns if pattern.verdict is not None]

    @property
    def alt(self) -> str:
        """The picture in one sentence."""
        owned = len(self.owned)
        with_defects = sum(bool(dwelling.defects) for dwelling in self.owned)
        parts = [
            ngettext("%(n)d eigenaar", "%(n)d eigenaars", len(self.landlords)) % {"n": len(self.landlords)},
            ngettext("%(n)d pand", "%(n)d panden", len(self.buildings)) % {"n": len(self.buildings)},
            ngettext("%(n)d woning", "%(n)d woningen", owned) % {"n": owned},
        ]
        words = ", ".join(parts)
        if with_defects:
            words += ", " + _("waarvan %(n)d met gebreken") % {"n": with_defects}
        return _("Portefeuille van %(name)s: %(words)s. Dezelfde gegevens staan in de tabel.") % {
            "name": self.landlords[0],
            "words": words,
        }

    def svg(self) -> str:
        """Draw it."""
        known = states()
        positions = {landlord.pk: at for at, landlord in enumerate(self.landlords)}
        blocks = [
            Block(
                name=str(row.building),
                units=[Unit(owned.name, known[owned.state]) for owned in row.dwellings],
                owners=sorted(
                    {positions[o.landlord_id] for owned in row.dwellings for o in owned.ownerships}
                ),
            )
            for row in self.buildings
        ]
        seen = {owned.state for owned in self.owned}
        legend = [state for code, state in known.items() if code in seen]
        return portfolio_chart([str(landlord) for landlord in self.landlords], blocks, legend)


def _by_building(
    by_dwelling: dict[int, list[Ownership]],
    living: dict[int, list[Any]],
    defects: Iterable[DefectFound],
) -> list[BuildingRow]:
    counted: dict[int, int] = {}
    for defect in defects:
        counted[defect.dwelling_id] = counted.get(defect.dwelling_id, 0) + 1
    grouped: dict[int, list[Owned]] = {}
    buildings: dict[int, Building] = {}
    for pk, ownerships in by_dwelling.items():
        dwelling = ownerships[0].dwelling
        buildings[dwelling.building_id] = dwelling.building
        grouped.setdefault(dwelling.building_id, []).append(
            Owned(dwelling, ownerships, living.get(pk, []), counted.get(pk, 0))
        )
    return [BuildingRow(buildings[pk], rows) for pk, rows in grouped.items()]
