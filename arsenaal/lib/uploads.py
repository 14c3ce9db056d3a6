"""Files from the outside world: judged by content, scanned, rewritten, kept under a name that nobody can guess.

The one way in for every file but the photos of a visit (`receive`), and the one way out (`serve`). What is kept was
written by this program: a picture is re-encoded, a PDF rewritten without anything that could act.
"""

import logging
import re
import subprocess
import sys
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.deconstruct import deconstructible
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from arsenaal.lib import audio, pdf_cleaner
from arsenaal.lib.errors import ActionError
from arsenaal.lib.images import PhotoRefused, digest, prepare_photo
from arsenaal.lib.virus_scan import ScanFailed, found_virus

log = logging.getLogger(__name__)

MAX_PDF_PAGES = 300
PDF_TIMEOUT = 40  # seconds on the clock; of processor time it gets pdf_cleaner.MAX_SECONDS
PDF_START = b"%PDF-"
# What a browser may do with a file of ours: show it. A page made of it can load nothing and run nothing.
FILE_POLICY = "default-src 'none'; img-src 'self'; frame-ancestors 'none'; sandbox"
INLINE_TYPES = frozenset({"image/jpeg", "audio/mpeg", "audio/mp4", "audio/ogg", "audio/wav"})
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class UploadRefused(ActionError):
    """The file can't be taken in; the message says why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message, field="file")


@dataclass(frozen=True)
class ReceivedFile:
    """A file that is safe to keep. `sha256` is of what was sent, so that the same file sent twice is recognised;
    `size` is of `content`, in bytes.
    """

    content: bytes
    content_type: str
    extension: str
    sha256: str
    size: int


def _image(upload: UploadedFile, max_bytes: int) -> tuple[bytes, str, str]:
    try:
        photo = prepare_photo(upload, size=upload.size or 0, max_bytes=max_bytes)
    except PhotoRefused as error:
        raise UploadRefused(error.message) from error
    return photo.jpeg, "image/jpeg", "jpg"


def _pdf(upload: UploadedFile, max_bytes: int) -> tuple[bytes, str, str]:
    reasons = {
        pdf_cleaner.ENCRYPTED: _(
            "Deze pdf is beveiligd met een wachtwoord. Bewaar ze zonder wachtwoord en kies ze opnieuw."
        ),
        pdf_cleaner.TOO_MANY_PAGES: _("Deze pdf is te lang: hoogstens %(max)d bladzijden. Splits ze op.")
        % {"max": MAX_PDF_PAGES},
        pdf_cleaner.EMPTY: _("Deze pdf heeft geen bladzijden. Kies een andere."),
    }
    upload.seek(0)
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(Path(pdf_cleaner.__file__)), str(MAX_PDF_PAGES)],
            input=upload.read(),
            capture_output=True,
            timeout=PDF_TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UploadRefused(_too_heavy()) from error
    if done.returncode == 0 and done.stdout.startswith(PDF_START):
        return done.stdout, "application/pdf", "pdf"
    if done.returncode in reasons:
        raise UploadRefused(reasons[done.returncode])
    if done.returncode == pdf_cleaner.BROKEN:
        raise UploadRefused(
            _("Deze pdf is niet volledig of beschadigd. Open ze, bewaar ze opnieuw en probeer nog eens.")
        )
    log.warning("A PDF was too much for the cleaner (code %s).", done.returncode)
    raise UploadRefused(_too_heavy())


def _too_heavy() -> str:
    return _("Deze pdf is te zwaar om veilig te openen. Druk ze af naar een nieuwe pdf en kies die.")


def _audio(upload: UploadedFile, max_bytes: int) -> tuple[bytes, str, str]:
    upload.seek(0)
    content = upload.read()
    kind = audio.kind_of(content[: audio.START])
    try:
        if kind is None:
            raise audio.BrokenSound("no sound")
        return audio.without_notes(content, kind), *kind
    except audio.BrokenSound as error:
        raise UploadRefused(
            _(
                "Dit geluid is niet volledig of beschadigd. Beluister het, bewaar het opnieuw en probeer nog eens."
            )
        ) from error


# A kind of file and how it is made safe.
_CLEAN: dict[str, Callable[[UploadedFile, int], tuple[bytes, str, str]]] = {
    "image": _image,
    "pdf": _pdf,
    "audio": _audio,
}


def _kind_of(upload: UploadedFile) -> str:
    """Return the kind by how the file starts. What is neither must be a picture; decoding it is the proof."""
    upload.seek(0)
    start = upload.read(audio.START)
    upload.seek(0)
    if start.startswith(PDF_START):
        return "pdf"
    return "audio" if audio.kind_of(start) else "image"


def _check_size(upload: UploadedFile, max_bytes: int) -> None:
    size = upload.size or 0
    if not size:
        raise UploadRefused(_("Dit bestand is leeg. Kies het opnieuw."))
    if size > max_bytes:
        megabyte = 1024 * 1024
        raise UploadRefused(
            _("Dit bestand is te groot: %(size)d MB. Tot %(max)d MB lukt het wel.")
            % {"size": -(-size // megabyte), "max": max_bytes // megabyte}
        )


def _check_virus(upload: UploadedFile) -> None:
    try:
        virus = found_virus(upload)
    except ScanFailed as error:
        log.exception("The virus scanner could not be asked; the file was refused.")
        raise UploadRefused(
            _("Even geduld: we kunnen dit bestand nu niet op virussen nakijken. Probeer het straks opnieuw.")
        ) from error
    if virus:
        log.warning("A file with %s in it was refused.", virus)
        raise UploadRefused(_("In dit bestand zit een virus. We bewaren het niet; verwittig je IT-dienst."))


def receive(
    upload: UploadedFile, *, allow: Collection[str] = ("image", "pdf"), max_bytes: int
) -> ReceivedFile:
    """Check a file by its content and return what is safe to keep of it; its name is never looked at.

    `allow` holds kinds out of "image", "pdf" and "audio"; `max_bytes` is the most that may be sent. Raises
    UploadRefused for a file that is empty or too large, of another kind, infected or not to be scanned, cut off or
    broken, for a PDF with a password, without pages or with more than MAX_PDF_PAGES, and for whatever would unfold to
    too much.
    """
    _check_size(upload, max_bytes)
    kind = _kind_of(upload)
    if kind not in allow:
        raise UploadRefused(_not_that_kind(kind, allow))
    _check_virus(upload)
    sha256 = digest(upload)
    try:
        content, content_type, extension = _CLEAN[kind](upload, max_bytes)
    except UploadRefused as error:
        if kind == "image" and "pdf" in allow and not _looks_like_picture(upload):
            raise UploadRefused(
                _("Dit soort bestand lukt niet. Kies een pdf of een foto (JPEG, PNG, WebP of HEIC).")
            ) from error
        raise
    return ReceivedFile(content, content_type, extension, sha256, len(content))


def _not_that_kind(kind: str, allow: Collection[str]) -> str:
    if "audio" in allow:
        return _("Dit is geen geluid dat we kennen. Kies een MP3, M4A, OGG of WAV.")
    if kind == "pdf":
        return _("Een pdf lukt hier niet. Kies een foto.")
    if "image" in allow:
        return _("Dit soort bestand lukt niet. Kies een pdf of een foto (JPEG, PNG, WebP of HEIC).")
    return _("Dit bestand is geen pdf. Kies een pdf.")


def _looks_like_picture(upload: UploadedFile) -> bool:
    """Tell whether the file at least starts as a picture, so that the message can say what is wrong with it."""
    upload.seek(0)
    start = upload.read(12)
    return start.startswith((b"\xff\xd8\xff", b"\x89PNG", b"RIFF")) or start[4:8] == b"ftyp"


@deconstructible
class UnguessablePath:
    """`upload_to` for a FileField: a folder per month and a random name; nothing of the sender's name."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def __call__(self, _instance: Any, filename: str) -> str:
        """Return the path; `filename` gives only its extension, which `receive` chose."""
        return f"{self.folder}/{timezone.localdate():%Y/%m}/{uuid.uuid4()}{Path(filename).suffix}"

    def __eq__(self, other: object) -> bool:
        """Tell the same folder, for the migrations."""
        return isinstance(other, UnguessablePath) and other.folder == self.folder

    def __hash__(self) -> int:
        return hash(self.folder)


def forget_files(names: Collection[str]) -> None:
    """Delete these files from the storage; call it once the transaction holds."""
    for name in names:
        default_storage.delete(name)


def serve(file: Any, *, content_type: str, filename: str, as_attachment: bool = False) -> HttpResponse:
    """Send a kept file to somebody whose right to it was checked. Raises Http404 when it is gone.

    Never in a shared cache, never as another type, never with a script; anything but a picture is downloaded (the
    sandbox, which nothing in the file can leave, also keeps a browser's own PDF viewer out).
    """
    try:
        with file.storage.open(file.name, "rb") as content:
            response = HttpResponse(content.read(), content_type=content_type)
    except FileNotFoundError as error:
        raise Http404 from error
    return _guarded(response, filename, is_download=as_attachment or content_type not in INLINE_TYPES)


def _guarded(response: HttpResponse, filename: str, *, is_download: bool) -> HttpResponse:
    response["Content-Disposition"] = content_disposition_header(is_download, _safe_name(filename))
    response["Content-Security-Policy"] = FILE_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def serve_part(request: HttpRequest, file: Any, *, content_type: str, filename: str) -> HttpResponse:
    """Send a kept sound: the part that a player asks for (RFC 9110, one range), or all of it.

    Phones play nothing of which they can't ask parts. Raises Http404 when it is gone.
    """
    match = _RANGE.fullmatch(request.headers.get("Range", ""))
    if match is None or not any(match.groups()):
        response = serve(file, content_type=content_type, filename=filename)
        response["Accept-Ranges"] = "bytes"
        return response
    try:
        with file.storage.open(file.name, "rb") as content:
            size = content.size
            first, last = (int(part) if part else None for part in match.groups())
            if first is None:
                first, last = max(size - (last or 0), 0), size - 1
            last = min(size - 1 if last is None else last, size - 1)
            if first > last:
                return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
            content.seek(first)
            response = HttpResponse(content.read(last - first + 1), content_type=content_type, status=206)
    except FileNotFoundError as error:
        raise Http404 from error
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Accept-Ranges"] = "bytes"
    return _guarded(response, filename, is_download=False)


def _safe_name(name: str) -> str:
    """Return a name without folders, line ends or signs that turn the direction of reading around."""
    plain = "".join(sign for sign in name if sign.isprintable() and sign not in '/\\:*?"<>|')
    stem, dot, extension = plain.rpartition(".")
    return get_valid_filename(f"{stem.strip(' .')[:80] or _('bestand')}{dot}{extension}")
