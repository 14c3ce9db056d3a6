"""Who may set up whom: the only place that decides."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from accounts.models import Invitation, User
from accounts.permissions import Permission

# Who was invited by the other so short ago is no second pair of eyes.
FRESH = dt.timedelta(days=14)


def can_manage_user(by: User, user: User) -> bool:
    """Change somebody's data, and make the link with which he chooses a password.

    Only where `by` sets up users in every neighbourhood in which this user works, now or soon: who holds such a link
    can log in as that user, and would so reach the families of a neighbourhood that isn't his. Whoever has no role
    yet belongs to no neighbourhood, so any administrator may set him up.
    """
    today = timezone.localdate()
    works_in = user.memberships.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=today), neighbourhood__is_active=True
    )
    elsewhere = works_in.exclude(neighbourhood_id__in=by.access.where(Permission.USERS_MANAGE))
    return not elsewhere.exists()


def can_approve_invitation(by: User, invitation: Invitation) -> bool:
    """Hand over a new link as the second pair of eyes: neither who asked for it nor who gets it.

    Wherever the user works, somebody who keeps watch there: an administrator or a privacy officer.
    """
    if not by.is_active or by.pk in (invitation.created_by_id, invitation.user_id):
        return False
    # Not a second account that somebody made for himself a moment ago.
    lately = Invitation.objects.filter(created_at__gt=timezone.now() - FRESH)
    asker = invitation.created_by_id
    if lately.filter(Q(user=by, created_by=asker) | Q(user=asker, created_by=by)).exists():
        return False
    watched = by.access.where(Permission.INVITATION_APPROVE)
    if not watched:
        return False
    today = timezone.localdate()
    works_in = invitation.user.memberships.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=today), neighbourhood__is_active=True
    ).values_list("neighbourhood_id", flat=True)
    return not works_in or bool(set(works_in) & set(watched))
