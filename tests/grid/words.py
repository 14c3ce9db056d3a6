"""What somebody reads in an answer, whatever it is: a page, a paper, a table, an archive."""

import io
import mimetypes
import zipfile
from functools import lru_cache
from typing import Any

from openpyxl import load_workbook
from pypdf import PdfReader


def words_in(response: Any) -> str:
    """Return what somebody reads in a response."""
    content = response.streamed if response.streaming else response.content
    return words_of(response.headers.get("Content-Type", ""), content)


def words_of(kind: str, content: bytes) -> str:
    """Return the text of a page, of a PDF, of the cells of a spreadsheet, of every file of an archive."""
    if "pdf" in kind:
        return _words_of_paper(content)
    if "spreadsheet" in kind:
        sheet = load_workbook(io.BytesIO(content)).active
        return " ".join(str(cell) for line in sheet.iter_rows(values_only=True) for cell in line)
    if "zip" in kind:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
        return " ".join(
            f"{name} {words_of(mimetypes.guess_type(name)[0] or '', held)}" for name, held in inside.items()
        )
    return "" if kind.startswith("image/") and "svg" not in kind else content.decode()


@lru_cache(maxsize=200)  # the same paper is often shown to several people
def _words_of_paper(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
