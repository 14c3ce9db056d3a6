"""Tasks: something a colleague promised, with a name and a date."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Neighbourhood, User
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from cases.actions.checks import check_colleague, check_due, day_of
from cases.actions.locking import lock_open_case
from cases.enums import TaskState
from cases.models import Case, Task
from cases.timeline import record


class TaskIncompleteError(ActionError):
    """Something that a task needs is missing."""


class TaskStateError(ActionError):
    """The task can't change like this any more."""


def _tell(task: Task, *, by: User, title: str, now: dt.datetime, tone: str = "") -> None:
    """Write on the timeline of the task's case what happened with it; a task without a case has no story."""
    if task.case is None:
        return
    record(
        "cases.task",
        case=task.case,
        by=by,
        title=title,
        body=task.title,
        data={
            "chips": [
                {"text": str(task.assignee), "tone": "", "icon": "person"},
                {"text": date_format(task.due_on, "j F Y"), "tone": tone, "icon": "calendar-event"},
            ]
        },
        occurred_at=now,
    )


@transaction.atomic
def add_task(
    *,
    by: User,
    title: str,
    assignee: User,
    due_on: dt.date,
    case: Case | None = None,
    neighbourhood: Neighbourhood | None = None,
    now: dt.datetime | None = None,
) -> Task:
    """Give somebody a task, in a case or in a neighbourhood (one of both is needed).

    Raises WrongColleagueError when the assignee doesn't work there or can't see the case, BadDateError,
    TaskIncompleteError and CaseIsClosed.
    """
    now = now or timezone.now()
    if case is not None:
        case = lock_open_case(case)
        neighbourhood = case.neighbourhood
    if neighbourhood is None:
        raise TaskIncompleteError(_("Kies voor welke wijk of welk dossier dit is."), field="neighbourhood")
    if not title.strip():
        raise TaskIncompleteError(_("Schrijf op wat er moet gebeuren."), field="title")
    check_colleague(assignee, neighbourhood_id=neighbourhood.pk, case=case)
    check_due(due_on, today=day_of(now))
    task = Task.objects.create(
        case=case,
        neighbourhood=neighbourhood,
        title=title.strip(),
        assignee=assignee,
        due_on=due_on,
        created_by=by,
    )
    _tell(task, by=by, title=_("Nieuwe taak voor %(name)s") % {"name": assignee}, now=now)
    return task


def _lock(task: Task) -> Task:
    """Lock the case first, then the task: the order that every action keeps."""
    if task.case_id:
        Case.objects.select_for_update(of=("self",)).get(pk=task.case_id)
    return (
        Task.objects.select_for_update(of=("self",))
        .select_related("case__neighbourhood", "assignee")
        .get(pk=task.pk)
    )


@transaction.atomic
def edit_task(
    *,
    by: User,
    task: Task,
    version: int,
    title: str,
    assignee: User,
    due_on: dt.date,
    now: dt.datetime | None = None,
) -> Task:
    """Change what, who and when of an open task.

    Raises ChangedMeanwhileError when somebody saved it since `version`, TaskStateError when it isn't open
    any more, and what `add_task` raises.
    """
    now = now or timezone.now()
    if task.case is not None:
        lock_open_case(task.case)
    task = _lock(task)
    if task.state != TaskState.OPEN:
        raise TaskStateError(_("Deze taak staat niet meer open. Zet ze eerst terug open."))
    if task.version != version:
        raise ChangedMeanwhileError(
            _("Iemand anders heeft deze taak intussen gewijzigd. Vergelijk en bewaar opnieuw."),
            current={
                _("wat"): task.title,
                _("wie"): str(task.assignee),
                _("tegen wanneer"): date_format(task.due_on, "j F Y"),
            },
        )
    if not title.strip():
        raise TaskIncompleteError(_("Schrijf op wat er moet gebeuren."), field="title")
    if assignee != task.assignee:
        check_colleague(assignee, neighbourhood_id=task.neighbourhood_id, case=task.case)
    if due_on != task.due_on:
        check_due(due_on, today=day_of(now))
    if (task.title, task.assignee, task.due_on) == (title.strip(), assignee, due_on):
        return task
    task.title, task.assignee, task.due_on = title.strip(), assignee, due_on
    task.version += 1
    task.save(update_fields=["title", "assignee", "due_on", "version"])
    _tell(task, by=by, title=_("Taak gewijzigd"), now=now)
    return task


def _end(task: Task, *, by: User, state: TaskState, title: str, tone: str, now: dt.datetime | None) -> Task:
    now = now or timezone.now()
    task = _lock(task)
    if task.state == state:
        return task
    if task.state != TaskState.OPEN:
        raise TaskStateError(_("Deze taak staat niet meer open. Zet ze eerst terug open."))
    task.state, task.done_at, task.done_by = state, now, by
    task.version += 1
    task.save(update_fields=["state", "done_at", "done_by", "version"])
    _tell(task, by=by, title=title, now=now, tone=tone)
    return task


@transaction.atomic
def finish_task(*, by: User, task: Task, now: dt.datetime | None = None) -> Task:
    """Mark a task as done; twice is no change. Raises TaskStateError when it was dropped."""
    return _end(task, by=by, state=TaskState.DONE, title=_("Taak gedaan"), tone="ok", now=now)


@transaction.atomic
def drop_task(*, by: User, task: Task, now: dt.datetime | None = None) -> Task:
    """Mark a task as no longer needed; twice is no change. Raises TaskStateError when it was done."""
    return _end(task, by=by, state=TaskState.DROPPED, title=_("Taak niet meer nodig"), tone="", now=now)


@transaction.atomic
def reopen_task(*, by: User, task: Task, now: dt.datetime | None = None) -> Task:
    """Put a task back on the list; open already is no change. Raises CaseIsClosed for a closed case."""
    now = now or timezone.now()
    if task.case is not None:
        lock_open_case(task.case)
    task = _lock(task)
    if task.state == TaskState.OPEN:
        return task
    task.state, task.done_at, task.done_by = TaskState.OPEN, None, None
    task.version += 1
    task.save(update_fields=["state", "done_at", "done_by", "version"])
    _tell(task, by=by, title=_("Taak staat weer open"), now=now)
    return task
