"""Casus 1, step by step: a man who fears to lose his studio, and nobody goes over his head."""

import datetime as dt
from decimal import Decimal

from arsenaal.lib.workdays import is_working_day
from cases.actions.boundaries import RefusedByBoundaryError, lift_boundary, set_boundary
from cases.actions.change_state import change_state
from cases.actions.change_trust import change_trust
from cases.actions.consents import record_consent
from cases.actions.help_requests import answer, ask_help
from cases.actions.interventions import change_intervention_state
from cases.actions.pin_entry import pin_entry
from cases.actions.plan import change_step_state, edit_step
from cases.actions.radar_report import report_worry
from cases.actions.start_case import open_case_from_radar
from cases.models import Mandate
from housing.actions.case_dwelling import Address, house_case
from housing.actions.landlords import create_landlord
from housing.actions.ownerships import add_ownership
from people.enums import ReachBy
from reporting.demo.pictures import Picture
from reporting.demo.stage import Stage, Story, at
from reporting.demo.telling import act, adult, contact, done, family, member, note, planned, step, visit


def _day_with_answer_five_days_later(stage: Stage, about: int) -> dt.date:
    """Return a working day so long ago, so that five days later is a working day too."""
    day = stage.on(-about)
    while not (is_working_day(day) and is_working_day(day + dt.timedelta(days=5))):
        day -= dt.timedelta(days=1)
    return day


def fons(stage: Stage) -> Story:
    """Fons, 71, alone in a studio with an old gas heater."""
    cast, services = stage.cast, stage.services
    worker = cast.opbouwwerker

    yield stage.ago(184, "14:10")
    entry = report_worry(
        by=worker,
        neighbourhood=stage.arsenaal,
        worry={
            "source": "community_work",
            "source_organisation": services.opbouw,
            "reason": "co_gas",
            "worry": "Fons zat weer in de transitiehub, tot sluitingstijd. Thuis is het te vochtig, zegt "
            "hij. Hij stookt met een oude gaskachel in één kamer, zonder afzuiging, en heeft vaak "
            "hoofdpijn. Hij wil niet dat iemand de huisbaas belt. Ik mag wel eens komen kijken.",
            "review_on": stage.due(7),
            "name": "Fons Voorbeeldmans",
            "street": "Leuvensesteenweg",
            "house_number": "9012",
            "box": "3",
            "postcode": "2800",
            "phone": "0470 00 00 12",
            "reach_by": ReachBy.VISIT,
            "reach_note": "neemt de telefoon niet op als hij het nummer niet kent. In de voormiddag is hij "
            "thuis.",
        },
    )

    yield stage.ago(182, "10:20")
    household = family(
        "Fons Voorbeeldmans",
        adult(
            "Fons",
            "Voorbeeldmans",
            stage.today.year - 71,
            phone="0470 00 00 12",
            reach_by=ReachBy.VISIT,
            reach_note="zeg eerst aan de parlofoon dat het Fatiha is.",
        ),
        by=cast.coordinator,
        neighbourhood=stage.arsenaal,
        since=stage.today.year - 9,
    )
    case = open_case_from_radar(
        by=cast.coordinator,
        entry=entry,
        lead=worker,
        title="Fons Voorbeeldmans: studio met oude gaskachel",
        about=household,
    )
    stage.cases["fons"] = case

    yield stage.ago(181, "11:00")
    home = house_case(
        by=cast.huurbegeleider,
        case=case,
        from_on=dt.date(stage.today.year - 9, 3, 1),
        address=Address("Leuvensesteenweg", "9012"),
        box="3",
        kind="studio",
        floor=2,
        area=Decimal("19"),
        tenure="tenant",
        rent=Decimal("410"),
        charges=Decimal("65"),
    )
    landlord = create_landlord(
        by=cast.inspecteur,
        neighbourhood=stage.arsenaal,
        kind="person",
        name="Marcel Huurebeke",
        phone="0470 00 00 91",
    )
    add_ownership(
        by=cast.inspecteur,
        dwelling=home.dwelling,
        landlord=landlord,
        from_on=dt.date(stage.today.year - 14, 6, 1),
    )

    yield stage.ago(176, "11:20")
    visit(
        case,
        worker,
        purpose="get_to_know",
        present="Fons",
        said="Koffie gedronken aan het enige tafeltje. De kastjes boven het aanrecht zijn rot, er is geen "
        "afzuiging en het raam blijft dicht omdat de kachel anders te veel verbruikt. Op de muur achter "
        "het bed staat schimmel tot op ooghoogte. De kachel geeft een gele vlam.\n\n"
        "Fons woont hier negen jaar. Hij is bang: als de huisbaas hoort dat hij klaagt, vliegt hij buiten, "
        "en waar vindt hij nog iets voor 410 euro? Hij heeft twee keer meegemaakt dat hulp beloofd werd en "
        "niemand terugkwam. Ik heb gezegd wat ik wél kan beloven: ik doe niets zonder dat hij het weet.",
        agreed="Ik kom terug. Niemand belt de huisbaas. Fons zet de kachel uit als hij slaapt.",
        saw={"co_gas": 3, "damp": 2, "lonely": 1},
        pictures=(Picture.HEATER, Picture.DAMP),
    )
    boundary = set_boundary(
        by=worker,
        case=case,
        kind="no_landlord",
        reason="Fons is bang dat hij zijn studio kwijtraakt als de verhuurder hoort dat hij met ons praat.",
    )

    yield stage.ago(174, "13:45")
    change_state(
        by=worker,
        case=case,
        to_state="active",
        reason="Fons wil verder, in kleine stappen. We beginnen met wat gevaarlijk is.",
    )
    heater = step(
        case,
        worker,
        "Gaskachel laten nazien",
        why="Gevaar van CO. Dit kan zonder de verhuurder: de kachel is van Fons zelf.",
        due=stage.due(14),
        service=services.energiepunt,
        reaches="organisation",
        small=True,
    )
    meter = step(
        case,
        worker,
        "CO-meter hangen en tonen hoe hij werkt",
        why="Veilig slapen, ook voor de kachel nagezien is.",
        due=stage.due(10),
        who=worker,
        small=True,
    )
    talk = step(
        case,
        worker,
        "Met de verhuurder praten over kachel, afzuiging en vocht",
        why="Fons zegt: nu niet. We vragen het later opnieuw.",
        agreed="no",
        reaches="landlord",
        who=worker,
    )

    asked_on = _day_with_answer_five_days_later(stage, 170)
    yield at(asked_on, "9:40")
    change_step_state(by=worker, step=heater, state="busy")
    question = ask_help(
        by=worker,
        case=case,
        organisation=services.energiepunt,
        mandate=Mandate.objects.get(organisation=services.energiepunt, subject__startswith="Gaskachel"),
        question="Kan een technieker de gaskachel van een alleenstaande man nazien? Oud toestel, gele "
        "vlam, geen afzuiging in de kamer. Er hangt nog geen CO-meter. Ik ga mee, hij laat niemand alleen "
        "binnen. De verhuurder weet van niets en dat moet zo blijven.",
        due_on=stage.due(7),
        step=heater,
    )

    yield stage.ago(168, "15:30")
    alarm = act(
        case,
        worker,
        "co-meter",
        services.opbouw,
        "Meter met alarm boven de deur gehangen. Fons drukte zelf op de testknop.",
        step=meter,
    )
    change_intervention_state(
        by=worker,
        intervention=alarm,
        state="done",
        outcome="De meter hangt en werkt. Fons weet wat hij moet doen als hij piept: raam open, naar "
        "buiten, 112.",
    )
    done(meter, worker, "De meter hangt boven de deur.")

    yield at(asked_on + dt.timedelta(days=5), "11:15")
    answer(
        by=cast.partner,
        help_request=question,
        text="Dat kan. Onze technieker komt volgende week om 10 uur, samen met Fatiha. Hij brengt een "
        "nieuwe afvoerbuis mee. Voor Fons is het gratis. We nemen geen contact op met de eigenaar.",
    )
    repair = act(
        case,
        worker,
        "gaskachel-nazien",
        services.energiepunt,
        "Samen met de technieker, om 10 uur.",
        state="planned",
        planned_on=stage.due(6),
        step=heater,
    )

    yield stage.ago(156, "11:30")
    change_intervention_state(
        by=cast.opbouwwerker,
        intervention=repair,
        state="done",
        outcome="Brander gereinigd, afvoerbuis vervangen. De vlam is weer blauw. Volgend nazicht over een "
        "jaar.",
    )
    done(heater, worker, "Gedaan door het Energiepunt. Fons hielp de oude buis naar beneden dragen.")

    yield stage.ago(141, "17:20")
    visit(case, worker, result="nobody_home")

    yield stage.ago(139, "9:15")
    contact(
        case,
        worker,
        "Fons",
        "Briefje in de bus gestoken met mijn nummer, in het groot.",
        channel="message",
        result="left_word",
    )

    yield stage.ago(133, "8:55")
    contact(
        case,
        worker,
        "Fons",
        "De CO-meter piepte vannacht. Hij deed het raam open en ging naar buiten, zoals afgesproken. Het "
        "was de batterij, maar hij wilde dat ik het wist. Ik breng er een nieuwe.",
        direction="in",
    )
    change_trust(
        by=worker,
        case=case,
        to_stage=2,
        event="Fons belde zelf toen de CO-meter piepte. Voor het eerst vroeg hij iets aan ons.",
    )

    yield stage.ago(118, "10:40")
    contact(
        case,
        cast.huurbegeleider,
        "Fons",
        "Samen met Fatiha zijn papieren op tafel gelegd. Hij betaalt de gewone prijs voor gas en stroom en "
        "heeft recht op het sociaal tarief. Formulier ingevuld en meegenomen.",
        channel="office",
    )
    rights = act(
        case,
        cast.huurbegeleider,
        "rechtenrealisatie",
        services.sociaal_huis,
        "Sociaal tarief aanvragen en nakijken wat hij nog misloopt.",
    )

    yield stage.ago(92, "14:00")
    change_intervention_state(
        by=cast.huurbegeleider,
        intervention=rights,
        state="done",
        outcome="Sociaal tarief toegekend, met terugwerkende kracht. Scheelt hem ongeveer 38 euro per maand.",
    )
    contact(
        case,
        worker,
        "Fons",
        "De eerste afrekening met sociaal tarief is binnen. Hij liet ze twee keer voorlezen. Over de "
        "huisbaas wil hij nog altijd niet praten, en dat is goed.",
        channel="street",
    )

    yield stage.ago(64, "16:05")
    try:
        act(
            case,
            cast.inspecteur,
            "conformiteitsonderzoek",
            services.wonen,
            "Rondgang in de straat: ook dit adres nakijken.",
            state="planned",
            planned_on=stage.due(10),
        )
    except RefusedByBoundaryError as refusal:
        refusal.after_rollback()
    note(
        case,
        cast.inspecteur,
        "Ik wilde dit adres meenemen in de rondgang van de straat. Het programma hield me tegen: een "
        "onderzoek wordt aan de eigenaar gemeld. Ik sla dit huis over tot Fons zegt dat het mag.",
        title="Niet mee in de rondgang",
        circle="shared",
    )

    yield stage.ago(43, "10:30")
    contact(
        case,
        worker,
        "Fons",
        "Het wordt kouder en het vocht komt terug. Hij vraagt wat er zou gebeuren 'als Marcel het wist'. "
        "We hebben het samen uitgetekend: wat een verhuurder moet doen, en wat hij niet mag.",
    )

    yield stage.ago(16, "11:25")
    visit(
        case,
        worker,
        cast.huurbegeleider,
        present="Fons",
        said="In de traphal was er geen bereik; dit verslag is onderweg geschreven en pas buiten "
        "verstuurd.\n\n"
        "Fons had koffie klaar voor drie. Hij had zelf een lijstje gemaakt: afzuiging, de muur achter het "
        "bed, het slot van de voordeur. Over de kachel: 'Die doet het, dankzij u.' Samira legde uit dat "
        "een huurder beschermd is en dat opzeggen niet zomaar kan. Hij vroeg of wij erbij willen zijn als "
        "hij met zijn huisbaas praat. Alleen durft hij niet. Samen wel.",
        agreed="We gaan samen naar Marcel Huurebeke. Fons vertelt, wij zitten naast hem. Niemand belt "
        "vooraf zonder hem.",
        saw={"damp": 2, "co_gas": 1},
        pictures=(Picture.METER,),
        trust=(3, "Fons maakte zelf een lijstje en vroeg om samen met de verhuurder te praten."),
    )

    yield stage.ago(14, "9:50")
    lift_boundary(
        by=worker,
        boundary=boundary,
        agreed_by="Fons Voorbeeldmans",
        agreed_on=stage.on(-16),
        agreement="We praten samen met de verhuurder: Fons aan het woord, Fatiha en Samira erbij.",
    )
    talk.refresh_from_db()
    edit_step(
        by=worker,
        step=talk,
        version=talk.version,
        title="Samen met Fons praten met de verhuurder",
        why="Over afzuiging, vocht en het slot van de voordeur. Fons heeft zijn lijstje.",
        goal="housing",
        is_intermediate=False,
        assignee=worker,
        organisation=None,
        due_on=stage.on(4),
        agreed="yes",
        reaches="landlord",
    )
    change_step_state(by=worker, step=talk, state="busy")
    step(
        case,
        worker,
        "Nakijken wat Fons na het gesprek nodig heeft",
        why="Hij slaapt slecht van spannende gesprekken. Dezelfde avond even bellen.",
        due=stage.on(6),
        who=worker,
    )
    record_consent(
        by=cast.huurbegeleider,
        case=case,
        person=member(case, "Fons"),
        recipients=[services.energiepunt],
        categories=["contact", "dwelling"],
        purpose="de kachel elk jaar laten nazien",
        language="nl",
    )
    pin_entry(
        by=worker,
        case=case,
        entry=note(
            case,
            worker,
            "Altijd eerst aan de parlofoon zeggen wie je bent. Niet bellen met een onbekend nummer. Beloof "
            "alleen wat je zelf kunt doen: hij onthoudt het.",
            title="Zo werkt het met Fons",
            circle="shared",
        ),
    )

    yield stage.ago(6, "16:40")
    contact(
        case,
        worker,
        "Fons",
        "Hij oefent wat hij gaat zeggen. Hij wil beginnen met 'ik woon hier graag'. Goed begin, heb ik "
        "gezegd.",
    )
    planned(case, at(stage.on(3), "10:30"), worker, cast.huurbegeleider)
