"""Casus 2, an end to divide and rule: a block of flats, its tenants together, one voice and one lawyer."""

import datetime as dt
from decimal import Decimal

from accounts.models import User
from cases.actions.block import join_block
from cases.actions.boundaries import set_boundary
from cases.actions.change_state import change_state
from cases.actions.change_trust import change_trust
from cases.actions.consents import record_consent
from cases.actions.help_requests import answer, ask_help
from cases.actions.interventions import change_intervention_state
from cases.actions.plan import change_step_state
from cases.actions.radar_report import report_worry
from cases.actions.start_case import open_case_from_radar, start_case
from cases.actions.tasks import add_task
from cases.models import Case, Mandate
from housing.actions.buildings import create_building
from housing.actions.case_dwelling import house_case, link_case_building
from housing.actions.dwellings import create_dwelling
from housing.actions.landlord_contacts import log_landlord_contact
from housing.actions.landlords import create_landlord, set_point_of_contact
from housing.actions.ownerships import add_ownership
from housing.models import Building, Dwelling
from people.actions.create_household import FirstMember
from people.actions.create_person import PersonDetails
from people.actions.members import add_member
from people.enums import JoinReason, MemberRole, ReachBy
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

_STREET = "Leuvensesteenweg"


def _flats(stage: Stage) -> tuple[Building, list[Dwelling]]:
    """Register the block: six flats on three floors."""
    by = stage.cast.inspecteur
    block = create_building(by=by, neighbourhood=stage.arsenaal, street=_STREET, house_number="9140")
    flats = [
        create_dwelling(
            by=by,
            building=block,
            kind="apartment",
            box=str(box),
            floor=(box - 1) // 2,
            area=Decimal(54 + 3 * (box % 2)),
        )
        for box in range(1, 7)
    ]
    return block, flats


def _tenants(
    stage: Stage,
    block: Case,
    flat: Dwelling,
    title: str,
    *members: FirstMember,
    key: str,
    since: dt.date,
    rent: str,
    lead: User,
) -> Case:
    """Open the case of a household in the block."""
    year = since.year
    household = family(
        title.split(":")[0], *members, by=stage.cast.coordinator, neighbourhood=stage.arsenaal, since=year
    )
    case = start_case(
        by=stage.cast.coordinator,
        neighbourhood=stage.arsenaal,
        lead=lead,
        title=title,
        about=household,
        parent=block,
    )
    house_case(
        by=stage.cast.inspecteur,
        case=case,
        dwelling=flat,
        from_on=since,
        tenure="tenant",
        rent=Decimal(rent),
        charges=Decimal("120"),
    )
    stage.cases[key] = case
    return case


def block_of_flats(stage: Stage) -> Story:
    """The block itself, and the three families of the start."""
    cast, services, year = stage.cast, stage.services, stage.today.year
    lawyer, contact_person = cast.jurist, cast.huurbegeleider

    yield stage.ago(171, "10:15")
    entry = report_worry(
        by=contact_person,
        neighbourhood=stage.arsenaal,
        worry={
            "source": "welfare",
            "source_organisation": services.sociaal_huis,
            "reason": "rent",
            "worry": "Drie huurders van hetzelfde blok kwamen apart langs: al drie winters geen "
            "verwarming, water in de kelder, en elk jaar een afrekening die niemand begrijpt. Elk van hen "
            "kreeg te horen dat de anderen 'niet klagen'. Ze kennen elkaar amper.",
            "review_on": stage.due(7),
            "street": _STREET,
            "house_number": "9140",
            "postcode": "2800",
        },
    )

    yield stage.ago(169, "9:45")
    block = open_case_from_radar(
        by=cast.coordinator,
        entry=entry,
        lead=lawyer,
        title="Appartementsblok Leuvensesteenweg 9140",
        about=None,
        address_hint=f"{_STREET} 9140",
    )
    stage.cases["blok"] = block
    building, flats = _flats(stage)
    link_case_building(by=cast.inspecteur, case=block, building=building)
    landlord = create_landlord(
        by=cast.inspecteur,
        neighbourhood=stage.arsenaal,
        kind="company",
        name="Immo Blokkendoos bv",
        phone="0470 00 00 95",
        email="info@example.be",
        contact_person="Dirk Blokkendoos",
    )
    for flat in flats:
        add_ownership(by=cast.inspecteur, dwelling=flat, landlord=landlord, from_on=dt.date(year - 12, 5, 1))
    for street, number in (("Tervuursesteenweg", "9055"), ("Hanswijkvaart", "9023")):
        other = create_building(
            by=cast.inspecteur, neighbourhood=stage.arsenaal, street=street, house_number=number
        )
        for box in ("1", "2"):
            flat = create_dwelling(
                by=cast.inspecteur, building=other, kind="apartment", box=box, floor=int(box)
            )
            add_ownership(
                by=cast.inspecteur, dwelling=flat, landlord=landlord, from_on=dt.date(year - 8, 2, 1)
            )

    yield stage.ago(166, "14:20")
    change_state(
        by=lawyer,
        case=block,
        to_state="active",
        reason="Drie gezinnen willen samen verder. We starten meteen.",
    )
    proef = _tenants(
        stage,
        block,
        flats[1],
        "Gezin El Proef: blok 9140, bus 2",
        adult("Karim", "El Proef", year - 34, "ar fr", interpreter=True, phone="0470 00 00 41"),
        adult(
            "Naïma",
            "El Proef-Testaoui",
            year - 30,
            "rif ar nl",
            phone="0470 00 00 42",
            reach_by=ReachBy.MESSAGE,
            reach_note="stuur een spraakbericht",
            role=MemberRole.PARTNER,
        ),
        child("Ilyas", "El Proef", year - 4),
        key="proef",
        since=dt.date(year - 3, 4, 1),
        rent="690",
        lead=contact_person,
    )
    dimova = _tenants(
        stage,
        block,
        flats[0],
        "Gezin Voorbeeldova: blok 9140, bus 1",
        adult("Rositsa", "Voorbeeldova", year - 44, "bg tr", interpreter=True, phone="0470 00 00 43"),
        child("Emil", "Voorbeeldov", year - 15),
        key="dimova",
        since=dt.date(year - 6, 10, 1),
        rent="640",
        lead=contact_person,
    )
    ida = _tenants(
        stage,
        block,
        flats[2],
        "Ida Fictiers: blok 9140, bus 3",
        adult(
            "Ida",
            "Fictiers",
            year - 79,
            phone="0470 00 00 44",
            reach_by=ReachBy.PHONE,
            reach_note="tussen 9 en 11 uur. Hoort slecht, spreek traag.",
        ),
        key="ida",
        since=dt.date(year - 21, 1, 1),
        rent="520",
        lead=cast.opbouwwerker,
    )

    yield stage.ago(164, "11:00")
    on_team(block, [cast.opbouwwerker, cast.cohesiecoach], lawyer)
    set_point_of_contact(
        by=cast.coordinator, landlord=landlord, user=contact_person, organisation=services.sociaal_huis
    )
    act(
        block,
        contact_person,
        "vast-aanspreekpunt",
        services.sociaal_huis,
        "Alle contact met Immo Blokkendoos loopt via Samira, voor alle huurders samen.",
        target="landlord",
    )
    note(
        block,
        contact_person,
        "Vanaf vandaag één stem. Wie een vraag heeft voor de verhuurder, geeft ze aan mij door. Ook de "
        "huurders weten het: belt hij hen, dan zeggen ze dat Samira antwoordt.",
        title="Eén aanspreekpunt",
        circle="shared",
    )

    yield stage.ago(160, "18:10")
    visit(
        proef,
        contact_person,
        cast.jurist,
        purpose="get_to_know",
        present="Naïma, Karim en Ilyas",
        said="Een elektrisch vuurtje in de living, 14 graden in de slaapkamer. Naïma is zes maanden "
        "zwanger. De afrekening van vorig jaar: 1.140 euro 'diverse kosten'. Karim betaalde, uit schrik.",
        agreed="Naïma zoekt alle afrekeningen bij elkaar. Wij zoeken een warme plek voor de baby er is.",
        saw={"heating": 3, "damp": 2, "money": 2, "landlord_pressure": 1},
        trust=(2, "Naïma liet ons de slaapkamer zien en gaf de map met afrekeningen mee."),
    )
    visit(
        dimova,
        contact_person,
        purpose="get_to_know",
        present="Rositsa, met tolk aan de telefoon",
        said="Emil maakt zijn huiswerk met zijn jas aan. Rositsa poetst 's nachts en slaapt overdag. Ze "
        "wist niet dat de buren hetzelfde meemaken.",
        agreed="Ze komt naar de bewonersavond. Wij zorgen voor een tolk.",
        saw={"heating": 3, "vermin": 2},
    )

    for case in (proef, dimova):
        change_state(
            by=contact_person, case=case, to_state="active", reason="Het gezin doet mee met de buren."
        )

    yield stage.ago(157, "10:00")
    visit(
        ida,
        cast.opbouwwerker,
        purpose="get_to_know",
        present="Ida",
        said="Ida woont hier eenentwintig jaar en haar man is hier gestorven. Ze wil geen herrie. De "
        "verhuurder zei haar aan de deur dat 'wie met de stad praat, kan vertrekken'. Sindsdien doet ze "
        "niet meer open voor onbekenden.",
        agreed="Ik kom alleen, en ik bel vooraf. Niemand spreekt over haar met de verhuurder.",
        saw={"heating": 2, "landlord_pressure": 3, "lonely": 2},
    )
    set_boundary(
        by=cast.opbouwwerker,
        case=ida,
        kind="no_landlord",
        reason="De verhuurder dreigde aan haar deur. Ida wil niet dat haar naam valt, ook niet tussen de "
        "andere huurders.",
    )
    change_state(by=cast.opbouwwerker, case=ida, to_state="active", reason="Op haar tempo, met koffie.")

    yield stage.ago(151, "15:00")
    for case in (proef, dimova):
        act(
            case,
            lawyer,
            "zelfde-advocaat",
            services.sociaal_huis,
            "Dezelfde advocaat als de buren; kosteloos via de tweedelijnsbijstand.",
        )
        record_consent(
            by=lawyer,
            case=case,
            person=member(case, "Naïma" if case is proef else "Rositsa"),
            recipients=[services.sociaal_huis, services.huurdersloket],
            categories=["contact", "dwelling", "money"],
            purpose="een gezamenlijk dossier tegen de verhuurder",
            language="nl" if case is proef else "bg",
            with_interpreter=case is not proef,
            until_on=stage.on(150) if case is proef else stage.on(17),
        )
    note(
        block,
        lawyer,
        "Bewijs per huurder: betaalde huur per maand, afrekeningen, aangetekende brieven, foto's met "
        "datum. Map per bus. Wat voor allen geldt (kelder, ketel, gemene delen) zit in de map van het "
        "blok.",
        title="Zo verzamelen we bewijs",
        circle="legal",
    )

    yield stage.ago(144, "9:30")
    inspection = act(
        block,
        cast.inspecteur,
        "conformiteitsonderzoek",
        services.wonen,
        "Gemene delen en elke flat waarvan de huurder het wil.",
        target="dwelling",
    )
    act(
        block,
        cast.inspecteur,
        "aanpak-leegstand",
        services.wonen,
        "Bus 5 en 6 staan leeg sinds twee winters.",
        target="dwelling",
    )
    permits = act(
        block, cast.inspecteur, "check-vergunningen", services.stedenbouw, "Zes flats: is dat vergund?"
    )
    papers = ask_help(
        by=cast.inspecteur,
        case=block,
        organisation=services.stedenbouw,
        mandate=Mandate.objects.get(organisation=services.stedenbouw),
        question="Hoeveel woongelegenheden zijn vergund op Leuvensesteenweg 9140? We tellen er zes, en een "
        "zevende in de kelder in aanbouw.",
        due_on=stage.due(14),
    )

    yield stage.ago(136, "9:15")
    log_landlord_contact(
        by=contact_person,
        landlord=landlord,
        case=block,
        direction="outgoing",
        channel="call",
        summary="Dirk Blokkendoos uitgelegd dat wij voor de huurders spreken. Hij vroeg wie er geklaagd "
        "had. Niet beantwoord.",
        not_about_family=True,
    )

    yield stage.ago(131, "11:40")
    answer(
        by=cast.inspecteur,
        help_request=papers,
        text="Vergund: vier woongelegenheden. Voor bus 5 en 6 is er nooit een aanvraag geweest. Voor de "
        "kelder ook niet.",
    )
    change_intervention_state(
        by=cast.inspecteur,
        intervention=permits,
        state="done",
        outcome="Vier vergund, zes aanwezig. Stedenbouw maakt een verslag op voor bus 5, 6 en de kelder.",
    )

    yield stage.ago(127, "13:20")
    log_landlord_contact(
        by=cast.opbouwwerker,
        landlord=landlord,
        direction="incoming",
        channel="visit",
        summary="Hij sprak me aan op de stoep: of ik ook al meedoe. Gezegd dat Samira zijn aanspreekpunt "
        "is, en doorgewandeld.",
        via_contact_person=False,
    )

    yield stage.ago(123, "10:10")
    change_intervention_state(
        by=cast.inspecteur,
        intervention=inspection,
        state="done",
        outcome="Gemene delen: water in de kelder, geen werkende ketel, brandgevaar aan de tellerkast. Bus "
        "1 en 2: ongeschikt. Bus 3 niet bezocht, op vraag van de bewoner.",
    )
    for case, box in ((proef, 2), (dimova, 1)):
        act(
            case,
            cast.inspecteur,
            "procedure-onbewoonbaar",
            services.wonen,
            f"Bus {box}. Hoorzitting van de verhuurder eerst.",
            target="dwelling",
        )
    hearing = step(
        block,
        cast.inspecteur,
        "Hoorzitting met de verhuurder",
        why="Hij moet de kans krijgen om te antwoorden voor de burgemeester beslist.",
        due=stage.due(25),
        who=cast.inspecteur,
        agreed="yes",
        reaches="landlord",
    )

    yield stage.ago(110, "8:20")
    add_member(
        by=contact_person,
        household=proef.household,
        role=MemberRole.NEWBORN,
        from_on=stage.on(-111),
        join_reason=JoinReason.BIRTH,
        details=PersonDetails("Yasmine", "El Proef", born_on=stage.on(-111)),
    )
    contact(
        proef,
        contact_person,
        "Karim",
        "Yasmine is geboren: 3 kilo 150, alles goed met moeder en kind. Het ziekenhuis wil weten of er "
        "thuis verwarming is. Die is er niet.",
        direction="in",
    )
    flat_found = ask_help(
        by=contact_person,
        case=proef,
        organisation=services.woonmaatschappij,
        mandate=Mandate.objects.get(organisation=services.woonmaatschappij),
        question="Een gezin met een pasgeboren baby kan niet terug naar een flat zonder verwarming. Is een "
        "versnelde toewijzing mogelijk, twee slaapkamers, in of rond het Arsenaal?",
        due_on=stage.due(5),
    )
    rehouse = act(
        proef,
        contact_person,
        "herhuisvesting",
        services.sociaal_huis,
        "Eerst dit gezin: de baby mag niet naar een koude flat.",
    )

    yield stage.ago(105, "14:50")
    answer(
        by=contact_person,
        help_request=flat_found,
        text="Ja. Een appartement met twee slaapkamers komt deze week vrij. Het gezin kan vrijdag tekenen.",
    )

    yield stage.ago(101, "16:00")
    shelter = create_building(
        by=contact_person, neighbourhood=stage.arsenaal, street="Caputsteenstraat", house_number="9031"
    )
    new_home = create_dwelling(
        by=contact_person, building=shelter, kind="apartment", box="4", floor=1, area=Decimal("76")
    )
    company = create_landlord(
        by=contact_person,
        neighbourhood=stage.arsenaal,
        kind="company",
        name=services.woonmaatschappij.name,
        phone="015 00 00 15",
    )
    add_ownership(by=contact_person, dwelling=new_home, landlord=company, from_on=dt.date(year - 15, 1, 1))
    house_case(
        by=contact_person,
        case=proef,
        dwelling=new_home,
        from_on=stage.on(-101),
        tenure="tenant",
        rent=Decimal("415"),
        moved=True,
    )
    change_intervention_state(
        by=contact_person,
        intervention=rehouse,
        state="done",
        outcome="Het gezin woont in een droog, warm appartement. Karim schilderde de kinderkamer voor ze "
        "uit het ziekenhuis kwam.",
    )
    change_trust(
        by=contact_person,
        case=proef,
        to_stage=4,
        event="Twee weken na de vraag was er een warme woning. Naïma vertelt het nu zelf aan de buren.",
    )

    yield stage.ago(96, "10:40")
    done(hearing, cast.inspecteur, "De verhuurder kwam met zijn advocaat. Verslag zit in de map.")
    log_landlord_contact(
        by=cast.inspecteur,
        landlord=landlord,
        case=block,
        direction="outgoing",
        channel="meeting",
        summary="Hoorzitting. Hij betwist het water in de kelder en vraagt zes maanden. Gezegd dat de "
        "burgemeester beslist.",
        via_contact_person=True,
        not_about_family=True,
    )

    yield stage.ago(80, "11:30")
    note(
        block,
        cast.inspecteur,
        "De burgemeester verklaart bus 1 en 2 ongeschikt en onbewoonbaar, en legt herstel van de gemene "
        "delen op binnen zes maanden. Aan elke huurder uitgelegd wat dat betekent: niemand moet morgen "
        "weg.",
        title="Besluit van de burgemeester",
        circle="shared",
    )
    change_trust(
        by=contact_person,
        case=dimova,
        to_stage=3,
        event="Rositsa sprak op de bewonersavond, met tolk. Ze zei: ik dacht dat ik alleen was.",
    )
    step(
        block,
        lawyer,
        "Verzoekschrift bij de vrederechter neerleggen",
        why="Huur terug voor de maanden zonder verwarming, en duidelijke afrekeningen, voor alle huurders "
        "samen.",
        due=stage.on(9),
        who=lawyer,
        reaches="landlord",
    )
    act(
        block,
        lawyer,
        "burgerrechtelijke-procedure",
        services.sociaal_huis,
        "Alle huurders die het willen, één verzoekschrift.",
        state="planned",
        target="landlord",
        planned_on=stage.on(9),
    )

    yield stage.ago(47, "9:50")
    visit(
        proef,
        contact_person,
        present="Naïma, Ilyas en Yasmine",
        said="21 graden. Yasmine lacht. Ilyas heeft een eigen bed. De eerste factuur van de verwarming "
        "viel mee.",
        agreed="Nog twee bezoeken, dan ronden we af als het goed blijft.",
        pictures=(Picture.WINDOW,),
    )
    change_state(
        by=contact_person,
        case=proef,
        to_state="aftercare",
        reason="Het gezin woont goed. We volgen nog een half jaar op.",
    )

    yield stage.ago(20, "15:15")
    log_landlord_contact(
        by=contact_person,
        landlord=landlord,
        case=block,
        direction="incoming",
        channel="email",
        summary="Hij stuurt een offerte voor een nieuwe ketel en vraagt of de huurders 'dan stoppen'. "
        "Doorgestuurd naar Hilde.",
    )
    visit(
        dimova,
        contact_person,
        present="Rositsa en Emil",
        said="De tijdelijke verwarmingsploeg van de stad zette twee toestellen. Emil heeft goede punten. "
        "Rositsa kreeg een brief van de verhuurder en bracht hem ongeopend naar mij.",
        agreed="Brieven van de verhuurder: altijd eerst naar Samira.",
        saw={"heating": 2, "landlord_pressure": 2},
    )

    yield stage.ago(19, "10:20")
    visit(
        ida,
        cast.opbouwwerker,
        present="Ida en haar buurvrouw",
        said="Een elektrische radiator van de buren van de transitiehub staat nu bij haar zetel. Ida "
        "vraagt hoe het met 'het kindje van hiernaast' is. Over de verhuurder wil ze nog steeds niet "
        "spreken. Ze wil wel dat wij blijven komen.",
        agreed="Elke maand koffie. De grens blijft.",
        saw={"heating": 2},
        trust=(2, "Ida deed open zonder dat ik vooraf gebeld had."),
    )

    yield stage.ago(12, "14:10")
    note(
        block,
        lawyer,
        "Verzoekschrift in ontwerp klaar. Nog nodig: betaalbewijzen van bus 4 over het laatste halfjaar en "
        "de meterstanden van de kelder.",
        title="Stand van het verzoekschrift",
        circle="legal",
    )
    contact(
        proef,
        contact_person,
        "Naïma",
        "Spraakbericht: Yasmine kreeg haar spuitjes, alles goed. Ze vraagt of ze op de bewonersavond iets "
        "mag zeggen.",
        channel="message",
        direction="in",
    )

    yield stage.ago(7, "11:05")
    add_task(
        by=lawyer,
        case=block,
        title="Betaalbewijzen van bus 4 bij het verzoekschrift voegen",
        assignee=contact_person,
        due_on=stage.on(2),
    )
    planned(dimova, at(stage.on(2), "16:30"), contact_person)


def new_tenant(stage: Stage) -> Story:
    """A new tenant in the block: his case joins with one action."""
    cast, services, year = stage.cast, stage.services, stage.today.year
    lead = cast.huurbegeleider

    yield stage.ago(58, "10:30")
    entry = report_worry(
        by=cast.opbouwwerker,
        neighbourhood=stage.arsenaal,
        worry={
            "source": "neighbour",
            "source_organisation": services.opbouw,
            "reason": "dwelling",
            "worry": "Er woont sinds kort iemand in bus 4, zegt Rositsa. Een vader met twee kinderen. Hij "
            "betaalde drie maanden vooruit, in handen. Er is ook daar geen verwarming.",
            "review_on": stage.due(4),
            "name": "Gezin Mbemba-Oefenaar",
            "street": _STREET,
            "house_number": "9140",
            "box": "4",
            "postcode": "2800",
            "phone": "0470 00 00 46",
        },
    )

    yield stage.ago(56, "11:15")
    household = family(
        "Gezin Mbemba-Oefenaar",
        adult("Patrice", "Mbemba-Oefenaar", year - 38, "fr ln", phone="0470 00 00 46"),
        child("Grâce", "Mbemba-Oefenaar", year - 11),
        child("Josué", "Mbemba-Oefenaar", year - 7),
        by=cast.coordinator,
        neighbourhood=stage.arsenaal,
        since=year - 11,
    )
    case = open_case_from_radar(
        by=cast.coordinator,
        entry=entry,
        lead=lead,
        title="Gezin Mbemba-Oefenaar: blok 9140, bus 4",
        about=household,
    )
    stage.cases["mbemba"] = case
    flat = Dwelling.objects.get(building__house_number="9140", box="4")
    house_case(
        by=cast.inspecteur,
        case=case,
        dwelling=flat,
        from_on=stage.on(-75),
        tenure="tenant",
        rent=Decimal("760"),
        charges=Decimal("150"),
    )

    yield stage.ago(54, "9:10")
    join_block(by=lead, case=case, parent=stage.cases["blok"])

    yield stage.ago(51, "17:40")
    visit(
        case,
        lead,
        purpose="get_to_know",
        present="Patrice, Grâce en Josué",
        said="Patrice betaalt 760 euro, 120 meer dan zijn buurvrouw voor dezelfde flat. Geen "
        "plaatsbeschrijving, geen kwitanties. Hij is bang voor zijn papieren: zijn verblijf is in orde, "
        "maar de verhuurder zegt van niet.",
        agreed="Hilde kijkt het contract na. Patrice betaalt voortaan met een overschrijving.",
        saw={"heating": 3, "electricity": 2, "landlord_pressure": 2, "money": 1},
        trust=(2, "Patrice toonde zijn contract en zijn verblijfskaart."),
    )
    change_state(by=lead, case=case, to_state="active", reason="Patrice sluit aan bij de andere huurders.")
    receipts = step(
        case,
        lead,
        "Betaalbewijzen van het laatste halfjaar verzamelen",
        why="Zonder kwitantie staat zijn woord tegenover dat van de verhuurder.",
        due=stage.on(-4),
        who=lead,
    )
    change_step_state(by=lead, step=receipts, state="busy")
    act(
        case,
        cast.jurist,
        "zelfde-advocaat",
        services.sociaal_huis,
        "Aangesloten bij het gezamenlijke dossier.",
    )

    yield stage.ago(33, "18:00")
    visit(
        case,
        lead,
        cast.inspecteur,
        result="cut_short",
        present="Patrice, Josué",
        said="We waren tien minuten binnen toen de verhuurder aanbelde. Patrice vroeg ons te gaan. We zijn "
        "gebleven tot hij weg was en daarna vertrokken.",
        agreed="Volgende keer spreken we af in de transitiehub.",
        saw={"landlord_pressure": 3},
        circle="shared",
    )

    yield stage.ago(19, "16:20")
    contact(
        case,
        lead,
        "Patrice",
        "Hij bracht drie overschrijvingen en een foto van een briefje 'ontvangen 760'. De rest zoekt hij "
        "nog.",
        channel="office",
        direction="in",
    )
    on_team(case, [cast.opbouwwerker], lead)

    yield stage.ago(8, "12:10")
    contact(
        case,
        cast.opbouwwerker,
        "Patrice",
        "Aan de schoolpoort. Grâce zingt mee in het buurtkoor. Hij vroeg of dat iets kost: nee.",
        channel="street",
    )
