"""Taking words away from the timeline: that something happened stays, with who took what away and why."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from arsenaal.lib.registries import timeline_kinds
from cases.actions.empty_documents import empty_documents
from cases.actions.locking import lock_case
from cases.actions.visit_photos import delete_photos
from cases.models import TimelineEntry, TrustChange, VisitObservation, VisitPhoto, VisitWords
from cases.perms import can_redact_entry


class CannotRedact(ActionError):
    """These words can't be taken away by this person, or not any more."""


def _versions(entry: TimelineEntry) -> list[TimelineEntry]:
    """Return the entry and everything it corrected: a mistake usually stands in each of them."""
    versions = [entry]
    while versions[-1].supersedes_id is not None:
        versions.append(TimelineEntry.objects.get(pk=versions[-1].supersedes_id))
    return versions


def _emptied(entry: TimelineEntry) -> dict[str, Any]:
    """Return the data without what tells a story: the keys that the kind names, and the chips."""
    taken = {*timeline_kinds.get(entry.kind).redacted_keys, "chips"}
    return {key: value for key, value in entry.data.items() if key not in taken}


@transaction.atomic
def redact_entry(
    *, by: User, entry: TimelineEntry, reason: str, now: dt.datetime | None = None
) -> TimelineEntry:
    """Empty title, words and details of an entry and of the versions it corrected; it can't be undone.

    A visit loses its own narrative, agreements, who was there, what was seen and its photos as well; a trust
    change loses its event, and a document its file.
    Raises CannotRedact without a reason, for whoever is neither author nor lead, and when it was done
    already or the entry was corrected meanwhile.
    """
    now = now or timezone.now()
    reason = reason.strip()
    lock_case(entry.case)
    entry = TimelineEntry.objects.select_related("case").get(pk=entry.pk)
    if entry.redacted_at is not None:
        raise CannotRedact(_("Deze tekst is al weggehaald."))
    if not can_redact_entry(by, entry):
        raise CannotRedact(_("Alleen wie dit schreef of de trekker van het dossier kan dit weghalen."))
    if TimelineEntry.objects.filter(supersedes=entry).exists():
        raise CannotRedact(_("Dit is intussen verbeterd. Haal de nieuwste versie op de tijdlijn weg."))
    if not reason:
        raise CannotRedact(_("Schrijf op waarom je dit weghaalt."), field="reason")
    take_words_away(entry, by=by, reason=reason, now=now)
    return TimelineEntry.objects.get(pk=entry.pk)


def take_words_away(
    entry: TimelineEntry, *, by: User, reason: str, now: dt.datetime, also_data: bool = False
) -> None:
    """Empty an entry and the versions it corrected; who asked for it has checked that it may.

    `also_data` leaves nothing of the details: for a person who is erased.
    """
    versions = _versions(entry)
    for version in versions:
        if version.redacted_at is None:
            TimelineEntry.objects.filter(pk=version.pk).update(
                title="",
                body="",
                data={} if also_data else _emptied(version),
                redacted_at=now,
                redacted_by=by,
                redaction_reason=reason,
            )
    delete_photos(VisitPhoto.objects.filter(visit__entry__in=versions))
    VisitWords.objects.filter(visit__entry__in=versions).update(narrative="", agreed="", present="")
    VisitObservation.objects.filter(visit__entry__in=versions).delete()
    empty_documents(versions, now=now)
    if change := entry.data.get("trust_change"):
        TrustChange.objects.filter(pk=change, case=entry.case).update(event=_("(weggehaald)"))
