"""Photos of places and of the hub: re-encoded, described, and shown to everybody only with a declaration."""

import datetime as dt
from typing import Any, NotRequired, TypedDict, TypeVar, Unpack

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from arsenaal.lib.images import photo_of_jpeg, save_photo
from arsenaal.lib.uploads import forget_files, receive
from cases.actions.checks import BadDateError, check_not_far, check_past, day_of
from cohesion.enums import PhotoPeople
from cohesion.models import Activity, ActivityPhoto, DeclaredPhoto, PlacePhoto, PlaceProject

MOST_PHOTOS = 40  # of one project or activity
PHOTO_SIDE = 960  # pixels of the small one: sharp across a phone

P = TypeVar("P", bound=DeclaredPhoto)


class PhotoError(ActionError):
    """This can't be done with the photo; the message says why."""


class Declaration(TypedDict):
    """What is said of who stands on a photo, and whether everybody may see it."""

    people: str
    asked_who: NotRequired[str]
    asked_on: NotRequired[dt.date | None]
    agreed_until: NotRequired[dt.date | None]
    is_public: NotRequired[bool]
    taken_on: NotRequired[dt.date | None]


def _check(
    *,
    today: dt.date,
    people: str,
    asked_who: str = "",
    asked_on: dt.date | None = None,
    agreed_until: dt.date | None = None,
    is_public: bool = False,
    taken_on: dt.date | None = None,
) -> dict[str, Any]:
    """Return what to keep of a declaration. Raises PhotoError, BadDateError."""
    check_past(taken_on, today=today, field="taken_on")
    if people == PhotoPeople.UNASKED and is_public:
        raise PhotoError(
            _("Vraag het eerst aan wie herkenbaar is. Zolang blijft de foto binnen."), field="is_public"
        )
    if people != PhotoPeople.AGREED:
        asked_who, asked_on, agreed_until = "", None, None
    else:
        if not asked_who.strip():
            raise PhotoError(_("Vul in wie het gevraagd heeft."), field="asked_who")
        if asked_on is None:
            raise PhotoError(_("Vul in wanneer het gevraagd is."), field="asked_on")
        if agreed_until is None:
            raise PhotoError(_("Vul in tot wanneer de foto getoond mag worden."), field="agreed_until")
        check_past(asked_on, today=today, field="asked_on")
        if agreed_until < asked_on:
            raise BadDateError(_("De laatste dag ligt voor de eerste."), field="agreed_until")
        check_not_far(agreed_until, today=today, field="agreed_until")
    return {
        "people": people,
        "asked_who": asked_who.strip(),
        "asked_on": asked_on,
        "agreed_until": agreed_until,
        "is_public": is_public,
        "taken_on": taken_on,
    }


def _add(
    row: P, *, by: User, upload: UploadedFile, alt: str, declared: dict[str, Any], now: dt.datetime
) -> P:
    received = receive(upload, allow=("image",), max_bytes=settings.PHOTO_MAX_BYTES)
    photo = photo_of_jpeg(received.content, small_side=PHOTO_SIDE)
    row.alt, row.width, row.height = alt.strip(), photo.width, photo.height
    row.added_by, row.added_at = by, now
    for name, value in declared.items():
        setattr(row, name, value)
    save_photo(row, photo)
    return row


def _check_room(count: int) -> None:
    if count >= MOST_PHOTOS:
        raise PhotoError(_("Hier staan al %(most)d foto's. Verwijder er eerst een.") % {"most": MOST_PHOTOS})


@transaction.atomic
def add_place_photo(
    *,
    by: User,
    project: PlaceProject,
    file: UploadedFile,
    moment: str,
    alt: str,
    now: dt.datetime | None = None,
    **declaration: Unpack[Declaration],
) -> PlacePhoto:
    """Add a photo of a place, before, during or after. Raises UploadRefused, PhotoError, BadDateError."""
    now = now or timezone.now()
    declared = _check(today=day_of(now), **declaration)
    project = PlaceProject.objects.select_for_update().get(pk=project.pk)
    _check_room(project.photos.count())
    row = PlacePhoto(project=project, moment=moment)
    return _add(row, by=by, upload=file, alt=alt, declared=declared, now=now)


@transaction.atomic
def add_activity_photo(
    *,
    by: User,
    activity: Activity,
    file: UploadedFile,
    alt: str,
    now: dt.datetime | None = None,
    **declaration: Unpack[Declaration],
) -> ActivityPhoto:
    """Add a photo of an activity of the hub. Raises UploadRefused, PhotoError, BadDateError."""
    now = now or timezone.now()
    declared = _check(today=day_of(now), **declaration)
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    _check_room(activity.photos.count())
    return _add(ActivityPhoto(activity=activity), by=by, upload=file, alt=alt, declared=declared, now=now)


@transaction.atomic
def edit_photo(
    *,
    by: User,
    photo: P,
    version: int,
    alt: str,
    moment: str | None = None,
    now: dt.datetime | None = None,
    **declaration: Unpack[Declaration],
) -> P:
    """Change what is said of a photo, or whether everybody sees it: from this moment on.

    Raises ChangedMeanwhileError, PhotoError, BadDateError.
    """
    found: P = type(photo)._default_manager.select_for_update().get(pk=photo.pk)
    if found.version != version:
        raise ChangedMeanwhileError(
            _("Iemand anders heeft deze foto intussen gewijzigd. Vergelijk en bewaar opnieuw."),
            current={
                _("wat is er te zien"): found.alt,
                _("wie is herkenbaar"): str(found.get_people_display()),
                _("mag tot en met"): date_format(found.agreed_until, "j F Y") if found.agreed_until else "",
                _("op de publieke pagina"): _("ja") if found.is_public else _("nee"),
            },
        )
    declared = _check(today=day_of(now), **declaration)
    for name, value in declared.items():
        setattr(found, name, value)
    found.alt = alt.strip()
    if moment is not None and isinstance(found, PlacePhoto):
        found.moment = moment
    found.version += 1
    found.save()
    return found


@transaction.atomic
def remove_photo(*, by: User, photo: DeclaredPhoto) -> None:
    """Take a photo off every page and out of the storage, for good. Twice is the same as once."""
    found = type(photo)._default_manager.select_for_update().filter(pk=photo.pk).first()
    if found is None:
        return
    names = [str(found.file.name), str(found.thumbnail.name)]
    found.delete()
    transaction.on_commit(lambda: forget_files(names))
