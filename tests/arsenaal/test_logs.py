"""Logs: that something broke and where, never what somebody wrote."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from celery import shared_task
from django.core import mail
from django.db import DataError, IntegrityError, connection, transaction
from django.test import Client

from accounts.models import Organisation
from arsenaal.lib.logs import WITHHELD
from cases.models import TimelineEntry
from tests.factories import World
from tests.log_lines import Kept

SECRET = "loggeheim"


@pytest.fixture
def log() -> Iterator[Kept]:
    root, kept = logging.getLogger(), Kept()
    root.addHandler(kept)
    yield kept
    root.removeHandler(kept)


def test_refusal_of_the_database_tells_which_and_not_what_it_read(db: None, log: Kept) -> None:
    with pytest.raises(DataError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT %s::integer", [SECRET])
    assert SECRET in str(refused.value)  # so it matters
    logging.getLogger("arsenaal.anything").error("it broke", exc_info=refused.value)
    assert SECRET not in log.text
    assert "test_refusal_of_the_database_tells_which_and_not_what_it_read" in log.text
    assert f"DataError: {WITHHELD} sqlstate=22P02" in log.text


def test_broken_rule_of_the_database_is_named(world: World, log: Kept) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Organisation.objects.filter(pk=world.lawyer.organisation_id).update(name=None)
    logging.getLogger("arsenaal.anything").error("it broke", exc_info=refused.value)
    assert "table_name=accounts_organisation column_name=name" in log.text
    assert world.lawyer.organisation.name not in log.text


def test_what_led_to_an_error_is_told_without_its_words(log: Kept) -> None:
    try:
        try:
            int(SECRET)
        except ValueError as error:
            raise KeyError(SECRET) from error
    except KeyError:
        logging.getLogger("arsenaal.anything").exception("it broke")
    assert SECRET not in log.text
    assert log.text.index("ValueError") < log.text.index("which led to") < log.text.index("KeyError")


def test_what_speaks_of_machines_is_told(log: Kept) -> None:
    try:
        raise ConnectionRefusedError("redis:6379")
    except OSError:
        logging.getLogger("arsenaal.anything").exception("it broke")
    assert "ConnectionRefusedError: redis:6379" in log.text


def test_page_that_breaks_tells_nobody_what_was_typed(
    world: World, login: Any, log: Kept, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not in the log, and not in the mail that Django would send to who keeps the server."""
    settings.ADMINS = [("Beheer", "beheer@example.org")]

    def broken(**kwargs: Any) -> None:
        raise ValueError(kwargs["body"])

    monkeypatch.setattr("cases.views.entries.write_note", broken, raising=True)
    client: Client = login(world.lawyer)
    client.raise_request_exception = False
    response = client.post(f"/cases/{world.case.number}/notes/new/", {"body": SECRET, "circle": "legal"})
    assert response.status_code == 500
    assert "Internal Server Error" in log.text
    assert "ValueError" in log.text
    assert SECRET not in log.text
    assert mail.outbox == []
    assert not TimelineEntry.objects.filter(body=SECRET).exists()


@shared_task(name="tests.broken")
def broken_task() -> None:
    """Fails with a word in it."""
    raise ValueError(SECRET)


def test_task_that_breaks_tells_where_and_not_what(log: Kept) -> None:
    assert broken_task.apply().failed()
    assert "Task tests.broken" in log.text
    assert f"ValueError: {WITHHELD}" in log.text
    assert SECRET not in log.text


def test_worker_and_beat_write_their_log_as_we_do() -> None:
    """The queue would put handlers of its own on every logger."""
    from celery import current_app
    from celery.signals import setup_logging

    import arsenaal.celery  # noqa: F401 the program's own

    assert setup_logging.receivers
    root = logging.getLogger()
    before = list(root.handlers)
    try:
        current_app.log.setup(loglevel="INFO")
        ours = [h for h in root.handlers if isinstance(h, logging.StreamHandler) and h not in before]
        assert all(type(h.formatter).__name__ == "WordlessFormatter" for h in ours)
        assert ours
    finally:
        root.handlers[:] = before
