"""Who looked in my file: for the family, by role and organisation, on paper."""

import datetime as dt
import io
from collections.abc import Callable

import pypdf
import pytest
from django.test import Client
from django.utils import timezone

from accounts.looks import Subject
from accounts.models import AccessEvent, User
from cases.actions.break_glass import break_glass
from cases.looks_of import looks_of, scope_of_case, scope_of_person
from people.models import HouseholdMember, Person
from tests.factories import World

Login = Callable[[User], Client]


def lines(world: World) -> list[str]:
    """Tell of the case over today."""
    today = timezone.localdate()
    return [f"{line.who}: {line.deed}" for line in looks_of(scope_of_case(world.case), today, today)]


def test_lines_tell_roles_and_deeds(world: World, login: Login) -> None:
    login(world.lawyer).get(world.case.get_absolute_url())
    login(world.lawyer).get(f"/households/{world.case.household_id}/")
    login(world.coordinator).get("/cases/export/csv/")
    login(world.community_worker).get(world.other_case.get_absolute_url())  # refused, another case
    assert lines(world) == [
        "coördinator: maakte een lijst waarin uw dossier staat",
        "jurist: bekeek de gegevens van uw gezin",
        "jurist: keek in uw dossier",
    ]


def test_lines_count_the_same_on_one_day_together(world: World, login: Login) -> None:
    client = login(world.lawyer)
    for _n in range(3):
        client.get(world.case.get_absolute_url())
    today = timezone.localdate()
    assert [line.count for line in looks_of(scope_of_case(world.case), today, today)] == [3]


def test_lines_say_why_when_it_was_asked(world: World) -> None:
    break_glass(
        by=world.lawyer,
        case=world.case,
        circle="care",
        emergency="child",
        reason="Het kind is niet op school en niet thuis.",
    )
    today = timezone.localdate()
    (line,) = looks_of(scope_of_case(world.case), today, today)
    assert "een kind is in gevaar" in line.why


def test_lines_of_another_period_are_left_out(world: World, login: Login) -> None:
    login(world.lawyer).get(world.case.get_absolute_url())
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    assert looks_of(scope_of_case(world.case), yesterday, yesterday) == []


def test_person_who_left_a_family_is_told_nothing_of_it_any_more(world: World, login: Login) -> None:
    person = Person.objects.get(family_name="Proefman")
    login(world.lawyer).get(world.case.get_absolute_url())
    today = timezone.localdate()
    assert len(looks_of(scope_of_person(person), today, today)) == 1
    HouseholdMember.objects.filter(person=person).update(
        until_on=today - dt.timedelta(days=1), leave_reason="moved_out"
    )
    assert looks_of(scope_of_person(person), today, today) == []


def test_paper_is_tagged_dutch_and_names_no_colleague(world: World, login: Login) -> None:
    login(world.lawyer).get(world.case.get_absolute_url())
    response = login(world.coordinator).get(f"/cases/{world.case.number}/looks/?pdf=1")
    assert response["Content-Type"] == "application/pdf"
    assert world.case.number.lower() in response["Content-Disposition"]
    reader = pypdf.PdfReader(io.BytesIO(response.content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl"
    text = " ".join(page.extract_text() for page in reader.pages)
    assert "Jurist" in text
    assert "Keek in uw dossier" in text
    for word in ("Lawyer", "Proefman", world.case.title):
        assert word not in text


def test_paper_is_a_look_itself(world: World, login: Login) -> None:
    login(world.coordinator).get(f"/cases/{world.case.number}/looks/?pdf=1")
    event = AccessEvent.objects.latest("pk")
    assert (event.kind, event.subject, event.case_id) == ("printed", Subject.LOG, world.case.pk)
    login(world.privacy_officer).get(f"/access-log/cases/{world.case.number}/")
    assert AccessEvent.objects.latest("pk").kind == "opened"


@pytest.mark.parametrize(
    ("role", "case", "person", "log"),
    [
        ("coordinator", 200, 200, 403),
        ("community_worker", 200, 200, 403),  # the lead
        ("lawyer", 403, 403, 403),
        ("partner", 403, 404, 403),
        ("privacy_officer", 403, 403, 200),
        ("manager", 403, 403, 403),
        ("outsider", 404, 404, 403),
    ],
)
def test_paper_is_made_by_who_answers_for_the_case(
    world: World, login: Login, role: str, case: int, person: int, log: int
) -> None:
    client = login(world.users[role])
    pk = Person.objects.get(family_name="Proefman").pk
    assert client.get(f"/cases/{world.case.number}/looks/").status_code == case
    assert client.get(f"/people/{pk}/looks/").status_code == person
    assert client.get(f"/access-log/cases/{world.case.number}/").status_code == log


@pytest.mark.parametrize(
    "query",
    [
        "from_on=2026-11-23&until_on=2026-11-01",
        "from_on=onzin&until_on=2026-11-01",
        "from_on=0001-01-01&pdf=1",
    ],
)
def test_period_that_makes_no_sense_is_told(world: World, login: Login, query: str) -> None:
    response = login(world.coordinator).get(f"/cases/{world.case.number}/looks/?{query}")
    assert response.status_code == 422
    assert "invalid" in response.content.decode() or response.context["form"].errors
