"""A planned visit at another moment."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ChangedMeanwhileError
from cases.actions.locking import lock_open_case
from cases.actions.plan_visit import check_scheduled_at, moment_in_words
from cases.actions.visit_lock import lock_visit_uuid
from cases.actions.visit_record import VisitRefused, now_or
from cases.enums import VisitPurpose, VisitState
from cases.models import Visit
from cases.timeline import record


class CannotMoveVisit(VisitRefused):
    """Only a visit that still has to happen can be moved."""


def moment_version(moment: dt.datetime) -> int:
    """Return what tells one planned moment of a visit from another: whole seconds since 1970."""
    return int(moment.timestamp())


@transaction.atomic
def move_visit(
    *,
    by: User,
    visit: Visit,
    scheduled_at: dt.datetime,
    version: int | None = None,
    now: dt.datetime | None = None,
) -> Visit:
    """Plan a visit at another moment; it stays the same visit, and the whole team sees when it is now.

    `version` is `moment_version()` of what was on the user's screen. The moment it has already is no change. Raises
    ChangedMeanwhileError when a colleague moved it since, CannotMoveVisit when it happened or was cancelled,
    CannotPlanVisit for a moment in the past or more than a year ahead, CaseIsClosed.
    """
    now = now_or(now)
    lock_visit_uuid(visit.uuid)
    case = lock_open_case(visit.case)
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    before = visit.scheduled_at
    if visit.state != VisitState.PLANNED or before is None:
        raise CannotMoveVisit(_("Dit bezoek is niet meer gepland. Plan een nieuw bezoek."))
    if scheduled_at == before:
        return visit
    if version is not None and version != moment_version(before):
        raise ChangedMeanwhileError(
            _("Een collega verplaatste dit bezoek net."), current={_("Gepland op"): moment_in_words(before)}
        )
    check_scheduled_at(scheduled_at, now=now)
    visit.scheduled_at = scheduled_at
    visit.save(update_fields=["scheduled_at"])
    people = list(visit.visitors.order_by("pk"))
    record(
        "cases.visit_planned",
        case=case,
        by=by,
        title=_("Huisbezoek verplaatst naar %(moment)s") % {"moment": moment_in_words(scheduled_at)},
        body=_("Eerst gepland op %(moment)s.") % {"moment": moment_in_words(before)},
        data={
            "visit": str(visit.uuid),
            "chips": [str(VisitPurpose(visit.purpose).label), *(str(user) for user in people)],
        },
        occurred_at=now,
        participants=[user.pk for user in people],
    )
    return visit
