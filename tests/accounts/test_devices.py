"""Where one is signed in: seen, recognised, ended."""

import uuid
from typing import Any

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import DeviceSession
from accounts.sessions import device_in_words
from tests.accounts.signin import LOGIN, SECURITY, is_in, key_of, password
from tests.factories import World

PHONE = (
    "Mozilla/5.0 (Linux; Android 14; SM-G991B) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/131.0.0.0 Mobile Safari/537.36"
)
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"


def _signed_in(agent: str, **more: Any) -> Client:
    client = Client(headers={"user-agent": agent}, **more)
    password(client, "lawyer")
    return client


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, "Chrome · Android"),
        (LAPTOP, "Firefox · Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1) AppleWebKit/605 Version/18.1 Safari/604.1",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/131.0 Safari/537.36 Edg/131.0", "Edge · Windows"),
        ("curl/8", ""),
        ("", ""),
        ("<script>🦔" * 400, ""),
    ],
)
def test_device_is_told_as_people_call_it(agent: str, words: str) -> None:
    assert device_in_words(agent) == words


def test_devices_are_listed_with_the_one_in_hand(world: World) -> None:
    phone, laptop = _signed_in(PHONE, REMOTE_ADDR="203.0.113.9"), _signed_in(LAPTOP)
    page = laptop.get(SECURITY).content.decode()
    assert "Chrome · Android" in page
    assert "Firefox · Windows" in page
    assert page.count("dit toestel<") == 1
    assert "netwerk: hier" in page  # of the laptop; that of the phone isn't known
    assert page.count("netwerk: ") == page.count("netwerk: hier") == 1
    assert "203.0.113.9" not in page
    assert is_in(phone)


def test_no_address_of_the_internet_is_kept(world: World) -> None:
    client = _signed_in(PHONE, REMOTE_ADDR="203.0.113.9")
    client.get(SECURITY)
    session = DeviceSession.objects.get(user=world.lawyer)
    kept = f"{session.get_decoded()} {session.device} {session.place}"
    assert "203.0" not in kept
    assert "SM-G991B" not in kept


def test_one_device_is_signed_out_from_another(world: World) -> None:
    phone, laptop = _signed_in(PHONE), _signed_in(LAPTOP)
    row = DeviceSession.objects.get(device="Chrome · Android")
    page = laptop.post(reverse("accounts:device-end", args=[row.uuid]), follow=True).content.decode()
    assert "afgemeld" in page
    assert not is_in(phone)
    assert is_in(laptop)
    again = laptop.post(reverse("accounts:device-end", args=[row.uuid]), follow=True).content.decode()
    assert "was al afgemeld" in again


def test_device_in_hand_is_left_by_signing_out(world: World) -> None:
    laptop = _signed_in(LAPTOP)
    row = DeviceSession.objects.get(user=world.lawyer)
    laptop.post(reverse("accounts:device-end", args=[row.uuid]))
    assert is_in(laptop)
    laptop.post(reverse("accounts:logout"))
    assert not DeviceSession.objects.filter(user=world.lawyer).exists()


def test_attack_device_of_a_colleague_stays_signed_in(world: World, login: Any) -> None:
    phone = _signed_in(PHONE)
    row = DeviceSession.objects.get(user=world.lawyer)
    attacker = login(world.coordinator)
    attacker.post(reverse("accounts:device-end", args=[row.uuid]))
    attacker.post(reverse("accounts:device-end", args=[uuid.uuid4()]))
    attacker.post(reverse("accounts:devices-end"))
    assert is_in(phone)


def test_attack_own_page_shows_nobody_elses_devices(world: World, login: Any) -> None:
    _signed_in(PHONE)
    assert "Chrome · Android" not in login(world.coordinator).get(SECURITY).content.decode()


def test_key_of_a_session_stands_on_no_page(world: World) -> None:
    phone, laptop = _signed_in(PHONE), _signed_in(LAPTOP)
    page = laptop.get(SECURITY).content.decode()
    assert key_of(phone) not in page
    assert key_of(laptop) not in page


def test_session_that_was_ended_while_it_worked_does_not_come_back(world: World) -> None:
    phone = _signed_in(PHONE)
    session = phone.session  # as a request that is under way has it
    laptop = _signed_in(LAPTOP)
    laptop.post(reverse("accounts:devices-end"))
    with pytest.raises(UpdateError):
        session.save()
    assert not is_in(phone)


def test_page_costs_the_same_with_more_devices(world: World) -> None:
    laptop = _signed_in(LAPTOP)
    laptop.get(SECURITY)
    with CaptureQueriesContext(connection) as few:
        laptop.get(SECURITY)
    for _n in range(5):
        _signed_in(PHONE)
    with CaptureQueriesContext(connection) as many:
        laptop.get(SECURITY)
    assert len(many) == len(few)


def test_door_opens_for_nobody_in_an_ended_session(world: World) -> None:
    phone = _signed_in(PHONE)
    DeviceSession.objects.all().delete()
    assert phone.get("/cases/").url.startswith(LOGIN)
