"""The PDF: tagged, titled, in Dutch, with contents, page numbers, charts and everything hidden that must be."""

import io
import json
from typing import Any

import pypdf
import pytest

from reporting.models import Report
from reporting.pdf import file_name, snapshot_pdf

pytestmark = pytest.mark.slow  # draws whole reports


@pytest.fixture
def reader(done: Report) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(done.pdf.read()))


def _text(reader: pypdf.PdfReader) -> str:
    return " ".join("\n".join(page.extract_text() for page in reader.pages).split())


def test_pdf_is_tagged_with_title_and_language(reader: pypdf.PdfReader) -> None:
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "nl"
    assert reader.metadata is not None
    assert reader.metadata.title == "Voortgangsrapport tweede kwartaal 2026 · Arsenaal"
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()


def test_pdf_has_outlines_for_every_chapter(reader: pypdf.PdfReader) -> None:
    titles = _titles(reader.outline)
    for title in ("In het kort", "Woonkwaliteit", "Sociale cohesie en wijkimago", "Hoe we tellen"):
        assert title in titles


def _titles(outline: list[Any]) -> list[str]:
    found = []
    for item in outline:
        found += _titles(item) if isinstance(item, list) else [item["/Title"]]
    return found


def test_pdf_contents_name_the_page_of_each_chapter(reader: pypdf.PdfReader) -> None:
    contents = reader.pages[1].extract_text()
    for title in ("Gezinnen en vertrouwen", "Woonkwaliteit", "Veiligheid en leefbaarheid", "Samenwerken"):
        (line,) = [line for line in contents.splitlines() if line.startswith(title)]
        number = int(line.removeprefix(title).strip(" ."))
        assert title in reader.pages[number - 1].extract_text()


def test_pdf_pages_are_numbered_but_for_the_cover(reader: pypdf.PdfReader) -> None:
    count = len(reader.pages)
    assert count >= 8
    assert f"1 / {count}" not in reader.pages[0].extract_text()
    for number, page in enumerate(reader.pages, 1):
        assert number == 1 or f"{number} / {count}" in page.extract_text()


def test_pdf_shows_the_figures_of_the_snapshot(done: Report, reader: pypdf.PdfReader) -> None:
    text = _text(reader)
    for section in done.snapshot["sections"]:
        for figure in section["figures"]:
            assert f"{figure['shown']} {figure['below']}" in text
            assert " ".join(figure["definition"].split()) in text
    assert "<5" in text
    assert "verborgen" in text


def test_pdf_has_a_chart_with_alternative_text_for_every_chapter(
    done: Report, reader: pypdf.PdfReader
) -> None:
    found = _alternatives(reader.trailer["/Root"]["/StructTreeRoot"])
    charts = [section["chart"]["alt"] for section in done.snapshot["sections"]]
    assert len(charts) == 5
    assert set(charts) <= set(found)


def _alternatives(element: Any, depth: int = 0) -> list[str]:
    element = element.get_object()
    if not isinstance(element, dict) or depth > 40:
        return []
    found = [str(element["/Alt"])] if "/Alt" in element else []
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        if not isinstance(child, int):
            found += _alternatives(child, depth + 1)
    return found


def test_pdf_of_words_with_markup_shows_them_as_words(done: Report) -> None:
    snapshot = json.loads(json.dumps(done.snapshot))
    snapshot["neighbourhood"] = "<script>alert(1)</script><img src=x>"
    text = _text(pypdf.PdfReader(io.BytesIO(snapshot_pdf(snapshot))))
    assert "<script>alert(1)</script><img src=x>" in text


def test_pdf_file_name_says_where_and_when(done: Report) -> None:
    assert file_name(done.snapshot) == "voortgangsrapport-arsenaal-2026-04-01-2026-06-30.pdf"
