"""The rooms that were measured and the smoke detectors per storey."""

import datetime as dt
import uuid as uuids
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from housing.actions.inspections import CannotInspect, lock_begun_inspection
from housing.inspection_enums import RoomKind
from housing.models import Inspection, InspectionRoom, SmokeDetector

MAX_ROOMS = 60
MAX_STOREYS = 20


def _check(name: str, kind: str, area: Decimal | None, height: int | None) -> None:
    if not name.strip():
        raise CannotInspect(_("Geef het lokaal een naam."), field="name")
    if kind not in RoomKind.values:
        raise CannotInspect(_("Kies wat voor lokaal het is."), field="kind")
    if area is not None and not 0 < area < 1000:
        raise CannotInspect(_("De oppervlakte ligt tussen 0 en 1000 m²."), field="area")
    if height is not None and not 50 <= height <= 1000:
        raise CannotInspect(_("De hoogte staat in cm, tussen 50 en 1000."), field="height")


def _save(room: InspectionRoom) -> InspectionRoom:
    try:
        with transaction.atomic():
            room.save()
    except IntegrityError as error:
        raise CannotInspect(_("Er is al een lokaal met deze naam."), field="name") from error
    return room


@transaction.atomic
def add_room(
    *,
    by: User,
    inspection: Inspection,
    name: str,
    kind: str,
    area: Decimal | None = None,
    height: int | None = None,
    uuid: uuids.UUID | None = None,
    now: dt.datetime | None = None,
) -> InspectionRoom:
    """Add a room; `area` in m², `height` in cm. With the same `uuid` twice it is one room.

    Raises CannotInspect (name, kind, area, height) and InspectionIsFrozen.
    """
    _check(name, kind, area, height)
    inspection = lock_begun_inspection(inspection, now=now or timezone.now())
    if uuid is not None and (same := inspection.rooms.filter(uuid=uuid).first()):
        return same
    if uuid is not None and InspectionRoom.objects.filter(uuid=uuid).exists():
        raise CannotInspect(_("Dit lokaal hoort bij een ander onderzoek."), field="name")
    if inspection.rooms.count() >= MAX_ROOMS:
        raise CannotInspect(_("Er staan al %(max)d lokalen.") % {"max": MAX_ROOMS}, field="name")
    last = inspection.rooms.aggregate(last=Max("position"))["last"] or 0
    return _save(
        InspectionRoom(
            uuid=uuid or uuids.uuid4(),
            inspection=inspection,
            name=name.strip(),
            kind=kind,
            area=area,
            height=height,
            position=last + 1,
        )
    )


@transaction.atomic
def edit_room(
    *, by: User, room: InspectionRoom, name: str, kind: str, area: Decimal | None, height: int | None
) -> InspectionRoom:
    """Correct a room. Raises CannotInspect and InspectionIsFrozen."""
    _check(name, kind, area, height)
    lock_begun_inspection(room.inspection, now=timezone.now())
    room = InspectionRoom.objects.select_for_update().get(pk=room.pk)
    room.name, room.kind, room.area, room.height = name.strip(), kind, area, height
    return _save(room)


@transaction.atomic
def remove_room(*, by: User, room: InspectionRoom) -> None:
    """Take away a room in which nothing was found. Raises CannotInspect when there are defects or photos in it."""
    lock_begun_inspection(room.inspection, now=timezone.now())
    if room.defects.exists() or room.photos.exists():
        raise CannotInspect(_("In dit lokaal staan gebreken of foto's. Haal die eerst weg."))
    room.delete()


@transaction.atomic
def set_smoke_detectors(*, by: User, inspection: Inspection, storeys: dict[str, bool]) -> list[SmokeDetector]:
    """Save the storeys in their order, each with whether it has a working detector; what was there goes.

    Raises CannotInspect and InspectionIsFrozen.
    """
    inspection = lock_begun_inspection(inspection, now=timezone.now())
    if len(storeys) > MAX_STOREYS:
        raise CannotInspect(_("Hoogstens %(max)d verdiepingen.") % {"max": MAX_STOREYS}, field="storeys")
    inspection.smoke_detectors.all().delete()
    return SmokeDetector.objects.bulk_create(
        SmokeDetector(inspection=inspection, storey=storey[:40], is_working=is_working, position=position)
        for position, (storey, is_working) in enumerate(storeys.items())
    )
