"""The panel of the case page with the visits that are planned."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from arsenaal.lib.registries import CasePanel
from cases.models import Case, Visit
from cases.perms import can_work_on_case

SHOWN = 5


def visits_context(case: Case, user: User) -> dict[str, Any] | None:
    """What is planned, the first one first, in two queries; nothing when nothing is and nothing can be."""
    planned = Visit.objects.planned().filter(case=case).prefetch_related("visitors")
    visits = list(planned.order_by("scheduled_at", "pk")[:SHOWN])
    may_plan = can_work_on_case(user, case)
    if not visits and not may_plan:
        return None
    return {"visits": visits, "may_plan": may_plan, "now": timezone.now()}


def _reads_case(user: User, case: Case) -> bool:
    """The case page itself was found with `visible_to`."""
    return True


PANEL = CasePanel("cases.visits", _("Bezoeken"), 15, "cases/panels/visits.html", _reads_case, visits_context)
