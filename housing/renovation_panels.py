"""What the case page shows of renovations, in one query."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.enums import Goal
from accounts.models import User
from accounts.permissions import Permission
from arsenaal.lib.registries import CasePanel
from cases.models import Case
from housing.models import Renovation
from housing.perms import can_lead_renovations


def renovation_context(case: Case, user: User) -> dict[str, Any] | None:
    """The renovations of a case: one query. Nothing when there are none and this reader starts none."""
    shown = list(
        Renovation.objects.visible_to(user)
        .filter(case=case)
        .select_related("dwelling__building", "coach")
        .order_by("-started_on", "-pk")
    )
    may_start = can_lead_renovations(user, case)
    if not shown and not may_start:
        return None
    return {"renovations": shown, "may_start": may_start}


def _reads_renovations(user: User, case: Case) -> bool:
    return user.access.can(Permission.RENOVATION_READ, case.neighbourhood_id)


PANEL = CasePanel(
    "housing.renovation",
    _("Renovatie"),
    38,
    "housing/renovations/panel.html",
    _reads_renovations,
    renovation_context,
    goal=Goal.HOUSING.value,
)
