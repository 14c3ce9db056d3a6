"""Free ports on this machine."""

import errno
import socket

from scripts.console import Trouble


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Could a server listen here now?"""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise Trouble(f"Cannot listen on {host}:{port}: {error.strerror}.") from error
    return True


def pick(preferred: int | None = None) -> int:
    """The preferred port when it is free, otherwise any."""
    if preferred and is_free(preferred):
        return preferred
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
