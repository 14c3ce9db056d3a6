"""The transition hub with what goes on there, living-room visits, and stories of residents."""

from cohesion.models.activity import Activity, ActivityMoment
from cohesion.models.capital import CapitalConsent, CapitalEntry, CapitalMatch
from cohesion.models.hub_place import ClosedPeriod, HubPlace, OpeningTime
from cohesion.models.living_room import LivingRoomDraft, LivingRoomFollowUp, LivingRoomVisit
from cohesion.models.story import Story, StoryConsent, StoryVersion

__all__ = [
    "Activity",
    "ActivityMoment",
    "CapitalConsent",
    "CapitalEntry",
    "CapitalMatch",
    "ClosedPeriod",
    "HubPlace",
    "LivingRoomDraft",
    "LivingRoomFollowUp",
    "LivingRoomVisit",
    "OpeningTime",
    "Story",
    "StoryConsent",
    "StoryVersion",
]
