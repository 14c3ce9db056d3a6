"""One scene for a whole module: making it takes seconds, and most questions about rights change nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from tests.grid.scene import Scene


@contextmanager
def _undone() -> Iterator[None]:
    """A transaction that is rolled back, as in a TestCase of Django's.

    What insists on a transaction of its own gets one that lies within this.
    """
    atomic = transaction.atomic()
    atomic._from_testcase = True
    with atomic:
        try:
            yield
        finally:
            transaction.set_rollback(True)


def standing_scene(
    *, with_reports: bool = False, more: Callable[[Scene], None] | None = None
) -> tuple[Any, Any]:
    """Return two fixtures for a module: `_scene_once`, made once, and `scene`, which undoes what each test writes."""

    @pytest.fixture(scope="module")
    def _scene_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
        with django_db_blocker.unblock():
            try:
                with _undone():
                    scene = Scene.build(with_reports=with_reports)
                    if more:
                        more(scene)
                    yield scene
            finally:
                connection.close()

    @pytest.fixture
    def scene(_scene_once: Scene, django_db_blocker: Any) -> Iterator[Scene]:
        with django_db_blocker.unblock(), _undone():
            yield _scene_once

    return _scene_once, scene
