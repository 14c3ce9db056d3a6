"""Keeping a file with a case: checked by its content, kept once."""

import uuid

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from accounts.models import User
from arsenaal.lib.uploads import forget_files, receive
from cases.models import Case
from housing.models import KeptFile


def keep_file(*, by: User, case: Case, upload: UploadedFile) -> KeptFile:
    """Take in a photo or PDF for a case; the same file twice is one. Raises UploadRefused."""
    received = receive(upload, allow=("image", "pdf"), max_bytes=settings.DOCUMENT_MAX_BYTES)
    known = KeptFile.objects.filter(case=case, sha256=received.sha256)
    if (kept := known.first()) is not None:
        return kept
    name = uuid.uuid4()
    row = KeptFile(
        uuid=name,
        case=case,
        content_type=received.content_type,
        sha256=received.sha256,
        size=received.size,
        added_by=by,
    )
    row.file.save(f"{name}.{received.extension}", ContentFile(received.content), save=False)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        # Somebody sent the same file a moment before.
        forget_files([str(row.file.name)])
        return known.get()
    return row
