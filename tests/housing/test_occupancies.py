"""Who lives where: never in two dwellings at once, whoever presses first."""

import datetime as dt
import threading
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from arsenaal.lib.errors import ChangedMeanwhileError
from cases.models import TimelineEntry
from housing.actions.occupancies import (
    CannotEndOccupancy,
    CannotMoveIn,
    LivesElsewhere,
    edit_occupancy,
    end_occupancy,
    move_in,
)
from housing.models import Occupancy
from tests.factories import World
from tests.housing.factories import START, house, make_building, make_dwelling


def test_moving_in_writes_on_the_timeline_of_the_case(world: World) -> None:
    house(world, world.case, make_dwelling(world, box="3"), tenure="tenant", rent=Decimal("1482"))
    entry = TimelineEntry.objects.get(kind="housing.moved_in")
    assert (entry.case, entry.circle) == (world.case, "shared")
    assert entry.title == "Woont in Leuvensesteenweg 12 bus 3"
    assert "€ 1.482,00 per maand" in entry.data["chips"]


def test_household_living_elsewhere_is_refused_with_where(world: World) -> None:
    house(world, world.case, make_dwelling(world, box="3"))
    other = make_dwelling(world, make_building(world, number="14"))
    with pytest.raises(LivesElsewhere, match="Leuvensesteenweg 12 bus 3") as refused:
        house(world, world.case, other, dt.date(2025, 1, 1))
    assert refused.value.field == "moved"


def test_household_that_moved_leaves_the_day_before(world: World) -> None:
    first = house(world, world.case, make_dwelling(world, box="3"))
    second = house(
        world,
        world.case,
        make_dwelling(world, make_building(world, number="14")),
        dt.date(2025, 1, 1),
        moved=True,
    )
    first.refresh_from_db()
    assert (first.until_on, second.from_on, second.until_on) == (
        dt.date(2024, 12, 31),
        dt.date(2025, 1, 1),
        None,
    )


def test_household_can_not_move_before_it_came(world: World) -> None:
    house(world, world.case, make_dwelling(world, box="3"))
    with pytest.raises(CannotMoveIn, match="pas sinds"):
        house(world, world.case, make_dwelling(world, make_building(world, number="14")), START, moved=True)


@pytest.mark.parametrize(
    ("from_on", "until_on", "field"),
    [
        (dt.date(2024, 5, 2), dt.date(2024, 5, 1), "until_on"),
        (dt.date(1899, 12, 31), None, "from_on"),
        (dt.date(2124, 5, 1), None, "from_on"),
    ],
)
def test_dates_that_can_not_be_are_refused(
    world: World, from_on: dt.date, until_on: dt.date | None, field: str
) -> None:
    with pytest.raises(CannotMoveIn) as refused:
        house(world, world.case, make_dwelling(world), from_on, until_on=until_on)
    assert refused.value.field == field


def test_dwelling_of_another_neighbourhood_is_refused(world: World) -> None:
    with pytest.raises(CannotMoveIn, match="andere wijk"):
        house(world, world.case, make_dwelling(world, make_building(world, neighbourhood=world.elsewhere)))


def test_ending_writes_the_last_day_once(world: World) -> None:
    occupancy = house(world, world.case, make_dwelling(world))
    with pytest.raises(CannotEndOccupancy):
        end_occupancy(by=world.lawyer, occupancy=occupancy, until_on=dt.date(2023, 12, 31))
    end_occupancy(by=world.lawyer, occupancy=occupancy, until_on=dt.date(2025, 6, 30))
    assert TimelineEntry.objects.filter(kind="housing.moved_out").count() == 1
    with pytest.raises(CannotEndOccupancy, match="30 juni 2025"):
        end_occupancy(by=world.lawyer, occupancy=occupancy, until_on=dt.date(2025, 7, 1))


def test_correcting_an_occupancy(world: World) -> None:
    occupancy = house(world, world.case, make_dwelling(world))
    new = {"until_on": None, "tenure": "tenant", "charges": None}
    edit_occupancy(by=world.lawyer, occupancy=occupancy, version=1, from_on=START, rent=Decimal("500"), **new)
    with pytest.raises(ChangedMeanwhileError) as refused:
        edit_occupancy(by=world.coordinator, occupancy=occupancy, version=1, from_on=START, rent=None, **new)
    assert "€ 500,00" in refused.value.current.values()


def test_database_refuses_two_dwellings_at_once(world: World) -> None:
    occupancy = house(world, world.case, make_dwelling(world))
    other = make_dwelling(world, make_building(world, number="14"))
    with pytest.raises(IntegrityError, match="occupancy_one_dwelling_at_once"), transaction.atomic():
        Occupancy.objects.create(
            household=occupancy.household,
            dwelling=other,
            from_on=dt.date(2025, 1, 1),
            created_by=world.lawyer,
        )


def test_database_refuses_dates_in_the_wrong_order(world: World) -> None:
    with pytest.raises(IntegrityError, match="occupancy_dates_in_order"), transaction.atomic():
        Occupancy.objects.create(
            household=world.case.household,
            dwelling=make_dwelling(world),
            from_on=dt.date(2025, 1, 2),
            until_on=dt.date(2025, 1, 1),
            created_by=world.lawyer,
        )


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_housing_one_family_at_the_same_moment() -> None:
    world = World.build()
    dwellings = [make_dwelling(world, box="1"), make_dwelling(world, make_building(world, number="14"))]
    start, results = threading.Barrier(2), []

    def press(dwelling: object) -> None:
        try:
            start.wait(timeout=10)
            move_in(by=world.coordinator, household=world.case.household, dwelling=dwelling, from_on=START)
            results.append("done")
        except CannotMoveIn:
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(dwelling,)) for dwelling in dwellings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(results) == ["done", "refused"]
    assert Occupancy.objects.count() == 1
