"""A planned visit that doesn't happen."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases.actions.locking import lock_open_case
from cases.actions.plan_visit import moment_in_words
from cases.actions.visit_lock import lock_visit_uuid
from cases.actions.visit_record import VisitRefused, now_or
from cases.enums import VisitState
from cases.models import Visit
from cases.timeline import record


class CannotCancelVisit(VisitRefused):
    """Only a visit that still has to happen can be cancelled, with a reason."""


@transaction.atomic
def cancel_visit(*, by: User, visit: Visit, reason: str, now: dt.datetime | None = None) -> Visit:
    """Say that a planned visit doesn't happen, and why; the whole team reads the reason. Twice is no change.

    Raises CannotCancelVisit when it happened already or without a reason, CaseIsClosed.
    """
    now = now_or(now)
    lock_visit_uuid(visit.uuid)
    case = lock_open_case(visit.case)
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    if visit.state == VisitState.CANCELLED:
        return visit
    if visit.state == VisitState.DONE or visit.scheduled_at is None:
        raise CannotCancelVisit(_("Dit bezoek is al gebeurd en bewaard. Je kunt het wel verbeteren."))
    if not reason.strip():
        raise CannotCancelVisit(_("Schrijf op waarom het niet doorgaat."), field="reason")
    visit.state, visit.cancel_reason = VisitState.CANCELLED, reason.strip()
    visit.save(update_fields=["state", "cancel_reason"])
    record(
        "cases.visit_planned",
        case=case,
        by=by,
        title=_("Huisbezoek gaat niet door: %(moment)s") % {"moment": moment_in_words(visit.scheduled_at)},
        body=visit.cancel_reason,
        data={"visit": str(visit.uuid)},
        occurred_at=now,
        participants=list(visit.visitors.values_list("pk", flat=True)),
    )
    return visit
