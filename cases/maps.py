"""The one map of the program: what a page gives to `_map.html`, its points as JSON, and where a point may lie.

Every wing uses it in the same way: `map_box()` in the context, a view that returns `points_data()`, and
`placed()` in the action that keeps a point.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Neighbourhood
from arsenaal.lib.errors import ActionError
from arsenaal.lib.geo import in_belgium, metres_outside, nearest_street, point_on_street, street_names
from arsenaal.lib.registries import Words
from cases.models import NeighbourhoodMap

MOST_POINTS = 5000  # on one map; what is older stands in the list
MARGIN = 300  # metres outside the border that still count as the neighbourhood
NEAR_STREET = 60  # metres from a street within which a point belongs to it


class PointError(ActionError):
    """A point that can't be right; the message says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message, field="street")


@dataclass(frozen=True)
class PointKind:
    """A kind of point: its words, its icon, its tone (a goal, or stop, warn or ok)."""

    label: Words
    icon: str
    tone: str = "cohesion"


@dataclass(frozen=True)
class MapPoint:
    """One point of a map, with the words of its small window."""

    lat: Decimal
    lng: Decimal
    kind: str
    title: str
    detail: str = ""
    url: str = ""


def points_data(kinds: Mapping[str, PointKind], points: Iterable[MapPoint]) -> dict[str, Any]:
    """Return points as static/js/map.js reads them: short rows, because there can be thousands."""
    return {
        "kinds": {
            code: {"label": str(kind.label), "icon": kind.icon, "tone": kind.tone}
            for code, kind in kinds.items()
        },
        "points": [
            [float(one.lat), float(one.lng), one.kind, one.title, one.detail, one.url] for one in points
        ],
    }


def map_of(neighbourhood: Neighbourhood) -> NeighbourhoodMap | None:
    """Return what a neighbourhood is drawn from, if anything: one query."""
    return NeighbourhoodMap.objects.filter(neighbourhood=neighbourhood).first()


@dataclass(frozen=True)
class MapBox:
    """What `_map.html` and `_map_pick.html` need."""

    label: str
    drawing_url: str
    points_url: str
    source: str
    is_approximate: bool
    streets: list[str]
    tiles_url: str
    tiles_attribution: str


def map_box(
    neighbourhood: Neighbourhood,
    *,
    points_url: str = "",
    label: str = "",
    drawing_name: str = "cases:map-drawing",
    to_pick: bool = False,
) -> MapBox:
    """Return a map of a neighbourhood: one query, that only reads the drawing itself for the streets `to_pick` from.

    `drawing_name` is the address of the drawing; a public page has its own.
    """
    rows = NeighbourhoodMap.objects.filter(neighbourhood=neighbourhood)
    found = (rows if to_pick else rows.defer("drawing")).first()
    version = found.version if found else 0
    return MapBox(
        label=label or _("Kaart van %(where)s") % {"where": neighbourhood},
        # With its version in the address it may be kept by the browser.
        drawing_url=f"{reverse(drawing_name, args=[neighbourhood.slug])}?v={version}" if found else "",
        points_url=points_url,
        source=found.source if found else "",
        is_approximate=bool(found and found.is_approximate),
        streets=street_names(found.drawing) if found and to_pick else [],
        tiles_url=settings.MAP_TILES_URL,
        tiles_attribution=settings.MAP_TILES_ATTRIBUTION,
    )


@dataclass(frozen=True)
class Placed:
    """Where something lies. Without a point it stands in lists only."""

    street: str
    house_number: str
    lat: Decimal | None
    lng: Decimal | None
    is_exact: bool  # somebody put it there; else it lies half way along its street


def placed(
    neighbourhood: Neighbourhood,
    *,
    street: str,
    house_number: str = "",
    lat: Decimal | None = None,
    lng: Decimal | None = None,
) -> Placed:
    """Return where something lies from what was tapped or typed: a point gives its street, a street gives a point.

    Raises PointError when there is neither, and for a point that isn't in the neighbourhood.
    """
    street, house_number = street.strip(), house_number.strip()
    found = map_of(neighbourhood)
    if lat is None or lng is None:
        if not street:
            raise PointError(_("Tik de plek aan op de kaart, of vul de straat in."))
        middle = point_on_street(found.drawing, street) if found else None
        if middle is None:
            return Placed(street, house_number, None, None, False)
        return Placed(street, house_number, Decimal(str(middle[0])), Decimal(str(middle[1])), False)
    if not in_belgium(float(lat), float(lng)):
        raise PointError(_("Deze plek ligt niet in België. Tik ze opnieuw aan op de kaart."))
    outside = metres_outside(found.drawing, float(lat), float(lng)) if found else None
    if outside is not None and outside > MARGIN:
        raise PointError(
            _("Deze plek ligt buiten %(where)s. Tik een plek aan in de wijk of vlak ernaast.")
            % {"where": neighbourhood}
        )
    if not street and found:
        street = nearest_street(found.drawing, float(lat), float(lng), within=NEAR_STREET)
    return Placed(street, house_number, lat, lng, True)
