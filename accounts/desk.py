"""What stands on Vandaag from this package: messages, and for the privacy officer what to ask about."""

from accounts.models import Notice, UnusualLook, User
from accounts.views.access_log import rule_label

_AT_MOST = 8


def unseen_notices(user: User) -> list[Notice]:
    """Return what this user was told and hasn't put away, newest first. One query."""
    return list(Notice.objects.unseen().filter(user=user).order_by("-created_at", "-pk")[:_AT_MOST])


def unusual_to_review(user: User) -> list[tuple[UnusualLook, str]]:
    """Return the unusual looks about which this privacy officer must still ask, with why, newest first. One query."""
    rows = UnusualLook.objects.visible_to(user).to_review().exclude(user=user).select_related("user")
    return [(row, rule_label(row.rule)) for row in rows.order_by("-looked_at", "-pk")[: _AT_MOST + 1]]
