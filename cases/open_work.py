"""What still waits in a case: shown before it is closed."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.enums import VisitState
from cases.models import Case, HelpRequest, Intervention, PlanStep, Task, Visit


@dataclass(frozen=True)
class OpenWork:
    """Everything that would be left behind."""

    steps: Sequence[PlanStep]
    tasks: Sequence[Task]
    help_requests: Sequence[HelpRequest]
    visits: Sequence[Visit]
    interventions: Sequence[Intervention]

    @property
    def count(self) -> int:
        """How many things wait."""
        return sum(
            len(part)
            for part in (self.steps, self.tasks, self.help_requests, self.visits, self.interventions)
        )


def open_work(case: Case) -> OpenWork:
    """Find what still waits in a case, in five queries."""
    return OpenWork(
        steps=list(PlanStep.objects.open().filter(case=case).order_by("position")),
        tasks=list(Task.objects.open().filter(case=case).select_related("assignee").order_by("due_on", "pk")),
        help_requests=list(
            HelpRequest.objects.unanswered()
            .filter(case=case)
            .select_related("organisation")
            .order_by("due_on", "pk")
        ),
        visits=list(case.visits.filter(state=VisitState.PLANNED).order_by("scheduled_at", "pk")),
        interventions=list(
            Intervention.objects.running()
            .filter(case=case)
            .select_related("instrument", "provider")
            .order_by("pk")
        ),
    )
