"""Reading a report: its defects, what it says, and what changed since the one before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from cases.enums import Certainty
from housing.inspection_enums import (
    CHANGE_LOOK,
    OUTCOME_TONE,
    Category,
    Change,
    InspectionState,
    Outcome,
    RoomKind,
)
from housing.inspection_numbers import norm_table_on, numbers_on
from housing.inspection_rules import Exceptions, Measured, change_between, occupancy_of, outcome_of
from housing.models import Defect, DefectPhoto, Inspection, InspectionRoom


def defects_of(inspections: Sequence[Inspection]) -> QuerySet[Defect]:
    """The defects of these reports with item, rooms and photos, worst first. Three queries."""
    photos = DefectPhoto.objects.select_related("room").order_by("added_at", "pk")
    rooms = InspectionRoom.objects.order_by("position", "pk")
    return (
        Defect.objects.filter(inspection__in=inspections)
        .select_related("item")
        .prefetch_related(Prefetch("photos", photos), Prefetch("rooms", rooms))
        .order_by("item__position", "item__code", "pk")
    )


def with_common(inspection: Inspection) -> list[Inspection]:
    """The report itself, and the common parts that it takes along."""
    return [inspection, inspection.common] if inspection.common_id and inspection.common else [inspection]


def assess(inspection: Inspection, defects: Iterable[Defect] | None = None) -> dict[str, Any]:
    """Return what the report says, ready to show: outcome, reasons, occupancy, smoke detectors, what is not sure.

    Of a signed report that is what was frozen. `defects` are those of the report with the common parts, when they
    were read already.
    """
    if inspection.state == InspectionState.FINISHED:
        return inspection.result
    if defects is None:
        defects = Defect.objects.filter(inspection__in=with_common(inspection))
    defects = list(defects)
    day = timezone.localtime(inspection.started_at or inspection.scheduled_at).date()
    numbers = numbers_on(day)
    categories = [defect.category for defect in defects]
    verdict = outcome_of(categories, category_one_limit=int(numbers.category_one_limit))
    return {
        "outcome": verdict.outcome.value,
        "reasons": [*verdict.reasons, *_from_common(inspection, defects)],
        "counts": {category.value: categories.count(category) for category in Category},
        "occupancy": _occupancy(inspection, numbers, day) if inspection.dwelling_id else None,
        "smoke": _smoke(inspection) if inspection.dwelling_id else None,
        "doubts": _doubts(inspection, numbers),
    }


def _from_common(inspection: Inspection, defects: Sequence[Defect]) -> list[str]:
    """Say what of it stands in the common parts, so that nobody looks for it in the dwelling."""
    found = [defect.category for defect in defects if defect.inspection_id != inspection.pk]
    counts = [
        f"{found.count(category)}× {category}" for category in reversed(Category.values) if category in found
    ]
    return [_("Daarvan in de gemene delen: %(counts)s.") % {"counts": ", ".join(counts)}] if counts else []


def _doubts(inspection: Inspection, numbers: Any) -> list[str]:
    """What rests on something that nobody confirmed."""
    doubts = []
    version = inspection.report_version
    if version.certainty != Certainty.CERTAIN:
        doubts.append(
            _("De lijst van gebreken (%(version)s) is voorlopig: eigen codes en categorieën ter indicatie.")
            % {"version": version}
        )
    if numbers.to_confirm:
        doubts.append(_("Sommige getallen van de norm zijn nog te bevestigen."))
    return doubts


def _occupancy(inspection: Inspection, numbers: Any, day: Any) -> dict[str, Any]:
    rooms = list(inspection.rooms.order_by("position", "pk"))
    table, is_sure = norm_table_on(day)
    found = occupancy_of(
        inspection.report_version.report_model,
        [Measured(room.name, room.kind, room.area, room.height) for room in rooms],
        numbers,
        table,
        Exceptions(inspection.is_before_2016, inspection.has_folding_bed, inspection.is_old_student_room),
    )
    living = inspection.persons_living
    if found.persons is None:
        persons = _("norm niet gekend") if not table else _("nog niet alles gemeten")
    else:
        persons = str(found.persons)
    return {
        "rooms": [
            {
                "name": one.room.name,
                "kind": str(RoomKind(one.room.kind).label),
                "area": number_format(one.room.area.normalize()) if one.room.area else "",
                "height": str(one.room.height or ""),
                "counts": one.counts,
                "why": one.why,
            }
            for one in found.rooms
        ],
        "area": number_format(found.area.normalize()),
        "minimum": number_format(found.minimum.normalize()),
        "is_large_enough": found.is_large_enough,
        "persons": persons,
        "persons_number": found.persons,
        "is_table_sure": is_sure,
        "living": living,
        "is_overcrowded": None if found.persons is None or living is None else living > found.persons,
        "remarks": list(found.remarks),
    }


def _smoke(inspection: Inspection) -> dict[str, Any]:
    rows = list(inspection.smoke_detectors.order_by("position", "pk"))
    missing = [row.storey for row in rows if not row.is_working]
    return {
        "storeys": [{"storey": row.storey, "is_working": row.is_working} for row in rows],
        "missing": missing,
        "is_ok": None if not rows else not missing,
    }


def outcome_label(outcome: str) -> str:
    """Write an outcome as people read it."""
    return str(Outcome(outcome).label) if outcome else ""


def outcome_tone(outcome: str) -> str:
    """The tone of its chip."""
    return OUTCOME_TONE[Outcome(outcome)] if outcome else ""


@dataclass
class RoomGroup:
    """A room with what was found in it; `room` is None for the dwelling or building as a whole."""

    name: str
    room: InspectionRoom | None
    defects: list[Defect] = field(default_factory=list)


def by_room(rooms: Sequence[InspectionRoom], defects: Iterable[Defect]) -> list[RoomGroup]:
    """Put defects under the rooms where they were seen; those without a room come first."""
    groups = {room.pk: RoomGroup(room.name, room) for room in rooms}
    whole = RoomGroup("", None)
    for defect in defects:
        seen = [room.pk for room in defect.rooms.all() if room.pk in groups]
        for pk in seen:
            groups[pk].defects.append(defect)
        if not seen:
            whole.defects.append(defect)
    return [group for group in (whole, *groups.values()) if group.defects]


@dataclass(frozen=True)
class Compared:
    """One item in two reports."""

    item_name: str
    before: Defect | None
    after: Defect | None
    change: Change

    @property
    def tone(self) -> str:
        """The tone of its chip."""
        return CHANGE_LOOK[self.change][0]

    @property
    def icon(self) -> str:
        """The icon of its chip."""
        return CHANGE_LOOK[self.change][1]


_ORDER = [Change.WORSE, Change.NEW, Change.SAME, Change.BETTER, Change.GONE]


def compare(before: Iterable[Defect], after: Iterable[Defect]) -> list[Compared]:
    """Return item by item what changed, worst first. Items are the same when our own code is, whatever the version."""
    old = {defect.item.code: defect for defect in before}
    new = {defect.item.code: defect for defect in after}
    found = []
    for code in old | new:
        one, other = old.get(code), new.get(code)
        change = change_between(one and one.category, other and other.category)
        if change is not None:
            found.append(Compared((other or one).item.name, one, other, change))  # type: ignore[union-attr]
    return sorted(found, key=lambda row: (_ORDER.index(row.change), row.item_name))


def latest_version(inspection: Inspection) -> Inspection:
    """The newest signed version of this report."""
    while later := inspection.corrections.filter(state=InspectionState.FINISHED).first():
        inspection = later
    return inspection
