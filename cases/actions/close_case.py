"""Closing a case, with how it ended and nothing left hanging."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from arsenaal.lib.errors import ActionError
from cases.actions.locking import lock_open_case
from cases.enums import (
    CASE_TRANSITIONS,
    CaseOutcome,
    CaseState,
    HelpRequestState,
    InterventionState,
    StepState,
    TaskState,
    VisitState,
)
from cases.models import Case, HelpRequest, Intervention, PlanStep, Task, Visit
from cases.open_work import OpenWork, open_work
from cases.timeline import record


class CannotCloseCase(ActionError):
    """The case can't be closed like this; the message says why."""


class OpenWorkLeft(CannotCloseCase):
    """Something still waits, and nobody said that it may stop too."""


def _counts(work: OpenWork) -> list[str]:
    """Say per sort how much was stopped: "2 taken niet meer nodig"."""
    said = (
        (len(work.steps), ngettext("%(n)d stap geschrapt", "%(n)d stappen geschrapt", len(work.steps))),
        (
            len(work.tasks),
            ngettext("%(n)d taak niet meer nodig", "%(n)d taken niet meer nodig", len(work.tasks)),
        ),
        (
            len(work.help_requests),
            ngettext("%(n)d vraag ingetrokken", "%(n)d vragen ingetrokken", len(work.help_requests)),
        ),
        (
            len(work.visits),
            ngettext(
                "%(n)d gepland bezoek gaat niet door",
                "%(n)d geplande bezoeken gaan niet door",
                len(work.visits),
            ),
        ),
        (
            len(work.interventions),
            ngettext("%(n)d actie stopgezet", "%(n)d acties stopgezet", len(work.interventions)),
        ),
    )
    return [text % {"n": count} for count, text in said if count]


def _stop(work: OpenWork, *, by: User, now: dt.datetime) -> None:
    """Let everything that still waits end with the case."""
    reason, today = _("Het dossier is afgesloten."), timezone.localtime(now).date()
    PlanStep.objects.filter(pk__in=[step.pk for step in work.steps]).update(
        state=StepState.DROPPED, version=F("version") + 1
    )
    Task.objects.filter(pk__in=[task.pk for task in work.tasks]).update(
        state=TaskState.DROPPED, done_at=now, done_by=by, version=F("version") + 1
    )
    HelpRequest.objects.filter(pk__in=[question.pk for question in work.help_requests]).update(
        state=HelpRequestState.WITHDRAWN,
        withdrawn_at=now,
        withdrawn_by=by,
        withdrawal_reason=reason,
        version=F("version") + 1,
    )
    Visit.objects.filter(pk__in=[visit.pk for visit in work.visits]).update(
        state=VisitState.CANCELLED, cancel_reason=reason
    )
    Intervention.objects.filter(pk__in=[action.pk for action in work.interventions]).update(
        state=InterventionState.STOPPED,
        ended_on=Greatest(today, Coalesce(F("started_on"), today)),
        outcome=reason,
        version=F("version") + 1,
    )


@transaction.atomic
def close_case(
    *,
    by: User,
    case: Case,
    outcome: str,
    summary: str,
    stop_open_work: bool = False,
    now: dt.datetime | None = None,
) -> Case:
    """Close a case with its outcome and a few words for later; what still waited stops with it when that was
    said.

    Raises CannotCloseCase without outcome or summary, from a state that can't be closed, or for a block case
    with open household cases; OpenWorkLeft when something waits and `stop_open_work` is not set;
    CaseIsClosed.
    """
    now = now or timezone.now()
    case = lock_open_case(case)
    if CaseState.CLOSED not in CASE_TRANSITIONS[CaseState(case.state)]:
        raise CannotCloseCase(_("Vanuit deze stand kan een dossier niet afgesloten worden."))
    if outcome not in CaseOutcome.values:
        raise CannotCloseCase(_("Kies hoe het afliep."), field="outcome")
    if not summary.strip():
        raise CannotCloseCase(_("Schrijf kort op hoe het afliep."), field="summary")
    if children := Case.objects.open().filter(parent=case).count():
        raise CannotCloseCase(
            ngettext(
                "Er is nog %(n)d open gezinsdossier in dit blok. Sluit het eerst af of haal het eruit.",
                "Er zijn nog %(n)d open gezinsdossiers in dit blok. Sluit ze eerst af of haal ze eruit.",
                children,
            )
            % {"n": children}
        )
    work = open_work(case)
    if work.count and not stop_open_work:
        raise OpenWorkLeft(
            ngettext(
                "Er staat nog %(n)d ding open. Vink aan dat het mee stopt, of werk het eerst af.",
                "Er staan nog %(n)d dingen open. Vink aan dat ze mee stoppen, of werk ze eerst af.",
                work.count,
            )
            % {"n": work.count},
            field="stop_open_work",
        )
    _stop(work, by=by, now=now)
    case.state, case.outcome = CaseState.CLOSED, outcome
    case.closed_at, case.closed_by = now, by
    case.save(update_fields=["state", "outcome", "closed_at", "closed_by"])
    record(
        "cases.closed",
        case=case,
        by=by,
        title=_("Dossier afgesloten: %(outcome)s") % {"outcome": CaseOutcome(outcome).label},
        body=summary.strip(),
        data={"chips": _counts(work)},
        occurred_at=now,
    )
    return case
