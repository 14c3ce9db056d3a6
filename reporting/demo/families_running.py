"""Families with whom the team is on its way."""

import datetime as dt
from decimal import Decimal

from cases.actions.boundaries import set_boundary
from cases.actions.change_state import change_state
from cases.actions.change_trust import change_trust
from cases.actions.consents import record_consent, withdraw_consent
from cases.actions.help_requests import ask_help, escalate, withdraw
from cases.actions.interventions import change_intervention_state
from cases.actions.plan import change_step_state
from cases.actions.radar_report import report_worry
from cases.actions.start_case import open_case_from_radar, start_case
from cases.actions.tasks import add_task
from cases.models import Mandate
from housing.actions.case_dwelling import Address, house_case
from housing.actions.landlords import create_landlord
from housing.actions.ownerships import add_ownership
from people.enums import MemberRole, ReachBy
from reporting.demo.pictures import Picture
from reporting.demo.stage import Stage, Story, at
from reporting.demo.telling import (
    act,
    adult,
    child,
    contact,
    done,
    family,
    member,
    note,
    on_team,
    planned,
    step,
    visit,
)


def testaoui(stage: Stage) -> Story:
    """Amina and her children: too small, too damp, and a waiting list that doesn't move."""
    cast, services, year = stage.cast, stage.services, stage.today.year
    lead = cast.huurbegeleider

    yield stage.ago(162, "13:15")
    entry = report_worry(
        by=cast.opbouwwerker,
        neighbourhood=stage.arsenaal,
        worry={
            "source": "school",
            "source_organisation": services.school,
            "reason": "children",
            "worry": "De juf van het tweede leerjaar ziet dat de kinderen altijd moe zijn en hoesten. Ze "
            "slapen met vier in één kamer. Moeder is vriendelijk maar komt nooit binnen op school.",
            "review_on": stage.due(10),
            "name": "Gezin Testaoui",
            "street": "Vekestraat",
            "house_number": "9008",
            "box": "2",
            "postcode": "2800",
            "phone": "0470 00 00 21",
            "reach_by": ReachBy.VIA,
            "reach_note": "via juf Lies van De Letterladder, na 15.30 uur",
        },
    )

    yield stage.ago(159, "9:40")
    household = family(
        "Gezin Testaoui",
        adult(
            "Amina",
            "Testaoui",
            year - 37,
            "rif ar",
            interpreter=True,
            phone="0470 00 00 21",
            reach_by=ReachBy.MESSAGE,
            reach_note="spraakbericht in het Tarifit; haar oudste leest Nederlands voor",
        ),
        child("Bilal", "Testaoui", year - 14),
        child("Sara", "Testaoui", year - 10),
        child("Younes", "Testaoui", year - 8),
        child("Lina", "Testaoui", year - 3),
        by=cast.coordinator,
        neighbourhood=stage.arsenaal,
        since=year - 14,
    )
    case = open_case_from_radar(
        by=cast.coordinator,
        entry=entry,
        lead=lead,
        title="Gezin Testaoui: vier kinderen in één vochtige kamer",
        about=household,
    )
    stage.cases["testaoui"] = case
    home = house_case(
        by=lead,
        case=case,
        from_on=dt.date(year - 4, 2, 1),
        address=Address("Vekestraat", "9008"),
        box="2",
        floor=1,
        area=Decimal("47"),
        tenure="tenant",
        rent=Decimal("650"),
    )
    landlord = create_landlord(
        by=cast.inspecteur,
        neighbourhood=stage.arsenaal,
        kind="company",
        name="Vastgoed Schijndael cv",
        phone="0470 00 00 96",
        contact_person="mevrouw Schijndael",
    )
    add_ownership(
        by=cast.inspecteur, dwelling=home.dwelling, landlord=landlord, from_on=dt.date(year - 9, 1, 1)
    )

    yield stage.ago(153, "16:45")
    visit(
        case,
        lead,
        purpose="get_to_know",
        present="Amina, Sara en Lina, met een tolk aan de telefoon",
        said="Twee kamers voor vijf mensen. De kinderen slapen op twee matrassen die overdag tegen de muur "
        "staan; achter de matrassen is de muur zwart. Amina poetst ze elke week met bleekwater. Ze dacht "
        "dat het haar schuld was.",
        agreed="Geen bleekwater meer, wel het raam open als de zon schijnt. Ik breng een droger van de "
        "uitleendienst.",
        saw={"damp": 3, "overcrowded": 3, "children": 2},
        trust=(2, "Amina toonde de muur achter de matrassen."),
        pictures=(Picture.DAMP,),
    )
    change_state(
        by=lead,
        case=case,
        to_state="active",
        reason="Amina wil een andere woning. We beginnen met het vocht.",
    )
    waiting_list = step(
        case,
        lead,
        "Inschrijving bij de woonmaatschappij nakijken",
        why="Ze staat zes jaar ingeschreven en hoorde nooit iets.",
        due=stage.due(14),
        who=lead,
        small=True,
    )

    yield stage.ago(140, "10:10")
    done(waiting_list, lead, "Ze staat ingeschreven, maar met een oud adres. Aangepast.")
    record_consent(
        by=lead,
        case=case,
        person=member(case, "Amina"),
        recipients=[services.woonmaatschappij, services.school],
        categories=["contact", "family", "dwelling"],
        purpose="een woning zoeken dicht bij de school",
        language="rif",
        with_interpreter=True,
        until_on=stage.on(12),
    )
    act(
        case,
        lead,
        "intensieve-huurbegeleiding",
        services.sociaal_huis,
        "Om de twee weken langs, afwisselend thuis en in de transitiehub.",
    )

    yield stage.ago(117, "17:10")
    visit(
        case,
        lead,
        result="refused",
        present="een man die we niet kennen",
        said="De man aan de deur zei dat Amina niet thuis was. Sara zwaaide door het raam. Niet "
        "aangedrongen.",
        circle="care",
    )

    yield stage.ago(115, "15:40")
    contact(
        case,
        lead,
        "Amina",
        "Het was haar broer; hij vertrouwt de stad niet. Ze belt liever zelf in het vervolg. Haar eerste "
        "telefoon naar ons.",
        direction="in",
    )
    change_trust(
        by=lead, case=case, to_stage=3, event="Amina belde zelf om uit te leggen waarom de deur dicht bleef."
    )

    yield stage.ago(86, "10:00")
    change_intervention_state(
        by=lead,
        intervention=act(
            case, lead, "rechtenrealisatie", services.sociaal_huis, "Schooltoeslag en huursubsidie."
        ),
        state="done",
        outcome="Schooltoeslag in orde. Huursubsidie kan niet: zie hinderpalen.",
    )

    yield stage.ago(62, "9:30")
    help_request = ask_help(
        by=lead,
        case=case,
        organisation=services.woonmaatschappij,
        mandate=Mandate.objects.get(organisation=services.woonmaatschappij),
        question="Op welke plaats staat het gezin op de wachtlijst, en telt de overbewoning mee? De "
        "attesten zitten in bijlage sinds het voorjaar.",
        due_on=stage.due(14),
    )

    yield stage.ago(38, "11:50")
    escalate(
        by=cast.coordinator,
        help_request=help_request,
        to="directeur van de woonmaatschappij",
        reason="Twee herinneringen bleven zonder antwoord en de kinderen zijn opnieuw ziek.",
    )

    yield stage.ago(17, "16:30")
    visit(
        case,
        lead,
        present="Amina, Bilal en Lina",
        said="De droger helpt: de muur is grijs in plaats van zwart. Bilal wil loodgieter worden en vroeg "
        "of hij bij iemand mag meelopen. Amina vroeg drie keer naar de wachtlijst. Ik had geen antwoord en "
        "dat heb ik zo gezegd.",
        agreed="Ik bel de woonmaatschappij opnieuw. Amina komt naar de naailes in de hub.",
        saw={"damp": 2, "overcrowded": 3},
    )
    step(
        case,
        lead,
        "Bezoek aan een kijkwoning van de woonmaatschappij",
        why="Amina wil weten of ze met de trap naar boven kan met de buggy.",
        due=stage.on(10),
        who=lead,
    )

    yield stage.ago(6, "9:25")
    add_task(
        by=lead,
        case=case,
        title="Bilal in contact brengen met Kofi voor een kijkstage",
        assignee=lead,
        due_on=stage.on(-2),
    )
    planned(case, at(stage.today, "16:30"), lead)


def rosalie(stage: Stage) -> Story:
    """Rosalie owns her house, and can't pay what it needs."""
    cast, services, year = stage.cast, stage.services, stage.today.year
    coach = cast.renovatiecoach

    yield stage.ago(140, "14:00")
    household = family(
        "Rosalie Schaduwberg",
        adult(
            "Rosalie",
            "Schaduwberg",
            year - 78,
            phone="0470 00 00 22",
            reach_by=ReachBy.PHONE,
            reach_note="vaste lijn; laat lang rinkelen",
        ),
        by=coach,
        neighbourhood=stage.arsenaal,
        since=year - 30,
    )
    case = start_case(
        by=cast.coordinator,
        neighbourhood=stage.arsenaal,
        lead=coach,
        title="Rosalie Schaduwberg: eigen huis, dak op",
        about=household,
    )
    stage.cases["rosalie"] = case
    house_case(
        by=coach,
        case=case,
        from_on=dt.date(year - 41, 7, 1),
        address=Address("Tuinwijkstraat", "9004"),
        kind="house",
        area=Decimal("102"),
        tenure="owner",
    )

    yield stage.ago(137, "10:30")
    visit(
        case,
        coach,
        purpose="dwelling",
        present="Rosalie en haar zus",
        said="Op zolder staat een babybadje onder het lek. Ze woont in één kamer, rond een kolenkachel die "
        "van gas werd gemaakt. Ze heeft 640 euro pensioen na de kosten. 'Een dak van twintigduizend, "
        "jongen, dan ben ik honderd.'",
        agreed="Ik kijk welke steun past. Geen firma's aan de deur: ze tekent niets zonder mij te bellen.",
        saw={"damp": 2, "fire": 2, "co_gas": 2, "money": 2},
        pictures=(Picture.HEATER,),
        trust=(2, "Ze liet ons de zolder zien."),
    )
    change_state(by=coach, case=case, to_state="active", reason="Rosalie wil in haar huis blijven.")
    on_team(case, [cast.partner], coach)
    record_consent(
        by=coach,
        case=case,
        person=member(case, "Rosalie"),
        recipients=[services.energiepunt],
        categories=["contact", "dwelling", "money"],
        purpose="energiescan en de aanvraag bij het noodkoopfonds",
        language="nl",
    )

    yield stage.ago(129, "11:00")
    scan = act(
        case,
        coach,
        "energiescan",
        services.energiepunt,
        "Samen met Jonas.",
        state="planned",
        target="dwelling",
    )
    fund = act(
        case,
        coach,
        "noodkoopfonds",
        services.sociaal_huis,
        "Renteloze steun voor dak en verwarming, terug te betalen bij verkoop.",
        state="proposed",
    )

    yield stage.ago(114, "14:45")
    change_intervention_state(
        by=cast.partner,
        intervention=scan,
        state="done",
        outcome="Dak niet geïsoleerd, enkel glas, kachel onveilig. Eerst dak en verwarming, dan ramen.",
    )
    note(
        case,
        cast.partner,
        "Kachel voorlopig afgesteld en afvoer vrijgemaakt. Ze kreeg een CO-meter. Ik kom in de winter nog "
        "eens kijken.",
        title="Na de energiescan",
    )

    yield stage.ago(90, "10:20")
    change_intervention_state(by=coach, intervention=fund, state="planned", on=stage.on(-60))
    change_trust(
        by=coach,
        case=case,
        to_stage=3,
        event="Rosalie vulde met haar zus zelf de aanvraag in en bracht ze naar het loket.",
    )

    yield stage.ago(55, "9:35")
    change_intervention_state(by=coach, intervention=fund, state="running")
    works = step(
        case,
        coach,
        "Drie offertes voor het dak vergelijken",
        why="Rosalie kiest, met haar zus erbij.",
        due=stage.on(-9),
        who=coach,
    )
    change_step_state(by=coach, step=works, state="busy")

    yield stage.ago(26, "11:10")
    change_trust(
        by=coach,
        case=case,
        to_stage=4,
        event="Ze belde zelf de derde dakwerker en vroeg korting. Ze kreeg ze.",
    )

    yield stage.ago(11, "13:30")
    visit(
        case,
        coach,
        cast.partner,
        present="Rosalie",
        said="De drie offertes liggen op volgorde. Ze koos de middelste: 'de goedkoopste keek niet in mijn "
        "ogen'. De dakwerker kan starten in januari als het fonds deze maand beslist.",
        agreed="Ik vraag het fonds om een datum.",
        saw={"damp": 1},
    )
    ask_help(
        by=coach,
        case=case,
        organisation=services.energiepunt,
        mandate=Mandate.objects.get(organisation=services.energiepunt, subject__startswith="Energiescan"),
        question="Kan Jonas voor de werken starten nog eens naar de kachel kijken? Ze staat nu dichter bij "
        "de muur.",
        due_on=stage.on(3),
    )


def proefkowski(stage: Stage) -> Story:
    """A family that keeps the door shut for now."""
    cast, services, year = stage.cast, stage.services, stage.today.year
    lead = cast.opbouwwerker

    yield stage.ago(36, "10:05")
    entry = report_worry(
        by=cast.cohesiecoach,
        neighbourhood=stage.arsenaal,
        worry={
            "source": "home_visit",
            "source_organisation": services.samenleven,
            "reason": "rent",
            "worry": "Bij een huiskamerbezoek aan de buren: het Poolse koppel van hiernaast betaalt per "
            "week en zou met vijf anderen in hetzelfde huis wonen. De vrouw is zwanger, denken de buren.",
            "review_on": stage.due(7),
            "name": "Tomasz en Ewa Proefkowski",
            "street": "Caputsteenstraat",
            "house_number": "9056",
            "postcode": "2800",
        },
    )

    yield stage.ago(34, "9:55")
    household = family(
        "Gezin Proefkowski",
        adult("Tomasz", "Proefkowski", year - 33, "pl", interpreter=True),
        adult("Ewa", "Proefkowska", year - 29, "pl en", role=MemberRole.PARTNER, phone="0470 00 00 23"),
        by=cast.coordinator,
        neighbourhood=stage.arsenaal,
        since=year - 2,
    )
    case = open_case_from_radar(
        by=cast.coordinator,
        entry=entry,
        lead=lead,
        title="Gezin Proefkowski: betaalt per week",
        about=household,
    )
    stage.cases["proefkowski"] = case

    yield stage.ago(29, "17:50")
    visit(
        case,
        lead,
        result="refused",
        purpose="get_to_know",
        present="Tomasz",
        said="Vriendelijk maar kort: 'no problem here'. Achter hem in de gang zes paar werkschoenen. "
        "Kaartje in het Pools gegeven; hij stak het in zijn zak.",
        saw={"overcrowded": 2},
    )

    yield stage.ago(22, "18:40")
    visit(case, lead, result="nobody_home")

    yield stage.ago(13, "12:15")
    contact(
        case,
        lead,
        "Ewa",
        "Aangesproken in de winkel, zij herkende me. Ze is zes maanden ver en heeft nog geen dokter. "
        "Tomasz mag niet weten dat we praatten tot ze het zelf vertelt.",
        channel="street",
        direction="in",
    )
    set_boundary(
        by=lead,
        case=case,
        kind="other",
        description="nu niet aan de deur komen als Tomasz thuis is",
        reason="Ewa wil het hem zelf vertellen.",
    )
    ask_help(
        by=lead,
        case=case,
        organisation=services.gezondheid,
        mandate=Mandate.objects.get(organisation=services.gezondheid),
        question="Kan een zwangere vrouw zonder huisarts deze maand ingeschreven worden? Ze spreekt Pools "
        "en Engels.",
        due_on=stage.on(-5),
    )

    yield stage.ago(4, "14:20")
    contact(
        case,
        lead,
        "Ewa",
        "Een bericht in het Engels: 'Tuesday I am alone in the morning.' Afgesproken.",
        channel="message",
        direction="in",
    )
    planned(case, at(stage.on(2), "10:00"), lead, purpose="get_to_know")


def dawit(stage: Stage) -> Story:
    """A young man with a room, a dream and a buddy."""
    cast, services, year = stage.cast, stage.services, stage.today.year
    lead, coach = cast.opbouwwerker, cast.jongerencoach

    yield stage.ago(128, "15:20")
    household = family(
        "Dawit Tesfavoorbeeld",
        adult(
            "Dawit",
            "Tesfavoorbeeld",
            year - 21,
            "ti en nl",
            phone="0470 00 00 24",
            reach_by=ReachBy.MESSAGE,
            reach_note="antwoordt altijd, meestal 's avonds",
        ),
        by=lead,
        neighbourhood=stage.arsenaal,
        since=year - 2,
    )
    case = start_case(
        by=cast.coordinator,
        neighbourhood=stage.arsenaal,
        lead=lead,
        title="Dawit Tesfavoorbeeld: kamer, stage en een eigen sleutel",
        about=household,
    )
    stage.cases["dawit"] = case
    on_team(case, [coach], cast.coordinator)
    house_case(
        by=cast.inspecteur,
        case=case,
        from_on=dt.date(year - 1, 11, 1),
        address=Address("Leuvensesteenweg", "9077"),
        box="K4",
        kind="room",
        floor=3,
        area=Decimal("11"),
        tenure="tenant",
        rent=Decimal("395"),
    )

    yield stage.ago(125, "18:30")
    visit(
        case,
        lead,
        coach,
        purpose="get_to_know",
        present="Dawit",
        said="Een kamer van elf vierkante meter, proper als een hotel. Geen slot op de deur en één keuken "
        "voor negen mensen. Hij wil werken: 'security, like the men at the station, but friendly'.",
        agreed="Kofi zoekt een betaalde stage. Ik vraag een slot.",
        saw={"fire": 2, "overcrowded": 1},
        trust=(2, "Hij vroeg of we thee wilden en wanneer we terugkwamen."),
    )
    change_state(
        by=lead, case=case, to_state="active", reason="Dawit weet wat hij wil. Wij zoeken de deuren."
    )
    person = member(case, "Dawit")
    internship = act(
        case,
        coach,
        "betaalde-stage",
        services.preventie,
        "Twaalf weken bij de ploeg van de wijk.",
        state="planned",
        person=person,
        planned_on=stage.on(-105),
    )
    coaching = act(case, coach, "individuele-coaching", services.preventie, "Elke donderdag.", person=person)

    yield stage.ago(104, "8:45")
    change_intervention_state(by=coach, intervention=internship, state="running")
    act(
        case,
        coach,
        "buddywerking",
        services.preventie,
        "Met Ludo, al twintig jaar in de ploeg.",
        person=person,
    )
    change_trust(by=coach, case=case, to_stage=3, event="Eerste week stage: elke dag een kwartier te vroeg.")

    yield stage.ago(66, "16:00")
    contact(
        case,
        coach,
        "Dawit",
        "Zijn loonbriefje gelezen. Hij kocht een fiets. Ludo leert hem 'goeiemorgen' zeggen tegen "
        "iedereen, ook tegen wie niets terugzegt.",
        channel="office",
    )

    yield stage.ago(37, "18:20")
    visit(
        case,
        lead,
        present="Dawit en twee huisgenoten",
        said="Hij kookte injera voor iedereen op de gang. De brandmelder hangt er nu, het slot nog niet. "
        "Hij vraagt of wij weten wat een examen in het Nederlands kost.",
        agreed="Ik vraag het slot opnieuw. Lotte zoekt een oefengroep.",
        saw={"fire": 1},
    )

    yield stage.ago(18, "10:50")
    contact(
        case,
        coach,
        "Dawit",
        "Laatste dag van de stage. De ploeg gaf hem een muts met zijn naam.",
        channel="office",
    )
    change_intervention_state(
        by=coach,
        intervention=internship,
        state="done",
        outcome="Twaalf weken volgemaakt, één dag ziek. De ploegbaas vraagt of hij kan blijven via een "
        "alternerende opleiding.",
    )
    change_intervention_state(
        by=coach,
        intervention=coaching,
        state="done",
        outcome="Wekelijks gesprek wordt maandelijks. Hij belt zelf als er iets is.",
    )
    act(
        case,
        coach,
        "oao",
        services.preventie,
        "Gemeenschapswacht in opleiding, twintig uur per week op de werkvloer.",
        state="proposed",
        person=person,
    )
    change_trust(
        by=coach,
        case=case,
        to_stage=4,
        event="Dawit schreef zelf zijn brief voor de opleiding en liet hem ons nalezen.",
    )
    step(
        case,
        coach,
        "Overeenkomst alternerende opleiding tekenen",
        due=stage.on(7),
        who=coach,
        why="Start in januari als de school akkoord is.",
    )
    step(
        case,
        lead,
        "Slot op de kamerdeur",
        due=stage.on(-1),
        who=lead,
        why="Hij slaapt met een stoel tegen de deur.",
    )

    yield stage.ago(5, "17:30")
    contact(
        case,
        coach,
        "Dawit",
        "De school zegt ja. Hij stuurde negen uitroeptekens en een foto van Ludo met taart.",
        channel="message",
        direction="in",
    )
    planned(case, at(stage.on(4), "17:30"), coach, lead)


def zondernaam(stage: Stage) -> Story:
    """Willy, threatened with eviction, whom nobody has seen for 24 days."""
    cast, services, year = stage.cast, stage.services, stage.today.year
    lead = cast.huurbegeleider

    yield stage.ago(112, "9:20")
    entry = report_worry(
        by=lead,
        neighbourhood=stage.arsenaal,
        worry={
            "source": "welfare",
            "source_organisation": services.sociaal_huis,
            "reason": "eviction",
            "worry": "Verzoekschrift tot uithuiszetting binnengekomen: vijf maanden achterstal. Meneer "
            "reageert op geen enkele brief. Volgens de buur komt hij alleen 's nachts buiten.",
            "review_on": stage.due(2),
            "name": "Willy Zondernaam",
            "street": "Adegemstraat",
            "house_number": "9064",
            "box": "1",
            "postcode": "2800",
        },
    )

    yield stage.ago(111, "10:00")
    household = family(
        "Willy Zondernaam",
        adult(
            "Willy",
            "Zondernaam",
            year - 54,
            reach_by=ReachBy.VISIT,
            reach_note="klop drie keer; de bel is stuk",
        ),
        by=cast.coordinator,
        neighbourhood=stage.arsenaal,
        since=year - 10,
    )
    case = open_case_from_radar(
        by=cast.coordinator,
        entry=entry,
        lead=lead,
        title="Willy Zondernaam: dreigende uithuiszetting",
        about=household,
    )
    stage.cases["zondernaam"] = case

    yield stage.ago(109, "10:40")
    visit(case, lead, result="nobody_home", purpose="urgent")

    yield stage.ago(107, "19:10")
    visit(
        case,
        lead,
        purpose="urgent",
        present="Willy",
        said="Hij deed open in het donker. Alle brieven lagen ongeopend in een bananendoos. Sinds zijn "
        "ontslag in het magazijn kwam hij niet meer buiten. We hebben er samen drie opengemaakt; meer ging "
        "niet.",
        agreed="Morgen kom ik terug voor de volgende drie. Hij gaat niet alleen naar de zitting.",
        saw={"money": 3, "lonely": 3, "electricity": 1},
        trust=(2, "Hij maakte zelf de derde brief open."),
    )
    change_state(by=lead, case=case, to_state="active", reason="Zitting over drie weken. Nu handelen.")
    hearing = step(
        case,
        cast.jurist,
        "Mee naar de zitting bij de vrederechter",
        why="Vragen om een afbetalingsplan in plaats van een uithuiszetting.",
        due=stage.due(21),
        who=cast.jurist,
    )

    yield stage.ago(88, "13:00")
    done(hearing, cast.jurist, "Afbetalingsplan: 75 euro per maand. Geen uithuiszetting zolang hij betaalt.")
    change_trust(
        by=lead, case=case, to_stage=3, event="Hij stond aan de trap van het gerecht, een kwartier te vroeg."
    )
    act(case, lead, "intensieve-huurbegeleiding", services.sociaal_huis, "Elke week samen de post.")

    yield stage.ago(57, "11:20")
    contact(
        case, lead, "Willy", "Tweede afbetaling gedaan. Hij heeft weer gekookt: erwtensoep.", channel="office"
    )

    yield stage.ago(34, "10:30")
    visit(case, lead, result="nobody_home")

    yield stage.exactly_ago(24, "16:10")
    contact(
        case,
        lead,
        "Willy",
        "Een kort bericht: 'laat maar'. Op onze vraag kwam geen antwoord.",
        channel="message",
        direction="in",
    )

    yield stage.ago(19, "9:00")
    change_trust(
        by=lead,
        case=case,
        to_stage=2,
        event="De derde afbetaling bleef uit en hij neemt niet meer op.",
    )
    add_task(
        by=lead,
        case=case,
        title="Vrederechter laten weten dat we nog begeleiden",
        assignee=cast.jurist,
        due_on=stage.on(-6),
    )
    add_task(
        by=lead, case=case, title="Langsgaan op een avond, met de buur", assignee=lead, due_on=stage.on(-8)
    )

    yield stage.ago(11, "18:50")
    visit(
        case,
        lead,
        result="nobody_home",
        said="Licht aan op het toilet. Drie keer geklopt, zoals afgesproken. Briefje onder de deur: 'de "
        "soep is nog warm'.",
    )


def demochenko(stage: Stage) -> Story:
    """A mother who waits for a home, with everything else in order."""
    cast, services, year = stage.cast, stage.services, stage.today.year
    lead = cast.huurbegeleider

    yield stage.ago(98, "9:15")
    household = family(
        "Gezin Demochenko",
        adult(
            "Oksana",
            "Demochenko",
            year - 35,
            "uk ru en",
            phone="0470 00 00 26",
            email="oksana.demochenko@example.be",
            reach_by=ReachBy.EMAIL,
        ),
        child("Maksym", "Demochenko", year - 9),
        child("Zlata", "Demochenko", year - 6),
        by=lead,
        neighbourhood=stage.arsenaal,
        since=year - 9,
    )
    case = start_case(
        by=cast.coordinator,
        neighbourhood=stage.arsenaal,
        lead=lead,
        title="Gezin Demochenko: wacht op een eigen woning",
        about=household,
        address_hint="Veemarkt 9010",
    )
    stage.cases["demochenko"] = case
    house_case(
        by=lead,
        case=case,
        from_on=dt.date(year - 2, 4, 1),
        address=Address("Veemarkt", "9010"),
        kind="house",
        tenure="free",
    )

    yield stage.ago(93, "16:20")
    visit(
        case,
        lead,
        purpose="get_to_know",
        present="Oksana, de kinderen en het gastgezin",
        said="Ze wonen met drie op de zolderkamer van een gastgezin, al twee jaar. Iedereen is moe en "
        "niemand zegt het. Oksana werkt halftijds in het woonzorgcentrum en spreekt goed Nederlands.",
        agreed="Oksana schrijft zich in; ik volg de wachtlijst. Het gastgezin houdt vol tot de zomer.",
        saw={"overcrowded": 2},
        trust=(3, "Oksana had alle papieren klaar, op volgorde."),
    )
    change_state(
        by=lead, case=case, to_state="active", reason="Inschrijvingen doen en het gastgezin ontlasten."
    )

    yield stage.ago(79, "10:25")
    done(
        step(case, lead, "Inschrijven bij de woonmaatschappij", due=stage.due(7), who=lead),
        lead,
        "Ingeschreven met alle attesten.",
    )
    dental = ask_help(
        by=lead,
        case=case,
        organisation=services.gezondheid,
        question="Kunnen de kinderen naar de tandarts van het centrum?",
        due_on=stage.due(7),
    )
    consent = record_consent(
        by=lead,
        case=case,
        person=member(case, "Oksana"),
        recipients=[services.school],
        categories=["contact", "family"],
        purpose="opvang na school regelen",
        language="en",
    )

    yield stage.ago(75, "11:00")
    withdraw(by=lead, help_request=dental, reason="Oksana vond zelf een tandarts, om de hoek van haar werk.")

    yield stage.ago(60, "9:45")
    withdraw_consent(by=lead, consent=consent, note="De opvang is geregeld; verder delen hoeft niet meer.")
    change_state(
        by=lead,
        case=case,
        to_state="waiting",
        reason="Alles is gedaan wat wij kunnen doen. We wachten op een toewijzing.",
    )

    yield stage.ago(27, "14:15")
    contact(
        case,
        lead,
        "Oksana",
        "Nog geen nieuws over de woning. Maksym speelt keeper bij de U10. Ze vraagt of ze een attest van "
        "het gastgezin nodig heeft voor haar domicilie: dat zoeken we uit.",
        channel="email",
        direction="in",
    )
    step(
        case,
        lead,
        "Plaats op de wachtlijst opvragen",
        due=stage.on(15),
        who=lead,
        why="Elke drie maanden nakijken of er iets beweegt.",
    )
