"""Which rows of this wing the acting user may meet in the database: the second wall behind `visible_to`.

What everybody may see goes through `beyond_wall` in the public pages: the database shows it to nobody by itself.
"""

from arsenaal.lib.wall import Wall, hoods

_CAPITAL = f"neighbourhood_id = ANY ({hoods('capital.read')})"

WALLS = (
    # What was heard in a living room: for who goes there, never for who enforces.
    Wall("cohesion.LivingRoomVisit", f"neighbourhood_id = ANY ({hoods('living_room.read')})"),
    Wall(
        "cohesion.LivingRoomFollowUp",
        "EXISTS (SELECT FROM cohesion_livingroomvisit v WHERE v.id = cohesion_livingroomfollowup.visit_id)",
    ),
    Wall("cohesion.LivingRoomDraft", "user_id = (SELECT wall.user_id())"),
    # Stories, also before they are told; what everybody may read is fetched by the program (story_reading.py).
    Wall("cohesion.Story", f"neighbourhood_id = ANY ({hoods('story.read')})"),
    *(
        Wall(
            f"cohesion.{model}",
            f"EXISTS (SELECT FROM cohesion_story s WHERE s.id = cohesion_{model.lower()}.story_id)",
        )
        for model in ("StoryVersion", "StoryConsent")
    ),
    # What people offer and ask each other: for who brings them together.
    Wall("cohesion.CapitalEntry", _CAPITAL),
    Wall("cohesion.CapitalMatch", _CAPITAL),
    Wall(
        "cohesion.CapitalConsent",
        "EXISTS (SELECT FROM cohesion_capitalentry e WHERE e.id = cohesion_capitalconsent.entry_id)",
    ),
    # What somebody does in the neighbourhood: idem; and who meets his case, while he says yes.
    Wall(
        "cohesion.Involvement",
        f"""{_CAPITAL} OR (
            agreed_on <= (SELECT wall.today()) AND withdrawn_at IS NULL
            AND (agreed_until IS NULL OR agreed_until >= (SELECT wall.today()))
            AND (SELECT wall.works_in_team())
            AND EXISTS (
                SELECT FROM people_householdmember m JOIN cases_case c ON c.household_id = m.household_id
                WHERE m.person_id = cohesion_involvement.person_id))""",
    ),
    # Who asks for money, and what was thought of it: for who works on the budget. The project itself names nobody.
    *(
        Wall(
            f"cohesion.{model}",
            f"""EXISTS (SELECT FROM cohesion_budgetproject p WHERE p.id = cohesion_{model.lower()}.project_id
                AND p.neighbourhood_id = ANY ({hoods("budget.work")}))""",
        )
        for model in ("BudgetApplicant", "RuleCheck", "BudgetAdvice", "BudgetDecision")
    ),
    # A public photo goes out to everybody through `budget_reading.public_photos` alone.
    Wall(
        "cohesion.BudgetPhoto",
        f"""EXISTS (SELECT FROM cohesion_budgetproject p WHERE p.id = cohesion_budgetphoto.project_id
            AND p.neighbourhood_id = ANY ({hoods("budget.read")}))""",
    ),
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
