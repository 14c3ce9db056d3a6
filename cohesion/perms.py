"""Who may do what in this wing; `visible_to` was applied before."""

from accounts.models import User
from accounts.permissions import Permission


def can_work_on_hub(user: User, neighbourhood_id: int) -> bool:
    """Plan activities, count who came, keep the places of the hub."""
    return user.access.can(Permission.HUB_WORK, neighbourhood_id)


def can_work_on_places(user: User, neighbourhood_id: int) -> bool:
    """Make projects for the look of the neighbourhood, add photos, agree on care."""
    return user.access.can(Permission.PLACES_WORK, neighbourhood_id)
