"""Casus 3, the works: the renovation coach beside an owner who wants to do right."""

from playwright.sync_api import Locator, Page, expect

from cases.models import Intervention
from housing.models import Quote, Renovation
from tests.browser.casus3.arrival import HOME, TITLE
from tests.browser.doing import choose, fields, follow, panel, pick, press, told
from tests.browser.stage import Stage
from tests.cases.visits import picture


def _renovation(stage: Stage, page: Page) -> None:
    stage.open_case(page, TITLE)
    panel(page, "Renovatie").get_by_role("link", name=HOME).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Renovatie")


def _works(page: Page) -> Locator:
    return page.get_by_role("region", name="Verwarming en dak", exact=True)


def the_coach_starts(stage: Stage) -> None:
    """Step 4: what the owner wants, how the dwelling was before, and what has to happen."""
    page = stage.at("renovation_coach", 316, "10:00")
    stage.open_case(page, TITLE)
    panel(page, "Renovatie").get_by_role("link", name="Renovatie").click()
    pick(page, "Welke woning?", HOME)
    choose(page, "Wie verbouwt?", "verhuurder")
    fields(page, {"Wat wil de eigenaar bereiken?": "Een droge en warme woning."})
    press(page, "Renovatie bewaren")
    told(page, "De renovatie staat bij het dossier en bij de woning.")
    follow(page, "Renovatie begint")
    press(page, "De renovatie begint")
    told(page, "De renovatie loopt.")
    panel(page, "Energie").get_by_role("link", name="Energiescan").click()
    choose(page, "Voor of na de werken?", "voor de werken")
    fields(
        page, {"Door wie?": "Energiepunt", "Verbruik in kWh": "540", "Wat is vastgesteld?": "Geen isolatie."}
    )
    choose(page, "EPC-label", "F")
    press(page, "Bewaren")
    told(page, "Het staat erbij.")
    follow(page, "Werkenlijst")
    fields(page, {"Welke werken?": "Verwarming en dak"})
    press(page, "Bewaren")
    told(page, "Het staat erbij.")
    _works(page).get_by_role("link", name="Werk").first.click()
    fields(page, {"Wat moet er gebeuren?": "Gesloten gaskachels", "Raming": "8.500"})
    press(page, "Bewaren")
    told(page, "Het staat erbij.")


def two_quotes_are_compared(stage: Stage) -> None:
    """Step 4: the cheapest is marked; the choice is a person's, with the reason. The premium is asked."""
    page = stage.at("renovation_coach", 312, "11:00")
    _renovation(stage, page)
    for contractor, amount in (("Dakwerken Voorbeeld", "9.200"), ("Warmte Verzonnen", "8.900,50")):
        _works(page).get_by_role("link", name="Offerte").click()
        fields(page, {"Welke aannemer?": contractor, "Bedrag met btw": amount})
        press(page, "Bewaren")
        told(page, "Het staat erbij.")
    quotes = page.get_by_role("region", name="Offertes: Verwarming en dak")
    expect(quotes.get_by_role("row").filter(has_text="Warmte Verzonnen")).to_contain_text("goedkoopste")
    quotes.get_by_role("row").filter(has_text="Dakwerken Voorbeeld").get_by_role(
        "link", name="Kiezen"
    ).click()
    fields(page, {"Waarom": "Kan in twee weken beginnen."})
    press(page, "Deze offerte kiezen")
    told(page, "De keuze is bewaard.")
    expect(quotes.get_by_role("row").filter(has_text="Dakwerken Voorbeeld")).to_contain_text("gekozen")
    assert Quote.objects.get(is_chosen=True).contractor == "Dakwerken Voorbeeld"
    follow(page, "Premie of lening")
    page.get_by_role("group", name="Wat is gevraagd?").locator("label").first.click()
    fields(page, {"Gevraagd bedrag": "4.100"})
    press(page, "Bewaren")
    told(page, "Het staat erbij.")
    expect(panel(page, "Premies en leningen")).to_contain_text("gevraagd op")


def the_premium_comes_and_the_works_go_on(stage: Stage) -> None:
    """Step 4: granted, and after a visit a few words with a photo."""
    page = stage.at("renovation_coach", 288, "15:00", desk=False)
    _renovation(stage, page)
    panel(page, "Premies en leningen").get_by_role("link", name="Beslissing").click()
    choose(page, "Wat is er beslist?", "toegekend")
    fields(page, {"Beslist op": stage.today(), "Toegekend bedrag": "3.800"})
    press(page, "Beslissing bewaren")
    told(page, "De beslissing is bewaard.")
    expect(panel(page, "Premies en leningen")).to_contain_text("toegekend")
    follow(page, "Vordering")
    fields(page, {"Wat zag of hoorde je?": "Het dak ligt open, de balken zijn droog."})
    page.locator("input[type=file]").set_input_files(
        {"name": "werf.jpg", "mimeType": "image/jpeg", "buffer": picture(colour="brown")}
    )
    press(page, "Bewaren")
    told(page, "Het staat erbij.")
    expect(panel(page, "Hoe de werken vorderen").get_by_role("img")).to_have_count(1)


def what_it_counts_as(stage: Stage) -> None:
    """Step 4: guiding the works is an action of the city, that ends with what it brought."""
    page = stage.at("renovation_coach", 287, "9:00")
    stage.open_case(page, TITLE)
    panel(page, "Woonkwaliteit").get_by_role("link", name="Actie").click()
    pick(page, "Wat zetten we in?", "Renovatiebegeleiding")
    pick(page, "Door welke organisatie?", "Stad Mechelen")
    choose(page, "Voor wie?", "het gezin")
    choose(page, "Hoe staat het ermee?", "loopt al")
    press(page, "Actie bewaren")
    told(page, "De actie is bewaard.")


def the_works_are_done(stage: Stage) -> None:
    """Step 4: what came of it, in label and money, and the action that it belongs to."""
    page = stage.at("renovation_coach", 212, "16:00")
    _renovation(stage, page)
    follow(page, "Werken klaar")
    choose(page, "Welk energielabel heeft de woning nu?", "B")
    fields(page, {"Wat kostte het in totaal?": "9.480", "Wat is er bereikt?": "Veilig, droog en warm."})
    press(page, "Resultaat bewaren")
    told(page, "Het resultaat is bewaard.")
    assert Renovation.objects.get().state == "done"
    stage.open_case(page, TITLE)
    panel(page, "Woonkwaliteit").get_by_role("link", name="Renovatiebegeleiding").click()
    follow(page, "Bijwerken")
    choose(page, "Hoe staat het ermee?", "Het is klaar")
    press(page, "Bewaren")
    expect(page.locator("main .error").first).to_be_visible()
    fields(page, {"Wat leverde het op?": "Het dak is dicht en de kachels zijn veilig."})
    press(page, "Bewaren")
    told(page, "De actie is bijgewerkt.")
    assert Intervention.objects.get().state == "done"
