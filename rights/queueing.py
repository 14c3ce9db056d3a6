"""Putting requests and lists in the queue, and remembering that they are in it."""

import datetime as dt

from django.utils import timezone

from arsenaal.lib.queue import enqueue
from rights.models import DestructionList, RightsRequest

# What lies in the queue this long is queued again: Redis may have forgotten it. Twice is harmless.
FORGOTTEN_AFTER = dt.timedelta(minutes=3)
MOST_ATTEMPTS = 5


def queue_request(request_id: int) -> bool:
    """Hand a request to a worker; call it after commit."""
    from rights.tasks import work_on_request

    RightsRequest.objects.at_work().filter(pk=request_id).update(queued_at=timezone.now())
    return enqueue(work_on_request, request_id)


def queue_list(list_id: int) -> bool:
    """Hand a list that was approved to a worker; call it after commit."""
    from rights.tasks import destroy_list

    DestructionList.objects.filter(pk=list_id, state="running").update(queued_at=timezone.now())
    return enqueue(destroy_list, list_id)
