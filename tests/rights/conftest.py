"""A family of two with planted sentences, and a queue that nobody takes work out of."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from cases.actions.close_case import close_case
from cases.actions.consents import record_consent
from cases.actions.open_case import open_case
from cases.actions.write_note import write_note
from cases.models import Case
from people.actions.create_person import PersonDetails
from people.actions.members import add_member
from people.models import Household, Person
from rights.actions.ask import ask, expected_number
from rights.actions.rules import load_usual_rules
from rights.models import DestructionList, RetentionRule, RightsRequest
from tests.factories import World, make_household

FIRST, SECOND = "Zebedeus", "Ottoline"
PLANTED_BY_SECOND = "roodborstje-van-ottoline"


@pytest.fixture(autouse=True)
def queued(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What was handed to the queue; nobody takes it out of it."""
    found: list[int] = []

    def enqueue(task: object, *args: int) -> bool:
        found.extend(args)
        return True

    monkeypatch.setattr("rights.queueing.enqueue", enqueue)
    return found


@dataclass
class Family:
    """A case with two people in it."""

    case: Case
    household: Household
    first: Person
    second: Person
    by: User


def make_family(world: World, name: str = "Kwikstaart") -> Family:
    """Make a household of two with a case, led by the community worker."""
    by = world.coordinator
    household = make_household(name, by, world.neighbourhood)
    first = household.members.get().person
    first.given_name, first.phone, first.born_on = FIRST, "0470 99 88 77", dt.date(1980, 2, 3)
    first.reach_note = "Bel na vijf uur"
    first.save()
    second = add_member(
        by=by,
        household=household,
        role="adult",
        from_on=dt.date(2022, 1, 1),
        details=PersonDetails(
            given_name=SECOND, family_name="Nachtegaal", reach_note=PLANTED_BY_SECOND, phone="0470 11 22 33"
        ),
    ).person
    case = open_case(
        by=by,
        neighbourhood=world.neighbourhood,
        lead=world.community_worker,
        title=f"Gezin {name}",
        household=household,
    )
    return Family(case, household, first, second, by)


@pytest.fixture
def family(world: World) -> Family:
    """Two people in one case."""
    return make_family(world)


def asked(by: User, person: Person, kind: str, **more: Any) -> RightsRequest:
    """Write down a request with what each kind needs."""
    fields: dict[str, Any] = {
        "rectify": {"subject": "Mijn geboortejaar is fout.", "wanted": "1981"},
        "restrict": {"restriction_ground": "disputed"},
        "erase": {"number": expected_number(person)},
    }.get(kind, {})
    fields = {"received_on": timezone.localdate(), "identity": "known", **fields, **more}
    return ask(by=by, person=person, kind=kind, **fields)


def consent(family: Family, person: Person, world: World, purpose: str) -> Any:
    """Record a consent of one of the two."""
    return record_consent(
        by=family.by,
        case=family.case,
        person=person,
        recipients=[world.organisations["welfare"]],
        categories=["dwelling"],
        purpose=purpose,
        language="nl",
    )


def note(by: User, case: Case, body: str, circle: str = "shared") -> Any:
    """Write a note."""
    return write_note(by=by, case=case, body=body, circle=circle)


def close(case: Case, by: User, *, years_ago: float = 11) -> Case:
    """Close a case so many years ago."""
    close_case(by=by, case=case, outcome="goal_reached", summary="Het is goed zo.")
    Case.objects.filter(pk=case.pk).update(closed_at=timezone.now() - dt.timedelta(days=365.25 * years_ago))
    case.refresh_from_db()
    return case


@pytest.fixture
def rules(world: World) -> list[RetentionRule]:
    """The usual rules."""
    load_usual_rules(by=world.privacy_officer, neighbourhood=world.neighbourhood)
    return list(RetentionRule.objects.order_by("category"))


def approved(world: World, wanted: DestructionList) -> DestructionList:
    """Approve a list as two people."""
    from rights.actions.lists import approve_list

    for by in (world.coordinator, world.privacy_officer):
        wanted.refresh_from_db()
        wanted = approve_list(by=by, wanted=wanted, version=wanted.version)
    return wanted
