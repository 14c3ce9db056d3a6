"""Files of lists: safe to open in a spreadsheet, complete, and never a formula."""

import csv
import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from django.http import StreamingHttpResponse

from arsenaal.lib.exports import csv_response, xlsx_response

FORMULAS = ['=HYPERLINK("http://x")', "+1+1", "-2", "@SUM(A1)", "\t=1", " =1+1", "＝1"]


def read_csv(response: StreamingHttpResponse) -> list[list[str]]:
    text = b"".join(response).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def read_xlsx(response: Any) -> list[list[Any]]:
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response)))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_formula_becomes_text(text: str) -> None:
    rows = read_csv(csv_response("x", ["a"], [[text]]))
    assert rows[1] == [f"'{text}"]


@pytest.mark.parametrize("text", FORMULAS)
def test_xlsx_formula_stays_text(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(b"".join(xlsx_response("x", ["a"], [[text]]))))
    cell = book.active["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_csv_keeps_letters_separators_and_negative_numbers() -> None:
    row = ['Yıldız; "de" 🌻\nnieuwe regel', "محمد", -3, None, dt.date(2026, 11, 23)]
    rows = read_csv(csv_response("x", ["a", "b", "c", "d", "e"], [row]))
    assert rows[1] == ['Yıldız; "de" 🌻\nnieuwe regel', "محمد", "-3", "", "2026-11-23"]


def test_moments_are_written_in_local_time() -> None:
    moment = dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC)
    assert read_csv(csv_response("x", ["a"], [[moment]]))[1] == ["2026-07-02 00:30"]
    assert read_xlsx(xlsx_response("x", ["a"], [[moment]]))[1] == [dt.datetime(2026, 7, 2, 0, 30)]


def test_xlsx_survives_what_a_cell_can_not_hold() -> None:
    rows = read_xlsx(xlsx_response("x", ["a", "b"], [["nul\x00 en \x0b", "x" * 40_000]]))
    assert rows[1][0] == "nul en "
    assert len(rows[1][1]) == 32_767


def test_csv_is_sent_while_it_is_read() -> None:
    asked = []

    def rows() -> Any:
        for n in range(3):
            asked.append(n)
            yield [n]

    response = csv_response("lijst", ["a"], rows())
    assert response.streaming
    assert asked == []
    assert len(list(response)) == 5
    assert asked == [0, 1, 2]


def test_downloads_are_private_and_named() -> None:
    for response, name in (
        (csv_response("dossiers", ["a"], []), "dossiers.csv"),
        (xlsx_response("dossiers", ["a"], []), "dossiers.xlsx"),
    ):
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert "no-store" in response["Cache-Control"]
        assert b"".join(response)
