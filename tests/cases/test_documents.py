"""Documents: in by their content, out only to who may read them, taken away with a reason."""

import datetime as dt
import io
import re
import uuid
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from arsenaal.lib.errors import ChangedMeanwhileError
from arsenaal.lib.uploads import UploadRefused
from cases.actions.checks import BadDateError
from cases.actions.circles import CircleNotYours
from cases.actions.close_case import close_case
from cases.actions.documents import (
    CannotCorrectDocument,
    DocumentIncomplete,
    add_document,
    correct_document,
    remove_document,
)
from cases.actions.locking import CaseIsClosed
from cases.actions.redact_entry import CannotRedact
from cases.models import Consent, Document, TimelineEntry
from tests.arsenaal.papers import hostile_pdf, ordinary_pdf, sent_file
from tests.cases.test_releases import consent
from tests.cases.visits import picture
from tests.factories import World


def add(world: World, **more: Any) -> Document:
    values = {
        "by": world.community_worker,
        "case": world.case,
        "file": sent_file(ordinary_pdf()),
        "title": "Brief van de verhuurder",
        "kind": "letter",
        "circle": "care",
        "description": "Over de huur",
        **more,
    }
    return add_document(**values)


def url(name: str, document: Document) -> str:
    return reverse(f"cases:{name}", args=[document.case.number, document.uuid])


def form(**more: Any) -> dict[str, Any]:
    return {
        "file": sent_file(ordinary_pdf(words="Van het scherm"), "../../brief\u202efdp.exe"),
        "title": "Verslag",
        "kind": "report",
        "dated_on": timezone.localdate().isoformat(),
        "description": "",
        "circle": "care",
        **more,
    }


def test_document_is_kept_under_a_name_that_tells_nothing_and_stands_on_the_timeline(world: World) -> None:
    document = add(world)
    assert re.fullmatch(r"documents/\d{4}/\d{2}/[0-9a-f-]{36}\.pdf", document.file.name)
    entry = document.entry
    assert (entry.kind, entry.circle, entry.title) == ("cases.document", "care", "Brief van de verhuurder")
    assert entry.data["document"] == str(document.uuid)
    assert document.discipline == "opbouwwerker"


def test_document_without_a_circle_lands_in_that_of_the_role(world: World) -> None:
    assert add(world, circle=None).circle == "care"
    assert add(world, by=world.lawyer, circle="").circle == "legal"


def test_document_sent_twice_is_stored_once_per_circle(world: World) -> None:
    first, again = add(world), add(world, title="Anders genoemd", by=world.tenancy_lead)
    assert first == again
    assert TimelineEntry.objects.filter(kind="cases.document").count() == 1
    other = add(world, circle="shared")
    assert other != first, "who shares with the team doesn't learn that the care circle has it"
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=other.pk).update(circle="care")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"title": "  "}, DocumentIncomplete),
        ({"dated_on": timezone.localdate() + dt.timedelta(days=3)}, BadDateError),
        ({"dated_on": dt.date(1950, 1, 1)}, BadDateError),
        ({"circle": "legal"}, CircleNotYours),
        ({"file": sent_file(b"<html><script>alert(1)</script>", "x.pdf")}, UploadRefused),
    ],
)
def test_document_that_makes_no_sense_is_refused_and_nothing_stays(
    world: World, changes: dict[str, Any], error: type[Exception]
) -> None:
    before = default_storage.listdir("")[0]
    with pytest.raises(error):
        add(world, **changes)
    assert not Document.objects.exists()
    assert default_storage.listdir("")[0] == before


def test_document_of_a_closed_case_is_refused(world: World) -> None:
    close_case(by=world.coordinator, case=world.case, outcome="moved_away", summary="Weg.")
    with pytest.raises(CaseIsClosed):
        add(world)


def test_document_corrected_keeps_what_stood_there(world: World) -> None:
    document = add(world)
    changes = {"title": "Aanmaning", "kind": "letter", "dated_on": document.dated_on, "description": "Nieuw"}
    newer = correct_document(by=world.community_worker, document=document, version=1, **changes)
    assert (newer.title, newer.version, newer.entry.supersedes) == ("Aanmaning", 2, document.entry)
    with pytest.raises(ChangedMeanwhileError):
        correct_document(by=world.community_worker, document=document, version=1, **changes)
    with pytest.raises(CannotCorrectDocument):
        correct_document(by=world.tenancy_lead, document=document, version=2, **changes)


def test_document_taken_away_loses_its_file_and_its_words_but_not_that_it_was_there(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    document = add(world)
    correct_document(
        by=world.community_worker, document=document, version=1, title="Tweede", kind="letter",
        dated_on=document.dated_on,
    )  # fmt: skip
    document.refresh_from_db()
    name = document.file.name
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        remove_document(by=world.community_worker, document=document, reason="Verkeerd dossier")
    assert not default_storage.exists(name)
    document.refresh_from_db()
    assert (document.title, document.description, document.file.name) == ("", "", "")
    for entry in TimelineEntry.objects.filter(kind="cases.document"):
        assert (entry.title, entry.body, entry.redaction_reason) == ("", "", "Verkeerd dossier")
        assert "document" not in entry.data
    assert add(world).pk != document.pk, "it can be added again"
    with pytest.raises(CannotRedact):
        remove_document(by=world.community_worker, document=document, reason="Nog eens")


@pytest.mark.parametrize("who", ["housing_inspector", "tenancy_lead", "coordinator", "partner", "outsider"])
def test_document_is_not_taken_away_by_somebody_else(world: World, who: str) -> None:
    with pytest.raises(CannotRedact):
        remove_document(by=world.users[who], document=add(world), reason="Weg ermee")


# the pages


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("community_worker", 200),
        ("tenancy_lead", 200),
        ("lawyer", 404),
        ("housing_inspector", 404),
        ("coordinator", 404),
        ("partner", 404),
        ("outsider", 404),
        ("youth_coach", 404),
        ("manager", 403),
        ("administrator", 403),
        ("privacy_officer", 403),
    ],
)
def test_document_is_out_only_to_its_circle(world: World, login: Any, who: str, status: int) -> None:
    document = add(world)
    client = login(world.users[who])
    for name in ("document", "document-file"):
        assert client.get(url(name, document)).status_code == status
    if status == 200:
        page = client.get(world.case.get_absolute_url()).content.decode()
        assert "Brief van de verhuurder" in page


@pytest.mark.parametrize("who", ["lawyer", "coordinator"])
def test_document_of_another_circle_is_seen_as_closed(world: World, login: Any, who: str) -> None:
    add(world)
    page = login(world.users[who]).get(world.case.get_absolute_url()).content.decode()
    assert "Brief van de verhuurder" not in page
    assert "Over de huur" not in page
    assert "Document toegevoegd door opbouwwerker" in page
    assert "1 document is besloten" in page


def test_document_of_another_case_or_guessed_is_not_found(world: World, login: Any) -> None:
    mine = add(world)
    client = login(world.tenancy_lead)
    for number, name in (
        (world.other_case.number, mine.uuid),
        (world.case.number, uuid.uuid4()),
        (world.outside_case.number, mine.uuid),
    ):
        assert client.get(reverse("cases:document-file", args=[number, name])).status_code == 404
    assert client.get(f"/cases/{world.case.number}/documents/1/").status_code == 404
    assert client.get(f"/cases/{world.case.number}/documents/../../etc/file/").status_code == 404


def test_document_file_can_do_nothing_in_a_browser(world: World, login: Any) -> None:
    document = add(world, title='x"; filename=evil.html <b>é')
    response = login(world.community_worker).get(url("document-file", document))
    assert response["Content-Type"] == "application/pdf"
    assert re.fullmatch(r'attachment; filename="[\w.-]+\.pdf"', response["Content-Disposition"])
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].endswith("sandbox")
    assert "no-store" in response["Cache-Control"]
    photo = add(world, file=sent_file(picture(), "foto.html", "text/html"), title="Foto")
    client = login(world.community_worker)
    inline = client.get(url("document-file", photo))
    assert (inline["Content-Type"], inline["Content-Disposition"][:6]) == ("image/jpeg", "inline")
    saved = client.get(url("document-file", photo) + "?download=1")
    assert saved["Content-Disposition"].startswith("attachment")
    assert "document-picture" in client.get(url("document", photo)).content.decode()


def test_document_view_adds_it_and_gives_its_page(world: World, login: Any) -> None:
    client = login(world.community_worker)
    address = reverse("cases:document-new", args=[world.case.number])
    assert client.get(address).status_code == 200
    response = client.post(address, form())
    document = Document.objects.get()
    assert response["Location"] == url("document", document)
    assert "exe" not in document.file.name
    assert client.get(response["Location"]).status_code == 200


def test_document_view_pressed_twice_adds_one(world: World, login: Any) -> None:
    client = login(world.community_worker)
    address = reverse("cases:document-new", args=[world.case.number])
    for _time in range(2):
        client.post(address, form(submission_token=str(uuid.UUID(int=7))))
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"file": ""}, "file", "Vul dit"),
        ({"file": sent_file(b"")}, "file", "leeg"),
        (
            {"file": sent_file(b"<svg onload=alert(1)>", "x.svg", "image/svg+xml")},
            "file",
            "Dit soort bestand",
        ),
        ({"file": sent_file(b"MZ" + b"\0" * 50, "foto.jpg", "image/jpeg")}, "file", "Dit soort bestand"),
        ({"title": ""}, "title", "Vul dit"),
        ({"title": "x" * 20000}, "title", "140"),
        ({"title": "a\0b"}, "title", "Null"),
        ({"kind": "virus"}, "kind", "virus"),
        ({"circle": "legal"}, "circle", "legal"),
        ({"dated_on": "31-02-2026"}, "dated_on", "datum"),
        ({"dated_on": "9999-01-01"}, "dated_on", "jaar"),
        ({"description": "x" * 401}, "description", "400"),
    ],
)
def test_document_view_says_what_is_wrong_beside_the_field(
    world: World, login: Any, changes: dict[str, Any], field: str, words: str
) -> None:
    client = login(world.community_worker)
    response = client.post(reverse("cases:document-new", args=[world.case.number]), form(**changes))
    assert response.status_code == 422
    assert words.lower() in str(response.context["form"].errors[field]).lower()
    assert not Document.objects.exists()


def test_document_view_keeps_strange_words_as_words(world: World, login: Any) -> None:
    client = login(world.community_worker)
    title = "<script>alert(1)</script> رسالة 😀"
    client.post(reverse("cases:document-new", args=[world.case.number]), form(title=title))
    page = client.get(world.case.get_absolute_url()).content.decode()
    assert "<script>alert(1)" not in page
    assert "رسالة 😀" in page


def test_document_view_refuses_fifty_megabytes(world: World, login: Any) -> None:
    client = login(world.community_worker)
    big = sent_file(b"%PDF-" + b"0" * (50 * 1024 * 1024))
    response = client.post(reverse("cases:document-new", args=[world.case.number]), form(file=big))
    assert response.status_code == 422
    assert "te groot" in str(response.context["form"].errors["file"])


def test_document_that_is_hostile_is_kept_tame(world: World, login: Any) -> None:
    client = login(world.community_worker)
    client.post(reverse("cases:document-new", args=[world.case.number]), form(file=sent_file(hostile_pdf())))
    content = client.get(url("document-file", Document.objects.get())).content
    assert content.startswith(b"%PDF-")
    for word in (b"JavaScript", b"Launch", b"EmbeddedFile", b"SubmitForm"):
        assert word not in content


def test_signed_sheet_hangs_on_its_consent(world: World, login: Any) -> None:
    given = consent(world)
    client = login(world.community_worker)
    address = reverse("cases:document-new", args=[world.case.number])
    page = client.get(f"{address}?consent={given.pk}")
    assert "Ondertekend blad" in page.content.decode()
    client.post(f"{address}?consent={given.pk}", form(circle="shared", file=sent_file(picture())))
    assert Consent.objects.get().sheet == Document.objects.get()
    assert "ondertekend blad" in client.get(world.case.get_absolute_url()).content.decode()
    for nonsense in ("0", "x", "999999999999999999999", "-1"):
        assert client.get(f"{address}?consent={nonsense}").status_code == 404


def test_correct_and_remove_pages(world: World, login: Any) -> None:
    document = add(world)
    client = login(world.community_worker)
    address = url("document-correct", document)
    assert "Brief van de verhuurder" in client.get(address).content.decode()
    data = {"title": "Beter", "kind": "letter", "dated_on": "2026-01-05", "version": "1"}
    assert client.post(address, data).status_code == 302
    stale = client.post(address, {**data, "title": "Ander"})
    assert stale.status_code == 422
    assert "intussen" in stale.content.decode()
    remove = url("document-remove", document)
    assert "ongedaan" in client.get(remove).content.decode()
    assert client.post(remove, {"reason": ""}).status_code == 422
    assert client.post(remove, {"reason": "Fout"}).status_code == 302
    assert client.get(url("document", document)).status_code == 404
    page = client.get(world.case.get_absolute_url()).content.decode()
    assert "Weggehaald door" in page


def test_document_panel_costs_the_same_for_many(
    world: World, login: Any, django_assert_num_queries: Any
) -> None:
    from cases.document_panel import documents_context

    add(world)
    world.community_worker.access  # noqa: B018
    with django_assert_num_queries(3):
        documents_context(world.case, world.community_worker)
    for number in range(4):
        add(world, file=sent_file(ordinary_pdf(words=str(number))))
    with django_assert_num_queries(3):
        documents_context(world.case, world.community_worker)


def test_image_that_is_too_large_to_unfold_is_refused(world: World) -> None:
    out = io.BytesIO()
    from PIL import Image

    Image.new("1", (9000, 9000)).save(out, "PNG")
    with pytest.raises(UploadRefused, match="beeldpunten"):
        add(world, file=sent_file(out.getvalue()))
