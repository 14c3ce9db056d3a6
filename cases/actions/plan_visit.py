"""Planning a home visit."""

import datetime as dt
import uuid as uuids
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.enums import Circle
from accounts.models import User
from cases.actions.locking import lock_open_case
from cases.actions.visit_lock import lock_visit_uuid
from cases.actions.visit_record import CLOCK_SLACK, VisitRefused, check_visitors, now_or
from cases.enums import VisitPurpose, VisitState
from cases.models import Case, Visit
from cases.timeline import record

FURTHEST = dt.timedelta(days=366)


class CannotPlanVisit(VisitRefused):
    """The visit can't be planned like this; the message says what to change."""


def moment_in_words(moment: dt.datetime) -> str:
    """Return "donderdag 26 november om 18:30", in Belgian time."""
    local = timezone.localtime(moment)
    return _("%(day)s om %(time)s") % {"day": date_format(local, "l j F"), "time": f"{local:%H:%M}"}


def check_scheduled_at(scheduled_at: dt.datetime, *, now: dt.datetime) -> None:
    """Refuse a moment in the past or more than a year ahead. Raises CannotPlanVisit beside the day."""
    if scheduled_at < now - CLOCK_SLACK:
        raise CannotPlanVisit(
            _("Dit moment is al voorbij. Kies een later moment, of log het bezoek."), field="day"
        )
    if scheduled_at > now + FURTHEST:
        raise CannotPlanVisit(_("Dit is meer dan een jaar ver. Kijk het jaartal na."), field="day")


@transaction.atomic
def plan_visit(
    *,
    by: User,
    case: Case,
    scheduled_at: dt.datetime,
    visitors: Iterable[User],
    purpose: str = VisitPurpose.FOLLOW_UP,
    uuid: uuids.UUID | None = None,
    now: dt.datetime | None = None,
) -> Visit:
    """Plan a visit; the whole team sees that it is coming. The same uuid twice is planned once.

    Raises CannotPlanVisit for a moment in the past or more than a year ahead, VisitRefused without visitors,
    WrongColleagueError and CaseIsClosed.
    """
    now = now_or(now)
    uuid = uuid or uuids.uuid4()
    lock_visit_uuid(uuid)
    existing = Visit.objects.filter(uuid=uuid).first()
    if existing is not None:
        if existing.case_id != case.pk or existing.created_by_id != by.pk:
            raise CannotPlanVisit(_("Dit bezoek kan zo niet gepland worden. Begin opnieuw."))
        return existing
    check_scheduled_at(scheduled_at, now=now)
    if purpose not in VisitPurpose.values:
        raise CannotPlanVisit(_("Kies waarvoor je gaat."), field="purpose")
    case = lock_open_case(case)
    people = check_visitors(visitors, by=by, case=case)
    visit = Visit.objects.create(
        uuid=uuid,
        case=case,
        state=VisitState.PLANNED,
        purpose=purpose,
        scheduled_at=scheduled_at,
        circle=Circle.SHARED,
        created_by=by,
    )
    visit.visitors.set(people)
    record(
        "cases.visit_planned",
        case=case,
        by=by,
        title=_("Huisbezoek gepland: %(moment)s") % {"moment": moment_in_words(scheduled_at)},
        data={
            "visit": str(visit.uuid),
            "chips": [str(VisitPurpose(purpose).label), *(str(user) for user in people)],
        },
        occurred_at=now,
        participants=[user.pk for user in people],
    )
    return visit
