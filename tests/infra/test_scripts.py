"""The small parts of what `make` runs."""

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import lock, locks, ports, pytest_redis, services, system
from scripts.console import Trouble
from scripts.paths import ROOT, last_lines, write_private
from scripts.supervisor import LINE, STOPPED, ask


def test_every_target_stands_in_make_help() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ["demo", "test", "test-quick", "check", "fix", "seed", "bench", "reset"]:
        assert f"make {target} " in shown


@pytest.mark.parametrize("name", ["requirements", "requirements-local", "requirements-dev"])
def test_every_direct_dependency_is_locked_with_hashes_and_its_reason(name: str) -> None:
    source, locked = ((ROOT / f"{name}.{end}").read_text() for end in ("in", "txt"))
    direct = [line for line in source.splitlines() if line[:1].isalpha()]
    reasons = lock.reasons(source)
    assert len(reasons) == len(direct)
    for package, reason in reasons.items():
        assert f"# {package}: {reason}\n{package}==" in locked
    pins = [line for line in locked.splitlines() if "==" in line and line[0].isalnum()]
    assert len(pins) <= locked.count("--hash=sha256:")
    assert "--index-url" not in locked
    assert "--find-links" not in locked


def test_reasons_survive_a_second_lock() -> None:
    once = lock.with_reasons("django==5.2 \\\n    --hash=sha256:00\n", {"django": "the framework"})
    assert lock.with_reasons(once, {"django": "the framework"}) == once


def test_a_port_in_use_is_not_free() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        taken = server.getsockname()[1]
        assert not ports.is_free(taken)
        assert ports.pick(taken) != taken
    assert ports.is_free(ports.pick())


def test_a_lock_is_held_by_one(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with locks.held(path, otherwise="taken"):
        assert locks.is_held(path)
        with pytest.raises(Trouble, match="taken"), locks.held(path, otherwise="taken"):
            pass
    assert not locks.is_held(path)


def test_secrets_are_written_for_the_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    write_private(path, "first")
    write_private(path, "second")
    assert path.read_text() == "second"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_the_end_of_a_log(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    assert last_lines(log) == ""
    log.write_text("one\ntwo\nthree\n")
    assert last_lines(log, 2) == "    two\n    three"


def test_missing_libraries_are_named_when_we_may_not_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "_loads", lambda name: "pango" not in name)
    monkeypatch.setattr(system, "_apt_get", lambda: None)
    with pytest.raises(Trouble, match=r"sudo apt-get install libpango-1\.0-0 libpangoft2-1\.0-0"):
        system.ensure_libraries()


def test_what_honcho_says_is_understood() -> None:
    line = LINE.match("10:20:30 worker.1 | celery is ready")
    assert line is not None
    assert line.groupdict() == {"name": "worker", "text": "celery is ready"}
    stopped = STOPPED.search("web.1 stopped (rc=-9)")
    assert stopped is not None
    assert stopped.groupdict() == {"name": "web", "code": "-9"}


def test_no_answer_is_no_health() -> None:
    assert ask("http://127.0.0.1:1/healthz") == {}


def test_two_addresses_of_the_user_are_used_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://app@db/one")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgres://owner@db/one")
    assert services._own_database() == {
        "DATABASE_URL": "postgres://app@db/one",
        "DATABASE_OWNER_URL": "postgres://owner@db/one",
    }


def test_each_test_process_has_a_redis_database_of_its_own() -> None:
    assert [pytest_redis.number(worker) for worker in ("", "gw0", "gw1")] == [0, 1, 2]


def test_a_database_of_the_user_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://owner@127.0.0.1:1/one")
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    with pytest.raises(Trouble, match="DATABASE_URL does not answer"):
        services._own_database()


def test_python_is_found_and_named_when_there_is_none() -> None:
    script = ROOT / "scripts" / "find-python"
    found = subprocess.run([script], capture_output=True, text=True, check=True)
    assert Path(found.stdout.strip()).exists()
    own = subprocess.run(
        [script], env={**os.environ, "PYTHON": sys.executable}, capture_output=True, text=True
    )
    assert own.stdout.strip() == sys.executable


def test_python_that_is_missing_gives_a_clear_message(tmp_path: Path) -> None:
    (tmp_path / "cat").symlink_to("/bin/cat")
    script = (ROOT / "scripts" / "find-python").read_text().replace("/usr/bin/python3", "")
    result = subprocess.run(
        ["/bin/sh", "-c", script], env={"PATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert result.returncode == 1
    assert "Arsenaal needs Python 3.11" in result.stderr
