"""Photos of a visit: taken in one by one while somebody writes, his alone until the visit is saved."""

import uuid
from functools import partial

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.images import Photo, PhotoRefused, prepare_photo, save_photo
from cases.actions.visit_lock import lock_visit_uuid, visit_with
from cases.enums import VisitState
from cases.models import Case, VisitPhoto

MAX_PHOTOS = 20  # of one person at one visit


class CannotRemovePhoto(PhotoRefused):
    """Only one's own photo of a visit that isn't saved yet can be taken away."""


def _forget_files(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)


def delete_photos(photos: QuerySet[VisitPhoto]) -> int:
    """Delete these photos, and their files once the transaction holds. Return how many."""
    found = list(photos.select_for_update())
    names = [str(file.name) for photo in found for file in (photo.file, photo.thumbnail)]
    VisitPhoto.objects.filter(pk__in=[photo.pk for photo in found]).delete()
    transaction.on_commit(partial(_forget_files, names))
    return len(found)


def _own(by: User, visit_uuid: uuid.UUID) -> QuerySet[VisitPhoto]:
    return VisitPhoto.objects.filter(added_by=by, visit_uuid=visit_uuid, visit=None)


def _refuse_if_saved(case: Case, visit_uuid: uuid.UUID) -> None:
    visit = visit_with(visit_uuid)
    if visit is not None and (visit.case_id != case.pk or visit.state == VisitState.DONE):
        raise PhotoRefused(_("Dit bezoek is al bewaard. Begin een nieuw bezoek om foto's toe te voegen."))


@transaction.atomic
def _keep(by: User, case: Case, visit_uuid: uuid.UUID, photo: Photo) -> VisitPhoto:
    lock_visit_uuid(visit_uuid)
    _refuse_if_saved(case, visit_uuid)
    row = VisitPhoto(
        uuid=uuid.uuid4(),
        case=case,
        visit_uuid=visit_uuid,
        source_digest=photo.source_digest,
        width=photo.width,
        height=photo.height,
        added_by=by,
    )
    save_photo(row, photo)
    return row


def add_photo(*, by: User, case: Case, visit_uuid: uuid.UUID, upload: UploadedFile) -> VisitPhoto:
    """Take in a photo for a visit that `by` is writing; the same photo twice is one.

    Raises PhotoRefused for a file that is no good photo (see arsenaal.lib.images), for one photo too many,
    and for a visit that was saved already.
    """
    _refuse_if_saved(case, visit_uuid)
    if _own(by, visit_uuid).count() >= MAX_PHOTOS:
        raise PhotoRefused(
            _("Een bezoek kan %(max)d foto's hebben. Haal er eerst een weg.") % {"max": MAX_PHOTOS}
        )
    photo = prepare_photo(upload, size=upload.size or 0, max_bytes=settings.PHOTO_MAX_BYTES)
    same = _own(by, visit_uuid).filter(source_digest=photo.source_digest)
    if existing := same.first():
        return existing
    try:
        return _keep(by, case, visit_uuid, photo)
    except IntegrityError:  # the same photo arrived at the same moment
        if existing := same.first():
            return existing
        raise


@transaction.atomic
def remove_photo(*, by: User, photo: VisitPhoto) -> None:
    """Take away one's own photo of a visit that isn't saved yet. Raises CannotRemovePhoto for any other."""
    if not delete_photos(VisitPhoto.objects.filter(pk=photo.pk, added_by=by, visit=None)):
        raise CannotRemovePhoto(_("Deze foto hoort al bij een bewaard bezoek."))
