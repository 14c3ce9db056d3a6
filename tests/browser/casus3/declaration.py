"""Casus 3, the dwelling: what the report says, what the mayor decides, and how that ends."""

from playwright.sync_api import expect

from housing.models import Certificate, Dwelling, LegalStatus
from tests.browser.casus3.arrival import HOME, TITLE
from tests.browser.doing import choose, fields, follow, panel, pick, press, told
from tests.browser.inspecting import note_and_sign, plan_and_begin
from tests.browser.procedures import ask_procedure, open_procedure, plan_where_to, take, try_step
from tests.browser.stage import Stage

URGENT = "Dringend"
CERTIFICATE = "Conformiteitsattest"


def _status() -> str:
    rows = LegalStatus.objects.filter(dwelling__building__street="Huurstraat").order_by("-decided_on", "-pk")
    return rows[0].status if rows else ""


def the_inspector_sees_co(stage: Stage) -> None:
    """Step 1: the technical report on a phone; it advises, and changes nothing by itself."""
    page = stage.at("housing_inspector", 325, "10:30", desk=False)
    stage.open_case(page, TITLE)
    follow(page, "Onderzoek plannen")
    inspection = plan_and_begin(page, "aanvraag huursubsidie")
    note_and_sign(
        page,
        inspection,
        {"C-co": "III", "C-schimmel": "II"},
        photos=["C-co"],
        says="ongeschikt én onbewoonbaar",
    )
    expect(page.locator("main")).to_contain_text("geen besluit bekend")
    assert _status() == ""


def rehouse_first(stage: Stage) -> None:
    """Step 1: the mayor can decide at once, but not before each member has somewhere to go."""
    page = stage.at("housing_inspector", 324, "9:00")
    ask_procedure(page, HOME, "dringend (art. 135 NGW)", asked_by="de gemeente zelf")
    told(page, "De procedure is gestart.")
    expect(panel(page, "Eerst herhuisvesten")).to_contain_text("nog geen plan")
    try_step(page, "Besluit klaarleggen", answers={"Wat zou de burgemeester besluiten?": "onbewoonbaar"})
    expect(page.locator("main .error").first).to_contain_text("Nog niet voor iedereen is geweten waarheen")


def everybody_has_somewhere_to_go(stage: Stage) -> None:
    """Step 1: the tenancy lead asks the family, and finds the question on its case."""
    page = stage.at("tenancy_lead", 323, "15:20")
    stage.open_case(page, TITLE)
    follow(page, "Waarheen als ze weg moeten")
    plan_where_to(
        page,
        {"Ada Stofmans": "werkt in Mechelen, kan met de bus"},
        {
            "Waarheen?": "Een crisiswoning van het Sociaal Huis",
            "Wat gebeurt er met de spullen?": "Opslag bij de stad",
            "En de huisdieren?": "De kat gaat mee",
            "Wie betaalt wat?": "De stad betaalt de verhuis",
        },
    )
    stage.open_case(page, TITLE)
    # One child was forgotten: the program counts the members.
    expect(panel(page, "Procedures over de woning")).to_contain_text("1 van de gezinsleden")
    follow(page, "Waarheen als ze weg moeten")
    plan_where_to(page, {"Mo": "blijft op dezelfde school"}, {})
    stage.open_case(page, TITLE)
    expect(panel(page, "Procedures over de woning")).to_contain_text("plan klaar")


def the_mayor_decides(stage: Stage) -> None:
    """Step 1: the decision is the legal status, beside what the report said."""
    page = stage.at("housing_inspector", 322, "11:00")
    open_procedure(page, HOME, URGENT)
    take(page, "Besluit klaarleggen", answers={"Wat zou de burgemeester besluiten?": "onbewoonbaar"})
    assert _status() == ""
    take(
        page,
        "Besluit vastleggen",
        {"Wanneer stopt de bewoning?": stage.today(2), "Kenmerk of nummer van het stuk": "BB-2026-017"},
    )
    take(page, "Besluit betekenen")
    take(page, "Naar de inventaris sturen")
    assert _status() == "uninhabitable"
    follow(page, HOME)
    expect(page.get_by_role("heading", level=1)).to_have_text(HOME)
    place = panel(page, "Onderzoek en juridische toestand")
    expect(place).to_contain_text("besluit van de burgemeester BB-2026-017")
    expect(place).to_contain_text("ongeschikt én onbewoonbaar")


def the_inspector_comes_back(stage: Stage) -> None:
    """Step 4: the same dwelling again, after the works, item by item; rooms and smoke detectors too."""
    page = stage.at("housing_inspector", 211, "13:30", desk=False)
    stage.open_case(page, TITLE)
    panel(page, "Onderzoek van de woning").get_by_role("link", name=HOME).click()
    follow(page, "Opnieuw onderzoeken")
    expect(page.locator("main")).to_contain_text("Vorige keer")
    inspection = plan_and_begin(page)
    follow(page, "Meten en rookmelders")
    follow(page, "Lokaal toevoegen")
    fields(page, {"Naam": "Leefruimte", "Oppervlakte": "32", "Hoogte": "250"})
    pick(page, "Wat voor lokaal?", "leefruimte")
    press(page, "Lokaal bewaren")
    told(page, "Het lokaal is bewaard.")
    follow(page, "Nakijken")
    choose(page, "gelijkvloers", "werkt")
    press(page, "Bewaren")
    told(page, "De rookmelders zijn bewaard.")
    follow(page, "Naar de gebreken")
    expect(page.locator("[data-inspection][data-ready]")).to_be_visible()
    note_and_sign(page, inspection, {}, says="geen grond voor ongeschikt")
    follow(page, "Vergelijken met vorige keer")
    expect(page.locator("main")).to_contain_text("CO")


def conform_and_lifted(stage: Stage) -> None:
    """Step 4: the certificate with its expiry, and only then the declaration is lifted."""
    page = stage.at("housing_inspector", 209, "10:00")
    open_procedure(page, HOME, URGENT)
    try_step(page, "Opheffen", answers={"Waarom houdt het op?": "hersteld, met conformiteitsattest"})
    expect(page.locator("main .error").first).to_contain_text("Leg eerst het attest vast")
    ask_procedure(page, HOME, "conformiteitsattest", asked_by="de eigenaar")
    told(page, "De procedure is gestart.")
    take(page, "Aanvraag volledig")
    take(page, "Attest afleveren", {"Voor hoogstens hoeveel bewoners?": "4"})
    certificate = Certificate.objects.get()
    assert certificate.valid_until.year == certificate.issued_on.year + 10
    expect(page.locator("main")).to_contain_text("voor hoogstens 4 bewoners")
    open_procedure(page, HOME, URGENT)
    take(page, "Opheffen", answers={"Waarom houdt het op?": "hersteld, met conformiteitsattest"})
    assert _status() == "none"
    page.goto(Dwelling.objects.get(building__street="Huurstraat").get_absolute_url())
    place = panel(page, "Onderzoek en juridische toestand")
    expect(place).to_contain_text("geen besluit van kracht")
    expect(place).to_contain_text("voor hoogstens 4 bewoners")
