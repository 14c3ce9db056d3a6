"""Files from outside: judged by content, scanned, rewritten, kept under a name nobody can guess."""

import io
import re
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from PIL import Image
from pytest_django import Settings

from arsenaal.lib import uploads
from arsenaal.lib.uploads import UnguessablePath, UploadRefused, receive, serve
from tests.arsenaal import clamd
from tests.arsenaal.papers import bomb_pdf, hostile_pdf, new_pdf, ordinary_pdf, saved, sent_file
from tests.cases.visits import picture

MB = 1024 * 1024
MOST = 25 * MB
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def words_of(content: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bom", b"\0" * 10 * MB)
    return out.getvalue()


def test_photo_becomes_a_jpeg_without_its_metadata() -> None:
    exif = Image.Exif()
    exif[0x013B] = "Eigenaar van het toestel"
    sent = picture(exif=exif)
    received = receive(sent_file(sent, "foto.pdf", "application/pdf"), max_bytes=MOST)
    assert (received.content_type, received.extension) == ("image/jpeg", "jpg")
    assert received.size == len(received.content)
    assert b"Eigenaar" in sent
    assert b"Eigenaar" not in received.content


def test_pdf_keeps_its_words_and_its_pages() -> None:
    received = receive(
        sent_file(ordinary_pdf(3, words="Goede morgen"), "foto.jpg", "image/jpeg"), max_bytes=MOST
    )
    assert (received.content_type, received.extension) == ("application/pdf", "pdf")
    assert words_of(received.content).count("Goede morgen") == 3


def test_pdf_that_acts_is_kept_as_one_that_only_shows() -> None:
    sent = hostile_pdf()
    acting = (
        b"JavaScript", b"script-hier", b"Launch", b"calc.exe", b"OpenAction", b"/AA", b"EmbeddedFile",
        b"bijlage-hier", b"AcroForm", b"SubmitForm", b"elders.example", b"postscript-hier", b"maker-hier",
        b"Maker Van Het Stuk",
    )  # fmt: skip
    for word in acting:
        assert word in sent, word
    received = receive(sent_file(sent), max_bytes=MOST)
    with pikepdf.open(io.BytesIO(received.content)) as pdf:
        assert set(pdf.Root.keys()) <= {"/Type", "/Pages"}
        assert not len(pdf.attachments)
        unfolded = saved(
            pdf, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )  # fmt: skip
    for word in acting:
        assert word not in unfolded, word
    assert "Leesbaar" in words_of(received.content)
    assert "Ingevuld" in words_of(received.content)  # what somebody filled in on the form stays


def test_pdf_with_something_glued_behind_it_loses_that() -> None:
    received = receive(sent_file(ordinary_pdf() + b"<script>alert(1)</script>" + zipped()), max_bytes=MOST)
    assert b"<script>" not in received.content
    assert not zipfile.is_zipfile(io.BytesIO(received.content))


@pytest.mark.parametrize("password", ["geheim", ""])
def test_pdf_with_a_password_is_refused(password: str) -> None:
    locked = saved(new_pdf(), encryption=pikepdf.Encryption(owner="baas", user=password))
    with pytest.raises(UploadRefused, match="wachtwoord"):
        receive(sent_file(locked), max_bytes=MOST)


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n", ordinary_pdf()[:150], b"%PDF-1.4\n<html><script>alert(1)</script></html>"]
)
def test_pdf_that_is_broken_is_refused(content: bytes) -> None:
    with pytest.raises(UploadRefused, match="beschadigd"):
        receive(sent_file(content), max_bytes=MOST)


def test_pdf_with_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_PDF_PAGES", 3)
    assert receive(sent_file(ordinary_pdf(3)), max_bytes=MOST)
    with pytest.raises(UploadRefused, match="hoogstens 3 bladzijden"):
        receive(sent_file(ordinary_pdf(4)), max_bytes=MOST)


def test_pdf_without_pages_is_refused() -> None:
    with pytest.raises(UploadRefused, match="geen bladzijden"):
        receive(sent_file(saved(pikepdf.new())), max_bytes=MOST)


def test_pdf_that_unfolds_to_gigabytes_breaks_nothing_but_its_own_process() -> None:
    content = bomb_pdf()
    assert len(content) < 4 * MB
    started = time.monotonic()
    with pytest.raises(UploadRefused, match=r"zwaar|beschadigd"):
        receive(sent_file(content), max_bytes=MOST)
    assert time.monotonic() - started < uploads.PDF_TIMEOUT


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("brief.pdf", b"<!doctype html><script>alert(1)</script>"),
        ("foto.jpg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("foto.jpg", b"MZ\x90\x00" + b"\x00" * 200 + b"This program cannot be run in DOS mode"),
        ("brief.pdf", zipped()),
        ("brief.pdf", b"\x7fELF" + b"\0" * 100),
        ("brief.docx", b"PK\x03\x04" + b"\0" * 100),
        ("../../etc/passwd", b"root:x:0:0:root:/root:/bin/sh\n"),
        ("muziek.jpg", b"ID3\x04" + b"\0" * 100),
        ("brief.pdf", b"GIF89a" + b"\0" * 20 + ordinary_pdf()),
        ("brief.pdf", b"<html>" + ordinary_pdf()),
    ],
)
def test_file_of_another_kind_is_refused_whatever_its_name(name: str, content: bytes) -> None:
    with pytest.raises(UploadRefused, match="Kies een pdf of een foto") as refusal:
        receive(sent_file(content, name, "application/pdf"), max_bytes=MOST)
    assert refusal.value.field == "file"


def test_photo_that_is_cut_off_is_told_as_a_photo() -> None:
    with pytest.raises(UploadRefused, match="foto is niet volledig"):
        receive(sent_file(picture(size=(900, 900))[:2000]), max_bytes=MOST)


def test_only_the_kinds_that_are_asked_come_in() -> None:
    with pytest.raises(UploadRefused, match="pdf lukt hier niet"):
        receive(sent_file(ordinary_pdf()), allow=("image",), max_bytes=MOST)
    with pytest.raises(UploadRefused, match="geen pdf"):
        receive(sent_file(picture()), allow=("pdf",), max_bytes=MOST)


def test_fifty_megabytes_are_refused_without_being_read() -> None:
    class Unread(SimpleUploadedFile):
        def read(self, *_args: object) -> bytes:
            raise AssertionError("read")

    with pytest.raises(UploadRefused, match=r"te groot: \d+ MB\. Tot 25 MB"):
        receive(Unread("brief.pdf", b"%PDF-" + b"0" * 50 * MB), max_bytes=MOST)
    with pytest.raises(UploadRefused, match="leeg"):
        receive(Unread("brief.pdf", b""), max_bytes=MOST)


def test_same_file_has_the_same_digest_and_another_one_not() -> None:
    first, again = (receive(sent_file(ordinary_pdf(words="Een")), max_bytes=MOST) for _time in range(2))
    other = receive(sent_file(ordinary_pdf(words="Twee")), max_bytes=MOST)
    assert first.sha256 == again.sha256 != other.sha256


# the virus scanner


@pytest.fixture
def scanner(settings: Settings) -> Iterator[None]:
    with subprocess.Popen([sys.executable, clamd.__file__], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        settings.CLAMAV_HOST, settings.CLAMAV_PORT = "127.0.0.1", int(process.stdout.readline())
        yield
        process.kill()


def test_scanner_lets_a_clean_file_through(scanner: None) -> None:
    assert receive(sent_file(ordinary_pdf()), max_bytes=MOST).extension == "pdf"


def test_scanner_keeps_a_virus_out(scanner: None) -> None:
    with pytest.raises(UploadRefused, match="virus"):
        receive(sent_file(ordinary_pdf() + EICAR), max_bytes=MOST)


def test_scanner_that_refuses_to_look_keeps_the_file_out(scanner: None) -> None:
    with pytest.raises(UploadRefused, match="Even geduld"):
        receive(sent_file(ordinary_pdf() + b"0" * 1_000_000), max_bytes=MOST)


def test_scanner_that_is_away_keeps_the_file_out(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings.CLAMAV_HOST, settings.CLAMAV_PORT = taken.getsockname()
    with pytest.raises(UploadRefused, match="Even geduld"):
        receive(sent_file(ordinary_pdf()), max_bytes=MOST)


def test_scanner_that_says_nothing_keeps_the_file_out(settings: Settings) -> None:
    settings.CLAMAV_TIMEOUT = 0.3
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.CLAMAV_HOST, settings.CLAMAV_PORT = silent.getsockname()
        with pytest.raises(UploadRefused, match="Even geduld"):
            receive(sent_file(ordinary_pdf()), max_bytes=MOST)


# kept and sent


def test_kept_name_tells_nothing_and_stays_inside_its_folder() -> None:
    path = UnguessablePath("documents")
    names = {path(None, f"../../{number}/gezin.pdf") for number in range(3)}
    assert len(names) == 3
    for name in names:
        assert re.fullmatch(r"documents/\d{4}/\d{2}/[0-9a-f-]{36}\.pdf", name)


def test_sent_file_can_do_nothing_in_a_browser() -> None:
    name = default_storage.save("documents/x.pdf", ContentFile(ordinary_pdf()))
    kept = ContentFile(b"", name=name)
    kept.storage = default_storage
    response = serve(kept, content_type="application/pdf", filename='a/../b"\r\nX: y\u202efdp.pdf')
    disposition = response["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert not re.search(r"[\r\n/\\\u202e]", disposition.replace("attachment", ""))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "script" not in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"
    default_storage.delete(name)
    with pytest.raises(Http404):
        serve(kept, content_type="application/pdf", filename="x.pdf")


def test_cleaner_needs_nothing_of_the_program() -> None:
    """It runs isolated: what it imports must be there without the project on the path."""
    source = Path(uploads.pdf_cleaner.__file__).read_text()
    assert not re.search(r"^(from|import) (arsenaal|django)", source, re.MULTILINE)
