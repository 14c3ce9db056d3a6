"""Tenant tracks for tests, made through the real actions."""

from decimal import Decimal
from typing import Any

from accounts.models import User
from cases.models import Case
from housing.actions.tenancy import open_track
from housing.actions.tenancy_lines import add_line
from housing.actions.tenancy_steps import answer_conditions, take_step
from housing.models import (
    ArrearsReading,
    EvictionFundFile,
    RightClaim,
    SupportEvaluation,
    SupportGoal,
    TenancySupport,
    TenantTrack,
)
from tests.housing.rehousing import ago


def track(by: User, case: Case, **kwargs: Any) -> TenantTrack:
    """Follow the tenancy of the family of a case since four months."""
    values: dict[str, Any] = {
        "worker": by,
        "started_on": ago(120),
        "next_on": ago(-7),
        "next_step": "Bellen naar de school",
    }
    return open_track(by=by, case=case, **(values | kwargs))


def right(by: User, found: TenantTrack, **values: Any) -> RightClaim:
    """Look into a right."""
    start: dict[str, Any] = {"kind": "study", "other": "", "person": None, "note": "", "inspection": None}
    return add_line(by=by, track=found, kind="right", values=start | values)  # type: ignore[no-any-return]


def asked(by: User, found: TenantTrack, **values: Any) -> RightClaim:
    """Ask a right a month ago."""
    claim = right(by, found, **values)
    return step(by, claim, "asked", asked_on=ago(30), asked_where="Sociaal Huis")  # type: ignore[no-any-return]


def granted(by: User, found: TenantTrack, amount: str | None = "185.50", **values: Any) -> RightClaim:
    """Ask a right that is granted."""
    return step(  # type: ignore[no-any-return]
        by,
        asked(by, found, **values),
        "granted",
        decided_on=ago(10),
        granted_from=ago(5),
        amount=Decimal(amount) if amount else None,
    )


def support(by: User, found: TenantTrack, **values: Any) -> TenancySupport:
    """Begin intensive support three months ago."""
    start: dict[str, Any] = {"from_on": ago(90), "planned_until": ago(-90), "contacts": 2, "pace": "week"}
    return add_line(by=by, track=found, kind="support", values=start | values)  # type: ignore[no-any-return]


def goal(by: User, found: TenantTrack, **values: Any) -> SupportGoal:
    """Add a goal to the support that runs."""
    start: dict[str, Any] = {"what": "Elke maand de huur op tijd", "state": "open", "judged_on": None}
    return add_line(by=by, track=found, kind="goal", values=start | values)  # type: ignore[no-any-return]


def evaluation(by: User, found: TenantTrack, **values: Any) -> SupportEvaluation:
    """Plan an evaluation next week."""
    start: dict[str, Any] = {"planned_on": ago(-7), "done_on": None, "words": ""}
    return add_line(by=by, track=found, kind="evaluation", values=start | values)  # type: ignore[no-any-return]


def arrears(
    by: User, found: TenantTrack, amount: str = "1950", days: int = 60, **values: Any
) -> ArrearsReading:
    """Read the rent arrears."""
    start: dict[str, Any] = {
        "read_on": ago(days),
        "kind": "rent",
        "creditor": "Immo Voorbeeld",
        "amount": Decimal(amount),
        "plan_amount": Decimal(75),
        "note": "",
    }
    return add_line(by=by, track=found, kind="arrears", values=start | values)  # type: ignore[no-any-return]


def fund_file(by: User, found: TenantTrack, rent: str = "650", owed: str = "1950") -> EvictionFundFile:
    """Prepare a file for the fund."""
    values = {"rent": Decimal(rent), "arrears": Decimal(owed)}
    return add_line(by=by, track=found, kind="fund", values=values)  # type: ignore[no-any-return]


def step(by: User, line: Any, to: str, **values: Any) -> Any:
    """Let a line go on from its version."""
    return take_step(by=by, line=line, to=to, version=line.version, values=values)


def paid_file(by: User, found: TenantTrack) -> EvictionFundFile:
    """A file of which the landlord was paid."""
    line = fund_file(by, found)
    for to, values in (
        ("signed", {"signed_on": ago(40)}),
        ("asked", {"asked_on": ago(38)}),
        ("paid", {"paid_on": ago(35), "paid": Decimal("975")}),
    ):
        line = step(by, line, to, **values)
    return line


def conditions(by: User, line: EvictionFundFile, version: int = 1, **answers: str) -> EvictionFundFile:
    """Answer some conditions of the fund."""
    start = {"tenant": "yes", "landlord": "yes", "plan": "no"} | answers
    return answer_conditions(
        by=by,
        fund_file=line,
        version=version,
        answers={condition: (answer, "Besproken aan tafel.") for condition, answer in start.items()},
    )
