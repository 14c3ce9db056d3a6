"""Casus 3 in the browser: the agreement from template to signed, what is late, and the stay there and back."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cases.models import Case, CaseMember, Task
from housing.actions.agreement_templates import load_templates
from housing.models import Agreement, Dwelling, Occupancy, Stay
from tests.arsenaal.papers import ordinary_pdf
from tests.browser.conftest import DESK
from tests.browser.doing import Clock, choose, fields, follow, panel, pick, press, told
from tests.factories import World
from tests.housing.rehousing import landlord_of, make_unit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AT_A_DESK = {"viewport": DESK, "has_touch": False}


@pytest.fixture
def world(world: World) -> World:
    """A family with a landlord, and a crisis dwelling that stands empty."""
    load_templates()
    # The story begins months ago: its team was there already.
    CaseMember.objects.update(from_on=dt.date(2024, 1, 1))
    landlord_of(world, world.case)
    make_unit(world)
    return world


def _today() -> dt.date:
    return timezone.localdate()


def test_casus3_agreement_signed_late_breached_and_the_family_back_home(
    world: World, page_as: Callable[..., Page], clock: Clock
) -> None:
    case = world.case
    scenes = ((120, (signed, moved_in)), (70, (prolonged,)), (20, (late_and_breached,)), (2, (back_home,)))
    for days, plays in scenes:
        clock.set_days_ago(days)
        page = page_as(world.tenancy_lead, **AT_A_DESK)  # a session doesn't last for months
        for play in plays:
            play(page, case)
        assert page.problems == []  # type: ignore[attr-defined]
    page.goto(case.get_absolute_url())
    timeline = page.locator("#timeline-rows")
    for words in (
        "Verblijf afgelopen: terug naar de eigen woning",
        "Verlenging toegekend",
        "Verbintenis niet nagekomen",
    ):
        expect(timeline).to_contain_text(words)
    expect(panel(page, "Tijdelijk verblijf")).to_contain_text("Nazorg")


def signed(page: Page, case: Case) -> None:
    """From the template to a paper that everybody signed."""
    page.goto(case.get_absolute_url())
    panel(page, "Overeenkomsten").get_by_role("link", name="Overeenkomst").first.click()
    pick(page, "Volgens welk sjabloon?", "Driepartijenovereenkomst")
    choose(page, "Welke dienst van stad of OCMW?", "Organisatie welfare")
    press(page, "Ontwerp maken")
    told(page, "Het ontwerp staat klaar.")
    expect(page.locator("main")).to_contain_text("renoveert de woning tot er een conformiteitsattest is")
    follow(page, "Klaar om te tekenen")
    press(page, "Klaar om te tekenen")
    told(page, "Je kunt de overeenkomst nu afdrukken")
    with page.expect_download() as paper:
        follow(page, "Om te tekenen, in het Nederlands (pdf)")
    assert paper.value.suggested_filename.endswith("-versie-1-nl.pdf")
    with page.expect_download() as sheet:
        follow(page, "Arabisch")
    assert sheet.value.suggested_filename.endswith("-ar.pdf")
    page.locator("main .side").get_by_role("link", name="Getekend").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "getekend.pdf", "mimeType": "application/pdf", "buffer": ordinary_pdf()}
    )
    press(page, "Getekend bewaren")
    told(page, "De overeenkomst is getekend.")
    expect(page.locator("main")).to_contain_text("Getekend exemplaar, bewaard op")
    assert Agreement.objects.get(case=case).state == "running"


def moved_in(page: Page, case: Case) -> None:
    """On the waiting list, a dwelling that fits, and there they are."""
    page.goto(case.get_absolute_url())
    panel(page, "Tijdelijk verblijf").get_by_role("link", name="Crisiswoning nodig").click()
    fields(page, {"Waarom?": "De woning is onbewoonbaar verklaard."})
    press(page, "Op de wachtlijst zetten")
    told(page, "Het gezin staat op de wachtlijst.")
    expect(page.locator("main")).to_contain_text("plaats voor 5 mensen")
    follow(page, "Kiezen")
    press(page, "Verblijf bewaren")
    told(page, "Het verblijf is gepland.")
    follow(page, "Aangekomen")
    press(page, "Aankomst bewaren")
    told(page, "Het gezin woont nu in de crisiswoning.")
    living = Occupancy.objects.get(household=case.household, until_on__isnull=True)
    assert (living.tenure, living.rent) == ("stay", Decimal("390"))


def prolonged(page: Page, case: Case) -> None:
    """The works take longer: asked, and decided by somebody."""
    stay = Stay.objects.select_related("period").get(case=case)
    page.goto(stay.get_absolute_url())
    follow(page, "Verlenging vragen")
    later = stay.period.until_on + dt.timedelta(days=28)
    fields(page, {"Verlengen tot": later, "Waarom?": "De pleisterwerken zijn niet klaar."})
    press(page, "Verlenging vragen")
    told(page, "De verlenging is gevraagd.")
    follow(page, "Beslissen over de verlenging")
    choose(page, "Wat is de beslissing?", "toekennen")
    press(page, "Beslissing bewaren")
    told(page, "De beslissing is bewaard.")
    stay.period.refresh_from_db()
    assert stay.period.until_on == Agreement.objects.get(case=case).return_on == later


def late_and_breached(page: Page, case: Case) -> None:
    """The program shows what is late; a person decides that it was not kept, and what follows."""
    page.goto(case.get_absolute_url())
    card = panel(page, "Overeenkomsten")
    expect(card).to_contain_text("te laat")
    card.get_by_role("link", name="De stad geeft de verhuurder uitleg").first.click()
    expect(page.locator("main")).to_contain_text("Jij beslist.")
    follow(page, "Niet nagekomen")
    press(page, "Niet nagekomen")
    told(page, "Dat is vastgelegd.")
    page.goto(case.get_absolute_url())
    panel(page, "Overeenkomsten").get_by_role("link", name="Het gezin betaalt elke maand").first.click()
    follow(page, "Niet nagekomen")
    fields(page, {"Wat gebeurde er?": "Nog geen overschrijving gezien."})
    press(page, "Niet nagekomen")
    expect(page.locator("main")).to_contain_text("Wat de overeenkomst zegt dat nu volgt")
    expect(page.locator("main")).to_contain_text("een afbetalingsplan")
    follow(page, "Beslissen")
    choose(page, "Wat doen we?", "we doen het")
    press(page, "Beslissing bewaren")
    told(page, "De beslissing is bewaard.")
    assert "afbetalingsplan" in Task.objects.get(case=case).title


def back_home(page: Page, case: Case) -> None:
    """The family returns to the same dwelling on the same terms; aftercare is planned."""
    page.goto(Stay.objects.get(case=case).get_absolute_url())
    follow(page, "Vertrokken")
    choose(page, "Waarheen?", "terug naar de eigen woning")
    press(page, "Vertrek bewaren")
    told(page, "Het verblijf is afgelopen.")
    home = Occupancy.objects.get(household=case.household, until_on__isnull=True)
    assert home.dwelling == Dwelling.objects.get(building__street="Huurstraat")
    assert (home.rent, home.from_on) == (Decimal("650"), _today())
    assert case.aftercare.count() == 3
