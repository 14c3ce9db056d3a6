"""Which rows of this wing the acting user may meet in the database: the second wall behind `visible_to`."""

from arsenaal.lib.wall import Wall, hoods

_CAPITAL = f"neighbourhood_id = ANY ({hoods('capital.read')})"

WALLS = (
    # What people offer and ask each other: for who brings them together.
    Wall("cohesion.CapitalEntry", _CAPITAL),
    Wall("cohesion.CapitalMatch", _CAPITAL),
    Wall(
        "cohesion.CapitalConsent",
        "EXISTS (SELECT FROM cohesion_capitalentry e WHERE e.id = cohesion_capitalconsent.entry_id)",
    ),
)
