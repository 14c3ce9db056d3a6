"""What this package can count, one file per subject."""

from cohesion.measures.hub import HUB_MEASURES

MEASURES = (*HUB_MEASURES,)
