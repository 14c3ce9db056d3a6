"""The waiting list for crisis dwellings: who waits, and who goes first and why."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from cases.actions.checks import FURTHEST_DAYS, day_of
from cases.actions.locking import lock_case, lock_open_case
from cases.models import Case
from cases.timeline import record
from housing.agreement_enums import WaitPriority, WaitState
from housing.models import WaitingEntry


class WaitingError(ActionError):
    """This can't be done with the waiting list; the message says why."""


def tell_case(
    case: Case,
    *,
    by: User,
    title: str,
    now: dt.datetime,
    body: str = "",
    chips: list[dict[str, str]] | None = None,
) -> None:
    """Write on the timeline of the case what happens with its rehousing, for the whole team."""
    record(
        "housing.stay",
        case=case,
        by=by,
        title=title,
        body=body,
        data={"chips": chips or []},
        goal="housing",
        occurred_at=now,
    )


@transaction.atomic
def put_on_list(
    *,
    by: User,
    case: Case,
    needed_on: dt.date,
    people: int,
    reason: str,
    needs_access: bool = False,
    has_pets: bool = False,
    now: dt.datetime | None = None,
) -> WaitingEntry:
    """Put the household of a case on the list. Raises WaitingError when it waits already, CaseIsClosed."""
    now = now or timezone.now()
    case = lock_open_case(case)
    if case.household_id is None:
        raise WaitingError(_("Dit dossier is niet van een gezin."))
    if abs((needed_on - day_of(now)).days) > FURTHEST_DAYS:
        raise WaitingError(_("Deze datum kan niet. Kijk het jaartal na."), field="needed_on")
    try:
        with transaction.atomic():
            entry = WaitingEntry.objects.create(
                case=case,
                asked_on=day_of(now),
                needed_on=needed_on,
                people=people,
                needs_access=needs_access,
                has_pets=has_pets,
                reason=reason.strip(),
                added_by=by,
            )
    except IntegrityError as error:
        raise WaitingError(_("Dit gezin staat al op de wachtlijst.")) from error
    tell_case(case, by=by, title=_("Op de wachtlijst voor een crisiswoning"), body=entry.reason, now=now)
    return entry


def _lock(entry: WaitingEntry) -> WaitingEntry:
    lock_case(entry.case)
    entry = WaitingEntry.objects.select_for_update(of=("self",)).select_related("case").get(pk=entry.pk)
    if entry.state != WaitState.WAITING:
        raise WaitingError(_("Dit gezin staat niet meer op de wachtlijst."))
    return entry


@transaction.atomic
def set_priority(
    *, by: User, entry: WaitingEntry, priority: int, reason: str, now: dt.datetime | None = None
) -> WaitingEntry:
    """Let a family go first, or no longer, with the reason. Raises WaitingError without one."""
    now = now or timezone.now()
    entry = _lock(entry)
    if not reason.strip():
        raise WaitingError(_("Schrijf op waarom."), field="reason")
    entry.priority, entry.priority_reason = priority, reason.strip()
    entry.priority_by, entry.priority_at = by, now
    entry.save()
    tell_case(
        entry.case,
        by=by,
        title=_("Voorrang op de wachtlijst: %(what)s") % {"what": WaitPriority(priority).label},
        body=entry.priority_reason,
        now=now,
    )
    return entry


@transaction.atomic
def take_off_list(
    *, by: User, entry: WaitingEntry, note: str, now: dt.datetime | None = None
) -> WaitingEntry:
    """No longer needed, with the reason. Raises WaitingError."""
    now = now or timezone.now()
    entry = _lock(entry)
    if not note.strip():
        raise WaitingError(_("Schrijf op waarom dit niet meer nodig is."), field="note")
    entry.state, entry.closed_on, entry.close_note = WaitState.WITHDRAWN, day_of(now), note.strip()
    entry.save()
    tell_case(entry.case, by=by, title=_("Van de wachtlijst gehaald"), body=entry.close_note, now=now)
    return entry


def close_as_placed(entry: WaitingEntry, *, now: dt.datetime) -> None:
    """The household has a place; called inside the action that gives it."""
    entry.state, entry.closed_on = WaitState.PLACED, day_of(now)
    entry.save(update_fields=["state", "closed_on"])
