"""What this package can count, one file per subject."""

from cohesion.measures.budget import BUDGET_MEASURES
from cohesion.measures.hub import HUB_MEASURES

MEASURES = (*HUB_MEASURES, *BUDGET_MEASURES)
