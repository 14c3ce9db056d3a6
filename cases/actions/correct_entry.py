"""Correcting what one wrote: a new entry takes the place of the old one, which stays readable behind it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from cases.actions.locking import lock_open_case
from cases.actions.log_contact import contact_title
from cases.actions.write_note import check_text
from cases.models import TimelineEntry
from cases.perms import can_correct_entry
from cases.timeline import record

# What the program writes itself follows a record; that is corrected where the record is. Visits have their
# own form.
CORRECTABLE_KINDS = ("cases.note", "cases.contact")


class CannotCorrect(ActionError):
    """This entry can't be corrected (by this person, or any more)."""


class CorrectedMeanwhile(CannotCorrect):
    """A newer version of this entry exists already."""


@transaction.atomic
def supersede_entry(
    *, by: User, entry: TimelineEntry, title: str, body: str, data: dict[str, Any]
) -> TimelineEntry:
    """Append the new version of an entry: same kind, circle, goal, moment and readers; a pin moves along.

    Used by every correction, also that of a visit. Raises CannotCorrect for somebody else's or a redacted
    entry, CorrectedMeanwhile when there is a newer version already, CaseIsClosed.
    """
    case = lock_open_case(entry.case)
    current = TimelineEntry.objects.select_related("case").get(pk=entry.pk)
    if not can_correct_entry(by, current):
        raise CannotCorrect(_("Alleen wie dit schreef, kan het verbeteren."))
    if TimelineEntry.objects.filter(supersedes=current).exists():
        raise CorrectedMeanwhile(
            _("Dit is intussen al verbeterd. Open de nieuwste versie op de tijdlijn en verbeter die.")
        )
    return record(
        current.kind,
        case=case,
        by=by,
        title=title,
        body=body,
        data=data,
        circle=current.circle,
        goal=current.goal,
        occurred_at=current.occurred_at,
        participants=current.participants,
        supersedes=current,
    )


@transaction.atomic
def correct_entry(
    *, by: User, entry: TimelineEntry, body: str, title: str = "", with_whom: str = ""
) -> TimelineEntry:
    """Correct a note (title and text) or a contact (with whom, and text). What stood there stays readable.

    Raises CannotCorrect for other kinds or when nothing changes, and what `supersede_entry` raises.
    """
    if entry.kind not in CORRECTABLE_KINDS:
        raise CannotCorrect(_("Dit schreef het programma zelf. Pas het aan waar het vandaan komt."))
    body = check_text(body)
    data = dict(entry.data)
    if entry.kind == "cases.contact":
        data["with_whom"] = with_whom.strip()
        title = contact_title(channel=data["channel"], direction=data["direction"], with_whom=with_whom)
    else:
        title = title.strip() or _("Notitie")
        if not body:
            raise CannotCorrect(_("Schrijf eerst iets op."), field="body")
    if (title, body) == (entry.title, entry.body):
        raise CannotCorrect(_("Er staat nog hetzelfde. Pas iets aan, of ga terug."), field="body")
    return supersede_entry(by=by, entry=entry, title=title, body=body, data=data)
