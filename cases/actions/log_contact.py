"""Logging a contact with the family that wasn't a home visit."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from arsenaal.lib.errors import ActionError
from cases.actions.circles import chosen_circle
from cases.actions.locking import lock_open_case
from cases.actions.write_note import check_text
from cases.enums import ContactChannel, ContactDirection, ContactResult
from cases.models import Case, TimelineEntry
from cases.timeline import record

# What was further back belongs in a note: whoever types such a date usually mistyped the year.
OLDEST = dt.timedelta(days=3 * 366)
# Clocks of phone and server may differ a little.
CLOCK_SLACK = dt.timedelta(minutes=5)

_TITLES = {
    (ContactChannel.PHONE, ContactDirection.OUT): gettext_lazy("Gebeld met %(who)s"),
    (ContactChannel.PHONE, ContactDirection.IN): gettext_lazy("Gebeld door %(who)s"),
    (ContactChannel.MESSAGE, ContactDirection.OUT): gettext_lazy("Bericht naar %(who)s"),
    (ContactChannel.MESSAGE, ContactDirection.IN): gettext_lazy("Bericht van %(who)s"),
    (ContactChannel.EMAIL, ContactDirection.OUT): gettext_lazy("E-mail naar %(who)s"),
    (ContactChannel.EMAIL, ContactDirection.IN): gettext_lazy("E-mail van %(who)s"),
    (ContactChannel.OFFICE, ContactDirection.OUT): gettext_lazy("Op kantoor afgesproken met %(who)s"),
    (ContactChannel.OFFICE, ContactDirection.IN): gettext_lazy("Op kantoor langsgekomen: %(who)s"),
    (ContactChannel.STREET, ContactDirection.OUT): gettext_lazy("Op straat aangesproken: %(who)s"),
    (ContactChannel.STREET, ContactDirection.IN): gettext_lazy("Op straat aangesproken door %(who)s"),
}


class ContactRefused(ActionError):
    """The contact can't be logged like this; the message says why."""


def contact_title(*, channel: str, direction: str, with_whom: str) -> str:
    """Return the first line of a contact: "Gebeld met Jef"."""
    who = with_whom.strip() or _("het gezin")
    return str(_TITLES[ContactChannel(channel), ContactDirection(direction)]) % {"who": who}


def contact_data(*, channel: str, direction: str, result: str, with_whom: str) -> dict[str, Any]:
    """Return the snapshot of a contact; `saw_family` is there only when somebody was really reached."""
    is_reached = result == ContactResult.REACHED
    chip = {"text": str(ContactResult(result).label), "tone": "" if is_reached else "warn", "icon": ""}
    return {
        "channel": str(channel),
        "direction": str(direction),
        "result": str(result),
        "with_whom": with_whom.strip(),
        "chips": [] if is_reached else [chip],
        **({"saw_family": True} if is_reached else {}),
    }


def check_moment(moment: dt.datetime, *, now: dt.datetime, field: str = "day") -> None:
    """Refuse a moment in the future, or so long ago that the year must be wrong."""
    if moment > now + CLOCK_SLACK:
        raise ContactRefused(_("Dit moment ligt in de toekomst. Kijk datum en uur na."), field=field)
    if moment < now - OLDEST:
        raise ContactRefused(_("Dat is meer dan drie jaar geleden. Kijk het jaar na."), field=field)


@transaction.atomic
def log_contact(
    *,
    by: User,
    case: Case,
    channel: str,
    direction: str,
    result: str,
    with_whom: str,
    occurred_at: dt.datetime,
    body: str = "",
    circle: str | None = None,
    now: dt.datetime | None = None,
) -> TimelineEntry:
    """Put a contact on the timeline. Reaching somebody of the family counts as having seen the family.

    Raises ContactRefused (moment, or reached without a word about it), TooLong, CircleNotYours, or
    CaseIsClosed.
    """
    case = lock_open_case(case)
    check_moment(occurred_at, now=now or timezone.now())
    body = check_text(body)
    if result == ContactResult.REACHED and not body:
        raise ContactRefused(_("Schrijf kort op wat er gezegd is."), field="body")
    return record(
        "cases.contact",
        case=case,
        by=by,
        title=contact_title(channel=channel, direction=direction, with_whom=with_whom),
        body=body,
        data=contact_data(channel=channel, direction=direction, result=result, with_whom=with_whom),
        circle=chosen_circle("cases.contact", by=by, case=case, circle=circle),
        occurred_at=occurred_at,
    )
