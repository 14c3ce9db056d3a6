"""A Redis of this clone's own: on 127.0.0.1, with a password, on a port of its own."""

import contextlib
import json
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scripts import ports, processes, redis_binary
from scripts.console import Trouble
from scripts.paths import LOGS, last_lines, write_private

PATIENCE = 30.0


@dataclass
class PrivateRedis:
    """A server whose state is in `state`; a durable one keeps its queue when it stops."""

    state: Path
    durable: bool = True
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @contextlib.contextmanager
    def running(self) -> Iterator[str]:
        """Start, and stop at the end. Gives the address."""
        try:
            yield self.start()
        finally:
            self.stop()

    def start(self) -> str:
        """Start the server and wait until it answers."""
        folder = self.state / "redis"
        folder.mkdir(parents=True, exist_ok=True)
        notes_file = self.state / "redis.json"
        notes: dict[str, Any] = {"password": secrets.token_hex(16)}
        if notes_file.exists():
            notes = json.loads(notes_file.read_text())
        notes["port"] = ports.pick(notes.get("port"))
        write_private(notes_file, json.dumps(notes))
        self.log = LOGS / f"redis-{self.state.name}.log"
        self._launch(folder, notes["port"], notes["password"])
        self._wait(notes["port"], notes["password"])
        return f"redis://:{notes['password']}@127.0.0.1:{notes['port']}/0"

    def stop(self) -> None:
        """Stop; the append-only file keeps what was queued."""
        if self.process:
            processes.stop(self.process, signal.SIGTERM, patience=10)

    def _launch(self, folder: Path, port: int, password: str) -> None:
        binary = redis_binary.find()
        if binary is None:
            raise Trouble("No redis-server found; `make demo` gets one.")
        settings = {
            "bind": "127.0.0.1",
            "port": port,
            "requirepass": password,
            "dir": f'"{folder}"',
            "daemonize": "no",
            "save": '""',
            "databases": 64,
            "appendonly": "yes" if self.durable else "no",
            "maxmemory-policy": "noeviction",
        }
        config = folder / "redis.conf"
        write_private(config, "".join(f"{name} {value}\n" for name, value in settings.items()))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(binary), str(config)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=processes.dies_with_parent(signal.SIGTERM),
            )

    def _wait(self, port: int, password: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not _answers(port, password):
            ended = self.process is None or self.process.poll() is not None
            if ended or time.monotonic() > deadline:
                raise Trouble(f"The private Redis does not start; see {self.log}\n{last_lines(self.log)}")
            time.sleep(0.05)


def _answers(port: int, password: str) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            answer = b""
            while b"+PONG" not in answer and b"-" not in answer:
                if not (part := connection.recv(200)):
                    return False
                answer += part
            return b"+PONG" in answer
    except OSError:
        return False
