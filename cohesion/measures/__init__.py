"""What this package can count, one file per subject."""

from cohesion.measures.hub import HUB_MEASURES
from cohesion.measures.places import PLACE_MEASURES

MEASURES = (*HUB_MEASURES, *PLACE_MEASURES)
