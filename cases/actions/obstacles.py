"""Obstacles (bureaucratische hinderpalen): collected, tied to the cases they block, put to whoever can lift
them.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Neighbourhood, User
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from cases.actions.checks import BadDateError, check_past, day_of
from cases.actions.locking import lock_case
from cases.enums import ObstacleState
from cases.models import Case, Obstacle, ObstacleCase
from cases.timeline import record

_EDITABLE = ("title", "description", "kind", "who_can_lift")
RESOLVED = frozenset({ObstacleState.LIFTED, ObstacleState.ACCEPTED})


class ObstacleIncompleteError(ActionError):
    """Something that this change needs is missing."""


class ObstacleLinkError(ActionError):
    """The case can't be tied to this obstacle, or not any more."""


@transaction.atomic
def report_obstacle(
    *,
    by: User,
    neighbourhood: Neighbourhood,
    title: str,
    description: str,
    kind: str,
    who_can_lift: str,
    now: dt.datetime | None = None,
) -> Obstacle:
    """Put an obstacle in the register."""
    return Obstacle.objects.create(
        neighbourhood=neighbourhood,
        title=title.strip(),
        description=description,
        kind=kind,
        who_can_lift=who_can_lift,
        reported_by=by,
        reported_at=now or timezone.now(),
    )


@transaction.atomic
def edit_obstacle(*, by: User, obstacle: Obstacle, version: int, **fields: Any) -> Obstacle:
    """Change the words; `fields` holds all of title, description, kind and who_can_lift.

    Raises ChangedMeanwhileError when somebody saved it since `version`.
    """
    obstacle = Obstacle.objects.select_for_update().get(pk=obstacle.pk)
    if obstacle.version != version:
        raise ChangedMeanwhileError(
            _("Iemand anders heeft deze hinderpaal intussen gewijzigd. Vergelijk en bewaar opnieuw."),
            current={
                _("wat staat in de weg?"): obstacle.title,
                _("uitleg"): obstacle.description,
                _("soort"): obstacle.get_kind_display(),
                _("wie kan dit oplossen?"): obstacle.who_can_lift,
            },
        )
    for name in _EDITABLE:
        setattr(obstacle, name, fields[name])
    obstacle.version += 1
    obstacle.save(update_fields=[*_EDITABLE, "version"])
    return obstacle


@transaction.atomic
def change_obstacle_state(
    *,
    by: User,
    obstacle: Obstacle,
    state: str,
    resolution: str = "",
    on: dt.date | None = None,
    now: dt.datetime | None = None,
) -> Obstacle:
    """Raise, lift, accept or take up an obstacle again. The same state twice is no change.

    Lifting and accepting need how it ended and when; the cases it blocked are free from that day. Raises
    ObstacleIncompleteError and BadDateError.
    """
    now = now or timezone.now()
    obstacle = Obstacle.objects.select_for_update().get(pk=obstacle.pk)
    new = ObstacleState(state)
    if obstacle.state == new:
        return obstacle
    if new in RESOLVED:
        if not resolution.strip():
            raise ObstacleIncompleteError(_("Schrijf op hoe het afliep."), field="resolution")
        on = on or day_of(now)
        reported_on = timezone.localtime(obstacle.reported_at).date()
        check_past(on, today=day_of(now), field="on", not_before=reported_on)
    obstacle.state = new
    obstacle.resolution = resolution.strip() if new in RESOLVED else ""
    obstacle.resolved_on = on if new in RESOLVED else None
    obstacle.version += 1
    obstacle.save(update_fields=["state", "resolution", "resolved_on", "version"])
    if new in RESOLVED:
        for link in obstacle.blocked.filter(until_on__isnull=True).select_related("case"):
            link.until_on = max(on or link.since_on, link.since_on)
            link.save(update_fields=["until_on"])
            _tell(link.case, obstacle, by=by, now=now, body=obstacle.resolution)
    return obstacle


def _tell(case: Case, obstacle: Obstacle, *, by: User, now: dt.datetime, body: str) -> None:
    tone = "ok" if obstacle.state == ObstacleState.LIFTED else ""
    record(
        "cases.obstacle",
        case=case,
        by=by,
        title=_("Hinderpaal: %(title)s") % {"title": obstacle.title},
        body=body,
        data={"chips": [{"text": obstacle.get_state_display(), "tone": tone, "icon": "cone-striped"}]},
        occurred_at=now,
    )


@transaction.atomic
def link_case(
    *, by: User, obstacle: Obstacle, case: Case, since_on: dt.date, now: dt.datetime | None = None
) -> ObstacleCase:
    """Record that an obstacle blocks a case since a day. Blocked before, this is a new period.

    Raises ObstacleLinkError (other neighbourhood, already tied, obstacle resolved) and BadDateError.
    """
    now = now or timezone.now()
    case = lock_case(case)
    obstacle = Obstacle.objects.select_for_update().get(pk=obstacle.pk)
    if case.neighbourhood_id != obstacle.neighbourhood_id:
        raise ObstacleLinkError(_("Dit dossier is van een andere wijk."), field="case")
    if obstacle.state in RESOLVED:
        raise ObstacleLinkError(_("Deze hinderpaal is afgehandeld. Zet hem eerst weer open."), field="case")
    before = ObstacleCase.objects.filter(obstacle=obstacle, case=case)
    if before.filter(until_on__isnull=True).exists():
        raise ObstacleLinkError(_("Dit dossier staat er al bij."), field="case")
    last = before.aggregate(last=Max("until_on"))["last"]
    check_past(since_on, today=day_of(now), field="since_on", not_before=last)
    link = ObstacleCase.objects.create(obstacle=obstacle, case=case, since_on=since_on, added_by=by)
    body = _("Dit houdt het dossier tegen sinds %(day)s. Oplossen kan: %(who)s.") % {
        "day": date_format(link.since_on, "j F Y"),
        "who": obstacle.who_can_lift,
    }
    _tell(case, obstacle, by=by, now=now, body=body)
    return link


@transaction.atomic
def unlink_case(
    *, by: User, link: ObstacleCase, until_on: dt.date | None = None, now: dt.datetime | None = None
) -> ObstacleCase:
    """Record that an obstacle no longer blocks a case; the days it did stay counted.

    Raises ObstacleLinkError when that was recorded already, and BadDateError.
    """
    now = now or timezone.now()
    case = lock_case(link.case)
    link = ObstacleCase.objects.select_for_update(of=("self",)).select_related("obstacle").get(pk=link.pk)
    if link.until_on is not None:
        raise ObstacleLinkError(_("Dit dossier is al vrij van deze hinderpaal."))
    until_on = until_on or day_of(now)
    check_past(until_on, today=day_of(now), field="until_on")
    if until_on < link.since_on:
        raise BadDateError(_("De einddatum ligt voor de begindatum."), field="until_on")
    link.until_on = until_on
    link.save(update_fields=["until_on"])
    _tell(case, link.obstacle, by=by, now=now, body=_("Dit houdt het dossier niet meer tegen."))
    return link
