"""The procedures about dwellings in the stories: the flats of casus 2, the house of casus 3, and three short ones."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from accounts.models import User
from arsenaal.lib.durations import add_months
from housing.actions.buildings import create_building
from housing.actions.dwellings import create_dwelling
from housing.actions.procedure_steps import Details, take_step
from housing.actions.rehousing import MemberPlan, save_rehousing_plan
from housing.actions.start_procedure import start_procedure
from housing.actions.tracks import edit_track, open_track
from housing.models import Dwelling, DwellingProcedure, Occupancy, Procedure
from housing.procedure_enums import Step
from people.models import HouseholdMember
from reporting.demo.stage import Stage, Story, at


def _take(
    procedure: Procedure, by: User, *steps: Step, parts: Sequence[DwellingProcedure] = (), **details: Any
) -> None:
    """Take steps on the day that is being told."""
    for step in steps:
        take_step(
            by=by,
            procedure=procedure,
            parts=list(parts or procedure.parts.all()),
            step=step,
            on=timezone.localdate(),
            details=Details(**details),
        )


def _home_of(case: Any) -> Dwelling:
    """Return where the family of a case lives on the day that is being told."""
    living = Occupancy.objects.on(timezone.localdate()).filter(household=case.household_id)
    return living.select_related("dwelling__building").get().dwelling


def _plan(part: DwellingProcedure, by: User, where_to: str, moves_on: dt.date | None, **words: str) -> None:
    """Write where each family of a dwelling goes, everybody together."""
    today = timezone.localdate()
    for living in Occupancy.objects.on(today).filter(dwelling=part.dwelling_id).select_related("household"):
        members = HouseholdMember.objects.on(today).filter(household=living.household_id).order_by("pk")
        save_rehousing_plan(
            by=by,
            part=part,
            household=living.household,
            version=0,
            where_to=where_to,
            moves_on=moves_on,
            members=[MemberPlan(member, school="blijft waar die is") for member in members],
            **words,
        )


def flats(stage: Stage) -> Story:
    """Casus 2: one procedure for four flats at once; two are decided, two wait."""
    cast = stage.cast
    inspector, coordinator = cast.inspecteur, cast.coordinator

    yield stage.ago(122, "14:00")
    homes = list(
        Dwelling.objects.filter(building__house_number="9140", box__in=["1", "2", "5", "6"])
        .select_related("building")
        .order_by("box")
    )
    block = homes[0].building
    procedure = start_procedure(
        by=inspector,
        building=block,
        dwellings=homes,
        kind="unfit",
        started_on=timezone.localdate(),
        reference="WK/9140",
    )
    open_track(
        by=coordinator,
        building=block,
        kind="vacancy",
        owner=cast.renovatiecoach,
        opened_on=timezone.localdate(),
        note="Bus 5 en 6 staan leeg sinds de winter. De eigenaar zegt dat hij 'wacht op betere tijden'.",
        next_on=stage.due(60),
        next_step="Nagaan of de flats in het leegstandsregister staan",
    )
    permit = open_track(
        by=coordinator,
        building=block,
        kind="permit",
        owner=inspector,
        opened_on=timezone.localdate(),
        note="Zes flats, vergund voor vier. Gevraagd aan Stedenbouw sinds wanneer.",
        next_on=stage.due(30),
        next_step="Antwoord van Stedenbouw",
    )

    yield stage.ago(120, "9:40")
    _take(procedure, inspector, Step.FIND_FOUNDED, Step.ASK_ADVICE)
    yield stage.ago(115, "13:15")
    _take(procedure, inspector, Step.INVESTIGATE, Step.SEND_ADVICE)
    _take(procedure, inspector, Step.PLAN_HEARING, hearing_at=at(stage.on(-110), "14:00"))
    yield stage.ago(110, "15:30")
    _take(
        procedure,
        inspector,
        Step.HEAR,
        note="De verhuurder kwam met zijn advocaat en vraagt zes maanden. Verslag in de map.",
    )
    yield stage.ago(84, "10:00")
    lived_in = list(procedure.parts.filter(dwelling__box__in=["1", "2"]).order_by("pk"))
    for part in lived_in:
        _plan(
            part,
            cast.huurbegeleider,
            "Eerst herstel van de gemene delen; lukt dat niet, een woning van de woonmaatschappij",
            None,
            belongings="blijven staan zolang ze er wonen",
            costs="de stad betaalt en vraagt het terug aan de verhuurder",
        )
    yield stage.ago(81, "16:20")
    _take(procedure, inspector, Step.MARK_READY, parts=lived_in, verdict="both")
    yield stage.ago(80, "11:45")
    half_a_year = add_months(timezone.localdate(), 6)
    _take(
        procedure,
        inspector,
        Step.DECIDE,
        parts=lived_in,
        reference="BB/114",
        repair_until=half_a_year,
        recovers_costs=True,
    )
    yield stage.ago(78, "9:30")
    _take(procedure, inspector, Step.NOTIFY, Step.SEND_INVENTORY, parts=lived_in)

    yield stage.ago(52, "10:10")
    _take(
        procedure, inspector, Step.APPEAL, parts=lived_in, note="Beroep door de advocaat van de verhuurder."
    )
    edit_track(
        by=inspector,
        track=permit,
        version=1,
        owner=inspector,
        state="waiting",
        note="Stedenbouw vindt geen vergunning voor de opdeling in zes. Het dossier ligt bij de handhaving.",
        next_on=stage.on(12),
        next_step="Plaatsbezoek van Stedenbouw",
    )


def house(stage: Stage) -> Story:
    """Casus 3: decided once the family had somewhere to go; the owner asked for a certificate."""
    inspector, lead = stage.cast.inspecteur, stage.cast.huurbegeleider

    yield stage.ago(137, "9:10")
    case = stage.cases["oztest"]
    home = _home_of(case)
    procedure = start_procedure(
        by=inspector,
        building=home.building,
        dwellings=[home],
        kind="unfit",
        initiator="occupant",
        started_on=timezone.localdate(),
    )
    _take(procedure, inspector, Step.FIND_FOUNDED, Step.ASK_ADVICE)
    yield stage.ago(135, "16:00")
    _take(procedure, inspector, Step.INVESTIGATE, Step.SEND_ADVICE)
    _take(procedure, inspector, Step.PLAN_HEARING, hearing_at=at(stage.on(-132), "10:00"))
    yield stage.ago(133, "16:30")
    part = procedure.parts.get()
    _plan(
        part,
        lead,
        "Crisiswoning Hanswijkstraat, drie slaapkamers, gelijkvloers",
        stage.on(-120),
        belongings="twee neven en een bestelwagen van de stad",
        pets="geen",
        costs="verblijfsvergoeding 390 euro, geen huur aan de eigenaar",
    )
    yield stage.ago(132, "11:15")
    _take(procedure, inspector, Step.HEAR)
    _take(procedure, inspector, Step.MARK_READY, verdict="both")
    yield stage.ago(130, "11:30")
    _take(procedure, inspector, Step.DECIDE, reference="BB/067", leave_on=stage.on(-115))
    yield stage.ago(129, "9:00")
    _take(procedure, inspector, Step.NOTIFY)
    yield stage.ago(120, "16:30")
    _take(procedure, inspector, Step.SEND_INVENTORY)

    yield stage.ago(9, "17:20")
    certificate = start_procedure(
        by=inspector,
        building=home.building,
        dwellings=[home],
        kind="certificate",
        initiator="owner",
        started_on=timezone.localdate(),
    )
    yield stage.ago(6, "9:15")
    _take(certificate, inspector, Step.COMPLETE)


def warning(stage: Stage) -> Story:
    """A warning whose three months run out this week: the program proposes, a person decides."""
    inspector = stage.cast.inspecteur
    agreed_on = add_months(stage.today + dt.timedelta(days=2), -3)

    yield at(agreed_on - dt.timedelta(days=1), "10:20")
    home = _home_of(stage.cases["testaoui"])
    procedure = start_procedure(
        by=inspector,
        building=home.building,
        dwellings=[home],
        kind="warning",
        initiator="municipality",
        started_on=timezone.localdate(),
    )
    yield at(agreed_on, "15:00")
    _take(procedure, inspector, Step.AGREE, reference="verslag van het plaatsbezoek")


def certificate_that_ends(stage: Stage) -> Story:
    """A room with a certificate for a short time, that runs out in the spring."""
    inspector = stage.cast.inspecteur

    yield stage.ago(45, "13:40")
    home = _home_of(stage.cases["dawit"])
    procedure = start_procedure(
        by=inspector,
        building=home.building,
        dwellings=[home],
        kind="certificate",
        initiator="owner",
        started_on=timezone.localdate(),
    )
    yield stage.ago(40, "9:50")
    _take(procedure, inspector, Step.COMPLETE)
    yield stage.ago(24, "11:10")
    _take(
        procedure,
        inspector,
        Step.ISSUE,
        most_people=1,
        valid_until=stage.today + dt.timedelta(days=75),
        reference="CA/31",
    )


def lifted_house(stage: Stage) -> Story:
    """A house that was declared unfit last year, repaired, certified, and is free again."""
    inspector = stage.cast.inspecteur

    yield stage.ago(400, "10:00")
    building = create_building(
        by=inspector, neighbourhood=stage.arsenaal, street="Draaibankstraat", house_number="9061"
    )
    home = create_dwelling(by=inspector, building=building, kind="house", keep_anyway=True)
    procedure = start_procedure(
        by=inspector, building=building, dwellings=[home], kind="unfit", started_on=timezone.localdate()
    )
    _take(procedure, inspector, Step.FIND_FOUNDED, Step.ASK_ADVICE)
    yield stage.ago(371, "14:00")
    _take(procedure, inspector, Step.INVESTIGATE, Step.SEND_ADVICE)
    _take(procedure, inspector, Step.PLAN_HEARING, hearing_at=at(stage.on(-350), "9:30"))
    yield stage.ago(350, "10:15")
    _take(procedure, inspector, Step.HEAR)
    _take(procedure, inspector, Step.MARK_READY, verdict="unfit")
    yield stage.ago(330, "9:05")
    _take(procedure, inspector, Step.DECIDE, reference="BB/009")
    yield stage.ago(327, "9:05")
    _take(procedure, inspector, Step.NOTIFY, Step.SEND_INVENTORY)
    yield stage.ago(100, "13:00")
    certificate = start_procedure(
        by=inspector,
        building=building,
        dwellings=[home],
        kind="certificate",
        initiator="owner",
        started_on=timezone.localdate(),
    )
    _take(certificate, inspector, Step.COMPLETE)
    yield stage.ago(72, "10:30")
    _take(certificate, inspector, Step.ISSUE, most_people=4, reference="CA/22")
    yield stage.ago(66, "9:45")
    _take(procedure, inspector, Step.LIFT, lift_reason="certificate", reference="BB/131")


STORIES = (flats, house, warning, certificate_that_ends, lifted_house)
