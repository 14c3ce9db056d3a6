"""Suspending a term and letting it run again; what was agreed, not what the program decides."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from housing.actions.procedure_base import ProcedureError, check_day, lock_parts, note_event, tell_cases
from housing.models import ProcedureTerm


def _locked(term: ProcedureTerm) -> ProcedureTerm:
    lock_parts([term.part])
    return ProcedureTerm.objects.select_related("part__procedure__building", "part__dwelling__building").get(
        pk=term.pk
    )


def _say(
    term: ProcedureTerm, *, by: User, step: str, title: str, body: str, on: dt.date, now: dt.datetime
) -> None:
    part = term.part
    note_event([part], by=by, step=step, title=title, on=on)
    tell_cases(part.procedure, [part.dwelling], by=by, title=title, body=body, now=now)


@transaction.atomic
def pause_term(
    *, by: User, term: ProcedureTerm, on: dt.date, reason: str, now: dt.datetime | None = None
) -> ProcedureTerm:
    """Suspend a term from a day on. Raises ProcedureError when it doesn't run or without a reason."""
    now = now or timezone.now()
    term = _locked(term)
    if term.ended_on is not None or term.paused_on is not None:
        raise ProcedureError(_("Deze termijn loopt nu niet."))
    if not reason.strip():
        raise ProcedureError(_("Schrijf op waarom."), field="reason")
    check_day(on, now=now, field="on", not_before=term.starts_on)
    term.paused_on, term.pause_reason = on, reason.strip()
    term.save(update_fields=["paused_on", "pause_reason"])
    _say(
        term,
        by=by,
        step="pause",
        title=_("Termijn opgeschort: %(term)s") % {"term": term.get_code_display()},
        body=_("Sinds %(day)s: %(why)s") % {"day": date_format(on, "j F Y"), "why": term.pause_reason},
        on=on,
        now=now,
    )
    return term


@transaction.atomic
def resume_term(
    *, by: User, term: ProcedureTerm, on: dt.date, now: dt.datetime | None = None
) -> ProcedureTerm:
    """Let a term run again: it ends as many days later as it was suspended. Raises ProcedureError when it runs."""
    now = now or timezone.now()
    term = _locked(term)
    if term.ended_on is not None or term.paused_on is None:
        raise ProcedureError(_("Deze termijn is niet opgeschort."))
    check_day(on, now=now, field="on", not_before=term.paused_on)
    term.run_again(on)
    term.save(update_fields=["due_on", "paused_days", "paused_on", "pause_reason"])
    _say(
        term,
        by=by,
        step="resume",
        title=_("Termijn loopt weer: %(term)s") % {"term": term.get_code_display()},
        body=_("Tegen %(day)s.") % {"day": date_format(term.due_on, "j F Y")},
        on=on,
        now=now,
    )
    return term
