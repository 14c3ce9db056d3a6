"""Casus 3, what the three parties promise each other, and what happens when somebody doesn't."""

from playwright.sync_api import Page, expect

from cases.models import Consent, Task
from housing.models import Agreement
from tests.arsenaal.papers import ordinary_pdf
from tests.browser.casus3.arrival import TITLE
from tests.browser.doing import choose, fields, follow, open_menu, panel, pick, press, told
from tests.browser.stage import Stage

CITY_EXPLAINS = "De stad geeft de verhuurder uitleg"
FAMILY_PAYS = "Het gezin betaalt elke maand"


def everybody_signs(stage: Stage) -> None:
    """Step 2: from the template to a paper that everybody signed."""
    page = stage.at("tenancy_lead", 321, "10:00")
    stage.open_case(page, TITLE)
    panel(page, "Overeenkomsten").get_by_role("link", name="Overeenkomst").first.click()
    pick(page, "Volgens welk sjabloon?", "Driepartijenovereenkomst")
    choose(page, "Welke dienst van stad of OCMW?", "Sociaal Huis Mechelen")
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
    assert Agreement.objects.get().state == "running"


def _promise(page: Page, words: str) -> None:
    panel(page, "Overeenkomsten").get_by_role("link", name=words).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def the_city_kept_hers(stage: Stage) -> None:
    """Step 2: the first promise is kept on its first day, and the list says so."""
    page = stage.at("tenancy_lead", 321, "17:00")
    stage.open_case(page, TITLE)
    _promise(page, "Het OCMW zorgt drie maanden voor tijdelijke huisvesting")
    follow(page, "Gedaan, met bewijs")
    fields(page, {"Wat toont het?": "Het gezin kreeg de sleutel van Noodstraat 1."})
    press(page, "Bewijs bewaren")
    told(page, "Het bewijs is bewaard.")


def the_family_lets_us_ask(stage: Stage) -> None:
    """Step 2: for the premium one service may know about the dwelling, for a purpose and a time."""
    page = stage.at("tenancy_lead", 318, "16:00")
    stage.open_case(page, TITLE)
    follow(page, "Toestemming vastleggen")
    pick(page, "Wie geeft toestemming?", "Ada")
    choose(page, "Wat mogen we delen?", "de woning")
    choose(page, "Met wie?", "Energiepunt Mechelen")
    fields(page, {"Waarvoor?": "De premie aanvragen"})
    press(page, "Toestemming bewaren")
    told(page, "De toestemming is bewaard.")
    expect(page.locator(".case-chips")).to_contain_text("Toestemming: Energiepunt Mechelen")


def the_family_takes_it_back(stage: Stage) -> None:
    """Step 4: the premium is there, so nobody has to know any more."""
    page = stage.at("tenancy_lead", 285, "16:00")
    stage.open_case(page, TITLE)
    open_menu(page, "De premie aanvragen")
    panel(page, "Afspraken").get_by_role("link", name="Intrekken").click()
    press(page, "Toestemming intrekken")
    told(page, "De toestemming is ingetrokken.")
    expect(page.locator(".case-chips")).not_to_contain_text("Toestemming:")
    assert Consent.objects.get().withdrawn_at is not None


def the_term_warns_beforehand(stage: Stage) -> None:
    """Step 5: the term warns beforehand, and who sees it can still do something."""
    page = stage.at("tenancy_lead", 318, "9:00")
    stage.open_case(page, TITLE)
    chips = page.locator(".case-chips")
    expect(chips).to_contain_text(FAMILY_PAYS)
    expect(chips).to_contain_text("nog 2 dagen")
    page.goto("/")
    expect(page.locator("main")).to_contain_text(FAMILY_PAYS)


def promises_are_late(stage: Stage) -> None:
    """Step 5: the program shows what is late; a person decides that it was not kept, and what follows."""
    page = stage.at("tenancy_lead", 300, "9:30")
    stage.open_case(page, TITLE)
    expect(panel(page, "Overeenkomsten")).to_contain_text("te laat")
    _promise(page, CITY_EXPLAINS)
    expect(page.locator("main")).to_contain_text("Jij beslist.")
    follow(page, "Niet nagekomen")
    press(page, "Niet nagekomen")
    told(page, "Dat is vastgelegd.")
    stage.open_case(page, TITLE)
    _promise(page, FAMILY_PAYS)
    follow(page, "Niet nagekomen")
    fields(page, {"Wat gebeurde er?": "Nog geen overschrijving gezien."})
    press(page, "Niet nagekomen")
    expect(page.locator("main")).to_contain_text("Wat de overeenkomst zegt dat nu volgt")
    expect(page.locator("main")).to_contain_text("een afbetalingsplan")
    follow(page, "Beslissen")
    choose(page, "Wat doen we?", "we doen het")
    press(page, "Beslissing bewaren")
    told(page, "De beslissing is bewaard.")
    assert "afbetalingsplan" in Task.objects.get(case__title=TITLE).title


def the_landlord_kept_his(stage: Stage) -> None:
    """Step 4: the certificate is the evidence that all three parties see."""
    page = stage.at("housing_inspector", 208, "9:30")
    stage.open_case(page, TITLE)
    _promise(page, "De verhuurder renoveert de woning")
    follow(page, "Gedaan, met bewijs")
    fields(page, {"Wat toont het?": "Het conformiteitsattest is afgeleverd."})
    press(page, "Bewijs bewaren")
    told(page, "Het bewijs is bewaard.")
    expect(page.locator("main")).to_contain_text("Het conformiteitsattest is afgeleverd.")
