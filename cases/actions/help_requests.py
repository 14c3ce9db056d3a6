"""Questions to services, on the team's mandate: asked, answered, taken higher up, or withdrawn."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Neighbourhood, Organisation, User
from arsenaal.lib.errors import ActionError
from arsenaal.lib.wall import beyond_wall
from arsenaal.lib.workdays import add_working_days
from cases.actions.boundaries import refuse_if_boundary
from cases.actions.checks import check_due, day_of
from cases.actions.locking import lock_case, lock_open_case
from cases.enums import HelpRequestState, Reach
from cases.models import Case, HelpRequest, Mandate, PlanStep
from cases.timeline import record

# How long a service gets when no mandate says otherwise.
DEFAULT_WORKING_DAYS = 5


class HelpRequestIncompleteError(ActionError):
    """Something that the question needs is missing."""


class HelpRequestStateError(ActionError):
    """The question can't change like this any more."""


class MandateMismatchError(ActionError):
    """The mandate doesn't cover this question."""


class TooEarlyToEscalateError(ActionError):
    """The service still has time; going over its head needs a reason."""


def proposed_due(mandate: Mandate | None, *, today: dt.date) -> dt.date:
    """Return the day by which an answer may be expected: the mandate's working days, or the usual number."""
    days = mandate.answer_within_days if mandate else DEFAULT_WORKING_DAYS
    return add_working_days(today, days)


def _check_mandate(
    mandate: Mandate | None, *, organisation: Organisation, neighbourhood: Neighbourhood, today: dt.date
) -> None:
    if mandate is None:
        return
    if mandate.organisation_id != organisation.pk or mandate.neighbourhood_id != neighbourhood.pk:
        raise MandateMismatchError(
            _("Dit mandaat geldt niet voor deze dienst. Kies een ander mandaat, of geen."), field="mandate"
        )
    if mandate.from_on > today or (mandate.until_on and mandate.until_on < today):
        raise MandateMismatchError(_("Dit mandaat geldt vandaag niet."), field="mandate")


@transaction.atomic
def ask_help(
    *,
    by: User,
    organisation: Organisation,
    question: str,
    due_on: dt.date,
    case: Case | None = None,
    neighbourhood: Neighbourhood | None = None,
    mandate: Mandate | None = None,
    step: PlanStep | None = None,
    now: dt.datetime | None = None,
) -> HelpRequest:
    """Ask a service something, for a case or for a neighbourhood as a whole (one of both is needed).

    Raises RefusedByBoundaryError when the family doesn't want that service to know (or the step reaches
    somebody they don't want), MandateMismatchError, BadDateError, HelpRequestIncompleteError and
    CaseIsClosed.
    """
    now = now or timezone.now()
    if case is not None:
        case = lock_open_case(case)
        neighbourhood = case.neighbourhood
    if neighbourhood is None:
        raise HelpRequestIncompleteError(
            _("Kies voor welke wijk of welk dossier dit is."), field="neighbourhood"
        )
    if not question.strip():
        raise HelpRequestIncompleteError(_("Schrijf op wat je vraagt."), field="question")
    if step is not None and (case is None or step.case_id != case.pk):
        raise HelpRequestIncompleteError(_("Deze stap hoort niet bij dit dossier."), field="step")
    today = day_of(now)
    check_due(due_on, today=today)
    _check_mandate(mandate, organisation=organisation, neighbourhood=neighbourhood, today=today)
    if case is not None:
        reach = step.reaches if step is not None and step.reaches != Reach.NOBODY else Reach.ORGANISATION
        refuse_if_boundary(case=case, by=by, reach=reach, organisation=organisation, now=now)
    help_request = HelpRequest.objects.create(
        neighbourhood=neighbourhood,
        case=case,
        organisation=organisation,
        mandate=mandate,
        question=question.strip(),
        asked_by=by,
        asked_at=now,
        due_on=due_on,
        step=step,
    )
    chips = [{"text": date_format(due_on, "j F Y"), "tone": "warn", "icon": "clock"}]
    if mandate is not None:
        chips.append({"text": mandate.subject, "tone": "", "icon": "patch-check"})
    _tell(
        help_request,
        by=by,
        title=_("Gevraagd aan %(who)s") % {"who": organisation},
        body=question,
        now=now,
        chips=chips,
    )
    return help_request


def _tell(
    help_request: HelpRequest,
    *,
    by: User,
    title: str,
    body: str,
    now: dt.datetime,
    chips: list[dict[str, str]] | None = None,
) -> None:
    """Write it on the timeline of the case; a general question has no timeline, its own page tells it."""
    if help_request.case is None:
        return
    record(
        "cases.help_request",
        case=help_request.case,
        by=by,
        title=title,
        body=body,
        data={"chips": chips or []},
        goal=help_request.step.goal if help_request.step else "",
        occurred_at=now,
    )


def _lock(help_request: HelpRequest) -> HelpRequest:
    """Lock the case first, then the question: the order that every action keeps."""
    if help_request.case_id is not None:
        # Looked up by its id: for who may not read the case, the question arrives without it.
        lock_case(Case.objects.get(pk=help_request.case_id))
    return (
        HelpRequest.objects.select_for_update(of=("self",))
        .select_related("case", "organisation", "step")
        .get(pk=help_request.pk)
    )


def _refuse_unless_waiting(help_request: HelpRequest) -> None:
    if help_request.state == HelpRequestState.ANSWERED:
        raise HelpRequestStateError(_("Deze vraag is intussen al beantwoord."))
    if help_request.state == HelpRequestState.WITHDRAWN:
        raise HelpRequestStateError(_("Deze vraag is intussen ingetrokken."))


@transaction.atomic
@beyond_wall("a service answers about a case that it may not read, and the case has to know")
def answer(*, by: User, help_request: HelpRequest, text: str, now: dt.datetime | None = None) -> HelpRequest:
    """Write down what the service answered. Raises HelpRequestStateError when somebody was first."""
    now = now or timezone.now()
    help_request = _lock(help_request)
    _refuse_unless_waiting(help_request)
    if not text.strip():
        raise HelpRequestIncompleteError(_("Schrijf op wat het antwoord is."), field="text")
    help_request.state = HelpRequestState.ANSWERED
    help_request.answer, help_request.answered_at, help_request.answered_by = text.strip(), now, by
    help_request.version += 1
    help_request.save(update_fields=["state", "answer", "answered_at", "answered_by", "version"])
    late = (day_of(now) - help_request.due_on).days
    chip = (
        {"text": _("op tijd"), "tone": "ok", "icon": "check-circle-fill"}
        if late <= 0
        else {"text": _("%(n)d dagen te laat") % {"n": late}, "tone": "warn", "icon": "clock"}
    )
    _tell(
        help_request,
        by=by,
        title=_("Antwoord van %(who)s") % {"who": help_request.organisation},
        body=text,
        now=now,
        chips=[chip],
    )
    return help_request


@transaction.atomic
def escalate(
    *, by: User, help_request: HelpRequest, to: str, reason: str = "", now: dt.datetime | None = None
) -> HelpRequest:
    """Take a question higher up: after its due date, or earlier with a reason.

    Raises TooEarlyToEscalateError, HelpRequestStateError (answered, withdrawn or taken higher up already) and
    HelpRequestIncompleteError.
    """
    now = now or timezone.now()
    help_request = _lock(help_request)
    _refuse_unless_waiting(help_request)
    if help_request.state == HelpRequestState.ESCALATED:
        raise HelpRequestStateError(
            _("Deze vraag is al hogerop gevraagd aan %(to)s.") % {"to": help_request.escalated_to}
        )
    if not to.strip():
        raise HelpRequestIncompleteError(_("Schrijf op aan wie je het hogerop vraagt."), field="to")
    if day_of(now) <= help_request.due_on and not reason.strip():
        raise TooEarlyToEscalateError(
            _("De dienst heeft nog tijd tot %(day)s. Schrijf op waarom je niet wacht.")
            % {"day": date_format(help_request.due_on, "j F")},
            field="reason",
        )
    help_request.state = HelpRequestState.ESCALATED
    help_request.escalated_to, help_request.escalated_at, help_request.escalated_by = to.strip(), now, by
    help_request.escalation_reason = reason.strip()
    help_request.version += 1
    help_request.save(
        update_fields=[
            "state",
            "escalated_to",
            "escalated_at",
            "escalated_by",
            "escalation_reason",
            "version",
        ]
    )
    _tell(
        help_request,
        by=by,
        title=_("Hogerop gevraagd: %(who)s") % {"who": help_request.organisation},
        body="\n".join(part for part in (_("Aan %(to)s.") % {"to": to.strip()}, reason.strip()) if part),
        now=now,
        chips=[{"text": _("hogerop gevraagd"), "tone": "warn", "icon": "arrow-up-circle"}],
    )
    return help_request


@transaction.atomic
def withdraw(
    *, by: User, help_request: HelpRequest, reason: str, now: dt.datetime | None = None
) -> HelpRequest:
    """Withdraw a question that is no longer needed. Raises HelpRequestStateError,
    HelpRequestIncompleteError.
    """
    now = now or timezone.now()
    help_request = _lock(help_request)
    _refuse_unless_waiting(help_request)
    if not reason.strip():
        raise HelpRequestIncompleteError(_("Schrijf op waarom het niet meer nodig is."), field="reason")
    help_request.state = HelpRequestState.WITHDRAWN
    help_request.withdrawn_at, help_request.withdrawn_by = now, by
    help_request.withdrawal_reason = reason.strip()
    help_request.version += 1
    help_request.save(update_fields=["state", "withdrawn_at", "withdrawn_by", "withdrawal_reason", "version"])
    _tell(
        help_request,
        by=by,
        title=_("Vraag ingetrokken: %(who)s") % {"who": help_request.organisation},
        body=reason,
        now=now,
    )
    return help_request
