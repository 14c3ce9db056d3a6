"""What the tests of inspections share."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import User
from housing.actions.inspection_defects import set_defect
from housing.actions.inspection_finish import finish_inspection
from housing.actions.inspection_lists import load_inspection_lists
from housing.actions.inspection_rooms import add_room
from housing.actions.inspections import plan_inspection, start_inspection
from housing.models import Building, Defect, Dwelling, Inspection, ReportItem


def plan(by: User, place: Dwelling | Building, **changes: Any) -> Inspection:
    """Plan an inspection of an hour ago, of a dwelling or of the common parts of a building."""
    load_inspection_lists()
    where = (
        {"dwelling": place, "building": place.building}
        if isinstance(place, Dwelling)
        else {"building": place}
    )
    values: dict[str, Any] = {
        "scheduled_at": timezone.now() - dt.timedelta(hours=1),
        "inspector": by,
        "trigger": "own",
        **where,
        **changes,
    }
    return plan_inspection(by=by, **values)


def begin(by: User, place: Dwelling | Building, **changes: Any) -> Inspection:
    """Plan and begin."""
    return start_inspection(by=by, inspection=plan(by, place, **changes))


def item(inspection: Inspection, code: str) -> ReportItem:
    """An item of the list by our own code."""
    return ReportItem.objects.get(report_version=inspection.report_version, code=code)


def note(by: User, inspection: Inspection, code: str, category: str, **changes: Any) -> Defect:
    """Note a defect."""
    return set_defect(by=by, inspection=inspection, item=item(inspection, code), category=category, **changes)


def signed(by: User, place: Dwelling | Building, *found: tuple[str, str], **changes: Any) -> Inspection:
    """An inspection with these defects, signed."""
    inspection = begin(by, place, **changes)
    for code, category in found:
        note(by, inspection, code, category)
    return finish_inspection(by=by, inspection=inspection, signed_name=str(by))


def room(by: User, inspection: Inspection, name: str = "Leefruimte", **changes: Any) -> Any:
    """A measured living room."""
    values = {"kind": "living", "area": 20, "height": 250, **changes}
    return add_room(by=by, inspection=inspection, name=name, **values)
