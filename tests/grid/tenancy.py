"""The tenant track of a place, with one of everything."""

from typing import Any

from tests.housing.tenancy import arrears, conditions, evaluation, fund_file, goal, right, support, track


def support_tenants(place: Any) -> None:
    """Make it, through the real actions. Elsewhere nobody supports tenants."""
    if place.name == "elsewhere":
        return
    by, things = place.case.lead, place.things
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
