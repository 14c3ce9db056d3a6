"""Defects: one tap each, exactly one category per item, with photos. Every tap is saved by itself."""

import datetime as dt
import uuid
from collections.abc import Sequence
from functools import partial

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.images import Photo, PhotoRefused, prepare_photo, save_photo
from housing.actions.inspections import CannotInspect, lock_begun_inspection, lock_open_inspection
from housing.models import Defect, DefectPhoto, Inspection, InspectionRoom, ReportItem

MAX_PHOTOS = 12  # of one defect


def item_of(inspection: Inspection, pk: int) -> ReportItem:
    """Return an item of the list of this report. Raises CannotInspect for any other."""
    item = ReportItem.objects.filter(pk=pk, report_version_id=inspection.report_version_id).first()
    if item is None:
        raise CannotInspect(_("Dit gebrek staat niet in de lijst van dit verslag."), field="item")
    return item


def _first_seen(inspection: Inspection, item: ReportItem, *, now: dt.datetime) -> dt.date:
    """The day on which this defect was first found in the row of reports."""
    if inspection.previous_id:
        before = Defect.objects.filter(inspection_id=inspection.previous_id, item__code=item.code).first()
        if before is not None:
            return before.first_seen_on
    return timezone.localtime(inspection.started_at or now).date()


@transaction.atomic
def set_defect(
    *,
    by: User,
    inspection: Inspection,
    item: ReportItem,
    category: str,
    note: str | None = None,
    rooms: Sequence[InspectionRoom] = (),
    now: dt.datetime | None = None,
) -> Defect:
    """Note a defect, or change its category. `rooms` are added to those where it was seen; `note` None keeps the note.

    Whatever comes at the same moment, an item has one defect with one category. Raises CannotInspect for a category
    that this item can't have or a room of another inspection, and InspectionIsFrozen.
    """
    now = now or timezone.now()
    inspection = lock_begun_inspection(inspection, now=now)
    if category not in item.categories:
        raise CannotInspect(
            _("Dit gebrek kan enkel categorie %(allowed)s krijgen.")
            % {"allowed": ", ".join(item.categories)},
            field="category",
        )
    if item.report_version_id != inspection.report_version_id:
        raise CannotInspect(_("Dit gebrek staat niet in de lijst van dit verslag."), field="item")
    if any(room.inspection_id != inspection.pk for room in rooms):
        raise CannotInspect(_("Dit lokaal hoort bij een ander onderzoek."), field="rooms")
    defect = Defect.objects.filter(inspection=inspection, item=item).first() or Defect(
        inspection=inspection, item=item, first_seen_on=_first_seen(inspection, item, now=now)
    )
    defect.category, defect.changed_by, defect.changed_at = category, by, now
    if note is not None:
        defect.note = note.strip()
    defect.save()
    defect.rooms.add(*rooms)
    return defect


@transaction.atomic
def describe_defect(*, by: User, defect: Defect, note: str, rooms: Sequence[InspectionRoom]) -> Defect:
    """Say what was seen, and in which rooms exactly. Raises InspectionIsFrozen and CannotInspect."""
    inspection = lock_begun_inspection(defect.inspection, now=timezone.now())
    if any(room.inspection_id != inspection.pk for room in rooms):
        raise CannotInspect(_("Dit lokaal hoort bij een ander onderzoek."), field="rooms")
    defect = Defect.objects.get(pk=defect.pk)
    defect.note, defect.changed_by, defect.changed_at = note.strip(), by, timezone.now()
    defect.save(update_fields=["note", "changed_by", "changed_at"])
    defect.rooms.set(rooms)
    return defect


def _forget_files(names: Sequence[str]) -> None:
    """Delete files, unless another photo (of an earlier version of the report) still shows them."""
    for name in names:
        if (
            not DefectPhoto.objects.filter(file=name).exists()
            and not DefectPhoto.objects.filter(thumbnail=name).exists()
        ):
            default_storage.delete(name)


@transaction.atomic
def remove_defect(*, by: User, inspection: Inspection, item: ReportItem) -> None:
    """Take a defect away with its photos. Not there, nothing happens. Raises InspectionIsFrozen."""
    inspection = lock_open_inspection(inspection)
    defect = Defect.objects.filter(inspection=inspection, item=item).first()
    if defect is None:
        return
    names = [str(file.name) for photo in defect.photos.all() for file in (photo.file, photo.thumbnail)]
    defect.delete()
    transaction.on_commit(partial(_forget_files, names))


@transaction.atomic
def _keep(by: User, defect: Defect, room: InspectionRoom | None, photo: Photo) -> DefectPhoto:
    inspection = lock_begun_inspection(defect.inspection, now=timezone.now())
    row = DefectPhoto(
        uuid=uuid.uuid4(),
        inspection=inspection,
        defect=defect,
        room=room,
        source_digest=photo.source_digest,
        width=photo.width,
        height=photo.height,
        added_by=by,
    )
    save_photo(row, photo)
    return row


def add_defect_photo(
    *, by: User, defect: Defect, upload: UploadedFile, room: InspectionRoom | None = None
) -> DefectPhoto:
    """Take in a photo of a defect; the same photo twice is one.

    Raises PhotoRefused for a file that is no good photo or one photo too many, InspectionIsFrozen once it is signed.
    """
    with transaction.atomic():  # refuse before any work is done on the picture
        lock_open_inspection(defect.inspection)
    if room is not None and room.inspection_id != defect.inspection_id:
        raise CannotInspect(_("Dit lokaal hoort bij een ander onderzoek."), field="rooms")
    if defect.photos.count() >= MAX_PHOTOS:
        raise PhotoRefused(
            _("Een gebrek kan %(max)d foto's hebben. Haal er eerst een weg.") % {"max": MAX_PHOTOS}
        )
    photo = prepare_photo(upload, size=upload.size or 0, max_bytes=settings.PHOTO_MAX_BYTES)
    same = defect.photos.filter(source_digest=photo.source_digest)
    if existing := same.first():
        return existing
    try:
        return _keep(by, defect, room, photo)
    except IntegrityError:  # the same photo arrived at the same moment
        if existing := same.first():
            return existing
        raise


@transaction.atomic
def remove_defect_photo(*, by: User, photo: DefectPhoto) -> None:
    """Take a photo away. Raises InspectionIsFrozen."""
    lock_open_inspection(photo.inspection)
    names = [str(file.name) for file in (photo.file, photo.thumbnail)]
    DefectPhoto.objects.filter(pk=photo.pk).delete()
    transaction.on_commit(partial(_forget_files, names))
