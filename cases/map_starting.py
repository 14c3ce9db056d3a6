"""The drawing that the program brings along: the neighbourhood that it was made for, drawn by hand."""

from pathlib import Path

from accounts.models import Neighbourhood
from arsenaal.lib.registries import Starter
from cases.actions.neighbourhood_maps import set_map
from cases.models import NeighbourhoodMap

DRAWN = "arsenaal"  # the slug of the neighbourhood that it shows
SOURCE = "Straten en grens met de hand getekend bij het programma"
FILE = Path(__file__).parent / "data" / "arsenaal.geojson"


def load_maps() -> None:
    """Draw that neighbourhood where it has no drawing yet; any other waits for an administrator's file."""
    drawn = NeighbourhoodMap.objects.values("neighbourhood_id")
    for neighbourhood in Neighbourhood.objects.filter(slug=DRAWN).exclude(pk__in=drawn):
        set_map(
            by=None,
            neighbourhood=neighbourhood,
            content=FILE.read_bytes(),
            source=SOURCE,
            is_approximate=True,
        )


STARTER = Starter("cases.maps", load_maps)
