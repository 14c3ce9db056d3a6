"""Renovations for tests, made through the real actions."""

from decimal import Decimal
from typing import Any

from accounts.models import User
from cases.models import Case
from housing.actions.renovation_lines import add_line
from housing.actions.renovations import answer_fund, open_renovation
from housing.models import (
    Dwelling,
    EnergyScan,
    ProgressLine,
    Quote,
    Renovation,
    RenovationWork,
    SupportRequest,
    WorksList,
)
from tests.cases.visits import upload
from tests.factories import World
from tests.housing.factories import house, make_building, make_dwelling
from tests.housing.rehousing import ago


def renovation(by: User, case: Case, dwelling: Dwelling, **kwargs: Any) -> Renovation:
    """Start one that runs since two months."""
    values: dict[str, Any] = {
        "coach": by,
        "done_for": "owner",
        "goal": "Een droge en warme woning.",
        "started_on": ago(60),
        "is_running": True,
        "next_on": ago(-10),
        "next_step": "Offertes vergelijken",
    }
    return open_renovation(by=by, case=case, dwelling=dwelling, **(values | kwargs))


def running(world: World, case: Case, number: str = "5", **kwargs: Any) -> Renovation:
    """Let the family of a case own a house that is renovated."""
    dwelling = make_dwelling(world, make_building(world, street="Bouwstraat", number=number))
    if not case.household.occupancies.exists():  # type: ignore[union-attr]
        house(world, case, dwelling, tenure="owner")
    return renovation(world.renovation_coach, case, dwelling, **kwargs)


def scan(by: User, found: Renovation, **values: Any) -> EnergyScan:
    """Write down an energy scan, by default before the works."""
    start: dict[str, Any] = {
        "moment": "before",
        "scanned_on": ago(50),
        "scanned_by": "Energiepunt",
        "label": "F",
        "kwh": 540,
        "findings": "Geen dakisolatie.",
    }
    return add_line(by=by, renovation=found, kind="scan", values=start | values)  # type: ignore[no-any-return]


def make_list(by: User, found: Renovation, title: str = "Het dak") -> WorksList:
    """Make a list of works."""
    return add_line(by=by, renovation=found, kind="list", values={"title": title})  # type: ignore[no-any-return]


def work(by: User, works: WorksList, **values: Any) -> RenovationWork:
    """Add a work to a list."""
    start: dict[str, Any] = {
        "works_list": works,
        "what": "Dak isoleren",
        "place": "zolder",
        "estimate": Decimal("8500"),
        "state": "planned",
        "done_on": None,
    }
    return add_line(  # type: ignore[no-any-return]
        by=by, renovation=works.renovation, kind="work", values=start | values
    )


def quote(by: User, works: WorksList, **values: Any) -> Quote:
    """Add a quote to a list."""
    start: dict[str, Any] = {
        "works_list": works,
        "contractor": "Dakwerken Voorbeeld",
        "amount": Decimal("9200"),
        "dated_on": ago(20),
        "valid_until_on": ago(-30),
    }
    return add_line(  # type: ignore[no-any-return]
        by=by, renovation=works.renovation, kind="quote", values=start | values
    )


def support(by: User, found: Renovation, **values: Any) -> SupportRequest:
    """Ask a premium."""
    start: dict[str, Any] = {
        "kind": "premium",
        "other": "",
        "asked_on": ago(15),
        "asked": Decimal("4100"),
    }
    return add_line(by=by, renovation=found, kind="support", values=start | values)  # type: ignore[no-any-return]


def progress(by: User, found: Renovation, *, with_photo: bool = False, **values: Any) -> ProgressLine:
    """Write down how the works go."""
    start: dict[str, Any] = {"seen_on": ago(3), "words": "Het dak ligt open, de balken zijn droog."}
    return add_line(  # type: ignore[no-any-return]
        by=by,
        renovation=found,
        kind="progress",
        values=start | values,
        uploads=[upload()] if with_photo else [],
    )


def fund_answers(by: User, found: Renovation, version: int = 1, **answers: str) -> Renovation:
    """Answer some conditions of the Noodkoopfonds."""
    start = {"lives_in": "yes", "defects": "yes", "no_other": "no"} | answers
    return answer_fund(
        by=by,
        renovation=found,
        version=version,
        answers={condition: (answer, "Gezien bij het bezoek.") for condition, answer in start.items()},
    )
