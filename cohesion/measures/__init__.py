"""What this package can count, one file per subject."""

from cohesion.measures.budget import BUDGET_MEASURES
from cohesion.measures.capital import CAPITAL_MEASURES
from cohesion.measures.hub import HUB_MEASURES
from cohesion.measures.neighbours import NEIGHBOUR_MEASURES
from cohesion.measures.places import PLACE_MEASURES
from cohesion.measures.surveys import SURVEY_MEASURES

MEASURES = (
    *HUB_MEASURES,
    *NEIGHBOUR_MEASURES,
    *SURVEY_MEASURES,
    *CAPITAL_MEASURES,
    *PLACE_MEASURES,
    *BUDGET_MEASURES,
)
