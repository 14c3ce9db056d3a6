"""Points, streets and borders: a drawing in GeoJSON checked strictly, and where a point lies on it.

A drawing is a FeatureCollection in degrees (WGS 84, longitude first, as GeoJSON writes it). Distances are worked out
on a flat map around the point: over the size of a neighbourhood that is right to the centimetre.
"""

import json
import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from arsenaal.lib.addresses import street_key
from arsenaal.lib.errors import ActionError

SOUTH, WEST, NORTH, EAST = 49.45, 2.5, 51.55, 6.45  # around Belgium
MAX_BYTES = 1024 * 1024
MAX_FEATURES = 3000
MAX_POSITIONS = 30_000
NAME_LENGTH = 80
_METRES = 111_320  # in a degree of latitude

Position = tuple[float, float]  # longitude, latitude
# How deep the coordinates of each kind of geometry lie. Anything else has no place on a drawing.
_DEPTHS = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
# What a feature can be, with the geometry that it then has; the first one is meant when a file doesn't say.
_KINDS = {
    "street": ("LineString", "MultiLineString"),
    "border": ("Polygon", "MultiPolygon"),
    "mark": ("Point", "MultiPoint"),
    "rail": ("LineString", "MultiLineString"),
    "water": ("LineString", "MultiLineString", "Polygon", "MultiPolygon"),
    "green": ("Polygon", "MultiPolygon"),
    "building": ("Polygon", "MultiPolygon"),
}


class DrawingRefused(ActionError):
    """The file is no drawing that we can use; the message says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message, field="file")


def in_belgium(lat: float, lng: float) -> bool:
    """Tell whether a point lies in or near Belgium; a swapped pair doesn't."""
    return SOUTH <= lat <= NORTH and WEST <= lng <= EAST


def _no_constant(_name: str) -> float:
    raise ValueError("not a number")


class _Cleaner:
    """Goes through one file and counts what it met."""

    def __init__(self) -> None:
        self.positions = 0

    def position(self, found: Any) -> list[float]:
        """Return one position, to ten centimetres."""
        self.positions += 1
        if self.positions > MAX_POSITIONS:
            raise DrawingRefused(_("Deze tekening heeft te veel punten. Maak ze eenvoudiger."))
        if not isinstance(found, list) or len(found) not in (2, 3):
            raise DrawingRefused(_("Een punt in dit bestand heeft geen lengte en breedte."))
        lng, lat = found[:2]
        if any(isinstance(part, bool) or not isinstance(part, int | float) for part in (lng, lat)):
            raise DrawingRefused(_("Een punt in dit bestand heeft geen lengte en breedte."))
        if not in_belgium(lat, lng):
            raise DrawingRefused(
                _("Een punt in dit bestand ligt niet in België. Staan lengte en breedte goed (WGS 84)?")
            )
        return [round(lng, 6), round(lat, 6)]

    def coordinates(self, found: Any, depth: int) -> list[Any]:
        """Return coordinates of this depth."""
        if depth == 0:
            return self.position(found)
        if not isinstance(found, list) or not found:
            raise DrawingRefused(_("Een lijn of vlak in dit bestand is leeg."))
        return [self.coordinates(part, depth - 1) for part in found]

    def geometry(self, found: Any) -> dict[str, Any]:
        """Return one geometry of a kind that we draw."""
        kind = found.get("type") if isinstance(found, dict) else None
        if kind not in _DEPTHS:
            raise DrawingRefused(_("Dit bestand bevat iets anders dan punten, lijnen en vlakken."))
        clean = {"type": kind, "coordinates": self.coordinates(found.get("coordinates"), _DEPTHS[kind])}
        for line in _lines_of(clean):
            is_closed = line[0] == line[-1]
            if "Polygon" in kind and (len(line) < 4 or not is_closed):
                raise DrawingRefused(_("Een vlak in dit bestand is niet gesloten."))
            if "Line" in kind and len(line) < 2:
                raise DrawingRefused(_("Een lijn in dit bestand heeft maar één punt."))
        return clean

    def feature(self, found: Any) -> dict[str, Any]:
        """Return one feature with its kind and its name, and nothing else that was in the file."""
        if not isinstance(found, dict) or found.get("type") != "Feature":
            raise DrawingRefused(_("Dit bestand is geen GeoJSON met een lijst van onderdelen."))
        geometry = self.geometry(found.get("geometry"))
        given = found.get("properties")
        given = given if isinstance(given, dict) else {}
        name, kind = given.get("name") or "", given.get("kind")
        if kind is None:
            kind = next(code for code, shapes in _KINDS.items() if geometry["type"] in shapes)
        if not isinstance(name, str) or len(name) > NAME_LENGTH or "\0" in name:
            raise DrawingRefused(_("Een naam in dit bestand is te lang of geen tekst."))
        if not isinstance(kind, str) or geometry["type"] not in _KINDS.get(kind, ()):
            raise DrawingRefused(
                _("Een onderdeel is van een soort die we niet tekenen. Gebruik: %(kinds)s.")
                % {"kinds": ", ".join(_KINDS)}
            )
        return {"type": "Feature", "properties": {"kind": kind, "name": name}, "geometry": geometry}


def clean_drawing(content: bytes) -> dict[str, Any]:
    """Check a GeoJSON file and return what we keep of it: geometry, kind and name.

    Raises DrawingRefused for what is too large, no GeoJSON, not in Belgium, or anything but points, lines and areas.
    """
    if len(content) > MAX_BYTES:
        raise DrawingRefused(_("Dit bestand is te groot: hoogstens 1 MB. Maak de tekening eenvoudiger."))
    try:
        found = json.loads(content, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise DrawingRefused(_("Dit bestand is geen GeoJSON. Kies een ander.")) from error
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or found.get("type") != "FeatureCollection":
        raise DrawingRefused(_("Dit bestand is geen GeoJSON met een lijst van onderdelen."))
    if not 1 <= len(features) <= MAX_FEATURES:
        raise DrawingRefused(_("Een tekening heeft 1 tot %(most)d onderdelen.") % {"most": MAX_FEATURES})
    cleaner = _Cleaner()
    return {"type": "FeatureCollection", "features": [cleaner.feature(one) for one in features]}


def _lines_of(geometry: dict[str, Any]) -> list[list[Position]]:
    """Return the lines of a geometry: rings of areas too."""
    found, depth = geometry["coordinates"], _DEPTHS[geometry["type"]]
    if depth == 3:
        return [ring for polygon in found for ring in polygon]
    return found if depth == 2 else [found] if geometry["type"] == "LineString" else []


def _of_kind(drawing: dict[str, Any], kind: str) -> Iterator[tuple[str, list[list[Position]]]]:
    for feature in drawing["features"]:
        if feature["properties"]["kind"] == kind:
            yield feature["properties"]["name"], _lines_of(feature["geometry"])


class _Flat:
    """A flat map in metres around one point."""

    def __init__(self, lat: float, lng: float) -> None:
        self.lat, self.lng = lat, lng
        self.across = _METRES * math.cos(math.radians(lat))

    def __call__(self, position: Position) -> tuple[float, float]:
        return (position[0] - self.lng) * self.across, (position[1] - self.lat) * _METRES

    def distance(self, line: list[Position]) -> float:
        """Return how many metres the point lies from a line."""
        flat = [self(position) for position in line]
        return min(_to_segment(one, other) for one, other in pairwise(flat))


def _to_segment(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return how far a piece of line lies from the origin."""
    (x, y), (dx, dy) = one, (other[0] - one[0], other[1] - one[1])
    length = dx * dx + dy * dy
    along = 0.0 if not length else max(0.0, min(1.0, -(x * dx + y * dy) / length))
    return math.hypot(x + along * dx, y + along * dy)


def _is_inside(ring: list[Position], lat: float, lng: float) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > lat) != (y2 > lat) and lng < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def metres_outside(drawing: dict[str, Any], lat: float, lng: float) -> float | None:
    """Return how far a point lies outside the border, 0 within it; None when the drawing has no border."""
    rings = [ring for _name, lines in _of_kind(drawing, "border") for ring in lines]
    if not rings:
        return None
    # A hole turns it round again; borders never overlap.
    if sum(_is_inside(ring, lat, lng) for ring in rings) % 2:
        return 0.0
    flat = _Flat(lat, lng)
    return min(flat.distance(ring) for ring in rings)


def street_names(drawing: dict[str, Any]) -> list[str]:
    """Return the streets of a drawing that have a name, each once, by name."""
    return sorted({name for name, _lines in _of_kind(drawing, "street") if name})


def point_on_street(drawing: dict[str, Any], street: str) -> tuple[float, float] | None:
    """Return latitude and longitude half way along a street, however it is spelled; None when it isn't drawn."""
    wanted = street_key(street)
    pieces = [
        line
        for name, lines in _of_kind(drawing, "street")
        if name and street_key(name) == wanted
        for line in lines
    ]
    if not wanted or not pieces:
        return None
    flat = _Flat(pieces[0][0][1], pieces[0][0][0])
    longest = max(pieces, key=lambda line: sum(_lengths(flat, line)))
    lengths = _lengths(flat, longest)
    left = sum(lengths) / 2
    for (one, other), length in zip(pairwise(longest), lengths, strict=True):
        if left <= length and length:
            part = left / length
            lng, lat = (a + (b - a) * part for a, b in zip(one, other, strict=True))
            return round(lat, 6), round(lng, 6)
        left -= length
    return longest[0][1], longest[0][0]


def _lengths(flat: _Flat, line: list[Position]) -> list[float]:
    points = [flat(position) for position in line]
    return [math.dist(one, other) for one, other in pairwise(points)]


def nearest_street(drawing: dict[str, Any], lat: float, lng: float, *, within: float) -> str:
    """Return the name of the street that lies nearest, at most `within` metres away; else nothing."""
    flat = _Flat(lat, lng)
    found = [
        (flat.distance(line), name) for name, lines in _of_kind(drawing, "street") if name for line in lines
    ]
    distance, name = min(found, default=(math.inf, ""))
    return name if distance <= within else ""
