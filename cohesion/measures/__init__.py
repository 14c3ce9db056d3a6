"""What this package can count, one file per subject."""

from cohesion.measures.hub import HUB_MEASURES
from cohesion.measures.neighbours import NEIGHBOUR_MEASURES

MEASURES = (*HUB_MEASURES, *NEIGHBOUR_MEASURES)
