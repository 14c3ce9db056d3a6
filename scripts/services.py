"""The database and the queue: the user's own where the environment names them, private ones otherwise."""

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from scripts import locks
from scripts.paths import VAR, make_var
from scripts.private_postgres import PrivatePostgres
from scripts.private_redis import PrivateRedis
from scripts.roles import derive_app_url

DEMO = VAR / "demo"
LOCK = VAR / "demo.lock"
TEST_RUNS = VAR / "test-runs"


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
            yield {
                **addresses,
                "ARSENAAL_VAR": str(state),
                "ARSENAAL_TEST_DB": f"test_arsenaal_{os.getpid()}",
            }
    finally:
        _remove(state)


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
