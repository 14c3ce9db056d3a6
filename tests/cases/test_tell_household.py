"""Who joins or leaves a family is told on the timeline of its open case, by role and not by name."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from cases.models import Case, TimelineEntry
from people.actions.create_person import PersonDetails
from people.actions.members import CannotRemoveMember, add_member, remove_member, undo_removal
from people.models import HouseholdMember
from tests.factories import World

TODAY = timezone.localdate()


def entries(case: Case) -> list[TimelineEntry]:
    return list(TimelineEntry.objects.filter(case=case, kind="cases.household").order_by("pk"))


def join(world: World, **changes: Any) -> HouseholdMember:
    values: dict[str, Any] = {
        "by": world.community_worker,
        "household": world.case.household,
        "role": "newborn",
        "from_on": TODAY - dt.timedelta(days=3),
        "join_reason": "birth",
        "details": PersonDetails("Yasmine", "Geheim"),
        **changes,
    }
    return add_member(**values)


def test_birth_is_told_to_the_whole_team_without_a_name(world: World, login: Any) -> None:
    join(world)
    (entry,) = entries(world.case)
    assert entry.title == "Gezin: pasgeborene kwam erbij"
    assert entry.data["chips"] == ["geboren"]
    assert (entry.circle, entry.author) == ("shared", world.community_worker)
    assert "Yasmine" not in entry.title + entry.body + str(entry.data)
    page = login(world.lawyer).get(world.case.get_absolute_url()).content.decode()
    assert "Gezin: pasgeborene kwam erbij" in page
    assert entries(world.other_case) == []


def test_leaving_and_taking_it_back_are_both_told(world: World) -> None:
    member = join(world, role="partner", join_reason="moved_in")
    remove_member(by=world.lawyer, member=member, leave_reason="moved_out", until_on=TODAY)
    undo_removal(by=world.lawyer, member=member)
    undo_removal(by=world.lawyer, member=member)  # nothing left to undo
    assert [entry.title for entry in entries(world.case)] == [
        "Gezin: partner kwam erbij",
        "Gezin: partner vertrok",
        "Gezin: partner hoort er toch nog bij",
    ]


@pytest.mark.parametrize(
    ("reason", "title"),
    [("deceased", "Gezin: pasgeborene overleden"), ("mistake", "Gezin: pasgeborene weggehaald")],
)
def test_leaving_says_how(world: World, reason: str, title: str) -> None:
    remove_member(by=world.lawyer, member=join(world), leave_reason=reason, until_on=TODAY)
    assert entries(world.case)[-1].title == title


def test_who_was_there_from_the_start_did_not_come(world: World) -> None:
    join(world, role="child", join_reason="start")
    assert entries(world.case)[0].title == "Gezin: kind toegevoegd"


def test_refused_change_leaves_no_trace(world: World) -> None:
    member = join(world)
    with pytest.raises(CannotRemoveMember):
        remove_member(
            by=world.lawyer, member=member, leave_reason="moved_out", until_on=TODAY + dt.timedelta(days=1)
        )
    assert len(entries(world.case)) == 1


def test_closed_case_tells_nothing(world: World) -> None:
    Case.objects.filter(pk=world.case.pk).update(
        state="closed", outcome="goal_reached", closed_at=timezone.now(), closed_by=world.coordinator
    )
    join(world)
    assert entries(world.case) == []
