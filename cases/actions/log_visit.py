"""Saving a home visit: once, however often and from wherever it is sent."""

import datetime as dt
import uuid as uuids
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from cases.actions.change_trust import change_trust
from cases.actions.locking import lock_open_case
from cases.actions.plan import add_step
from cases.actions.tasks import add_task
from cases.actions.visit_lock import lock_visit_uuid, visit_with
from cases.actions.visit_record import (
    VisitRefused,
    check_visited_at,
    check_visitors,
    check_words,
    circle_of_visit,
    clean_observations,
    now_or,
    record_visit,
    set_observations,
    set_words,
)
from cases.enums import Agreed, VisitPurpose, VisitResult, VisitState
from cases.models import Case, TrustChange, Visit, VisitDraft, VisitPhoto
from cases.perms import choosable_circles


class VisitTaken(VisitRefused):
    """This uuid is somebody else's visit, or one of another case. Says nothing about whose or which."""


class VisitLoggedByColleague(VisitRefused):
    """A colleague saved this planned visit first."""


class VisitCancelled(VisitRefused):
    """This planned visit was cancelled."""


@dataclass(frozen=True)
class NextStep:
    """What comes next: a step of the plan, or a task of a colleague."""

    title: str
    due_on: dt.date | None = None
    assignee: User | None = None
    agreed: str = Agreed.NOT_ASKED
    is_task: bool = False


@dataclass(frozen=True)
class LoggedVisit:
    """The visit, whether it was saved now, and whether what was sent again says something else."""

    visit: Visit
    is_new: bool
    differs: bool = False


@dataclass(frozen=True)
class _Words:
    """What was sent, tidied up."""

    purpose: VisitPurpose
    visited_at: dt.datetime
    result: VisitResult
    present: str
    narrative: str
    agreed: str

    def differ_from(self, visit: Visit) -> bool:
        """Tell whether the stored visit says something else. The moment is left out: it says nothing new."""
        stored = visit.words
        return (visit.result, stored.present, stored.narrative, stored.agreed) != (
            self.result,
            self.present,
            self.narrative,
            self.agreed,
        )


def _check_words(
    *, purpose: str, visited_at: dt.datetime, result: str, present: str, narrative: str, agreed: str
) -> _Words:
    try:
        words = _Words(
            VisitPurpose(purpose),
            visited_at,
            VisitResult(result),
            present.strip(),
            narrative.strip(),
            agreed.strip(),
        )
    except ValueError as error:
        raise VisitRefused(_("Kies hoe het bezoek liep."), field="result") from error
    check_words(narrative=words.narrative, agreed=words.agreed, present=words.present)
    return words


def _stored(by: User, case: Case, uuid: uuids.UUID) -> Visit | None:
    """Return the planned visit to fill in, or the visit that `by` saved before; None when it is new."""
    visit = visit_with(uuid)
    if visit is None:
        return None
    if visit.case_id != case.pk:
        raise VisitTaken(
            _("Dit bezoek kan zo niet bewaard worden. Begin een nieuw bezoek; je tekst staat klaar.")
        )
    if visit.state == VisitState.CANCELLED:
        raise VisitCancelled(_("Dit bezoek ging niet door. Begin een nieuw bezoek; je tekst staat klaar."))
    if visit.state == VisitState.DONE and visit.logged_by_id != by.pk:
        if visit.scheduled_at is None:
            raise VisitTaken(
                _("Dit bezoek kan zo niet bewaard worden. Begin een nieuw bezoek; je tekst staat klaar.")
            )
        raise VisitLoggedByColleague(
            _("Een collega heeft dit bezoek net bewaard. Jouw tekst staat klaar als klad.")
        )
    return visit


def _change_trust(
    *, by: User, case: Case, to_stage: int | None, event: str, now: dt.datetime
) -> TrustChange | None:
    if to_stage is None or to_stage == case.trust_stage:
        return None
    try:
        return change_trust(by=by, case=case, to_stage=to_stage, event=event, now=now, tell=False)
    except ActionError as error:
        raise VisitRefused(
            error.message, field="trust_event" if error.field == "event" else "trust_stage"
        ) from error


def _add_next(*, by: User, case: Case, visit: Visit, next_step: NextStep, now: dt.datetime) -> None:
    """Put the next step in the plan, or give it to a colleague as a task; a refusal lands beside our own
    field.
    """
    try:
        if next_step.is_task:
            if next_step.assignee is None:
                raise VisitRefused(_("Kies wie deze taak doet."), field="assignee")
            if next_step.due_on is None:
                raise VisitRefused(_("Kies tegen wanneer deze taak klaar is."), field="due_on")
            add_task(
                by=by,
                case=case,
                title=next_step.title,
                assignee=next_step.assignee,
                due_on=next_step.due_on,
                now=now,
            )
            return
        add_step(
            by=by,
            case=case,
            title=next_step.title,
            due_on=next_step.due_on,
            assignee=next_step.assignee,
            agreed=next_step.agreed,
            visit=visit,
            now=now,
        )
    except ActionError as error:
        raise VisitRefused(error.message, field=f"next_{error.field or 'title'}") from error


@transaction.atomic
def log_visit(
    *,
    by: User,
    case: Case,
    uuid: uuids.UUID,
    visited_at: dt.datetime,
    result: str,
    visitors: Iterable[User],
    purpose: str = VisitPurpose.FOLLOW_UP,
    present: str = "",
    observations: Mapping[str, int] | None = None,
    narrative: str = "",
    agreed: str = "",
    circle: str | None = None,
    trust_stage: int | None = None,
    trust_event: str = "",
    next_step: NextStep | None = None,
    now: dt.datetime | None = None,
) -> LoggedVisit:
    """Save a visit that happened, planned before or not, with its photos, and put it on the timeline.

    `uuid` is made by the device: sent twice by the same person for the same case, also at the same moment,
    the visit is stored once and the first result is returned; `differs` tells that the second time says
    something else. `observations` maps a Sighting to a Severity. Without `circle` it is the default of
    result and role.

    Raises VisitRefused with the form field (result, day, visitors, present, sightings, narrative, agreed,
    circle, trust_stage, trust_event, next_title, next_due_on, next_assignee), VisitTaken,
    VisitLoggedByColleague, VisitCancelled, WrongColleagueError and CaseIsClosed.
    """
    now = now_or(now)
    words = _check_words(
        purpose=purpose,
        visited_at=visited_at,
        result=result,
        present=present,
        narrative=narrative,
        agreed=agreed,
    )
    seen = clean_observations(observations or {})
    lock_visit_uuid(uuid)
    visit = _stored(by, case, uuid)
    if visit is not None and visit.state == VisitState.DONE:
        return LoggedVisit(visit, is_new=False, differs=words.differ_from(visit))
    check_visited_at(visited_at, now=now)
    case = lock_open_case(case)
    people = check_visitors(visitors, by=by, case=case)
    if circle and circle not in choosable_circles(by, case):
        raise VisitRefused(_("Kies een kring die je zelf kunt lezen."), field="circle")
    if visit is None:
        visit = Visit(uuid=uuid, case=case, created_by=by)
    visit.purpose, visit.visited_at, visit.result = words.purpose, words.visited_at, words.result
    visit.state = VisitState.DONE
    visit.circle = circle_of_visit(
        by=by,
        case=case,
        result=result,
        says_something=bool(words.narrative or words.agreed or words.present or seen),
        chosen=circle,
    )
    visit.save()
    visit.visitors.set(people)
    set_words(visit, present=words.present, narrative=words.narrative, agreed=words.agreed)
    set_observations(visit, seen)
    VisitPhoto.objects.filter(visit_uuid=uuid, added_by=by, case=case, visit=None).update(visit=visit)
    change = _change_trust(by=by, case=case, to_stage=trust_stage, event=trust_event, now=now)
    record_visit(by=by, case=case, visit=visit, observations=seen, change=change)
    if next_step is not None:
        _add_next(by=by, case=case, visit=visit, next_step=next_step, now=now)
    VisitDraft.objects.filter(user=by, visit_uuid=uuid).delete()
    return LoggedVisit(visit, is_new=True)
