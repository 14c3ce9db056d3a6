"""What connects people: hub, living rooms, stories, offers and needs, budget, places."""


from cohesion.models.activity import Activity, ActivityMoment
from cohesion.models.capital import CapitalConsent, CapitalEntry, CapitalMatch
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
from cohesion.models.hub_place import ClosedPeriod, HubPlace, OpeningTime
from cohesion.models.living_room import LivingRoomDraft, LivingRoomFollowUp, LivingRoomVisit
from cohesion.models.story import Story, StoryConsent, StoryVersion

__all__ = [
    "Activity",
    "ActivityMoment",
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
    "ClosedPeriod",
    "CodeBatch",
    "HubPlace",
    "LedgerLine",
    "LivingRoomDraft",
    "LivingRoomFollowUp",
    "LivingRoomVisit",
    "OpeningTime",
    "PaperCount",
    "PaperVotes",
    "RuleCheck",
    "Story",
    "StoryConsent",
    "StoryVersion",
    "VoteCode",
    "VoteResult",
]
