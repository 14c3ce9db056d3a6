"""Who may do what in this wing; `visible_to` was applied before."""

from accounts.models import User
from accounts.permissions import Permission


def can_work_on_hub(user: User, neighbourhood_id: int) -> bool:
    """Plan activities, count who came, keep the places of the hub."""
    return user.access.can(Permission.HUB_WORK, neighbourhood_id)


def can_work_on_budget(user: User, neighbourhood_id: int) -> bool:
    """Know who asks, weigh projects, book payments, tell how it went."""
    return user.access.can(Permission.BUDGET_WORK, neighbourhood_id)


def can_decide_on_budget(user: User, neighbourhood_id: int) -> bool:
    """Open rounds, end a vote, grant projects. Who advised on a project is stopped by the action."""
    return user.access.can(Permission.BUDGET_DECIDE, neighbourhood_id)
