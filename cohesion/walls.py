"""Which rows of this wing the acting user may meet in the database: the second wall behind `visible_to`.

What everybody may see goes through `beyond_wall` in the public pages: the database shows it to nobody by itself.
"""

from arsenaal.lib.wall import Wall, hoods

WALLS = (
    Wall(
        "cohesion.PlacePhoto",
        f"""EXISTS (SELECT FROM cohesion_placeproject p WHERE p.id = cohesion_placephoto.project_id
            AND p.neighbourhood_id = ANY ({hoods("places.read")}))""",
    ),
    Wall(
        "cohesion.ActivityPhoto",
        f"""EXISTS (SELECT FROM cohesion_activity a JOIN cohesion_hubplace h ON h.id = a.place_id
            WHERE a.id = cohesion_activityphoto.activity_id AND h.neighbourhood_id = ANY ({hoods("hub.read")}))""",
    ),
)
