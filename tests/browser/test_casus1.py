"""Casus 1 from start to end, in the browser, by the people themselves: nobody goes over his head."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from celery import current_app
from django.utils import timezone
from django.utils.formats import date_format
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from accounts.models import User
from cases.actions.catalogue import load_catalogue
from cases.models import Boundary, Case, HelpRequest, Intervention, PlanStep, Task, Visit
from housing.actions.dwellings import create_dwelling
from housing.actions.occupancies import move_in
from housing.actions.ownerships import add_ownership
from housing.models import Building, Landlord, LandlordContact
from tests.browser.doing import (
    Clock,
    choose,
    fields,
    follow,
    open_menu,
    panel,
    pick,
    press,
    search_pick,
    told,
)
from tests.browser.doing import field as labelled
from tests.browser.stage import Stage, timeline_of
from tests.factories import World
from tests.worker import Worker

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]

TITLE = "Oudere man, studio met oude gaskachel"
FEAR = "Hij is bang dat hij zijn studio kwijtraakt."
SECRET = "Zijn broer leent hem geld en niemand mag dat weten"
LANDLORD = "Cyriel Verzonnen"
STORY = [
    "Op de radar gezet",
    "Dossier geopend",
    "Woont in Leuvensesteenweg 9012 bus 3",
    "Grens gezet: geen contact met de verhuurder",
    "Stap in het plan: Praten met de verhuurder",
    "Tegengehouden door een grens",  # the team leader, who tried twice on one day
    "Tegengehouden door een grens",  # the inspector
    "Stap in het plan: Gaskachel laten nazien",
    "Stap bezig: Gaskachel laten nazien",
    "Gevraagd aan Energiepunt Mechelen",
    "Antwoord van Energiepunt Mechelen",
    "Actie lopend: CO-meter plaatsen",
    "Stap gedaan: Gaskachel laten nazien",
    "Huisbezoek: gesproken",
    "Huisbezoek: niemand thuis",
    "Huisbezoek gepland",
    "Huisbezoek: gesproken",
    "Grens opgeheven: geen contact met de verhuurder",
    "Stap bezig: Praten met de verhuurder",
    "Nieuwe taak voor Joke Schijnbaar",
    "Overleg: Nakijken wat een huurder mag vragen",
]


@dataclass
class Play(Stage):
    """The stage of this story, with its one case once it is there."""

    case: Case = None  # type: ignore[assignment]

    def open_case(self, page: Page, title: str = TITLE) -> None:
        """Find the case of this story."""
        super().open_case(page, title)


@pytest.fixture
def play(world: World, clock: Clock, page_as: Callable[..., Page]) -> Play:
    load_catalogue()
    made = Play(world, clock, page_as)
    made.name_everybody()
    User.objects.filter(pk=world.partner.pk).update(organisation=world.organisations["energy"])
    return made


@pytest.fixture
def worker(transactional_db: None, tmp_path: Path) -> Iterator[Worker]:
    current_app.control.purge()
    made = Worker(tmp_path)
    yield made
    made.kill()
    current_app.control.purge()


def test_casus1_is_played_from_the_radar_to_the_report(play: Play, worker: Worker, tmp_path: Path) -> None:
    play.play(
        (
            put_on_the_radar,
            open_the_case,
            house_him,
            set_the_boundary,
            nobody_reaches_the_landlord,
            plan_a_small_step,
            ask_energiepunt,
            hang_a_co_meter,
            visit_and_meet,
            inspector_sees_that_but_not_what,
            visit_and_find_nobody,
            visit_without_network,
            lift_the_boundary_and_talk,
            hold_the_review,
            the_lawyer_sees_her_task,
            lambda play: the_manager_takes_the_report_along(play, worker, tmp_path),
            the_timeline_tells_it,
        )
    )


def put_on_the_radar(play: Play) -> None:
    """Step 1: from a phone, in the street."""
    page = play.at("community_worker", 80, "14:10", desk=False)
    page.goto("/")
    follow(page, "Op de radar zetten")
    choose(page, "Waarover gaat het?", "gevaar van CO of gas")
    fields(
        page,
        {
            "Wat is de zorg": "Hij stookt met een oude gaskachel in één kamer, zonder afzuiging.",
            "Naam": "Fons Voorbeeldig",
            "Straat": "Leuvensesteenweg",
            "Nummer": "9012",
            "Bus": "3",
        },
    )
    choose(page, "Best bereikbaar door", "langsgaan")
    press(page, "Op de radar zetten")
    told(page, "Het staat op de radar.")


def open_the_case(play: Play) -> None:
    """Step 2: the coordinator decides, and somebody leads it."""
    page = play.at("coordinator", 78, "10:20")
    page.goto("/")
    follow(page, "Fons Voorbeeldig")
    follow(page, "Dossier openen")
    fields(page, {"Titel van het dossier": TITLE})
    pick(page, "Wie trekt het?", "Fatiha")
    press(page, "Dossier openen")
    told(page, "Het dossier is open.")
    play.case = Case.objects.get(title=TITLE)
    expect(page.locator("main")).to_contain_text("Kent ons")
    assert play.case.trust_stage == 1
    page.locator("summary[aria-label^=Team]").click()
    team = page.locator(".team-sheet")
    for name in ("Fatiha Verbeeld", "Joke Schijnbaar", "Ivo Fictief", "Samira Denkbeeld"):
        expect(team).to_contain_text(name)


def house_him(play: Play) -> None:
    """Where he lives and of whom it is. The landlord has another tenant in the same house."""
    page = play.at("tenancy_lead", 77, "11:00")
    play.open_case(page)
    follow(page, "Woning vastleggen")
    expect(labelled(page, "Straat")).to_have_value("Leuvensesteenweg")
    choose(page, "Wat voor woning?", "studio")
    fields(page, {"Wonen er sinds": dt.date(2017, 3, 1), "Huur": "410"})
    press(page, "Woning bewaren")
    expect(panel(page, "Woning")).to_contain_text("Leuvensesteenweg 9012")
    page.goto("/landlords/new/")
    choose(page, "Een persoon of een bedrijf?", "persoon")
    fields(page, {"Naam": LANDLORD, "Telefoon": "015 00 00 91"})
    press(page, "Verhuurder bewaren")
    follow(page, "Woning toevoegen")
    search_pick(page, "Welke woning?", "Leuvensesteenweg", "Leuvensesteenweg 9012")
    fields(page, {"Eigenaar sinds": dt.date(2012, 6, 1)})
    press(page, "Eigendom bewaren")
    told(page, "De eigendom is bewaard.")
    upstairs = create_dwelling(
        by=play.world.coordinator, building=Building.objects.get(), kind="apartment", box="4"
    )
    move_in(
        by=play.world.coordinator,
        household=play.world.other_case.household,
        dwelling=upstairs,
        from_on=dt.date(2020, 1, 1),
    )
    add_ownership(
        by=play.world.coordinator,
        dwelling=upstairs,
        landlord=Landlord.objects.get(),
        from_on=dt.date(2012, 6, 1),
    )


def set_the_boundary(play: Play) -> None:
    """Step 3: what he says is written down on the phone, and holds at once."""
    page = play.at("community_worker", 76, "11:30", desk=False)
    play.open_case(page)
    follow(page, "Grens vastleggen")
    choose(page, "Wat wil het gezin nog niet?", "geen contact met de verhuurder")
    fields(page, {"Waarom niet?": FEAR})
    press(page, "Grens vastleggen")
    told(page, "De grens geldt vanaf nu.")
    expect(page.locator(".case-chips")).to_contain_text("Grens: geen contact met de verhuurder")
    assert Boundary.objects.get().set_by == play.world.community_worker


def refused(play: Play, page: Page) -> None:
    """See who, when and why on the screen, and what to do."""
    when = date_format(timezone.localtime(Boundary.objects.get().set_at), "j F Y")
    said = page.locator("main")
    expect(said).to_contain_text("geen contact met de verhuurder")
    expect(said).to_contain_text(f"gezet door Fatiha Verbeeld op {when}")
    expect(said).to_contain_text(FEAR)
    expect(said).to_contain_text("Bespreek het eerst met het gezin.")


def nobody_reaches_the_landlord(play: Play) -> None:
    """Step 3: step, intervention, contact are refused; about another tenant one is warned."""
    page = play.at("tenancy_lead", 75, "9:10")
    play.open_case(page)
    follow(page, "Stap toevoegen")
    fields(page, {"Wat gaan we doen?": "Praten met de verhuurder"})
    choose(page, "Is het gezin akkoord?", "niet akkoord")
    choose(page, "Wie merkt hier iets van", "de verhuurder")
    press(page, "Stap bewaren")
    plan = panel(page, "Plan")
    expect(plan).to_contain_text("Kan pas na akkoord van het gezin: geen contact met de verhuurder")
    open_menu(page, "Praten met de verhuurder")
    follow(page, "Waarom wacht dit?")
    expect(page.locator("main")).to_contain_text(FEAR)
    choose(page, "Hoe staat het ermee?", "We zijn bezig")
    press(page, "Bewaren")
    refused(play, page)
    assert PlanStep.objects.get(title="Praten met de verhuurder").state == "todo"

    follow_landlord(page)
    expect(page.locator(".boundary")).to_contain_text("Gezin Voorbeeldig wil (nog) geen contact met hem")
    follow(page, "Contact noteren")
    choose(page, "Wie nam contact op?", "wij namen contact op")
    choose(page, "Hoe?", "telefoon")
    pick(page, "Over welk dossier?", play.case.number)
    fields(page, {"Wat is er gezegd?": "Gebeld over de kachel"})
    press(page, "Contact bewaren")
    refused(play, page)
    expect(labelled(page, "Wat is er gezegd?")).to_have_value("Gebeld over de kachel")
    assert not LandlordContact.objects.exists()

    page = play.at("housing_inspector", 74, "15:00")
    play.open_case(page)
    panel(page, "Woonkwaliteit").get_by_role("link", name="Actie").click()
    pick(page, "Wat zetten we in?", "Conformiteitsonderzoek")
    pick(page, "Door welke organisatie?", "Stad Mechelen")
    choose(page, "Voor wie?", "de woning")
    choose(page, "Hoe staat het ermee?", "gepland")
    press(page, "Actie bewaren")
    refused(play, page)
    assert not Intervention.objects.exists()

    # He wants to ring about the tenant upstairs, and reads first whom that would hurt.
    follow_landlord(page)
    warning = page.locator(".boundary")
    expect(warning).to_contain_text(
        "Gezin Voorbeeldig wil (nog) geen contact met hem. Overleg eerst met Fatiha"
    )
    expect(warning).to_contain_text("Gezet door Fatiha Verbeeld op")
    expect(warning).to_contain_text(FEAR)
    follow(page, "Contact noteren")
    choose(page, "Wie nam contact op?", "wij namen contact op")
    choose(page, "Hoe?", "telefoon")
    pick(page, "Over welk dossier?", play.world.other_case.number)
    fields(page, {"Wat is er gezegd?": "De lift is stuk"})
    press(page, "Contact bewaren")
    expect(page.locator("main .error").first).to_be_visible()
    assert not LandlordContact.objects.exists()
    labelled(page, "Ik spreek niet over dit gezin").check()
    press(page, "Contact bewaren")
    told(page, "Het contact is bewaard.")


def follow_landlord(page: Page) -> None:
    """Go to the landlord's page through the register."""
    page.goto("/landlords/")
    follow(page, LANDLORD)


def plan_a_small_step(play: Play) -> None:
    """Step 4: something small that needs nobody else."""
    page = play.at("community_worker", 73, "13:45")
    play.open_case(page)
    follow(page, "Stap toevoegen")
    fields(
        page,
        {"Wat gaan we doen?": "Gaskachel laten nazien", "Tegen wanneer?": play.today(14)},
    )
    choose(page, "Is het gezin akkoord?", "akkoord")
    labelled(page, "Dit is een tussenstap").check()
    pick(page, "Wie van het team?", "Fatiha")
    pick(page, "Welke dienst doet dit?", "Energiepunt")
    press(page, "Stap bewaren")
    row = panel(page, "Plan").get_by_role("listitem").filter(has_text="Gaskachel laten nazien").first
    expect(row).to_contain_text("tussenstap")
    expect(row).to_contain_text("akkoord van het gezin")
    open_menu(page, "Gaskachel laten nazien")
    page.get_by_role("button", name="We zijn bezig").first.click()
    told(page, "De stap is bijgewerkt.")


def ask_energiepunt(play: Play) -> None:
    """Step 4: a question to a service, answered five days later by the service itself."""
    page = play.at("community_worker", 72, "9:40")
    play.open_case(page)
    open_menu(page, "Gaskachel laten nazien")
    follow(page, "Hulp vragen aan een dienst")
    pick(page, "Aan welke dienst?", "Energiepunt")
    fields(
        page, {"Wat vragen we?": "Kan een technieker een oude gaskachel nazien? De verhuurder weet niets."}
    )
    press(page, "Vraag stellen")
    told(page, "De vraag is gesteld.")
    assert HelpRequest.objects.get().step is not None

    page = play.at("partner", 67, "11:15")
    page.goto("/")
    follow(page, "Kan een technieker")
    expect(page.locator("main")).not_to_contain_text("Voorbeeldig")
    follow(page, "Antwoord opschrijven")
    fields(page, {"Wat is het antwoord?": "Dat kan, volgende dinsdag om 10 uur."})
    press(page, "Antwoord bewaren")
    told(page, "Het antwoord is bewaard.")
    page.goto(f"/cases/{play.case.number}/")
    expect(page.get_by_role("heading", level=1)).not_to_have_text(TITLE)


def hang_a_co_meter(play: Play) -> None:
    """Step 4: and something from the catalogue."""
    page = play.at("community_worker", 66, "15:30")
    play.open_case(page)
    panel(page, "Woonkwaliteit").get_by_role("link", name="Actie").click()
    pick(page, "Wat zetten we in?", "CO-meter")
    pick(page, "Door welke organisatie?", "Samenlevingsopbouw")
    choose(page, "Voor wie?", "het gezin")
    choose(page, "Hoe staat het ermee?", "loopt al")
    press(page, "Actie bewaren")
    told(page, "De actie is bewaard.")
    assert Intervention.objects.get().state == "running"
    play.open_case(page)
    open_menu(page, "Gaskachel laten nazien")
    page.get_by_role("button", name="Gedaan").first.click()
    told(page, "De stap is bijgewerkt.")


def start_a_visit(play: Play, days_ago: int, hour: str) -> Page:
    """From the home screen to the form, on the phone."""
    page = play.at("community_worker", days_ago, hour, desk=False)
    page.goto("/")
    page.get_by_role("navigation", name="Menu onderaan").get_by_role("link", name="Bezoek").tap()
    follow(page, TITLE)
    expect(page).to_have_url(re.compile(r"\?visit="))
    return page


def visit_and_meet(play: Play) -> None:
    """Step 5: the first visit. He lets her in: trust rises."""
    page = start_a_visit(play, 60, "11:20")
    choose(page, "Hoe liep het?", "gesproken")
    gas = page.locator(".severity", has_text="CO of gas")
    for _n in range(3):
        gas.tap()
    page.locator(".severity", has_text="vocht of schimmel").tap()
    fields(page, {"Wat is er gezegd?": f"Koffie gedronken. {SECRET}."})
    page.locator(".visit-trust summary").tap()
    pick(page, "Vertrouwen nu", "2")
    fields(page, {"Wat maakte het verschil?": "Hij liet me binnen en toonde zelf de kachel."})
    page.get_by_role("button", name="Bezoek bewaren").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Huisbezoek: gesproken")
    play.case.refresh_from_db()
    assert play.case.trust_stage == 2
    visit = Visit.objects.get()
    assert {(seen.sighting, seen.severity) for seen in visit.observations.all()} == {
        ("co_gas", 3),
        ("damp", 1),
    }


def inspector_sees_that_but_not_what(play: Play) -> None:
    """Step 5: the inspector knows that there was a visit, and nothing of what was said."""
    page = play.at("housing_inspector", 59, "9:00")
    play.open_case(page)
    expect(page.locator("#timeline")).to_contain_text(
        re.compile(r"Huisbezoek door opbouwwerker · inhoud besloten binnen", re.IGNORECASE)
    )
    url = f"/cases/{play.case.number}/visits/{Visit.objects.get().uuid}/"
    for address in (page.url, url, f"/cases/{play.case.number}/timeline/"):
        page.goto(address)
        assert "Zijn broer" not in page.content()
        assert "Koffie" not in page.content()
    page.goto("/search/?q=broer")
    expect(page.locator("main")).not_to_contain_text(TITLE)


def visit_and_find_nobody(play: Play) -> None:
    """Step 5: nobody home; the next moment is one press."""
    page = start_a_visit(play, 45, "14:20")
    choose(page, "Hoe liep het?", "niemand thuis")
    page.get_by_role("button", name="Bezoek bewaren").tap()
    expect(page.locator("main")).to_contain_text("Een ander uur van de dag geeft meer kans.")
    page.locator(".visit-suggestions button").first.tap()
    told(page, "Gepland:")
    planned = Visit.objects.get(state="planned")
    assert timezone.localtime(planned.scheduled_at).hour != 14


def visit_without_network(play: Play) -> None:
    """Step 5: no network in the stairwell; outside it is stored, exactly once."""
    planned = Visit.objects.get(state="planned")
    days = (timezone.localtime(play.clock._real()).date() - timezone.localdate(planned.scheduled_at)).days
    page = play.at(
        "community_worker", days, timezone.localtime(planned.scheduled_at).strftime("%H:%M"), desk=False
    )
    page.goto("/")
    follow(page, TITLE)
    if "/log/" not in page.url:
        follow(page, "Nu invullen")
    choose(page, "Hoe liep het?", "gesproken")
    page.context.set_offline(True)
    fields(page, {"Wat is er gezegd?": "Hij maakte zelf een lijstje voor de huisbaas."})
    page.locator(".visit-trust summary").tap()
    pick(page, "Vertrouwen nu", "3")
    fields(page, {"Wat maakte het verschil?": "Hij vroeg of wij meegaan naar de huisbaas."})
    page.get_by_role("button", name="Bezoek bewaren").tap()
    expect(page.locator("#visit-notices")).to_contain_text("Je bezoek staat veilig op dit toestel")
    assert Visit.objects.filter(state="done").count() == 2
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Huisbezoek: gesproken")
    page.reload()
    page.goto("/")
    assert Visit.objects.filter(state="done").count() == 3
    assert Visit.objects.filter(words__narrative__startswith="Hij maakte zelf").count() == 1
    play.case.refresh_from_db()
    assert play.case.trust_stage == 3


def lift_the_boundary_and_talk(play: Play) -> None:
    """Step 6: he agrees, it is written down, and only then the step can start."""
    page = play.at("community_worker", 20, "9:50")
    play.open_case(page)
    panel(page, "Afspraken").get_by_role("link", name="Opheffen").click()
    press(page, "Grens opheffen")
    expect(page.locator("main .error").first).to_be_visible()
    assert Boundary.objects.get().lifted_at is None
    fields(
        page,
        {
            "Wie van het gezin ging akkoord?": "Fons zelf",
            "Wat spraken jullie af?": "We praten samen, hij is erbij.",
        },
    )
    press(page, "Grens opheffen")
    told(page, "De grens is opgeheven, met het akkoord van het gezin.")
    expect(page.locator(".case-chips")).not_to_contain_text("Grens:")
    open_menu(page, "Praten met de verhuurder")
    page.get_by_role("button", name="We zijn bezig").first.click()
    told(page, "De stap is bijgewerkt.")
    assert PlanStep.objects.get(title="Praten met de verhuurder").state == "busy"
    follow_landlord(page)
    expect(page.locator(".boundary")).to_have_count(0)


def hold_the_review(play: Play) -> None:
    """The core team decides, and whoever leads never touches the mouse."""
    page = play.at("coordinator", 3, "9:00")
    page.goto("/review/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Overleg kernteam")
    keyboard = page.keyboard
    keyboard.press("s")
    expect(page).to_have_url(re.compile(r"/review/\d+/"))
    heading = page.locator("#item-title")
    for _n in range(6):
        if heading.inner_text() == TITLE:
            break
        keyboard.press("v")
        page.wait_for_load_state()
        page.wait_for_timeout(200)
    expect(heading).to_have_text(TITLE)
    assert "Koffie" not in page.content()
    assert "Zijn broer" not in page.content()
    keyboard.press("b")
    keyboard.type("Nakijken wat een huurder mag vragen")
    keyboard.press("Tab")
    keyboard.type("Joke")
    keyboard.press("Tab")
    due = play.today(7)
    keyboard.type(
        f"{due:%m%d%Y}"
    )  # in the order of the language of Chromium itself, which isn't that of the page
    keyboard.press("Control+Enter")
    told(page, "Beslist. De taak staat bij Joke.")
    for _n in range(6):
        if "Besproken, volgende" not in page.locator("main").inner_text():
            break
        keyboard.press("j")
        page.wait_for_load_state()
        page.wait_for_timeout(200)
    keyboard.press("e")
    expect(page.get_by_role("heading", level=1)).to_have_text("Overleg afronden?")
    keyboard.press("e")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Verslag van")
    expect(page.locator("main")).to_contain_text("Nakijken wat een huurder mag vragen")
    task = Task.objects.get()
    assert (task.assignee, task.due_on, task.case) == (play.world.lawyer, due, play.case)


def the_lawyer_sees_her_task(play: Play) -> None:
    """What was decided is on her first page."""
    page = play.at("lawyer", 3, "13:00")
    page.goto("/")
    tasks = panel(page, "Mijn taken")
    expect(tasks).to_contain_text("Nakijken wat een huurder mag vragen")
    expect(tasks).to_contain_text(TITLE)


def the_manager_takes_the_report_along(play: Play, worker: Worker, tmp_path: Path) -> None:
    """Figures for the manager, made by a real worker; stories stay closed to her."""
    worker.start()
    page = play.at("manager")
    page.goto("/reports/")
    follow(page, "Rapport maken")
    choose(page, "Over welke periode?", "Dit kwartaal tot vandaag")
    press(page, "Rapport maken")
    download_link = page.get_by_role("link", name="Pdf downloaden")
    expect(download_link).to_be_visible(timeout=60_000)  # the page goes on by itself
    with page.expect_download() as download:
        download_link.click()
    target = tmp_path / "rapport.pdf"
    download.value.save_as(target)
    assert download.value.suggested_filename.endswith(".pdf")
    pdf = PdfReader(target)
    assert len(pdf.pages) > 2
    text = " ".join(each.extract_text() for each in pdf.pages)
    assert "Voorbeeldig" not in text
    assert "Zijn broer" not in text
    response = page.goto(f"/cases/{play.case.number}/")
    assert response is not None
    assert response.status == 403
    assert TITLE not in page.content()


def the_timeline_tells_it(play: Play) -> None:
    """Who never heard of it reads the story from top to bottom."""
    page = play.at("community_worker")
    play.open_case(page)
    told_when = [re.sub("(gepland): .*", r"\1", title) for title in timeline_of(page)]
    assert told_when == STORY, "\n".join(told_when)
    page.locator(".trust-menu summary").click()
    history = page.locator(".trust-history li")
    expect(history).to_have_count(2)
    expect(history.first).to_contain_text("2 → 3")
    expect(history.first).to_contain_text("Hij vroeg of wij meegaan naar de huisbaas.")
    expect(history.last).to_contain_text("1 → 2")
    expect(history.last).to_contain_text("Hij liet me binnen en toonde zelf de kachel.")
