"""/healthz: does every part answer? Asked by `make demo`, by the container platform and by monitoring."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
import redis
from django.contrib.auth.decorators import login_not_required
from django.db import connections
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from arsenaal import heartbeat

OK, DOWN, UNKNOWN = "ok", "down", "unknown"
# A connection of its own, that gives up: connecting, a statement and an answer that never comes are limited.
DATABASE_LIMITS: dict[str, Any] = {
    "connect_timeout": 2,
    "tcp_user_timeout": 2000,
    "options": "-c statement_timeout=2000",
}
DATABASE_NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when all is well, otherwise 503 with the part that is down. Tells a stranger nothing useful."""
    parts = {"database": database(), **queue()}
    is_well = all(state == OK for state in parts.values())
    return JsonResponse({"status": OK if is_well else DOWN, **parts}, status=200 if is_well else 503)


def database() -> str:
    """Does the database answer, on the connection that the program uses?"""
    settings = connections["default"].settings_dict
    address: dict[str, Any] = {
        name: settings[key] for name, key in DATABASE_NAMES.items() if settings.get(key)
    }
    try:
        with closing(psycopg.connect(**address, **DATABASE_LIMITS, autocommit=True)) as connection:
            connection.execute("SELECT 1")
    except psycopg.Error:
        return DOWN
    return OK


def queue() -> dict[str, str]:
    """Does Redis answer, and has a worker been heard lately? Without Redis nobody can tell of the worker."""
    try:
        with _redis() as connection:
            is_heard = connection.exists(heartbeat.KEY)
    except redis.RedisError:
        return {"redis": DOWN, "worker": UNKNOWN}
    return {"redis": OK, "worker": OK if is_heard else DOWN}


@contextmanager
def _redis() -> Iterator[redis.Redis]:
    connection = heartbeat.connect()
    try:
        yield connection
    finally:
        connection.close()
