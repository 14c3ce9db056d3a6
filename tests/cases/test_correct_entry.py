"""Corrections: one's own words, once per version, with what stood there still to be read."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases.actions.correct_entry import CannotCorrect, CorrectedMeanwhile, correct_entry, supersede_entry
from cases.actions.log_contact import log_contact
from cases.actions.pin_entry import pin_entry
from cases.actions.write_note import write_note
from cases.models import PinnedEntry, TimelineEntry
from cases.reading import timeline_page
from tests.factories import World

Login = Callable[[User], Client]


@pytest.fixture
def note(world: World) -> TimelineEntry:
    return write_note(
        by=world.community_worker, case=world.case, title="Kachel", body="Van 1988.", goal="housing"
    )


def url(entry: TimelineEntry) -> str:
    return f"/cases/{entry.case.number}/entries/{entry.pk}/correct/"


def test_correction_takes_the_place_and_keeps_the_rest(world: World, note: TimelineEntry) -> None:
    new = correct_entry(by=world.community_worker, entry=note, title="Gaskachel", body="Van 1998.")
    kept = ("case_id", "kind", "circle", "goal", "occurred_at", "author_id", "participants")
    assert [getattr(new, name) for name in kept] == [getattr(note, name) for name in kept]
    row = next(
        row for row in timeline_page(world.case, world.tenancy_lead).rows if row.kind.code == "cases.note"
    )
    assert (row.pk, row.title, row.body) == (new.pk, "Gaskachel", "Van 1998.")
    assert (row.corrected_title, row.corrected) == ("Kachel", "Van 1988.")
    closed = timeline_page(world.case, world.housing_inspector).rows[0]
    assert (closed.corrected, closed.corrected_title) == ("", "")


def test_contact_is_corrected_with_whom_and_title_follows(world: World) -> None:
    entry = log_contact(
        by=world.lawyer,
        case=world.case,
        channel="phone",
        direction="out",
        result="reached",
        with_whom="Jan",
        occurred_at=timezone.now(),
        body="Tekst",
    )
    new = correct_entry(by=world.lawyer, entry=entry, body="Tekst", with_whom="Jef")
    assert (new.title, new.data["with_whom"], new.data["saw_family"]) == ("Gebeld met Jef", "Jef", True)


def test_correction_is_refused_to_others_and_for_what_the_program_wrote(
    world: World, note: TimelineEntry
) -> None:
    with pytest.raises(CannotCorrect):
        correct_entry(by=world.tenancy_lead, entry=note, body="anders")
    opened = TimelineEntry.objects.get(case=world.case, kind="cases.opened")
    with pytest.raises(CannotCorrect):
        correct_entry(by=world.coordinator, entry=opened, body="anders")
    with pytest.raises(CannotCorrect):
        correct_entry(by=world.community_worker, entry=note, title="Kachel", body="Van 1988.")


def test_version_is_corrected_once(world: World, note: TimelineEntry) -> None:
    first = correct_entry(by=world.community_worker, entry=note, body="B")
    with pytest.raises(CorrectedMeanwhile):
        correct_entry(by=world.community_worker, entry=note, body="C")
    assert correct_entry(by=world.community_worker, entry=first, body="C").supersedes_id == first.pk


def test_pin_moves_along(world: World, note: TimelineEntry) -> None:
    pin_entry(by=world.lawyer, case=world.case, entry=write_note(by=world.lawyer, case=world.case, body="x"))
    pin_entry(by=world.community_worker, case=world.case, entry=note)
    new = correct_entry(by=world.community_worker, entry=note, body="B")
    assert PinnedEntry.objects.filter(entry=new).exists()
    assert not PinnedEntry.objects.filter(entry=note).exists()
    assert PinnedEntry.objects.count() == 2


def test_form_shows_what_stands_there_and_page_shows_what_stood_there(
    world: World, login: Login, note: TimelineEntry
) -> None:
    client = login(world.community_worker)
    assert "Van 1988." in client.get(url(note)).content.decode()
    response = client.post(url(note), {"title": "Kachel", "body": "Van <b>1998</b>."})
    assert response.status_code == 302
    html = client.get(f"/cases/{world.case.number}/").content.decode()
    assert "Van &lt;b&gt;1998&lt;/b&gt;." in html
    assert html.index("Wat er eerst stond") < html.index("Van 1988.")


def test_second_correction_of_one_version_is_told_and_loses_nothing(
    world: World, login: Login, note: TimelineEntry
) -> None:
    correct_entry(by=world.community_worker, entry=note, body="Elders verbeterd")
    response = login(world.community_worker).post(url(note), {"title": "", "body": "Mijn woorden"})
    assert response.status_code == 422
    assert "intussen al verbeterd" in response.content.decode()
    assert "Mijn woorden" in response.content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [("tenancy_lead", 403), ("housing_inspector", 404), ("outsider", 404), ("manager", 403)],
)
def test_form_is_for_the_author(
    world: World, login: Login, note: TimelineEntry, role: str, status: int
) -> None:
    assert login(world.users[role]).get(url(note)).status_code == status


def test_entry_of_another_case_is_not_found(world: World, login: Login, note: TimelineEntry) -> None:
    elsewhere = f"/cases/{world.other_case.number}/entries/{note.pk}/correct/"
    assert login(world.tenancy_lead).get(elsewhere).status_code == 404
    assert (
        login(world.tenancy_lead).get(f"/cases/{world.case.number}/entries/999999999999/correct/").status_code
        == 404
    )


@pytest.mark.django_db(transaction=True)
def test_two_corrections_at_the_same_moment_leave_one(django_db_blocker: object) -> None:
    world = World.build()
    note = write_note(by=world.lawyer, case=world.case, body="A")
    barrier, results = threading.Barrier(2), []

    def correct(text: str) -> None:
        barrier.wait()
        try:
            supersede_entry(by=world.lawyer, entry=note, title="T", body=text, data={})
            results.append("done")
        except CorrectedMeanwhile:
            results.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=correct, args=(text,)) for text in "BC"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["done", "told"]
