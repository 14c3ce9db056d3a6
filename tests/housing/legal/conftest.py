"""The scene of the civil track."""

import pytest

from tests.factories import World
from tests.housing.legal.scenery import LegalScene, build


@pytest.fixture
def scene(world: World) -> LegalScene:
    """A block, two tenants, one lawyer."""
    return build(world)
