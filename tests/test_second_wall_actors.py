"""Who acts, on which connection and for how long: the second wall without a standing scene.

Apart from tests/test_second_wall.py: a scene stands open there for the whole module, and these make their own people.
"""

import contextlib
import time
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import psycopg
import pytest
import time_machine
from celery import current_app
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client

from accounts.wall import acting_as
from arsenaal.lib.wall import (
    ONE_TASK,
    ONE_TRANSACTION,
    SETTING,
    beyond_wall,
    program_at_work,
    stamp,
)
from cases.models import Case
from tests.factories import World
from tests.test_second_wall import WALLED, rows


def test_a_captured_stamp_is_nobody_on_another_connection(world: World) -> None:
    """Also while it still counts where it was made, and whoever it was made for."""
    with other_connection() as (other, driver):
        for kind, who in (("user", str(world.coordinator.pk)), ("system", "test")):
            captured = stamp(kind, who, connection=connection)
            assert _acts(connection.connection, captured)
            assert not _acts(driver, captured)
            assert _acts(driver, stamp(kind, who, connection=other))


def test_a_stamp_counts_for_a_transaction_that_begins_in_time(world: World) -> None:
    """A transaction that began goes on to its end, however long it takes; the next one needs a stamp of its own."""
    with other_connection() as (other, driver):
        over = stamp("system", "test", connection=other, lasts=0.2)
        driver.execute("BEGIN")
        assert _acts(driver, over)
        time.sleep(0.3)
        assert _acts(driver, over)
        driver.execute("COMMIT")
        assert not _acts(driver, over)
        assert not _acts(driver, stamp("system", "test", connection=other, lasts=-1))


def test_the_life_of_a_stamp_goes_by_a_clock_that_nobody_sets(world: World) -> None:
    """What holds today follows the program's clock, and so do tests and demo data with a past."""
    with other_connection() as (other, driver), time_machine.travel("2031-05-04 12:00"):
        told = stamp("system", "test", connection=other)
        assert "|2031-05-04|" in told
        assert _acts(driver, told)


def test_work_of_a_task_goes_on_in_transactions_of_its_own(world: World) -> None:
    """The stamp of a task holds between its transactions, and longer than that of one; then nobody acts."""
    with (
        other_connection() as (other, driver),
        patch.dict(connections._connections.__dict__, {"other": other}),  # as a worker's own
    ):
        assert not _somebody(driver)
        with program_at_work("a test", using="other"):
            assert _somebody(driver)
            driver.execute("BEGIN")
            assert _somebody(driver)
            driver.execute("COMMIT")
            assert _somebody(driver)
        assert not _somebody(driver)
    longest = max(task.soft_time_limit or 0 for task in current_app.tasks.values())
    assert max(longest, ONE_TRANSACTION) < ONE_TASK


@contextlib.contextmanager
def other_connection() -> Iterator[tuple[Any, psycopg.Connection]]:
    """A connection of the program's role, as another process has one; nobody acts on it."""
    other = connection.copy()
    try:
        other.ensure_connection()
        other.connection.execute("SELECT set_config(%s, '', false)", [SETTING])
        yield other, other.connection
    finally:
        other.close()


def _somebody(driver: psycopg.Connection) -> bool:
    row = driver.execute("SELECT wall.is_somebody()").fetchone()
    assert row is not None
    return bool(row[0])


def _acts(driver: psycopg.Connection, told: str) -> bool:
    """Whether the database believes what is said here."""
    before = driver.execute("SELECT current_setting(%s, true)", [SETTING]).fetchone()
    driver.execute("SELECT set_config(%s, %s, false)", [SETTING, told])
    is_believed = _somebody(driver)
    driver.execute("SELECT set_config(%s, %s, false)", [SETTING, (before or ("",))[0]])
    return is_believed


def test_acting_ends_where_it_began(db: None, world: World) -> None:
    with acting_as(world.partner):
        assert rows(Case) == {world.case.pk}
        with beyond_wall("a test"):
            assert len(rows(Case)) == 3
        assert rows(Case) == {world.case.pk}
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            beyond_wall("a test"),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT 1/0")
        assert rows(Case) == {world.case.pk}
    assert len(rows(Case)) == 3


@pytest.mark.django_db(transaction=True)
def test_nobody_acts_between_two_requests_on_one_connection(world: World) -> None:
    with connection.cursor() as cursor:  # as a connection of the program begins
        cursor.execute("SELECT set_config(%s, '', false)", [SETTING])
    client = Client()
    client.force_login(world.coordinator, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/cases/").status_code == 200
    assert rows(Case) == set()


@pytest.mark.django_db(transaction=True)
def test_export_that_is_sent_in_pieces_reads_as_who_asked(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, '', false)", [SETTING])
    client = Client()
    client.force_login(world.coordinator, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get("/cases/export/csv/")
    content = b"".join(response.streaming_content).decode()
    assert world.case.number in content
    assert world.outside_case.number not in content
    assert rows(Case) == set()


def test_a_new_connection_meets_nothing(world: World) -> None:
    """As a script, or a task that says nothing of who acts, would find it."""
    mine = connection.settings_dict
    with psycopg.connect(
        host=mine["HOST"],
        port=mine["PORT"],
        user=mine["USER"],
        password=mine["PASSWORD"],
        dbname=mine["NAME"],
    ) as own:
        for model in WALLED:
            count = own.execute(f'SELECT count(*) FROM "{model._meta.db_table}"').fetchone()  # noqa: S608
            assert count == (0,)
