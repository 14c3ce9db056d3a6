"""Another neighbourhood with two cases: what somebody from Arsenaal must not see."""

import datetime as dt
from collections.abc import Iterator

from cases.actions.change_state import change_state
from cases.actions.start_case import start_case
from housing.actions.case_dwelling import Address, house_case
from reporting.demo.stage import Stage, Story, at
from reporting.demo.telling import adult, child, contact, family, planned, step, visit


def elsewhere(stage: Stage) -> Story:
    """Two families in Tivoli."""
    by, year = stage.cast.buitenstaander, stage.today.year

    yield stage.ago(89, "10:00")
    household = family(
        "Gezin Elderslo",
        adult("Peter", "Elderslo", year - 41, phone="0470 00 00 81"),
        child("Jitse", "Elderslo", year - 8),
        by=by,
        neighbourhood=stage.tivoli,
        since=year - 8,
    )
    first = start_case(
        by=by,
        neighbourhood=stage.tivoli,
        lead=by,
        title="Gezin Elderslo: verwarming stuk",
        about=household,
    )
    house_case(
        by=by,
        case=first,
        from_on=dt.date(year - 4, 1, 1),
        address=Address("Antwerpsesteenweg", "9011"),
        tenure="tenant",
    )

    yield stage.ago(84, "16:00")
    visit(
        first,
        by,
        present="Peter",
        said="De ketel is stuk sinds september. De verhuurder antwoordt niet.",
        agreed="Brief opstellen.",
        saw={"heating": 3},
    )
    change_state(by=by, case=first, to_state="active", reason="Er is haast bij: het wordt koud.")
    step(first, by, "Aangetekende brief aan de verhuurder", due=stage.on(5), who=by, reaches="landlord")

    yield stage.ago(15, "11:00")
    contact(first, by, "Peter", "De verhuurder stuurde een hersteller. Nog niets warm.", direction="in")

    yield stage.ago(14, "9:40")
    household = family(
        "Mevrouw Nergenshuys",
        adult("Alma", "Nergenshuys", year - 66, "es nl"),
        by=by,
        neighbourhood=stage.tivoli,
        since=year - 5,
    )
    second = start_case(
        by=by,
        neighbourhood=stage.tivoli,
        lead=by,
        title="Mevrouw Nergenshuys: trap zonder leuning",
        about=household,
        address_hint="Liersesteenweg 9006",
    )
    planned(second, at(stage.on(2), "11:00"), by, purpose="get_to_know")


def stories(stage: Stage) -> Iterator[Story]:
    """What happens there."""
    yield elsewhere(stage)
