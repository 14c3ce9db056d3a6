"""Who can be given work on a case."""

from django.db.models import Q

from accounts.models import User
from accounts.models.user import UserQuerySet
from accounts.permissions import Permission
from cases.models import Case, CaseMember


def colleagues_of(case: Case) -> UserQuerySet:
    """Return who works in the neighbourhood and can see this case, by name."""
    workers = User.objects.with_permission(Permission.CASE_WORK, case.neighbourhood_id)
    everywhere = User.objects.with_permission(Permission.CASE_READ_ALL, case.neighbourhood_id)
    on_team = CaseMember.objects.current().filter(case=case)
    return workers.filter(
        Q(pk__in=everywhere.order_by().values("pk")) | Q(pk__in=on_team.values("user"))
    ).order_by("first_name", "last_name", "pk")


def colleagues_in(neighbourhood_id: int) -> UserQuerySet:
    """Return who works on cases in a neighbourhood, by name."""
    workers = User.objects.with_permission(Permission.CASE_WORK, neighbourhood_id)
    return workers.order_by("first_name", "last_name", "pk")
