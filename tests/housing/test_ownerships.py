"""Shares: exact, never more than the whole on any day, whoever presses first."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from housing.actions.ownerships import CannotOwn, SharesExceedOne, add_ownership, end_ownership
from housing.models import Ownership
from tests.factories import World
from tests.housing.factories import START, make_building, make_dwelling, make_landlord, own


def test_shares_above_one_are_refused_with_the_sum(world: World) -> None:
    dwelling = make_dwelling(world)
    own(world, dwelling, make_landlord(world, "Een"), share_numerator=3, share_denominator=4)
    with pytest.raises(SharesExceedOne, match="5/4") as refused:
        own(world, dwelling, make_landlord(world, "Twee"), share_numerator=1, share_denominator=2)
    assert refused.value.field == "share_numerator"


def test_six_sixths_are_exactly_one(world: World) -> None:
    dwelling = make_dwelling(world)
    for n in range(6):
        own(world, dwelling, make_landlord(world, f"Erfgenaam {n}"), share_denominator=6)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert dwelling.ownerships.count() == 6


def test_share_after_the_former_owner_left_is_possible(world: World) -> None:
    dwelling = make_dwelling(world)
    first = own(world, dwelling, make_landlord(world, "Een"))
    end_ownership(by=world.lawyer, ownership=first, until_on=dt.date(2025, 12, 31))
    with pytest.raises(SharesExceedOne):
        own(world, dwelling, make_landlord(world, "Twee"), from_on=dt.date(2025, 12, 31))
    own(world, dwelling, make_landlord(world, "Drie"), from_on=dt.date(2026, 1, 1))


@pytest.mark.parametrize(("numerator", "denominator"), [(0, 1), (2, 1), (1, 10_001)])
def test_share_that_is_no_part_is_refused(world: World, numerator: int, denominator: int) -> None:
    with pytest.raises(CannotOwn):
        own(
            world,
            make_dwelling(world),
            make_landlord(world),
            share_numerator=numerator,
            share_denominator=denominator,
        )


def test_same_owner_twice_at_once_is_refused(world: World) -> None:
    dwelling, landlord = make_dwelling(world), make_landlord(world)
    own(world, dwelling, landlord, share_denominator=2)
    with pytest.raises(CannotOwn, match="al bij deze woning"):
        own(world, dwelling, landlord, share_denominator=2)


def test_landlord_of_another_neighbourhood_is_refused(world: World) -> None:
    with pytest.raises(CannotOwn, match="andere wijk"):
        own(world, make_dwelling(world), make_landlord(world, neighbourhood=world.elsewhere))


def test_end_before_the_start_is_refused(world: World) -> None:
    ownership = own(world, make_dwelling(world), make_landlord(world))
    with pytest.raises(CannotOwn) as refused:
        end_ownership(by=world.lawyer, ownership=ownership, until_on=dt.date(2023, 1, 1))
    assert refused.value.field == "until_on"


def test_database_refuses_what_the_program_would_let_through(world: World) -> None:
    dwelling = make_dwelling(world)
    own(world, dwelling, make_landlord(world, "Een"))
    second = make_landlord(world, "Twee")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="exceed 1"), transaction.atomic():
        Ownership.objects.create(dwelling=dwelling, landlord=second, from_on=START, created_by=world.lawyer)


def test_database_refuses_a_share_above_the_whole(world: World) -> None:
    with pytest.raises(IntegrityError, match="ownership_share_is_a_part"), transaction.atomic():
        Ownership.objects.create(
            dwelling=make_dwelling(world),
            landlord=make_landlord(world),
            from_on=START,
            share_numerator=3,
            share_denominator=2,
            created_by=world.lawyer,
        )


def _together(work: list) -> list[str]:
    start, results = threading.Barrier(len(work)), []

    def press(one) -> None:  # type: ignore[no-untyped-def]
        try:
            start.wait(timeout=10)
            one()
            results.append("done")
        except (SharesExceedOne, IntegrityError):
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(results)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("through_action", [True, False])
def test_two_colleagues_each_adding_a_half_too_many(through_action: bool) -> None:
    world = World.build()
    dwelling = make_dwelling(world, make_building(world))
    landlords = [make_landlord(world, name) for name in ("Een", "Twee")]

    def add(landlord):  # type: ignore[no-untyped-def]
        fields = {"dwelling": dwelling, "landlord": landlord, "from_on": START}
        fields |= {"share_numerator": 2, "share_denominator": 3}
        if through_action:
            return lambda: add_ownership(by=world.coordinator, **fields)
        return lambda: Ownership.objects.create(created_by=world.coordinator, **fields)

    assert _together([add(landlord) for landlord in landlords]) == ["done", "refused"]
    assert Ownership.objects.count() == 1
