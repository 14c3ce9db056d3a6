"""Which rows of this wing the acting user may meet in the database: the second wall behind `visible_to`."""

from arsenaal.lib.wall import Wall, hoods

WALLS = (
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
)
