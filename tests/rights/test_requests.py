"""Asking, rectifying, restricting, refusing and extending."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, Task, TimelineEntry
from people.models import Person, Restriction
from rights.actions.ask import CannotAsk
from rights.actions.decide import (
    CannotDecide,
    agree,
    extend,
    finish,
    lift_restriction,
    refuse,
    withdraw,
)
from rights.enums import RequestState
from rights.models import RightsRequest
from rights.terms import requests
from tests.cases.test_radar_actions import make_entry
from tests.factories import World
from tests.rights.conftest import Family, asked, consent


def test_asked_runs_a_term_and_tells_the_case(family: Family) -> None:
    request = asked(family.by, family.first, "rectify")
    assert request.due_on > timezone.localdate() + dt.timedelta(days=27)
    entry = TimelineEntry.objects.filter(kind="rights.request").get()
    assert entry.case_id == family.case.pk
    assert "Zebedeus" not in f"{entry.title}{entry.body}"
    found = requests([family.case.pk], request.due_on)
    assert [term.due_on for term in found] == [request.due_on]
    assert requests([family.case.pk], request.due_on - dt.timedelta(days=1)) == []


def test_asked_for_tomorrow_or_twice_is_refused(family: Family) -> None:
    with pytest.raises(CannotAsk, match="moet nog komen"):
        asked(family.by, family.first, "export", received_on=timezone.localdate() + dt.timedelta(days=1))
    asked(family.by, family.first, "export")
    with pytest.raises(CannotAsk, match="al gevraagd"):
        asked(family.by, family.first, "export")


@pytest.mark.parametrize(
    ("kind", "field"),
    [("rectify", "subject"), ("rectify", "wanted"), ("restrict", "restriction_ground"), ("erase", "number")],
)
def test_asked_without_what_it_needs_is_refused_beside_the_field(
    family: Family, kind: str, field: str
) -> None:
    with pytest.raises(CannotAsk) as caught:
        asked(family.by, family.first, kind, **{field: " "})
    assert caught.value.field == field


def test_asked_elsewhere_is_refused(world: World, family: Family) -> None:
    with pytest.raises(CannotAsk):
        asked(world.outsider, family.first, "export")
    with pytest.raises(CannotAsk):
        asked(world.privacy_officer, family.first, "export")


def test_rectify_is_decided_then_done(world: World, family: Family) -> None:
    request = asked(world.community_worker, family.first, "rectify")
    with pytest.raises(CannotDecide):
        agree(by=world.community_worker, request=request)
    assert agree(by=world.coordinator, request=request).state == RequestState.TO_DO
    with pytest.raises(CannotDecide):
        agree(by=world.coordinator, request=request)
    with pytest.raises(CannotDecide):
        finish(by=world.coordinator, request=request, answer=" ")
    done = finish(by=world.coordinator, request=request, answer="Aangepast en gezegd.")
    assert done.state == RequestState.DONE
    assert done.answered_at


def test_refuse_needs_a_ground_of_the_law(world: World, family: Family) -> None:
    request = asked(family.by, family.first, "rectify")
    with pytest.raises(CannotDecide) as caught:
        refuse(by=world.coordinator, request=request, ground="zomaar", answer="Nee")
    assert caught.value.field == "ground"
    assert refuse(by=world.coordinator, request=request, ground="correct", answer="Het klopt.").is_answered
    with pytest.raises(IntegrityError), transaction.atomic():
        RightsRequest.objects.filter(pk=request.pk).update(refusal_ground="")


def test_withdrawn_request_is_answered(world: World, family: Family) -> None:
    request = asked(family.by, family.first, "rectify")
    assert withdraw(by=world.coordinator, request=request, answer="Hoeft niet meer.").is_answered


def test_extend_once_with_a_reason_within_the_month(world: World, family: Family) -> None:
    request = asked(family.by, family.first, "rectify")
    with pytest.raises(CannotDecide) as caught:
        extend(by=world.privacy_officer, request=request, reason="")
    assert caught.value.field == "reason"
    with pytest.raises(CannotDecide, match="maand is voorbij"):
        extend(
            by=world.privacy_officer,
            request=request,
            reason="Veel werk",
            now=timezone.now() + dt.timedelta(days=60),
        )
    due = request.due_on
    assert extend(by=world.privacy_officer, request=request, reason="Veel dossiers").due_on > due
    with pytest.raises(CannotDecide, match="al één keer"):
        extend(by=world.privacy_officer, request=request, reason="Nog eens")


def _restricted(world: World, family: Family) -> Restriction:
    request = asked(family.by, family.first, "restrict")
    restriction = agree(by=world.coordinator, request=request).restriction
    assert restriction is not None
    return restriction


def test_restricted_case_is_there_for_coordinator_and_lead_alone(world: World, family: Family) -> None:
    def sees(user: object) -> bool:
        return Case.objects.visible_to(user).filter(pk=family.case.pk).exists()  # type: ignore[arg-type]

    assert all(sees(user) for user in (world.coordinator, world.community_worker, world.lawyer))
    restriction = _restricted(world, family)
    assert sees(world.coordinator)
    assert sees(world.community_worker)  # the lead
    assert not sees(world.lawyer)
    assert Case.objects.visible_to(world.lawyer).filter(pk=world.case.pk).exists()
    assert not Person.objects.visible_to(world.lawyer).filter(pk=family.first.pk).exists()
    assert Person.objects.visible_to(world.community_worker).filter(pk=family.first.pk).exists()
    lift_restriction(by=world.coordinator, restriction=restriction, reason="Nagekeken: het klopt.")
    assert sees(world.lawyer)


def test_restricted_case_stands_in_no_file(world: World, family: Family, login) -> None:  # type: ignore[no-untyped-def]
    Task.objects.create(
        neighbourhood=world.neighbourhood,
        case=family.case,
        title="Bellen met Kwikstaart",
        assignee=world.coordinator,
        due_on=timezone.localdate(),
        created_by=world.coordinator,
    )
    consent(family, family.second, world, "Om samen te zoeken.")
    signal = make_entry(world, name="Familie Kwikstaart")
    signal.household = family.household
    signal.save()
    make_entry(world, name="Familie Proefman")
    client = login(world.coordinator)
    words = {  # what tells that the family stands in the file, and that another one does
        "cases:case-export": (family.case.number, world.case.number),
        "cases:task-export": (family.case.number, ""),
        "cases:consent-export": (family.case.number, ""),
        "cases:radar-export": ("Kwikstaart", "Proefman"),
    }

    def file(name: str) -> str:
        answer = client.get(reverse(name, args=["csv"]) + "?whose=team&state=all")
        return b"".join(answer.streaming_content).decode()  # type: ignore[arg-type]

    assert [name for name, (own, other) in words.items() if own not in file(name)] == []
    _restricted(world, family)
    assert [name for name, (own, other) in words.items() if own in file(name)] == []
    assert [name for name, (own, other) in words.items() if other not in file(name)] == []


def test_restriction_is_lifted_with_a_reason_by_who_decides(world: World, family: Family) -> None:
    restriction = _restricted(world, family)
    with pytest.raises(CannotDecide):
        lift_restriction(by=world.community_worker, restriction=restriction, reason="Klaar")
    with pytest.raises(CannotDecide) as caught:
        lift_restriction(by=world.coordinator, restriction=restriction, reason=" ")
    assert caught.value.field == "reason"


def test_restricted_twice_is_refused(world: World, family: Family) -> None:
    _restricted(world, family)
    with pytest.raises(CannotAsk, match="al beperkt"):
        asked(family.by, family.first, "restrict")


def test_requests_are_seen_by_who_oversees_and_who_sees_the_person(world: World, family: Family) -> None:
    request = asked(family.by, family.first, "rectify")

    def sees(user: object) -> bool:
        return RightsRequest.objects.visible_to(user).filter(pk=request.pk).exists()  # type: ignore[arg-type]

    assert sees(world.privacy_officer)
    assert sees(world.community_worker)
    assert not sees(world.youth_coach)
    assert not sees(world.partner)
    assert not sees(world.outsider)
    assert not sees(world.manager)
