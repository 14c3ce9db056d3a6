"""Who works on questionnaires and rounds; `visible_to` was applied before."""

from accounts.models import User
from accounts.permissions import Permission
from arsenaal.lib.registries import survey_purposes


def can_work_on_surveys(user: User, purpose: str, neighbourhood_id: int) -> bool:
    """Make questionnaires, hold rounds, take down answers."""
    return user.access.can(Permission(survey_purposes.get(purpose).work), neighbourhood_id)
