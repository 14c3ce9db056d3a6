"""Handing work to the queue without ever keeping a person waiting: what was asked is a row in the database already."""

import logging
from contextlib import closing
from typing import Any

import redis
from celery import Task
from kombu.exceptions import OperationalError
from redis.backoff import NoBackoff
from redis.retry import Retry

PATIENCE_SECONDS = 1.0

logger = logging.getLogger(__name__)


def is_open(url: str) -> bool:
    """Tell within two seconds whether the queue at this address answers: one try, no retries."""
    try:
        with closing(
            redis.Redis.from_url(
                url,
                socket_timeout=PATIENCE_SECONDS,
                socket_connect_timeout=PATIENCE_SECONDS,
                retry=Retry(NoBackoff(), 0),
            )
        ) as connection:
            return bool(connection.ping())
    except (redis.RedisError, OSError):
        return False


def enqueue(task: Task, *args: Any) -> bool:
    """Queue a task; call it after commit. Returns False when the queue is away: a sweep picks the work up later.

    Clients of the queue retry for longer than a person waits, so it is asked first whether it answers at all.
    """
    if task.app.conf.task_always_eager or is_open(task.app.conf.broker_url):
        try:
            task.apply_async(args, retry=False)
            return True
        except (OperationalError, redis.RedisError, OSError) as error:
            logger.warning("could not queue %s: %s", task.name, type(error).__name__)
    else:
        logger.warning("could not queue %s: the queue does not answer", task.name)
    return False
