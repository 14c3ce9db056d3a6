"""Persons, households and who lives with whom over time."""

from people.models.household import Household
from people.models.household_member import HouseholdMember
from people.models.person import Person
from people.models.person_link import PersonLink
from people.models.restriction import Restriction

__all__ = ["Household", "HouseholdMember", "Person", "PersonLink", "Restriction"]
