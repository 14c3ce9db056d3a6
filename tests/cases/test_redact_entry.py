"""Taking words away: everywhere they stand, once, with who and why left behind."""

import json
from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases.actions.change_trust import change_trust
from cases.actions.correct_entry import correct_entry
from cases.actions.log_contact import log_contact
from cases.actions.redact_entry import CannotRedact, redact_entry
from cases.actions.write_note import write_note
from cases.models import Case, TimelineEntry, TrustChange, Visit, VisitObservation, VisitPhoto, VisitWords
from cases.timeline import record
from tests.factories import World

Login = Callable[[User], Client]


@pytest.fixture
def note(world: World) -> TimelineEntry:
    return write_note(
        by=world.lawyer, case=world.case, title="Geheim", body="Naam van de buur", circle="shared"
    )


def url(entry: TimelineEntry) -> str:
    return f"/cases/{entry.case.number}/entries/{entry.pk}/redact/"


def test_redaction_leaves_who_when_and_why(world: World, login: Login, note: TimelineEntry) -> None:
    client = login(world.lawyer)
    assert "Naam van de buur" in client.get(url(note)).content.decode()
    assert client.post(url(note), {"reason": "verkeerd dossier"}).status_code == 302
    note.refresh_from_db()
    assert (note.title, note.body, note.data, note.redacted_by) == ("", "", {}, world.lawyer)
    html = client.get(f"/cases/{world.case.number}/").content.decode()
    assert "Weggehaald door Lawyer Test op" in html
    assert "verkeerd dossier" in html
    assert "Naam van de buur" not in html


def test_redaction_reaches_the_versions_before(world: World, note: TimelineEntry) -> None:
    newest = correct_entry(by=world.lawyer, entry=note, body="Naam van de andere buur")
    redact_entry(by=world.lawyer, entry=newest, reason="namen")
    assert not TimelineEntry.objects.filter(body__contains="buur").exists()
    with pytest.raises(CannotRedact):
        redact_entry(by=world.lawyer, entry=note, reason="nog eens")


def test_corrected_version_is_redacted_through_the_newest(world: World, note: TimelineEntry) -> None:
    correct_entry(by=world.lawyer, entry=note, body="B")
    with pytest.raises(CannotRedact):
        redact_entry(by=world.lawyer, entry=note, reason="x")


def test_redacted_visit_keeps_that_it_happened_and_loses_its_story(
    world: World, django_capture_on_commit_callbacks: Callable
) -> None:
    data = {
        "result": "met",
        "result_label": "gesproken",
        "present": "Jef en Mia",
        "agreed": "Kachel uit",
        "observations": [{"label": "geldzorgen", "severity": 3}],
        "photos": ["x"],
        "chips": ["geldzorgen"],
        "saw_family": True,
    }
    entry = record(
        "cases.visit",
        case=world.case,
        by=world.community_worker,
        title="Gesproken",
        body="Verhaal",
        data=data,
    )
    visit = Visit.objects.create(
        case=world.case,
        state="done",
        purpose="follow_up",
        visited_at=timezone.now(),
        result="met",
        entry=entry,
        created_by=world.community_worker,
    )
    VisitWords.objects.create(visit=visit, present="Jef en Mia", narrative="Verhaal", agreed="Kachel uit")
    VisitObservation.objects.create(visit=visit, sighting="money", severity=3)
    photo = VisitPhoto(
        case=world.case,
        visit=visit,
        visit_uuid=visit.uuid,
        source_digest="x",
        width=1,
        height=1,
        added_by=world.community_worker,
    )
    photo.file.save("a.jpg", ContentFile(b"x"), save=False)
    photo.thumbnail.save("b.jpg", ContentFile(b"x"))
    with django_capture_on_commit_callbacks(execute=True):
        redact_entry(by=world.community_worker, entry=entry, reason="op vraag van het gezin")
    assert not VisitPhoto.objects.exists()
    assert not VisitObservation.objects.exists()
    assert not default_storage.exists(photo.file.name)
    visit.refresh_from_db()
    entry.refresh_from_db()
    assert (visit.words.present, visit.words.narrative, visit.words.agreed, visit.result) == (
        "",
        "",
        "",
        "met",
    )
    assert entry.data == {"result": "met", "result_label": "gesproken", "saw_family": True}
    left = json.dumps([entry.title, entry.body, entry.data])
    for word in ("Jef", "Kachel", "geldzorgen", "Verhaal"):
        assert word not in left


def test_redacted_contact_and_trust_lose_names_and_event(world: World) -> None:
    contact = log_contact(
        by=world.lawyer,
        case=world.case,
        channel="phone",
        direction="in",
        result="no_answer",
        with_whom="Mia",
        occurred_at=timezone.now(),
    )
    assert "with_whom" not in redact_entry(by=world.lawyer, entry=contact, reason="x").data
    change_trust(by=world.lawyer, case=world.case, to_stage=2, event="Mia vertelde het")
    entry = TimelineEntry.objects.get(kind="cases.trust")
    redact_entry(by=world.lawyer, entry=entry, reason="x")
    assert TrustChange.objects.get().event == "(weggehaald)"


def test_redaction_is_for_author_and_lead_and_needs_a_reason(world: World, note: TimelineEntry) -> None:
    for user in (world.coordinator, world.tenancy_lead):
        with pytest.raises(CannotRedact):
            redact_entry(by=user, entry=note, reason="x")
    with pytest.raises(CannotRedact):
        redact_entry(by=world.lawyer, entry=note, reason=" ")
    assert (
        redact_entry(by=world.community_worker, entry=note, reason="namen").redacted_by
        == world.community_worker
    )


def test_lead_can_not_redact_what_he_can_not_read(world: World, login: Login) -> None:
    legal = write_note(by=world.lawyer, case=world.case, body="Dossierstuk")
    assert login(world.community_worker).get(url(legal)).status_code == 404
    with pytest.raises(CannotRedact):
        redact_entry(by=world.community_worker, entry=legal, reason="x")


def test_redaction_works_in_a_closed_case(world: World, note: TimelineEntry) -> None:
    Case.objects.filter(pk=world.case.pk).update(
        state="closed", outcome="partly", closed_at=timezone.now(), closed_by=world.lawyer
    )
    note.case.refresh_from_db()
    assert redact_entry(by=world.lawyer, entry=note, reason="x").body == ""


def test_database_lets_redaction_only_take_words_away(world: World, note: TimelineEntry) -> None:
    who = {"redacted_at": timezone.now(), "redacted_by": world.lawyer, "redaction_reason": "x", "body": ""}
    for change in ({"title": "Iets anders"}, {"title": "", "data": {"nieuw": 1}}):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            TimelineEntry.objects.filter(pk=note.pk).update(**who, **change)


@pytest.mark.parametrize(("role", "status"), [("tenancy_lead", 403), ("outsider", 404), ("manager", 403)])
def test_form_is_for_author_and_lead(
    world: World, login: Login, note: TimelineEntry, role: str, status: int
) -> None:
    assert login(world.users[role]).get(url(note)).status_code == status


def test_form_without_reason_is_refused(world: World, login: Login, note: TimelineEntry) -> None:
    assert login(world.lawyer).post(url(note), {"reason": ""}).status_code == 422
    note.refresh_from_db()
    assert note.body == "Naam van de buur"
