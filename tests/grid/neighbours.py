"""Living-room visits and stories of a place, with one of everything."""

import uuid
from typing import Any

from accounts.models import User
from cohesion.actions.living_room import save_living_room_draft
from tests.cases.visits import upload
from tests.cohesion.neighbours import published_story, visit_living_room


def drop_by(place: Any, by: User) -> None:
    """Make them, through the real actions."""
    here = place.case.neighbourhood
    visit = visit_living_room(by, here, follow_what=f"Belofte {place.name}", household=place.case.household)
    save_living_room_draft(by=by, visit_uuid=uuid.uuid4(), payload={"notes": ["half"]})
    place.things |= {
        "living_room": visit,
        "follow_up": visit.follow_ups.get(),
        "story": published_story(
            by,
            here,
            form="photo",
            teller=place.person,
            told={"title": f"Verhaal {place.name}", "alt": "Een tuin", "file": upload()},
        ),
    }
