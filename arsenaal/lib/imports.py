"""Tables from the outside world: CSV and XLSX read safely, with every mistake told per line.

Nothing is ever executed: of a formula only the value that was saved with it is read, and only as text. Size, rows,
columns and cell length are bounded before anything is unpacked.
"""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, BinaryIO

from django.core.files import File
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from arsenaal.lib.errors import ActionError

Source = BinaryIO | File

MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 5000
MAX_COLUMNS = 60
MAX_CELL = 4000  # characters
MAX_UNPACKED = 40 * 1024 * 1024  # what an XLSX may unfold to
MAX_RATIO = 150  # what is packed tighter than this was made to hurt
MAX_PARTS = 400  # files in the package
_ZIP = b"PK\x03\x04"


class FileRefused(ActionError):
    """The file can't be read as a table; the message says why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message, field="file")


@dataclass(frozen=True)
class Column:
    """A column that is looked for. `names` are the headings it may have, in small letters; the first is ours."""

    key: str
    names: tuple[str, ...]
    is_required: bool = False
    max_length: int = 200
    # Text -> value; raises ValueError with a message for the person who made the file.
    clean: Callable[[str], Any] = str


@dataclass(frozen=True)
class Problem:
    """What is wrong on one line of the file (the heading is line 1)."""

    line: int
    message: str


@dataclass(frozen=True)
class Row:
    """One line that could be read."""

    line: int
    values: dict[str, Any]


@dataclass
class Table:
    """What was read: the good lines, and what is wrong with the others."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_table(
    source: Source,
    *,
    size: int,
    columns: Sequence[Column],
    max_bytes: int = MAX_BYTES,
    max_rows: int = MAX_ROWS,
) -> Table:
    """Read a CSV or XLSX file by its content, whatever its name. `size` and `max_bytes` in bytes.

    A line with a mistake is left out and told in `problems`; empty lines are skipped. Raises FileRefused for a file
    that is too large, empty, no table, or that lacks a column.
    """
    if size > max_bytes:
        raise FileRefused(
            _("Dit bestand is te groot. Tot %(max)d MB lukt het wel.") % {"max": max_bytes // (1024 * 1024)}
        )
    source.seek(0)
    content = source.read(max_bytes + 1)
    if not content:
        raise FileRefused(_("Dit bestand is leeg."))
    if len(content) > max_bytes:
        raise FileRefused(
            _("Dit bestand is te groot. Tot %(max)d MB lukt het wel.") % {"max": max_bytes // (1024 * 1024)}
        )
    lines = _xlsx_lines(content, max_rows) if content.startswith(_ZIP) else _csv_lines(content, max_rows)
    return _to_table(lines, columns)


def _decode(content: bytes) -> str:
    """Return the text: UTF-8 with or without mark, UTF-16 with a mark, or else what an older Excel writes."""
    has_mark = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if has_mark else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if "\0" not in text:
            return text
    raise FileRefused(_("Dit is geen tabel die we kunnen lezen. Bewaar ze als CSV of XLSX."))


def _separator(first_line: str) -> str:
    """Return what divides the columns: what stands most in the heading. A Belgian Excel writes semicolons."""
    return max((";", ",", "\t"), key=first_line.count)


def _csv_lines(content: bytes, max_rows: int) -> Iterator[tuple[int, list[str]]]:
    text = _decode(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(first), strict=True)
    before = 0
    try:
        for count, cells in enumerate(reader):
            if count > max_rows:
                raise _too_many(max_rows)
            yield before + 1, [_bounded(cell) for cell in cells[:MAX_COLUMNS]]
            before = reader.line_num
    except csv.Error as error:
        raise FileRefused(
            _("Regel %(line)d is niet te lezen: een aanhalingsteken staat verkeerd.") % {"line": before + 1}
        ) from error


def _too_many(max_rows: int) -> FileRefused:
    return FileRefused(_("Dit bestand heeft meer dan %(max)d regels. Splits het.") % {"max": max_rows})


def _bounded(text: str) -> str:
    return text if len(text) <= MAX_CELL else text[: MAX_CELL + 1]


def _check_package(content: bytes) -> None:
    """Refuse a package that unfolds to far more than it is, or that holds entities, before anything reads it."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
        parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise FileRefused(_("Dit rekenblad is beschadigd. Bewaar het opnieuw als XLSX.")) from error
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * packed + 1024 * 1024:
        raise FileRefused(_("Dit rekenblad is te groot als het uitgepakt wordt. Bewaar het opnieuw als CSV."))
    for part in parts:
        if part.flag_bits & 1:
            raise FileRefused(_("Dit rekenblad heeft een wachtwoord. Bewaar het zonder."))
        if part.filename.endswith((".xml", ".rels")):
            _check_part(package, part)


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read one part in pieces: it may not be longer than it says, nor declare entities."""
    read, tail = 0, b""
    try:
        with package.open(part) as opened:
            while piece := opened.read(256 * 1024):
                read += len(piece)
                seen = (tail + piece).replace(b"\0", b"").upper()
                if read > MAX_UNPACKED or b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
                    raise FileRefused(
                        _("Dit rekenblad bevat iets dat we niet openen. Bewaar het opnieuw als CSV.")
                    )
                tail = piece[-32:]
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as error:
        raise FileRefused(_("Dit rekenblad is beschadigd. Bewaar het opnieuw als XLSX.")) from error


def _xlsx_lines(content: bytes, max_rows: int) -> Iterator[tuple[int, list[str]]]:
    _check_package(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)
        for line, cells in enumerate(rows, 1):
            if line > max_rows + 1:
                raise _too_many(max_rows)
            yield line, [_bounded(_as_text(cell)) for cell in cells]
    except FileRefused:
        raise
    except Exception as error:  # whatever a spreadsheet that was made by hand makes of the library
        raise FileRefused(_("Dit is geen rekenblad dat we kunnen lezen. Bewaar het als CSV.")) from error


def _as_text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float | Decimal) and cell == int(cell):
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return str(cell)


def _heading(text: str) -> str:
    return " ".join(text.replace("\ufeff", "").split()).casefold().rstrip(":*")


def _to_table(lines: Iterator[tuple[int, list[str]]], columns: Sequence[Column]) -> Table:
    heading = next(((line, cells) for line, cells in lines if any(cell.strip() for cell in cells)), None)
    if heading is None:
        raise FileRefused(_("Dit bestand is leeg."))
    found = [_heading(cell) for cell in heading[1]]
    places = {
        column.key: next((found.index(name) for name in column.names if name in found), None)
        for column in columns
    }
    missing = [column.names[0] for column in columns if column.is_required and places[column.key] is None]
    if missing:
        raise FileRefused(
            _(
                "Deze kolom ontbreekt: %(names)s. De eerste regel van het bestand hoort de namen van de "
                "kolommen te zijn."
            )
            % {"names": ", ".join(missing)}
        )
    table = Table()
    for line, cells in lines:
        if any(cell.strip() for cell in cells):
            _read_line(table, line, cells, columns, places)
    return table


def _read_line(
    table: Table, line: int, cells: list[str], columns: Sequence[Column], places: dict[str, int | None]
) -> None:
    values, problems = {}, []
    for column in columns:
        place = places[column.key]
        text = cells[place].strip() if place is not None and place < len(cells) else ""
        name = column.names[0]
        if column.is_required and not text:
            problems.append(_("“%(name)s” is leeg.") % {"name": name})
        elif "\0" in text:
            problems.append(_("“%(name)s” bevat een teken dat we niet kennen.") % {"name": name})
        elif len(text) > column.max_length:
            problems.append(
                _("“%(name)s” is langer dan %(max)d tekens.") % {"name": name, "max": column.max_length}
            )
        else:
            try:
                values[column.key] = column.clean(text)
            except ValueError as error:
                problems.append(f"“{name}”: {error}")
    if problems:
        table.problems += [Problem(line, problem) for problem in problems]
    else:
        table.rows.append(Row(line, values))
