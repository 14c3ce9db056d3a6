"""Buildings and dwellings: one address is one building, however it is spelled."""

import pytest
from django.db import IntegrityError, transaction

from arsenaal.lib.errors import ChangedMeanwhileError
from housing.actions.buildings import CannotSaveBuilding, create_building, edit_building
from housing.actions.dwellings import CannotSaveDwelling, create_dwelling, edit_dwelling
from housing.actions.landlords import create_landlord, edit_landlord
from housing.lookalikes import LooksLikeExisting
from housing.models import Building, Dwelling
from tests.factories import World
from tests.housing.factories import make_building, make_dwelling, make_landlord


@pytest.mark.parametrize(
    ("street", "number"),
    [
        ("Leuvense stwg", "12"),
        ("leuvensesteenweg", "12"),
        ("LEUVENSE STEENWEG", " 012"),
        ("Leuvensesteenwegh", "12"),
    ],
)
def test_building_at_a_known_address_is_pointed_out(world: World, street: str, number: str) -> None:
    known = make_building(world)
    with pytest.raises(LooksLikeExisting) as refused:
        create_building(
            by=world.coordinator, neighbourhood=world.neighbourhood, street=street, house_number=number
        )
    assert [match.pk for match in refused.value.matches] == [known.pk]
    assert refused.value.field == "keep_anyway"


def test_building_with_another_number_is_no_duplicate(world: World) -> None:
    make_building(world)
    create_building(
        by=world.coordinator, neighbourhood=world.neighbourhood, street="Leuvensesteenweg", house_number="14"
    )
    assert Building.objects.count() == 2


def test_building_kept_anyway_is_saved(world: World) -> None:
    make_building(world)
    building = create_building(
        by=world.coordinator,
        neighbourhood=world.neighbourhood,
        street="Leuvense stwg",
        house_number="12",
        keep_anyway=True,
    )
    assert (building.postcode, building.city) == ("2800", "Mechelen")


def test_exactly_the_same_address_is_refused_whatever_was_ticked(world: World) -> None:
    make_building(world)
    with pytest.raises(CannotSaveBuilding):
        make_building(world, street="LEUVENSESTEENWEG")


def test_same_address_in_another_neighbourhood_is_no_duplicate(world: World) -> None:
    make_building(world)
    make_building(world, neighbourhood=world.elsewhere)
    assert Building.objects.count() == 2


def test_two_people_editing_a_building(world: World) -> None:
    building = make_building(world)
    new = {"street": "Leuvensesteenweg", "postcode": "2800", "city": "Mechelen", "address_uri": ""}
    edit_building(by=world.lawyer, building=building, version=1, house_number="14", **new)
    with pytest.raises(ChangedMeanwhileError) as refused:
        edit_building(by=world.coordinator, building=building, version=1, house_number="16", **new)
    assert "Leuvensesteenweg 14" in " ".join(refused.value.current.values())


def test_box_that_reads_the_same_is_pointed_out(world: World) -> None:
    building = make_building(world)
    known = make_dwelling(world, building, "3")
    with pytest.raises(LooksLikeExisting) as refused:
        create_dwelling(by=world.coordinator, building=building, kind="room", box="bus 03")
    assert refused.value.matches[0].pk == known.pk
    create_dwelling(by=world.coordinator, building=building, kind="room", box="bus 03", keep_anyway=True)


def test_box_can_stand_once_in_a_building(world: World) -> None:
    dwelling = make_dwelling(world, box="A")
    with pytest.raises(CannotSaveDwelling):
        make_dwelling(world, dwelling.building, box="a")
    with pytest.raises(IntegrityError), transaction.atomic():
        Dwelling.objects.create(building=dwelling.building, box="a", kind="room", created_by=world.lawyer)


def test_two_people_editing_a_dwelling(world: World) -> None:
    dwelling = make_dwelling(world, box="A")
    edit_dwelling(by=world.lawyer, dwelling=dwelling, version=1, box="B", kind="room", floor=2, area=None)
    with pytest.raises(ChangedMeanwhileError):
        edit_dwelling(by=world.lawyer, dwelling=dwelling, version=1, box="C", kind="room", floor=2, area=None)


@pytest.mark.parametrize("name", ["Voorbeeld Immo", "immo voorbeelt", "IMMO VOORBEELD"])
def test_landlord_with_nearly_the_same_name_is_pointed_out(world: World, name: str) -> None:
    known = make_landlord(world)
    with pytest.raises(LooksLikeExisting) as refused:
        create_landlord(by=world.coordinator, neighbourhood=world.neighbourhood, kind="company", name=name)
    assert refused.value.matches[0].pk == known.pk


def test_two_people_editing_a_landlord(world: World) -> None:
    landlord = make_landlord(world)
    new = {"kind": "company", "name": "Immo Voorbeeld", "email": "", "contact_person": ""}
    edit_landlord(by=world.lawyer, landlord=landlord, version=1, phone="015 00 00 00", **new)
    with pytest.raises(ChangedMeanwhileError) as refused:
        edit_landlord(by=world.coordinator, landlord=landlord, version=1, phone="016", **new)
    assert "015 00 00 00" in refused.value.current.values()


def test_buildings_of_another_neighbourhood_are_not_seen(world: World) -> None:
    make_building(world)
    assert not Building.objects.visible_to(world.outsider).exists()
    assert not Building.objects.visible_to(world.partner).exists()
    assert Building.objects.visible_to(world.community_worker).exists()
