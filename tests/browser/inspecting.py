"""An inspection on a phone: planned, walked through, signed."""

from collections.abc import Mapping, Sequence

from playwright.sync_api import Locator, Page, expect

from housing.models import Inspection, ReportItem
from tests.browser.doing import choose, press, told
from tests.cases.visits import picture


def item_row(page: Page, inspection: Inspection, code: str) -> Locator:
    """The line of one defect."""
    item = ReportItem.objects.get(report_version=inspection.report_version, code=code)
    return page.locator(f"#item-{item.pk}")


def tap(page: Page, inspection: Inspection, code: str, category: str) -> None:
    """Give a defect its category."""
    item_row(page, inspection, code).locator(f".cat[value='{category}']").tap()


def status(page: Page) -> Locator:
    """What the bar says: saved, or waiting for network."""
    return page.locator("[data-outbox-status]")


def photograph(page: Page, inspection: Inspection, code: str) -> None:
    """Add a photo to a defect that was found."""
    row = item_row(page, inspection, code)
    row.locator("input[type=file]").set_input_files(
        {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": picture(colour="blue")}
    )
    expect(row.locator("li[data-photo]")).to_have_count(1)


def plan_and_begin(page: Page, trigger: str = "") -> Inspection:
    """From the page of a dwelling or building, or a report, to where defects are noted."""
    if trigger:
        choose(page, "Wat is de aanleiding?", trigger)
    press(page, "Onderzoek plannen")
    told(page, "Het onderzoek is gepland.")
    page.get_by_role("button", name="Beginnen").tap()
    expect(page.locator("[data-inspection][data-ready]")).to_be_visible()
    return Inspection.objects.order_by("-pk")[0]


def note_and_sign(
    page: Page, inspection: Inspection, defects: Mapping[str, str], *, photos: Sequence[str] = (), says: str
) -> None:
    """Tap what is wrong, photograph it, and sign: the outcome follows from the defects."""
    for code, category in defects.items():
        tap(page, inspection, code, category)
    if defects:
        expect(status(page)).to_contain_text("bewaard om")
    for code in photos:
        photograph(page, inspection, code)
    page.get_by_role("link", name="Klaar: nakijken en tekenen").tap()
    page.get_by_role("button", name="Verslag tekenen").tap()
    expect(page.locator(".inspection-outcome")).to_contain_text(says)
    expect(page.get_by_role("link", name="Verslag als PDF")).to_be_visible()
