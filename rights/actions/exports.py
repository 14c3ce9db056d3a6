"""An export: read over by who may read each circle, approved, written, handed over, and gone after thirty days."""

import datetime as dt
from collections.abc import Mapping
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from arsenaal.lib.wall import beyond_wall
from rights.actions.decide import locked
from rights.actions.telling import tell_cases
from rights.engine.erase import forget_files
from rights.enums import PartState, RequestState
from rights.models import Export, RightsRequest
from rights.perms import can_decide, can_review
from rights.queueing import queue_request

KEPT = dt.timedelta(days=30)


class CannotReview(ActionError):
    """This can't be read over or approved like this; the message says why."""


@transaction.atomic
def review_parts(
    *,
    by: User,
    request: RightsRequest,
    seen: set[int],
    left_out: Mapping[int, str],
    now: dt.datetime | None = None,
) -> int:
    """Note what was read over: which parts go along, and which are left out with a reason. Returns how many.

    Only parts of circles that `by` may read count; others wait for who may. Until the export is approved, one can
    look again. Raises CannotReview for a part that is left out without a reason.
    """
    now = now or timezone.now()
    request = locked(request)
    if not can_review(by, request):
        raise CannotReview(_("Dit valt niet (meer) na te lezen."))
    parts = request.export.parts.open_to(by, request.neighbourhood_id).filter(pk__in=seen)
    done = 0
    for part in parts.select_for_update():
        reason = left_out.get(part.pk)
        if reason is not None and not reason.strip():
            raise CannotReview(_("Schrijf bij elk deel dat je weglaat waarom."), field=f"reason-{part.pk}")
        part.state = PartState.IN if reason is None else PartState.OUT
        part.reason = "" if reason is None else reason.strip()
        part.reviewed_by, part.reviewed_at = by, now
        part.save(update_fields=["state", "reason", "reviewed_by", "reviewed_at"])
        done += 1
    return done


@transaction.atomic
@beyond_wall("whether every part of an export was read over")
def approve_export(*, by: User, request: RightsRequest, now: dt.datetime | None = None) -> RightsRequest:
    """Approve what was read over; a worker writes the files after commit.

    Raises CannotReview while a part waits to be read by who may read its circle.
    """
    now = now or timezone.now()
    request = locked(request)
    if not can_decide(by, request):
        raise CannotReview(_("Je beslist niet over dit verzoek."))
    if request.state != RequestState.REVIEW:
        raise CannotReview(_("Dit verzoek is intussen %(state)s.") % {"state": request.get_state_display()})
    export = Export.objects.select_for_update().get(request=request)
    if waiting := export.parts.filter(state=PartState.PENDING).count():
        raise CannotReview(
            _("Er zijn nog %(n)d delen die niemand nalas. Wie die kring mag lezen, doet dat eerst.")
            % {"n": waiting}
        )
    export.approved_by, export.approved_at = by, now
    export.save(update_fields=["approved_by", "approved_at"])
    request.state, request.decided_by, request.decided_at = RequestState.WRITING, by, now
    request.version += 1
    request.attempts = 0
    request.save()
    tell_cases(request, by=by, title=_("Inzage nagelezen en goedgekeurd"))
    transaction.on_commit(partial(queue_request, request.pk))
    return request


def expire_exports(*, now: dt.datetime | None = None) -> int:
    """Delete the files and the parts of exports of which the time is over. Returns how many. Safe to run twice."""
    now = now or timezone.now()
    over = Export.objects.filter(expires_on__lt=timezone.localtime(now).date(), expired_at__isnull=True)
    done = 0
    for export_id in list(over.values_list("pk", flat=True)):
        with transaction.atomic():
            export = Export.objects.select_for_update(skip_locked=True).filter(pk=export_id).first()
            if export is None or export.expired_at is not None:
                continue
            names = [str(export.pdf), str(export.json)]
            export.parts.all().delete()
            export.pdf, export.json, export.expired_at = "", "", now
            export.save(update_fields=["pdf", "json", "expired_at"])
            transaction.on_commit(partial(forget_files, [name for name in names if name]))
            done += 1
    return done
