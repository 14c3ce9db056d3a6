"""Deleting what is in a document; that it was there stays."""

import datetime as dt
from collections.abc import Collection
from functools import partial

from django.db import transaction

from arsenaal.lib.uploads import forget_files
from cases.models import Document, TimelineEntry


def empty_documents(entries: Collection[TimelineEntry], *, now: dt.datetime) -> None:
    """Empty the documents of these entries, and delete their files once the transaction holds."""
    found = list(
        Document.objects.select_for_update().filter(entry__in=entries, removed_at__isnull=True).order_by("pk")
    )
    names = [str(document.file.name) for document in found]
    Document.objects.filter(pk__in=[document.pk for document in found]).update(
        title="", description="", file="", removed_at=now
    )
    transaction.on_commit(partial(forget_files, names))
