"""What somebody tries at the door who has no business here."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse

from tests.accounts.signin import (
    CODE,
    LOGIN,
    Authenticator,
    add_passkey,
    code,
    is_in,
    key_of,
    password,
    with_app,
)
from tests.factories import PASSWORD, World

ELSEWHERE = (
    "https://elders.example/",
    "//elders.example/",
    "///elders.example",
    "/\\elders.example",
    "http:elders.example",
    "javascript:alert(1)",
    "\thttps://elders.example",
    "https://testserver@elders.example/",
)


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each time that a password is really hashed: the dear work, that takes the time."""
    done: list[str] = []
    encode = MD5PasswordHasher.encode

    def counting(self: MD5PasswordHasher, given: str, salt: str) -> str:
        done.append(given)
        return encode(self, given, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    return done


def _asked(username: str) -> tuple[int, str]:
    """Status and words of the answer to a wrong password."""
    answer = Client().post(LOGIN, {"username": username, "password": "verkeerd"})
    form = answer.context["form"]
    return answer.status_code, str(form.non_field_errors())


@pytest.mark.parametrize("username", ["bestaat-niet", "lawyer", "LAWYER", "manager", "partner"])
def test_attack_nobody_learns_who_has_an_account(world: World, hashed: list[str], username: str) -> None:
    """Unknown, known, closed or without a password: the same words, the same status, the same work."""
    world.manager.is_active = False
    world.manager.save()
    world.partner.set_unusable_password()
    world.partner.save()
    expected = _asked("coordinator")
    work = len(hashed)
    hashed.clear()
    assert _asked(username) == expected
    assert expected[0] == 422
    assert len(hashed) == work == 1


def test_attack_closed_account_says_the_same_with_its_right_password(world: World) -> None:
    world.manager.is_active = False
    world.manager.save()
    answer = password(Client(), "manager")
    assert answer.status_code == 422
    assert "horen niet samen" in answer.content.decode()


def test_attack_unknown_names_are_locked_like_known_ones(world: World) -> None:
    for username in ("bestaat-niet", "lawyer"):
        client = Client()
        statuses = [
            client.post(LOGIN, {"username": username, "password": f"gok{n}"}).status_code for n in range(6)
        ]
        assert statuses == [422] * 4 + [429] * 2, username


@pytest.mark.parametrize("target", ELSEWHERE)
def test_attack_no_way_in_leads_to_another_site(world: World, login: Any, target: str) -> None:
    assert password(Client(), "lawyer", next=target).url == "/"
    assert Client().post(f"{LOGIN}?next={target}", {"username": "lawyer", "password": PASSWORD}).url == "/"
    secret, client = with_app(world.coordinator), Client()
    password(client, "coordinator", next=target)
    assert client.post(CODE, {"code": code(secret)}).url == "/"
    inside = login(world.lawyer)
    confirm = reverse("accounts:confirm")
    assert inside.post(f"{confirm}?next={target}", {"password": PASSWORD}).url == "/accounts/security/"


def test_attack_session_from_before_is_another_after(world: World) -> None:
    client = Client()
    client.get("/accounts/login/passkey/")  # makes a session for a stranger
    before = key_of(client)
    password(client, "lawyer")
    assert key_of(client) != before
    thief = Client()
    thief.cookies[django_settings.SESSION_COOKIE_NAME] = before
    assert not is_in(thief)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("login", {"username": "lawyer", "password": PASSWORD}),
        ("second-step", {"code": "123456"}),
        ("passkey-login", {"answer": "{}"}),
        ("logout", {}),
        ("confirm", {"password": PASSWORD}),
        ("totp-setup", {"code": "123456"}),
        ("totp-remove", {}),
        ("passkey-new", {"name": "x", "answer": "{}"}),
        ("recovery-codes", {}),
        ("devices-end", {}),
        ("oidc-link", {}),
    ],
)
def test_attack_form_from_another_site_is_refused(world: World, name: str, data: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    is_door = name in ("login", "second-step", "passkey-login")
    if name == "second-step":
        with_app(world.lawyer)
        client.handler.enforce_csrf_checks = False
        password(client, "lawyer")
        client.handler.enforce_csrf_checks = True
    elif not is_door:
        client.force_login(world.lawyer, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(reverse(f"accounts:{name}"), data, headers={"origin": "https://elders.example"})
    assert answer.status_code == 403
    assert is_in(client) is not is_door


def _by_password(client: Client, world: World) -> None:
    client.post(
        reverse("accounts:password-change"),
        {
            "old_password": PASSWORD,
            "new_password1": "een-nieuw-woord-7",
            "new_password2": "een-nieuw-woord-7",
        },
    )


def _everywhere(client: Client, world: World) -> None:
    client.post(reverse("accounts:devices-end"))


def _by_passkey(client: Client, world: World) -> None:
    add_passkey(client, Authenticator())


@pytest.mark.parametrize("end", [_by_password, _everywhere, _by_passkey])
def test_attack_stolen_session_ends_with_the_others(
    world: World, end: Callable[[Client, World], None]
) -> None:
    mine, other, stolen = Client(), Client(), Client()
    password(mine, "lawyer")
    password(other, "lawyer")
    stolen.cookies[django_settings.SESSION_COOKIE_NAME] = key_of(mine)
    assert is_in(other)
    assert is_in(stolen)
    end(mine, world)
    assert is_in(mine)
    assert not is_in(other)
    assert not is_in(stolen)  # a copy of my own cookie: it has another key now


def test_attack_closing_an_account_ends_its_sessions(world: World) -> None:
    client = Client()
    password(client, "lawyer")
    world.lawyer.is_active = False
    world.lawyer.save()
    assert not is_in(client)
