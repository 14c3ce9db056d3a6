"""Ending sessions: on one device, or on all but this one."""

import uuid

from django.db import transaction
from django.db.models import F

from accounts.models import DeviceSession, User


@transaction.atomic
def end_device(*, by: User, device: uuid.UUID) -> bool:
    """Sign out one of one's own devices; tell whether there was one."""
    return bool(DeviceSession.objects.filter(user=by, uuid=device).delete()[0])


@transaction.atomic
def end_all_sessions(*, user: User, but: str | None = None) -> None:
    """End every session of a user; with `but` the rows of all others.

    The epoch goes up, so a session that is being written at this very moment ends as well. Who keeps his own session
    gives it the new hash: `django.contrib.auth.update_session_auth_hash`.
    """
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
    DeviceSession.objects.others(user, but).delete()
