"""The tenant track of a place, with one of everything."""

from typing import Any

from accounts.enums import Role
from tests.factories import make_user
from tests.housing.tenancy import arrears, conditions, evaluation, fund_file, goal, right, support, track


def support_tenants(place: Any) -> None:
    """Make it, through the real actions. Elsewhere nobody of the cast supports tenants."""
    by, things = place.case.lead, place.things
    if place.name == "elsewhere":
        by = make_user("elders_huur", Role.TENANCY_LEAD, place.case.neighbourhood, place.opener.organisation)
    found = track(by, place.case)
    file = fund_file(by, found)
    conditions(by, file)
    things |= {
        "tenancy": found,
        "right": right(by, found, kind="subsidy"),
        "tenancy_support": support(by, found),
        "tenancy_goal": goal(by, found),
        "evaluation": evaluation(by, found),
        "arrears": arrears(by, found),
        "second_arrears": arrears(by, found, "1500", 10),
        "fund_file": file,
    }
