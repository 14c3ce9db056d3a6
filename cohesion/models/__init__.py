"""The transition hub, the look of the neighbourhood, and the photos of both."""

from cohesion.models.activity import Activity, ActivityMoment
from cohesion.models.hub_place import ClosedPeriod, HubPlace, OpeningTime
from cohesion.models.photo import ActivityPhoto, DeclaredPhoto, PlacePhoto
from cohesion.models.place_project import CareAgreement, PlaceProject, PlaceSpot, PlaceStep

__all__ = [
    "Activity",
    "ActivityMoment",
    "ActivityPhoto",
    "CareAgreement",
    "ClosedPeriod",
    "DeclaredPhoto",
    "HubPlace",
    "OpeningTime",
    "PlacePhoto",
    "PlaceProject",
    "PlaceSpot",
    "PlaceStep",
]
