"""Tenant tracks in the demo: rights that nobody had asked, a subsidy that made somebody inspect, Willy and the fund."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from housing.actions.tenancy import edit_track, open_track
from housing.actions.tenancy_lines import add_line, edit_line
from housing.actions.tenancy_steps import answer_conditions, take_step
from housing.models import Inspection, TenantTrack
from reporting.demo.stage import Stage, Story


def _open(stage: Stage, name: str, started_on: dt.date, who: str = "huurbegeleider") -> TenantTrack:
    worker = getattr(stage.cast, who)
    return open_track(by=worker, case=stage.cases[name], worker=worker, started_on=started_on)


def _add(found: TenantTrack, line: str, /, **values: Any) -> Any:
    return add_line(by=found.worker, track=found, kind=line, values=values)


def _right(found: TenantTrack, right: str, note: str = "", **values: Any) -> Any:
    return _add(found, "right", kind=right, note=note, **values)


def _step(found: TenantTrack, line: Any, to: str, **values: Any) -> Any:
    return take_step(by=found.worker, line=line, to=to, version=line.version, values=values)


def _next(found: TenantTrack, on: dt.date, what: str) -> None:
    found.refresh_from_db()
    edit_track(
        by=found.worker,
        track=found,
        version=found.version,
        worker=found.worker,
        started_on=found.started_on,
        next_on=on,
        next_step=what,
    )


def fons(stage: Stage) -> Story:
    """Casus 1: two rights that he never asked, and no subsidy while he wants nobody at the door."""
    yield stage.ago(138, "10:00")
    found = _open(stage, "fons", stage.on(-138), "opbouwwerker")
    refund = _right(found, "refund", "Hij dacht dat het ziekenfonds dat vanzelf deed.")
    tariff = _right(found, "tariff")
    _right(found, "premium", "Later: er komt dan iemand kijken, en dat wil hij nog niet.")

    yield stage.ago(117, "11:15")
    refund = _step(
        found, refund, "asked", asked_on=stage.on(-117), asked_where="loket van het ziekenfonds, samen"
    )

    yield stage.ago(90, "15:10")
    _step(found, refund, "granted", decided_on=stage.on(-91), granted_from=stage.on(-89))
    tariff = _step(found, tariff, "asked", asked_on=stage.on(-90), asked_where="Energiepunt Mechelen")

    yield stage.ago(63, "9:40")
    _step(
        found,
        tariff,
        "granted",
        decided_on=stage.on(-64),
        granted_from=stage.on(-63),
        amount=Decimal("38.40"),
    )
    _next(found, stage.on(9), "Opnieuw bekijken of hij de huurpremie wil vragen")


def oztest(stage: Stage) -> Story:
    """Casus 3: the subsidy through which the inspection came in."""
    yield stage.ago(140, "9:15")
    found = _open(stage, "oztest", stage.on(-146))
    case = stage.cases["oztest"]
    inspection = Inspection.objects.filter(
        dwelling__occupancies__household=case.household_id, trigger="rent_subsidy"
    ).earliest("pk")
    subsidy = _right(found, "subsidy", "Aangevraagd voor er een dossier was.", inspection=inspection)
    subsidy = _step(found, subsidy, "asked", asked_on=stage.on(-146), asked_where="Wonen in Vlaanderen")
    child = _right(found, "child")

    yield stage.ago(104, "14:20")
    child = _step(
        found, child, "asked", asked_on=stage.on(-104), asked_where="uitbetaler van het Groeipakket"
    )

    yield stage.ago(70, "10:10")
    _step(
        found,
        child,
        "granted",
        decided_on=stage.on(-72),
        granted_from=stage.on(-71),
        amount=Decimal("132.10"),
    )
    _next(found, stage.on(15), "Vragen wat de huursubsidie wordt zodra ze terug zijn")


def testaoui(stage: Stage) -> Story:
    """A school grant that came, and a subsidy that was refused: they didn't appeal."""
    yield stage.ago(113, "13:30")
    found = _open(stage, "testaoui", stage.on(-114))
    grant = _right(found, "study", "Vier kinderen, nooit gevraagd.")
    subsidy = _right(found, "subsidy")

    yield stage.ago(109, "10:05")
    grant = _step(
        found, grant, "asked", asked_on=stage.on(-109), asked_where="online, samen aan de keukentafel"
    )
    subsidy = _step(found, subsidy, "asked", asked_on=stage.on(-109), asked_where="Wonen in Vlaanderen")

    yield stage.ago(87, "9:20")
    _step(
        found, grant, "granted", decided_on=stage.on(-88), granted_from=stage.on(-88), amount=Decimal("61.75")
    )
    _step(
        found,
        subsidy,
        "refused",
        decided_on=stage.on(-88),
        reason="Ze verhuisden niet: blijven in een te kleine woning geeft geen recht.",
        appeal_until=stage.on(-58),
    )
    _next(found, stage.on(20), "Sociale toeslag van het Groeipakket nakijken")


def zondernaam(stage: Stage) -> Story:
    """Willy: five months behind, support each week, a plan, and the fund that pays his landlord."""
    yield stage.ago(106, "9:30")
    found = _open(stage, "zondernaam", stage.on(-107))
    support = _add(
        found, "support", from_on=stage.on(-106), planned_until=stage.on(70), contacts=1, pace="week"
    )
    goals = [
        _add(found, "goal", what=what) for what in ("De post samen openen", "Elke maand 75 euro afbetalen")
    ]
    _add(
        found,
        "arrears",
        read_on=stage.on(-106),
        kind="rent",
        amount=Decimal("2650"),
        creditor="de verhuurder",
    )
    _add(
        found,
        "arrears",
        read_on=stage.on(-106),
        kind="energy",
        amount=Decimal("480.20"),
        creditor="leverancier",
    )
    wage = _right(found, "wage", "Zonder werk sinds zijn ontslag, niets gevraagd.")
    wage = _step(found, wage, "asked", asked_on=stage.on(-106), asked_where="Sociaal Huis")
    file = _add(found, "fund", rent=Decimal("530"), arrears=Decimal("2650"))
    answers = dict.fromkeys(("tenant", "landlord", "holds"), ("yes", ""))
    answers["plan"] = ("unknown", "Na de zitting.")
    file = answer_conditions(by=found.worker, fund_file=file, version=1, answers=answers)

    yield stage.ago(87, "15:30")
    answers |= {"plan": ("yes", "75 euro per maand."), "notice": ("yes", ""), "portal": ("yes", "")}
    file = answer_conditions(by=found.worker, fund_file=file, version=2, answers=answers)
    file = _step(found, file, "signed", signed_on=stage.on(-87))
    file = _step(found, file, "asked", asked_on=stage.on(-87))
    _step(
        found,
        wage,
        "granted",
        decided_on=stage.on(-88),
        granted_from=stage.on(-105),
        amount=Decimal("1314.20"),
    )
    _add(found, "evaluation", planned_on=stage.on(-58))

    yield stage.ago(78, "10:20")
    _step(found, file, "paid", paid_on=stage.on(-79), paid=Decimal("1325"))
    _add(
        found,
        "arrears",
        read_on=stage.on(-79),
        kind="rent",
        amount=Decimal("1325"),
        plan_amount=Decimal(75),
        creditor="de verhuurder",
    )

    yield stage.ago(56, "14:00")
    evaluation = support.evaluations.select_related("support__track__case").get()
    edit_line(
        by=found.worker,
        line=evaluation,
        version=evaluation.version,
        values={
            "done_on": stage.on(-57),
            "words": "Twee keer betaald. De post openen lukt als er iemand naast hem zit.",
        },
    )
    edit_line(
        by=found.worker, line=goals[0], version=1, values={"state": "partly", "judged_on": stage.on(-57)}
    )
    for kind, owed, plan, creditor in (
        ("rent", "1175", "75", "de verhuurder"),
        ("energy", "430.20", "25", "leverancier"),
    ):
        _add(
            found,
            "arrears",
            read_on=stage.on(-57),
            kind=kind,
            amount=Decimal(owed),
            plan_amount=Decimal(plan),
            creditor=creditor,
        )
    _add(found, "evaluation", planned_on=stage.on(6))

    yield stage.ago(26, "11:10")
    _add(
        found,
        "arrears",
        read_on=stage.on(-27),
        kind="rent",
        amount=Decimal("1100"),
        plan_amount=Decimal(75),
        creditor="de verhuurder",
        note="De derde afbetaling kwam te laat.",
    )
    _next(found, stage.on(-2), "Langsgaan: kloppen, drie keer")


def stories(stage: Stage) -> Iterator[Story]:
    """Every tenant track."""
    for story in (fons, oztest, testaoui, zondernaam):
        yield story(stage)
