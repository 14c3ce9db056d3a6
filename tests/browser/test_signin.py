"""Signing in by hand, with an app and with a passkey of Chromium's own virtual authenticator."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import Passkey, TotpDevice
from tests.accounts.signin import code
from tests.browser.conftest import DESK, PHONE, listen
from tests.browser.doing import fields, follow, press, told
from tests.factories import PASSWORD, World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AT_A_DESK = {"viewport": DESK, "has_touch": False}


class Door:
    """A browser at the door. What goes wrong in script or policy, or is unusable, fails the test."""

    def __init__(self, context: BrowserContext, axe: Callable[[Page], list[str]]) -> None:
        self.page, self.axe = context.new_page(), axe
        self.heard: list[str] = []
        listen(self.page, self.heard)

    def sign_in(self, username: str) -> None:
        """Name and password, two fields and one button."""
        self.page.goto("/accounts/login/")
        fields(self.page, {"Gebruikersnaam": username, "Wachtwoord": PASSWORD})
        press(self.page, "Aanmelden")

    def sign_out(self) -> None:
        """Leave, through the menu of a desk or of a phone."""
        self.page.goto("/accounts/profile/")
        self.page.locator('form[action="/accounts/logout/"]').first.evaluate("form => form.submit()")
        expect(self.page).to_have_url(re.compile("/accounts/login/"))

    def look(self) -> None:
        """The page as it stands: nothing serious for axe, no sideways scroll, on a phone and at a desk."""
        for size in (DESK, PHONE):
            self.page.set_viewport_size(size)
            assert self.axe(self.page) == [], self.page.url
            width = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert width <= 0, self.page.url

    def is_quiet(self) -> None:
        """Nothing went wrong that wasn't meant to: a refused form answers 422."""
        assert [text for text in self.heard if "422" not in text] == []


@pytest.fixture
def door(
    browser_context: Callable[..., BrowserContext], axe: Callable[[Page], list[str]], live_server: Any
) -> Callable[[], Door]:
    """Return a function that opens another browser."""
    address = live_server.url.replace(
        "127.0.0.1", "localhost"
    )  # passkeys belong to a name, never to a number
    return lambda: Door(browser_context(**AT_A_DESK, base_url=address), axe)


@pytest.fixture
def authenticator() -> Iterator[Callable[[Page], Any]]:
    """Return a function that gives a page's browser a device with passkeys, as a phone has."""
    open_sessions = []

    def add(page: Page) -> Any:
        cdp = page.context.new_cdp_session(page)
        cdp.send("WebAuthn.enable")
        made = cdp.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        open_sessions.append(cdp)
        return cdp, made["authenticatorId"]

    yield add
    for cdp in open_sessions:
        cdp.detach()


def test_app_with_codes_is_set_up_and_asked_for(world: World, door: Callable[[], Door]) -> None:
    one = door()
    page = one.page
    one.sign_in("lawyer")
    page.goto("/accounts/security/")
    one.look()
    follow(page, "Opzetten")
    one.look()
    expect(page.get_by_alt_text("QR-code om met de app te scannen")).to_be_visible()
    drawn = page.locator("img.square").evaluate("image => image.complete && image.naturalWidth > 0")
    assert drawn  # the policy lets the square be drawn
    page.get_by_text("Scannen lukt niet?").click()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    fields(page, {"Code van zes cijfers": "12"})
    press(page, "Aanzetten")
    expect(page.locator("main")).to_contain_text("Deze code klopt niet")
    fields(page, {"Code van zes cijfers": code(secret)})
    press(page, "Aanzetten")
    expect(page.get_by_role("heading", level=1)).to_have_text("Herstelcodes")
    one.look()
    codes = page.locator(".codes li").all_inner_texts()
    assert len(codes) == 10
    follow(page, "Ik heb ze bewaard")
    expect(page.locator("main")).to_contain_text("Nog 10 codes over")
    one.look()
    one.sign_out()

    one.sign_in("lawyer")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nog één stap")
    one.look()
    fields(page, {"Code van zes cijfers": code(secret, steps=1)})
    press(page, "Verder")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vandaag")
    one.sign_out()

    one.sign_in("lawyer")
    fields(page, {"Code van zes cijfers": codes[3]})
    press(page, "Verder")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vandaag")
    one.is_quiet()


def test_passkey_is_made_and_signs_in(
    world: World, door: Callable[[], Door], authenticator: Callable[[Page], Any]
) -> None:
    one = door()
    page = one.page
    cdp, device = authenticator(page)
    one.sign_in("lawyer")
    page.goto("/accounts/security/")
    follow(page, "Maken")
    one.look()
    press(page, "Passkey maken")  # without a name
    expect(page.locator("#id_name_error")).to_be_visible()
    fields(page, {"Hoe noem je deze passkey?": "Mijn telefoon"})
    press(page, "Passkey maken")
    told(page, "Je passkey is bewaard.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Herstelcodes")
    assert Passkey.objects.get().name == "Mijn telefoon"
    page.goto("/accounts/security/")
    expect(page.locator("main")).to_contain_text("Mijn telefoon")
    one.look()
    one.sign_out()

    follow(page, "Passkey gebruiken")  # no name, no password
    one.look()
    press(page, "Passkey gebruiken")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vandaag")
    one.sign_out()

    one.sign_in("lawyer")  # after the password, as a second step
    follow(page, "Passkey gebruiken")
    press(page, "Passkey gebruiken")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vandaag")

    page.goto(reverse("accounts:passkey-new"))  # this device has one already
    fields(page, {"Hoe noem je deze passkey?": "Nog eens"})
    press(page, "Passkey maken")
    expect(page.get_by_role("alert")).to_contain_text("Op dit toestel staat je passkey al")
    one.sign_out()

    cdp.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    follow(page, "Passkey gebruiken")
    press(page, "Passkey gebruiken")  # somebody else's finger
    expect(page.get_by_role("alert")).to_contain_text("Er kwam geen passkey")
    one.is_quiet()


def test_devices_are_signed_out_from_another(world: World, door: Callable[[], Door]) -> None:
    one, other = door(), door()
    for each in (one, other):
        each.sign_in("lawyer")
        expect(each.page.get_by_role("heading", level=1)).to_have_text("Vandaag")
    one.page.goto("/accounts/security/")
    expect(one.page.locator("#devices li")).to_have_count(2)
    press(one.page, "Overal elders afmelden")
    told(one.page, "Je bent overal elders afgemeld.")
    expect(one.page.locator("#devices li")).to_have_count(1)
    other.page.goto("/cases/")
    expect(other.page).to_have_url(re.compile("/accounts/login/"))
    one.is_quiet()


def test_required_role_is_led_to_set_up_first(world: World, door: Callable[[], Door], settings: Any) -> None:
    settings.SECOND_FACTOR_ROLES = ["lawyer"]
    one = door()
    one.sign_in("lawyer")
    expect(one.page.locator("main")).to_contain_text("Eerst nog een tweede stap")
    one.look()
    one.page.goto("/cases/")
    expect(one.page).to_have_url(re.compile("/accounts/security/"))
    assert not TotpDevice.objects.exists()
    one.is_quiet()
