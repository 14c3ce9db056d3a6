"""Asking ClamAV about a file, with the INSTREAM command of clamd(8)."""

import contextlib
import socket
import struct
from typing import BinaryIO

from django.conf import settings
from django.core.files import File

_PIECE = 64 * 1024  # bytes
_LONGEST_ANSWER = 4096  # bytes


class ScanFailed(Exception):
    """The scanner could not be reached or gave no answer that makes sense; nothing is known of the file."""


def _ask(connection: socket.socket, source: BinaryIO | File) -> str:
    connection.sendall(b"zINSTREAM\0")
    while piece := source.read(_PIECE):
        connection.sendall(struct.pack("!L", len(piece)) + piece)
    connection.sendall(struct.pack("!L", 0))
    answer = b""
    while b"\0" not in answer and len(answer) < _LONGEST_ANSWER:
        received = connection.recv(_LONGEST_ANSWER)
        if not received:
            break
        answer += received
    return answer.partition(b"\0")[0].decode("utf-8", "replace").strip()


def found_virus(source: BinaryIO | File) -> str:
    """Return the name of the virus in this file, or nothing when it is clean; the file is rewound.

    Without the setting CLAMAV_HOST nobody is asked. Raises ScanFailed when there is one and it doesn't answer
    within CLAMAV_TIMEOUT seconds: then the file must not be let through.
    """
    if not settings.CLAMAV_HOST:
        return ""
    address = (settings.CLAMAV_HOST, settings.CLAMAV_PORT)
    source.seek(0)
    try:
        with contextlib.closing(
            socket.create_connection(address, timeout=settings.CLAMAV_TIMEOUT)
        ) as connection:
            answer = _ask(connection, source)
    except OSError as error:
        raise ScanFailed(str(error)) from error
    finally:
        source.seek(0)
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise ScanFailed(answer)
