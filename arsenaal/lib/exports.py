"""Lists as a file: CSV that streams, and a spreadsheet. Who may have which rows is decided before this.

A cell that a spreadsheet would run as a formula is made plain text (OWASP, "CSV injection"): the words come
from forms that anybody on the team can fill in, and the file is opened on somebody else's computer.
"""

import csv
import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import IO, Any, TypeVar

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Response = TypeVar("Response", bound=StreamingHttpResponse)
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What Excel, LibreOffice and Google Sheets take for the start of a formula, also after white space.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_CELL_LENGTH = 32_767  # the most that a cell of XLSX holds
_IN_MEMORY = 1024 * 1024  # a bigger spreadsheet goes through a temporary file


class _Echo:
    """A file that hands back what is written to it, so that the CSV writer can stream."""

    def write(self, value: str) -> str:
        return value


def _plain(value: Any) -> Any:
    """Return what a cell can hold: numbers and dates as they are, moments in local time, the rest as text."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal, dt.date)):
        return ILLEGAL_CHARACTERS_RE.sub("", str(value))
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
    return value


def _csv_cell(value: Any) -> str:
    """Return the text of a CSV cell; text that looks like a formula gets an apostrophe in front."""
    plain = _plain(value)
    if isinstance(plain, dt.datetime):
        return plain.strftime("%Y-%m-%d %H:%M")
    text = str(plain)
    if isinstance(plain, str) and (text.lstrip(" \u00a0").startswith(_FORMULA_STARTS)):
        return f"'{text}"
    return text


def csv_lines(headers: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield the lines of a CSV file. A cell that looks like a formula is made plain text."""
    # A semicolon and a byte-order mark: that is how a Dutch or Belgian Excel opens it without asking.
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff"
    yield writer.writerow([_csv_cell(header) for header in headers])
    for row in rows:
        yield writer.writerow([_csv_cell(value) for value in row])


def csv_response(
    filename: str, headers: Sequence[Any], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """Return the rows as a CSV download, sent while it is read. `filename` comes without its extension."""
    response = StreamingHttpResponse(csv_lines(headers, rows), content_type="text/csv; charset=utf-8")
    return _as_download(response, f"{filename}.csv")


def _sheet_cell(sheet: WriteOnlyWorksheet, value: Any) -> WriteOnlyCell:
    plain = _plain(value)
    if not isinstance(plain, str):
        return WriteOnlyCell(sheet, value=plain)
    cell = WriteOnlyCell(sheet, value=plain[:_CELL_LENGTH])
    cell.data_type = "s"  # text stays text: "=1+1" is never a formula
    return cell


def _write_workbook(file: IO[bytes], headers: Sequence[Any], rows: Iterable[Sequence[Any]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for index, header in enumerate(headers, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = max(14, len(str(header)) + 4)
    top = [_sheet_cell(sheet, header) for header in headers]
    for cell in top:
        cell.font, cell.alignment = Font(bold=True), Alignment(vertical="top")
    sheet.append(top)
    for row in rows:
        sheet.append([_sheet_cell(sheet, value) for value in row])
    book.save(file)


def xlsx_response(filename: str, headers: Sequence[Any], rows: Iterable[Sequence[Any]]) -> FileResponse:
    """Return the rows as a spreadsheet download. `filename` comes without its extension.

    Rows are written one by one to a temporary file, so that a long list doesn't fill the memory.
    """
    # Sent by FileResponse, which closes it; a spooled file removes itself.
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    try:
        _write_workbook(file, headers, rows)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return _as_download(FileResponse(file, content_type=XLSX_TYPE), f"{filename}.xlsx")


def pdf_response(filename: str, content: bytes) -> HttpResponse:
    """Return a PDF as a download with this name (without its extension)."""
    return _as_download(HttpResponse(content, content_type="application/pdf"), f"{filename}.pdf")


def _as_download(response: Response, filename: str) -> Response:
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
