"""What a worker does for a request: collect, write, erase. Each step is one transaction: killed, it is undone."""

import datetime as dt
import logging

from celery.exceptions import SoftTimeLimitExceeded
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from rights.actions.exports import KEPT
from rights.engine.collect import collect
from rights.engine.erase import erase_person
from rights.engine.write import LANGUAGE, export_json, export_pdf, fingerprint, sections_of
from rights.enums import Failure, ListState, RequestState
from rights.models import DestructionList, Export, RightsRequest
from rights.models.request import RightsRequestQuerySet
from rights.queueing import FORGOTTEN_AFTER, MOST_ATTEMPTS, queue_list, queue_request

logger = logging.getLogger(__name__)


def work_on_request(*, request_id: int, now: dt.datetime | None = None) -> bool:
    """Do what this request waits for. Returns True when it is done because of this call.

    Two workers at once: the second finds the row locked and leaves. A failure leaves the request to the sweep; after
    the last one it is kept why, for who can have it tried again (`retry_request`).
    """
    now = now or timezone.now()
    RightsRequest.objects.at_work().filter(pk=request_id).update(attempts=F("attempts") + 1)
    try:
        with translation.override(LANGUAGE), transaction.atomic():
            request = (
                RightsRequest.objects.at_work()
                .select_for_update(of=("self",), skip_locked=True)
                .select_related("person", "neighbourhood", "decided_by")
                .filter(pk=request_id)
                .first()
            )
            if request is None:
                return False
            _STEPS[RequestState(request.state)](request, now)
            request.queued_at, request.attempts = None, 0
            request.version += 1
            request.save()
    except Exception as error:
        logger.exception("request %s failed", request_id)
        _give_up(RightsRequest.objects.filter(pk=request_id), _why(error))
        return False
    return True


def _why(error: Exception) -> Failure:
    if isinstance(error, SoftTimeLimitExceeded):
        return Failure.TIME
    if isinstance(error, OSError):
        return Failure.STORAGE
    return Failure.DATABASE if isinstance(error, DatabaseError) else Failure.OTHER


def _give_up(requests: RightsRequestQuerySet, why: Failure) -> int:
    """Keep why nobody tries these any more, of those that were tried often enough."""
    return requests.at_work().filter(attempts__gte=MOST_ATTEMPTS).update(failure=why, queued_at=None)


def _collect(request: RightsRequest, now: dt.datetime) -> None:
    export = Export.objects.select_for_update().get(request=request)
    collect(export, request.person)  # type: ignore[arg-type]
    export.collected_at = now
    export.save(update_fields=["collected_at"])
    request.state = RequestState.REVIEW


def _write(request: RightsRequest, now: dt.datetime) -> None:
    """Write both files. Their names follow from the request, so that a second try replaces what the first left."""
    export = Export.objects.select_for_update().get(request=request)
    export.request = request
    sections = sections_of(export)
    for kind, content in (("pdf", export_pdf(export, sections)), ("json", export_json(export, sections))):
        name = f"rights/{request.recorded_at:%Y}/{request.pk}-{fingerprint(content)[:16]}.{kind}"
        default_storage.delete(name)
        setattr(export, kind, default_storage.save(name, ContentFile(content)))
        setattr(export, f"{kind}_sha256", fingerprint(content))
    export.expires_on = timezone.localtime(now).date() + KEPT
    export.save()
    request.state, request.answered_at = RequestState.DONE, now


def _erase(request: RightsRequest, now: dt.datetime) -> None:
    """Erase the person; of the request its number, its state and who decided remain."""
    person, by = request.person, request.decided_by
    if person is None or by is None:
        raise ValueError(f"request {request.pk} has nobody to erase")
    reason = _("Gewist op verzoek van de bewoner (%(number)s)") % {"number": request}
    erase_person(person=person, by=by, all_words=request.all_words, reason=reason, now=now)
    request.refresh_from_db()
    request.state, request.answered_at = RequestState.DONE, now
    request.asked_by = request.subject = request.wanted = ""


_STEPS = {
    RequestState.COLLECTING: _collect,
    RequestState.WRITING: _write,
    RequestState.ERASING: _erase,
}


@transaction.atomic
def _give_up_on_killed(forgotten: Q) -> None:
    """A worker that is killed each time never comes to say that it failed. Who still works on one holds its row."""
    left = RightsRequest.objects.at_work().filter(forgotten, attempts__gte=MOST_ATTEMPTS)
    found = [request.pk for request in left.select_for_update(skip_locked=True)]
    _give_up(RightsRequest.objects.filter(pk__in=found), Failure.BROKEN)


def resume(*, now: dt.datetime | None = None) -> int:
    """Queue what nobody works on: asked while the queue was away, or left by a worker that died. Returns how many."""
    now = now or timezone.now()
    forgotten = Q(queued_at__isnull=True) | Q(queued_at__lt=now - FORGOTTEN_AFTER)
    _give_up_on_killed(forgotten)
    requests = RightsRequest.objects.at_work().filter(forgotten)
    lists = DestructionList.objects.filter(forgotten, state=ListState.RUNNING)
    queued = 0
    for pk in list(requests.order_by("pk").values_list("pk", flat=True)):
        queued += queue_request(pk)
    for pk in list(lists.order_by("pk").values_list("pk", flat=True)):
        queued += queue_list(pk)
    return queued
