"""The private PostgreSQL and Redis: start, keep their data, recover from kill -9, and stay apart."""

import json
import os
import signal
from pathlib import Path

import psycopg
import pytest
import redis

from scripts import services
from scripts.console import Trouble
from scripts.private_postgres import PrivatePostgres
from scripts.private_redis import PrivateRedis
from scripts.roles import create_role, derive_app_url


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place of its own; pytest's own folder is closed to the user that root's server runs as."""
    for module in ("private_postgres", "private_redis"):
        monkeypatch.setattr(f"scripts.{module}.LOGS", tmp_path)
    return tmp_path / "state"


def test_postgres_keeps_its_data_and_recovers_from_a_kill(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = PrivatePostgres(state, durable=False)
    try:
        urls = server.start()
        with psycopg.connect(urls["DATABASE_OWNER_URL"]) as owner:
            owner.execute("CREATE TABLE kept (word text)")
            owner.execute("INSERT INTO kept VALUES ('still here')")
        with (
            psycopg.connect(urls["DATABASE_URL"]) as app,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            app.execute("SELECT * FROM kept")

        _check_derived_role(urls["DATABASE_OWNER_URL"], server, state, monkeypatch)

        assert server.process
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()
        again = PrivatePostgres(state, durable=False)
        server = again
        with psycopg.connect(again.start()["DATABASE_OWNER_URL"]) as owner:
            assert owner.execute("SELECT word FROM kept").fetchall() == [("still here",)]
            version = owner.execute("SHOW server_version_num").fetchone()
            assert version
            assert int(version[0]) >= 180000
    finally:
        server.stop()
        server.remove()
    assert not server.home.exists()
    assert server.process
    assert server.process.poll() is not None


def _check_derived_role(
    owner_url: str, server: PrivatePostgres, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one address of the user's own, the application's role is made, once."""
    monkeypatch.setattr("scripts.roles.NOTES", state / "app-role.json")
    superuser = _superuser_url(owner_url, state)
    app_url = derive_app_url(superuser)
    assert derive_app_url(superuser) == app_url
    with psycopg.connect(app_url) as app:
        who = app.execute(
            "SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert who == ("arsenaal_app", False)
    with psycopg.connect(superuser, autocommit=True) as connection:
        create_role(connection, "somebody", "word")
        connection.execute("CREATE DATABASE other OWNER somebody")
    place = owner_url.rpartition("@")[2].replace("/arsenaal", "/other")
    with pytest.raises(Trouble, match="CREATE ROLE other_app"):
        derive_app_url(f"postgres://somebody:word@{place}")


def _superuser_url(owner_url: str, state: Path) -> str:
    password = json.loads((state / "postgres.json").read_text())["superuser"]
    return f"postgres://postgres:{password}@{owner_url.rpartition('@')[2]}"


def test_redis_keeps_its_queue_and_wants_a_password(state: Path) -> None:
    server = PrivateRedis(state)
    url = server.start()
    with redis.Redis.from_url(url) as client:
        client.rpush("queue", "task")
    place = url.rpartition("@")[2]
    with redis.Redis.from_url(f"redis://{place}") as stranger, pytest.raises(redis.AuthenticationError):
        stranger.ping()
    assert server.process
    server.process.kill()
    server.process.wait()
    with PrivateRedis(state).running() as second, redis.Redis.from_url(second) as client:
        assert client.lrange("queue", 0, -1) == [b"task"]


def test_servers_of_the_quick_tests_stay_and_serve_one_run_at_a_time(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    state.mkdir(mode=0o711)
    monkeypatch.setattr(services, "KEPT_TESTS", state / "test-kept")
    monkeypatch.setattr(services, "TEST_RUNS", state / "test-runs")
    try:
        with services.kept_services() as first:
            with psycopg.connect(first["DATABASE_OWNER_URL"]) as owner:
                owner.execute("CREATE TABLE kept (word text)")
            with services.kept_services() as meanwhile:
                assert meanwhile["DATABASE_URL"] != first["DATABASE_URL"]
                assert meanwhile["ARSENAAL_TEST_DB"] != first["ARSENAAL_TEST_DB"]
        with (
            services.kept_services() as again,
            psycopg.connect(again["DATABASE_OWNER_URL"]) as owner,
        ):
            assert owner.execute("SELECT count(*) FROM kept").fetchone() == (0,)
            services.forget_kept()  # not while it is used
            assert services.KEPT_TESTS.exists()
    finally:
        services.forget_kept()
    assert not services.KEPT_TESTS.exists()
