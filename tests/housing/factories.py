"""Registers for tests, made through the real actions."""

import datetime as dt
from typing import Any

from django.utils import timezone

from cases.enums import BoundaryKind
from cases.models import Boundary, Case
from housing.actions.buildings import create_building
from housing.actions.dwellings import create_dwelling
from housing.actions.landlords import create_landlord
from housing.actions.occupancies import move_in
from housing.actions.ownerships import add_ownership
from housing.enums import DwellingKind, LandlordKind
from housing.models import Building, Dwelling, Landlord, Occupancy
from tests.factories import World

START = dt.date(2024, 1, 1)


def make_building(
    world: World, street: str = "Leuvensesteenweg", number: str = "12", **kwargs: Any
) -> Building:
    """Add a building in the neighbourhood of the cast."""
    kwargs.setdefault("neighbourhood", world.neighbourhood)
    return create_building(
        by=world.coordinator, street=street, house_number=number, keep_anyway=True, **kwargs
    )


def make_dwelling(world: World, building: Building | None = None, box: str = "", **kwargs: Any) -> Dwelling:
    """Add a dwelling."""
    return create_dwelling(
        by=world.coordinator,
        building=building or make_building(world),
        box=box,
        kind=DwellingKind.STUDIO,
        keep_anyway=True,
        **kwargs,
    )


def make_landlord(world: World, name: str = "Immo Voorbeeld", **kwargs: Any) -> Landlord:
    """Add a landlord."""
    kwargs.setdefault("neighbourhood", world.neighbourhood)
    return create_landlord(
        by=world.coordinator, name=name, kind=LandlordKind.COMPANY, keep_anyway=True, **kwargs
    )


def house(world: World, case: Case, dwelling: Dwelling, from_on: dt.date = START, **kwargs: Any) -> Occupancy:
    """Let the family of a case live in a dwelling."""
    return move_in(
        by=world.coordinator, household=case.household, dwelling=dwelling, from_on=from_on, **kwargs
    )


def own(world: World, dwelling: Dwelling, landlord: Landlord, **kwargs: Any) -> Any:
    """Let a landlord own a dwelling."""
    kwargs.setdefault("from_on", START)
    return add_ownership(by=world.coordinator, dwelling=dwelling, landlord=landlord, **kwargs)


def forbid_landlord(case: Case) -> Boundary:
    """The family of this case wants no contact with the landlord."""
    return Boundary.objects.create(
        case=case,
        kind=BoundaryKind.NO_LANDLORD,
        reason="Hij vreest zijn studio te verliezen.",
        set_by=case.lead,
        set_at=timezone.now(),
    )
