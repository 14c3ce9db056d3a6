"""The official list from a file: what would change, mistakes per line, and attacks."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from arsenaal.lib.imports import Column, FileRefused, read_table
from housing.actions.inspection_import import apply_items, difference, read_items
from housing.actions.inspection_lists import ListRefused, add_item, load_inspection_lists
from housing.models import ItemImport, ReportItem, ReportVersion
from tests.factories import World
from tests.housing.factories import make_building, make_dwelling
from tests.housing.inspections import signed

HEAD = "Officiële code;Deel;Rubriek;Gebrek;Categorieën;Uitleg;Eigen code\n"
COLUMNS = (Column("code", ("code",), True, 20), Column("name", ("naam",), False, 20))


@pytest.fixture
def version(world: World) -> ReportVersion:
    """The provisional list of a self-contained dwelling."""
    load_inspection_lists()
    return ReportVersion.objects.get(report_model="dwelling")


def file(text: str | bytes, name: str = "lijst.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def sheet(*rows: Any) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def read(content: str | bytes) -> Any:
    found = file(content)
    return read_table(found, size=found.size or 0, columns=COLUMNS)


@pytest.mark.parametrize(
    "content",
    [
        "code;naam\n1;één\n".encode(),
        "code;naam\n1;één\n".encode("utf-8-sig"),
        "code;naam\r\n1;één\r\n".encode("cp1252"),
        "code,naam\n1,één\n".encode("utf-16"),
        "Code:\tNaam\n1\téén\n".encode(),
        sheet(["code", "naam"], [1, "één"]),
        sheet([None, None], ["code", "naam"], [1.0, "één"]),
    ],
)
def test_table_is_read_whatever_its_encoding_or_kind(content: bytes) -> None:
    table = read(content)
    assert [row.values for row in table.rows] == [{"code": "1", "name": "één"}]
    assert not table.problems


def test_table_tells_mistakes_by_line_of_the_file() -> None:
    table = read('code;naam\n1;"een\ntwee"\n;leeg\n\n2;' + "x" * 30 + "\n3;goed\n")
    assert [(problem.line, problem.message.split()[0]) for problem in table.problems] == [
        (4, "“code”"),
        (6, "“naam”"),
    ]
    assert [row.line for row in table.rows] == [2, 7]


def test_formulas_are_never_run() -> None:
    book, out = Workbook(), io.BytesIO()
    book.active.append(["code", "naam"])
    book.active.append(["1", "=1+1"])
    book.active.append(['=HYPERLINK("http://x")', "a"])
    book.save(out)
    table = read(out.getvalue())
    assert [row.values for row in table.rows] == [{"code": "1", "name": ""}]
    assert read("code;naam\n=1+1;@x\n").rows[0].values == {"code": "=1+1", "name": "@x"}


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"0" * (60 * 1024 * 1024))
    return out.getvalue()


def _with_entity() -> bytes:
    good, out = zipfile.ZipFile(io.BytesIO(sheet(["code"], ["1"]))), io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for part in good.infolist():
            body = good.read(part)
            if part.filename == "xl/workbook.xml":
                body = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + body
            package.writestr(part.filename, body)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG\r\n\x1a\n\0\0\0",
        b"PK\x03\x04 niets",
        b"naam;iets\n1;2\n",
        b'code;naam\n1;"open',
        b"code\n" + b"1\n" * 5002,
        b"a" * (3 * 1024 * 1024),
        _bomb(),
        _with_entity(),
    ],
)
def test_file_that_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused):
        read(content)


def test_dry_run_changes_nothing_and_yes_does_what_was_shown(world: World, version: ReportVersion) -> None:
    count = version.items.count()
    content = (
        HEAD + "101;C. Woning;Gevaar;Risico op CO-vergiftiging;III;;C-co\n"
        "102;C;Gevaar;Iets nieuws;I, II / 3;;\n"
    )
    run = read_items(
        by=world.administrator, version=version, upload=file(content), source="BVR", certainty="certain"
    )
    assert run.waiting is not None
    found = difference(version, run.waiting.rows)
    assert [row["name"] for row in found.new] == ["Iets nieuws"]
    assert [row.item.code for row in found.changed] == ["C-co"]
    assert len(found.gone) == count - 1
    assert version.items.filter(is_active=True).count() == count
    apply_items(by=world.administrator, waiting=run.waiting)
    item = version.items.get(code="C-co")
    assert (item.official_code, item.group, item.certainty) == ("101", "Gevaar", "certain")
    assert version.items.get(official_code="102").categories == ["I", "II", "III"]
    assert version.items.filter(is_active=True).count() == 2
    assert apply_items(by=world.administrator, waiting=run.waiting).is_empty
    again = read_items(
        by=world.administrator, version=version, upload=file(content), source="BVR", certainty="certain"
    )
    assert again.waiting is not None
    assert difference(version, again.waiting.rows).is_empty


def test_one_mistake_keeps_the_whole_file_out(world: World, version: ReportVersion) -> None:
    content = HEAD + "101;C;x;Goed;III;;\n101;Q;x;Fout;IV;;\n;C;x;Leeg;I;;\n101;C;x;Dubbel;I;;\n"
    run = read_items(
        by=world.administrator, version=version, upload=file(content), source="x", certainty="certain"
    )
    assert run.waiting is None
    assert sorted({problem.line for problem in run.problems}) == [3, 4, 5]
    assert not ItemImport.objects.exists()


def test_list_that_changed_meanwhile_is_shown_again(world: World, version: ReportVersion) -> None:
    content = HEAD + "101;C;Gevaar;Nieuw;III;;\n"
    run = read_items(
        by=world.administrator, version=version, upload=file(content), source="x", certainty="certain"
    )
    add_item(
        by=world.administrator, version=version, official_code="", part="C", group="x", name="Ertussen", help="",
        categories=["I"], certainty="provisional", source="x",
    )  # fmt: skip
    assert run.waiting is not None
    with pytest.raises(ListRefused):
        apply_items(by=world.administrator, waiting=run.waiting)


def test_item_in_a_signed_report_is_not_renamed_by_a_file(world: World, version: ReportVersion) -> None:
    done = signed(world.housing_inspector, make_dwelling(world, make_building(world), "1"), ("C-co", "III"))
    content = HEAD + "101;C;Gevaar;Heel iets anders;III;;C-co\n"
    run = read_items(
        by=world.administrator, version=version, upload=file(content), source="x", certainty="certain"
    )
    assert run.waiting is not None
    apply_items(by=world.administrator, waiting=run.waiting)
    assert done.defects.get().item.name == "Risico op CO-vergiftiging"
    new = ReportItem.objects.get(report_version=version, official_code="101")
    assert (new.name, new.is_active) == ("Heel iets anders", True)
    assert not version.items.get(code="C-co").is_active


def test_pages_of_the_import_from_file_to_yes(world: World, login: Any, version: ReportVersion) -> None:
    client = login(world.administrator)
    url = reverse("housing:inspection-import", args=[version.pk])
    wrong = client.post(url, {"file": file(HEAD + "1;Q;x;y;I;;\n"), "source": "BVR", "certainty": "certain"})
    assert wrong.status_code == 422
    assert "Regel 2" in wrong.content.decode()
    sent = {"file": file(HEAD + "1;C;x;Nieuw <b>;I;;\n"), "source": "BVR", "certainty": "certain"}
    check = client.post(url, sent).headers["Location"]
    body = client.get(check).content.decode()
    assert "Nieuw &lt;b&gt;" in body
    assert client.post(check).status_code == 302
    assert version.items.get(official_code="1").name == "Nieuw <b>"
    assert login(world.housing_inspector).get(check).status_code == 403
