"""The database as in production (an application role that owns nothing), and a fixed cast of people."""

import gc
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import hypothesis
import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.backends.signals import connection_created
from django.test import Client

from accounts.models import User
from arsenaal.lib.wall import _tell, stamp
from cases.models import Case
from tests.factories import World
from tests.ready_made import template

# Two cores may be busy with everything else: how long an example takes says nothing about what it shows.
hypothesis.settings.register_profile(
    "patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("patient")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what takes long by nature: asking for a page, and emptying every table after real transactions."""
    for item in items:
        asked = getattr(item, "fixturenames", ())
        mark = item.get_closest_marker("django_db")
        if "client" in asked:
            item.add_marker("pages")
        if "transactional_db" in asked or (mark and mark.kwargs.get("transaction")):
            item.add_marker("slow")


def pytest_collection_finish(session: pytest.Session) -> None:
    """What stands in memory now stays to the end: the collector needn't look at all of it again and again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Nothing is skipped silently: what can't run fails, and says why."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} did not run: {call.excinfo and call.excinfo.value}"
    return report


@contextmanager
def _as_owner() -> Iterator[None]:
    """Let Django's own connection be the owner's for a moment: to make the test database and its tables."""
    owner, mine = settings.DATABASES["owner"], dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update({key: owner.get(key, "") for key in ("USER", "PASSWORD")})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update({key: mine.get(key, "") for key in ("USER", "PASSWORD")})


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Both aliases are one database: tests never open the owner's connection by themselves."""


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    django_db_use_migrations: bool,
    django_db_keepdb: bool,
    django_db_createdb: bool,
) -> Iterator[None]:
    """Make the test database as the owner; the tests themselves run as the application's role."""
    from django.test.utils import setup_databases, teardown_databases

    xdist = getattr(request.config, "workerinput", {}).get("workerid", "")
    if xdist:
        for alias in settings.DATABASES.values():
            alias["TEST"]["NAME"] = f"{alias['TEST']['NAME']}_{xdist}"
        connection.settings_dict["TEST"]["NAME"] = settings.DATABASES["default"]["TEST"]["NAME"]
    with django_db_blocker.unblock(), _as_owner():
        connection.settings_dict["TEST"]["TEMPLATE"] = template()
        made = setup_databases(
            verbosity=0,
            interactive=False,
            aliases=["default"],
            serialized_aliases=[],
            keepdb=django_db_keepdb and not django_db_createdb,
        )
        _let_tests_analyze()
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            _end_other_sessions()
            with _as_owner():
                teardown_databases(made, verbosity=0)


def _let_tests_analyze() -> None:
    """What a test writes in its transaction has no statistics; with a whole neighbourhood in it, it needs them."""
    if connection.cursor().connection.info.server_version >= 170000:
        with connection.cursor() as cursor:
            role = settings.DATABASE_APP_ROLE
            cursor.execute(f'GRANT MAINTAIN ON ALL TABLES IN SCHEMA public TO "{role}"')


def _end_other_sessions(patience: float = 10) -> None:
    """A thread of a server, or a worker, that only now lets go would keep the database from being dropped."""
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    give_up_at = time.monotonic() + patience
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_terminate_backend(pid) {others} AND usename = current_user")
        while time.monotonic() < give_up_at:
            cursor.execute(f"SELECT count(*) {others}")
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.1)


@pytest.fixture(scope="session", autouse=True)
def _flush_as_owner() -> Iterator[None]:
    """TRUNCATE belongs to the owner: tests with real transactions are cleaned up over his connection."""
    original = DatabaseOperations.execute_sql_flush

    def execute_sql_flush(self: DatabaseOperations, sql_list: list[str]) -> None:
        owner = settings.DATABASES["owner"]
        # Wrapped, so that whoever tries again (tests/browser) knows the errors as Django's.
        with (
            self.connection.wrap_database_errors,
            psycopg.connect(
                host=owner["HOST"] or None,
                port=owner["PORT"] or None,
                user=owner["USER"] or None,
                password=owner["PASSWORD"] or None,
                dbname=self.connection.settings_dict["NAME"],
            ) as own,
        ):
            for statement in sql_list:
                own.execute(statement)

    DatabaseOperations.execute_sql_flush = execute_sql_flush  # type: ignore[method-assign]
    yield
    DatabaseOperations.execute_sql_flush = original  # type: ignore[method-assign]


@pytest.fixture(scope="session", autouse=True)
def _tests_look_over_the_wall() -> Iterator[None]:
    """What a test itself makes and reads goes beyond the second wall; what the program does for somebody doesn't.

    Not in the threads of a server that answers a browser, and not in a worker: they start with nobody acting.
    """

    def act(sender: Any, connection: Any, **kwargs: Any) -> None:
        is_serving = "process_request_thread" in threading.current_thread().name
        if connection.alias == "default" and not is_serving:
            always = stamp("system", "test", connection=connection, lasts=24 * 60 * 60)
            _tell(connection, always, is_local=False)

    connection_created.connect(act)
    yield
    connection_created.disconnect(act)


@pytest.fixture
def world(db: None) -> World:
    """Two neighbourhoods with everybody in them, and three cases: own, other, and one of the other neighbourhood."""
    return World.build()


@pytest.fixture
def case(world: World) -> Case:
    """The case on whose team the community worker is."""
    return world.case


@pytest.fixture
def login(client: Client) -> Any:
    """Return a function that logs a user in and returns the client."""

    def _login(user: User) -> Client:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return _login
