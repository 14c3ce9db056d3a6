"""The transition hub: its places and hours, what goes on there, and how many came."""

from cohesion.models.activity import Activity, ActivityMoment
from cohesion.models.capital import CapitalConsent, CapitalEntry, CapitalMatch
from cohesion.models.hub_place import ClosedPeriod, HubPlace, OpeningTime

__all__ = [
    "Activity",
    "ActivityMoment",
    "CapitalConsent",
    "CapitalEntry",
    "CapitalMatch",
    "ClosedPeriod",
    "HubPlace",
    "OpeningTime",
]
