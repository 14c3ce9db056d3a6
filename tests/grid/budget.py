"""The neighbourhood budget of a place: a round that was voted in and paid, one where people vote, one for ideas."""

from typing import Any

from cohesion.actions.budget_projects import add_photo, advise, receipt_token
from cohesion.actions.budget_votes import cast_vote, count_paper, freeze_result, print_codes
from tests.arsenaal.papers import ordinary_pdf, sent_file
from tests.cases.visits import upload
from tests.cohesion.budget import book, grant, idea, round_of, voting


def fund(place: Any) -> None:
    """Make it, through the real actions; `own` and `other` lie in one neighbourhood and have rounds each."""
    by, where = place.opener, place.case.neighbourhood
    decided = voting(by, by, where, 600, 500, title=f"Ronde {place.name}")
    _batch, (code,) = print_codes(by=by, budget_round=decided, size=1)
    project = decided.projects.get(number=1)
    cast_vote(by=None, budget_round=decided, code=code, projects=[project.pk])
    freeze_result(by=by, budget_round=decided)
    grant(by, project)
    line = book(by, project, 100)
    photo = add_photo(by=by, project=project, upload=upload(), caption="De bank", is_public=True)
    going = voting(by, by, where, 600, 500, title=f"Stemronde {place.name}")
    batch, _codes = print_codes(by=by, budget_round=going, size=1)
    first = going.projects.get(number=1)
    count = count_paper(by=by, budget_round=going, where="De Draad", ballots=2, votes={first.pk: 2})
    asking = round_of(by, where, title=f"Ideeën {place.name}")
    waiting = idea(asking, quote=sent_file(ordinary_pdf()), iban="")
    advise(by=by, project=waiting, source="Groendienst", text="Dat kan hier.", amount=waiting.asked)
    place.things |= {
        "budget_round": decided,
        "budget_project": project,
        "budget_line": line,
        "budget_photo": photo,
        "vote_round": going,
        "vote_batch": batch,
        "paper_count": count,
        "idea_round": asking,
        "idea": waiting,
        "receipt": receipt_token(waiting.submission),
    }
