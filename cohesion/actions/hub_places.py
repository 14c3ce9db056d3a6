"""The places of the transition hub: opened, changed, their hours, and when they are closed."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Neighbourhood, User
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from cases.actions.checks import check_due, day_of
from cohesion.enums import MomentState, Weekday
from cohesion.models import ActivityMoment, ClosedPeriod, HubPlace, OpeningTime

LONGEST_CLOSED = dt.timedelta(days=366)
Hours = tuple[int, dt.time, dt.time]  # weekday, opens, closes


class HubPlaceError(ActionError):
    """This can't be done with the place; the message says why."""


def lock_place(place: HubPlace) -> HubPlace:
    """Return it as it is now, locked."""
    return HubPlace.objects.select_for_update(of=("self",)).select_related("neighbourhood").get(pk=place.pk)


def _save(place: HubPlace) -> None:
    try:
        with transaction.atomic():
            place.save()
    except IntegrityError as error:
        raise HubPlaceError(_("Er is in deze wijk al een plaats met deze naam."), field="name") from error


@transaction.atomic
def open_place(
    *, by: User, neighbourhood: Neighbourhood, name: str, address: str, description: str = ""
) -> HubPlace:
    """Put a place of the hub in the program. Raises HubPlaceError when the name is taken."""
    place = HubPlace(
        neighbourhood=neighbourhood,
        name=name.strip(),
        address=address.strip(),
        description=description.strip(),
        created_by=by,
    )
    _save(place)
    return place


@transaction.atomic
def edit_place(
    *, by: User, place: HubPlace, version: int, name: str, address: str, description: str, is_active: bool
) -> HubPlace:
    """Change what is said of it, or take it out of use.

    Raises ChangedMeanwhileError when somebody saved since `version`, HubPlaceError when the name is taken or when
    something is still planned there.
    """
    place = lock_place(place)
    if place.version != version:
        raise ChangedMeanwhileError(
            _("Iemand anders heeft deze plaats intussen gewijzigd. Vergelijk en bewaar opnieuw."),
            current={
                _("naam"): place.name,
                _("adres"): place.address,
                _("wat kun je er doen"): place.description,
            },
        )
    if place.is_active and not is_active:
        coming = ActivityMoment.objects.filter(
            activity__place=place, state=MomentState.PLANNED, on__gte=timezone.localdate()
        )
        if coming.exists():
            raise HubPlaceError(
                _(
                    "Hier is nog iets gepland. Zeg die activiteiten eerst af, of laat ze ergens anders doorgaan."
                ),
                field="is_active",
            )
    place.name, place.address, place.description = name.strip(), address.strip(), description.strip()
    place.is_active = is_active
    place.version += 1
    _save(place)
    return place


@transaction.atomic
def set_opening_times(*, by: User, place: HubPlace, version: int, hours: Sequence[Hours]) -> HubPlace:
    """Say when it is open, for the whole week at once.

    Raises HubPlaceError when it closes before it opens or two times of a day overlap, ChangedMeanwhileError.
    """
    place = lock_place(place)
    if place.version != version:
        shown = {
            str(Weekday(row.weekday).label): f"{row.opens:%H:%M} - {row.closes:%H:%M}"
            for row in place.opening_times.order_by("weekday", "opens")
        }
        raise ChangedMeanwhileError(
            _("Iemand anders heeft de uren intussen gewijzigd. Vergelijk en bewaar opnieuw."), current=shown
        )
    earlier: dict[int, dt.time] = {}
    for weekday, opens, closes in sorted(hours):
        day = Weekday(weekday).label
        if closes <= opens:
            raise HubPlaceError(_("Op %(day)s sluit het voor het opent.") % {"day": day})
        if weekday in earlier and opens < earlier[weekday]:
            raise HubPlaceError(_("Op %(day)s lopen twee tijden door elkaar.") % {"day": day})
        earlier[weekday] = closes
    place.opening_times.all().delete()
    OpeningTime.objects.bulk_create(
        OpeningTime(place=place, weekday=weekday, opens=opens, closes=closes)
        for weekday, opens, closes in sorted(hours)
    )
    place.version += 1
    place.save(update_fields=["version"])
    return place


@transaction.atomic
def close_for(
    *,
    by: User,
    place: HubPlace,
    from_on: dt.date,
    until_on: dt.date,
    reason: str,
    now: dt.datetime | None = None,
) -> ClosedPeriod:
    """Close it for some days, both included. Raises HubPlaceError, BadDateError."""
    place = lock_place(place)
    check_due(until_on, today=day_of(now), field="until_on")
    if until_on < from_on:
        raise HubPlaceError(_("De laatste dag ligt voor de eerste."), field="until_on")
    if until_on - from_on > LONGEST_CLOSED:
        raise HubPlaceError(
            _("Langer dan een jaar gesloten? Haal de plaats dan uit gebruik."), field="until_on"
        )
    if not reason.strip():
        raise HubPlaceError(_("Schrijf op waarom: bezoekers lezen het."), field="reason")
    if place.closed_periods.filter(from_on__lte=until_on, until_on__gte=from_on).exists():
        raise HubPlaceError(_("In deze dagen is het al gesloten."), field="from_on")
    return ClosedPeriod.objects.create(
        place=place, from_on=from_on, until_on=until_on, reason=reason.strip(), added_by=by
    )


@transaction.atomic
def open_again(*, by: User, period: ClosedPeriod, **_: Any) -> HubPlace:
    """Take back a closing. Done before, it stays done."""
    place = lock_place(period.place)
    ClosedPeriod.objects.filter(pk=period.pk).delete()
    return place
