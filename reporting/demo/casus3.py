"""Casus 3: a house declared uninhabitable, a family for three months elsewhere, and the way back."""

import datetime as dt
from decimal import Decimal

from cases.actions.change_state import change_state
from cases.actions.change_trust import change_trust
from cases.actions.consents import record_consent
from cases.actions.help_requests import answer, ask_help
from cases.actions.interventions import change_intervention_state
from cases.actions.plan import change_step_state
from cases.actions.radar_report import report_worry
from cases.actions.start_case import open_case_from_radar
from cases.models import Mandate
from housing.actions.case_dwelling import Address, house_case
from housing.actions.landlord_contacts import log_landlord_contact
from housing.actions.landlords import create_landlord
from housing.actions.ownerships import add_ownership
from people.enums import MemberRole, ReachBy
from reporting.demo.pictures import Picture
from reporting.demo.rehousing import moves_to_crisis_dwelling, sign_three_parties
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


def oztest(stage: Stage) -> Story:
    """Gezin Öztest: parents, three children and a grandmother, between dust and a crisis dwelling."""
    cast, services = stage.cast, stage.services
    lead, coach = cast.huurbegeleider, cast.renovatiecoach

    yield stage.ago(150, "9:30")
    entry = report_worry(
        by=lead,
        neighbourhood=stage.arsenaal,
        worry={
            "source": "rent_subsidy",
            "source_organisation": services.sociaal_huis,
            "reason": "dwelling",
            "worry": "Bij de aanvraag van de huursubsidie moest de woning nagekeken worden. Dak lekt, "
            "elektriciteit zonder aarding, vocht in twee slaapkamers. Het gezin heeft drie kinderen en een "
            "grootmoeder in huis.",
            "review_on": stage.due(5),
            "name": "Gezin Öztest",
            "street": "Milsenstraat",
            "house_number": "9017",
            "postcode": "2800",
            "phone": "0470 00 00 31",
            "reach_by": ReachBy.PHONE,
            "reach_note": "Elif spreekt vlot Nederlands, na 15 uur. Haar moeder alleen Turks.",
        },
    )

    yield stage.ago(148, "10:45")
    year = stage.today.year
    household = family(
        "Gezin Öztest",
        adult(
            "Elif",
            "Öztest",
            year - 36,
            "tr nl",
            phone="0470 00 00 31",
            reach_by=ReachBy.PHONE,
            reach_note="na 15 uur",
        ),
        adult("Murat", "Öztest", year - 39, "tr fr", interpreter=True, role=MemberRole.PARTNER),
        adult("Hatice", "Demokan", year - 68, "tr", interpreter=True, role=MemberRole.PARENT),
        child("Deniz", "Öztest", year - 12),
        child("Selin", "Öztest", year - 9),
        child("Can", "Öztest", year - 5),
        by=cast.coordinator,
        neighbourhood=stage.arsenaal,
        since=year - 13,
    )
    case = open_case_from_radar(
        by=cast.coordinator,
        entry=entry,
        lead=lead,
        title="Gezin Öztest: onbewoonbaar verklaard, tijdelijk elders",
        about=household,
    )
    stage.cases["oztest"] = case
    home = house_case(
        by=lead,
        case=case,
        from_on=dt.date(year - 5, 9, 1),
        address=Address("Milsenstraat", "9017"),
        kind="house",
        area=Decimal("94"),
        tenure="tenant",
        rent=Decimal("780"),
    )
    owner = create_landlord(
        by=cast.inspecteur,
        neighbourhood=stage.arsenaal,
        kind="person",
        name="Rik Renovaert",
        phone="0470 00 00 92",
        email="rik.renovaert@example.be",
    )
    add_ownership(
        by=cast.inspecteur,
        dwelling=home.dwelling,
        landlord=owner,
        from_on=dt.date(year - 11, 1, 1),
        share_numerator=1,
        share_denominator=2,
    )
    sister = create_landlord(
        by=cast.inspecteur, neighbourhood=stage.arsenaal, kind="person", name="Mia Renovaert-Modelé"
    )
    add_ownership(
        by=cast.inspecteur,
        dwelling=home.dwelling,
        landlord=sister,
        from_on=dt.date(year - 11, 1, 1),
        share_numerator=1,
        share_denominator=2,
    )

    yield stage.ago(145, "17:00")
    visit(
        case,
        lead,
        cast.inspecteur,
        purpose="get_to_know",
        present="Elif, Murat, oma Hatice en de kinderen",
        said="Het regent binnen op de overloop: twee emmers. Oma slaapt in de living omdat haar kamer "
        "beschimmeld is. De kinderen hoesten. Elif begrijpt dat er een besluit kan komen en vraagt maar "
        "één ding: dat ze in de buurt kunnen blijven, voor de school.",
        agreed="Eerst zoeken we een plek, dan pas het besluit. We vertellen hen elke stap vooraf.",
        saw={"damp": 3, "electricity": 3, "children": 2, "overcrowded": 1},
        circle="shared",
        pictures=(Picture.DAMP, Picture.WINDOW),
        trust=(2, "Elif liet ons alle kamers zien en belde dezelfde avond nog met een vraag."),
    )
    change_state(
        by=lead,
        case=case,
        to_state="active",
        reason="De woning is gevaarlijk. We zoeken eerst een plek voor het gezin.",
    )
    report = act(
        case,
        cast.inspecteur,
        "conformiteitsonderzoek",
        services.wonen,
        "Volledig technisch verslag van de woning.",
        target="dwelling",
    )
    rehouse = step(
        case,
        lead,
        "Crisiswoning zoeken in de buurt van de school",
        why="Geen besluit voor het gezin een plek heeft.",
        due=stage.due(15),
        who=lead,
    )

    yield stage.ago(138, "9:20")
    crisis = ask_help(
        by=lead,
        case=case,
        organisation=services.sociaal_huis,
        mandate=Mandate.objects.get(organisation=services.sociaal_huis),
        question="Is er een crisiswoning vrij met drie slaapkamers, liefst op wandelafstand van De "
        "Letterladder? Zes mensen, onder wie een grootmoeder die slecht trappen doet.",
        due_on=stage.due(5),
        step=rehouse,
    )
    change_intervention_state(
        by=cast.inspecteur,
        intervention=report,
        state="done",
        outcome="Negen gebreken, twee daarvan met direct gevaar (elektriciteit, stabiliteit dak). Advies "
        "aan de burgemeester: ongeschikt en onbewoonbaar.",
    )

    yield stage.ago(134, "15:10")
    answer(
        by=lead,
        help_request=crisis,
        text="Ja: Hanswijkstraat 9102, bus 1, gelijkvloers, vrij voor drie maanden met één verlenging. "
        "Verblijfsvergoeding 390 euro per maand. Sleutels op te halen aan het onthaal.",
    )

    yield stage.ago(130, "11:00")
    note(
        case,
        cast.inspecteur,
        "De burgemeester verklaarde de woning vandaag onbewoonbaar. Brief aan beide eigenaars en aan het "
        "gezin. Het gezin wist het vooraf: Samira was er gisteren om het uit te leggen, met een tolk "
        "Turks.",
        title="Besluit van de burgemeester",
        circle="shared",
    )
    log_landlord_contact(
        by=cast.inspecteur,
        landlord=owner,
        case=case,
        direction="outgoing",
        channel="call",
        summary="Besluit uitgelegd. Rik schrok, maar wil meteen beginnen renoveren. Gevraagd om te wachten "
        "tot het gezin verhuisd is: dat lukt niet, de dakwerker komt maandag.",
    )

    yield stage.ago(124, "16:30")
    contact(
        case,
        lead,
        "Elif",
        "De werken zijn begonnen terwijl ze er nog wonen. Stof tot in de bedden, boren vanaf zeven uur. "
        "Murat had ruzie met de aannemer. Elif huilde aan de telefoon. Verhuis vervroegd naar deze week.",
        direction="in",
    )
    log_landlord_contact(
        by=lead,
        landlord=owner,
        case=case,
        direction="outgoing",
        channel="call",
        summary="Rik gevraagd de werken drie dagen stil te leggen tot het gezin verhuisd is. Hij doet het.",
    )

    yield stage.ago(120, "14:00")
    moves_to_crisis_dwelling(stage, case)
    done(rehouse, lead, "Verhuisd met hulp van twee neven en een bestelwagen van de stad.")
    act(
        case,
        lead,
        "tijdelijke-herhuisvesting",
        services.sociaal_huis,
        "Drie maanden, één keer te verlengen. Verblijfsvergoeding 390 euro per maand; geen huur aan de "
        "eigenaar.",
    )
    act(case, lead, "crisiswoning", services.sociaal_huis, "Hanswijkstraat, gelijkvloers.")

    yield stage.ago(112, "10:00")
    agreement = act(
        case,
        cast.jurist,
        "driepartijenovereenkomst",
        services.sociaal_huis,
        "Eigenaars, gezin en Sociaal Huis rond één tafel.",
    )
    note(
        case,
        cast.jurist,
        "Rond de tafel: Rik en Mia, Elif en Murat (met tolk), Samira, Wout en ik. Afgesproken en "
        "getekend:\n"
        "• de eigenaars renoveren tot er een conformiteitsattest is en vragen intussen geen huur;\n"
        "• het gezin betaalt de verblijfsvergoeding en regelt de verhuis;\n"
        "• het Sociaal Huis zorgt voor het verblijf, de renovatiecoach helpt met premies, de "
        "wooncontroleur komt na;\n"
        "• het gezin keert terug tegen dezelfde huur: 780 euro.",
        title="Driepartijenovereenkomst getekend",
        circle="shared",
    )
    sign_three_parties(stage, case)
    change_intervention_state(
        by=cast.jurist,
        intervention=agreement,
        state="done",
        outcome="Getekend door de drie partijen. Ieder heeft een exemplaar, ook in het Turks.",
    )
    change_trust(
        by=lead,
        case=case,
        to_stage=3,
        event="Het gezin zat mee aan tafel met de eigenaars, en wat ze vroegen staat in de overeenkomst.",
    )

    yield stage.ago(108, "13:30")
    on_team(case, [cast.partner], lead)
    record_consent(
        by=lead,
        case=case,
        person=member(case, "Elif"),
        recipients=[services.energiepunt, services.wonen],
        categories=["contact", "dwelling", "plan"],
        purpose="de renovatie en de terugkeer samen opvolgen",
        language="tr",
        with_interpreter=True,
    )
    act(
        case,
        coach,
        "renovatiebegeleiding",
        services.wonen,
        "Dak, elektriciteit, ventilatie. Werfbezoek om de twee weken.",
        target="landlord",
    )
    scan = act(
        case,
        coach,
        "energiescan",
        services.energiepunt,
        "Waar gaat de warmte verloren, nu alles open ligt?",
        target="dwelling",
    )
    premiums = act(
        case,
        coach,
        "info-premies-leningen",
        services.wonen,
        "Dakisolatie en elektriciteit: welke premies passen?",
        target="landlord",
    )

    yield stage.ago(97, "15:45")
    change_intervention_state(
        by=cast.partner,
        intervention=scan,
        state="done",
        outcome="Advies: dakisolatie 24 cm, ventilatie in de keuken en de badkamer. Eigenaars nemen het "
        "mee in de werken.",
    )

    yield stage.ago(84, "11:20")
    change_intervention_state(
        by=coach,
        intervention=premiums,
        state="done",
        outcome="Twee premies aangevraagd, samen goed voor ongeveer 6.400 euro. Rik had er nog nooit van "
        "gehoord.",
    )
    log_landlord_contact(
        by=coach,
        landlord=owner,
        case=case,
        direction="outgoing",
        channel="visit",
        summary="Werfbezoek. Dak is dicht, elektricien begint volgende week. De pleisteraar loopt achter.",
    )

    yield stage.ago(71, "17:15")
    visit(
        case,
        lead,
        present="Elif, oma Hatice, Selin en Can",
        said="Het gaat goed in de Hanswijkstraat. Oma heeft voor het eerst in jaren een droge kamer. Can "
        "slaapt door. Murat werkt in twee ploegen. De verblijfsvergoeding is drie keer op tijd betaald. "
        "Elif vraagt telkens hetzelfde: mogen we écht terug, voor dezelfde prijs? Het staat op papier, heb "
        "ik getoond.",
        agreed="Ik vraag de verlenging aan. Elif stuurt de foto's van de oude kinderkamer door.",
        saw={"overcrowded": 1},
    )

    yield stage.ago(52, "9:10")
    longer = ask_help(
        by=lead,
        case=case,
        organisation=services.sociaal_huis,
        question="Het verblijf loopt af en de pleisterwerken zijn niet klaar. Kan het gezin tot half "
        "december blijven, aan dezelfde vergoeding?",
        due_on=stage.due(7),
    )

    yield stage.ago(39, "14:30")
    answer(
        by=lead,
        help_request=longer,
        text="Akkoord met een verlenging, eenmalig, tegen dezelfde vergoeding. Excuses voor het wachten: "
        "het comité kwam twee weken niet samen.",
    )
    note(
        case,
        lead,
        "De verlenging is rond, maar het antwoord kwam een week te laat. Elif sliep er niet van. Ik zet "
        "het bij de hinderpalen: een gezin kan niet wachten op een vergadering.",
        title="Verlenging toegekend",
        circle="shared",
    )

    yield stage.ago(30, "10:15")
    change_trust(
        by=lead,
        case=case,
        to_stage=4,
        event="Elif belde zelf met de school, de watermaatschappij en de eigenaar om de terugkeer te "
        "regelen.",
    )
    done_dust = step(
        case,
        coach,
        "Oplevering van de werken met eigenaars en aannemer",
        why="Lijst met wat nog moet, ondertekend.",
        due=stage.on(8),
        who=coach,
        reaches="landlord",
    )
    change_step_state(by=coach, step=done_dust, state="busy")
    step(
        case,
        cast.inspecteur,
        "Nacontrole en conformiteitsattest",
        why="Pas daarna kan het besluit opgeheven worden en keert het gezin terug.",
        due=stage.on(13),
        who=cast.inspecteur,
        reaches="inspection",
    )
    step(
        case,
        lead,
        "Terug naar de Milsenstraat verhuizen",
        why="Zelfde huur, 780 euro, zoals afgesproken. De neven komen weer helpen.",
        due=stage.on(18),
        who=lead,
    )
    act(
        case,
        cast.inspecteur,
        "conformiteitsattest",
        services.wonen,
        "Na de nacontrole.",
        state="planned",
        target="dwelling",
        planned_on=stage.on(13),
    )
    act(
        case,
        cast.inspecteur,
        "nazorg-wooncontroleur",
        services.wonen,
        "Drie maanden na de terugkeer.",
        state="proposed",
        target="dwelling",
    )

    yield stage.ago(9, "16:50")
    contact(
        case,
        lead,
        "Elif",
        "Ze ging stiekem kijken. De muren zijn geel, zoals Selin gevraagd had. Ze is al dozen aan het "
        "verzamelen.",
        direction="in",
    )
    log_landlord_contact(
        by=coach,
        landlord=owner,
        case=case,
        direction="incoming",
        channel="call",
        summary="Rik belde: de pleisteraar is klaar, de schilder ook bijna. Hij vraagt wanneer de "
        "wooncontroleur kan komen.",
    )

    yield stage.ago(5, "11:10")
    planned(case, at(stage.on(13), "9:30"), cast.inspecteur, coach, purpose="dwelling")
    planned(case, at(stage.on(1), "17:00"), lead)
