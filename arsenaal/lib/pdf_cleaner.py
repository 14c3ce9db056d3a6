"""Rewrite a PDF from stdin to stdout so that it can be read and do nothing else. Runs as a process of its own.

`arsenaal.lib.uploads` starts it with little memory and little time: a file that unfolds to gigabytes or breaks the
parser breaks this process alone. It imports nothing of the program, so it starts at once. What comes out is a new
document with the pages of the old one: only what shows on them is taken along. Scripts, actions, links, attached
files, forms, layers, outlines, tags and data about the maker stay behind; what was filled in on a form stays visible.
"""

import resource
import sys
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the web takes the codes from here; the parser itself is for the other process alone
    import pikepdf

MAX_MEMORY = 768 * 1024**2  # bytes
MAX_SECONDS = 20  # of processor time
# How this process says why it refused; anything else means that the file was too much for it.
ENCRYPTED, BROKEN, TOO_MANY_PAGES, EMPTY = 10, 11, 12, 13

PAGE_KEYS = ("/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/Group", "/UserUnit")
# Inside what pages show: what could act, carry another file, or tell who made it and with what.
UNWANTED = (
    "/AA",
    "/AF",
    "/AcroForm",
    "/Annots",
    "/EF",
    "/EmbeddedFiles",
    "/JS",
    "/JavaScript",
    "/LastModified",
    "/Metadata",
    "/OpenAction",
    "/PieceInfo",
    "/RichMediaContent",
)
# On a stream also: data that stands in another file, or that goes to a printer as it is.
UNWANTED_ON_STREAMS = ("/F", "/FFilter", "/FDecodeParms", "/OPI", "/PS", "/Ref")
ACTIONS = (
    "/GoToE",
    "/GoToR",
    "/ImportData",
    "/JavaScript",
    "/Launch",
    "/Movie",
    "/Rendition",
    "/ResetForm",
    "/RichMediaExecute",
    "/Sound",
    "/SubmitForm",
    "/Trans",
    "/URI",
)


def _limit() -> None:
    """Take away memory, time, files and children; a system that doesn't know one of these limits goes without it."""
    for kind, most in (
        (resource.RLIMIT_AS, MAX_MEMORY),
        (resource.RLIMIT_CPU, MAX_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):
            continue


def _strip(pdf: "pikepdf.Pdf") -> None:
    """Take what is unwanted out of every object that came along, also out of those inside others."""
    for found in pdf.objects:
        _strip_object(found)


def _strip_object(found: object) -> None:
    import pikepdf

    if isinstance(found, pikepdf.Array):
        for value in found:
            _strip_inside(value)
        return
    if not isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        return
    is_stream = isinstance(found, pikepdf.Stream)
    if not is_stream and str(found.get("/S", "")) in ACTIONS:
        for key in list(found.keys()):
            del found[key]
        return
    for key in (*UNWANTED, *(UNWANTED_ON_STREAMS if is_stream else ())):
        if key in found:
            del found[key]
    for key in list(found.keys()):
        _strip_inside(found[key])


def _strip_inside(value: object) -> None:
    """Go on into what is written in place; what stands elsewhere gets its own turn."""
    import pikepdf

    if isinstance(value, pikepdf.Object) and not value.is_indirect:
        _strip_object(value)


def clean(content: bytes, *, max_pages: int) -> bytes:
    """Return the cleaned document. Raises SystemExit with one of the codes above."""
    import pikepdf

    try:
        source = pikepdf.open(BytesIO(content))
    except pikepdf.PasswordError:
        sys.exit(ENCRYPTED)
    if source.is_encrypted:  # opens without a password, yet says what may be done with it
        sys.exit(ENCRYPTED)
    if len(source.pages) > max_pages:
        sys.exit(TOO_MANY_PAGES)
    if not source.pages:
        sys.exit(EMPTY)
    if "/AcroForm" in source.Root:
        source.generate_appearance_streams()
    source.flatten_annotations("all")
    for page in source.pages:
        for key in list(page.keys()):
            if key not in (*PAGE_KEYS, "/Type", "/Parent"):
                del page[key]
    out = pikepdf.new()
    out.pages.extend(source.pages)
    _strip(out)
    kept = BytesIO()
    # Streams are copied as they are: what they would unfold to is for the reader, never for this program.
    out.save(kept, stream_decode_level=pikepdf.StreamDecodeLevel.none, deterministic_id=True)
    return kept.getvalue()


def main() -> None:
    """Clean stdin; the most pages that it may have is the one argument."""
    _limit()
    import pikepdf

    try:
        cleaned = clean(sys.stdin.buffer.read(), max_pages=int(sys.argv[1]))
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError, RecursionError):
        sys.exit(BROKEN)
    sys.stdout.buffer.write(cleaned)


if __name__ == "__main__":
    main()
