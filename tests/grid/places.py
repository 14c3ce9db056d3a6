"""The look of the neighbourhood of a place, with one of everything."""

from typing import Any

from cohesion.actions.photos import add_activity_photo
from tests.cohesion.places import cared_for, garden, photo_of, picture, second_spot


def beautify(place: Any) -> None:
    """Make it, through the real actions; the hub of the place is there already."""
    by, things = place.opener, place.things
    project = garden(
        by, place.case.neighbourhood, title=f"Tegeltuin {place.name}", state="made", is_public=True
    )
    things |= {
        "project": project,
        "spot": second_spot(by, project),
        "care": cared_for(by, project),
        "place_photo": photo_of(by, project, "after", is_public=True),
        "activity_photo": add_activity_photo(
            by=by,
            activity=things["activity"],
            file=picture(),
            alt="Een lange tafel",
            people="nobody",
            is_public=True,
        ),
    }
