"""Deleting the signals on which nobody decided in time. Only how many there were stays."""

import datetime as dt
from collections import Counter

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cases.models import RadarEntry, RadarLapse

_AT_ONCE = 200


@transaction.atomic
def _lapse_some(today: dt.date) -> int:
    """Delete a batch and count it in one transaction: being killed half-way counts nothing twice."""
    entries = list(
        RadarEntry.objects.lapsed(today)
        .select_for_update(skip_locked=True)
        .order_by("pk")
        .values_list("pk", "neighbourhood_id", "reason")[:_AT_ONCE]
    )
    month = today.replace(day=1)
    counts = Counter((neighbourhood_id, reason) for _pk, neighbourhood_id, reason in entries)
    for (neighbourhood_id, reason), count in sorted(counts.items()):
        key = {"neighbourhood_id": neighbourhood_id, "month": month, "reason": reason}
        RadarLapse.objects.bulk_create([RadarLapse(**key)], ignore_conflicts=True)
        RadarLapse.objects.filter(**key).update(count=F("count") + count)
    RadarEntry.objects.filter(pk__in=[pk for pk, *_rest in entries]).delete()
    return len(entries)


def lapse_radar_entries(*, today: dt.date | None = None) -> int:
    """Delete every lapsed signal, keep the count per neighbourhood, month and reason, and return how many.

    Safe to run twice and at the same time. Signals that somebody is deciding on right now are left for later.
    """
    today = today or timezone.localdate()
    total = 0
    while done := _lapse_some(today):
        total += done
    return total
