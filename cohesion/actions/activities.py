"""Activities of the hub and their moments: planned, moved, called off, counted."""

import datetime as dt
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from cases.actions.checks import BadDateError, check_not_far, day_of
from cohesion.enums import MOMENT_TRANSITIONS, MomentState, Repeat
from cohesion.hub_days import LONGEST, days_of
from cohesion.models import Activity, ActivityMoment, HubPlace
from cohesion.models.activity import MOST_HELPERS, MOST_HOURS, MOST_PEOPLE

LONGEST_AGO = dt.timedelta(days=366)  # what went on before somebody wrote it down


class ActivityError(ActionError):
    """This can't be done with the activity; the message says why."""


def _check_hours(starts_at: dt.time, ends_at: dt.time) -> None:
    if ends_at <= starts_at:
        raise ActivityError(_("Het einde ligt voor het begin."), field="ends_at")


def _check_days(repeat: str, starts_on: dt.date, until_on: dt.date, today: dt.date) -> None:
    if starts_on < today - LONGEST_AGO:
        raise BadDateError(_("Dat is meer dan een jaar geleden. Kijk het jaar na."), field="starts_on")
    check_not_far(starts_on, today=today, field="starts_on")
    if repeat == Repeat.ONCE:
        return
    if until_on < starts_on:
        raise BadDateError(_("De laatste keer ligt voor de eerste."), field="until_on")
    if until_on - starts_on > LONGEST:
        raise BadDateError(
            _("Plan hoogstens een jaar vooruit. Daarna kun je de reeks verlengen."), field="until_on"
        )


def _moments(activity: Activity, days: list[dt.date]) -> list[ActivityMoment]:
    return ActivityMoment.objects.bulk_create(
        ActivityMoment(
            activity=activity,
            neighbourhood_id=activity.place.neighbourhood_id,
            on=day,
            starts_at=activity.starts_at,
            ends_at=activity.ends_at,
        )
        for day in days
    )


@transaction.atomic
def plan_activity(
    *,
    by: User,
    place: HubPlace,
    title: str,
    kind: str,
    repeat: str,
    starts_on: dt.date,
    starts_at: dt.time,
    ends_at: dt.time,
    until_on: dt.date | None = None,
    description: str = "",
    for_whom: str = "",
    hosts: str = "",
    is_public: bool = True,
    now: dt.datetime | None = None,
) -> Activity:
    """Plan an activity with all its moments, at most a year of them. Raises ActivityError, BadDateError."""
    if not place.is_active:
        raise ActivityError(_("Deze plaats is niet meer in gebruik."), field="place")
    if repeat != Repeat.ONCE and until_on is None:
        raise ActivityError(_("Tot wanneer komt het terug?"), field="until_on")
    last = starts_on if repeat == Repeat.ONCE or until_on is None else until_on
    _check_hours(starts_at, ends_at)
    _check_days(repeat, starts_on, last, day_of(now))
    activity = Activity.objects.create(
        place=place,
        title=title.strip(),
        kind=kind,
        description=description.strip(),
        for_whom=for_whom.strip(),
        hosts=hosts.strip(),
        is_public=is_public,
        repeat=repeat,
        starts_on=starts_on,
        until_on=last,
        starts_at=starts_at,
        ends_at=ends_at,
        created_by=by,
    )
    _moments(activity, days_of(repeat, starts_on, last))
    return activity


def lock_activity(activity: Activity) -> Activity:
    """Return it as it is now, locked."""
    return Activity.objects.select_for_update(of=("self",)).select_related("place").get(pk=activity.pk)


@transaction.atomic
def edit_activity(
    *,
    by: User,
    activity: Activity,
    version: int,
    place: HubPlace,
    title: str,
    kind: str,
    starts_at: dt.time,
    ends_at: dt.time,
    until_on: dt.date | None = None,
    description: str = "",
    for_whom: str = "",
    hosts: str = "",
    is_public: bool = True,
    now: dt.datetime | None = None,
) -> Activity:
    """Change what is said of it, its hours, or how long it goes on.

    New hours hold for what still comes and wasn't moved by hand; what was, keeps its count and its day. A later last
    day adds moments, an earlier one takes away those after it that are still planned.
    Raises ChangedMeanwhileError when somebody saved since `version`, ActivityError, BadDateError.
    """
    activity = lock_activity(activity)
    if activity.version != version:
        raise ChangedMeanwhileError(
            _("Iemand anders heeft deze activiteit intussen gewijzigd. Vergelijk en bewaar opnieuw."),
            current={
                _("naam"): activity.title,
                _("plaats"): str(activity.place),
                _("uren"): f"{activity.starts_at:%H:%M} - {activity.ends_at:%H:%M}",
                _("laatste keer"): date_format(activity.until_on, "j F Y"),
            },
        )
    _check_hours(starts_at, ends_at)
    if place.pk != activity.place_id and not place.is_active:
        raise ActivityError(_("Deze plaats is niet meer in gebruik."), field="place")
    if place.neighbourhood_id != activity.place.neighbourhood_id:
        raise ActivityError(_("Deze plaats ligt in een andere wijk."), field="place")
    today = day_of(now)
    activity.place, activity.title, activity.kind = place, title.strip(), kind
    activity.description, activity.for_whom = description.strip(), for_whom.strip()
    activity.hosts, activity.is_public = hosts.strip(), is_public
    activity.starts_at, activity.ends_at = starts_at, ends_at
    coming = activity.moments.filter(on__gte=today, state=MomentState.PLANNED)
    if activity.repeat != Repeat.ONCE and until_on is not None and until_on != activity.until_on:
        _go_on_until(activity, until_on, today)
    coming.filter(is_moved=False).update(starts_at=starts_at, ends_at=ends_at)
    activity.version += 1
    activity.save()
    return activity


def _go_on_until(activity: Activity, until_on: dt.date, today: dt.date) -> None:
    if until_on < today:
        raise BadDateError(_("Deze datum is al voorbij. Kies vandaag of later."), field="until_on")
    if until_on < activity.starts_on:
        raise BadDateError(_("De laatste keer ligt voor de eerste."), field="until_on")
    if until_on - max(today, activity.starts_on) > LONGEST:
        raise BadDateError(
            _("Plan hoogstens een jaar vooruit. Daarna kun je de reeks verlengen."), field="until_on"
        )
    known = set(activity.moments.values_list("on", flat=True))
    days = days_of(activity.repeat, activity.starts_on, until_on)
    _moments(activity, [day for day in days if day > activity.until_on and day not in known])
    activity.moments.filter(on__gt=until_on, state=MomentState.PLANNED).delete()
    activity.until_on = until_on


def lock_moment(moment: ActivityMoment) -> ActivityMoment:
    """Return it as it is now, locked."""
    return (
        ActivityMoment.objects.select_for_update(of=("self",))
        .select_related("activity__place")
        .get(pk=moment.pk)
    )


def _go(moment: ActivityMoment, to: MomentState) -> None:
    old = MomentState(moment.state)
    if to not in MOMENT_TRANSITIONS[old]:
        raise ActivityError(
            {
                MomentState.HELD: _("Dit moment is al geteld. Verbeter de telling als ze niet klopt."),
                MomentState.CANCELLED: _("Dit moment gaat niet door. Laat het eerst weer doorgaan."),
                MomentState.PLANNED: _("Dit moment staat al gepland."),
            }[old]
        )
    moment.state = to


def _check_version(moment: ActivityMoment, version: int) -> None:
    if moment.version != version:
        raise ChangedMeanwhileError(
            _("Iemand anders heeft dit moment intussen gewijzigd. Vergelijk en bewaar opnieuw."),
            current={
                _("dag"): date_format(moment.on, "j F Y"),
                _("uren"): f"{moment.starts_at:%H:%M} - {moment.ends_at:%H:%M}",
                _("stand"): str(moment.get_state_display()),
                _("bezoekers"): str(moment.visitor_count) if moment.state == MomentState.HELD else "",
            },
        )


def _save(moment: ActivityMoment) -> ActivityMoment:
    moment.version += 1
    moment.save()
    return moment


@transaction.atomic
def move_moment(
    *,
    by: User,
    moment: ActivityMoment,
    version: int,
    on: dt.date,
    starts_at: dt.time,
    ends_at: dt.time,
    now: dt.datetime | None = None,
) -> ActivityMoment:
    """Let it go on at another day or hour. Raises ActivityError, BadDateError, ChangedMeanwhileError."""
    moment = lock_moment(moment)
    _check_version(moment, version)
    if moment.state != MomentState.PLANNED:
        _go(moment, MomentState.PLANNED)
    _check_hours(starts_at, ends_at)
    today = day_of(now)
    if on != moment.on and not today - LONGEST_AGO <= on <= today + LONGEST:
        raise BadDateError(_("Kies een dag binnen een jaar."), field="on")
    moment.on, moment.starts_at, moment.ends_at, moment.is_moved = on, starts_at, ends_at, True
    try:
        with transaction.atomic():
            return _save(moment)
    except IntegrityError as error:
        raise ActivityError(_("Deze activiteit staat al op die dag."), field="on") from error


@transaction.atomic
def cancel_moment(
    *, by: User, moment: ActivityMoment, reason: str, now: dt.datetime | None = None
) -> ActivityMoment:
    """It doesn't go on; the public page and the poster say so, with the reason. Raises ActivityError."""
    moment = lock_moment(moment)
    _go(moment, MomentState.CANCELLED)
    if not reason.strip():
        raise ActivityError(_("Schrijf op waarom: bezoekers lezen het."), field="reason")
    moment.reason = reason.strip()
    return _save(moment)


@transaction.atomic
def restore_moment(*, by: User, moment: ActivityMoment) -> ActivityMoment:
    """It goes on after all. Raises ActivityError when it wasn't called off."""
    moment = lock_moment(moment)
    _go(moment, MomentState.PLANNED)
    moment.reason = ""
    return _save(moment)


@transaction.atomic
def count_moment(
    *,
    by: User,
    moment: ActivityMoment,
    version: int,
    new_count: int,
    returning_count: int,
    helper_count: int = 0,
    helper_hours: Decimal = Decimal(0),
    now: dt.datetime | None = None,
) -> ActivityMoment:
    """Write down how many came: for the first time, again, and who helped for how many hours together.

    Counting again corrects the count. Raises ActivityError, ChangedMeanwhileError when somebody saved since `version`.
    """
    now = now or timezone.now()
    moment = lock_moment(moment)
    _check_version(moment, version)
    _go(moment, MomentState.HELD)
    if moment.starts > now:
        raise ActivityError(_("Dit moment moet nog beginnen. Tellen kan daarna."))
    for field, value, most in (
        ("new_count", new_count, MOST_PEOPLE),
        ("returning_count", returning_count, MOST_PEOPLE),
        ("helper_count", helper_count, MOST_HELPERS),
        ("helper_hours", helper_hours, MOST_HOURS),
    ):
        if not 0 <= value <= most:
            raise ActivityError(_("Een getal van 0 tot %(most)d.") % {"most": most}, field=field)
    if helper_hours and not helper_count:
        raise ActivityError(_("Uren zonder vrijwilligers? Vul in hoeveel er hielpen."), field="helper_count")
    if helper_hours > helper_count * 24:
        raise ActivityError(_("Dat zijn meer uren dan een dag heeft. Kijk het na."), field="helper_hours")
    moment.new_count, moment.returning_count = new_count, returning_count
    moment.helper_count, moment.helper_hours = helper_count, helper_hours
    moment.counted_by, moment.counted_at = by, now
    return _save(moment)
