"""PDFs are tagged, in a language, made of our own files only, and the same each time."""

import io
import time

import pypdf
import pytest

from arsenaal.lib.pdf import UnreadableAddressError, html_to_pdf, render_pdf

PAGE = """<!doctype html><html lang="nl"><head><title>Proefstuk</title></head><body>
<h1 class="document-name">Verslag</h1><h2>Eén</h2><p>Gezin Yıldız, Šťastný, Привет, <span dir="rtl">مرحبا</span></p>
<img src="images/a.svg" alt="een figuur"></body></html>"""
IMAGE = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


def _read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def test_pdf_is_tagged_titled_and_in_a_language() -> None:
    reader = _read(html_to_pdf(PAGE, images={"a.svg": IMAGE}))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Proefstuk"
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert [item["/Title"] for item in reader.outline if isinstance(item, dict)] == ["Verslag"]


def test_pdf_has_letters_of_every_script_from_its_own_fonts() -> None:
    reader = _read(html_to_pdf(PAGE, images={"a.svg": IMAGE}))
    text = reader.pages[0].extract_text()
    assert "Yıldız, Šťastný, Привет" in text
    fonts = {font.get_object()["/BaseFont"] for font in reader.pages[0]["/Resources"]["/Font"].values()}
    assert fonts
    assert all("Arsenaal" in font for font in fonts)


def test_pdf_made_again_is_the_same() -> None:
    first = html_to_pdf(PAGE, images={"a.svg": IMAGE})
    time.sleep(1.1)
    assert html_to_pdf(PAGE, images={"a.svg": IMAGE}) == first


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/pixel.png",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "static/../manage.py",
        "static//etc/passwd",
        "static/%2e%2e/manage.py",
        "images/nothing.svg",
        "data:image/svg+xml,<svg/>",
    ],
)
def test_pdf_asking_for_something_from_elsewhere_is_refused(address: str) -> None:
    with pytest.raises(UnreadableAddressError):
        html_to_pdf(f'<html lang="nl"><title>x</title><body><img src="{address}" alt=""></body></html>')


def test_pdf_of_a_template_speaks_the_language(tmp_path, settings) -> None:
    (tmp_path / "proof.html").write_text(
        '{% load i18n %}<html lang="{{ language }}"><title>{{ name }}</title><body><p>{{ name }}</p></body></html>'
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    reader = _read(render_pdf("proof.html", {"name": "<b>Gezin</b>"}, language="nl"))
    assert reader.trailer["/Root"]["/Lang"] == "nl"
    assert "<b>Gezin</b>" in reader.pages[0].extract_text()
