"""The drawing of a neighbourhood: taken in from a file, checked, replaced."""

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Neighbourhood, User
from arsenaal.lib.errors import ChangedMeanwhileError
from arsenaal.lib.geo import MAX_BYTES, DrawingRefused, clean_drawing
from cases.models import NeighbourhoodMap


@transaction.atomic
def set_map(
    *,
    by: User | None,
    neighbourhood: Neighbourhood,
    content: bytes,
    source: str,
    is_approximate: bool,
    version: int = 0,
    now: dt.datetime | None = None,
) -> NeighbourhoodMap:
    """Draw a neighbourhood from a GeoJSON file, in place of what stood there. Points that lie on it stay.

    `version` is 0 for a first drawing; `by` is nobody for what the program brings along.
    Raises DrawingRefused, ChangedMeanwhileError when another drawing came in since `version`.
    """
    drawing = clean_drawing(content)
    # The neighbourhood is locked, so that two first drawings don't meet.
    neighbourhood = Neighbourhood.objects.select_for_update().get(pk=neighbourhood.pk)
    known = NeighbourhoodMap.objects.filter(neighbourhood=neighbourhood).first()
    if (known.version if known else 0) != version:
        raise ChangedMeanwhileError(
            _("Iemand anders heeft deze kaart intussen vervangen. Kijk eerst naar de nieuwe."),
            current={_("tekening"): known.source if known else ""},
        )
    found = known or NeighbourhoodMap(neighbourhood=neighbourhood, version=0)
    found.drawing, found.source, found.is_approximate = drawing, source.strip(), is_approximate
    found.drawn_by, found.drawn_at = by, now or timezone.now()
    found.version += 1
    found.save()
    return found


def read_drawing(upload: UploadedFile) -> bytes:
    """Return the content of a sent drawing. Raises DrawingRefused for what is empty or too large to read."""
    if not upload.size or upload.size > MAX_BYTES:
        raise DrawingRefused(_("Dit bestand is leeg of te groot: hoogstens 1 MB."))
    return bytes(upload.read())
