"""Drawings checked strictly, and where a point lies on them."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsenaal.lib.geo import (
    MAX_BYTES,
    DrawingRefused,
    clean_drawing,
    metres_outside,
    nearest_street,
    point_on_street,
    street_names,
)
from arsenaal.lib.tiles import tiles_origin
from cases.map_starting import FILE

SQUARE = [[4.48, 51.01], [4.49, 51.01], [4.49, 51.02], [4.48, 51.02], [4.48, 51.01]]


def feature(shape: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": shape, "coordinates": coordinates},
        "properties": properties or None,
    }


def drawing(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_geo_drawing_keeps_geometry_kind_and_name_alone() -> None:
    found = clean_drawing(
        drawing(
            feature("Polygon", [SQUARE]),
            feature(
                "LineString", [[4.481234567, 51.015, 12.0], [4.489, 51.015]], name="Lange Straat", owner="Jan"
            ),
            feature("Point", [4.485, 51.015], name="<b>Plein</b>"),
        )
    )
    kinds = [(part["properties"]["kind"], part["properties"]["name"]) for part in found["features"]]
    assert kinds == [("border", ""), ("street", "Lange Straat"), ("mark", "<b>Plein</b>")]
    assert found["features"][1]["geometry"]["coordinates"][0] == [4.481235, 51.015]
    assert "Jan" not in json.dumps(found)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"[" * 100_000,
        b" " * (MAX_BYTES + 1),
        b'{"type": "FeatureCollection", "features": []}',
        drawing({"type": "FeatureCollection", "features": []}),
        drawing(feature("GeometryCollection", [])),
        drawing(feature("Point", [51.015, 4.485])),  # swapped
        drawing(feature("Point", [4.485, "51.015"])),
        drawing(feature("Point", [True, 51.015])),
        drawing(feature("Point", [4.485])),
        drawing(feature("Point", None)),
        drawing(feature("LineString", [[4.48, 51.01]])),
        drawing(feature("LineString", [])),
        drawing(feature("Polygon", [SQUARE[:-1]])),
        drawing(feature("Polygon", SQUARE)),
        drawing(feature("LineString", SQUARE, kind="border")),
        drawing(feature("LineString", SQUARE, kind=["street"])),
        drawing(feature("LineString", SQUARE, name="x" * 81)),
        drawing(feature("LineString", SQUARE, name={"a": 1})),
        drawing(*[feature("Point", [4.485, 51.015])] * 3001),
        drawing(feature("LineString", [[4.48, 51.01]] * 30_001)),
        drawing(feature("Point", [4.485, 51.015])).replace(b"51.015", b"NaN"),
        drawing(feature("Point", [4.485, 51.015])).replace(b"51.015", b"1e999"),
    ],
    ids=range(26),
)
def test_geo_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(DrawingRefused):
        clean_drawing(content)


def test_geo_border_streets_and_distances() -> None:
    hole = [[4.484, 51.014], [4.486, 51.014], [4.486, 51.016], [4.484, 51.016], [4.484, 51.014]]
    bent = [[4.481, 51.015], [4.483, 51.015], [4.489, 51.015]]
    found = clean_drawing(
        drawing(feature("Polygon", [SQUARE, hole]), feature("LineString", bent, name="Sint-Janstraat"))
    )
    assert metres_outside(found, 51.012, 4.485) == 0
    assert metres_outside(found, 51.0155, 4.485) == pytest.approx(55.7, abs=1)  # in the hole
    assert metres_outside(found, 51.0227, 4.485) == pytest.approx(300, abs=1)
    assert metres_outside(clean_drawing(drawing(feature("LineString", bent))), 50, 4) is None
    assert point_on_street(found, "St. Jansstr") is None
    assert (
        point_on_street(found, "st jan straat") == point_on_street(found, "Sint-Janstraat") == (51.015, 4.485)
    )
    assert point_on_street(found, "") is None
    assert nearest_street(found, 51.0152, 4.485, within=60) == "Sint-Janstraat"
    assert nearest_street(found, 51.0182, 4.485, within=60) == ""


@given(lat=st.floats(51.0101, 51.0199), lng=st.floats(4.4801, 4.4899))
def test_geo_what_lies_in_the_square_lies_in_it(lat: float, lng: float) -> None:
    found = {"features": [feature("Polygon", [SQUARE], kind="border", name="")]}
    assert metres_outside(found, lat, lng) == 0
    assert (metres_outside(found, lat + 0.01, lng) or 0) > 0


def test_geo_own_drawing_passes_its_own_check() -> None:
    found = clean_drawing(FILE.read_bytes())
    assert {"Leuvensesteenweg", "Draaibankstraat", "Aambeeldstraat"} <= set(street_names(found))
    assert all(
        metres_outside(found, *(point_on_street(found, name) or (0, 0))) == 0 for name in street_names(found)
    )


def test_geo_tile_server_gives_one_origin() -> None:
    assert tiles_origin("https://tiles.example.be/{z}/{x}/{y}.png") == "https://tiles.example.be"
    assert tiles_origin("https://{s}.tile.example.be:8443/a/{z}/{x}/{y}") == "https://*.tile.example.be:8443"
    for wrong in (
        "http://tiles.example.be/{z}/{x}/{y}",
        "https://tiles.example.be/",
        "https://a b/{z}/{x}/{y}",
        "",
    ):
        with pytest.raises(ValueError, match="MAP_TILES_URL"):
            tiles_origin(wrong)
