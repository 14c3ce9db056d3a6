"""The rules of the technical report, as pure functions: outcome, which rooms count, how many persons may live there.

Every number and table is passed in, because each is dated reference data (domain A2 and A4).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from housing.inspection_enums import (
    CATEGORY_WEIGHT,
    COUNTING_KINDS,
    Category,
    Change,
    NormMeasure,
    Outcome,
    ReportModel,
    RoomKind,
)


@dataclass(frozen=True)
class Numbers:
    """The single numbers of the norm as they hold on one day. Areas in m², heights in cm."""

    room_min_area: Decimal
    room_min_height: Decimal
    min_area_dwelling: Decimal
    min_area_room: Decimal
    bathroom_bonus: Decimal
    bed_tolerance: Decimal
    min_area_student_room: Decimal
    category_one_limit: Decimal  # so many of category I count as one of category II
    to_confirm: tuple[str, ...] = ()  # names of those that nobody confirmed yet

    def is_sure(self, name: str) -> bool:
        """Tell whether somebody confirmed this number."""
        return name not in self.to_confirm


@dataclass(frozen=True)
class Verdict:
    """The outcome of a report with the reasons for it, in words."""

    outcome: Outcome
    reasons: tuple[str, ...]


def outcome_of(categories: Iterable[str], *, category_one_limit: int) -> Verdict:
    """Return what the report advises.

    One of category III: unfit and uninhabitable; else one of II: unfit; else `category_one_limit` of I: unfit, because
    they count as one of II; else no ground (vlaanderen.be, technical reports since 2021).
    """
    found = list(categories)
    one, two, three = (found.count(category) for category in (Category.ONE, Category.TWO, Category.THREE))
    reasons = []
    if three:
        reasons.append(
            ngettext(
                "%(n)d gebrek van categorie III: één is genoeg voor ongeschikt én onbewoonbaar.",
                "%(n)d gebreken van categorie III: één is genoeg voor ongeschikt én onbewoonbaar.",
                three,
            )
            % {"n": three}
        )
    if two:
        reasons.append(
            ngettext(
                "%(n)d gebrek van categorie II: één is genoeg voor ongeschikt.",
                "%(n)d gebreken van categorie II: één is genoeg voor ongeschikt.",
                two,
            )
            % {"n": two}
        )
    if one >= category_one_limit:
        reasons.append(
            _("%(n)d gebreken van categorie I: vanaf %(limit)d tellen ze als één van categorie II.")
            % {"n": one, "limit": category_one_limit}
        )
    if three:
        return Verdict(Outcome.UNINHABITABLE, tuple(reasons))
    if two or one >= category_one_limit:
        return Verdict(Outcome.UNFIT, tuple(reasons))
    if one:
        reasons.append(
            ngettext(
                "%(n)d gebrek van categorie I, minder dan %(limit)d.",
                "%(n)d gebreken van categorie I, minder dan %(limit)d.",
                one,
            )
            % {"n": one, "limit": category_one_limit}
        )
    else:
        reasons.append(_("Er is geen gebrek genoteerd."))
    return Verdict(Outcome.NO_GROUND, tuple(reasons))


@dataclass(frozen=True)
class Measured:
    """A room as it was measured; area in m², height in cm, None when it wasn't."""

    name: str
    kind: str
    area: Decimal | None
    height: int | None


@dataclass(frozen=True)
class Judged:
    """A room, whether it counts as a room to live in, and why not. `counts` is None when a measure is missing."""

    room: Measured
    counts: bool | None
    why: str


def judge_room(room: Measured, numbers: Numbers) -> Judged:
    """Tell whether a room counts for the occupancy norm: its kind, its area and its height (domain A4)."""
    if room.kind not in COUNTING_KINDS:
        return Judged(room, False, _("%(kind)s telt nooit mee") % {"kind": RoomKind(room.kind).label})
    if room.area is not None and room.area < numbers.room_min_area:
        return Judged(
            room,
            False,
            _("kleiner dan %(min)s m²") % {"min": number_format(numbers.room_min_area.normalize())},
        )
    if room.height is not None and room.height < numbers.room_min_height:
        return Judged(
            room,
            False,
            _("lager dan %(min)s cm") % {"min": number_format(numbers.room_min_height.normalize())},
        )
    if room.area is None or room.height is None:
        return Judged(room, None, _("nog niet gemeten"))
    return Judged(room, True, "")


@dataclass(frozen=True)
class NormLine:
    """One line of the occupancy table."""

    measure: str
    at_least: Decimal
    persons: int


@dataclass(frozen=True)
class Exceptions:
    """What can make the minimum smaller; None is: not known, and then it doesn't."""

    is_before_2016: bool | None = None
    has_folding_bed: bool | None = None
    is_old_student_room: bool | None = None


@dataclass(frozen=True)
class Occupancy:
    """What the occupancy part says. `persons` is None without a norm, `is_large_enough` when it wasn't measured."""

    rooms: tuple[Judged, ...]
    area: Decimal
    minimum: Decimal
    is_large_enough: bool | None
    persons: int | None
    remarks: tuple[str, ...]


def persons_allowed(measure: str, amount: Decimal, table: Sequence[NormLine]) -> int | None:
    """Return how many persons this amount allows: the highest line that it reaches. None without a table."""
    lines = [line for line in table if line.measure == measure]
    if not lines:
        return None
    reached = [line for line in lines if line.at_least <= amount]
    return max(reached, key=lambda line: line.at_least).persons if reached else 0


def occupancy_of(
    report_model: str,
    rooms: Iterable[Measured],
    numbers: Numbers,
    table: Sequence[NormLine],
    exceptions: Exceptions | None = None,
) -> Occupancy:
    """Return what the occupancy part says of these rooms.

    The norm is the smaller of two numbers: by floor area and by number of rooms that count. A missing table is told,
    never guessed. The minimum area and its exceptions: vlaanderen.be, "De bezettingsnorm".
    """
    asked = exceptions or Exceptions()
    judged = tuple(judge_room(room, numbers) for room in rooms)
    counting = [one.room for one in judged if one.counts]
    area = sum((room.area for room in counting if room.area), Decimal(0))
    minimum, remarks = _minimum(report_model, numbers, asked)
    is_unmeasured = any(one.counts is None for one in judged) or not judged
    reached = area
    if asked.is_before_2016 and area < minimum:
        baths = [one.room.area for one in judged if one.room.kind == RoomKind.BATHROOM and one.room.area]
        bonus = min(sum(baths, Decimal(0)), numbers.bathroom_bonus)
        if bonus:
            reached += bonus
            remarks.append(
                _(
                    "gebouwd of vergund voor 1 oktober 2016: %(bonus)s m² van de badkamer telt mee voor het minimum"
                )
                % {"bonus": number_format(bonus.normalize())}
            )
    is_large_enough = True if reached >= minimum else None if is_unmeasured else False
    by_area = persons_allowed(NormMeasure.AREA, area, table)
    by_rooms = persons_allowed(NormMeasure.ROOMS, Decimal(len(counting)), table)
    persons = None if by_area is None or by_rooms is None or is_unmeasured else min(by_area, by_rooms)
    return Occupancy(judged, area, minimum, is_large_enough, persons, tuple(remarks))


def _minimum(report_model: str, numbers: Numbers, asked: Exceptions) -> tuple[Decimal, list[str]]:
    """Return the smallest floor area that is allowed, and which exceptions made it smaller."""
    if report_model == ReportModel.ROOM:
        if asked.is_old_student_room:
            return numbers.min_area_student_room, [_("studentenkamer van voor september 1998")]
        minimum = numbers.min_area_room
    else:
        minimum = numbers.min_area_dwelling
    if asked.is_before_2016 and asked.has_folding_bed:
        return minimum - numbers.bed_tolerance, [
            _("gebouwd of vergund voor 1 oktober 2016, met opklapbed of hoogslaper: %(n)s m² minder")
            % {"n": number_format(numbers.bed_tolerance.normalize())}
        ]
    return minimum, []


def change_between(before: str | None, after: str | None) -> Change | None:
    """Return what became of an item, from its category before and after (None: no defect)."""
    if before is None and after is None:
        return None
    if before is None:
        return Change.NEW
    if after is None:
        return Change.GONE
    old, new = CATEGORY_WEIGHT[Category(before)], CATEGORY_WEIGHT[Category(after)]
    return Change.SAME if old == new else Change.WORSE if new > old else Change.BETTER
