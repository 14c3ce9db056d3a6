"""Which answers the acting user may meet in the database: each purpose by its own permission."""

from arsenaal.lib.registries import survey_purposes
from arsenaal.lib.wall import Wall, hoods


def _of_round(table: str) -> str:
    """Return the condition of what was answered in a round: for who reads its purpose there.

    Codes of purposes and permissions are the program's own words, never what somebody typed.
    """
    rules = " OR ".join(
        f"(r.purpose = '{purpose.code}' AND r.neighbourhood_id = ANY ({hoods(purpose.read)}))"
        for purpose in survey_purposes
    )
    return (
        f"EXISTS (SELECT FROM surveys_surveyround r WHERE r.id = {table}.round_id AND ({rules or 'false'}))"
    )


WALLS = (
    Wall("surveys.AnswerSet", _of_round("surveys_answerset")),
    Wall(
        "surveys.AnswerWords",
        "EXISTS (SELECT FROM surveys_answerset s WHERE s.id = surveys_answerwords.answer_set_id)",
    ),
)
