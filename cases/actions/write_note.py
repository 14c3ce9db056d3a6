"""Writing a note on the timeline."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from cases.actions.circles import chosen_circle
from cases.actions.locking import lock_open_case
from cases.models import Case, TimelineEntry
from cases.timeline import record

# A long conversation fits; a pasted file of letters doesn't.
LONGEST_TEXT = 20_000


class NothingWritten(ActionError):
    """A note without words."""


class TooLong(ActionError):
    """More than fits in one entry."""


def check_text(text: str, *, field: str = "body") -> str:
    """Return the text without space around it. Raises TooLong beyond 20,000 characters."""
    text = text.strip()
    if len(text) > LONGEST_TEXT:
        raise TooLong(
            _("Dit is te lang: maximaal 20.000 tekens. Verdeel het over twee notities."), field=field
        )
    return text


@transaction.atomic
def write_note(
    *,
    by: User,
    case: Case,
    body: str,
    title: str = "",
    circle: str | None = None,
    goal: str = "",
    now: dt.datetime | None = None,
) -> TimelineEntry:
    """Put a note on the timeline; without a title it is called a note.

    Raises NothingWritten, TooLong, CircleNotYours, or CaseIsClosed.
    """
    case = lock_open_case(case)
    body = check_text(body)
    if not body:
        raise NothingWritten(_("Schrijf eerst iets op."), field="body")
    return record(
        "cases.note",
        case=case,
        by=by,
        title=title.strip() or _("Notitie"),
        body=body,
        circle=chosen_circle("cases.note", by=by, case=case, circle=circle),
        goal=goal,
        occurred_at=now or timezone.now(),
    )
