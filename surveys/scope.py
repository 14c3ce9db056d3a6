"""Whose questionnaires somebody may see: every purpose has its own permissions."""

from django.db.models import Q

from accounts.models import User
from accounts.permissions import Permission
from arsenaal.lib.registries import survey_purposes


def readable(user: User, prefix: str = "") -> Q:
    """Return the condition of what this user may see; `prefix` leads to a row with a purpose and a neighbourhood."""
    rule = Q(pk__in=[])
    for purpose in survey_purposes:
        where = user.access.where(Permission(purpose.read))
        rule |= Q(**{f"{prefix}purpose": purpose.code, f"{prefix}neighbourhood_id__in": where})
    return rule
