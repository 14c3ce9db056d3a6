"""Who may do what in this wing; `visible_to` was applied before."""

from accounts.models import User
from accounts.permissions import Permission
from cohesion.models import LivingRoomVisit


def can_work_on_hub(user: User, neighbourhood_id: int) -> bool:
    """Plan activities, count who came, keep the places of the hub."""
    return user.access.can(Permission.HUB_WORK, neighbourhood_id)


def can_work_in_living_rooms(user: User, neighbourhood_id: int) -> bool:
    """Write down living-room visits, what was promised, and take words away."""
    return user.access.can(Permission.LIVING_ROOM_WORK, neighbourhood_id)


def can_correct_living_room(user: User, visit: LivingRoomVisit) -> bool:
    """Put other words in their place: who wrote them."""
    return visit.logged_by_id == user.pk and can_work_in_living_rooms(user, visit.neighbourhood_id)


def can_work_on_stories(user: User, neighbourhood_id: int) -> bool:
    """Write stories down, record what their tellers agreed to, publish them."""
    return user.access.can(Permission.STORY_WORK, neighbourhood_id)


def can_work_on_capital(user: User, neighbourhood_id: int) -> bool:
    """Write down what people offer and ask, and bring them together."""
    return user.access.can(Permission.CAPITAL_WORK, neighbourhood_id)


def can_work_on_budget(user: User, neighbourhood_id: int) -> bool:
    """Know who asks, weigh projects, book payments, tell how it went."""
    return user.access.can(Permission.BUDGET_WORK, neighbourhood_id)


def can_decide_on_budget(user: User, neighbourhood_id: int) -> bool:
    """Open rounds, end a vote, grant projects. Who advised on a project is stopped by the action."""
    return user.access.can(Permission.BUDGET_DECIDE, neighbourhood_id)


def can_work_on_places(user: User, neighbourhood_id: int) -> bool:
    """Make projects for the look of the neighbourhood, add photos, agree on care."""
    return user.access.can(Permission.PLACES_WORK, neighbourhood_id)
