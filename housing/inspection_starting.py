"""What inspections put ready in an empty installation."""

from arsenaal.lib.registries import Starter


def _load() -> int:
    """Load the provisional lists; imported late, since models aren't there while registries fill."""
    from housing.actions.inspection_lists import load_inspection_lists

    return load_inspection_lists()


STARTER = Starter("housing.inspection_lists", _load)
