"""Doing what a form asks exactly once, however often it is sent."""

import uuid
from collections.abc import Callable

from django.db import transaction

from accounts.models import FormSubmission, User


def perform_once(*, by: User, token: uuid.UUID, work: Callable[[], str]) -> tuple[str, bool]:
    """Run `work` unless this token was used before; return the result's address and whether it ran now.

    The token row is inserted first, in the same transaction: a second request with the same token waits for the
    first to commit and then gets its result. When `work` raises, the token is free again.
    """
    with transaction.atomic():
        row = FormSubmission(token=token, user=by)
        FormSubmission.objects.bulk_create([row], ignore_conflicts=True)
        # ON CONFLICT DO NOTHING tells nothing back; the row lock and an empty result do.
        current = FormSubmission.objects.select_for_update().get(token=token)
        if current.user_id != by.pk:
            # Somebody else's token: never hand out his result. A new one makes this an ordinary first time.
            return perform_once(by=by, token=uuid.uuid4(), work=work)
        if current.result_url:
            return current.result_url, False
        current.result_url = work()
        current.save(update_fields=["result_url"])
        return current.result_url, True
