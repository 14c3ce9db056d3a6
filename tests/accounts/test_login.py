"""The door: in, out, locked."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD, World

LOGIN = "/accounts/login/"


def test_login_goes_on_to_where_one_was_going(world: World, client: Client) -> None:
    asked = client.get(reverse("accounts:profile"))
    assert asked.url == f"{LOGIN}?next=/accounts/profile/"
    page = client.get(asked.url).content.decode()
    assert 'name="next" value="/accounts/profile/"' in page
    answer = client.post(
        LOGIN, {"username": "coordinator", "password": PASSWORD, "next": "/accounts/profile/"}
    )
    assert answer.url == "/accounts/profile/"


def test_login_never_leads_to_another_site(world: World, client: Client) -> None:
    answer = client.post(
        LOGIN, {"username": "coordinator", "password": PASSWORD, "next": "https://elders.example/"}
    )
    assert answer.url == "/"


def test_wrong_password_says_what_to_do(world: World, client: Client) -> None:
    answer = client.post(LOGIN, {"username": "coordinator", "password": "verkeerd"})
    unknown = client.post(LOGIN, {"username": "niemand", "password": "verkeerd"})
    assert answer.status_code == unknown.status_code == 422
    for page in (answer, unknown):
        assert "horen niet samen" in page.content.decode()


def test_five_wrong_passwords_lock_the_door_for_a_while(world: World, client: Client) -> None:
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        answer = client.post(LOGIN, {"username": "coordinator", "password": "verkeerd"})
    assert answer.status_code == 429
    page = answer.content.decode()
    assert "Over 15 minuten" in page
    assert "beheerder" in page
    assert client.post(LOGIN, {"username": "coordinator", "password": PASSWORD}).status_code == 429
    assert client.post(LOGIN, {"username": "lawyer", "password": PASSWORD}).status_code == 302


def test_demo_accounts_are_shown_in_the_demo_only(db: None, client: Client, settings: Any) -> None:
    settings.IS_DEMO = True
    assert "opbouwwerker" in client.get(LOGIN).content.decode()
    settings.IS_DEMO = False
    page = client.get(LOGIN).content.decode()
    assert "opbouwwerker" not in page
    assert "arsenaal-demo" not in page


def test_logout_is_a_post_and_leads_to_the_door(world: World, login: Any) -> None:
    client = login(world.manager)
    assert client.get(reverse("accounts:logout")).status_code == 405
    assert client.post(reverse("accounts:logout")).url == LOGIN
    assert client.get(reverse("accounts:profile")).status_code == 302


@pytest.mark.parametrize("name", ["login", "profile"])
def test_pages_allow_nothing_inline(world: World, login: Any, name: str) -> None:
    client = Client() if name == "login" else login(world.coordinator)
    policy = client.get(reverse(f"accounts:{name}")).headers["Content-Security-Policy"]
    parts = {part.strip() for part in policy.split(";")}  # in no fixed order
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'"} <= parts
    assert "unsafe" not in policy


def test_the_door_speaks_dutch_whatever_the_browser(client: Client, db: None) -> None:
    page = client.get(reverse("accounts:login"), headers={"accept-language": "en-US,en"}).content.decode()
    assert '<html lang="nl"' in page
    assert "Aanmelden" in page
