"""The hub: places with their hours, activities with their moments, and counting without names."""

import datetime as dt
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from arsenaal.lib.errors import ChangedMeanwhileError
from arsenaal.lib.registries import Period, measures
from cases.actions.checks import BadDateError
from cohesion.actions.activities import (
    ActivityError,
    cancel_moment,
    count_moment,
    edit_activity,
    move_moment,
    restore_moment,
)
from cohesion.actions.hub_places import HubPlaceError, close_for, edit_place, open_again, set_opening_times
from cohesion.enums import MomentState, Repeat
from cohesion.hub_days import days_of
from cohesion.models import Activity, ActivityMoment, HubPlace
from tests.cohesion.hub import clock, only_moment, place_of, plan, today
from tests.factories import World

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))


def later(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


@pytest.fixture
def coach(world: World) -> Any:
    return world.cohesion_coach


@pytest.fixture
def place(world: World, coach: Any) -> HubPlace:
    return place_of(coach, world.neighbourhood)


def changed(activity: Activity, by: Any, **kwargs: Any) -> Activity:
    names = (
        "place",
        "title",
        "kind",
        "starts_at",
        "ends_at",
        "description",
        "for_whom",
        "hosts",
        "is_public",
    )
    values = {name: getattr(activity, name) for name in names} | {"version": activity.version}
    return edit_activity(by=by, activity=activity, **(values | kwargs))


# --- the days ------------------------------------------------------------------------------------------------------
@given(DAYS, st.integers(0, 366), st.sampled_from(Repeat.values))
def test_days_begin_with_the_first_stay_within_and_keep_their_weekday(
    start: dt.date, length: int, repeat: str
) -> None:
    until = start + dt.timedelta(days=length)
    days = days_of(repeat, start, until)
    assert days[0] == start
    assert days == sorted(set(days))
    assert all(start <= day <= until and day.weekday() == start.weekday() for day in days)
    steps = {(after - before).days for before, after in pairwise(days)}
    assert steps <= {"once": set(), "weekly": {7}, "fortnight": {14}, "monthly": {28, 35}}[repeat]


def test_days_of_a_month_keep_to_the_same_week() -> None:
    third = days_of(Repeat.MONTHLY, dt.date(2026, 9, 16), dt.date(2026, 12, 31))
    assert third == [
        dt.date(2026, 9, 16),
        dt.date(2026, 10, 21),
        dt.date(2026, 11, 18),
        dt.date(2026, 12, 16),
    ]
    last = days_of(Repeat.MONTHLY, dt.date(2026, 9, 30), dt.date(2026, 11, 30))
    assert last == [dt.date(2026, 9, 30), dt.date(2026, 10, 28), dt.date(2026, 11, 25)]


# --- places --------------------------------------------------------------------------------------------------------
def test_name_of_a_place_is_there_once_in_a_neighbourhood(world: World, place: HubPlace, coach: Any) -> None:
    with pytest.raises(HubPlaceError) as refused:
        place_of(coach, world.neighbourhood, place.name)
    assert refused.value.field == "name"
    place_of(coach, world.elsewhere, place.name)


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ([(0, clock(12), clock(9))], "maandag"),
        ([(2, clock(9), clock(12)), (2, clock(11), clock(13))], "door elkaar"),
    ],
)
def test_hours_that_cannot_be_are_refused(place: HubPlace, coach: Any, hours: Any, words: str) -> None:
    with pytest.raises(HubPlaceError, match=words):
        set_opening_times(by=coach, place=place, version=place.version, hours=hours)
    assert place.opening_times.count() == 3


def test_hours_saved_over_a_colleague_are_refused(place: HubPlace, coach: Any) -> None:
    set_opening_times(by=coach, place=place, version=place.version, hours=[])
    with pytest.raises(ChangedMeanwhileError):
        set_opening_times(by=coach, place=place, version=place.version, hours=[])


def test_place_with_something_planned_stays_in_use(place: HubPlace, coach: Any) -> None:
    activity = plan(coach, place, starts_on=later(3))
    values = {"name": place.name, "address": place.address, "description": "", "is_active": False}
    with pytest.raises(HubPlaceError) as refused:
        edit_place(by=coach, place=place, version=place.version, **values)
    assert refused.value.field == "is_active"
    cancel_moment(by=coach, moment=only_moment(activity), reason="Verbouwing")
    place = edit_place(by=coach, place=place, version=place.version, **values)
    with pytest.raises(ActivityError):
        plan(coach, place)


def test_closing_does_not_overlap_and_is_taken_back(place: HubPlace, coach: Any) -> None:
    period = close_for(by=coach, place=place, from_on=later(1), until_on=later(3), reason="Verlof")
    for first, last, field in (
        (2, 5, "from_on"),
        (9, 8, "until_on"),
        (-9, -8, "until_on"),
        (1, 900, "until_on"),
    ):
        with pytest.raises((HubPlaceError, BadDateError)) as refused:
            close_for(by=coach, place=place, from_on=later(first), until_on=later(last), reason="x")
        assert refused.value.field == field
    open_again(by=coach, period=period)
    open_again(by=coach, period=period)  # pressed twice
    assert not place.closed_periods.exists()


# --- activities ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ends_at": clock(14)}, "ends_at"),
        ({"repeat": "weekly"}, "until_on"),
        ({"repeat": "weekly", "until_on": dt.date(2000, 1, 1)}, "until_on"),
        ({"repeat": "weekly", "until_on": dt.date(2099, 1, 1)}, "until_on"),
        ({"starts_on": dt.date(2000, 1, 1)}, "starts_on"),
        ({"starts_on": dt.date(2099, 1, 1)}, "starts_on"),
    ],
)
def test_activity_that_cannot_be_is_refused_beside_its_field(
    place: HubPlace, coach: Any, values: Any, field: str
) -> None:
    with pytest.raises((ActivityError, BadDateError)) as refused:
        plan(coach, place, **values)
    assert refused.value.field == field
    assert not Activity.objects.exists()


def test_new_hours_leave_alone_what_was_and_what_was_moved(place: HubPlace, coach: Any) -> None:
    activity = plan(coach, place, repeat="weekly", starts_on=later(-14), until_on=later(21))
    moments = list(activity.moments.order_by("on"))
    assert len(moments) == 6
    count_moment(by=coach, moment=moments[0], version=1, new_count=3, returning_count=4)
    moved = move_moment(
        by=coach, moment=moments[4], version=1, on=later(15), starts_at=clock(18), ends_at=clock(20)
    )
    changed(activity, coach, starts_at=clock(10), ends_at=clock(12))
    begins = list(activity.moments.order_by("on").values_list("starts_at", flat=True))
    assert begins == [clock(14), clock(14), clock(10), clock(10), clock(18), clock(10)]
    moved.refresh_from_db()
    assert (moved.on, moved.is_moved) == (later(15), True)


def test_activity_goes_on_longer_and_ends_sooner(place: HubPlace, coach: Any) -> None:
    activity = plan(coach, place, repeat="weekly", starts_on=later(-7), until_on=later(14))
    activity = changed(activity, coach, until_on=later(28))
    assert activity.moments.count() == 6
    stopped = activity.moments.order_by("-on")[0]
    cancel_moment(by=coach, moment=stopped, reason="Geen zaal")
    activity = changed(activity, coach, until_on=later(7))
    days = list(activity.moments.order_by("on").values_list("on", flat=True))
    assert days == [later(-7), later(0), later(7), later(28)]  # what was called off stays to be read
    for until in (later(-1), later(400)):
        with pytest.raises(BadDateError):
            changed(activity, coach, until_on=until)
    with pytest.raises(ChangedMeanwhileError):
        changed(activity, coach, version=1)


def test_moment_moves_to_a_day_that_is_free(place: HubPlace, coach: Any) -> None:
    activity = plan(coach, place, repeat="weekly", starts_on=later(0), until_on=later(7))
    first, second = activity.moments.order_by("on")
    with pytest.raises(ActivityError) as refused:
        move_moment(by=coach, moment=first, version=1, on=second.on, starts_at=clock(9), ends_at=clock(10))
    assert refused.value.field == "on"
    with pytest.raises(BadDateError):
        move_moment(by=coach, moment=first, version=1, on=later(900), starts_at=clock(9), ends_at=clock(10))


# --- moments -------------------------------------------------------------------------------------------------------
def test_moment_is_called_off_with_a_reason_and_goes_on_after_all(place: HubPlace, coach: Any) -> None:
    moment = only_moment(plan(coach, place, starts_on=later(2)))
    with pytest.raises(ActivityError) as refused:
        cancel_moment(by=coach, moment=moment, reason=" ")
    assert refused.value.field == "reason"
    moment = cancel_moment(by=coach, moment=moment, reason="Staking")
    for act in (
        lambda: cancel_moment(by=coach, moment=moment, reason="Staking"),
        lambda: count_moment(by=coach, moment=moment, version=moment.version, new_count=1, returning_count=1),
    ):
        with pytest.raises(ActivityError):
            act()
    moment = restore_moment(by=coach, moment=moment)
    assert (moment.state, moment.reason) == (MomentState.PLANNED, "")
    with pytest.raises(ActivityError):
        restore_moment(by=coach, moment=moment)


def test_count_waits_for_the_beginning_and_is_corrected(place: HubPlace, coach: Any) -> None:
    moment = only_moment(plan(coach, place, starts_on=later(2)))
    with pytest.raises(ActivityError, match="beginnen"):
        count_moment(by=coach, moment=moment, version=1, new_count=1, returning_count=1)
    held = count_moment(
        by=coach,
        moment=moment,
        version=1,
        new_count=5,
        returning_count=7,
        helper_count=2,
        helper_hours=Decimal("4.5"),
        now=timezone.now() + dt.timedelta(days=3),
    )
    assert held.visitor_count == 12
    with pytest.raises(ChangedMeanwhileError) as refused:
        count_moment(by=coach, moment=moment, version=1, new_count=9, returning_count=9)
    assert "12" in refused.value.current.values()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"new_count": -1}, "new_count"),
        ({"returning_count": 9000}, "returning_count"),
        ({"helper_hours": Decimal(3)}, "helper_count"),
        ({"helper_count": 1, "helper_hours": Decimal(25)}, "helper_hours"),
    ],
)
def test_count_that_cannot_be_is_refused(place: HubPlace, coach: Any, values: Any, field: str) -> None:
    moment = only_moment(plan(coach, place))
    with pytest.raises(ActivityError) as refused:
        count_moment(by=coach, moment=moment, version=1, **({"new_count": 0, "returning_count": 0} | values))
    assert refused.value.field == field


@pytest.mark.parametrize(
    "wrong",
    [{"state": "held"}, {"new_count": 3}, {"state": "cancelled"}, {"reason": "x"}, {"ends_at": clock(1)}],
)
def test_database_refuses_a_moment_that_cannot_be(place: HubPlace, coach: Any, wrong: Any) -> None:
    moment = only_moment(plan(coach, place))
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivityMoment.objects.filter(pk=moment.pk).update(**wrong)


# --- figures -------------------------------------------------------------------------------------------------------
def test_measures_add_up_what_was_counted_here(
    world: World, place: HubPlace, coach: Any, django_assert_num_queries: Any
) -> None:
    away = place_of(world.outsider, world.elsewhere)
    for by, where, new in ((coach, place, 6), (coach, place, 5), (world.outsider, away, 50)):
        moment = only_moment(plan(by, where))
        count_moment(
            by=by,
            moment=moment,
            version=1,
            new_count=new,
            returning_count=4,
            helper_count=3,
            helper_hours=Decimal("1.5"),
        )
    plan(coach, place)  # never counted
    period = Period(later(-30), later(0))
    with django_assert_num_queries(1):
        visitors = measures.get("hub.visitors").compute(world.neighbourhood.pk, period)
    assert (visitors.value, visitors.parts) == (19, {"voor het eerst": 11, "kwamen terug": 8})
    assert measures.get("hub.activities").compute(world.neighbourhood.pk, period).value == 2
    hours = measures.get("hub.hours").compute(world.neighbourhood.pk, period)
    assert (hours.value, hours.count) == (3.0, 6)
    assert (
        measures.get("hub.visitors").compute(world.neighbourhood.pk, Period(later(-90), later(-60))).value
        == 0
    )
