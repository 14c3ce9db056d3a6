"""Interventions (acties): what an organisation does, for whom, and what it brought."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Neighbourhood, Organisation, User
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from arsenaal.lib.registries import intervention_subjects
from cases.actions.boundaries import refuse_if_boundary
from cases.actions.checks import FURTHEST_DAYS, BadDateError, check_past, day_of
from cases.actions.locking import lock_case, lock_open_case
from cases.enums import INTERVENTION_TRANSITIONS, InterventionState, InterventionTarget, Reach
from cases.models import Case, Instrument, Intervention, PlanStep
from cases.timeline import record
from people.models import HouseholdMember, Person

_REACHING = frozenset({InterventionState.PLANNED, InterventionState.RUNNING, InterventionState.DONE})
_ENDED = frozenset({InterventionState.DONE, InterventionState.STOPPED})
_TONES = {InterventionState.RUNNING: "warn", InterventionState.DONE: "ok"}


class InterventionIncompleteError(ActionError):
    """Something that this intervention needs is missing."""


class InterventionStateError(ActionError):
    """The intervention can't go to that state."""


class InstrumentRetiredError(ActionError):
    """The instrument is no longer in use."""


def reach_of(*, instrument: Instrument, target: str) -> str:
    """Return whom it reaches: what the catalogue says, and the landlord whenever it is for him."""
    return Reach.LANDLORD if target == InterventionTarget.LANDLORD else instrument.reaches


def _refuse(intervention: Intervention, *, case: Case, by: User, now: dt.datetime) -> None:
    reach = reach_of(instrument=intervention.instrument, target=intervention.target)
    refuse_if_boundary(case=case, by=by, reach=reach, organisation=intervention.provider, now=now)


def _subject_of(target: str, *, case: Case | None, subject: Any, by: User) -> Any:
    """Return the record of a higher package that it is for, when the target is of that kind.

    Not chosen, it is the one that the case is about, if there is one alone. Raises InterventionIncompleteError for
    what the user may not see and isn't of the case.
    """
    if target not in intervention_subjects:
        return None
    kind = intervention_subjects.get(target)
    of_case = list(kind.of_case(case)) if case is not None else []
    if subject is None:
        return of_case[0] if len(of_case) == 1 else None
    if subject not in of_case and not kind.records(by).filter(pk=subject.pk).exists():
        raise InterventionIncompleteError(_("Kies opnieuw waarover het gaat."), field=target)
    return subject


def _connect(intervention: Intervention, subject: Any) -> None:
    """Tie it to what it is for; and loosen what it was for before."""
    for kind in intervention_subjects:
        if kind.code != intervention.target:
            kind.connect(intervention, None)
    if intervention.target in intervention_subjects:
        intervention_subjects.get(intervention.target).connect(intervention, subject)


def _check_target(
    target: str, *, case: Case | None, person: Person | None, target_note: str, subject: Any
) -> None:
    """Refuse a target that doesn't exist here."""
    if target == InterventionTarget.PERSON:
        if person is None:
            raise InterventionIncompleteError(_("Kies voor wie dit is."), field="person")
        household = case.household if case is not None else None
        members = HouseholdMember.objects.filter(person=person)
        if household is None or not members.filter(household=household).exists():
            raise InterventionIncompleteError(_("Kies iemand van dit gezin."), field="person")
    if target == InterventionTarget.HOUSEHOLD and (case is None or case.household_id is None):
        raise InterventionIncompleteError(_("Dit dossier is niet van een gezin."), field="target")
    needs_note = {InterventionTarget.DWELLING, InterventionTarget.LANDLORD}
    if target in needs_note and subject is None and not target_note.strip() and case is None:
        raise InterventionIncompleteError(
            _("Kies om welke woning of verhuurder het gaat, of schrijf het op."), field=target
        )
    if case is None and target == InterventionTarget.CASE:
        raise InterventionIncompleteError(_("Kies voor wie dit is."), field="target")


def _check_planned(day: dt.date | None, *, today: dt.date) -> None:
    if day is not None and abs((day - today).days) > FURTHEST_DAYS:
        raise BadDateError(
            _("Deze datum ligt meer dan drie jaar ver. Kijk het jaartal na."), field="planned_on"
        )


@transaction.atomic
def add_intervention(
    *,
    by: User,
    instrument: Instrument,
    provider: Organisation,
    target: str,
    case: Case | None = None,
    neighbourhood: Neighbourhood | None = None,
    person: Person | None = None,
    target_note: str = "",
    subject: Any = None,
    description: str = "",
    state: str = InterventionState.PROPOSED,
    planned_on: dt.date | None = None,
    started_on: dt.date | None = None,
    step: PlanStep | None = None,
    now: dt.datetime | None = None,
) -> Intervention:
    """Propose, plan or start an intervention, in a case or for a neighbourhood (one of both is needed).

    `subject` is the dwelling or the landlord that it is for, where the target is one.

    Proposing may always; planning or starting what reaches somebody whom the family doesn't want is refused.
    Raises RefusedByBoundaryError, InstrumentRetiredError, InterventionIncompleteError, BadDateError and
    CaseIsClosed.
    """
    now = now or timezone.now()
    if case is not None:
        case = lock_open_case(case)
        neighbourhood = case.neighbourhood
    if neighbourhood is None:
        raise InterventionIncompleteError(
            _("Kies voor welke wijk of welk dossier dit is."), field="neighbourhood"
        )
    if not instrument.is_active:
        raise InstrumentRetiredError(_("Dit instrument is niet meer in gebruik."), field="instrument")
    if state in _ENDED:
        raise InterventionStateError(_("Een nieuwe actie kan nog niet klaar zijn."), field="state")
    if step is not None and (case is None or step.case_id != case.pk):
        raise InterventionIncompleteError(_("Deze stap hoort niet bij dit dossier."), field="step")
    person = person if target == InterventionTarget.PERSON else None
    subject = _subject_of(target, case=case, subject=subject, by=by)
    _check_target(target, case=case, person=person, target_note=target_note, subject=subject)
    today = day_of(now)
    _check_planned(planned_on, today=today)
    if state == InterventionState.RUNNING:
        started_on = started_on or today
        check_past(started_on, today=today, field="started_on")
    else:
        started_on = None
    intervention = Intervention(
        neighbourhood=neighbourhood,
        case=case,
        instrument=instrument,
        target=target,
        household=case.household if case and target == InterventionTarget.HOUSEHOLD else None,
        person=person,
        provider=provider,
        target_note=target_note,
        description=description,
        state=state,
        planned_on=planned_on,
        started_on=started_on,
        step=step,
        created_by=by,
    )
    if case is not None and state in _REACHING:
        _refuse(intervention, case=case, by=by, now=now)
    intervention.save()
    _connect(intervention, subject)
    _tell(intervention, by=by, now=now, body=description)
    return intervention


def _tell(intervention: Intervention, *, by: User, now: dt.datetime, body: str, title: str = "") -> None:
    """Write on the timeline of the case where the intervention stands; without a case there is no story."""
    if intervention.case is None:
        return
    state = InterventionState(intervention.state)
    chips = [
        {"text": str(state.label), "tone": _TONES.get(state, ""), "icon": ""},
        {"text": str(intervention.provider), "tone": "", "icon": "building"},
    ]
    if intervention.planned_on and state not in _ENDED:
        day = date_format(intervention.planned_on, "j F Y")
        chips.append({"text": day, "tone": "", "icon": "calendar-event"})
    record(
        "cases.intervention",
        case=intervention.case,
        by=by,
        title=title
        or _("Actie %(state)s: %(name)s") % {"state": state.label, "name": intervention.instrument},
        body=body,
        data={"chips": chips},
        goal=intervention.instrument.goal,
        occurred_at=now,
    )


def _lock(intervention: Intervention) -> Intervention:
    """Lock the case first, then the intervention: the order that every action keeps."""
    if intervention.case is not None:
        lock_case(intervention.case)
    return (
        Intervention.objects.select_for_update(of=("self",))
        .select_related("case", "instrument", "provider", "person", "household")
        .get(pk=intervention.pk)
    )


@transaction.atomic
def edit_intervention(
    *, by: User, intervention: Intervention, version: int, now: dt.datetime | None = None, **fields: Any
) -> Intervention:
    """Change what was planned: `fields` holds provider, target, person, subject, target_note,
    description, planned_on.

    Raises ChangedMeanwhileError when somebody saved it since `version`, InterventionStateError when it
    ended, and what `add_intervention` raises.
    """
    now = now or timezone.now()
    if intervention.case is not None:
        lock_open_case(intervention.case)
    intervention = _lock(intervention)
    if intervention.state in _ENDED:
        raise InterventionStateError(_("Deze actie is klaar en blijft zoals ze is."))
    if intervention.version != version:
        raise ChangedMeanwhileError(
            _("Iemand anders heeft deze actie intussen gewijzigd. Vergelijk en bewaar opnieuw."),
            current={
                _("door welke organisatie"): str(intervention.provider),
                _("voor wie"): intervention.get_target_display(),
                _("wat precies"): intervention.description,
                _("gepland op"): date_format(intervention.planned_on, "j F Y")
                if intervention.planned_on
                else "",
            },
        )
    case = intervention.case
    person = fields["person"] if fields["target"] == InterventionTarget.PERSON else None
    subject = _subject_of(fields["target"], case=case, subject=fields.get("subject"), by=by)
    _check_target(
        fields["target"], case=case, person=person, target_note=fields["target_note"], subject=subject
    )
    _check_planned(fields["planned_on"], today=day_of(now))
    for name in ("provider", "target", "target_note", "description", "planned_on"):
        setattr(intervention, name, fields[name])
    intervention.person = person
    is_household = case is not None and intervention.target == InterventionTarget.HOUSEHOLD
    intervention.household = case.household if case is not None and is_household else None
    if case is not None and intervention.state in _REACHING:
        _refuse(intervention, case=case, by=by, now=now)
    intervention.version += 1
    intervention.save()
    _connect(intervention, subject)
    title = _("Actie gewijzigd: %(name)s") % {"name": intervention.instrument}
    _tell(intervention, by=by, now=now, body=intervention.description, title=title)
    return intervention


@transaction.atomic
def change_intervention_state(
    *,
    by: User,
    intervention: Intervention,
    state: str,
    on: dt.date | None = None,
    outcome: str = "",
    now: dt.datetime | None = None,
) -> Intervention:
    """Move an intervention on: `on` is the day it was planned for, started or ended (today by default).

    The same state twice is no change. Ending needs an outcome. Raises InterventionStateError for a
    transition that isn't in INTERVENTION_TRANSITIONS, RefusedByBoundaryError, InterventionIncompleteError
    and BadDateError.
    """
    now = now or timezone.now()
    intervention = _lock(intervention)
    old, new = InterventionState(intervention.state), InterventionState(state)
    if old == new:
        return intervention
    if new not in INTERVENTION_TRANSITIONS[old]:
        raise InterventionStateError(
            _("Deze actie is %(old)s en kan niet meteen %(new)s worden.")
            % {"old": old.label, "new": new.label},
            field="state",
        )
    if intervention.case is not None:
        if new not in _ENDED:
            lock_open_case(intervention.case)
        if new in _REACHING:
            _refuse(intervention, case=intervention.case, by=by, now=now)
    _apply_state(intervention, new, on=on, outcome=outcome.strip(), today=day_of(now))
    intervention.version += 1
    intervention.save()
    _tell(intervention, by=by, now=now, body=intervention.outcome or intervention.description)
    return intervention


def _apply_state(
    intervention: Intervention, new: InterventionState, *, on: dt.date | None, outcome: str, today: dt.date
) -> None:
    """Set the dates that belong to the new state."""
    if new == InterventionState.PLANNED:
        _check_planned(on, today=today)
        intervention.planned_on = on or intervention.planned_on
        intervention.started_on = intervention.ended_on = None
        intervention.outcome = ""
    elif new == InterventionState.RUNNING:
        intervention.started_on = on or today
        check_past(intervention.started_on, today=today, field="on")
    else:
        if not outcome:
            raise InterventionIncompleteError(_("Schrijf op wat het opleverde."), field="outcome")
        intervention.ended_on = on or today
        check_past(intervention.ended_on, today=today, field="on", not_before=intervention.started_on)
        intervention.outcome = outcome
    intervention.state = new
