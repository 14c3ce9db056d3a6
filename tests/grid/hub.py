"""The transition hub of a place, with one of everything."""

from typing import Any

from cohesion.actions.hub_places import close_for
from tests.cohesion.hub import only_moment, place_of, plan, today


def receive(place: Any) -> None:
    """Make it, through the real actions; `own` and `other` lie in one neighbourhood and have a place each."""
    by, things = place.opener, place.things
    hub_place = place_of(by, place.case.neighbourhood, f"De Draad {place.name}")
    activity = plan(by, hub_place)
    things |= {
        "hub_place": hub_place,
        "closing": close_for(by=by, place=hub_place, from_on=today(), until_on=today(), reason="Verlof"),
        "activity": activity,
        "moment": only_moment(activity),
    }
