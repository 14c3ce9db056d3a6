"""Secret addresses for calendar programs: made, revoked, used. The secret itself is shown once and kept nowhere."""

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import FeedToken, User
from arsenaal.lib.errors import ActionError

# A calendar program asks every quarter of an hour at most; more is a mistake or somebody hammering.
TIMES_AN_HOUR = 60
_SHORTEST, _LONGEST = 20, 100


class FeedGoneError(ActionError):
    """There is no such address any more, or there never was: both sound the same."""


class FeedTooOftenError(ActionError):
    """It was asked too often in an hour."""


def _digest(secret: str) -> str:
    """A secret of 256 random bits needs no slow hash: nobody can guess it."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_feed(*, by: User, scope: str, key: int, now: dt.datetime | None = None) -> tuple[FeedToken, str]:
    """Make a secret address for a calendar of one's own; the one before it stops. Returns it with the secret."""
    now = now or timezone.now()
    User.objects.select_for_update().get(pk=by.pk)  # two clicks at once leave one address
    FeedToken.objects.filter(user=by, scope=scope, key=key, revoked_at__isnull=True).update(revoked_at=now)
    secret = secrets.token_urlsafe(32)
    feed = FeedToken.objects.create(user=by, scope=scope, key=key, digest=_digest(secret), created_at=now)
    return feed, secret


@transaction.atomic
def revoke_feed(*, by: User, feed: FeedToken, now: dt.datetime | None = None) -> FeedToken:
    """Stop one's own secret address at once. Stopping it again does nothing. Raises FeedGoneError for another's."""
    feed = FeedToken.objects.select_for_update().get(pk=feed.pk)
    if feed.user_id != by.pk:
        raise FeedGoneError(_("Dit adres bestaat niet (meer)."))
    if feed.revoked_at is None:
        feed.revoked_at = now or timezone.now()
        feed.save(update_fields=["revoked_at"])
    return feed


@transaction.atomic
def use_feed(secret: str, *, now: dt.datetime | None = None) -> FeedToken:
    """Return the address that belongs to a secret, counting that it was asked.

    Raises FeedGoneError when it doesn't exist, was revoked, or its user doesn't work here any more, and
    FeedTooOftenError beyond `TIMES_AN_HOUR`.
    """
    now = now or timezone.now()
    gone = FeedGoneError(_("Dit adres bestaat niet (meer)."))
    if not _SHORTEST <= len(secret) <= _LONGEST:
        raise gone
    feed = (
        FeedToken.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(digest=_digest(secret), revoked_at__isnull=True, user__is_active=True)
        .first()
    )
    if feed is None:
        raise gone
    if feed.counting_at is None or now - feed.counting_at >= dt.timedelta(hours=1):
        feed.counting_at, feed.used_times = now, 0
    if feed.used_times >= TIMES_AN_HOUR:
        raise FeedTooOftenError(_("Dit adres werd te vaak gevraagd. Probeer het over een uur opnieuw."))
    feed.used_times += 1
    feed.used_at = now
    feed.save(update_fields=["counting_at", "used_times", "used_at"])
    return feed
