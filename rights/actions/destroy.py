"""Destroying what is on an approved list: line by line, each in its own transaction, then its files, then the proof.

Killed at any moment it goes on: a line that is gone is marked so in the transaction that destroyed it, and the names of
its files stay on the line until they are deleted.
"""

import datetime as dt
import logging
from collections.abc import Callable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cases.actions.visit_photos import delete_photos
from cases.models import RadarEntry, VisitDraft, VisitPhoto
from people.models import Person
from rights.engine.certificate import certificate_pdf
from rights.engine.due import persons_without_case, still_due
from rights.engine.erase import delete_person, forget_files
from rights.engine.wall import case_files, destroy_case
from rights.engine.write import LANGUAGE, fingerprint
from rights.enums import Category, ListState
from rights.models import DestructionLine, DestructionList

BATCH = 50

logger = logging.getLogger(__name__)


def destroy_list(*, list_id: int, now: dt.datetime | None = None) -> int:
    """Destroy what is left of a list that two people approved. Returns how many lines went because of this call.

    Run twice or at once by two workers, each line goes once. A line that may no longer go (it is held since, reopened,
    restricted) is taken out with the reason, and said on the certificate.
    """
    now = now or timezone.now()
    if not DestructionList.objects.filter(pk=list_id, state=ListState.RUNNING).exists():
        return 0
    gone = 0
    with translation.override(LANGUAGE):
        while lines := list(_open_lines(list_id)[:BATCH]):
            before = gone
            for line_id in lines:
                gone += _destroy_line(line_id, now)
            _forget_left_files(list_id)
            if gone == before and list(_open_lines(list_id)[:BATCH]) == lines:
                break  # another worker has them, or the database refused: the sweep comes back
        _forget_left_files(list_id)
        if not _open_lines(list_id).exists():
            _certify(list_id, now)
    return gone


def _open_lines(list_id: int):  # type: ignore[no-untyped-def]
    return (
        DestructionLine.objects.filter(
            destruction_list_id=list_id,
            taken_out_at__isnull=True,
            destroyed_at__isnull=True,
            blocked_reason="",
        )
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def _destroy_line(line_id: int, now: dt.datetime) -> bool:
    try:
        with transaction.atomic():
            line = (
                DestructionLine.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related("rule", "destruction_list")
                .filter(pk=line_id, destroyed_at__isnull=True, taken_out_at__isnull=True)
                .first()
            )
            if line is None:
                return False
            if line.destruction_list.state != ListState.RUNNING:
                return False
            if not still_due(line, timezone.localtime(now).date()):
                line.blocked_reason = _("mocht bij het vernietigen niet meer weg")
                line.save(update_fields=["blocked_reason"])
                return False
            line.files = _DESTROY[Category(line.category)](line)
            line.save(update_fields=["files"])
            if line.category == Category.CASE:
                destroy_case(line.pk)
            else:
                line.destroyed_at = now
                line.save(update_fields=["destroyed_at"])
    except DatabaseError:
        logger.exception("line %s was not destroyed", line_id)
        return False
    return True


def _case(line: DestructionLine) -> list[str]:
    return case_files(line.subject_id)


def _person(line: DestructionLine) -> list[str]:
    person = Person.objects.filter(persons_without_case()).filter(pk=line.subject_id).first()
    return delete_person(person) if person else []


def _signal(line: DestructionLine) -> list[str]:
    RadarEntry.objects.filter(pk=line.subject_id, case__isnull=True).delete()
    return []


def _draft(line: DestructionLine) -> list[str]:
    draft = VisitDraft.objects.filter(pk=line.subject_id).first()
    if draft is not None:
        delete_photos(VisitPhoto.objects.filter(visit=None, visit_uuid=draft.visit_uuid, added_by=draft.user))
        draft.delete()
    return []


_DESTROY: dict[Category, Callable[[DestructionLine], list[str]]] = {
    Category.CASE: _case,
    Category.PERSON: _person,
    Category.RADAR: _signal,
    Category.DRAFT: _draft,
}


def _forget_left_files(list_id: int) -> None:
    """Delete the files of lines that are gone; their names are forgotten only after that."""
    left = DestructionLine.objects.filter(destruction_list_id=list_id, destroyed_at__isnull=False)
    for line in left.exclude(files=[]).order_by("pk"):
        forget_files(line.files)
        DestructionLine.objects.filter(pk=line.pk).update(files=[])


def _certify(list_id: int, now: dt.datetime) -> None:
    """Write the certificate and close the list, once."""
    with transaction.atomic():
        wanted = (
            DestructionList.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("first_by", "second_by", "neighbourhood")
            .filter(pk=list_id, state=ListState.RUNNING)
            .first()
        )
        if wanted is None:
            return
        pdf = certificate_pdf(wanted, now)
        name = f"retention/{wanted.made_at:%Y}/vernietiging-{wanted.pk}.pdf"
        default_storage.delete(name)  # a try that was killed left it
        wanted.certificate = default_storage.save(name, ContentFile(pdf))
        wanted.certificate_sha256 = fingerprint(pdf)
        wanted.state, wanted.finished_at = ListState.DONE, now
        wanted.save()
