"""A virus scanner for the tests: a real process on a real port that speaks INSTREAM as clamd does.

It prints its port, then answers one file after another. It finds the EICAR test file and nothing else.
"""

import socket
import struct
import sys


def read_exactly(connection: socket.socket, size: int) -> bytes:
    """Read this many bytes."""
    found = b""
    while len(found) < size:
        piece = connection.recv(size - len(found))
        if not piece:
            raise ConnectionError
        found += piece
    return found


def answer(connection: socket.socket) -> bytes:
    """Read one file in its pieces and say what is in it."""
    if read_exactly(connection, 10) != b"zINSTREAM\0":
        return b"UNKNOWN COMMAND\0"
    content = b""
    while size := struct.unpack("!L", read_exactly(connection, 4))[0]:
        content += read_exactly(connection, size)
    if len(content) > 1_000_000:
        return b"INSTREAM size limit exceeded. ERROR\0"
    if b"EICAR-STANDARD-ANTIVIRUS" in content:
        return b"stream: Eicar-Test-Signature FOUND\0"
    return b"stream: OK\0"


if __name__ == "__main__":
    with socket.create_server(("127.0.0.1", 0)) as server:
        sys.stdout.write(f"{server.getsockname()[1]}\n")
        sys.stdout.flush()
        while True:
            connection, _address = server.accept()
            with connection:
                connection.sendall(answer(connection))
