"""Who joins a household, who leaves it, and who is the same as whom."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from arsenaal.lib.errors import ChangedMeanwhileError
from people.actions.create_household import FirstMember, create_household
from people.actions.create_person import CannotSavePerson, PersonDetails, create_person
from people.actions.edit_household import edit_household
from people.actions.edit_person import edit_person
from people.actions.links import CannotLinkPersons, link_persons, unlink_persons
from people.actions.members import (
    CannotAddMember,
    CannotRemoveMember,
    add_member,
    remove_member,
    undo_removal,
)
from people.languages import COMMON, LANGUAGES, language_names
from people.models import HouseholdMember, Person, PersonLink
from tests.factories import World

DAY = dt.date(2026, 3, 1)


def _person(world: World, given: str = "Fatima", family: str = "Proef", **kwargs) -> Person:  # type: ignore[no-untyped-def]
    return create_person(
        by=world.coordinator,
        neighbourhood=kwargs.pop("neighbourhood", world.neighbourhood),
        details=PersonDetails(given, family, **kwargs),
    )


def test_household_with_its_first_members(world: World) -> None:
    known = _person(world)
    household = create_household(
        by=world.coordinator,
        neighbourhood=world.neighbourhood,
        name="Gezin Proef",
        from_on=DAY,
        members=[
            FirstMember(person=known),
            FirstMember(role="newborn", details=PersonDetails("Baby", born_on=DAY), join_reason="birth"),
        ],
    )
    assert [str(m.person) for m in household.members.order_by("pk")] == ["Fatima Proef", "Baby"]


def test_newborn_joins_on_its_birthday(world: World) -> None:
    member = add_member(
        by=world.community_worker,
        household=world.case.household,
        role="newborn",
        join_reason="birth",
        from_on=DAY,
        details=PersonDetails("Baby", born_on=DAY, languages=("nl", "nl", "ar")),
    )
    assert (member.person.birth_year, member.person.languages) == (2026, ["nl", "ar"])


def test_nobody_joins_before_being_born(world: World) -> None:
    with pytest.raises(CannotAddMember) as refused:
        add_member(
            by=world.community_worker,
            household=world.case.household,
            role="child",
            from_on=DAY - dt.timedelta(days=1),
            person=_person(world, born_on=DAY),
        )
    assert refused.value.field == "from_on"


def test_nobody_joins_twice_at_once(world: World) -> None:
    member = world.case.household.members.get()
    with pytest.raises(CannotAddMember, match="al bij dit gezin"):
        add_member(
            by=world.community_worker,
            household=world.case.household,
            role="adult",
            from_on=DAY,
            person=member.person,
        )


def test_person_of_another_neighbourhood_does_not_join(world: World) -> None:
    with pytest.raises(CannotAddMember, match="andere wijk"):
        add_member(
            by=world.community_worker,
            household=world.case.household,
            role="adult",
            from_on=DAY,
            person=_person(world, neighbourhood=world.elsewhere),
        )


def test_refused_member_leaves_no_person_behind(world: World) -> None:
    before = Person.objects.count()
    with pytest.raises(CannotAddMember):
        add_member(
            by=world.community_worker,
            household=world.case.household,
            role="child",
            from_on=DAY,
            details=PersonDetails("Later", born_on=DAY + dt.timedelta(days=9)),
        )
    assert Person.objects.count() == before


@pytest.mark.parametrize("until", [dt.date(2019, 12, 31), dt.date(2099, 1, 1)])
def test_leaving_on_a_day_that_can_not_be_is_refused(world: World, until: dt.date) -> None:
    with pytest.raises(CannotRemoveMember) as refused:
        remove_member(
            by=world.lawyer,
            member=world.case.household.members.get(),
            leave_reason="moved_out",
            until_on=until,
        )
    assert refused.value.field == "until_on"


def test_leaving_coming_back_and_undoing(world: World) -> None:
    member = world.case.household.members.get()
    remove_member(by=world.lawyer, member=member, leave_reason="moved_out", until_on=DAY)
    with pytest.raises(CannotRemoveMember, match="1 maart 2026"):
        remove_member(by=world.lawyer, member=member, leave_reason="moved_out", until_on=DAY)
    undo_removal(by=world.lawyer, member=member)
    member.refresh_from_db()
    assert (member.until_on, member.leave_reason) == (None, "")
    remove_member(by=world.lawyer, member=member, leave_reason="moved_out", until_on=DAY)
    add_member(
        by=world.lawyer,
        household=world.case.household,
        role="adult",
        person=member.person,
        join_reason="moved_in",
        from_on=DAY + dt.timedelta(days=9),
    )
    with pytest.raises(CannotRemoveMember, match="kwam intussen terug"):
        undo_removal(by=world.lawyer, member=member)


def test_database_refuses_leaving_without_a_reason(world: World) -> None:
    member = world.case.household.members.get()
    with pytest.raises(IntegrityError, match="left_with_reason"), transaction.atomic():
        HouseholdMember.objects.filter(pk=member.pk).update(until_on=DAY)


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (PersonDetails("  "), "given_name"),
        (PersonDetails("A", born_on=dt.date(1899, 1, 1)), "born_on"),
        (PersonDetails("A", born_on=dt.date(2099, 1, 1)), "born_on"),
        (PersonDetails("A", birth_year=2099), "birth_year"),
        (PersonDetails("A", languages=("xx",)), "languages"),
    ],
)
def test_details_that_can_not_be_are_refused(world: World, details: PersonDetails, field: str) -> None:
    with pytest.raises(CannotSavePerson) as refused:
        create_person(by=world.lawyer, neighbourhood=world.neighbourhood, details=details)
    assert refused.value.field == field


def test_two_people_editing_a_person(world: World) -> None:
    person = _person(world)
    edit_person(by=world.lawyer, person=person, version=1, details=PersonDetails("Fatma", phone="0400"))
    with pytest.raises(ChangedMeanwhileError) as refused:
        edit_person(by=world.coordinator, person=person, version=1, details=PersonDetails("Fatoumata"))
    assert {"Fatma", "0400"} <= set(refused.value.current.values())
    assert Person.objects.visible_to(world.lawyer).like_name("fatma").filter(pk=person.pk).exists()


def test_two_people_renaming_a_household(world: World) -> None:
    edit_household(by=world.lawyer, household=world.case.household, version=1, name="Gezin Nieuw")
    with pytest.raises(ChangedMeanwhileError):
        edit_household(by=world.lawyer, household=world.case.household, version=1, name="Gezin Anders")


def test_linking_keeps_both_and_can_be_undone(world: World) -> None:
    one, other = _person(world), _person(world, "Fatma")
    link = link_persons(by=world.lawyer, one=other, other=one)
    assert (link.first, link.second) == (one, other)
    assert link_persons(by=world.lawyer, one=one, other=other) == link
    unlink_persons(by=world.coordinator, link=link)
    link.refresh_from_db()
    assert link.undone_by == world.coordinator
    assert Person.objects.filter(pk__in=[one.pk, other.pk]).count() == 2


def test_another_verdict_replaces_the_standing_one(world: World) -> None:
    one, other = _person(world), _person(world, "Fatma")
    link_persons(by=world.lawyer, one=one, other=other)
    link_persons(by=world.coordinator, one=one, other=other, verdict="different")
    assert list(PersonLink.objects.order_by("pk").values_list("verdict", "undone_by")) == [
        ("same", world.coordinator.pk),
        ("different", None),
    ]


def test_linking_across_neighbourhoods_or_to_oneself_is_refused(world: World) -> None:
    one = _person(world)
    for other in (one, _person(world, neighbourhood=world.elsewhere)):
        with pytest.raises(CannotLinkPersons):
            link_persons(by=world.lawyer, one=one, other=other)


def test_languages_have_short_codes_and_names() -> None:
    assert all(len(code) <= 3 for code in LANGUAGES)
    assert len(LANGUAGES) >= 60
    assert len(COMMON) < 25
    assert language_names(["nl", "zz"]) == ["Nederlands", "zz"]
