"""Casus 2 from start to end, in the browser, by the people themselves: an end to divide and rule."""

import re

import pytest

from tests.browser.casus2 import beside, block, civil, inspections, rehousing, unfit
from tests.browser.casus2.block import BLOCK, FIRST, SECOND
from tests.browser.stage import Stage, timeline_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STORY_OF_THE_BLOCK = [
    "Dossier geopend",
    "Pand: Blokstraat 40",
    "Gezinsdossier komt erbij",
    "Juridisch dossier gestart",
    "Onderzoek van de gemene delen gepland",
    "Onderzoek van de gemene delen: ongeschikt",
    "Procedure gestart: ongeschikt of onbewoonbaar",
    "Verzoek gegrond",
    "Advies gevraagd",
    "Spoor geopend: leegstand",
    "Spoor geopend: stedenbouwkundige vergunning",
    "Actie lopend: CO-meter plaatsen",
    "Actie lopend: Rechtenrealisatie",
    "Onderzocht, advies binnen",
    "Advies verwerkt en verstuurd",
    "Hoorzitting gepland",
    "Spoor afgesloten: leegstand",
    "Spoor opgevolgd: stedenbouwkundige vergunning",
    "Gehoord",
    "Besluit klaar voor de burgemeester",
    "Besluit: ongeschikt en onbewoonbaar",
    "Besluit betekend",
    "Naar de inventaris gestuurd",
]
STORY_OF_THE_FAMILY = [
    "Op de radar gezet",
    "Dossier geopend",
    "Dossier geopend",  # of the block
    "Pand: Blokstraat 40",
    "Woont in Blokstraat 40 bus 1",
    "Hoort nu bij blokdossier: Blok zonder verwarming",
    "Doet mee aan het juridisch dossier",
    "Onderzoek van de gemene delen gepland",
    "Onderzoek van de gemene delen: ongeschikt",
    "Onderzoek van de woning gepland",
    "Onderzoek van de woning: ongeschikt én onbewoonbaar",
    "Procedure gestart: ongeschikt of onbewoonbaar",
    "Verzoek gegrond",
    "Advies gevraagd",
    "Spoor geopend: leegstand",
    "Spoor geopend: stedenbouwkundige vergunning",
    "Actie lopend: CO-meter plaatsen",
    "Actie lopend: Rechtenrealisatie",
    "Gezin: pasgeborene kwam erbij",
    "Op de wachtlijst voor een crisiswoning",
    "Voorrang op de wachtlijst: gaat voor",
    "Verblijf gepland van … tot …",
    "Woont in Noodstraat 1 bus 1",
    "Verblijf begonnen op …",
    "Onderzocht, advies binnen",
    "Advies verwerkt en verstuurd",
    "Hoorzitting gepland",
    "Spoor afgesloten: leegstand",
    "Spoor opgevolgd: stedenbouwkundige vergunning",
    "Gehoord",
    "Besluit klaar voor de burgemeester",
    "Juridische toestand van de woning: ongeschikt en onbewoonbaar",
    "Besluit: ongeschikt en onbewoonbaar",
    "Besluit betekend",
    "Naar de inventaris gestuurd",
]
STORY_OF_THE_WOMAN = [
    "Dossier geopend",
    "Pand: Blokstraat 40",
    "Dossier geopend",
    "Woont in Blokstraat 40 bus 2",
    "Doet mee aan het juridisch dossier",
    "Grens gezet: geen contact met de verhuurder",
    "Onderzoek van de gemene delen gepland",
    "Tegengehouden door een grens",
    "Onderzoek van de gemene delen: ongeschikt",
    "Onderzoek van de woning gepland",
    "Onderzoek van de woning: ongeschikt",
    "Tegengehouden door een grens",
    "Grens opgeheven: geen contact met de verhuurder",
    "Procedure gestart: ongeschikt of onbewoonbaar",
    "Verzoek gegrond",
    "Advies gevraagd",
    "Spoor geopend: leegstand",
    "Spoor geopend: stedenbouwkundige vergunning",
    "Actie lopend: CO-meter plaatsen",
    "Actie lopend: Rechtenrealisatie",
    "Onderzocht, advies binnen",
    "Advies verwerkt en verstuurd",
    "Hoorzitting gepland",
    "Spoor afgesloten: leegstand",
    "Spoor opgevolgd: stedenbouwkundige vergunning",
    "Gehoord",
    "Herhuisvestingsplan gemaakt",
    "Besluit klaar voor de burgemeester",
    "Juridische toestand van de woning: ongeschikt en onbewoonbaar",
    "Besluit: ongeschikt en onbewoonbaar",
    "Besluit betekend",
    "Naar de inventaris gestuurd",
]


def test_casus2_is_played_from_one_cold_family_to_the_whole_block(stage: Stage) -> None:
    stage.play(
        (
            block.a_worker_hears_of_a_family,
            block.the_family_gets_a_case,
            block.the_block_is_opened,
            block.the_family_joins_with_one_press,
            block.others_start_in_the_block,
            block.one_voice,
            civil.one_lawyer_for_the_block,
            civil.rent_and_a_statement,
            civil.not_without_permission,
            inspections.she_wants_no_contact,
            inspections.the_common_parts,
            inspections.each_flat,
            unfit.refused_for_her_sake,
            inspections.she_agrees,
            unfit.started_for_all,
            unfit.one_calendar,
            beside.tracks_side_by_side,
            beside.services_side_by_side,
            beside.what_else_he_owns,
            beside.who_is_behind_him,
            rehousing.a_dwelling_with_a_free_period,
            block.a_child_is_born,
            rehousing.the_newborn_goes_first,
            rehousing.they_get_the_key,
            rehousing.never_twice,
            unfit.the_advice_comes,
            beside.each_owner_follows_up,
            unfit.nobody_without_a_place,
            unfit.everybody_has_a_place,
            unfit.the_term_warns,
            unfit.the_mayor_decides,
            civil.the_tenant_takes_it_back,
            the_timelines_tell_it,
        )
    )


def the_timelines_tell_it(stage: Stage) -> None:
    """Who never heard of it reads the stories from top to bottom: of the block, the family, the woman who feared."""
    page = stage.at("tenancy_lead")
    for title, story in (
        (BLOCK, STORY_OF_THE_BLOCK),
        (FIRST, STORY_OF_THE_FAMILY),
        (SECOND, STORY_OF_THE_WOMAN),
    ):
        stage.open_case(page, title)
        told = [
            re.sub(r" ARS-[\d-]+|\d+ [a-z]+ \d{4}", _without_number_or_day, title)
            for title in timeline_of(page)
        ]
        assert told == story, "\n".join(told)


def _without_number_or_day(found: re.Match[str]) -> str:
    return "" if "ARS" in found[0] else "…"
