"""The panels of the case page that this package draws, each in a fixed number of queries."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Goal
from accounts.models import User
from accounts.permissions import Permission
from arsenaal.lib.registries import CasePanel
from cases.actions.boundaries import standing_boundaries
from cases.actions.interventions import reach_of
from cases.consent_sheet import TRANSLATED
from cases.enums import (
    STEP_TRANSITIONS,
    CaseKind,
    ConsentCategory,
    ConsentState,
    HelpRequestState,
    InterventionState,
    StepState,
    TaskState,
)
from cases.forms.plan import STATE_WORDS
from cases.models import (
    Boundary,
    Case,
    Consent,
    Document,
    HelpRequest,
    Intervention,
    ObstacleCase,
    PlanStep,
    Task,
)
from cases.perms import can_ask_help, can_work_on_case, documents_open_to, sees_team_work
from people.languages import COMMON
from people.models import Person

# What ended stays in sight for a while; older is on the timeline.
SHOWN_ENDED = 10
GOAL_ICONS = {Goal.HOUSING: "house-heart", Goal.COHESION: "people", Goal.SAFETY: "shield-check"}


@dataclass(frozen=True)
class ShownStep:
    """A step with its number, what stops it, what can follow, and where its buttons would put it."""

    step: PlanStep
    number: int
    stopping: list[Boundary]
    actions: list[tuple[str, Any]]
    is_late: bool
    up_before: int | None  # the step it would stand before; None when it is first
    down_before: str | None  # idem downwards; "" is the end, None when it is last

    @property
    def is_locked(self) -> bool:
        """Tell whether a boundary stops what comes next."""
        return bool(self.stopping) and self.step.state in (StepState.TODO, StepState.BUSY)


def _shown_steps(steps: list[PlanStep], boundaries: list[Boundary], today: dt.date) -> list[ShownStep]:
    shown = []
    for index, step in enumerate(steps):
        stopping = [b for b in boundaries if b.stops(step.reaches, step.organisation_id)]
        blocked = {StepState.BUSY, StepState.DONE} if stopping else set()
        actions = [
            (state.value, STATE_WORDS[state])
            for state in StepState
            if state in STEP_TRANSITIONS[StepState(step.state)] and state not in blocked
        ]
        is_open = step.state in (StepState.TODO, StepState.BUSY)
        after_next = steps[index + 2].pk if index + 2 < len(steps) else ""
        shown.append(
            ShownStep(
                step=step,
                number=index + 1,
                stopping=stopping,
                actions=actions,
                is_late=is_open and step.due_on is not None and step.due_on < today,
                up_before=steps[index - 1].pk if index else None,
                down_before=str(after_next) if index + 1 < len(steps) else None,
            )
        )
    return shown


def plan_context(case: Case, user: User) -> dict[str, Any]:
    """The plan, in two queries: steps, and what the family does not want."""
    steps = list(case.steps.select_related("assignee", "organisation").order_by("position"))
    boundaries = standing_boundaries(case)
    current = [step for step in steps if step.state != StepState.DROPPED]
    return {
        "case": case,
        "may_work": can_work_on_case(user, case),
        "steps": _shown_steps(current, boundaries, timezone.localdate()),
        "dropped": [step for step in steps if step.state == StepState.DROPPED],
        "told": "",
        "may_ask": can_ask_help(user, case.neighbourhood_id),
    }


def tasks_context(case: Case, user: User) -> dict[str, Any] | None:
    """Open tasks, and those that ended last: two queries."""
    today = timezone.localdate()
    tasks = Task.objects.filter(case=case).select_related("assignee", "done_by")
    return {
        "open_tasks": list(tasks.filter(state=TaskState.OPEN).order_by("due_on", "pk")),
        "ended_tasks": list(tasks.exclude(state=TaskState.OPEN).order_by("-done_at", "-pk")[:SHOWN_ENDED]),
        "today": today,
        "may_work": user.access.can(Permission.CASE_WORK, case.neighbourhood_id),
        "is_open": case.is_open,
    }


def agreements_context(case: Case, user: User) -> dict[str, Any]:
    """Boundaries and consents: six queries. A name is shown to who may see that person."""
    boundaries = standing_boundaries(case)
    lifted = (
        Boundary.objects.filter(case=case, lifted_at__isnull=False)
        .select_related("organisation", "set_by", "lifted_by")
        .order_by("-lifted_at", "-pk")[:SHOWN_ENDED]
    )
    consents = list(
        Consent.objects.visible_to(user)
        .filter(case=case)
        .select_related("withdrawn_by", "replaced_by", "sheet")
        .prefetch_related("recipients")
        .order_by(F("withdrawn_at").desc(nulls_first=True), "until_on", "pk")
    )
    known = Person.objects.visible_to(user).in_bulk({consent.person_id for consent in consents})
    sheets = set(
        Document.objects.kept()
        .filter(documents_open_to(user, case), case=case, signed_consents__isnull=False)
        .values_list("pk", flat=True)
    )
    valid: list[dict[str, Any]] = []
    ended: list[dict[str, Any]] = []
    for consent in consents:
        row = {
            "consent": consent,
            "who": str(known[consent.person_id]) if consent.person_id in known else _("iemand van het gezin"),
            "categories": [label for code, label in ConsentCategory.choices if code in consent.categories],
            "is_ending": consent.state == ConsentState.ENDING,
            "may_open_sheet": consent.sheet_id in sheets,
        }
        (valid if consent.holds else ended).append(row)
    return {
        "boundaries": boundaries,
        "lifted": list(lifted),
        "consents": valid,
        "ended_consents": ended[:SHOWN_ENDED],
        # A partner doesn't learn from it in which language the family would be asked.
        "sheet_languages": [(code, COMMON[code]) for code in ("nl", *TRANSLATED)]
        if sees_team_work(user, case)
        else [],
        "may_consent": case.kind == CaseKind.HOUSEHOLD,
        "may_withdraw": user.access.can(Permission.CASE_WORK, case.neighbourhood_id),
    }


def _is_stopped(row: Intervention, boundaries: list[Boundary]) -> bool:
    reach = reach_of(instrument=row.instrument, target=row.target)
    return any(boundary.stops(reach, row.provider_id) for boundary in boundaries)


def _work_context(goal: Goal) -> Any:
    def context(case: Case, user: User) -> dict[str, Any]:
        """What runs and ran for one goal, and what a boundary stops: two queries."""
        rows = list(
            Intervention.objects.filter(case=case, instrument__goal=goal)
            .select_related("instrument", "provider")
            .order_by("-pk")
        )
        ended = {InterventionState.DONE, InterventionState.STOPPED}
        boundaries = standing_boundaries(case) if rows else []
        return {
            "running": [
                {"intervention": row, "is_locked": _is_stopped(row, boundaries)}
                for row in rows
                if row.state not in ended
            ],
            "ended": [row for row in rows if row.state in ended][:SHOWN_ENDED],
            "goal_icon": GOAL_ICONS[goal],
            "today": timezone.localdate(),
        }

    return context


def help_context(case: Case, user: User) -> dict[str, Any] | None:
    """Questions to services, in one query; nothing when there are none and one can't ask."""
    may_ask = can_work_on_case(user, case) and can_ask_help(user, case.neighbourhood_id)
    rows = list(
        HelpRequest.objects.filter(case=case)
        .select_related("organisation", "asked_by")
        .order_by("due_on", "pk")
    )
    if not rows and not may_ask:
        return None
    waiting = {HelpRequestState.ASKED, HelpRequestState.ESCALATED}
    return {
        "waiting": [row for row in rows if row.state in waiting],
        "settled": [row for row in reversed(rows) if row.state not in waiting][:SHOWN_ENDED],
        "may_ask": may_ask,
        "today": timezone.localdate(),
    }


def obstacles_context(case: Case, user: User) -> dict[str, Any] | None:
    """What blocks this case, in one query; nothing when nothing does and nothing can be added."""
    links = list(
        ObstacleCase.objects.filter(case=case)
        .select_related("obstacle")
        .order_by(F("until_on").desc(nulls_first=True), "since_on", "pk")
    )
    if not links and not case.is_open:
        return None
    return {"links": links}


def _reads_case(user: User, case: Case) -> bool:
    """The case page itself was found with `visible_to`."""
    return True


def _knows_the_plan(user: User, case: Case) -> bool:
    """A partner knows the team's work with a consent to his organisation alone."""
    return sees_team_work(user, case)


def _keeps_obstacles(user: User, case: Case) -> bool:
    return user.access.can(Permission.OBSTACLE_MANAGE, case.neighbourhood_id)


PANELS = (
    CasePanel("cases.plan", _("Plan op maat"), 10, "cases/panels/plan.html", _knows_the_plan, plan_context),
    CasePanel("cases.tasks", _("Taken"), 20, "cases/panels/tasks.html", _knows_the_plan, tasks_context),
    CasePanel(
        "cases.agreements",
        _("Afspraken met het gezin"),
        30,
        "cases/panels/agreements.html",
        _reads_case,
        agreements_context,
    ),
    CasePanel(
        "cases.help", _("Vragen aan diensten"), 40, "cases/panels/help.html", _knows_the_plan, help_context
    ),
    *(
        CasePanel(
            f"cases.work-{goal}",
            goal.label,
            50 + index,
            "cases/panels/work.html",
            _knows_the_plan,
            _work_context(goal),
            goal=goal.value,
        )
        for index, goal in enumerate(Goal)
    ),
    CasePanel(
        "cases.obstacles",
        _("Hinderpalen"),
        60,
        "cases/panels/obstacles.html",
        _keeps_obstacles,
        obstacles_context,
    ),
)
