"""Crisis dwellings in the demo: four of them, who stays there, who waits, and the agreement of casus 3."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from cases.models import Case
from housing.actions.aftercare import do_aftercare
from housing.actions.agreement_templates import load_templates
from housing.actions.agreements import make_agreement, make_ready, sign_agreement
from housing.actions.buildings import create_building
from housing.actions.crisis_dwellings import add_crisis_dwelling, block_for_works, set_fee
from housing.actions.dwellings import create_dwelling
from housing.actions.landlords import create_landlord
from housing.actions.obligations import mark_done, record_evidence
from housing.actions.ownerships import add_ownership
from housing.actions.rehousing_costs import add_cost, record_recovered
from housing.actions.stays import ask_longer, decide_longer, end_stay, plan_stay, start_stay
from housing.actions.waiting import put_on_list, set_priority
from housing.agreement_days import add_months
from housing.models import Agreement, AgreementTemplate, CrisisDwelling, ObligationDue, Stay
from reporting.demo.stage import Stage, Story

# Street, number, box, floor, size, people, without stairs, pets, fee: the crisis dwellings of the Sociaal Huis.
_UNITS = (
    ("Hanswijkstraat", "9102", "1", 0, "88", 6, True, False, "390"),
    ("Hanswijkstraat", "9102", "2", 1, "61", 3, False, True, "330"),
    ("Caputsteenstraat", "9033", "", 0, "74", 4, True, False, "360"),
    ("Augustijnenstraat", "9016", "3", 2, "42", 2, False, False, "290"),
)


def units(stage: Stage) -> Story:
    """Four crisis dwellings, known before anybody needs one; one is closed for works in the coming month."""
    lead, services, year = stage.cast.huurbegeleider, stage.services, stage.today.year
    yield stage.ago(178, "8:45")
    load_templates()
    owner = create_landlord(
        by=lead,
        neighbourhood=stage.arsenaal,
        kind="company",
        name="Sociaal Huis Mechelen, crisiswoningen",
        phone="015 00 00 10",
    )
    buildings = {
        (street, number): create_building(
            by=lead, neighbourhood=stage.arsenaal, street=street, house_number=number
        )
        for street, number in sorted({unit[:2] for unit in _UNITS})
    }
    for street, number, box, floor, size, people, is_level, pets, fee in _UNITS:
        dwelling = create_dwelling(
            by=lead,
            building=buildings[street, number],
            kind="apartment",
            box=box,
            floor=floor,
            area=Decimal(size),
        )
        add_ownership(by=lead, dwelling=dwelling, landlord=owner, from_on=dt.date(year - 6, 1, 1))
        add_crisis_dwelling(
            by=lead,
            dwelling=dwelling,
            operator=services.sociaal_huis,
            capacity=people,
            is_accessible=is_level,
            allows_pets=pets,
            notes="Sleutels af te halen aan het onthaal van het Sociaal Huis.",
            fee=Decimal(fee),
            fee_from_on=dt.date(year - 1, 1, 1),
        )

    yield stage.ago(15, "9:40")
    block_for_works(
        by=lead,
        unit=unit("Augustijnenstraat"),
        from_on=stage.on(20),
        until_on=stage.on(48),
        reason="Nieuwe badkamer en een lift op de trap",
    )
    set_fee(by=lead, unit=unit("Augustijnenstraat"), from_on=stage.on(48), amount=Decimal("305.00"))


def unit(street: str, box: str = "") -> CrisisDwelling:
    """Return a crisis dwelling by its street, and its box where there are several."""
    rows = CrisisDwelling.objects.select_related("dwelling__building").filter(
        dwelling__building__street=street
    )
    return rows.get(dwelling__box=box) if box else rows.get()


def moves_to_crisis_dwelling(stage: Stage, case: Case) -> Stay:
    """The family of casus 3 moves to the Hanswijkstraat for three months."""
    lead, day = stage.cast.huurbegeleider, stage.on(-120)
    stay = plan_stay(
        by=lead, case=case, unit=unit("Hanswijkstraat", "1"), from_on=day, until_on=add_months(day, 3)
    )
    start_stay(by=lead, stay=stay, arrived_on=day)
    add_cost(
        by=lead,
        stay=stay,
        spent_on=day,
        category="transport",
        amount=Decimal("86.40"),
        description="Bestelwagen van de stad, heen",
        is_recoverable=True,
    )
    return stay


def sign_three_parties(stage: Stage, case: Case) -> Agreement:
    """The three-party agreement of casus 3, from the template to signed around one table."""
    lawyer = stage.cast.jurist
    stay = Stay.objects.select_related("period", "came_from__dwelling").get(case=case)
    home = stay.came_from.dwelling if stay.came_from else None
    owners = (
        [row.landlord for row in home.ownerships.select_related("landlord").order_by("pk")] if home else []
    )
    draft = make_agreement(
        by=lawyer,
        case=case,
        template=AgreementTemplate.objects.current().get(code="driepartijen"),
        starts_on=stay.period.from_on,
        return_on=stay.period.until_on,
        landlords=owners,
        organisations=[stage.services.sociaal_huis],
        dwelling=home,
    )
    make_ready(by=lawyer, agreement=draft)
    return sign_agreement(by=lawyer, agreement=draft, signed_on=stage.on(-112))


def oztest(stage: Stage) -> Story:
    """What casus 3 did with its agreement: fees, costs, a longer stay; the fee of the last month is late."""
    cast = stage.cast
    yield stage.ago(110, "11:40")
    case = stage.cases["oztest"]
    stay = Stay.objects.select_related("case").get(case=case)
    agreement = Agreement.objects.select_related("case").get(case=case)
    for amount, category, words, is_recoverable in (
        ("245.00", "storage", "Opslag van de meubels, eerste maand", True),
        ("118.75", "installation", "Aansluiting van kookfornuis en wasmachine", True),
        ("39.90", "other", "Twee extra sleutels", False),
    ):
        add_cost(
            by=cast.huurbegeleider,
            stay=stay,
            spent_on=stage.on(-113),
            category=category,
            amount=Decimal(amount),
            description=words,
            is_recoverable=is_recoverable,
        )
    _keep(stage, agreement, "Het OCMW zorgt", "Sleutels gegeven op de eerste dag.", on=stage.on(-120))

    yield stage.ago(105, "15:20")
    _keep(
        stage,
        agreement,
        "premies",
        "Gesprek met Rik en Mia over twee premies en de lening van Vlaanderen.",
        on=stage.on(-105),
    )

    for number, days in enumerate((88, 57), 1):
        yield stage.ago(days, "10:30")
        due = _fees(agreement)[number - 1]
        mark_done(
            by=cast.huurbegeleider,
            due=due,
            done_on=min(due.due_on, stage.today) if due.due_on else stage.today,
            note="Overschrijving gezien.",
        )

    yield stage.ago(52, "9:20")
    asked = ask_longer(
        by=cast.huurbegeleider,
        stay=stay,
        until_on=stage.on(18),
        reason="De pleisterwerken zijn niet klaar: het gezin kan nog niet terug.",
    )

    yield stage.ago(39, "14:40")
    decide_longer(
        by=cast.coordinator,
        extension=asked,
        is_granted=True,
        note="Eenmalig, aan dezelfde vergoeding. Het comité kwam twee weken niet samen.",
        moves_agreement=True,
    )
    due = _fees(agreement)[2]
    mark_done(by=cast.huurbegeleider, due=due, done_on=stage.on(-40), note="Betaald, iets te laat.")

    yield stage.ago(33, "10:10")
    cost = stay.costs.get(category="storage")
    record_recovered(by=cast.jurist, cost=cost, recovered=Decimal("122.50"), recovered_on=stage.on(-33))


def _fees(agreement: Agreement) -> list[ObligationDue]:
    dues = agreement.dues.filter(obligation__topic="fee").select_related(
        "agreement__case", "obligation__party"
    )
    return list(dues.order_by("due_on"))


def _keep(stage: Stage, agreement: Agreement, words: str, text: str, *, on: dt.date) -> None:
    due = agreement.dues.select_related("agreement__case").get(obligation__text__icontains=words)
    record_evidence(
        by=stage.cast.renovatiecoach,
        due=due,
        on=on,
        text=text,
        is_done=True,
    )


def newborn(stage: Stage) -> Story:
    """Casus 2: the family with a newborn goes first, stays warm for some days, and gets a home of its own."""
    cast = stage.cast
    lead = cast.huurbegeleider
    yield stage.ago(110, "16:30")
    case = stage.cases["proef"]
    entry = put_on_list(
        by=lead,
        case=case,
        needed_on=stage.due(2),
        people=4,
        reason="De flat heeft geen verwarming en er is een pasgeboren kind.",
        needs_access=True,
    )
    set_priority(
        by=cast.coordinator, entry=entry, priority=2, reason="Een gezin met een pasgeboren kind gaat voor."
    )

    yield stage.ago(107, "9:15")
    home = unit("Caputsteenstraat")
    today = stage.on(-107)
    stay = plan_stay(by=lead, case=case, unit=home, from_on=today, until_on=add_months(today, 3))
    start_stay(by=lead, stay=stay, arrived_on=today)

    yield stage.ago(101, "11:30")
    end_stay(
        by=lead,
        stay=stay,
        ended_on=stage.on(-101),
        outcome="social",
        note="De woonmaatschappij had sneller dan verwacht een appartement.",
    )

    yield stage.ago(8, "11:20")
    do_aftercare(
        by=lead,
        check=stay.aftercare.select_related("case", "stay").order_by("due_on")[0],
        result="well",
        done_on=stage.on(-8),
        note="Warm en droog. Yasmine slaapt door.",
        circle="shared",
    )


def ngoma(stage: Stage) -> Story:
    """Two weeks elsewhere while the wall is open for the leak, and back; all is well after three months."""
    lead = stage.cast.huurbegeleider
    yield stage.ago(165, "10:20")
    case = stage.cases["ngoma"]
    day = stage.on(-165)
    stay = plan_stay(
        by=lead,
        case=case,
        unit=unit("Hanswijkstraat", "2"),
        from_on=day,
        until_on=day + dt.timedelta(days=14),
    )
    start_stay(by=lead, stay=stay, arrived_on=day)
    add_cost(
        by=lead,
        stay=stay,
        spent_on=day,
        category="housing",
        amount=Decimal("154.00"),
        description="Deel van de verblijfsvergoeding, door de stad gedragen",
        is_recoverable=False,
    )

    yield stage.ago(151, "9:30")
    end_stay(
        by=lead,
        stay=stay,
        ended_on=stage.on(-151),
        outcome="returned",
        note="De leiding is hersteld en de muur is dicht.",
    )

    yield stage.ago(58, "16:40")
    do_aftercare(
        by=lead,
        check=stay.aftercare.select_related("case", "stay").order_by("due_on")[0],
        result="well",
        done_on=stage.on(-58),
        note="De muur is droog gebleven.",
        circle="shared",
    )


def waiting(stage: Stage) -> Story:
    """Two families wait; neither goes before the other."""
    cast = stage.cast
    yield stage.ago(30, "11:50")
    put_on_list(
        by=cast.huurbegeleider,
        case=stage.cases["mbemba"],
        needed_on=stage.due(14),
        people=3,
        reason="Een flat zonder verwarming, en de winter komt eraan.",
    )

    yield stage.ago(16, "10:25")
    put_on_list(
        by=cast.coordinator,
        case=stage.cases["dimova"],
        needed_on=stage.due(30),
        people=2,
        reason="Als het besluit voor bus 2 valt, moet er een plek zijn.",
        has_pets=True,
    )


def stories(stage: Stage) -> Iterator[Story]:
    """Everything about crisis dwellings."""
    for story in (units, ngoma, newborn, oztest, waiting):
        yield story(stage)
