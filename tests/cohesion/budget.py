"""The neighbourhood budget for tests, made through the real actions."""

import datetime as dt
import threading
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.models import Neighbourhood, User
from arsenaal.lib.errors import ActionError
from arsenaal.lib.wall import beyond_wall
from cohesion.actions.budget_money import pay
from cohesion.actions.budget_projects import check_rules, decide, hand_in
from cohesion.actions.budget_rounds import go_to, open_round
from cohesion.budget_enums import RoundState, Verdict
from cohesion.models import BudgetProject, BudgetRound, LedgerLine

# Of a bank that gives such numbers as examples; the check digits are right.
IBAN = "BE71 0961 2345 6769"


def today() -> dt.date:
    """The day of the test."""
    return timezone.localdate()


def euros(text: str | int) -> Decimal:
    """An amount."""
    return Decimal(text)


def round_of(by: User, neighbourhood: Neighbourhood, **kwargs: Any) -> BudgetRound:
    """A round that is open for ideas, with 1000 euro unless said otherwise."""
    values: dict[str, Any] = {
        "title": "Pro Arsenaal",
        "envelope": euros(1000),
        "ideas_from_on": today(),
        "ideas_until_on": today() + dt.timedelta(days=30),
    }
    made = open_round(by=by, neighbourhood=neighbourhood, **(values | kwargs))
    return go_to(by=by, budget_round=made, to=RoundState.IDEAS)


def idea(
    budget_round: BudgetRound, by: User | None = None, asked: str | int = 400, **kwargs: Any
) -> BudgetProject:
    """An idea of a resident, with everything that is needed to pay it."""
    values: dict[str, Any] = {
        "submission": uuid.uuid4(),
        "theme": budget_round.themes.order_by("position").first(),
        "title": "Bankje in de zon",
        "summary": "Een bank om samen te zitten.",
        "kind": "resident",
        "asked": euros(asked),
        "name": "Verzonnen Vera",
        "address": "Fictiestraat 9001",
        "email": "vera@voorbeeld.example",
        "motivation": "Mijn moeder kan niet ver stappen.",
        "iban": IBAN,
    }
    return hand_in(by=by, budget_round=budget_round, **(values | kwargs))


def assess(by: User, *projects: BudgetProject, verdict: str = Verdict.YES) -> None:
    """Answer every rule of these projects."""
    for one in projects:
        one.refresh_from_db()
        reason = "" if verdict == Verdict.YES else "Nog niet gezien"
        verdicts = {rule.pk: (verdict, reason) for rule in one.round.rules.all()}
        check_rules(by=by, project=one, version=one.version, verdicts=verdicts)


def go(by: User, budget_round: BudgetRound, *states: RoundState) -> BudgetRound:
    """Through these states, one after the other."""
    for to in states:
        budget_round = go_to(by=by, budget_round=budget_round, to=to)
    return budget_round


def grant(by: User, project: BudgetProject, amount: str | int | None = None) -> BudgetProject:
    """Grant it, what was asked unless said otherwise."""
    amount = project.asked if amount is None else euros(amount)
    decide(by=by, project=project, is_granted=True, amount=amount, reason="Een mooi plan.")
    project.refresh_from_db()
    return project


def granted(
    coach: User, boss: User, neighbourhood: Neighbourhood, *asked: int, **kwargs: Any
) -> list[BudgetProject]:
    """A round in which these amounts were asked and all granted."""
    budget_round = round_of(boss, neighbourhood, **kwargs)
    projects = [idea(budget_round, asked=amount, title=f"Idee {n}") for n, amount in enumerate(asked)]
    assess(coach, *projects)
    go(boss, budget_round, RoundState.ASSESSING, RoundState.DECIDED)
    return [grant(boss, one) for one in projects]


def voting(coach: User, boss: User, neighbourhood: Neighbourhood, *asked: int, **kwargs: Any) -> BudgetRound:
    """A round in which more was asked than there is, so that people vote."""
    budget_round = round_of(boss, neighbourhood, **kwargs)
    projects = [idea(budget_round, asked=amount, title=f"Idee {n}") for n, amount in enumerate(asked)]
    assess(coach, *projects)
    return go(boss, budget_round, RoundState.ASSESSING, RoundState.VOTING)


def book(by: User, project: BudgetProject, amount: str | int) -> LedgerLine:
    """A payment of today."""
    return pay(by=by, project=project, amount=euros(amount), moved_on=today())


def at_once(times: int, work: Callable[[], Any]) -> list[str]:
    """Do it in as many threads, each with its own connection, and tell how each ended."""
    told: list[str] = []
    start = threading.Barrier(times)

    def one() -> None:
        start.wait()
        try:
            with beyond_wall("test"):
                work()
            told.append("done")
        except ActionError as error:
            told.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _n in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told
