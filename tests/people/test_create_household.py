"""Registering a household."""

import pytest

from people.actions.create_household import CannotCreateHousehold, create_household
from people.models import Household
from tests.factories import World


def test_household_gets_its_first_member(world: World) -> None:
    household = create_household(
        by=world.coordinator,
        neighbourhood=world.neighbourhood,
        name=" Gezin Proef ",
        given_name="Mia",
        family_name="Proef",
        phone="0400",
    )
    member = household.members.get()
    assert (household.name, str(member.person), member.person.phone) == ("Gezin Proef", "Mia Proef", "0400")
    assert Household.objects.like_name("proef gezin").first() == household


def test_household_without_a_known_person_is_possible(world: World) -> None:
    household = create_household(by=world.coordinator, neighbourhood=world.neighbourhood, name="Gezin nr 3")
    assert not household.members.exists()


def test_household_without_a_name_is_refused(world: World) -> None:
    with pytest.raises(CannotCreateHousehold) as refused:
        create_household(by=world.coordinator, neighbourhood=world.neighbourhood, name="  ")
    assert refused.value.field == "name"


def test_family_name_without_given_name_is_refused(world: World) -> None:
    with pytest.raises(CannotCreateHousehold) as refused:
        create_household(
            by=world.coordinator, neighbourhood=world.neighbourhood, name="Gezin", family_name="Proef"
        )
    assert refused.value.field == "given_name"
