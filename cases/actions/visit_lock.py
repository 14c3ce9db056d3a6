"""Holding one visit while it is written, also before there is a row for it."""

import uuid

from django.db import connection

from arsenaal.lib.wall import beyond_wall
from cases.models import Visit


def lock_visit_uuid(visit_uuid: uuid.UUID) -> None:
    """Hold this visit until the transaction ends, whether or not there is a row for it yet.

    Always taken before the lock on the case, so that two requests never wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [str(visit_uuid)])


def visit_with(visit_uuid: uuid.UUID) -> Visit | None:
    """Return the visit that has this uuid, whoever's it is: a uuid that is taken elsewhere must be known as such."""
    with beyond_wall("whether the uuid of a visit is taken"):
        return Visit.objects.select_related("entry").filter(uuid=visit_uuid).first()
