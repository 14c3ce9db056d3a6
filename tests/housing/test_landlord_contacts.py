"""One voice towards a landlord, and a family's boundary that holds."""

import datetime as dt

import pytest
from django.utils import timezone

from cases.actions.boundaries import RefusedByBoundaryError
from cases.models import TimelineEntry
from housing.actions.landlord_contacts import (
    CannotLogContact,
    MustNotSpeakOfFamily,
    NotThroughContactPerson,
    log_landlord_contact,
)
from housing.actions.landlords import CannotSetPointOfContact, end_point_of_contact, set_point_of_contact
from housing.landlord_warnings import landlord_warnings
from housing.models import LandlordContact
from tests.factories import World
from tests.housing.factories import forbid_landlord, house, make_dwelling, make_landlord, own

WORDS = {"channel": "call", "summary": "Hij zou de ketel laten nakijken."}


@pytest.fixture
def landlord(world: World):  # type: ignore[no-untyped-def]
    """The landlord of the dwelling where the family of the case lives."""
    landlord, dwelling = make_landlord(world), make_dwelling(world)
    house(world, world.case, dwelling)
    own(world, dwelling, landlord)
    return landlord


def test_outgoing_contact_about_a_family_with_a_boundary_is_refused(world: World, landlord) -> None:  # type: ignore[no-untyped-def]
    forbid_landlord(world.case)
    with pytest.raises(RefusedByBoundaryError):
        log_landlord_contact(
            by=world.lawyer, landlord=landlord, direction="outgoing", case=world.case, **WORDS
        )
    assert not LandlordContact.objects.exists()


def test_incoming_contact_can_always_be_written_down(world: World, landlord) -> None:  # type: ignore[no-untyped-def]
    forbid_landlord(world.case)
    log_landlord_contact(by=world.lawyer, landlord=landlord, direction="incoming", case=world.case, **WORDS)
    entry = TimelineEntry.objects.get(kind="housing.landlord_contact")
    assert (entry.case, entry.circle, entry.body) == (world.case, "shared", WORDS["summary"])


def test_outgoing_contact_about_others_asks_not_to_speak_of_the_family(world: World, landlord) -> None:  # type: ignore[no-untyped-def]
    forbid_landlord(world.case)
    words = {**WORDS, "direction": "outgoing", "landlord": landlord, "by": world.lawyer}
    for case in (None, world.other_case):
        with pytest.raises(MustNotSpeakOfFamily) as refused:
            log_landlord_contact(case=case, **words)
        assert refused.value.field == "not_about_family"
        log_landlord_contact(case=case, not_about_family=True, **words)
    assert LandlordContact.objects.count() == 2


def test_ticking_does_not_open_the_boundary_itself(world: World, landlord) -> None:  # type: ignore[no-untyped-def]
    forbid_landlord(world.case)
    with pytest.raises(RefusedByBoundaryError):
        log_landlord_contact(
            by=world.lawyer,
            landlord=landlord,
            direction="outgoing",
            case=world.case,
            not_about_family=True,
            **WORDS,
        )


def test_lifted_boundary_warns_no_more(world: World, landlord) -> None:  # type: ignore[no-untyped-def]
    boundary = forbid_landlord(world.case)
    assert landlord_warnings(landlord, world.lawyer)
    boundary.lifted_at, boundary.lifted_by = timezone.now(), world.lawyer
    boundary.agreed_by, boundary.agreed_on, boundary.agreement = "Jef", timezone.localdate(), "Samen bellen."
    boundary.save()
    assert not landlord_warnings(landlord, world.lawyer)
    log_landlord_contact(by=world.lawyer, landlord=landlord, direction="outgoing", case=world.case, **WORDS)


def test_warning_names_the_family_only_to_who_may_see_the_case(world: World, landlord) -> None:  # type: ignore[no-untyped-def]
    forbid_landlord(world.case)
    (seen,) = landlord_warnings(landlord, world.lawyer)
    assert "Gezin Proefman" in seen.message
    assert "vreest" in seen.detail
    (masked,) = landlord_warnings(landlord, world.cohesion_coach)
    assert "Proefman" not in masked.message
    assert "vreest" not in masked.message + masked.detail
    assert str(world.case.lead) in masked.message
    assert masked.case is None


def test_warning_ends_when_the_family_lives_elsewhere(world: World, landlord) -> None:  # type: ignore[no-untyped-def]
    forbid_landlord(world.case)
    world.case.household.occupancies.update(until_on=timezone.localdate() - dt.timedelta(days=1))
    assert not landlord_warnings(landlord, world.lawyer)


def test_somebody_elses_voice_asks_whether_it_went_through_him(world: World, landlord) -> None:  # type: ignore[no-untyped-def]
    set_point_of_contact(
        by=world.coordinator,
        landlord=landlord,
        user=world.tenancy_lead,
        organisation=world.organisations["welfare"],
    )
    with pytest.raises(NotThroughContactPerson) as refused:
        log_landlord_contact(by=world.lawyer, landlord=landlord, direction="incoming", **WORDS)
    assert refused.value.field == "via_contact_person"
    told = log_landlord_contact(
        by=world.lawyer, landlord=landlord, direction="incoming", via_contact_person=False, **WORDS
    )
    assert told.via_contact_person is False
    own_voice = log_landlord_contact(by=world.tenancy_lead, landlord=landlord, direction="incoming", **WORDS)
    assert own_voice.via_contact_person is None


def test_new_point_of_contact_takes_over_the_same_day(world: World, landlord) -> None:  # type: ignore[no-untyped-def]
    welfare = world.organisations["welfare"]
    first = set_point_of_contact(
        by=world.coordinator, landlord=landlord, user=world.tenancy_lead, organisation=welfare
    )
    second = set_point_of_contact(
        by=world.coordinator, landlord=landlord, user=world.lawyer, organisation=welfare
    )
    first.refresh_from_db()
    assert first.until == second.since == timezone.localdate()
    assert list(landlord.points_of_contact.on(timezone.localdate())) == [second]
    end_point_of_contact(by=world.coordinator, landlord=landlord)
    assert not landlord.points_of_contact.on(timezone.localdate()).exists()


def test_point_of_contact_must_talk_to_landlords_here(world: World, landlord) -> None:  # type: ignore[no-untyped-def]
    for user in (world.manager, world.outsider, world.partner):
        with pytest.raises(CannotSetPointOfContact) as refused:
            set_point_of_contact(
                by=world.coordinator,
                landlord=landlord,
                user=user,
                organisation=world.organisations["welfare"],
            )
        assert refused.value.field == "user"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"at": timezone.now() + dt.timedelta(days=1)}, "at"),
        ({"at": timezone.now() - dt.timedelta(days=9000)}, "at"),
        ({"summary": "   "}, "summary"),
    ],
)
def test_contact_that_can_not_be_is_refused(world: World, landlord, change: dict, field: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CannotLogContact) as refused:
        log_landlord_contact(
            **{"by": world.lawyer, "landlord": landlord, "direction": "incoming", **WORDS, **change}
        )
    assert refused.value.field == field


def test_case_of_another_neighbourhood_is_refused(world: World, landlord) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CannotLogContact, match="andere wijk"):
        log_landlord_contact(
            by=world.lawyer, landlord=landlord, direction="incoming", case=world.outside_case, **WORDS
        )


def test_contact_of_a_day_with_another_voice_asks_about_that_voice(world: World, landlord) -> None:  # type: ignore[no-untyped-def]
    day = timezone.localdate() - dt.timedelta(days=30)
    set_point_of_contact(
        by=world.coordinator,
        landlord=landlord,
        user=world.tenancy_lead,
        organisation=world.organisations["welfare"],
        since=day,
    )
    end_point_of_contact(by=world.coordinator, landlord=landlord)
    fields = {"by": world.lawyer, "landlord": landlord, "direction": "incoming", **WORDS}
    assert log_landlord_contact(**fields).via_contact_person is None
    with pytest.raises(NotThroughContactPerson):
        log_landlord_contact(at=timezone.now() - dt.timedelta(days=9), **fields)
