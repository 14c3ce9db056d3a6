"""The tile server of the map, when one is set: which address the browser may ask for pictures."""

import re

_TILES = re.compile(r"https://(?:(\{s\})\.)?([a-z0-9.-]+(?::\d+)?)/", re.IGNORECASE)


def tiles_origin(url: str) -> str:
    """Return the origin of a tile address for the content security policy; {s} is any name below it.

    Raises ValueError for an address that isn't https or has no {z}, {x} and {y}: better no start than a broken map.
    """
    found = _TILES.match(url)
    if not found or not all(part in url for part in ("{z}", "{x}", "{y}")):
        raise ValueError("MAP_TILES_URL must look like https://tiles.example.org/{z}/{x}/{y}.png")
    return f"https://{'*.' if found[1] else ''}{found[2]}"
