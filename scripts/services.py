"""The database and the queue: the user's own where the environment names them, private ones otherwise."""

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from scripts import locks
from scripts.console import Trouble
from scripts.paths import VAR, make_var
from scripts.private_postgres import PrivatePostgres
from scripts.private_redis import PrivateRedis
from scripts.roles import derive_app_url

DEMO = VAR / "demo"
LOCK = VAR / "demo.lock"
TEST_RUNS = VAR / "test-runs"
KEPT_TESTS = VAR / "test-kept"


@contextlib.contextmanager
def demo_services() -> Iterator[dict[str, str]]:
    """The demo's servers; the caller holds the lock."""
    with _services(DEMO, durable=True) as addresses:
        yield addresses


@contextlib.contextmanager
def throwaway_services(*, durable: bool = False) -> Iterator[dict[str, str]]:
    """Fresh servers for one run of the tests, deleted afterwards. `durable` for a run that measures: a write costs."""
    make_var()
    TEST_RUNS.mkdir(exist_ok=True)
    if os.geteuid() == 0:
        TEST_RUNS.chmod(0o711)
    _tidy_earlier_runs()
    state = Path(tempfile.mkdtemp(prefix="run-", dir=TEST_RUNS))
    try:
        with locks.held(state / "lock", otherwise=""), _services(state, durable=durable) as addresses:
            yield _for_tests(addresses, state, str(os.getpid()))
    finally:
        _remove(state)


@contextlib.contextmanager
def kept_services() -> Iterator[dict[str, str]]:
    """Servers for the quick tests, that stay for the next run; a second run at the same time gets fresh ones."""
    make_var()
    KEPT_TESTS.mkdir(exist_ok=True)
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(locks.held(KEPT_TESTS / "lock", otherwise=""))
        except Trouble:
            yield stack.enter_context(throwaway_services())
            return
        try:
            addresses = stack.enter_context(_services(KEPT_TESTS, durable=False))
        except Trouble:  # it promises nothing about a machine that went down
            PrivatePostgres(KEPT_TESTS).remove()
            addresses = stack.enter_context(_services(KEPT_TESTS, durable=False))
        yield _for_tests(addresses, KEPT_TESTS, "kept")


def forget_kept() -> None:
    """Delete the servers of the quick tests, unless they are in use."""
    if KEPT_TESTS.exists() and not locks.is_held(KEPT_TESTS / "lock"):
        _remove(KEPT_TESTS)


def _for_tests(addresses: dict[str, str], state: Path, name: str) -> dict[str, str]:
    return {
        **addresses,
        "ARSENAAL_VAR": str(state),
        "ARSENAAL_TEST_DB": f"test_arsenaal_{name}",
        # On a server of one's own nothing is left behind to copy; see tests/ready_made.py.
        "ARSENAAL_TEST_TEMPLATE": "" if _own_database() else "test_ready",
    }


@contextlib.contextmanager
def _services(state: Path, *, durable: bool) -> Iterator[dict[str, str]]:
    with contextlib.ExitStack() as stack:
        addresses = _own_database()
        if addresses is None:
            addresses = stack.enter_context(PrivatePostgres(state, durable).running())
        # Tests empty their Redis, so they never get one that is in use.
        redis = os.environ.get("REDIS_URL") if durable else None
        redis = redis or stack.enter_context(PrivateRedis(state, durable).running())
        yield {**addresses, "REDIS_URL": redis}


def _own_database() -> dict[str, str] | None:
    """Addresses on the user's own server. One alone is the owner's; it makes the application's role."""
    app, owner = os.environ.get("DATABASE_URL"), os.environ.get("DATABASE_OWNER_URL")
    if app and owner:
        return {"DATABASE_URL": app, "DATABASE_OWNER_URL": owner}
    if url := app or owner:
        return {"DATABASE_URL": derive_app_url(url), "DATABASE_OWNER_URL": url}
    return None


def _tidy_earlier_runs() -> None:
    """What a run that was killed left behind; a young one may be just about to take its lock."""
    for state in TEST_RUNS.glob("run-*"):
        if time.time() - state.stat().st_mtime > 120 and not locks.is_held(state / "lock"):
            _remove(state)


def _remove(state: Path) -> None:
    PrivatePostgres(state).remove()
    shutil.rmtree(state, ignore_errors=True)
    for log in (VAR / "log").glob(f"*-{state.name}.log"):
        log.unlink(missing_ok=True)
