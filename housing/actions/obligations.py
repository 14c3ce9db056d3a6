"""Obligations of a signed agreement: evidence, done, breached and what follows, waived, more time."""

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from cases.actions.boundaries import refuse_if_boundary
from cases.actions.checks import check_due, check_past, day_of
from cases.actions.tasks import add_task
from cases.enums import Reach
from housing.actions.agreements import lock_agreement, tell
from housing.actions.kept_files import keep_file
from housing.agreement_days import due_days
from housing.agreement_enums import (
    DUE_TRANSITIONS,
    BreachNext,
    DueRule,
    DueState,
    FollowUp,
    PartyKind,
    RequestState,
)
from housing.models import Agreement, DueExtension, ObligationDue, ObligationEvidence

# What the agreement says comes next is a task with this much time.
_FOLLOW_UP_DAYS = 14
_TONES = {DueState.DONE: "ok", DueState.BREACHED: "stop"}


class DueStateError(ActionError):
    """This can't be done with it now; the message says why."""


class DueIncompleteError(ActionError):
    """Something is missing."""


class ExtensionError(ActionError):
    """More time can't be asked or decided on like this."""


def _say(day: dt.date) -> str:
    return date_format(day, "j F Y")


def _lock(due: ObligationDue) -> ObligationDue:
    """Lock case, agreement and due date. Raises DueStateError when the agreement binds nobody now, CaseIsClosed."""
    agreement = lock_agreement(due.agreement)
    locked = (
        ObligationDue.objects.select_for_update(of=("self",))
        .select_related("agreement__case__lead", "obligation__party")
        .get(pk=due.pk)
    )
    if not agreement.is_live:
        raise DueStateError(_("Deze overeenkomst is niet van kracht. Hier verandert niets meer aan."))
    return locked


def _tell(due: ObligationDue, *, by: User, title: str, now: dt.datetime, body: str = "") -> None:
    state = DueState(due.state)
    chips = [
        {"text": due.obligation.party.name, "tone": "", "icon": "person"},
        {"text": str(state.label), "tone": _TONES.get(state, ""), "icon": ""},
    ]
    if due.due_on:
        chips.append({"text": _say(due.due_on), "tone": "", "icon": "calendar-event"})
    words = f"{due.obligation.text}\n{body}".strip()
    tell("housing.obligation", due.agreement, by=by, title=title, body=words, chips=chips, now=now)


def _decide(due: ObligationDue, state: DueState, *, by: User, note: str, now: dt.datetime) -> None:
    """Move on. Raises DueStateError for what isn't in DUE_TRANSITIONS."""
    old = DueState(due.state)
    if state not in DUE_TRANSITIONS[old]:
        raise DueStateError(
            _("Dit staat al op “%(old)s”. Zet het eerst terug open als dat niet klopt.") % {"old": old.label}
        )
    due.state, due.note = state, note.strip()
    is_open = state == DueState.OPEN
    due.decided_by, due.decided_at = (None, None) if is_open else (by, now)
    if state != DueState.DONE:
        due.done_on = None


@transaction.atomic
def record_evidence(
    *,
    by: User,
    due: ObligationDue,
    on: dt.date,
    text: str,
    upload: UploadedFile | None = None,
    is_done: bool = False,
    now: dt.datetime | None = None,
) -> ObligationEvidence:
    """Write down what shows that an obligation was kept, or not; with `is_done` it is done on that day.

    Raises DueStateError, BadDateError for a day in the future, DueIncompleteError without words, UploadRefused.
    """
    now = now or timezone.now()
    due = _lock(due)
    check_past(on, today=day_of(now), field="on")
    if not text.strip():
        raise DueIncompleteError(_("Schrijf op wat dit toont."), field="text")
    file = keep_file(by=by, case=due.agreement.case, upload=upload) if upload is not None else None
    evidence = ObligationEvidence.objects.create(due=due, on=on, text=text.strip(), file=file, added_by=by)
    if is_done:
        _decide(due, DueState.DONE, by=by, note="", now=now)
        due.done_on = on
        due.save()
    title = _("Verbintenis gedaan") if is_done else _("Bewijs bij een verbintenis")
    _tell(due, by=by, title=title, body=evidence.text, now=now)
    return evidence


@transaction.atomic
def mark_done(
    *, by: User, due: ObligationDue, done_on: dt.date, note: str = "", now: dt.datetime | None = None
) -> ObligationDue:
    """Say that an obligation was kept, without evidence. Raises DueStateError, BadDateError."""
    now = now or timezone.now()
    due = _lock(due)
    check_past(done_on, today=day_of(now), field="done_on")
    _decide(due, DueState.DONE, by=by, note=note, now=now)
    due.done_on = done_on
    due.save()
    _tell(due, by=by, title=_("Verbintenis gedaan"), body=due.note, now=now)
    return due


@transaction.atomic
def mark_breached(
    *, by: User, due: ObligationDue, note: str = "", now: dt.datetime | None = None
) -> ObligationDue:
    """Decide that an obligation was not kept. The system only proposes this; a person presses.

    Raises DueStateError before its day has passed.
    """
    now = now or timezone.now()
    due = _lock(due)
    if due.due_on is not None and due.due_on >= day_of(now):
        raise DueStateError(
            _("De dag is nog niet voorbij: het moet klaar zijn tegen %(day)s.") % {"day": _say(due.due_on)}
        )
    if due.due_on is None and not note.strip():
        raise DueIncompleteError(_("Schrijf op wat er gebeurde."), field="note")
    _decide(due, DueState.BREACHED, by=by, note=note, now=now)
    due.save()
    _tell(due, by=by, title=_("Verbintenis niet nagekomen"), body=due.note, now=now)
    return due


@transaction.atomic
def waive(*, by: User, due: ObligationDue, note: str, now: dt.datetime | None = None) -> ObligationDue:
    """Say that an obligation no longer has to be kept, with the reason. Raises DueStateError, DueIncompleteError."""
    now = now or timezone.now()
    due = _lock(due)
    if not note.strip():
        raise DueIncompleteError(_("Schrijf op waarom dit niet meer nodig is."), field="note")
    _decide(due, DueState.WAIVED, by=by, note=note, now=now)
    due.save()
    _tell(due, by=by, title=_("Verbintenis niet meer nodig"), body=due.note, now=now)
    return due


@transaction.atomic
def reopen_due(*, by: User, due: ObligationDue, note: str, now: dt.datetime | None = None) -> ObligationDue:
    """Take a decision back. Raises DueStateError when it is open already, DueIncompleteError without a reason."""
    now = now or timezone.now()
    due = _lock(due)
    if not note.strip():
        raise DueIncompleteError(_("Schrijf op waarom je dit terugzet."), field="note")
    _decide(due, DueState.OPEN, by=by, note=note, now=now)
    due.follow_up, due.follow_up_note = "", ""
    due.followed_by, due.followed_at, due.follow_up_task = None, None, None
    due.save()
    _tell(due, by=by, title=_("Verbintenis terug open gezet"), body=due.note, now=now)
    return due


@transaction.atomic
def decide_follow_up(
    *, by: User, due: ObligationDue, follow_up: str, note: str = "", now: dt.datetime | None = None
) -> ObligationDue:
    """Decide on what the agreement says comes next. Taken, it is a task of the case's lead within two weeks.

    Not taken needs a reason. Raises DueStateError when nothing waits for a decision, RefusedByBoundaryError when it
    would reach a landlord against the wish of the family, DueIncompleteError.
    """
    now = now or timezone.now()
    due = _lock(due)
    if not due.awaits_follow_up:
        raise DueStateError(_("Hierover is al beslist, of er valt niets te beslissen."))
    obligation, agreement = due.obligation, due.agreement
    if follow_up == FollowUp.LEFT and not note.strip():
        raise DueIncompleteError(_("Schrijf op waarom we dit nu niet doen."), field="note")
    if follow_up == FollowUp.TAKEN:
        if obligation.party.kind == PartyKind.LANDLORD:
            refuse_if_boundary(case=agreement.case, by=by, reach=Reach.LANDLORD, now=now)
        step = BreachNext(obligation.breach_next)
        due.follow_up_task = add_task(
            by=by,
            case=agreement.case,
            title=f"{str(step.label).capitalize()}: {obligation.breach_text or obligation.text}"[:200],
            assignee=agreement.case.lead,
            due_on=day_of(now) + dt.timedelta(days=_FOLLOW_UP_DAYS),
            now=now,
        )
    due.follow_up, due.follow_up_note = follow_up, note.strip()
    due.followed_by, due.followed_at = by, now
    due.save()
    _tell(
        due,
        by=by,
        title=_("Na een niet nagekomen verbintenis: %(what)s") % {"what": FollowUp(follow_up).label},
        body=f"{obligation.breach_text}\n{due.follow_up_note}".strip(),
        now=now,
    )
    return due


@transaction.atomic
def ask_more_time(
    *, by: User, due: ObligationDue, until_on: dt.date, reason: str, now: dt.datetime | None = None
) -> DueExtension:
    """Ask for a later day, with the reason. Raises ExtensionError, DueStateError, BadDateError."""
    now = now or timezone.now()
    due = _lock(due)
    if due.state != DueState.OPEN or due.due_on is None:
        raise DueStateError(_("Uitstel kan alleen voor iets dat nog open staat en een dag heeft."))
    check_due(until_on, today=day_of(now), field="until_on")
    if until_on <= due.due_on:
        raise ExtensionError(
            _("Uitstel gaat naar een latere dag dan %(day)s.") % {"day": _say(due.due_on)}, field="until_on"
        )
    if not reason.strip():
        raise DueIncompleteError(_("Schrijf op waarom er meer tijd nodig is."), field="reason")
    if due.extensions.filter(state=RequestState.ASKED).exists():
        raise ExtensionError(_("Er is al uitstel gevraagd. Beslis daar eerst over."))
    extension = DueExtension.objects.create(
        due=due,
        old_due_on=due.due_on,
        until_on=until_on,
        reason=reason.strip(),
        asked_by=by,
        asked_at=now,
    )
    _tell(
        due,
        by=by,
        title=_("Uitstel gevraagd tot %(day)s") % {"day": _say(until_on)},
        body=extension.reason,
        now=now,
    )
    return extension


@transaction.atomic
def decide_more_time(
    *, by: User, extension: DueExtension, is_granted: bool, note: str = "", now: dt.datetime | None = None
) -> DueExtension:
    """Grant or refuse a later day; refusing needs a reason. Raises ExtensionError when somebody was first."""
    now = now or timezone.now()
    due = _lock(extension.due)
    extension = DueExtension.objects.select_for_update().get(pk=extension.pk)
    if extension.state != RequestState.ASKED:
        raise ExtensionError(_("Over dit uitstel is al beslist."))
    if not is_granted and not note.strip():
        raise DueIncompleteError(_("Schrijf op waarom niet."), field="note")
    extension.state = RequestState.GRANTED if is_granted else RequestState.REFUSED
    extension.decided_by, extension.decided_at = by, now
    extension.decision_note = note.strip()
    extension.save()
    if is_granted:
        if due.state != DueState.OPEN:
            raise DueStateError(_("Dit staat niet meer open; uitstel heeft geen zin meer."))
        due.due_on = extension.until_on
        try:
            with transaction.atomic():
                due.save()
        except IntegrityError as error:
            raise ExtensionError(_("Op die dag vervalt deze verbintenis al een keer.")) from error
    title = (_("Uitstel toegekend tot %(day)s") if is_granted else _("Uitstel tot %(day)s geweigerd")) % {
        "day": _say(extension.until_on)
    }
    _tell(due, by=by, title=title, body=extension.decision_note, now=now)
    return extension


@transaction.atomic
def follow_return(
    *, by: User, agreement: Agreement, return_on: dt.date, now: dt.datetime | None = None
) -> Agreement:
    """Move the days that hang on the return when that day changes: what is decided stays as it is.

    Monthly days are added up to the new day, and those that would come after it are no longer needed.
    """
    now = now or timezone.now()
    agreement = lock_agreement(agreement)
    if not agreement.is_live or agreement.return_on == return_on or return_on < agreement.starts_on:
        return agreement
    agreement.return_on = return_on
    agreement.version += 1
    agreement.save()
    moving = agreement.obligations.filter(
        rule__in=[DueRule.BEFORE_RETURN, DueRule.AFTER_RETURN, DueRule.MONTHLY]
    ).prefetch_related("dues")
    for obligation in moving:
        wanted = due_days(
            obligation.rule, obligation.days, starts_on=agreement.starts_on, return_on=return_on
        )
        dues = list(obligation.dues.all())
        if obligation.rule != DueRule.MONTHLY:
            for due in dues:
                if due.state == DueState.OPEN:
                    due.due_on = wanted[0]
                    due.save()
            continue
        last = max((due.due_on for due in dues if due.due_on), default=None)
        for due in dues:
            is_after = due.due_on is not None and due.due_on >= return_on
            if due.state == DueState.OPEN and is_after:
                _decide(due, DueState.WAIVED, by=by, note=_("Valt na de terugkeer."), now=now)
                due.save()
            elif due.state == DueState.WAIVED and not is_after and due.note == _("Valt na de terugkeer."):
                _decide(due, DueState.OPEN, by=by, note="", now=now)
                due.save()
        ObligationDue.objects.bulk_create(
            ObligationDue(agreement=agreement, obligation=obligation, due_on=day)
            for day in wanted
            if day and (last is None or day > last)
        )
    tell(
        "housing.agreement",
        agreement,
        by=by,
        title=_("Terugkeer in de overeenkomst: %(day)s") % {"day": _say(return_on)},
        body=_("De dagen van de verbintenissen die daarvan afhangen schoven mee."),
        now=now,
    )
    return agreement
