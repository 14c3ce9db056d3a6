"""What happens for the neighbourhood as a whole: the other two goals, obstacles, general questions."""

from collections.abc import Iterator

from cases.actions.catalogue import load_catalogue
from cases.actions.help_requests import answer, ask_help
from cases.actions.interventions import change_intervention_state
from cases.actions.obstacles import change_obstacle_state, link_case, report_obstacle
from cases.actions.plan_visit import plan_visit
from cases.actions.saved_filters import save_filter
from cases.actions.tasks import add_task, finish_task
from cases.models import Mandate
from reporting.demo.budget import budget
from reporting.demo.capital import neighbours
from reporting.demo.hub import hub
from reporting.demo.involvement import involvements
from reporting.demo.places import places
from reporting.demo.stage import Stage, Story, at
from reporting.demo.surveys import survey
from reporting.demo.telling import act, planned


def cohesion(stage: Stage) -> Story:
    """Social cohesion and the image of the neighbourhood."""
    coach, services, where = stage.cast.cohesiecoach, stage.services, stage.arsenaal

    yield stage.ago(180, "9:00")
    load_catalogue()
    act(where, coach, "huiskamerbezoek", services.samenleven, "Vijf straten, bij wie de deur opendoet.")
    act(where, coach, "transitiehub", services.opbouw, "Open op dinsdag, donderdag en zaterdagvoormiddag.")
    survey = act(
        where,
        coach,
        "behoefteonderzoek",
        services.samenleven,
        "Wat mis je, wat kun je? Twaalf vragen bij de koffie.",
        state="planned",
        planned_on=stage.on(-150),
    )
    gardens = act(
        where,
        coach,
        "tegeltuintjes",
        services.samenleven,
        "Twintig gevels in de Vekestraat en de Milsenstraat.",
        state="planned",
        planned_on=stage.on(-120),
    )

    yield stage.ago(150, "10:00")
    change_intervention_state(by=coach, intervention=survey, state="running")
    act(
        where, coach, "sociaal-kapitaal", services.samenleven, "Wie kan naaien, fietsen herstellen, oppassen?"
    )

    yield stage.ago(118, "13:00")
    change_intervention_state(by=coach, intervention=gardens, state="running")
    garlands = act(
        where,
        coach,
        "groenslingers",
        services.samenleven,
        "Over de Milsenstraat, met de school.",
        state="planned",
        planned_on=stage.on(-80),
    )

    yield stage.ago(94, "16:30")
    change_intervention_state(
        by=coach,
        intervention=gardens,
        state="done",
        outcome="Zeventien tegeltuintjes. Drie bewoners geven ze water voor de hele straat.",
    )
    act(where, coach, "storytelling", services.opbouw, "Zes bewoners vertellen over hun straat.")

    yield stage.ago(83, "9:40")
    change_intervention_state(
        by=coach,
        intervention=garlands,
        state="stopped",
        outcome="De gevels dragen de kabels niet. We zoeken met de school een andere plek voor het groen.",
    )
    act(
        where,
        coach,
        "wijkbudget-bewoners",
        services.samenleven,
        "Fietsherstelplaats in de hub, idee van twee buren.",
        state="planned",
        planned_on=stage.on(20),
    )

    yield stage.ago(45, "11:15")
    change_intervention_state(
        by=coach,
        intervention=survey,
        state="done",
        outcome="Honderdveertig gesprekken. Bovenaan: een bank om op te zitten, en iemand die Nederlands "
        "oefent.",
    )
    act(
        where,
        coach,
        "mechelen-muurt",
        services.samenleven,
        "Blinde muur aan de Caputsteenstraat.",
        state="proposed",
    )
    act(
        where,
        coach,
        "spelelementen",
        services.samenleven,
        "Hinkelpad aan de schoolpoort.",
        state="planned",
        planned_on=stage.on(30),
    )


def safety(stage: Stage) -> Story:
    """Safety, and a street to live in."""
    coach, services, where = stage.cast.jongerencoach, stage.services, stage.arsenaal

    yield stage.ago(172, "9:15")
    act(where, coach, "extra-ploeg", services.preventie, "Elke avond twee mensen te voet, van vier tot tien.")
    act(where, coach, "gemeenschapswachten", services.preventie, "Aan de school en aan de halte.")

    yield stage.ago(135, "14:00")
    training = act(
        where,
        coach,
        "opleiding",
        services.preventie,
        "Zes voormiddagen: omgaan met agressie, EHBO, verslag schrijven.",
        state="planned",
        planned_on=stage.on(-115),
    )
    act(where, coach, "training-on-the-job", services.preventie, "Vier plaatsen in de ploeg.")

    yield stage.ago(113, "9:00")
    change_intervention_state(by=coach, intervention=training, state="running")

    yield stage.ago(86, "12:00")
    change_intervention_state(
        by=coach,
        intervention=training,
        state="done",
        outcome="Zeven jongeren begonnen, zes haalden het getuigschrift.",
    )
    evening = act(
        where,
        coach,
        "wij-zij-denken",
        services.preventie,
        "Voetbal: jongeren tegen brandweer, politie en ambulance.",
        state="planned",
        planned_on=stage.on(-50),
    )

    yield stage.ago(49, "10:30")
    change_intervention_state(
        by=coach,
        intervention=evening,
        state="done",
        outcome="Vijfenveertig jongeren, veertien mensen in uniform. Uitslag 3-3. Acht jongeren willen "
        "eens meelopen.",
    )
    act(
        where,
        coach,
        "doorstroming-veiligheidsberoep",
        services.preventie,
        "Meeloopdag bij de brandweer voor wie er zin in kreeg.",
        state="planned",
        planned_on=stage.on(16),
    )


def obstacles(stage: Stage) -> Story:
    """Rules and habits that block families."""
    cast, where = stage.cast, stage.arsenaal

    yield stage.ago(160, "11:00")
    meter = report_obstacle(
        by=cast.renovatiecoach,
        neighbourhood=where,
        title="Een premie wordt pas betaald na de werken",
        description="Wie geen spaargeld heeft, kan de aannemer niet betalen en krijgt dus ook de premie "
        "niet.",
        kind="rule",
        who_can_lift="agentschap voor woonpremies, via de Vlaamse overheid",
    )

    yield stage.ago(133, "10:00")
    link_case(by=cast.renovatiecoach, obstacle=meter, case=stage.cases["rosalie"], since_on=stage.on(-133))

    yield stage.ago(85, "9:50")
    subsidy = report_obstacle(
        by=cast.huurbegeleider,
        neighbourhood=where,
        title="Geen huursubsidie voor wie in een te kleine woning blijft",
        description="De subsidie is er voor wie verhuist naar een goede woning. Wie op de wachtlijst staat "
        "en nergens heen kan, krijgt niets, net omdat de woning slecht is.",
        kind="rule",
        who_can_lift="Vlaams minister van Wonen; het agentschap kan uitzonderingen voorstellen",
    )
    link_case(by=cast.huurbegeleider, obstacle=subsidy, case=stage.cases["testaoui"], since_on=stage.on(-86))

    yield stage.ago(74, "14:30")
    change_obstacle_state(by=cast.coordinator, obstacle=meter, state="raised")
    host = report_obstacle(
        by=cast.huurbegeleider,
        neighbourhood=where,
        title="Domicilie bij een gastgezin doet het gastgezin verliezen",
        description="Zodra iemand zich inschrijft bij een gastgezin, vervalt daar het sociaal tarief. "
        "Gastgezinnen weigeren dus.",
        kind="practice",
        who_can_lift="dienst Bevolking en de energieleverancier samen",
    )
    link_case(
        by=cast.huurbegeleider, obstacle=subsidy, case=stage.cases["demochenko"], since_on=stage.on(-74)
    )
    link_case(by=cast.huurbegeleider, obstacle=host, case=stage.cases["demochenko"], since_on=stage.on(-74))

    yield stage.ago(40, "15:00")
    committee = report_obstacle(
        by=cast.huurbegeleider,
        neighbourhood=where,
        title="Verlenging van een crisisverblijf wacht op een vergadering",
        description="Het comité komt om de twee weken samen. Een gezin weet tot de laatste dag niet waar "
        "het slaapt.",
        kind="practice",
        who_can_lift="voorzitter van het Sociaal Huis",
    )
    link_case(by=cast.huurbegeleider, obstacle=committee, case=stage.cases["oztest"], since_on=stage.on(-52))

    yield stage.ago(32, "10:45")
    change_obstacle_state(by=cast.coordinator, obstacle=committee, state="raised")

    yield stage.ago(24, "11:30")
    change_obstacle_state(
        by=cast.coordinator,
        obstacle=committee,
        state="lifted",
        resolution="De voorzitter beslist voortaan binnen drie dagen tussen twee vergaderingen door.",
    )
    parking = report_obstacle(
        by=cast.opbouwwerker,
        neighbourhood=where,
        title="Geen tolk Tamazight op vrijdagnamiddag",
        description="De tolkendienst heeft die dag niemand. We plannen deze gesprekken op een andere dag.",
        kind="practice",
        who_can_lift="tolkendienst",
    )

    yield stage.ago(10, "9:30")
    change_obstacle_state(
        by=cast.coordinator,
        obstacle=parking,
        state="accepted",
        resolution="Er is geen tolk te vinden. Andere dagen lukken wel, dus we laten het zo.",
    )


def services(stage: Stage) -> Story:
    """Questions about the neighbourhood, and tasks of nobody's case."""
    cast, asked_of, where = stage.cast, stage.services, stage.arsenaal

    yield stage.ago(66, "10:10")
    map_question = ask_help(
        by=cast.inspecteur,
        neighbourhood=where,
        organisation=asked_of.stedenbouw,
        mandate=Mandate.objects.get(organisation=asked_of.stedenbouw),
        question="Welke panden in de vijf straten staan op de inventaris leegstand, en sinds wanneer?",
        due_on=stage.due(14),
    )

    yield stage.ago(44, "16:20")
    answer(
        by=cast.inspecteur,
        help_request=map_question,
        text="Lijst met elf panden in bijlage, drie daarvan sinds meer dan vijf jaar.",
    )
    brochure = add_task(
        by=cast.coordinator,
        neighbourhood=where,
        title="Elf leegstaande panden op de kaart zetten",
        assignee=cast.inspecteur,
        due_on=stage.due(14),
    )

    yield stage.ago(29, "14:00")
    finish_task(by=cast.inspecteur, task=brochure)

    yield stage.ago(8, "9:10")
    add_task(
        by=cast.coordinator,
        neighbourhood=where,
        title="Folder over CO laten vertalen in het Tigrinya",
        assignee=cast.opbouwwerker,
        due_on=stage.on(5),
    )
    add_task(
        by=cast.opbouwwerker,
        case=stage.cases["fons"],
        title="Batterij van de CO-meter vervangen en tonen",
        assignee=cast.opbouwwerker,
        due_on=stage.on(1),
    )
    add_task(
        by=cast.coordinator,
        case=stage.cases["modelescu"],
        title="Buren met het plat dak aanspreken",
        assignee=cast.opbouwwerker,
        due_on=stage.on(-3),
    )
    ask_help(
        by=cast.coordinator,
        neighbourhood=where,
        organisation=asked_of.energiepunt,
        question="Kan het Energiepunt in de winter een zitdag houden in de transitiehub?",
        due_on=stage.on(-1),
    )


def this_week(stage: Stage) -> Story:
    """Visits of today and of this week, and what somebody keeps at hand."""
    cast = stage.cast

    yield stage.ago(7, "13:20")
    plan_visit(
        by=cast.opbouwwerker,
        case=stage.cases["ida"],
        scheduled_at=at(stage.today, "10:30"),
        visitors=[cast.opbouwwerker],
    )
    planned(stage.cases["zondernaam"], at(stage.today, "18:30"), cast.huurbegeleider, purpose="urgent")

    yield stage.ago(4, "10:00")
    for name, query in (
        ("Met een grens", "boundary=on"),
        ("Drie weken niet gezien", "unseen=3"),
        ("Mijn dossiers", "mine=on"),
    ):
        save_filter(by=cast.jurist, list_code="cases", name=name, query=query)
    save_filter(by=cast.jurist, list_code="help-requests", name="Hogerop gevraagd", query="state=escalated")
    save_filter(by=cast.coordinator, list_code="cases", name="Wachten", query="state=waiting")


def stories(stage: Stage) -> Iterator[Story]:
    """All of them."""
    wing = (cohesion, hub, places, survey, neighbours, budget, involvements)
    for story in (*wing, safety, obstacles, services, this_week):
        yield story(stage)
