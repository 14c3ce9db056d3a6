"""Photos from the outside world: judged by content, turned upright, made smaller, stripped to their pixels.

What comes out is always a new JPEG that this program wrote itself. Whatever else was in the file (place,
time, the owner's name, a script, a second file glued behind it) does not survive.
"""

import hashlib
import io
import threading
from dataclasses import dataclass
from typing import Any, BinaryIO

import pillow_heif
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from arsenaal.lib.errors import ActionError

pillow_heif.register_heif_opener(thumbnails=False)

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
MAX_SIDE = 2560  # pixels; enough to read a letter on the table
THUMBNAIL_SIDE = 480  # pixels; sharp at 160 CSS pixels on a phone
# What a 50 megapixel phone makes. A small file can unfold to a picture that fills the memory; this is the
# limit.
MAX_PIXELS = 52_000_000
MAX_RATIO = 60  # a picture of 30,000 by 2 is no photo
# Decoding is what costs memory: two at a time in one process, whatever the number of requests.
_decoding = threading.BoundedSemaphore(2)

Source = BinaryIO | File  # an open file, or one as it was uploaded


class PhotoRefused(ActionError):
    """The file can't be used as a photo; the message says why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message, field="photos")


@dataclass(frozen=True)
class Photo:
    """A photo that is safe to keep: two JPEGs, the size of the large one, and the sha-256 of what was
    sent.
    """

    jpeg: bytes
    thumbnail: bytes
    width: int
    height: int
    source_digest: str


def _open(source: Source) -> Image.Image:
    """Open as one of the known kinds, judged by content alone; nothing is decoded yet."""
    try:
        image = Image.open(source, formats=FORMATS)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise PhotoRefused(
            _("Dit bestand is geen foto die we kennen. Kies een JPEG, PNG, WebP of HEIC.")
        ) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise _too_many_pixels()
    if min(width, height) < 1 or max(width, height) > MAX_RATIO * min(width, height):
        raise PhotoRefused(_("Deze foto heeft een vreemde vorm. Maak een gewone foto."))
    return image


def _too_many_pixels() -> PhotoRefused:
    return PhotoRefused(_("Deze foto heeft te veel beeldpunten. Maak ze opnieuw op een gewone grootte."))


def _plain(image: Image.Image) -> Image.Image:
    """Return the picture upright in plain sRGB, on white where it was transparent."""
    if image.format == "JPEG":
        image.draft("RGB", (MAX_SIDE, MAX_SIDE))  # decode large JPEGs at a half or a quarter at once
    image.load()
    profile = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    if image.mode.startswith("I"):
        image = image.point(lambda value: value / 256).convert("L")
    image = image.convert("RGB") if image.mode != "RGB" else image
    image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            image = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB")) or image
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile that makes no sense: the colours stay as they are
    return image


def _jpeg(image: Image.Image, quality: int) -> bytes:
    """Write the pixels and nothing else."""
    clean = Image.frombytes("RGB", image.size, image.tobytes())
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


def digest(source: Source) -> str:
    """Return the sha-256 of a file, read in pieces; the file is rewound."""
    source.seek(0)
    found = hashlib.sha256()
    while piece := source.read(1024 * 1024):
        found.update(piece)
    source.seek(0)
    return found.hexdigest()


def prepare_photo(source: Source, *, size: int, max_bytes: int) -> Photo:
    """Check a file by its content and return it as a safe photo. `size` and `max_bytes` are in bytes.

    Raises PhotoRefused for a file that is too large, empty, not a photo (by content, whatever its name), cut
    off, or that would unfold to more than MAX_PIXELS.
    """
    if size > max_bytes:
        raise PhotoRefused(
            _("Deze foto is te groot: %(size)d MB. Tot %(max)d MB lukt het wel.")
            % {"size": -(-size // (1024 * 1024)), "max": max_bytes // (1024 * 1024)}
        )
    if not size:
        raise PhotoRefused(_("Dit bestand is leeg. Kies de foto opnieuw."))
    source_digest = digest(source)
    # WeasyPrint, once imported, lets Pillow take half a photo for a whole one; here half a photo is refused.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with _decoding, _open(source) as opened:
        try:
            image = _plain(opened)
        except (OSError, ValueError, SyntaxError, EOFError, RuntimeError, MemoryError) as error:
            raise PhotoRefused(_("Deze foto is niet volledig of beschadigd. Kies ze opnieuw.")) from error
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise _too_many_pixels() from error
        jpeg = _jpeg(image, 84)
        small = image.copy()
        small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
        return Photo(jpeg, _jpeg(small, 78), image.width, image.height, source_digest)


def photo_of_jpeg(jpeg: bytes, *, small_side: int) -> Photo:
    """Return a photo with its small one, made of a JPEG that this program wrote itself (`uploads.receive`)."""
    source = io.BytesIO(jpeg)
    with _decoding, Image.open(source) as image:
        image.load()
        small = image.copy()
        small.thumbnail((small_side, small_side), Image.Resampling.LANCZOS)
        return Photo(jpeg, _jpeg(small, 78), image.width, image.height, digest(source))


def save_photo(row: Any, photo: Photo) -> None:
    """Write the files of a photo (`file` and `thumbnail`, named by its `uuid`) and then its row: all of it or nothing.

    Raises what saving raises; an IntegrityError leaves the transaction around it usable.
    """
    try:
        row.file.save(f"{row.uuid}.jpg", ContentFile(photo.jpeg), save=False)
        row.thumbnail.save(f"{row.uuid}-klein.jpg", ContentFile(photo.thumbnail), save=False)
        with transaction.atomic():
            row.save()
    except Exception:
        for file in (row.file, row.thumbnail):
            if file:
                default_storage.delete(str(file.name))
        raise
