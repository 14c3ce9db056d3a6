"""In which neighbourhoods somebody may do something: what every page asks that doesn't start from a case."""

from django.db.models import Case as SqlCase
from django.db.models import IntegerField, QuerySet, Value, When

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission


def neighbourhoods_where(user: User, permission: Permission) -> QuerySet[Neighbourhood]:
    """Return the neighbourhoods in which the permission holds, the user's first role first."""
    ids = user.access.where(permission)
    position = SqlCase(
        *(When(pk=pk, then=Value(n)) for n, pk in enumerate(ids)),
        default=Value(0),
        output_field=IntegerField(),
    )
    return Neighbourhood.objects.filter(pk__in=ids).order_by(position, "pk")
