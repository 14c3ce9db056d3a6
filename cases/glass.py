"""Reading emergency access: what stands open for somebody now, and what waits for the privacy officer."""

from accounts.models import User
from cases.models import BreakGlass, Case

_AT_MOST = 8


def running_glass(user: User, case: Case) -> list[BreakGlass]:
    """Return what this user opened in this case and is open now, the first to end first. One query."""
    return list(BreakGlass.objects.running().filter(user=user, case=case).order_by("expires_at", "pk"))


def glass_to_review(user: User) -> list[BreakGlass]:
    """Return the emergencies on which this privacy officer must still give a verdict, oldest first. One query."""
    rows = BreakGlass.objects.reviewable_by(user).to_review().exclude(user=user)
    return list(rows.select_related("user").order_by("opened_at", "pk")[: _AT_MOST + 1])
