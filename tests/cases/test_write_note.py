"""Notes: kept as typed, in a circle of one's own, once."""

import threading
import uuid
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from cases.actions.circles import CircleNotYours
from cases.actions.locking import CaseIsClosed
from cases.actions.write_note import NothingWritten, TooLong, write_note
from cases.models import Case, TimelineEntry
from tests.factories import World

Login = Callable[[User], Client]


def url(case: Case) -> str:
    return f"/cases/{case.number}/notes/new/"


def notes(case: Case) -> list[TimelineEntry]:
    return list(TimelineEntry.objects.filter(case=case, kind="cases.note"))


def test_note_lands_in_the_circle_of_its_author(world: World) -> None:
    assert write_note(by=world.community_worker, case=world.case, body="x").circle == "care"
    assert write_note(by=world.lawyer, case=world.case, body="x").circle == "legal"
    entry = write_note(by=world.lawyer, case=world.case, body=" x ", circle="shared", goal="housing")
    assert (entry.circle, entry.goal, entry.title, entry.body) == ("shared", "housing", "Notitie", "x")


def test_note_is_refused_in_somebody_elses_circle(world: World) -> None:
    with pytest.raises(CircleNotYours):
        write_note(by=world.housing_inspector, case=world.case, body="x", circle="care")
    assert notes(world.case) == []


def test_note_is_refused_empty_or_too_long(world: World) -> None:
    with pytest.raises(NothingWritten):
        write_note(by=world.lawyer, case=world.case, body="  \n ")
    with pytest.raises(TooLong):
        write_note(by=world.lawyer, case=world.case, body="x" * 20_001)
    assert len(write_note(by=world.lawyer, case=world.case, body="é" * 20_000).body) == 20_000


def test_note_is_refused_in_a_case_that_was_closed_meanwhile(world: World) -> None:
    Case.objects.filter(pk=world.case.pk).update(
        state="closed", outcome="partly", closed_at=world.case.opened_at, closed_by=world.lawyer
    )
    with pytest.raises(CaseIsClosed):
        write_note(by=world.lawyer, case=world.case, body="x")


def test_form_keeps_the_note_and_leads_to_it(world: World, login: Login) -> None:
    client = login(world.community_worker)
    assert 'name="circle"' in client.get(url(world.case)).content.decode()
    response = client.post(
        url(world.case), {"body": "Regel 1\r\nRegel 2", "circle": "shared", "title": "Kop"}
    )
    (entry,) = notes(world.case)
    assert response["Location"] == f"/cases/{world.case.number}/#entry-{entry.pk}"
    assert (entry.title, entry.body, entry.circle) == ("Kop", "Regel 1\nRegel 2", "shared")
    assert "Je notitie staat op de tijdlijn" in client.get(response["Location"]).content.decode()


def test_form_offers_no_choice_where_there_is_none(world: World, login: Login) -> None:
    assert 'name="circle"' not in login(world.coordinator).get(url(world.case)).content.decode()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"body": ""}, "Vul dit nog in"),
        ({"body": "x", "circle": "enforcement"}, "enforcement"),
        ({"body": "x", "goal": "nonsense"}, "nonsense"),
        ({"body": "nul\x00byte"}, ""),
    ],
)
def test_form_refuses_beside_the_field(
    world: World, login: Login, data: dict[str, str], message: str
) -> None:
    response = login(world.community_worker).post(url(world.case), data)
    assert response.status_code == 422
    assert message in response.content.decode()
    assert notes(world.case) == []


def test_form_with_20000_characters_is_kept_and_with_one_more_nothing_is_lost(
    world: World, login: Login
) -> None:
    client = login(world.community_worker)
    long = "woord\r\n" * 3333 + "xx"  # 20,000 characters with each end of line counted once
    assert client.post(url(world.case), {"body": long}).status_code == 302
    text = "y" * 20_001
    response = client.post(url(world.case), {"body": text})
    assert response.status_code == 422
    assert text in response.content.decode()
    assert "te lang" in response.content.decode()
    assert "maxlength" not in response.content.decode().split("<textarea")[1].split(">")[0]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("partner", 200),
        ("cohesion_coach", 404),
        ("outsider", 404),
        ("manager", 403),
        ("privacy_officer", 403),
    ],
)
def test_form_is_for_the_team(world: World, login: Login, role: str, status: int) -> None:
    assert login(world.users[role]).get(url(world.case)).status_code == status


def test_form_is_closed_in_a_closed_case(world: World, login: Login) -> None:
    Case.objects.filter(pk=world.case.pk).update(
        state="closed", outcome="partly", closed_at=world.case.opened_at, closed_by=world.lawyer
    )
    client = login(world.community_worker)
    assert client.get(url(world.case)).status_code == 403
    assert client.post(url(world.case), {"body": "x"}).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_note_sent_twice_at_the_same_moment_is_written_once() -> None:
    world = World.build()
    token, answers = str(uuid.uuid4()), []
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(world.community_worker, backend="django.contrib.auth.backends.ModelBackend")
    barrier = threading.Barrier(2)

    def send(client: Client) -> None:
        barrier.wait()
        try:
            response = client.post(url(world.case), {"body": "Eén keer", "submission_token": token})
            answers.append((response.status_code, response["Location"]))
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(notes(world.case)) == 1
    assert len(set(answers)) == 1
    assert answers[0][0] == 302
