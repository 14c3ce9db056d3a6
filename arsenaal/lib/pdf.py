"""HTML to PDF: tagged (PDF/UA-1), titled, in a language, with our own fonts, and nothing from the network.

The template is a whole HTML document with `<html lang>`, `<title>` and headings; `static/pdf/base.css` gives it
fonts, page numbers and the look of paper. Addresses in it are relative: `static/…` is a static file of the program,
`images/<name>` one of the images passed along. Anything else is refused.
"""

import hashlib
import io
import os
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.utils import translation

BASE_URL = "https://files.invalid/"  # a name that never resolves (RFC 2606)
STYLE = "pdf/base.css"
_TYPES = {
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".woff2": "font/ttf",
}


class UnreadableAddressError(ValueError):
    """A document asked for something that is neither a static file nor one of its own images."""


def static_file(name: str) -> Path:
    """Return where a static file stands on disk. Raises UnreadableAddressError when there is none."""
    if ".." in PurePosixPath(name).parts or name.startswith("/"):
        raise UnreadableAddressError(name)
    found = finders.find(name)
    path = Path(found) if found else Path(staticfiles_storage.path(name))
    if not path.is_file():
        raise UnreadableAddressError(name)
    return path


@cache
def _unpacked_font(path: Path) -> bytes:
    """Fonts are unpacked once per process instead of once per document: it was a third of the work."""
    from fontTools.ttLib.woff2 import decompress

    unpacked = io.BytesIO()
    with path.open("rb") as packed:
        decompress(packed, unpacked)
    return unpacked.getvalue()


def render_pdf(
    template: str,
    context: Mapping[str, Any],
    *,
    language: str,
    images: Mapping[str, bytes] | None = None,
    styles: Sequence[str] = (),
) -> bytes:
    """Return the PDF of a template; the same input gives the same bytes.

    `language` is the language of the words and of the document. `images` maps a file name to its bytes;
    `styles` are style sheets on top of the base one, as names of static files.
    A `<meta name="dcterms.created">` in the template becomes the date of the document; without it, there is none.
    Raises UnreadableAddressError when the document asks for something from elsewhere.
    """
    with translation.override(language):
        html = render_to_string(template, {"language": language, **context})
    return html_to_pdf(html, images=images, styles=styles)


def html_to_pdf(html: str, *, images: Mapping[str, bytes] | None = None, styles: Sequence[str] = ()) -> bytes:
    """Return the PDF of a whole HTML document; see `render_pdf`."""
    # WeasyPrint loads Pango: only who makes a PDF needs it, so that the web starts without.
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    images = images or {}
    # Font subsets carry the moment they were made; the moment that reproducible builds agreed on is always the same.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")

    class OwnFilesOnly(URLFetcher):
        """Reads static files and the images passed along; everything else stops the document."""

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            name = unquote(url.removeprefix(BASE_URL)) if url.startswith(BASE_URL) else ""
            kind = _TYPES.get(PurePosixPath(name).suffix, "")
            try:
                if name.startswith("static/"):
                    path = static_file(name.removeprefix("static/"))
                    body = _unpacked_font(path) if path.suffix == ".woff2" else path.read_bytes()
                elif name.startswith("images/"):
                    body = images[name.removeprefix("images/")]
                else:
                    raise UnreadableAddressError(url)
            except (KeyError, UnreadableAddressError) as error:
                raise FatalURLFetchingError(f"not a file of this document: {url[:200]}") from error
            return URLFetcherResponse(url, body, {"Content-Type": kind})

    fetcher = OwnFilesOnly()
    fonts = FontConfiguration()
    try:
        sheets = [
            CSS(url=f"{BASE_URL}static/{name}", url_fetcher=fetcher, font_config=fonts)
            for name in (STYLE, *styles)
        ]
        document = HTML(string=html, base_url=BASE_URL, url_fetcher=fetcher)
        return document.write_pdf(
            stylesheets=sheets,
            font_config=fonts,
            pdf_variant="pdf/ua-1",
            pdf_tags=True,
            # The identifier follows from the content, so that the same document is the same file.
            pdf_identifier=hashlib.md5(html.encode(), usedforsecurity=False).digest(),
        )
    except FatalURLFetchingError as error:
        raise UnreadableAddressError(str(error)) from error
