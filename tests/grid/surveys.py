"""The needs survey and the social capital of a place, with one of everything."""

import uuid
from typing import Any

from cohesion.actions.capital import propose_match
from surveys.actions.questionnaires import edit_version, revise
from surveys.actions.rounds import close_round, make_codes, start_tablet
from surveys.models import AnswerWords
from surveys.reading import questions_of
from tests.cohesion.capital import pair
from tests.cohesion.involvement import involved
from tests.surveys.making import answer, draft_of, round_of


def connect(place: Any) -> None:
    """Make it, through the real actions; `own` and `other` lie in one neighbourhood and share it."""
    by, where, things = place.opener, place.case.neighbourhood, place.things
    draft = draft_of(by, where, f"Behoeften {place.name}")
    older = round_of(by, draft, "Voorjaar")
    version = older.questionnaire_version
    ended, running = (round_of(by, version, name) for name in ("Najaar", "Nu"))
    for round_ in (older, ended):
        for _n in range(5):
            answer(by, round_, q_blijf_je_graag_wonen="nee", q_waarom_niet=f"Te druk {place.name}")
    fresh = revise(by=by, questionnaire=version.questionnaire)
    fresh = edit_version(by=by, draft=fresh, version=1, title=fresh.title, languages=["ar"])
    _tablet, secret = start_tablet(by=by, round_=running)
    offer, ask = pair(by, where)
    _offered, asked = pair(by, where)
    things |= {
        "questionnaire": version.questionnaire,
        "survey_draft": fresh,
        "survey_question": questions_of(fresh)[0],
        "round": running,
        "older_round": close_round(by=by, round_=older),
        "ended_round": close_round(by=by, round_=ended),
        "survey_words": AnswerWords.objects.filter(answer_set__round=ended).earliest("pk"),
        "survey_code": make_codes(by=by, round_=running, count=1, seed=uuid.uuid4())[0],
        "tablet_secret": secret,
        "capital_offer": offer,
        "capital_ask": asked,
        "capital_match": propose_match(by=by, offer=offer, ask=ask),
        "involvement": involved(by, place.case, what=f"Schenkt koffie {place.name}"),
    }
