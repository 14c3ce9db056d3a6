"""Places for tests, made through the real actions."""

import datetime as dt
import functools
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import Neighbourhood, User
from cohesion.actions.photos import add_place_photo
from cohesion.actions.place_care import agree_care
from cohesion.actions.place_projects import add_spot, start_project
from cohesion.models import CareAgreement, PlacePhoto, PlaceProject, PlaceSpot
from tests.cases.visits import upload

# On the approximate drawing: within the border, 5 metres from Draaibankstraat, and far outside.
INSIDE = {"lat": Decimal("51.014830"), "lng": Decimal("4.490150")}
OUTSIDE = {"lat": Decimal("51.030000"), "lng": Decimal("4.470000")}


def picture() -> SimpleUploadedFile:
    """A small photo as a phone sends it."""
    return upload(_pixels())


@functools.cache
def _pixels() -> bytes:
    """Made once: encoding takes longer than a test."""
    found: bytes = upload().read()
    return found


def garden(by: User, neighbourhood: Neighbourhood, **kwargs: Any) -> PlaceProject:
    """A tile garden in a street."""
    values: dict[str, Any] = {"title": "Tegeltuin", "kind": "tile_garden", "street": "Draaibankstraat"}
    return start_project(by=by, neighbourhood=neighbourhood, **(values | kwargs))


def second_spot(by: User, project: PlaceProject) -> PlaceSpot:
    """One more front."""
    return add_spot(by=by, project=project, street="Verzonnenkaai", house_number="9003")


def cared_for(by: User, project: PlaceProject, days: int = 90, **kwargs: Any) -> CareAgreement:
    """Somebody waters, for that many days more."""
    today = timezone.localdate()
    values = {"carer": "Noor", "from_on": today, "until_on": today + dt.timedelta(days=days)}
    return agree_care(by=by, project=project, **(values | kwargs))


def photo_of(by: User, project: PlaceProject, moment: str, **kwargs: Any) -> PlacePhoto:
    """A photo on which nobody can be recognised."""
    values = {"file": picture(), "alt": f"Gevel {moment}", "people": "nobody"}
    return add_place_photo(by=by, project=project, moment=moment, **(values | kwargs))
