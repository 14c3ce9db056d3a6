"""What connects people: hub, living rooms, stories, offers and needs, budget, places."""

from cohesion.models.activity import Activity, ActivityMoment
from cohesion.models.budget_ledger import LedgerLine
from cohesion.models.budget_project import (
    BudgetAdvice,
    BudgetApplicant,
    BudgetDecision,
    BudgetPhoto,
    BudgetProject,
    RuleCheck,
)
from cohesion.models.budget_round import BudgetRound, BudgetRule, BudgetTheme
from cohesion.models.budget_vote import (
    Ballot,
    BallotChoice,
    CodeBatch,
    PaperCount,
    PaperVotes,
    VoteCode,
    VoteResult,
)
from cohesion.models.capital import CapitalConsent, CapitalEntry, CapitalMatch
from cohesion.models.hub_place import ClosedPeriod, HubPlace, OpeningTime
from cohesion.models.involvement import Involvement
from cohesion.models.living_room import LivingRoomDraft, LivingRoomFollowUp, LivingRoomVisit
from cohesion.models.photo import ActivityPhoto, DeclaredPhoto, PlacePhoto
from cohesion.models.place_project import CareAgreement, PlaceProject, PlaceSpot, PlaceStep
from cohesion.models.story import Story, StoryConsent, StoryVersion

__all__ = [
    "Activity",
    "ActivityMoment",
    "ActivityPhoto",
    "Ballot",
    "BallotChoice",
    "BudgetAdvice",
    "BudgetApplicant",
    "BudgetDecision",
    "BudgetPhoto",
    "BudgetProject",
    "BudgetRound",
    "BudgetRule",
    "BudgetTheme",
    "CapitalConsent",
    "CapitalEntry",
    "CapitalMatch",
    "CareAgreement",
    "ClosedPeriod",
    "CodeBatch",
    "DeclaredPhoto",
    "HubPlace",
    "Involvement",
    "LedgerLine",
    "LivingRoomDraft",
    "LivingRoomFollowUp",
    "LivingRoomVisit",
    "OpeningTime",
    "PaperCount",
    "PaperVotes",
    "PlacePhoto",
    "PlaceProject",
    "PlaceSpot",
    "PlaceStep",
    "RuleCheck",
    "Story",
    "StoryConsent",
    "StoryVersion",
    "VoteCode",
    "VoteResult",
]
