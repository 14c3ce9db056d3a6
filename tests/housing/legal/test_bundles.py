"""Bundles read back: contents, numbers on each page, bookmarks, hashes; frozen, and the same when made again."""

import hashlib
import io
import zipfile
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from housing.actions import bundles as bundling
from housing.actions.bundles import (
    CannotMakeBundle,
    compute_bundle,
    request_bundle,
    resume_bundles,
    retry_bundle,
)
from housing.actions.evidence import add_rent_overview
from housing.actions.exhibits import add_exhibits, bundles_holding, withdraw_permission
from housing.actions.rent import record_months
from housing.bundle_files import HASHES, Piece, make_bundle
from housing.models import Bundle, BundleItem
from tests.housing.legal.scenery import LegalScene, month

pytestmark = pytest.mark.slow  # each makes a file of many pages


@pytest.fixture(autouse=True)
def _queue(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker is called by the tests themselves."""
    monkeypatch.setattr(bundling, "enqueue", lambda *args: True)


def letter(pages: int = 2, rotate: int = 0) -> SimpleUploadedFile:
    """A PDF of a few pages."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for _page in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        for page in pdf.pages:
            page.rotate(rotate, relative=False)
        pdf.save(out)
    return SimpleUploadedFile("brief.pdf", out.getvalue())


def made(scene: LegalScene, tenant: Any = None) -> Bundle:
    bundle = request_bundle(by=scene.lawyer, legal_file=scene.legal_file, tenant=tenant)
    assert compute_bundle(bundle_id=bundle.pk)
    bundle.refresh_from_db()
    return bundle


def pages_of(bundle: Bundle) -> list[str]:
    bundle.pdf.open("rb")
    return [page.extract_text() for page in PdfReader(io.BytesIO(bundle.pdf.read())).pages]


@pytest.fixture
def full(scene: LegalScene) -> LegalScene:
    """Four exhibits: of the block, two with permission, one without."""
    scene.exhibit(scene.block, "Kelder onder water")
    scene.permit(scene.exhibit(scene.one, "Aangetekende brief", kind="letter", upload=letter(2)))
    scene.exhibit(scene.one, "Privé: doktersbriefje")
    scene.permit(scene.exhibit(scene.other, "Verklaring", kind="statement", body="Al drie winters <koud>."))
    return scene


def test_bundle_holds_what_is_permitted_with_contents_stamps_and_bookmarks(full: LegalScene) -> None:
    bundle = made(full)
    pages = pages_of(bundle)
    items = list(bundle.items.order_by("exhibit__number"))
    assert [item.exhibit.number for item in items] == [1, 2, 4]
    assert bundle.page_count == len(pages)
    front = "\n".join(pages[: items[0].first_page - 1])
    for words in (
        "Inventaris",
        "Kelder onder water",
        "Aangetekende brief",
        "Verklaring",
        "Huurders tegen Immo",
    ):
        assert words in front
    assert not any("doktersbriefje" in page for page in pages)
    for item in items:
        for at in range(item.pages):
            text = pages[item.first_page - 1 + at]
            assert f"Stuk {item.exhibit.number} · blad {at + 1} van {item.pages}" in text
            assert f"blz. {item.first_page + at}/{len(pages)}" in text
    assert "Al drie winters <koud>." in pages[items[-1].first_page - 1]
    bundle.pdf.open("rb")
    reader = PdfReader(io.BytesIO(bundle.pdf.read()))
    marks = {mark.title: reader.get_destination_page_number(mark) for mark in reader.outline}
    assert marks == {
        "Inhoud": 0,
        "Stuk 1: Kelder onder water": items[0].first_page - 1,
        "Stuk 2: Aangetekende brief": items[1].first_page - 1,
        "Stuk 4: Verklaring": items[2].first_page - 1,
    }


def test_bundle_names_flats_and_no_family(full: LegalScene) -> None:
    text = "\n".join(pages_of(made(full)))
    assert "bus 1" in text
    for name in ("Proefman", "Andersson", full.one.title, full.other.title):
        assert name not in text


def test_bundle_of_one_tenant_holds_nothing_of_another(full: LegalScene) -> None:
    bundle = made(full, full.tenant(full.one))
    assert [item.exhibit.number for item in bundle.items.order_by("exhibit__number")] == [1, 2]
    assert "Verklaring" not in "\n".join(pages_of(bundle))


def test_zip_hashes_verify_and_cover_every_file(full: LegalScene) -> None:
    bundle = made(full)
    bundle.archive.open("rb")
    content = bundle.archive.read()
    assert bundle.archive_sha256 == hashlib.sha256(content).hexdigest()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sums = dict(reversed(line.split("  ", 1)) for line in archive.read(HASHES).decode().splitlines())
        assert set(archive.namelist()) == {*sums, HASHES}
        assert all(hashlib.sha256(archive.read(name)).hexdigest() == digest for name, digest in sums.items())
        kept = {item.exhibit.number: item.sha256 for item in bundle.items.select_related("exhibit")}
        assert {sums[name] for name in sums if name.startswith("stuk-")} == set(kept.values())
        assert "doktersbriefje" not in archive.read("inventaris.csv").decode()
    # What was kept as a file is in the ZIP as it was kept.
    photo = bundle.items.get(exhibit__number=1)
    assert photo.sha256 == photo.exhibit.evidence.file_sha256


def test_made_again_from_the_same_the_bytes_are_the_same(full: LegalScene) -> None:
    bundle = made(full)
    piece = Piece(
        number=1,
        title="=HYPERLINK(1)",
        kind="brief",
        whose="bus 1",
        about="1 mei 2025",
        recorded="2 mei 2025",
        content_type="application/pdf",
        content=letter(3, rotate=90).read(),
        body="",
        rows=[],
        total={},
    )
    first, second = (make_bundle(bundle.contents, [piece]) for _ in range(2))
    assert first.pdf == second.pdf
    assert first.archive == second.archive
    with zipfile.ZipFile(io.BytesIO(first.archive)) as archive:
        assert "'=HYPERLINK" in archive.read("inventaris.csv").decode()
    page = PdfReader(io.BytesIO(first.pdf)).pages[first.placed[0].first_page - 1]
    assert "Stuk 1 · blad 1 van 3" in page.extract_text()


def test_finished_bundle_never_changes(full: LegalScene) -> None:
    bundle = made(full)
    for change in ({"pdf_sha256": "0" * 64}, {"state": "failed", "error": "x"}):
        with pytest.raises(IntegrityError, match="finished bundle"), transaction.atomic():
            Bundle.objects.filter(pk=bundle.pk).update(**change)
    with pytest.raises(IntegrityError, match="finished bundle"), transaction.atomic():
        BundleItem.objects.filter(bundle=bundle).update(first_page=9)
    assert not compute_bundle(bundle_id=bundle.pk)
    assert made(full).number == bundle.number + 1


def test_withdrawn_permission_leaves_later_bundles_and_names_the_earlier(
    full: LegalScene, login: Any
) -> None:
    first = made(full)
    exhibit = first.items.get(exhibit__number=2).exhibit
    held = withdraw_permission(by=full.lawyer, permission=exhibit.permissions.get(), how="oral")
    assert held == [first] == bundles_holding(exhibit)
    second = made(full)
    assert [item.exhibit.number for item in second.items.order_by("exhibit__number")] == [1, 4]
    page = login(full.lawyer).get(full.legal_file.get_absolute_url()).content.decode()
    assert "stuk 2 mag niet meer" in page


def test_permission_withdrawn_while_the_bundle_is_made_keeps_the_exhibit_out(
    full: LegalScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = request_bundle(by=full.lawyer, legal_file=full.legal_file)
    permission = full.legal_file.exhibits.get(number=2).permissions.get()
    real = bundling.make_bundle

    def slow(*args: Any, **kwargs: Any) -> Any:
        files = real(*args, **kwargs)
        withdraw_permission(by=full.lawyer, permission=permission, how="oral")
        return files

    monkeypatch.setattr(bundling, "make_bundle", slow)
    assert not compute_bundle(bundle_id=bundle.pk)
    bundle.refresh_from_db()
    assert (bundle.state, bundle.attempts, bundle.items.count()) == ("requested", 0, 0)
    monkeypatch.setattr(bundling, "make_bundle", real)
    assert compute_bundle(bundle_id=bundle.pk)
    assert [item.exhibit.number for item in bundle.items.order_by("exhibit__number")] == [1, 4]


def test_nothing_permitted_makes_no_bundle(scene: LegalScene, login: Any) -> None:
    scene.exhibit(scene.one)
    with pytest.raises(CannotMakeBundle):
        request_bundle(by=scene.lawyer, legal_file=scene.legal_file)
    response = login(scene.lawyer).post(reverse("housing:bundle-new", args=[scene.legal_file.pk]), {})
    assert response.status_code == 422
    assert not Bundle.objects.exists()


def test_three_failures_are_told_and_can_be_tried_again(
    full: LegalScene, monkeypatch: pytest.MonkeyPatch, login: Any
) -> None:
    bundle = request_bundle(by=full.lawyer, legal_file=full.legal_file)

    def broken(*args: Any, **kwargs: Any) -> Any:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(bundling, "make_bundle", broken)
        for _ in range(3):
            assert not compute_bundle(bundle_id=bundle.pk)
    bundle.refresh_from_db()
    assert bundle.state == "failed"
    assert "niet gelukt" in login(full.lawyer).get(bundle.get_absolute_url()).content.decode()
    retry_bundle(by=full.lawyer, bundle=bundle)
    assert compute_bundle(bundle_id=bundle.pk)


def test_sweep_queues_what_nobody_works_on(full: LegalScene) -> None:
    request_bundle(by=full.lawyer, legal_file=full.legal_file)
    assert resume_bundles() == 1
    assert resume_bundles() == 0


def test_rent_overview_is_frozen_as_an_exhibit(full: LegalScene) -> None:
    record_months(by=full.lawyer, case=full.one, entries=[month(1), month(0, paid="1234567.89", due="650")])
    evidence = add_rent_overview(by=full.lawyer, case=full.one)
    (exhibit,) = add_exhibits(by=full.lawyer, legal_file=full.legal_file, evidence=[evidence])
    full.permit(exhibit)
    bundle = made(full)
    text = pages_of(bundle)[bundle.items.get(exhibit=exhibit).first_page - 1]
    assert "1.234.567,89" in text
    assert "1.235.217,89" in text


def test_pages_and_files_of_a_bundle_are_for_the_lawyer(full: LegalScene, login: Any) -> None:
    bundle = made(full)
    client = login(full.lawyer)
    page = client.get(bundle.get_absolute_url()).content.decode()
    assert bundle.pdf_sha256 in page
    for kind, start in (("pdf", b"%PDF"), ("zip", b"PK")):
        response = client.get(reverse("housing:bundle-file", args=[bundle.uuid, kind]))
        assert response.content.startswith(start)
        assert "attachment" in response["Content-Disposition"]
        assert "Proefman" not in response["Content-Disposition"]
    assert client.get(reverse("housing:bundle-file", args=[bundle.uuid, "exe"])).status_code == 404
    for role in ("coordinator", "tenancy_lead", "community_worker", "housing_inspector"):
        assert login(full.world.users[role]).get(bundle.get_absolute_url()).status_code == 403
