"""Who cares for a place and until when; told once when that comes to an end."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.actions.notices import tell
from accounts.models import User
from accounts.permissions import Permission
from cases.actions.checks import BadDateError, check_not_far, check_past, day_of
from cohesion.actions.place_projects import PlaceProjectError, lock_project, move_project
from cohesion.enums import PlaceState
from cohesion.models import CareAgreement, PlaceProject

# Early enough to ask again before anything dries out.
REMIND_AHEAD = dt.timedelta(days=30)


@transaction.atomic
def agree_care(
    *,
    by: User,
    project: PlaceProject,
    carer: str,
    from_on: dt.date,
    until_on: dt.date,
    what: str = "",
    now: dt.datetime | None = None,
) -> CareAgreement:
    """Write down who cares for it; what was made is then cared for. A new one with the same name renews the old.

    Raises PlaceProjectError when there is nothing to care for yet, BadDateError.
    """
    now = now or timezone.now()
    today = day_of(now)
    project = lock_project(project)
    if not project.is_standing:
        raise PlaceProjectError(
            _("Dit is nog niet gemaakt, of het is verdwenen. Er valt niets te verzorgen.")
        )
    check_past(min(from_on, today), today=today, field="from_on")
    check_not_far(from_on, today=today, field="from_on")
    if until_on < from_on:
        raise BadDateError(_("De laatste dag ligt voor de eerste."), field="until_on")
    if until_on < today:
        raise BadDateError(_("Deze datum is al voorbij. Kies vandaag of later."), field="until_on")
    check_not_far(until_on, today=today, field="until_on")
    carer = carer.strip()
    project.care.standing().filter(carer__iexact=carer).update(ended_at=now, ended_by=by)
    agreement = CareAgreement.objects.create(
        project=project,
        carer=carer,
        what=what.strip(),
        from_on=from_on,
        until_on=until_on,
        agreed_by=by,
        agreed_at=now,
    )
    if project.state == PlaceState.MADE:
        move_project(by=by, project=project, to=PlaceState.CARED_FOR, now=now)
    return agreement


@transaction.atomic
def end_care(*, by: User, agreement: CareAgreement, now: dt.datetime | None = None) -> PlaceProject:
    """Write down that somebody stopped. Without anybody left it is made, not cared for. Twice is the same as once."""
    now = now or timezone.now()
    project = lock_project(agreement.project)
    project.care.standing().filter(pk=agreement.pk).update(ended_at=now, ended_by=by)
    if project.state == PlaceState.CARED_FOR and not project.care.standing().exists():
        return move_project(by=by, project=project, to=PlaceState.MADE, now=now)
    return project


@transaction.atomic
def remind_of_care(*, now: dt.datetime | None = None) -> int:
    """Tell who made a project that its care ends soon, once for each agreement; return how many were told.

    Whoever made it and left, or can't work there any more, is followed by all who work on places there.
    """
    now = now or timezone.now()
    rows = list(
        CareAgreement.objects.to_remind(day_of(now), REMIND_AHEAD)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("project")
        .order_by("until_on", "pk")
    )
    for row in rows:
        project = row.project
        workers = User.objects.with_permission(Permission.PLACES_WORK, project.neighbourhood_id)
        tell(
            users=workers.filter(pk=project.created_by_id) or workers,
            text=_("De zorgafspraak voor „%(title)s” loopt tot %(day)s.")
            % {"title": project.title, "day": date_format(row.until_on, "j F Y")},
            url=project.get_absolute_url(),
            now=now,
        )
    CareAgreement.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=now)
    return len(rows)
