"""Who may do what with persons and households: the only place that decides."""

from accounts.models import User
from accounts.permissions import Permission
from people.models import Household, Person


def can_edit_household(user: User, household: Household) -> bool:
    """Change a household that one may see, and who belongs to it."""
    return user.access.can(Permission.CASE_WORK, household.neighbourhood_id)


def can_edit_person(user: User, person: Person) -> bool:
    """Change a person whom one may see, and link him to another."""
    return user.access.can(Permission.CASE_WORK, person.neighbourhood_id)
