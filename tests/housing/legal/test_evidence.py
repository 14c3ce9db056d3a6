"""The ledger: hashed, append-only, read by the lawyer and who brought it."""

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from arsenaal.lib.uploads import UploadRefused
from arsenaal.lib.wall import beyond_wall
from cases.models import TimelineEntry
from housing.actions.evidence import CannotAddEvidence, CannotWithdraw, add_evidence, withdraw_line
from housing.models import Evidence
from housing.perms import evidence_open_to
from tests.factories import World
from tests.housing.legal.scenery import LegalScene, picture


def test_photo_is_hashed_as_it_is_kept_and_stamped_with_the_moment(scene: LegalScene) -> None:
    evidence = scene.prove(scene.one)
    kept = evidence.file.read()
    assert evidence.file_sha256 == hashlib.sha256(kept).hexdigest()
    assert (evidence.file_type, evidence.file_size) == ("image/jpeg", len(kept))
    assert timezone.now() - evidence.recorded_at < dt.timedelta(minutes=1)
    entry = TimelineEntry.objects.get(case=scene.one, kind="housing.evidence")
    assert entry.circle == "legal"


def test_same_file_twice_is_refused_in_one_ledger_and_not_in_another(scene: LegalScene) -> None:
    scene.prove(scene.one, upload=picture(7))
    with pytest.raises(CannotAddEvidence) as refused:
        scene.prove(scene.one, upload=picture(7))
    assert refused.value.field == "file"
    assert scene.prove(scene.other, upload=picture(7)).pk


@pytest.mark.parametrize("change", [{"title": "Anders"}, {"body": "Anders"}, {"file_sha256": "0" * 64}])
def test_database_refuses_to_change_a_line(scene: LegalScene, change: dict[str, str]) -> None:
    evidence = scene.prove(scene.one)
    with pytest.raises(DatabaseError), transaction.atomic():
        Evidence.objects.filter(pk=evidence.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Evidence.objects.filter(pk=evidence.pk).delete()


def test_withdrawn_line_stays_with_its_reason_and_cannot_come_back(scene: LegalScene) -> None:
    evidence = scene.prove(scene.one)
    with pytest.raises(CannotWithdraw):
        withdraw_line(by=scene.lawyer, line=evidence, reason="  ")
    withdraw_line(by=scene.lawyer, line=evidence, reason="Verkeerde kamer.")
    withdraw_line(by=scene.lawyer, line=evidence, reason="Nog eens.")
    evidence.refresh_from_db()
    assert (evidence.withdrawn_reason, evidence.title) == ("Verkeerde kamer.", "Schimmel")
    with pytest.raises(DatabaseError), transaction.atomic():
        Evidence.objects.filter(pk=evidence.pk).update(
            withdrawn_at=None, withdrawn_by=None, withdrawn_reason=""
        )


def test_worker_adds_for_his_case_and_reads_only_his_own(scene: LegalScene, login: Any) -> None:
    worker = scene.world.community_worker
    own = scene.prove(scene.one, "Mijn foto", by=worker)
    lawyers = scene.prove(scene.one, "Foto van de jurist")
    page = login(worker).get(reverse("housing:case-evidence", args=[scene.one.number])).content.decode()
    assert "Mijn foto" in page
    assert "Foto van de jurist" not in page
    assert "Alleen de jurist leest dit" in page

    def answer(evidence: Evidence) -> int:
        url = reverse("housing:evidence-file", args=[scene.one.number, evidence.uuid])
        return login(worker).get(url).status_code

    assert (answer(own), answer(lawyers)) == (200, 404)
    withdraw = reverse("housing:evidence-withdraw", args=[scene.one.number, "evidence", lawyers.pk])
    assert login(worker).post(withdraw, {"reason": "x"}).status_code == 404


def test_what_is_closed_of_a_colleague_is_not_even_asked(scene: LegalScene, login: Any) -> None:
    """That there is something, of which discipline, since when: no word of it is in an answer of the database."""
    worker, words = scene.world.community_worker, ("titelgeheim", "tekstgeheim", "redengeheim")
    for by in (scene.lawyer, scene.world.tenancy_lead):
        line = scene.prove(scene.one, words[0], by=by, body=words[1])
    withdraw_line(by=scene.lawyer, line=line, reason=words[2])
    scene.prove(scene.one, "Mijn foto", by=worker)
    answers: list[str] = []
    client, url = login(worker), reverse("housing:case-evidence", args=[scene.one.number])
    with patch.object(psycopg.Cursor, "fetchmany", _overheard(psycopg.Cursor.fetchmany, answers)):
        response = client.get(url)
    page = response.content.decode()
    assert "Bewijs van jurist" in page
    assert "Bewijs van teamleider huurbegeleiding" in page
    assert not any(word in " ".join([page, *answers]) for word in words)
    assert any("Mijn foto" in answer for answer in answers)  # what was asked was overheard
    closed = [row["evidence"] for row in response.context["ledger"] if not row["is_open"]]
    assert [sorted(vars(row)) for row in closed] == [["discipline", "is_standing", "recorded_at"]] * 2
    # The first wall by itself.
    with beyond_wall("a test"):
        readable = Evidence.objects.filter(evidence_open_to(worker, scene.one), case=scene.one)
        assert [line.title for line in readable] == ["Mijn foto"]


def _overheard(fetch: Callable[..., Any], answers: list[str]) -> Callable[..., Any]:
    def fetchmany(*args: Any, **kwargs: Any) -> Any:
        answer = fetch(*args, **kwargs)
        answers.append(repr(answer))
        return answer

    return fetchmany


def test_worker_of_another_case_and_other_roles_get_nothing(scene: LegalScene, login: Any) -> None:
    world = scene.world
    evidence = scene.prove(scene.other)
    file_url = reverse("housing:evidence-file", args=[scene.other.number, evidence.uuid])
    page_url = reverse("housing:case-evidence", args=[scene.other.number])
    for url in (file_url, page_url):
        assert login(world.community_worker).get(url).status_code == 404
        for role in (
            "coordinator",
            "housing_inspector",
            "renovation_coach",
            "partner",
            "manager",
            "outsider",
        ):
            assert login(world.users[role]).get(url).status_code == 403, role
    # A file is asked through its own case alone.
    through_other = reverse("housing:evidence-file", args=[scene.one.number, evidence.uuid])
    assert login(world.lawyer).get(through_other).status_code == 404


def test_file_is_served_with_nothing_that_can_act(scene: LegalScene, login: Any) -> None:
    evidence = scene.prove(scene.one, '<script>alert("x")</script>')
    response = login(scene.lawyer).get(
        reverse("housing:evidence-file", args=[scene.one.number, evidence.uuid])
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    page = login(scene.lawyer).get(reverse("housing:case-evidence", args=[scene.one.number])).content
    assert b"<script>alert" not in page


def test_nothing_to_keep_tomorrow_and_a_bad_file_are_refused(world: World) -> None:
    fields: dict[str, Any] = {"by": world.lawyer, "case": world.case, "kind": "letter", "title": "Brief"}
    with pytest.raises(CannotAddEvidence) as nothing:
        add_evidence(about_on=timezone.localdate(), **fields)
    assert nothing.value.field == "file"
    with pytest.raises(CannotAddEvidence):
        add_evidence(about_on=timezone.localdate() + dt.timedelta(days=1), body="Later", **fields)
    upload = SimpleUploadedFile("foto.jpg", b"MZ geen foto")
    with pytest.raises(UploadRefused):
        add_evidence(about_on=timezone.localdate(), upload=upload, **fields)
    assert not Evidence.objects.exists()


def test_form_keeps_what_was_typed_when_the_file_is_refused(scene: LegalScene, login: Any) -> None:
    upload = SimpleUploadedFile("brief.pdf", b"%PDF-1.7 kapot")
    response = login(scene.lawyer).post(
        reverse("housing:evidence-new", args=[scene.one.number]),
        {
            "kind": "letter",
            "title": "Brief ✉️ של",
            "about_on": "2025-01-02",
            "body": "x" * 9000,
            "file": upload,
        },
    )
    assert response.status_code == 422
    assert "Brief ✉️ של" in response.content.decode()
    assert "x" * 9000 in response.content.decode()
