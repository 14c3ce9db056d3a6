"""Telling colleagues something on Vandaag."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import Notice, User


def tell(*, users: Iterable[User], text: str, url: str = "", now: dt.datetime | None = None) -> None:
    """Leave one sentence for each of these colleagues, each once; whoever can't log in any more gets none.

    Call it inside the transaction of what it tells of. The text says that something happened, never what a family told.
    """
    now = now or timezone.now()
    active = {user.pk: user for user in users if user.is_active}
    Notice.objects.bulk_create(
        [Notice(user=user, text=text[:300], url=url, created_at=now) for user in active.values()]
    )


@transaction.atomic
def put_away(*, by: User, notice: Notice, now: dt.datetime | None = None) -> None:
    """Take a notice of one's own from Vandaag. Twice is the same as once."""
    Notice.objects.unseen().filter(pk=notice.pk, user=by).update(seen_at=now or timezone.now())
