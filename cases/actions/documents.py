"""Documents of a case: added, corrected, taken away."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from arsenaal.lib.uploads import ReceivedFile, forget_files, receive
from cases.actions.checks import check_past, day_of
from cases.actions.circles import chosen_circle
from cases.actions.correct_entry import supersede_entry
from cases.actions.locking import lock_open_case
from cases.actions.redact_entry import redact_entry
from cases.enums import DocumentKind
from cases.models import Case, Consent, Document, TimelineEntry
from cases.perms import can_correct_document
from cases.timeline import author_label, record


class DocumentIncomplete(ActionError):
    """Something that a document needs is missing."""


class CannotCorrectDocument(ActionError):
    """This document can't be corrected by this person, or not any more."""


@dataclass(frozen=True)
class DocumentDetails:
    """What is written beside a file."""

    title: str
    kind: str
    dated_on: dt.date
    description: str = ""

    def checked(self, *, today: dt.date) -> "DocumentDetails":
        """Return it tidied. Raises DocumentIncomplete and BadDateError."""
        if not self.title.strip():
            raise DocumentIncomplete(_("Geef het document een titel."), field="title")
        check_past(self.dated_on, today=today, field="dated_on")
        return DocumentDetails(
            self.title.strip(), DocumentKind(self.kind).value, self.dated_on, self.description.strip()
        )


def _snapshot(name: uuid.UUID, details: DocumentDetails, content_type: str) -> dict[str, Any]:
    return {
        "document": str(name),
        "kind": str(DocumentKind(details.kind).label),
        "dated_on": date_format(details.dated_on, "j F Y"),
        "extension": "pdf" if content_type == "application/pdf" else "jpg",
    }


def _same(case: Case, circle: str, received: ReceivedFile) -> Document | None:
    kept = Document.objects.kept().filter(case=case, circle=circle, source_digest=received.sha256)
    return kept.select_related("case", "entry").first()


@transaction.atomic
def _keep(
    *,
    by: User,
    case: Case,
    received: ReceivedFile,
    details: DocumentDetails,
    circle: str,
    consent: Consent | None,
    now: dt.datetime,
) -> Document:
    case = lock_open_case(case)
    if existing := _same(case, circle, received):
        return existing
    name = uuid.uuid4()
    entry = record(
        "cases.document",
        case=case,
        by=by,
        title=details.title,
        body=details.description,
        data=_snapshot(name, details, received.content_type),
        circle=circle,
        occurred_at=now,
    )
    document = Document(
        uuid=name,
        case=case,
        entry=entry,
        kind=details.kind,
        circle=circle,
        title=details.title,
        description=details.description,
        dated_on=details.dated_on,
        content_type=received.content_type,
        size=received.size,
        source_digest=received.sha256,
        author=by,
        author_label=author_label(by, case),
        discipline=by.access.role_label(case.neighbourhood_id),
        added_at=now,
    )
    document.file.save(f"document.{received.extension}", ContentFile(received.content), save=False)
    stored = str(document.file.name)
    try:
        document.save()
        if consent is not None:
            Consent.objects.filter(pk=consent.pk, case=case).update(sheet=document)
    except Exception:
        forget_files([stored])
        raise
    return document


def add_document(
    *,
    by: User,
    case: Case,
    file: UploadedFile,
    title: str,
    kind: str,
    dated_on: dt.date | None = None,
    description: str = "",
    circle: str | None = None,
    consent: Consent | None = None,
    now: dt.datetime | None = None,
) -> Document:
    """Put a file with the case; with `consent` it is the sheet that was signed for it.

    The same file sent again to the same circle is the document that is there already. Raises UploadRefused (see
    arsenaal.lib.uploads), DocumentIncomplete, BadDateError, CircleNotYours, CaseIsClosed.
    """
    now = now or timezone.now()
    today = day_of(now)
    details = DocumentDetails(title, kind, dated_on or today, description).checked(today=today)
    in_circle = chosen_circle("cases.document", by=by, case=case, circle=circle)
    received = receive(file, max_bytes=settings.DOCUMENT_MAX_BYTES)
    try:
        return _keep(
            by=by,
            case=case,
            received=received,
            details=details,
            circle=in_circle,
            consent=consent,
            now=now,
        )
    except IntegrityError:  # the same file arrived at the same moment
        if existing := _same(case, in_circle, received):
            return existing
        raise


@transaction.atomic
def correct_document(
    *,
    by: User,
    document: Document,
    version: int,
    title: str,
    kind: str,
    dated_on: dt.date,
    description: str = "",
) -> Document:
    """Correct what is written beside a file; what stood there stays readable on the timeline.

    Another circle is a release, never a correction. Raises ChangedMeanwhileError, CannotCorrectDocument,
    DocumentIncomplete, BadDateError, CaseIsClosed.
    """
    lock_open_case(document.case)
    document = (
        Document.objects.select_for_update(of=("self",)).select_related("case", "entry").get(pk=document.pk)
    )
    if not can_correct_document(by, document):
        raise CannotCorrectDocument(_("Alleen wie dit document toevoegde, kan het verbeteren."))
    if document.version != version:
        raise ChangedMeanwhileError(
            _("Dit document is intussen verbeterd, op een ander scherm. Vergelijk en bewaar opnieuw."),
            current={
                _("titel"): document.title,
                _("soort"): str(document.get_kind_display()),
                _("waarover"): document.description,
            },
        )
    details = DocumentDetails(title, kind, dated_on, description).checked(today=timezone.localdate())
    entry = supersede_entry(
        by=by,
        entry=document.entry,
        title=details.title,
        body=details.description,
        data=_snapshot(document.uuid, details, document.content_type),
    )
    document.title, document.kind = details.title, details.kind
    document.description, document.dated_on = details.description, details.dated_on
    document.entry = entry
    document.version += 1
    document.save(update_fields=["title", "kind", "description", "dated_on", "entry", "version"])
    return document


@transaction.atomic
def remove_document(
    *, by: User, document: Document, reason: str, now: dt.datetime | None = None
) -> TimelineEntry:
    """Delete what is in a document, with a reason; that it was there stays on the timeline. It can't be undone.

    Raises CannotRedact: for whoever neither added it nor leads the case, without a reason, or when it is gone.
    """
    return redact_entry(by=by, entry=document.entry, reason=reason, now=now)
