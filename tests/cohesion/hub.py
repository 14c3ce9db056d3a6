"""The hub for tests, made through the real actions."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import Neighbourhood, User
from cohesion.actions.activities import plan_activity
from cohesion.actions.hub_places import open_place, set_opening_times
from cohesion.models import Activity, ActivityMoment, HubPlace


def today() -> dt.date:
    """The day of the test."""
    return timezone.localdate()


def clock(hour: int, minute: int = 0) -> dt.time:
    """A time of day."""
    return dt.time(hour, minute)


def place_of(by: User, neighbourhood: Neighbourhood, name: str = "De Draad", **kwargs: Any) -> HubPlace:
    """Open a place with hours on three days."""
    place = open_place(by=by, neighbourhood=neighbourhood, name=name, address="Fictiestraat 9001", **kwargs)
    hours = [(1, clock(9), clock(12)), (1, clock(13), clock(17)), (5, clock(10), clock(12))]
    return set_opening_times(by=by, place=place, version=place.version, hours=hours)


def plan(by: User, place: HubPlace, **kwargs: Any) -> Activity:
    """Plan something from two to four, once, a week ago unless said otherwise."""
    values: dict[str, Any] = {
        "title": "Herstelcafé",
        "kind": "repair",
        "repeat": "once",
        "starts_on": today() - dt.timedelta(days=7),
        "starts_at": clock(14),
        "ends_at": clock(16),
    }
    return plan_activity(by=by, place=place, **(values | kwargs))


def only_moment(activity: Activity) -> ActivityMoment:
    """The moment of an activity that is on once."""
    return activity.moments.get()
