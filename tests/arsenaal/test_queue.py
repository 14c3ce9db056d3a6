"""Queueing never hangs and never raises when Redis is away."""

import time
from collections.abc import Iterator

import pytest
from celery import Celery, Task
from django.conf import settings

from arsenaal.lib.queue import enqueue, is_open


def nothing(number: int) -> int:
    return number


def _task(url: str) -> Task:
    app = Celery("proof", broker=url, set_as_current=False)
    app.conf.task_ignore_result = True
    app.conf.task_default_queue = "proof-of-queueing"
    return app.task(name="proof.nothing")(nothing)


@pytest.fixture
def task() -> Iterator[Task]:
    made = _task(settings.CELERY_BROKER_URL)
    yield made
    with made.app.connection_for_write() as connection:
        connection.default_channel.queue_delete("proof-of-queueing")
    made.app.close()


def test_enqueue_puts_the_task_in_the_queue(task: Task) -> None:
    assert enqueue(task, 1)
    with task.app.connection_for_read() as connection:
        message = connection.SimpleQueue("proof-of-queueing").get(timeout=2)
        assert message.payload[0] == [1]
        message.ack()


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "redis://192.0.2.1:6379/0"])
def test_enqueue_without_redis_says_so_within_three_seconds(url: str) -> None:
    start = time.monotonic()
    assert enqueue(_task(url), 1) is False
    assert time.monotonic() - start < 3


def test_enqueue_when_redis_goes_away_meanwhile_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arsenaal.lib.queue.is_open", lambda url: True)
    assert enqueue(_task("redis://127.0.0.1:1/0"), 1) is False


def test_is_open_for_a_running_redis() -> None:
    assert is_open(settings.CELERY_BROKER_URL)
