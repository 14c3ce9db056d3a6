"""Renovations in the demo: the owners of casus 3, a house without a roof, and one that is done."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from housing.actions.renovation_lines import add_line, choose_quote, decide_support, edit_line
from housing.actions.renovations import (
    answer_fund,
    begin_renovation,
    edit_renovation,
    finish_renovation,
    open_renovation,
)
from housing.models import Occupancy, Renovation, WorksList
from reporting.demo.pictures import Picture, draw
from reporting.demo.stage import Stage, Story


def _open(stage: Stage, name: str, done_for: str, goal: str, **more: Any) -> Renovation:
    """Start one in the dwelling where the family of a case lived first."""
    case = stage.cases[name]
    home = (
        Occupancy.objects.filter(household=case.household_id, dwelling__crisis__isnull=True)
        .select_related("dwelling__building")
        .earliest("from_on")
    )
    coach = stage.cast.renovatiecoach
    return open_renovation(
        by=coach, case=case, dwelling=home.dwelling, coach=coach, done_for=done_for, goal=goal, **more
    )


def _add(stage: Stage, found: Renovation, line: str, /, **values: Any) -> Any:
    return add_line(by=stage.cast.renovatiecoach, renovation=found, kind=line, values=values)


def _scan(stage: Stage, found: Renovation, moment: str, on: dt.date, label: str, kwh: int, says: str) -> None:
    _add(
        stage,
        found,
        "scan",
        moment=moment,
        scanned_on=on,
        scanned_by="Energiepunt Mechelen",
        label=label,
        kwh=kwh,
        findings=says,
    )


def _list(stage: Stage, found: Renovation, title: str, *works: tuple[str, str, str]) -> WorksList:
    made: WorksList = _add(stage, found, "list", title=title)
    for what, place, estimate in works:
        _add(
            stage,
            found,
            "work",
            works_list=made,
            what=what,
            place=place,
            estimate=Decimal(estimate),
            state="planned",
        )
    return made


def _quote(stage: Stage, works: WorksList, who: str, amount: str, on: dt.date, until: dt.date | None) -> Any:
    return _add(
        stage,
        works.renovation,
        "quote",
        works_list=works,
        contractor=who,
        amount=Decimal(amount),
        dated_on=on,
        valid_until_on=until,
    )


def _works_done(stage: Stage, works: WorksList, on: dt.date) -> None:
    for work in works.works.select_related("works_list__renovation__case").order_by("pk"):
        edit_line(
            by=stage.cast.renovatiecoach,
            line=work,
            version=work.version,
            values={"state": "done", "done_on": on},
        )


def oztest(stage: Stage) -> Story:
    """Casus 3: two owners bring a house up to the certificate while the family stays elsewhere."""
    coach = stage.cast.renovatiecoach
    yield stage.ago(107, "9:40")
    found = _open(
        stage,
        "oztest",
        "landlord",
        "Een conformiteitsattest, zodat het gezin terug kan.",
        started_on=stage.on(-110),
        is_running=True,
    )
    _scan(
        stage,
        found,
        "before",
        stage.on(-108),
        "F",
        562,
        "Geen dakisolatie, enkel glas achteraan, open geiser.",
    )
    roof = _list(
        stage, found, "Dak", ("Dak vernieuwen en isoleren", "zolder", "14500"), ("Goten", "gevel", "1200")
    )
    inside = _list(
        stage,
        found,
        "Elektriciteit en verwarming",
        ("Elektriciteit vernieuwen", "hele huis", "6800"),
        ("Geiser vervangen door een gesloten ketel", "badkamer", "4200"),
    )

    yield stage.ago(96, "11:05")
    _quote(stage, roof, "Dakwerken Voorbeeld", "16450", stage.on(-98), stage.on(-40))
    chosen = _quote(stage, roof, "Proefdak bv", "15120", stage.on(-97), stage.on(-60))
    _quote(stage, roof, "Model & Zoon", "19880", stage.on(-96), None)
    choose_quote(by=coach, quote=chosen, reason="Goedkoopst, en kan binnen de maand beginnen.")
    for kind, asked in (("premium", "5300"), ("loan", "20000")):
        _add(stage, found, "support", kind=kind, other="", asked_on=stage.on(-96), asked=Decimal(asked))

    yield stage.ago(63, "15:35")
    _works_done(stage, roof, stage.on(-64))
    loan = found.supports.select_related("renovation__case").get(kind="loan")
    decide_support(
        by=coach,
        support=loan,
        version=loan.version,
        state="granted",
        decided_on=stage.on(-65),
        granted=Decimal("20000"),
    )
    _quote(stage, inside, "Elektro Voorbeeld", "7350", stage.on(-70), stage.on(-10))
    _quote(stage, inside, "Proefwatt", "6990", stage.on(-66), stage.due(60))
    add_line(
        by=coach,
        renovation=found,
        kind="progress",
        values={
            "seen_on": stage.on(-64),
            "words": "Het dak is dicht. Onder het raam achteraan is de muur nog nat.",
        },
        uploads=[SimpleUploadedFile("foto.jpg", draw(Picture.DAMP), "image/jpeg")],
    )

    yield stage.ago(6, "10:50")
    add_line(
        by=coach,
        renovation=found,
        kind="progress",
        values={"seen_on": stage.on(-6), "words": "Nieuwe ramen steken, de pleisteraar is bezig in de gang."},
        uploads=[SimpleUploadedFile("foto.jpg", draw(Picture.WINDOW), "image/jpeg")],
    )
    found.refresh_from_db()
    edit_renovation(
        by=coach,
        renovation=found,
        version=found.version,
        coach=coach,
        done_for="landlord",
        goal=found.goal,
        next_on=stage.due(9),
        next_step="Oplevering samen met de wooncontroleur",
    )


def rosalie(stage: Stage) -> Story:
    """An owner who can't borrow: the file for the Noodkoopfonds, asked, and waiting for the committee."""
    coach = stage.cast.renovatiecoach
    yield stage.ago(126, "10:35")
    found = _open(
        stage,
        "rosalie",
        "owner",
        "Een dicht dak voor de winter, en elektriciteit die veilig is.",
        started_on=stage.on(-126),
        is_running=True,
    )
    yes = ("lives_in", "sole_owner", "no_other", "defects", "guidance")
    answers = dict.fromkeys(yes, ("yes", ""))
    answers["no_market"] = ("unknown", "Het OCMW onderzoekt het nog.")
    answer_fund(by=coach, renovation=found, version=1, answers=answers)

    yield stage.ago(113, "16:10")
    _scan(
        stage,
        found,
        "before",
        stage.on(-115),
        "F",
        610,
        "Gat in het dak, geen isolatie, elektrische vuurtjes.",
    )
    works = _list(
        stage,
        found,
        "Dak en elektriciteit",
        ("Dak herstellen en isoleren", "achterbouw", "21000"),
        ("Elektriciteit vernieuwen", "hele huis", "7400"),
    )
    _quote(stage, works, "Proefdak bv", "27900", stage.on(-114), stage.due(40))
    _quote(stage, works, "Model & Zoon", "31250", stage.on(-114), stage.due(10))

    yield stage.ago(92, "14:15")
    _add(stage, found, "support", kind="fund", other="", asked_on=stage.on(-92), asked=Decimal("30000"))
    answers["no_market"] = ("yes", "Onderzocht door het OCMW.")
    answers["combined"] = ("yes", "")
    answer_fund(by=coach, renovation=found, version=2, answers=answers)
    found.refresh_from_db()
    edit_renovation(
        by=coach,
        renovation=found,
        version=found.version,
        coach=coach,
        done_for="owner",
        goal=found.goal,
        next_on=stage.on(12),
        next_step="Bellen naar het comité van het Noodkoopfonds",
    )


def lieve(stage: Stage) -> Story:
    """One that is done: from label E to C, for less than was feared."""
    coach = stage.cast.renovatiecoach
    yield stage.ago(146, "9:50")
    found = _open(
        stage,
        "lieve",
        "owner",
        "Een veilige muur en een warm dak.",
        started_on=stage.on(-147),
        is_running=False,
    )
    begin_renovation(by=coach, renovation=found)
    _scan(stage, found, "before", stage.on(-146), "E", 441, "Dak zonder isolatie, ingestorte tuinmuur.")
    works = _list(stage, found, "Dak", ("Dak isoleren langs binnen", "zolder", "5200"))
    chosen = _quote(stage, works, "Proefdak bv", "5480", stage.on(-146), stage.due(60))
    choose_quote(by=coach, quote=chosen, reason="De enige die voor de zomer kon.")
    _add(stage, found, "support", kind="premium", other="", asked_on=stage.on(-146), asked=Decimal("4100"))

    yield stage.ago(102, "13:20")
    premium = found.supports.select_related("renovation__case").get()
    decide_support(
        by=coach,
        support=premium,
        version=premium.version,
        state="granted",
        decided_on=stage.on(-103),
        granted=Decimal("4100"),
    )

    yield stage.ago(73, "11:40")
    _works_done(stage, works, stage.on(-75))
    _scan(stage, found, "after", stage.on(-74), "C", 268, "Dak geïsoleerd, voorzetramen achteraan.")
    finish_renovation(
        by=coach,
        renovation=found,
        ended_on=stage.on(-73),
        reached="De muur staat recht, het dak is warm, en Lieve helpt nu zelf een buur met de papieren.",
        label_after="C",
        final_cost=Decimal("7230.60"),
    )


def stories(stage: Stage) -> Iterator[Story]:
    """Every renovation."""
    for story in (oztest, rosalie, lieve):
        yield story(stage)
