"""The health checks of the containers: each looks at its own process."""

import os
from pathlib import Path
from typing import Any

import pytest

from arsenaal import heartbeat, probe


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_stranger_to_other_tests")
def test_web_is_well_without_a_worker(live_server: Any) -> None:
    assert probe.web(f"{live_server.url}/healthz")


def test_web_that_does_not_answer_is_not_well() -> None:
    assert not probe.web("http://127.0.0.1:1/healthz")


@pytest.mark.usefixtures("_stranger_to_other_tests")
def test_worker_is_well_while_its_own_key_lives() -> None:
    assert not probe.worker()
    with heartbeat.connect() as redis:
        redis.set(heartbeat.host_key(), "1", ex=5)
        assert probe.worker()
        redis.delete(heartbeat.host_key())


def test_worker_is_not_well_without_redis(settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert not probe.worker()


def test_beat_is_well_while_it_writes(tmp_path: Path) -> None:
    assert not probe.beat(tmp_path)
    schedule = tmp_path / "schedule.db"
    schedule.touch()
    assert probe.beat(tmp_path)
    os.utime(schedule, (0, 0))
    assert not probe.beat(tmp_path)


@pytest.fixture
def _stranger_to_other_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that no test beside this one touches."""
    monkeypatch.setattr(heartbeat, "KEY", f"arsenaal:test:probe:{os.getpid()}")
