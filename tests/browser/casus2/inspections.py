"""Casus 2, the inspections: three flats and the common parts on a phone, and a family that fears the landlord."""

from playwright.sync_api import expect

from cases.models import Boundary
from housing.models import Inspection, LandlordContact
from tests.browser.casus2.block import ADDRESS, LANDLORD, SECOND, open_box
from tests.browser.doing import choose, fields, follow, press, told
from tests.browser.inspecting import note_and_sign, plan_and_begin
from tests.browser.registering import open_building
from tests.browser.stage import Stage

FEAR = "Ze is bang dat ze op straat komt te staan."
FLATS = {
    "1": ({"C-schimmel": "III", "C-verwarming": "II"}, "ongeschikt én onbewoonbaar"),
    "2": ({"C-schimmel": "II"}, "ongeschikt"),
    "3": ({"C-schimmel": "II", "C-glas": "I"}, "ongeschikt"),
}


def she_wants_no_contact(stage: Stage) -> None:
    """Step 4: the woman of the second flat sets a boundary, on the worker's phone; it holds at once."""
    page = stage.at("community_worker", 190, "11:00", desk=False)
    stage.open_case(page, SECOND)
    follow(page, "Grens vastleggen")
    choose(page, "Wat wil het gezin nog niet?", "geen contact met de verhuurder")
    fields(page, {"Waarom niet?": FEAR})
    press(page, "Grens vastleggen")
    told(page, "De grens geldt vanaf nu.")


def the_common_parts(stage: Stage) -> None:
    """Step 4: the cellar and the stairs once for all; telling the landlord of it is refused for her sake."""
    page = stage.at("housing_inspector", 186, "9:30", desk=False)
    open_building(page, ADDRESS)
    follow(page, "Gemene delen onderzoeken")
    choose(page, "Wat is de aanleiding?", "op verzoek")
    press(page, "Onderzoek plannen")
    told(page, "Het onderzoek is gepland.")
    page.locator("main summary", has_text="Meer").click()
    follow(page, "Aankondigen aan de verhuurder")
    choose(page, "Hoe?", "telefoon")
    fields(page, {"Wat heb je gezegd of geschreven?": "We komen de kelder bekijken."})
    choose(page, "Liep dit via het vaste aanspreekpunt?", "nee")
    press(page, "Aankondiging bewaren")
    said = page.locator("main")
    expect(said).to_contain_text("geen contact met de verhuurder")
    expect(said).to_contain_text("gezet door Fatiha Verbeeld")
    expect(said).to_contain_text(FEAR)
    assert LandlordContact.objects.count() == 1
    page.goto(Inspection.objects.get().get_absolute_url())
    page.get_by_role("button", name="Beginnen").tap()
    expect(page.locator("[data-inspection][data-ready]")).to_be_visible()
    note_and_sign(
        page,
        Inspection.objects.get(),
        {"B-kelderwater": "II", "B-trap": "I"},
        photos=["B-kelderwater"],
        says="ongeschikt",
    )


def each_flat(stage: Stage) -> None:
    """Step 4: the technical report of each flat, with photos; the outcome is counted, not chosen."""
    page = stage.at("housing_inspector", 185, "10:00", desk=False)
    for box, (defects, says) in FLATS.items():
        open_box(page, box)
        follow(page, "Onderzoek plannen")
        inspection = plan_and_begin(page, "op verzoek")
        note_and_sign(page, inspection, defects, photos=["C-schimmel"], says=says)
        assert inspection.landlord_name == LANDLORD
    open_building(page, ADDRESS)
    expect(page.locator("main")).to_contain_text("Een verslag adviseert.")


def she_agrees(stage: Stage) -> None:
    """Step 4: weeks later she agrees; without who agreed and what to, the boundary stays."""
    page = stage.at("community_worker", 170, "15:00", desk=False)
    stage.open_case(page, SECOND)
    follow(page, "Opheffen")
    press(page, "Grens opheffen")
    expect(page.locator("main .error").first).to_be_visible()
    assert Boundary.objects.get().lifted_at is None
    fields(
        page,
        {
            "Wie van het gezin ging akkoord?": "Mireille zelf",
            "Wat spraken jullie af?": "Samen met de buren durft ze. Fatiha belt vooraf.",
        },
    )
    press(page, "Grens opheffen")
    told(page, "De grens is opgeheven, met het akkoord van het gezin.")
