"""Which people the acting user may meet in the database: the second wall behind `visible_to`."""

from arsenaal.lib.wall import Wall, hoods

# Everybody where one may see all people, whom one registered oneself, and the people of the cases one may read.
HOUSEHOLDS = f"""
    neighbourhood_id = ANY ({hoods("people.read_all")})
    OR (created_by_id = (SELECT wall.user_id()) AND neighbourhood_id = ANY ({hoods("radar.report")}))
    OR id = ANY ((SELECT wall.met_households())::bigint[])
"""
# A service outside the team meets a person only with that person's consent (domain.md F1).
# Whose data are restricted is met through his case, and by who decides on that.
PERSONS = f"""
    ((neighbourhood_id = ANY ({hoods("people.read_all")})
        OR (created_by_id = (SELECT wall.user_id()) AND neighbourhood_id = ANY ({hoods("radar.report")})))
        AND (NOT id = ANY ((SELECT wall.restricted_persons())::bigint[])
            OR neighbourhood_id = ANY ({hoods("rights.decide")})))
    OR ((SELECT wall.works_in_team()) AND id = ANY ((SELECT wall.met_persons())::bigint[]))
    OR id = ANY ((SELECT wall.consented_persons())::bigint[])
"""

WALLS = (
    Wall("people.Household", HOUSEHOLDS),
    Wall("people.Person", PERSONS),
    Wall(
        "people.Restriction",
        "EXISTS (SELECT FROM people_person p WHERE p.id = people_restriction.person_id)",
    ),
    Wall(
        "people.HouseholdMember",
        "EXISTS (SELECT FROM people_household h WHERE h.id = people_householdmember.household_id)",
    ),
)
