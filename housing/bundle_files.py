"""A bundle as files: one PDF with contents, numbers on every page and bookmarks; one ZIP with a list of hashes.

Pure: everything comes in as plain values, so that made again from the same, the bytes are the same.
"""

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from arsenaal.lib.exports import csv_lines
from arsenaal.lib.pdf import render_pdf

LANGUAGE = "nl"
STYLE = "pdf/bundle.css"
_STAMP_WIDTH, _STAMP_HEIGHT = 270.0, 20.0  # points; as in bundle.css
_MARGIN = 14.0  # points between the stamp and the edge of the page
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that the format knows: it says nothing
HASHES = "SHA256SUMS.txt"
INDEX = "inventaris.csv"


@dataclass(frozen=True)
class Piece:
    """One exhibit: what the index says of it, and what it holds."""

    number: int
    title: str
    kind: str
    whose: str  # "bus 2", "alle huurders": never more than the bundle may tell
    about: str  # the day that it is about
    recorded: str  # when it came into the ledger
    content_type: str  # of `content`; "" for a text
    content: bytes
    body: str
    rows: Sequence[Mapping[str, str]]
    total: Mapping[str, str]

    @property
    def is_pdf(self) -> bool:
        """Tell whether its pages go in as they are."""
        return self.content_type == "application/pdf"


@dataclass(frozen=True)
class Placed:
    """Where a piece ended up, and the hash of its own file."""

    number: int
    sha256: str
    first_page: int
    pages: int


@dataclass(frozen=True)
class BundleFiles:
    """The two files, and where everything is in them."""

    pdf: bytes
    archive: bytes
    placed: Sequence[Placed]
    page_count: int

    @property
    def pdf_sha256(self) -> str:
        """The hash of the PDF."""
        return hashlib.sha256(self.pdf).hexdigest()

    @property
    def archive_sha256(self) -> str:
        """The hash of the ZIP."""
        return hashlib.sha256(self.archive).hexdigest()


def _piece_pdf(piece: Piece) -> bytes:
    """Return a piece as pages: a PDF as it is, a photo or a text on paper."""
    if piece.is_pdf:
        return piece.content
    images = {"photo.jpg": piece.content} if piece.content_type.startswith("image/") else {}
    return render_pdf(
        "housing/legal/bundle_piece_pdf.html",
        {"piece": piece, "has_photo": bool(images)},
        language=LANGUAGE,
        images=images,
        styles=[STYLE],
    )


def _own_file(piece: Piece, pages: bytes) -> tuple[str, bytes]:
    """Return name and content of a piece in the ZIP: what was kept, or the paper that was made of a text."""
    extension = "jpg" if piece.content_type.startswith("image/") else "pdf"
    content = piece.content if piece.content_type else pages
    return f"stuk-{piece.number:03d}-{slugify(piece.title)[:50] or 'zonder-naam'}.{extension}", content


def _front(about: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> bytes:
    return render_pdf(
        "housing/legal/bundle_front_pdf.html",
        {"bundle": about, "rows": rows},
        language=LANGUAGE,
        styles=[STYLE],
    )


def _page_count(pdf: bytes) -> int:
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def _index_rows(
    pieces: Sequence[Piece], hashes: Sequence[str], starts: Sequence[int]
) -> list[dict[str, Any]]:
    return [
        {"piece": piece, "sha256": digest, "page": start}
        for piece, digest, start in zip(pieces, hashes, starts, strict=True)
    ]


def make_bundle(
    about: Mapping[str, Any],
    pieces: Sequence[Piece],
    *,
    on_progress: Callable[[int, str], None] = lambda percent, step: None,
) -> BundleFiles:
    """Return the bundle as files. `about` holds the words of the cover: title, version, made_on, court, parties…

    `on_progress` is told the percentage and the step.
    """
    papers = []
    for at, piece in enumerate(pieces):
        on_progress(5 + 60 * at // max(len(pieces), 1), _("Stuk %(number)d") % {"number": piece.number})
        papers.append(_piece_pdf(piece))
    files = [_own_file(piece, pages) for piece, pages in zip(pieces, papers, strict=True)]
    hashes = [hashlib.sha256(content).hexdigest() for _name, content in files]
    lengths = [_page_count(pages) for pages in papers]
    on_progress(70, _("Inhoudstafel"))
    # The index says on which page a piece begins, and takes pages itself: written twice.
    front_length = _page_count(_front(about, _index_rows(pieces, hashes, [0] * len(pieces))))
    starts, next_page = [], front_length + 1
    for length in lengths:
        starts.append(next_page)
        next_page += length
    front = _front(about, _index_rows(pieces, hashes, starts))
    on_progress(80, _("Nummers op elk blad"))
    pdf = _assemble(front, front_length, pieces, papers, lengths)
    on_progress(92, _("De zip"))
    placed = [
        Placed(piece.number, digest, start, length)
        for piece, digest, start, length in zip(pieces, hashes, starts, lengths, strict=True)
    ]
    archive = _archive([("000-inhoud.pdf", front), *files], pieces, placed)
    return BundleFiles(pdf, archive, placed, next_page - 1)


def _assemble(
    front: bytes,
    front_length: int,
    pieces: Sequence[Piece],
    papers: Sequence[bytes],
    lengths: Sequence[int],
) -> bytes:
    """Put everything behind the front, stamp each page of a piece with its number, and add bookmarks."""
    import pikepdf
    from pikepdf import OutlineItem

    labels = [
        _("Stuk %(number)d · blad %(page)d van %(pages)d")
        % {"number": piece.number, "page": page, "pages": length}
        for piece, length in zip(pieces, lengths, strict=True)
        for page in range(1, length + 1)
    ]
    total = front_length + len(labels)
    stamps_pdf = (
        render_pdf(
            "housing/legal/bundle_stamps_pdf.html",
            {
                "stamps": [
                    {"label": label, "page": front_length + 1 + at} for at, label in enumerate(labels)
                ],
                "total": total,
            },
            language=LANGUAGE,
            styles=[STYLE, "pdf/bundle-stamp.css"],
        )
        if labels
        else b""
    )
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(front)) as whole:
        bookmarks = [(_("Inhoud"), 0)]
        for piece, pages in zip(pieces, papers, strict=True):
            bookmarks.append(
                (
                    _("Stuk %(number)d: %(title)s") % {"number": piece.number, "title": piece.title},
                    len(whole.pages),
                )
            )
            with pikepdf.open(io.BytesIO(pages)) as paper:
                whole.pages.extend(paper.pages)
        if labels:
            with pikepdf.open(io.BytesIO(stamps_pdf)) as stamps:
                for at, (page, stamp) in enumerate(
                    zip(list(whole.pages)[front_length:], stamps.pages, strict=True)
                ):
                    _stamp(page, whole.copy_foreign(stamp.as_form_xobject()), at)
        with whole.open_outline() as outline:
            outline.root.clear()
            outline.root.extend(OutlineItem(title, at) for title, at in bookmarks)
        whole.remove_unreferenced_resources()
        whole.save(out, deterministic_id=True)
    return out.getvalue()


def _stamp(page: Any, stamp: Any, at: int) -> None:
    """Lay the stamp over the top right corner as one sees the page, also when the page was turned.

    `Page.add_overlay` does the same under a random name; here the same bundle must be the same bytes. Pages can share
    their resources, so each stamp has a name of its own.
    """
    from pikepdf import Name, Rectangle

    box = Rectangle(page.trimbox)
    wide = min(_STAMP_WIDTH, box.width if page.rotation % 180 == 0 else box.height)
    near, far_w, far_h = _MARGIN, _MARGIN + wide, _MARGIN + _STAMP_HEIGHT
    corners = {
        0: (box.urx - far_w, box.ury - far_h, box.urx - near, box.ury - near),
        90: (box.llx + near, box.ury - far_w, box.llx + far_h, box.ury - near),
        180: (box.llx + near, box.lly + near, box.llx + far_w, box.lly + far_h),
        270: (box.urx - far_h, box.lly + near, box.urx - near, box.lly + far_w),
    }
    name = page.add_resource(stamp, Name.XObject, Name(f"/ArsenaalStamp{at}"))
    placed = page.calc_form_xobject_placement(stamp, name, Rectangle(*corners[page.rotation % 360]))
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"Q\n" + placed)


def _archive(files: Sequence[tuple[str, bytes]], pieces: Sequence[Piece], placed: Sequence[Placed]) -> bytes:
    """Return the ZIP: the files, the index as a spreadsheet, and a list of hashes that `sha256sum -c` checks."""
    headers = [_("Stuk"), _("Omschrijving"), _("Soort"), _("Van"), _("Dag"), _("Bladzijde"), "SHA-256"]
    rows = [
        [piece.number, piece.title, piece.kind, piece.whose, piece.about, place.first_page, place.sha256]
        for piece, place in zip(pieces, placed, strict=True)
    ]
    everything = [*files, (INDEX, "".join(csv_lines(headers, rows)).encode())]
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in everything)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [*everything, (HASHES, sums.encode())]:
            archive.writestr(zipfile.ZipInfo(name, _ZIP_TIME), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
