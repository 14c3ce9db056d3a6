"""/healthz: what it says when all is well, and which part it names when one is down; never slowly."""

import os
import socket
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from arsenaal import heartbeat

pytestmark = pytest.mark.django_db(databases=["default"])


@pytest.fixture(autouse=True)
def worker_that_lives(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A worker's heartbeat, without the worker; under a name that no test beside this one uses."""
    monkeypatch.setattr(heartbeat, "KEY", f"arsenaal:test:heartbeat:{os.getpid()}")
    with heartbeat.connect() as redis:
        redis.set(heartbeat.KEY, "1", ex=60)
        yield
        redis.delete(heartbeat.KEY)


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port where connections are taken and never answered."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(8)
        yield server.getsockname()[1]


def test_healthz_when_all_is_well(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "redis": "ok", "worker": "ok"}
    assert "no-store" in answer["Cache-Control"]


def test_healthz_without_a_worker(client: Client) -> None:
    with heartbeat.connect() as redis:
        redis.delete(heartbeat.KEY)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "down", "database": "ok", "redis": "ok", "worker": "down"}


def test_healthz_when_redis_refuses(client: Client, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "down", "database": "ok", "redis": "down", "worker": "unknown"}


def test_healthz_when_redis_is_silent_answers_soon(client: Client, settings: Any, silent_port: int) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{silent_port}/0"
    began = time.monotonic()
    assert client.get("/healthz").json()["redis"] == "down"
    assert time.monotonic() - began < 3


def test_healthz_when_the_database_refuses(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "PORT", "1")
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "down", "database": "down", "redis": "ok", "worker": "ok"}


def test_healthz_when_the_database_is_silent_answers_soon(
    client: Client, monkeypatch: pytest.MonkeyPatch, silent_port: int
) -> None:
    monkeypatch.setitem(connection.settings_dict, "PORT", str(silent_port))
    began = time.monotonic()
    assert client.get("/healthz").json()["database"] == "down"
    assert time.monotonic() - began < 4


def test_healthz_runs_no_query_of_the_program(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        client.get("/healthz")


def test_healthz_refuses_to_be_written_to(client: Client) -> None:
    assert client.post("/healthz").status_code == 405


def test_heartbeat_refreshes_the_key_until_it_stops() -> None:
    calls: list[tuple[float, Any]] = []
    timer = SimpleNamespace(
        call_repeatedly=lambda seconds, call, priority: (
            calls.append((seconds, call)) or SimpleNamespace(cancel=calls.clear)
        )
    )
    worker = SimpleNamespace(timer=timer, steps=[])
    with heartbeat.connect() as redis:
        redis.delete(heartbeat.KEY)
        step = heartbeat.Heartbeat(worker)
        step.start(worker)
        assert 0 < redis.ttl(heartbeat.KEY) <= heartbeat.LIVES_SECONDS < 20
    assert calls == [(heartbeat.EVERY_SECONDS, step.beat)]
    step.stop(worker)
    assert calls == []


def test_heartbeat_survives_a_redis_that_is_away(settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    heartbeat.Heartbeat(SimpleNamespace(steps=[])).beat()
