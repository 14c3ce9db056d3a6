"""Which requests of residents the acting user may meet in the database: the second wall behind `visible_to`."""

from arsenaal.lib.wall import Wall, hoods

_OF_PERSON = "EXISTS (SELECT FROM people_person p WHERE p.id = {0}.person_id)"


WALLS = (
    Wall(
        "rights.RightsRequest",
        f"""neighbourhood_id = ANY ({hoods("rights.oversee")})
        OR (neighbourhood_id = ANY ({hoods("rights.ask")}) AND {_OF_PERSON.format("rights_rightsrequest")})""",
    ),
    # What is collected is for who may see the person, never for who only oversees.
    Wall(
        "rights.Export",
        """EXISTS (
            SELECT FROM rights_rightsrequest r JOIN people_person p ON p.id = r.person_id
            WHERE r.id = rights_export.request_id)""",
    ),
    # A part of a circle is read over within that circle.
    Wall(
        "rights.ExportPart",
        """EXISTS (SELECT FROM rights_export e WHERE e.id = rights_exportpart.export_id)
        AND (circle = '' OR EXISTS (
            SELECT FROM rights_export e JOIN rights_rightsrequest r ON r.id = e.request_id
            WHERE e.id = rights_exportpart.export_id
            AND r.neighbourhood_id || ':' || circle = ANY ((SELECT wall.circles())::text[])))""",
    ),
    Wall(
        "rights.LegalHold",
        "EXISTS (SELECT FROM cases_case c WHERE c.id = rights_legalhold.case_id)",
    ),
)
