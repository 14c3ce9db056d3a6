"""Passkeys: made, used, taken away; and what a forged, copied or borrowed one gets."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Passkey
from tests.accounts.signin import (
    CODE,
    LOGIN,
    PASSKEY,
    Authenticator,
    add_passkey,
    is_in,
    key_of,
    password,
    use_passkey,
    with_app,
)
from tests.factories import World

NEW = "/accounts/security/passkeys/new/"


@pytest.fixture
def device(world: World, login: Any) -> Authenticator:
    """The lawyer's phone, with a passkey in it."""
    device = Authenticator()
    assert add_passkey(login(world.lawyer), device).status_code == 302
    world.lawyer.refresh_from_db()  # the others of his sessions ended
    return device


def test_passkey_signs_in_without_name_or_password(world: World, device: Authenticator) -> None:
    client = Client()
    assert use_passkey(client, device).url == "/"
    assert is_in(client)
    assert client.session["second_factor"] == "passkey"
    kept = Passkey.objects.get()
    assert kept.sign_count == 1
    assert kept.last_used_at is not None


def test_passkey_is_a_second_step_as_well(world: World, device: Authenticator) -> None:
    client = Client()
    assert password(client, "lawyer", next="/accounts/profile/").url == CODE
    assert "Passkey gebruiken" in client.get(CODE).content.decode()
    assert use_passkey(client, device).url == "/accounts/profile/"
    assert is_in(client)


def test_first_passkey_comes_with_recovery_codes_and_ends_other_sessions(world: World, login: Any) -> None:
    other = Client()
    password(other, "lawyer")
    answer = add_passkey(login(world.lawyer), Authenticator())
    assert answer.url == reverse("accounts:recovery-codes")
    assert not is_in(other)


def test_passkey_that_is_removed_opens_nothing(world: World, device: Authenticator, login: Any) -> None:
    client = login(world.lawyer)
    client.post(reverse("accounts:passkey-remove", args=[Passkey.objects.get().pk]))
    assert not Passkey.objects.exists()
    guest = Client()
    assert use_passkey(guest, device).status_code == 422
    assert not is_in(guest)


def test_passkey_of_somebody_who_may_not_sign_in_opens_nothing(world: World, device: Authenticator) -> None:
    world.lawyer.is_active = False
    world.lawyer.save()
    assert use_passkey(Client(), device).status_code == 422


def test_passkey_needs_a_name_and_is_kept_once(world: World, device: Authenticator, login: Any) -> None:
    client = login(world.lawyer)
    assert client.post(NEW, {"name": "", "answer": ""}).status_code == 422
    twice = add_passkey(client, device)
    assert twice.status_code == 422
    assert "al bewaard" in twice.content.decode()


def test_tenth_passkey_is_the_last(world: World, login: Any) -> None:
    for n in range(10):
        Passkey.objects.create(user=world.lawyer, name=str(n), credential_id=bytes([n]), credential=b"x")
    answer = add_passkey(login(world.lawyer), Authenticator())
    assert "al tien passkeys" in answer.content.decode()


# --- attacks -------------------------------------------------------------------------------------------------------
def test_attack_passkey_of_another_is_no_second_step(world: World, device: Authenticator) -> None:
    with_app(world.coordinator)
    client = Client()
    password(client, "coordinator")
    assert use_passkey(client, device).status_code == 422
    assert not is_in(client)


def test_attack_passkey_with_the_name_of_another_user_in_it(world: World, device: Authenticator) -> None:
    client = Client()
    answer = use_passkey(client, device, handle=f"arsenaal-{world.administrator.pk}".encode())
    assert answer.status_code == 422
    assert not is_in(client)


def test_attack_passkey_of_a_colleague_can_not_be_removed(
    world: World, device: Authenticator, login: Any
) -> None:
    url = reverse("accounts:passkey-remove", args=[Passkey.objects.get().pk])
    assert login(world.coordinator).post(url).status_code == 404
    assert Passkey.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"origin": "https://arsenaal.elders.example"},
        {"origin": "http://testserver.elders.example"},
        {"domain": "elders.example"},
        {"flags": 0x01},  # nobody was checked
        {"flags": 0x04},  # nobody was there
    ],
    ids=["other site", "lookalike", "other domain", "not verified", "not present"],
)
def test_attack_passkey_for_another_place_or_without_anybody(
    world: World, device: Authenticator, change: dict[str, Any]
) -> None:
    for name, value in change.items():
        setattr(device, name, value)
    client = Client()
    assert use_passkey(client, device).status_code == 422
    assert not is_in(client)


def test_attack_passkey_signed_with_another_key(world: World, device: Authenticator) -> None:
    forged = Authenticator(credential_id=device.credential_id, handle=device.handle)
    client = Client()
    assert use_passkey(client, forged).status_code == 422
    assert not is_in(client)


def test_attack_answer_is_taken_once_and_only_for_its_own_question(
    world: World, device: Authenticator
) -> None:
    first, second = Client(), Client()
    options = json.loads(first.get(PASSKEY).context["options"])
    answer = device.get(options)
    second.get(PASSKEY)
    assert second.post(PASSKEY, {"answer": answer}).status_code == 422  # another question
    assert first.post(PASSKEY, {"answer": answer}).status_code == 302
    first.post("/accounts/logout/")
    assert first.post(PASSKEY, {"answer": answer}).status_code == 422  # nothing was asked
    assert not is_in(first)
    assert not is_in(second)


def test_attack_copied_passkey_whose_counter_stands_still(world: World, device: Authenticator) -> None:
    assert use_passkey(Client(), device).status_code == 302
    device.count -= 1
    client = Client()
    assert use_passkey(client, device).status_code == 422
    assert not is_in(client)


@pytest.mark.parametrize(
    "answer",
    ["", "{}", "[]", "null", "geen json", '{"rawId": 7}', '{"rawId": "AAAA"}', "[" * 5000, '{"rawId": "é"}'],
)
def test_attack_nonsense_instead_of_an_answer(world: World, login: Any, answer: str) -> None:
    client = Client()
    client.get(PASSKEY)
    assert client.post(PASSKEY, {"answer": answer}).status_code == 422
    inside = login(world.lawyer)
    inside.get(NEW)
    assert inside.post(NEW, {"name": "x", "answer": answer}).status_code == 422
    assert not Passkey.objects.exists()


def test_attack_session_has_a_new_key_after_a_passkey(world: World, device: Authenticator) -> None:
    client = Client()
    client.get(PASSKEY)
    before = key_of(client)
    use_passkey(client, device)
    assert key_of(client) != before


def test_page_for_a_passkey_tells_nobody_who_has_one(world: World, device: Authenticator) -> None:
    options = json.loads(Client().get(f"{PASSKEY}?username=lawyer").context["options"])
    assert not options.get("allowCredentials")
    assert options["userVerification"] == "required"
    assert Client().get(LOGIN).status_code == 200
