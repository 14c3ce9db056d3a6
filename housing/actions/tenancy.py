"""The tenant track of a case: opened, and who follows it. Money and rights are told in the circle of care."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from arsenaal.lib.errors import ActionError
from cases.actions.checks import check_colleague, check_due, check_past, day_of
from cases.actions.locking import lock_open_case
from cases.models import Case
from cases.timeline import record
from housing.actions.correctable_lines import changed_meanwhile
from housing.models import TenantTrack


class TenancyError(ActionError):
    """This can't be done with the tenant track; the message says why."""


def tell_team(track: TenantTrack, *, by: User, title: str, now: dt.datetime, body: str = "") -> None:
    """Write on the timeline for the whole team: that the family is supported and by whom; no rights and no money."""
    chips = [{"text": str(track.worker), "tone": "", "icon": "person"}]
    record(
        "housing.tenancy",
        case=track.case,
        by=by,
        title=title,
        body=body,
        data={"chips": chips},
        goal="housing",
        occurred_at=now,
    )


def tell_care(
    track: TenantTrack,
    *,
    by: User,
    title: str,
    now: dt.datetime,
    body: str = "",
    chip: str = "",
    tone: str = "",
) -> None:
    """Write on the timeline in the circle of care: rights, arrears, what a fund pays. A release can open it."""
    chips = [{"text": chip, "tone": tone, "icon": "cash-coin"}] if chip else []
    record(
        "housing.tenancy_care",
        case=track.case,
        by=by,
        title=title,
        body=body,
        data={"chips": chips},
        goal="housing",
        occurred_at=now,
    )


def lock_track(track: TenantTrack) -> TenantTrack:
    """Return it as it is now, locked, in a case that is open. Raises CaseIsClosed."""
    lock_open_case(track.case)
    return (
        TenantTrack.objects.select_for_update(of=("self",)).select_related("case", "worker").get(pk=track.pk)
    )


def _check_worker(worker: User, case: Case) -> None:
    may = User.objects.with_permission(Permission.TENANCY_WORK, case.neighbourhood_id)
    if not may.filter(pk=worker.pk).exists():
        raise TenancyError(_("Deze collega doet in deze wijk geen huurbegeleiding."), field="worker")
    check_colleague(worker, neighbourhood_id=case.neighbourhood_id, case=case, field="worker")


@transaction.atomic
def open_track(
    *,
    by: User,
    case: Case,
    worker: User,
    started_on: dt.date,
    next_on: dt.date | None = None,
    next_step: str = "",
    now: dt.datetime | None = None,
) -> TenantTrack:
    """Start to follow the tenancy of a family: its rights, its arrears, intensive support.

    Raises TenancyError when the case has one already, has no family, or for a bad worker; WrongColleagueError,
    BadDateError, CaseIsClosed.
    """
    now = now or timezone.now()
    case = lock_open_case(case)
    if case.household_id is None:
        raise TenancyError(_("Huurbegeleiding hoort bij een gezin. Begin ze in het dossier van het gezin."))
    _check_worker(worker, case)
    check_past(started_on, today=day_of(now), field="started_on")
    check_due(next_on, today=day_of(now), field="next_on")
    try:
        with transaction.atomic():
            track = TenantTrack.objects.create(
                case=case,
                worker=worker,
                started_on=started_on,
                next_on=next_on,
                next_step=next_step.strip(),
                made_by=by,
            )
    except IntegrityError as error:
        raise TenancyError(_("Dit dossier heeft al huurbegeleiding. Ga daarmee verder.")) from error
    tell_team(track, by=by, title=_("Huurbegeleiding begonnen"), now=now)
    return track


@transaction.atomic
def edit_track(
    *,
    by: User,
    track: TenantTrack,
    version: int,
    worker: User,
    started_on: dt.date,
    next_on: dt.date | None = None,
    next_step: str = "",
    now: dt.datetime | None = None,
) -> TenantTrack:
    """Say who follows it and when we look again; `started_on` corrects since when.

    Raises ChangedMeanwhileError when somebody saved since `version`, TenancyError, WrongColleagueError, BadDateError,
    CaseIsClosed.
    """
    now = now or timezone.now()
    track = lock_track(track)
    if track.version != version:
        raise changed_meanwhile(
            {
                _("huurbegeleider"): str(track.worker),
                _("begonnen op"): date_format(track.started_on, "j F Y"),
                _("volgende datum"): date_format(track.next_on, "j F Y") if track.next_on else "",
                _("wat dan"): track.next_step,
            }
        )
    is_other = worker.pk != track.worker_id
    if is_other:
        _check_worker(worker, track.case)
    check_past(started_on, today=day_of(now), field="started_on")
    if next_on != track.next_on:
        check_due(next_on, today=day_of(now), field="next_on")
    track.worker, track.started_on = worker, started_on
    track.next_on, track.next_step = next_on, next_step.strip()
    track.version += 1
    track.save()
    if is_other:
        tell_team(track, by=by, title=_("Andere huurbegeleider"), now=now)
    return track
