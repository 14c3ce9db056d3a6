"""Sound from the outside world: known by how it starts, kept without what its maker's device wrote beside it."""

from collections.abc import Iterator

# (type, extension) by kind.
MP3 = ("audio/mpeg", "mp3")
M4A = ("audio/mp4", "m4a")
OGG = ("audio/ogg", "ogg")
WAV = ("audio/wav", "wav")
START = 16  # bytes that tell what it is
_M4A_BRANDS = frozenset(
    {b"M4A ", b"M4B ", b"mp42", b"mp41", b"isom", b"iso2", b"iso5", b"iso6", b"dash", b"3gp4", b"3gp5"}
)


class BrokenSound(ValueError):
    """It starts as sound, and isn't."""


def kind_of(start: bytes) -> tuple[str, str] | None:
    """Return type and extension of what starts like this; None when it is no sound that we know."""
    if start.startswith(b"ID3") or (len(start) > 2 and start[0] == 0xFF and start[1] & 0xE6 == 0xE2):
        return MP3
    if start.startswith(b"OggS"):
        return OGG
    if start.startswith(b"RIFF") and start[8:12] == b"WAVE":
        return WAV
    return M4A if start[4:8] == b"ftyp" and start[8:12] in _M4A_BRANDS else None


def without_notes(content: bytes, kind: tuple[str, str]) -> bytes:
    """Return the sound without names, places and pictures that a device writes into a file. Raises BrokenSound."""
    cleaned = {MP3: _mp3, M4A: _m4a, WAV: _wav, OGG: _ogg}[kind](content)
    if len(cleaned) < 128:
        raise BrokenSound("nothing to hear")
    return cleaned


def _mp3(content: bytes) -> bytes:
    """Without the ID3 tags before and after the sound."""
    while content.startswith(b"ID3"):
        if len(content) < 10:
            raise BrokenSound("cut off")
        size = 0
        for byte in content[6:10]:
            size = size << 7 | byte & 0x7F
        content = content[10 + size + (10 if content[5] & 0x10 else 0) :]
    content = content.lstrip(b"\0")
    if kind_of(content[:START]) != MP3:
        raise BrokenSound("no frames")
    return content[:-128] if content[-128:].startswith(b"TAG") else content


def _boxes(content: bytes | bytearray, start: int, end: int) -> Iterator[tuple[int, int, int, bytes]]:
    """Yield begin, begin of the content, end and type of each box of an MP4 file."""
    at = start
    while at + 8 <= end:
        size, head = int.from_bytes(content[at : at + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(content[at + 8 : at + 16], "big"), 16
        elif size == 0:
            size = end - at
        if size < head or at + size > end:
            raise BrokenSound("cut off")
        yield at, at + head, at + size, bytes(content[at + 4 : at + 8])
        at += size


def _m4a(content: bytes) -> bytes:
    """With the boxes that hold notes emptied: everything stays where it was. A film is refused: it is no sound."""
    kept = bytearray(content)
    is_sound = False

    def empty(start: int, end: int) -> None:
        nonlocal is_sound
        for at, inside, until, kind in _boxes(kept, start, end):
            if kind in (b"udta", b"meta", b"uuid"):
                kept[at + 4 : at + 8] = b"free"
                kept[inside:until] = bytes(until - inside)
            elif kind in (b"moov", b"trak", b"mdia"):
                empty(inside, until)
            elif kind == b"hdlr":
                handler = bytes(kept[inside + 8 : inside + 12])
                if handler == b"vide":
                    raise BrokenSound("a film")
                is_sound |= handler == b"soun"

    empty(0, len(kept))
    if not is_sound:
        raise BrokenSound("no sound in it")
    return bytes(kept)


def _wav(content: bytes) -> bytes:
    """With the format and the samples alone."""
    kept, at = b"", 12
    while at + 8 <= len(content):
        size = int.from_bytes(content[at + 4 : at + 8], "little")
        chunk = content[at : at + 8 + size + size % 2]
        if chunk[:4] in (b"fmt ", b"data"):
            if len(chunk) < 8 + size:
                raise BrokenSound("cut off")
            kept += chunk
        at += 8 + size + size % 2
    if b"fmt " not in kept[:4] or b"data" not in kept:
        raise BrokenSound("no samples")
    return b"RIFF" + (len(kept) + 4).to_bytes(4, "little") + b"WAVE" + kept


def _ogg(content: bytes) -> bytes:
    """As it is: its notes are the name of the program that made it, and each page has a checksum over them."""
    if not (b"OpusHead" in content[:200] or b"\x01vorbis" in content[:200]):
        raise BrokenSound("no sound in it")
    return content
