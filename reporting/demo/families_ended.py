"""Families in aftercare, families with whom it ended (well or less well), and one who came back."""

import datetime as dt
from decimal import Decimal

from cases.actions.change_state import change_state
from cases.actions.change_trust import change_trust
from cases.actions.close_case import close_case
from cases.actions.help_requests import answer, ask_help
from cases.actions.interventions import change_intervention_state
from cases.actions.radar_report import report_worry
from cases.actions.reopen_case import reopen_case
from cases.actions.start_case import open_case_from_radar, start_case
from cases.models import Mandate
from housing.actions.case_dwelling import Address, house_case
from housing.actions.landlords import create_landlord
from housing.actions.occupancies import end_occupancy
from housing.actions.ownerships import add_ownership
from people.enums import MemberRole, ReachBy
from reporting.demo.stage import Stage, Story, at
from reporting.demo.telling import (
    act,
    adult,
    child,
    contact,
    done,
    family,
    note,
    on_team,
    planned,
    step,
    visit,
)


def ngoma(stage: Stage) -> Story:
    """A family that stands on its own again."""
    cast, services, year = stage.cast, stage.services, stage.today.year
    lead = cast.huurbegeleider

    yield stage.ago(175, "11:30")
    entry = report_worry(
        by=lead,
        neighbourhood=stage.arsenaal,
        worry={
            "source": "self",
            "source_organisation": services.sociaal_huis,
            "reason": "poverty",
            "worry": "Mevrouw kwam zelf naar het onthaal: een afrekening van het water van 1.900 euro en "
            "een deurwaarder aan de telefoon. Ze wil betalen maar begrijpt het bedrag niet.",
            "review_on": stage.due(5),
            "name": "Gezin Ngoma-Voorspoed",
            "street": "Stuivenbergbaan",
            "house_number": "9033",
            "postcode": "2800",
            "phone": "0470 00 00 51",
        },
    )

    yield stage.ago(173, "10:10")
    household = family(
        "Gezin Ngoma-Voorspoed",
        adult(
            "Béatrice",
            "Ngoma-Voorspoed",
            year - 42,
            "fr ln nl",
            phone="0470 00 00 51",
            reach_by=ReachBy.PHONE,
        ),
        child("Divine", "Ngoma", year - 16),
        child("Samuel", "Ngoma", year - 12),
        by=cast.coordinator,
        neighbourhood=stage.arsenaal,
        since=year - 16,
    )
    case = open_case_from_radar(
        by=cast.coordinator,
        entry=entry,
        lead=lead,
        title="Gezin Ngoma-Voorspoed: waterlek en schulden",
        about=household,
    )
    stage.cases["ngoma"] = case
    home = house_case(
        by=lead,
        case=case,
        from_on=dt.date(year - 7, 8, 1),
        address=Address("Stuivenbergbaan", "9033"),
        kind="house",
        tenure="tenant",
        rent=Decimal("720"),
    )
    landlord = create_landlord(
        by=cast.inspecteur,
        neighbourhood=stage.arsenaal,
        kind="person",
        name="Leontien Eerlijckx",
        phone="0470 00 00 97",
    )
    add_ownership(
        by=cast.inspecteur, dwelling=home.dwelling, landlord=landlord, from_on=dt.date(year - 20, 1, 1)
    )

    yield stage.ago(168, "17:00")
    visit(
        case,
        lead,
        purpose="get_to_know",
        present="Béatrice en Divine",
        said="Divine hoorde het water lopen in de muur. De teller draait terwijl alles dicht is. De "
        "huisbazin is een oude dame die zelf niet wist dat de leiding lekte; ze heeft er geen geld voor.",
        agreed="Samen met de huisbazin bellen, morgen.",
        saw={"water": 3, "money": 2},
        trust=(3, "Béatrice had alle rekeningen al gesorteerd en vroeg wat ze zelf kon doen."),
    )
    change_state(by=lead, case=case, to_state="active", reason="Lek laten herstellen en de schuld bespreken.")
    leak = step(
        case,
        lead,
        "Lek laten herstellen, samen met de huisbazin",
        due=stage.due(14),
        who=lead,
        reaches="landlord",
    )
    plan = act(case, lead, "intensieve-huurbegeleiding", services.sociaal_huis, "Afbetalingsplan en budget.")

    yield stage.ago(152, "15:20")
    done(leak, lead, "Hersteld. De watermaatschappij schrapte twee derde van de rekening.")

    yield stage.ago(119, "18:00")
    visit(
        case,
        lead,
        present="Béatrice, Divine en Samuel",
        said="Plan loopt: 40 euro per maand. Divine houdt de meterstanden bij op een blad aan de frigo.",
        agreed="Nog één bezoek, dan nazorg.",
        trust=(4, "Béatrice belde zelf met de deurwaarder en noteerde zijn naam."),
    )

    yield stage.ago(78, "10:05")
    change_intervention_state(
        by=lead, intervention=plan, state="done", outcome="Zes afbetalingen na elkaar. Ze doet het nu zelf."
    )
    change_trust(by=lead, case=case, to_stage=5, event="Ze hielp een buurvrouw met dezelfde rekening.")
    change_state(
        by=lead, case=case, to_state="aftercare", reason="Doel bereikt. We bellen nog op drie en zes maanden."
    )
    step(case, lead, "Nazorg na drie maanden: bellen", due=stage.on(11), who=lead)

    yield stage.ago(46, "17:20")
    contact(
        case,
        lead,
        "Divine",
        "Op de markt. Ze werkt op zaterdag bij de bakker en betaalt haar eigen bus. Mama lacht weer, zegt ze.",
        channel="street",
    )

    yield stage.ago(12, "9:45")
    contact(
        case,
        lead,
        "Béatrice",
        "Alles goed. Laatste afbetaling volgende maand. Divine studeert voor boekhouder, 'door dat blad "
        "aan de frigo'.",
    )


def lieve(stage: Stage) -> Story:
    """Closed: what was asked is done."""
    cast, services, year = stage.cast, stage.services, stage.today.year
    lead = cast.renovatiecoach

    yield stage.ago(158, "10:00")
    entry = report_worry(
        by=cast.renovatiecoach,
        neighbourhood=stage.arsenaal,
        worry={
            "source": "city",
            "source_organisation": services.wonen,
            "reason": "dwelling",
            "worry": "Jonge eigenares met een oud huis: wil renoveren, weet niet waar beginnen en is bang "
            "voor de kosten. Eén muur is ingestort in de tuin.",
            "review_on": stage.due(10),
            "name": "Lieve Schetsers",
            "street": "Hanswijkvaart",
            "house_number": "9048",
            "postcode": "2800",
            "phone": "0470 00 00 52",
        },
    )

    yield stage.ago(155, "9:30")
    household = family(
        "Lieve Schetsers",
        adult("Lieve", "Schetsers", year - 31, phone="0470 00 00 52", reach_by=ReachBy.MESSAGE),
        by=lead,
        neighbourhood=stage.arsenaal,
        since=year - 2,
    )
    case = open_case_from_radar(
        by=cast.coordinator,
        entry=entry,
        lead=lead,
        title="Lieve Schetsers: renovatie van een ouderhuis",
        about=household,
    )
    stage.cases["lieve"] = case
    house_case(
        by=lead,
        case=case,
        from_on=dt.date(year - 2, 3, 1),
        address=Address("Hanswijkvaart", "9048"),
        kind="house",
        tenure="owner",
    )

    yield stage.ago(147, "12:40")
    visit(
        case,
        lead,
        purpose="dwelling",
        present="Lieve",
        said="Ze leerde metselen van een filmpje en het is recht. Geld voor de helft van de werken.",
        agreed="Eerst de muur, dan het dak. Ik zoek de premies.",
        saw={"damp": 1},
        trust=(4, "Ze had een map met plannen en durfde te zeggen wat ze niet wist."),
    )
    change_state(by=lead, case=case, to_state="active", reason="Duidelijke vraag, duidelijke stappen.")
    guidance = act(case, lead, "info-premies-leningen", services.wonen, "Premies voor dak en ramen.")

    yield stage.ago(103, "11:15")
    change_intervention_state(
        by=lead,
        intervention=guidance,
        state="done",
        outcome="Premie van 4.100 euro toegekend en een goedkope lening.",
    )
    contact(
        case,
        lead,
        "Lieve",
        "Foto van de nieuwe muur. 'Recht', schrijft ze eronder.",
        channel="message",
        direction="in",
    )

    yield stage.ago(70, "10:20")
    close_case(
        by=lead,
        case=case,
        outcome="goal_reached",
        summary="Muur en dak zijn klaar, premies binnen. Lieve helpt nu zelf een buur met de papieren.",
    )


def staal(stage: Stage) -> Story:
    """Closed: the family stopped, and that is their right."""
    cast, year = stage.cast, stage.today.year
    lead = cast.opbouwwerker

    yield stage.ago(132, "15:10")
    household = family(
        "Gezin Staalman",
        adult("Ronny", "Staalman", year - 47, phone="0470 00 00 53"),
        adult("Chantal", "Proefmans", year - 45, role=MemberRole.PARTNER),
        by=lead,
        neighbourhood=stage.arsenaal,
        since=year - 12,
    )
    case = start_case(
        by=cast.coordinator,
        neighbourhood=stage.arsenaal,
        lead=lead,
        title="Gezin Staalman: ruzie met de bovenbuur",
        about=household,
        address_hint="Postzegellaan 9019",
    )
    stage.cases["staal"] = case

    yield stage.ago(126, "16:40")
    visit(
        case,
        lead,
        purpose="get_to_know",
        present="Ronny en Chantal",
        said="Ze willen verhuizen door het lawaai van boven. Ronny wil geen begeleiding, wel een brief "
        "'die helpt'.",
        agreed="Zo'n brief bestaat niet. Ik leg uit wat bemiddeling is.",
        saw={"damp": 1},
    )

    yield stage.ago(106, "17:15")
    visit(
        case,
        lead,
        result="cut_short",
        present="Ronny",
        said="Hij had geen tijd. We spraken vijf minuten op de stoep.",
    )

    yield stage.ago(85, "10:10")
    contact(
        case,
        lead,
        "Chantal",
        "Ze willen stoppen: 'jullie bedoelen het goed, maar wij lossen het zelf op'.",
        direction="in",
    )
    close_case(
        by=lead,
        case=case,
        outcome="family_stopped",
        summary="Het gezin wil niet verder. Ze weten waar de transitiehub is en mogen altijd terugkomen.",
    )


def jamal(stage: Stage) -> Story:
    """Closed: lives better, somewhere else."""
    cast, services, year = stage.cast, stage.services, stage.today.year
    lead = cast.huurbegeleider

    yield stage.ago(143, "9:50")
    household = family(
        "Jamal Bijvoorbeeldi",
        adult(
            "Jamal", "Bijvoorbeeldi", year - 28, "prs ps nl", phone="0470 00 00 54", reach_by=ReachBy.MESSAGE
        ),
        by=lead,
        neighbourhood=stage.arsenaal,
        since=year - 3,
    )
    case = start_case(
        by=cast.coordinator,
        neighbourhood=stage.arsenaal,
        lead=lead,
        title="Jamal Bijvoorbeeldi: kelderkamer zonder raam",
        about=household,
    )
    stage.cases["jamal"] = case
    cellar = house_case(
        by=cast.inspecteur,
        case=case,
        from_on=dt.date(year - 1, 6, 1),
        address=Address("Brusselsesteenweg", "9021"),
        box="K0",
        kind="room",
        floor=-1,
        area=Decimal("9"),
        tenure="subtenant",
        rent=Decimal("350"),
    )

    yield stage.ago(139, "19:00")
    visit(
        case,
        lead,
        cast.inspecteur,
        purpose="dwelling",
        present="Jamal",
        said="Negen vierkante meter onder de grond. Geen raam, één stopcontact. Jamal werkt als kok en is "
        "er alleen om te slapen.",
        agreed="Hij mag er niet blijven wonen. We zoeken eerst, dan melden we.",
        saw={"fire": 3, "damp": 2},
        circle="shared",
        trust=(2, "Hij gaf ons de sleutel om te kijken terwijl hij werkte."),
    )
    change_state(by=lead, case=case, to_state="active", reason="Gevaarlijke kamer. Eerst een ander dak.")
    move = act(case, lead, "herhuisvesting", services.woonmaatschappij, "Studio via de woonmaatschappij.")
    found = ask_help(
        by=lead,
        case=case,
        organisation=services.woonmaatschappij,
        mandate=Mandate.objects.get(organisation=services.woonmaatschappij),
        question="Is er een studio vrij voor een alleenstaande man met vast werk?",
        due_on=stage.due(10),
    )

    yield stage.ago(121, "10:30")
    answer(by=lead, help_request=found, text="Ja, in de wijk Nekkerspoel, vanaf de eerste van de maand.")

    yield stage.ago(101, "12:00")
    end_occupancy(by=lead, occupancy=cellar, until_on=stage.on(-101))

    yield stage.ago(99, "17:30")
    visit(
        case,
        lead,
        present="Jamal, in zijn nieuwe studio",
        said="Twee ramen. Hij staat er elke ochtend even voor, zegt hij. Hij kookte voor ons.",
        agreed="Afsluiten mag.",
        trust=(4, "Hij regelde zelf de waarborg, het water en het internet."),
    )
    change_intervention_state(
        by=lead,
        intervention=move,
        state="done",
        outcome="Woont in een studio met twee ramen, voor 60 euro minder.",
    )
    close_case(
        by=lead,
        case=case,
        outcome="housed_elsewhere",
        summary="Verhuisd naar een goede studio buiten de wijk. De kelderkamer wordt niet meer verhuurd.",
    )


def vanwaas(stage: Stage) -> Story:
    """Closed: no contact any more."""
    cast, year = stage.cast, stage.today.year
    lead = cast.opbouwwerker

    yield stage.ago(122, "9:20")
    household = family(
        "Nadine Van Waasnaem",
        adult("Nadine", "Van Waasnaem", year - 51, phone="0470 00 00 55"),
        by=lead,
        neighbourhood=stage.arsenaal,
        since=year - 4,
    )
    case = start_case(
        by=cast.coordinator,
        neighbourhood=stage.arsenaal,
        lead=lead,
        title="Nadine Van Waasnaem: vraag over huurwaarborg",
        about=household,
        address_hint="Kerkhoflei 9002",
    )
    stage.cases["vanwaas"] = case

    for days, time in ((116, "10:15"), (109, "14:30"), (100, "18:45"), (91, "11:00")):
        yield stage.ago(days, time)
        visit(case, lead, result="nobody_home")

    yield stage.ago(82, "9:00")
    close_case(
        by=lead,
        case=case,
        outcome="no_contact",
        summary="Vier keer langs geweest op andere uren, twee brieven. Geen antwoord. Als ze komt, gaat "
        "het dossier weer open.",
    )


def modelescu(stage: Stage) -> Story:
    """Closed too early, and opened again."""
    cast, services, year = stage.cast, stage.services, stage.today.year
    lead = cast.opbouwwerker

    yield stage.ago(178, "10:50")
    household = family(
        "Gezin Modelescu",
        adult("Radu", "Modelescu", year - 40, "ro", interpreter=True, phone="0470 00 00 56"),
        adult("Ioana", "Modelescu", year - 38, "ro fr", role=MemberRole.PARTNER),
        child("Andrei", "Modelescu", year - 13),
        child("Mihaela", "Modelescu", year - 2),
        by=lead,
        neighbourhood=stage.arsenaal,
        since=year - 13,
    )
    case = start_case(
        by=cast.coordinator,
        neighbourhood=stage.arsenaal,
        lead=lead,
        title="Gezin Modelescu: schimmel in de kinderkamer",
        about=household,
    )
    stage.cases["modelescu"] = case
    home = house_case(
        by=lead,
        case=case,
        from_on=dt.date(year - 3, 9, 1),
        address=Address("Milsenstraat", "9043"),
        box="2",
        floor=2,
        tenure="tenant",
        rent=Decimal("675"),
    )
    landlord = create_landlord(
        by=cast.inspecteur,
        neighbourhood=stage.arsenaal,
        kind="person",
        name="Herman Pandeloos",
        phone="0470 00 00 98",
    )
    add_ownership(
        by=cast.inspecteur, dwelling=home.dwelling, landlord=landlord, from_on=dt.date(year - 10, 1, 1)
    )

    yield stage.ago(165, "16:15")
    visit(
        case,
        lead,
        purpose="get_to_know",
        present="Ioana en Mihaela",
        said="Schimmel boven het kinderbedje, een lekkende dakgoot. De verhuurder beloofde herstel en "
        "Ioana vertrouwt hem.",
        agreed="Radu belt de verhuurder zelf. Wij horen het over een maand.",
        saw={"damp": 2, "children": 1},
        trust=(3, "Ioana stuurde de dag zelf foto's van de dakgoot."),
    )
    change_state(by=lead, case=case, to_state="active", reason="Herstel van de dakgoot opvolgen.")

    yield stage.ago(113, "15:00")
    contact(
        case,
        lead,
        "Ioana",
        "De dakgoot is hersteld en de kamer geschilderd. Ze zijn tevreden.",
        direction="in",
    )
    close_case(
        by=lead, case=case, outcome="goal_reached", summary="Verhuurder herstelde zelf. Geen vragen meer."
    )

    yield stage.ago(31, "10:40")
    reopen_case(
        by=cast.coordinator,
        case=case,
        reason="De schimmel is terug, erger dan voordien. De herstelling was een laag verf. Ioana belde "
        "zelf.",
    )
    case.refresh_from_db()

    yield stage.ago(25, "16:50")
    visit(
        case,
        lead,
        present="Radu, Ioana en de kinderen",
        said="De verf bladdert af. Mihaela kreeg een puffer van de dokter. Radu is kwaad, vooral op "
        "zichzelf: hij had ons gezegd dat het in orde was.",
        agreed="Wout komt kijken waar het water echt vandaan komt.",
        saw={"damp": 3, "children": 2},
    )
    on_team(case, [cast.cohesiecoach], lead)
    act(
        case,
        cast.renovatiecoach,
        "renovatiecoach",
        services.wonen,
        "De verhuurder helpen om het deze keer goed te doen.",
        state="planned",
        target="landlord",
        planned_on=stage.on(6),
    )

    yield stage.ago(15, "11:40")
    visit(
        case,
        cast.renovatiecoach,
        purpose="dwelling",
        present="Ioana",
        said="Het water komt niet van de goot maar van de aansluiting met het plat dak van de buren. Met "
        "de verhuurder gebeld, samen met Ioana: hij schrok en wil meewerken.",
        agreed="Werfbezoek met de verhuurder en de dakwerker.",
        saw={"damp": 3},
    )
    step(
        case,
        cast.renovatiecoach,
        "Werfbezoek met verhuurder en dakwerker",
        why="Deze keer de oorzaak, niet de vlek.",
        due=stage.on(6),
        who=cast.renovatiecoach,
        reaches="landlord",
    )
    note(
        case,
        lead,
        "We sloten te vroeg af: niemand van ons ging kijken. Afspraak in het team: bij vocht gaat altijd "
        "iemand na drie maanden terug.",
        title="Wat we hieruit leren",
        circle="shared",
    )

    yield stage.ago(3, "16:00")
    planned(case, at(stage.on(1), "15:30"), lead)
