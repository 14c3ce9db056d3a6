"""Casus 2, the civil track: one lawyer, evidence per tenant with permission, one bundle."""

from playwright.sync_api import expect

from housing.actions.bundles import compute_bundle
from housing.models import Bundle, Exhibit, LegalFile, RentPayment
from tests.browser.casus2.block import BLOCK, FIRST
from tests.browser.doing import choose, fields, follow, panel, pick, press, told
from tests.browser.stage import Stage

STATEMENT = "Drie winters zonder verwarming"


def one_lawyer_for_the_block(stage: Stage) -> None:
    """Step 3: the coordinator asks the lawyer for all households at once; what comes of it stays hers."""
    page = stage.at("coordinator", 194, "9:00")
    stage.open_case(page, BLOCK)
    follow(page, "Juridisch dossier starten")
    expect(page.locator("main")).to_contain_text("3 gezinnen doen meteen mee")
    pick(page, "Wie is de jurist?", "Joke")
    press(page, "Juridisch dossier starten")
    told(page, "Het juridisch dossier is gestart.")
    expect(page.locator("main")).to_contain_text("Wat erin staat, leest alleen de jurist")
    assert LegalFile.objects.get().tenants.count() == 3


def rent_and_a_statement(stage: Stage) -> None:
    """Step 3: at the kitchen table, on a phone: twelve months at once, and what was said."""
    page = stage.at("community_worker", 193, "17:00", desk=False)
    stage.open_case(page, FIRST)
    expect(panel(page, "Juridisch")).to_contain_text("In voorbereiding")
    follow(page, "Betaalde huur noteren")
    fields(page, {"Elke lege maand gevraagd": "650", "Elke lege maand betaald (euro)": "650"})
    press(page, "Huur bewaren")
    told(page, "De betaalde huur is bewaard.")
    expect(panel(page, "Betaalde huur")).to_contain_text("7.800,00")
    assert RentPayment.objects.count() == 12
    follow(page, "Bewijs toevoegen")
    choose(page, "Wat is het?", "verklaring")
    fields(page, {"Korte omschrijving": STATEMENT, "Wat staat erin?": "Het was koud."})
    press(page, "Bewijs bewaren")
    told(page, "Het bewijs is bewaard")
    expect(panel(page, "Bewijsboek")).to_contain_text(STATEMENT)


def not_without_permission(stage: Stage) -> None:
    """Step 3, refused: evidence gets its number; without the tenant's permission it stays out of the bundle."""
    page = stage.at("lawyer", 192, "10:00")
    page.goto("/legal-files/")
    follow(page, BLOCK)
    follow(page, "Stukken nummeren")
    page.locator("main label").filter(has_text=STATEMENT).first.click()
    press(page, "Nummers geven")
    told(page, "De stukken hebben hun nummer.")
    expect(panel(page, "Stukken")).to_contain_text("nog geen toestemming")
    follow(page, "Bundel maken")
    press(page, "Bundel maken")
    expect(page.locator("main")).to_contain_text("Er is nog geen enkel stuk dat erin mag")
    assert not Bundle.objects.exists()
    follow(page, "Terug zonder bewaren")
    page.locator("main").get_by_role("link", name="Toestemming (").first.click()
    page.locator("main label").filter(has_text="Nour").first.click()
    choose(page, "Hoe?", "ondertekend")
    press(page, "Bewaren")
    told(page, "De toestemming is bewaard.")
    expect(panel(page, "Stukken")).to_contain_text("ook in de gezamenlijke bundel")
    follow(page, "Bundel maken")
    press(page, "Bundel maken")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bundel 1")
    compute_bundle(bundle_id=Bundle.objects.get().pk)
    page.reload()
    expect(panel(page, "Wat erin zit")).to_contain_text(STATEMENT)
    with page.expect_download() as download:
        follow(page, "Pdf downloaden")
    assert download.value.suggested_filename.endswith("-v1.pdf")


def the_tenant_takes_it_back(stage: Stage) -> None:
    """Step 3: withdrawn at once, and the earlier bundle that holds it is named."""
    page = stage.at("lawyer", 20, "10:00")
    page.goto("/legal-files/")
    follow(page, BLOCK)
    follow(page, "Toestemming intrekken")
    expect(page.locator("main")).to_contain_text("Het zit al in bundel 1")
    choose(page, "Hoe werd ze ingetrokken?", "mondeling")
    press(page, "Toestemming intrekken")
    told(page, "het stuk komt in geen volgende bundel")
    expect(panel(page, "Bundels")).to_contain_text("stuk 1 mag niet meer")
    assert not Exhibit.objects.get().permissions.filter(withdrawn_at__isnull=True).exists()
