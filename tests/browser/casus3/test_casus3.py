"""Casus 3 from start to end, in the browser, by the people themselves: rehoused, and back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.casus3 import agreement, arrival, declaration, stay, works
from tests.browser.casus3.arrival import TITLE
from tests.browser.stage import Stage, timeline_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STORY = [
    "Op de radar gezet",
    "Dossier geopend",
    "Woont in Huurstraat 12",
    "Gezin: kind toegevoegd",
    "Onderzoek van de woning gepland",
    "Onderzoek van de woning: ongeschikt én onbewoonbaar",
    "Procedure gestart: dringend (art. 135 NGW)",
    "Herhuisvestingsplan gemaakt",
    "Herhuisvestingsplan gewijzigd",
    "Besluit klaar voor de burgemeester",
    "Juridische toestand van de woning: onbewoonbaar",
    "Besluit: onbewoonbaar",
    "Besluit betekend",
    "Naar de inventaris gestuurd",
    "Overeenkomst ontwerp: Driepartijenovereenkomst bij tijdelijke herhuisvesting",
    "Overeenkomst klaar om te tekenen: Driepartijenovereenkomst bij tijdelijke herhuisvesting",
    "Overeenkomst loopt: Driepartijenovereenkomst bij tijdelijke herhuisvesting",
    "Op de wachtlijst voor een crisiswoning",
    "Verblijf gepland van … tot …",
    "Woont in Noodstraat 1 bus 1",
    "Verblijf begonnen op …",
    "Verbintenis gedaan",
    "Toestemming gegeven: Energiepunt Mechelen",
    "Renovatiebegeleiding gevraagd",
    "Renovatie begonnen",
    "Energiescan genoteerd",
    "Offerte ontvangen",
    "Offerte ontvangen",
    "Offerte gekozen: Dakwerken Voorbeeld",
    "Premie of lening gevraagd",
    "Verbintenis niet nagekomen",
    "Verbintenis niet nagekomen",
    "Nieuwe taak voor Samira Denkbeeld",
    "Na een niet nagekomen verbintenis: we doen het",
    "Premie of lening: toegekend",
    "Vordering van de werken genoteerd",
    "Actie lopend: Renovatiebegeleiding",
    "Toestemming ingetrokken: Energiepunt Mechelen",
    "Verlenging gevraagd tot …",
    "Terugkeer in de overeenkomst: …",
    "Verlenging toegekend tot …",
    "Renovatie klaar",
    "Actie afgerond: Renovatiebegeleiding",
    "Onderzoek van de woning gepland",
    "Onderzoek van de woning: geen grond voor ongeschikt",
    "Procedure gestart: conformiteitsattest",
    "Aanvraag volledig",
    "Attest afgeleverd",
    "Juridische toestand van de woning: geen besluit van kracht",
    "Opgeheven",
    "Verbintenis gedaan",
    "Vertrekt uit Noodstraat 1 bus 1",
    "Woont in Huurstraat 12",
    "Verblijf afgelopen: terug naar de eigen woning",
    "Terugkeer in de overeenkomst: …",
    "Verbintenis gedaan",
    "Nazorg na 6 maanden",
]


def test_casus3_is_played_from_the_rent_subsidy_to_the_aftercare(stage: Stage) -> None:
    stage.play(
        (
            arrival.a_rent_subsidy_brings_a_signal,
            arrival.the_coordinator_opens_a_case,
            arrival.who_lives_there_and_whose_it_is,
            declaration.the_inspector_sees_co,
            declaration.rehouse_first,
            declaration.everybody_has_somewhere_to_go,
            stay.a_place_that_is_free,
            declaration.the_mayor_decides,
            agreement.everybody_signs,
            stay.they_move_in,
            agreement.the_city_kept_hers,
            agreement.the_term_warns_beforehand,
            agreement.the_family_lets_us_ask,
            works.the_coach_starts,
            works.two_quotes_are_compared,
            agreement.promises_are_late,
            works.the_premium_comes_and_the_works_go_on,
            works.what_it_counts_as,
            agreement.the_family_takes_it_back,
            stay.it_takes_longer,
            works.the_works_are_done,
            declaration.the_inspector_comes_back,
            declaration.conform_and_lifted,
            agreement.the_landlord_kept_his,
            stay.they_come_home,
            stay.all_is_well_after_three_months,
            stay.back_on_the_radar_after_six,
            the_timeline_tells_it,
        )
    )


def the_timeline_tells_it(stage: Stage) -> None:
    """Who never heard of it reads the story from top to bottom."""
    page = stage.at("tenancy_lead")
    stage.open_case(page, TITLE)
    expect(page.locator("main")).to_contain_text("terug op de radar")
    told = [re.sub(r"\d+ [a-z]+ \d{4}", "…", title) for title in timeline_of(page)]
    assert told == STORY, "\n".join(told)
