"""The plan made to measure: steps added, edited, ordered, and moved on within the family's boundaries."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.enums import Goal
from accounts.models import Organisation, User
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from cases.actions.boundaries import refuse_if_boundary
from cases.actions.checks import check_colleague, check_due, day_of
from cases.actions.locking import lock_open_case
from cases.enums import STEP_TRANSITIONS, Agreed, Reach, StepState
from cases.models import Case, PlanStep, Visit
from cases.timeline import record

_EDITABLE = (
    "title",
    "why",
    "goal",
    "is_intermediate",
    "assignee",
    "organisation",
    "due_on",
    "agreed",
    "reaches",
)


class StepStateError(ActionError):
    """A step can't go from its state to the one asked."""


class StepIncompleteError(ActionError):
    """Something that this step needs is missing."""


class StepNotHereError(ActionError):
    """The other step is no longer in this plan."""


def _check_step(fields: Mapping[str, Any], *, case: Case) -> None:
    if not str(fields["title"]).strip():
        raise StepIncompleteError(_("Schrijf op wat er moet gebeuren."), field="title")
    if fields["reaches"] == Reach.ORGANISATION and fields["organisation"] is None:
        raise StepIncompleteError(_("Kies welke dienst deze stap bereikt."), field="organisation")
    if fields["assignee"] is not None:
        check_colleague(fields["assignee"], neighbourhood_id=case.neighbourhood_id, case=case)


def _who_and_when(step: PlanStep) -> str:
    parts = [str(who) for who in (step.assignee, step.organisation) if who]
    if step.due_on:
        parts.append(_("tegen %(day)s") % {"day": date_format(step.due_on, "j F Y")})
    return " · ".join(parts)


def _chips(step: PlanStep) -> list[dict[str, str]]:
    tone = {Agreed.YES: "ok", Agreed.NO: "warn"}.get(Agreed(step.agreed), "")
    icon = {Agreed.YES: "check-circle-fill", Agreed.NO: "x-circle"}.get(
        Agreed(step.agreed), "question-circle"
    )
    chips = [{"text": str(Agreed(step.agreed).label), "tone": tone, "icon": icon}]
    if step.is_intermediate:
        chips.insert(0, {"text": _("tussenstap"), "tone": "", "icon": "signpost-2"})
    return chips


@transaction.atomic
def add_step(
    *,
    by: User,
    case: Case,
    title: str,
    due_on: dt.date | None = None,
    assignee: User | None = None,
    organisation: Organisation | None = None,
    why: str = "",
    goal: str = "",
    agreed: str = Agreed.NOT_ASKED,
    reaches: str = Reach.NOBODY,
    is_intermediate: bool = False,
    visit: Visit | None = None,
    now: dt.datetime | None = None,
) -> PlanStep:
    """Add a step at the end of the plan.

    A step that a boundary stops may be planned: it waits until the family agrees. Raises StepIncompleteError,
    WrongColleagueError, BadDateError (a deadline in the past or years away) and CaseIsClosed.
    """
    now = now or timezone.now()
    case = lock_open_case(case)
    fields = {
        "title": title.strip(),
        "why": why,
        "goal": Goal(goal) if goal else "",
        "is_intermediate": is_intermediate,
        "assignee": assignee,
        "organisation": organisation,
        "due_on": due_on,
        "agreed": agreed,
        "reaches": reaches,
    }
    _check_step(fields, case=case)
    check_due(due_on, today=day_of(now))
    last = case.steps.aggregate(last=Max("position"))["last"] or 0
    step = PlanStep.objects.create(case=case, position=last + 1, visit=visit, created_by=by, **fields)
    record(
        "cases.step",
        case=case,
        by=by,
        title=_("Stap in het plan: %(title)s") % {"title": step.title},
        body="\n".join(part for part in (_who_and_when(step), why) if part),
        data={"chips": _chips(step)},
        goal=step.goal,
        occurred_at=now,
    )
    return step


def _current(step: PlanStep) -> dict[str, str]:
    """What stands there now, for whoever was overtaken."""
    return {
        _("wat"): step.title,
        _("waarom"): step.why,
        _("doelstelling"): step.get_goal_display() if step.goal else "",
        _("tussenstap"): _("ja") if step.is_intermediate else _("nee"),
        _("wie van het team"): str(step.assignee or ""),
        _("welke dienst"): str(step.organisation or ""),
        _("tegen wanneer"): date_format(step.due_on, "j F Y") if step.due_on else "",
        _("akkoord van het gezin"): step.get_agreed_display(),
        _("bereikt"): step.get_reaches_display(),
    }


@transaction.atomic
def edit_step(
    *, by: User, step: PlanStep, version: int, now: dt.datetime | None = None, **fields: Any
) -> PlanStep:
    """Change what a step says; `fields` holds all the names in `_EDITABLE`.

    Raises ChangedMeanwhileError when somebody saved it since `version`, RefusedByBoundaryError when a step
    under way would now reach somebody whom the family doesn't want, and what `add_step` raises.
    """
    now = now or timezone.now()
    case = lock_open_case(step.case)
    step = PlanStep.objects.select_related("assignee", "organisation").get(pk=step.pk, case=case)
    if step.version != version:
        raise ChangedMeanwhileError(
            _("Iemand anders heeft deze stap intussen gewijzigd. Vergelijk en bewaar opnieuw."),
            current=_current(step),
        )
    before = _current(step)
    _check_step(fields, case=case)
    if fields["due_on"] != step.due_on:
        check_due(fields["due_on"], today=day_of(now))
    for name in _EDITABLE:
        setattr(step, name, fields[name])
    if step.state == StepState.BUSY:
        refuse_if_boundary(case=case, by=by, reach=step.reaches, organisation=step.organisation, now=now)
    after = _current(step)
    changed = [f"{label}: {after[label] or '–'}" for label in after if after[label] != before[label]]
    if not changed:
        return step
    step.version += 1
    step.save(update_fields=[*_EDITABLE, "version"])
    record(
        "cases.step",
        case=case,
        by=by,
        title=_("Stap gewijzigd: %(title)s") % {"title": step.title},
        body="\n".join(changed),
        data={"chips": _chips(step)},
        goal=step.goal,
        occurred_at=now,
    )
    return step


@transaction.atomic
def change_step_state(
    *, by: User, step: PlanStep, state: str, note: str = "", now: dt.datetime | None = None
) -> PlanStep:
    """Start, finish, drop or take up a step again. The same state twice is no change.

    Raises StepStateError for a transition that isn't in STEP_TRANSITIONS, RefusedByBoundaryError when
    starting or finishing would cross a boundary, CaseIsClosed for a closed case.
    """
    now = now or timezone.now()
    case = lock_open_case(step.case)
    step = PlanStep.objects.select_related("assignee", "organisation").get(pk=step.pk, case=case)
    old, new = StepState(step.state), StepState(state)
    if old == new:
        return step
    if new not in STEP_TRANSITIONS[old]:
        raise StepStateError(
            _("Deze stap is %(old)s en kan niet meteen %(new)s worden.")
            % {"old": old.label, "new": new.label},
            field="state",
        )
    if new in {StepState.BUSY, StepState.DONE}:
        refuse_if_boundary(case=case, by=by, reach=step.reaches, organisation=step.organisation, now=now)
    step.state = new
    step.done_on = day_of(now) if new == StepState.DONE else None
    step.version += 1
    step.save(update_fields=["state", "done_on", "version"])
    tone = {StepState.DONE: "ok", StepState.BUSY: "warn"}.get(new, "")
    record(
        "cases.step",
        case=case,
        by=by,
        title=_("Stap %(state)s: %(title)s") % {"state": new.label, "title": step.title},
        body=note or _who_and_when(step),
        data={"chips": [{"text": str(new.label), "tone": tone, "icon": ""}, *_chips(step)]},
        goal=step.goal,
        occurred_at=now,
    )
    return step


@transaction.atomic
def move_step(*, by: User, step: PlanStep, before: PlanStep | None) -> int:
    """Put a step before another one, or at the end when `before` is None; return its place from 1.

    Says where it must stand, not how far it moves: sent twice, it stands in the same place. The order is no
    event, so nothing goes on the timeline. Raises StepNotHereError and CaseIsClosed.
    """
    case = lock_open_case(step.case)
    steps = list(case.steps.order_by("position"))
    order = [row.pk for row in steps if row.pk != step.pk]
    if before is None:
        order.append(step.pk)
    elif before.pk == step.pk:
        return [row.pk for row in steps].index(step.pk) + 1
    elif before.pk in order:
        order.insert(order.index(before.pk), step.pk)
    else:
        raise StepNotHereError(_("Het plan is intussen veranderd. Kijk opnieuw en verplaats dan."))
    place = {pk: position for position, pk in enumerate(order, 1)}
    moved = [row for row in steps if row.position != place[row.pk]]
    for row in moved:
        row.position = place[row.pk]
    PlanStep.objects.bulk_update(moved, ["position"])
    return place[step.pk]
