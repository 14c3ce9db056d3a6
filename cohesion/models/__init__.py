"""The transition hub: its places and hours, what goes on there, and how many came."""

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
from cohesion.models.hub_place import ClosedPeriod, HubPlace, OpeningTime

__all__ = ["Activity", "ActivityMoment", "ClosedPeriod", "HubPlace", "OpeningTime"]
__all__ += [
    "BudgetAdvice",
    "BudgetApplicant",
    "BudgetDecision",
    "BudgetPhoto",
    "BudgetProject",
    "BudgetRound",
]
__all__ += ["BudgetRule", "BudgetTheme", "LedgerLine", "RuleCheck"]
__all__ += ["Ballot", "BallotChoice", "CodeBatch", "PaperCount", "PaperVotes", "VoteCode", "VoteResult"]
