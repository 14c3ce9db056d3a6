"""Keeping the access log: one statement for whatever a request showed."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from accounts.looks import Look
from accounts.models import AccessEvent, User


def keep_looks(*, by: User, looks: Sequence[Look], page: str, now: dt.datetime | None = None) -> None:
    """Write these looks of one request in one statement. `page` is the name of the address.

    The role is the one that the user has in the neighbourhood of what he saw; of something without a neighbourhood
    it is his first role.
    """
    now = now or timezone.now()
    first = next(iter(by.access.roles), None)
    events = []
    for look in looks:
        where = look.neighbourhood_id or first
        roles = by.access.roles.get(where or 0) or by.access.roles.get(first or 0, ())
        events.append(
            AccessEvent(
                looked_at=now,
                user_id=by.pk,
                role=roles[0] if roles else "",
                neighbourhood_id=where,
                kind=look.kind,
                subject=look.subject,
                subject_id=look.subject_id,
                label=look.label[:40],
                case_id=look.case_id,
                case_number=look.case_number,
                case_ids=list(look.case_ids),
                row_count=look.row_count,
                page=page[:60],
                detail=look.detail[:200],
                why=look.why[:200],
            )
        )
    AccessEvent.objects.bulk_create(events)
