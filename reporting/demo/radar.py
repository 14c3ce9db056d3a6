"""Signals that did not become a case: waiting, put off, handed on, or closed."""

from collections.abc import Iterator

from accounts.models import Neighbourhood, User
from cases.actions.radar_decide import close_radar_entry, pass_on_radar_entry, postpone_radar_entry
from cases.actions.radar_report import Worry, report_worry
from cases.models import RadarEntry
from people.enums import ReachBy
from reporting.demo.stage import Stage, Story


def _told(where: Neighbourhood, by: User, **worry: object) -> RadarEntry:
    filled: Worry = {"postcode": "2800", **worry}  # type: ignore[typeddict-item]
    return report_worry(by=by, neighbourhood=where, worry=filled)


def decided(stage: Stage) -> Story:
    """Signals on which somebody decided without a case."""
    cast, services, where = stage.cast, stage.services, stage.arsenaal

    yield stage.ago(146, "11:40")
    wallet = _told(
        where,
        cast.cohesiecoach,
        source="home_visit",
        source_organisation=services.samenleven,
        reason="isolation",
        worry="Meneer van 84 die zijn straat niet meer uitkomt sinds zijn hond stierf. Hij wil geen hulp, "
        "wel gezelschap.",
        review_on=stage.due(14),
        name="Gust Verzonnens",
        street="Tuinwijkstraat",
        house_number="9022",
    )

    yield stage.ago(142, "9:10")
    pass_on_radar_entry(
        by=cast.coordinator,
        entry=wallet,
        to=services.samenleven,
        reason="Geen dossier nodig. Lotte brengt hem in contact met de wandelgroep.",
    )

    yield stage.ago(102, "16:10")
    rent = _told(
        where,
        cast.opbouwwerker,
        source="self",
        source_organisation=services.opbouw,
        reason="rent",
        worry="Student met een vraag over zijn waarborg. De verhuurder houdt alles in voor een kras op de "
        "vloer.",
        review_on=stage.due(10),
        name="Noah Denkbeeldt",
        street="Postzegellaan",
        house_number="9007",
        phone="0470 00 00 61",
        reach_by=ReachBy.MESSAGE,
    )

    yield stage.ago(99, "10:20")
    pass_on_radar_entry(
        by=cast.jurist,
        entry=rent,
        to=services.huurdersloket,
        reason="Eén brief volstaat; het huurdersloket helpt hem daarmee.",
    )

    yield stage.ago(73, "13:30")
    smell = _told(
        where,
        cast.inspecteur,
        source="city",
        source_organisation=services.wonen,
        reason="co_gas",
        worry="Buren roken gas in de inkomhal.",
        review_on=stage.due(2),
        street="Hanswijkstraat",
        house_number="9088",
    )

    yield stage.ago(72, "9:05")
    close_radar_entry(
        by=cast.inspecteur,
        entry=smell,
        reason="Dezelfde dag nagekeken met de brandweer: een lekkende gasfles van een barbecue. Opgelost.",
    )

    yield stage.ago(48, "15:50")
    tired = _told(
        where,
        cast.jongerencoach,
        source="partner",
        source_organisation=services.preventie,
        reason="safety",
        worry="Jongeren hangen 's avonds in de inkom van het gebouw. Een bewoonster durft niet meer langs.",
        review_on=stage.due(10),
        street="Leuvensesteenweg",
        house_number="9101",
    )

    yield stage.ago(41, "11:30")
    close_radar_entry(
        by=cast.coordinator,
        entry=tired,
        reason="Kofi sprak met de jongeren, er hangt een nieuwe lamp. Bewoonster is gerust.",
    )


def waiting(stage: Stage) -> Story:
    """Signals on which somebody still has to decide."""
    cast, services, where = stage.cast, stage.services, stage.arsenaal

    yield stage.ago(33, "10:25")
    late = _told(
        where,
        cast.cohesiecoach,
        source="home_visit",
        source_organisation=services.samenleven,
        reason="poverty",
        worry="Mevrouw deelt haar eten met de buurkinderen en eet zelf niet, denkt de buurvrouw. De "
        "gordijnen blijven dicht.",
        review_on=stage.on(-7),
        name="Martine Zogezegd",
        street="Adegemstraat",
        house_number="9030",
        reach_by=ReachBy.VIA,
        reach_note="via de buurvrouw op 9032",
    )

    yield stage.ago(13, "14:00")
    postpone_radar_entry(
        by=cast.coordinator,
        entry=late,
        review_on=stage.on(-2),
        reason="Lotte gaat eerst nog eens op de koffie met de buurvrouw.",
        version=late.version,
    )

    yield stage.ago(9, "12:35")
    _told(
        where,
        cast.jongerencoach,
        source="partner",
        source_organisation=services.preventie,
        reason="eviction",
        worry="Jongen van 19 slaapt om de beurt bij vrienden sinds zijn moeder verhuisde. Hij werkt 's "
        "nachts in de bakkerij en wil een kamer, 'maakt niet uit waar'.",
        review_on=stage.on(4),
        name="Senne Fictijn",
        phone="0470 00 00 62",
        reach_by=ReachBy.MESSAGE,
        reach_note="na 14 uur, dan is hij wakker",
    )

    yield stage.ago(5, "9:50")
    _told(
        where,
        cast.partner,
        source="partner",
        source_organisation=services.energiepunt,
        reason="co_gas",
        worry="Bij een nazicht in de straat gezien: een geiser in een badkamer zonder verluchting, met "
        "drie kinderen in huis. De ouders willen weten wat dat kost voor ze ja zeggen.",
        review_on=stage.on(2),
        name="Gezin Ibrahimovoorbeeld",
        street="Brusselsesteenweg",
        house_number="9039",
        box="1",
        phone="0470 00 00 63",
        reach_by=ReachBy.PHONE,
        reach_note="vader, na 17 uur. Spreekt Frans.",
    )

    yield stage.ago(2, "15:25")
    _told(
        where,
        cast.opbouwwerker,
        source="community_work",
        source_organisation=services.opbouw,
        reason="dwelling",
        worry="Na de koffie in de hub bleef een vrouw hangen. Haar plafond in de slaapkamer hangt door. Ze "
        "slaapt in de zetel en durft niets te vragen omdat haar broer het huis verhuurt.",
        review_on=stage.on(7),
        name="Gerda Kwansuys",
        street="Vekestraat",
        house_number="9052",
        phone="0470 00 00 64",
        reach_by=ReachBy.VISIT,
        reach_note="dinsdag en donderdag in de transitiehub",
    )


def stories(stage: Stage) -> Iterator[Story]:
    """Both of them."""
    yield decided(stage)
    yield waiting(stage)
