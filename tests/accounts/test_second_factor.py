"""The second step: set up, asked for, required by role, guessed at, replayed."""

import datetime as dt
import threading
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import totp
from accounts.actions.second_factor import check_code
from accounts.models import RecoveryCode, SecondFactorGuard, TotpDevice
from accounts.signin import check_settings
from tests.accounts.signin import (
    CODE,
    LOGIN,
    SECURITY,
    code,
    is_in,
    key_of,
    password,
    with_app,
    with_codes,
    wrong,
)
from tests.factories import World

# RFC 6238, appendix B: the secret "12345678901234567890" with SHA-1, and the last six of the eight figures.
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RFC_CODES = ((59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130"))


@pytest.mark.parametrize(("seconds", "expected"), RFC_CODES)
def test_totp_gives_the_codes_of_the_standard(seconds: int, expected: str) -> None:
    assert totp.code_at(RFC_SECRET, dt.datetime.fromtimestamp(seconds, tz=dt.UTC)) == expected


def test_app_is_set_up_with_its_first_code_and_asked_for_from_then_on(world: World, login: Any) -> None:
    client, url = login(world.lawyer), reverse("accounts:totp-setup")
    page = client.get(url)
    secret = page.context["secret"].replace(" ", "")
    assert page.context["square"].startswith("data:image/svg+xml")
    refused = client.post(url, {"code": wrong(secret)})
    assert refused.status_code == 422
    assert "klopt niet" in refused.content.decode()
    assert not TotpDevice.objects.exists()
    assert client.get(url).context["secret"].replace(" ", "") == secret  # the app needn't scan again
    done = client.post(url, {"code": code(secret)}, follow=True)
    assert len(done.context["codes"]) == 10
    assert TotpDevice.objects.get().secret == secret
    assert secret not in str(dict(client.session))
    again = Client()
    assert password(again, "lawyer").url == CODE
    assert not is_in(again)
    assert again.post(CODE, {"code": code(secret, steps=1)}).url == "/"
    assert is_in(again)


def test_recovery_codes_are_shown_once_and_each_works_once(world: World, login: Any) -> None:
    client = login(world.lawyer)
    codes = with_codes(world.lawyer)
    client.post(reverse("accounts:recovery-codes"))
    shown = client.get(reverse("accounts:recovery-codes")).context["codes"]
    assert len(shown) == 10
    assert client.get(reverse("accounts:recovery-codes")).context["codes"] == []
    for typed, works in (
        (codes[0], False),  # the earlier ones stopped working
        (shown[0].upper().replace("-", " "), True),
        (shown[0], False),
        (shown[1], True),
    ):
        guest = Client()
        password(guest, "lawyer")
        guest.post(CODE, {"code": typed})
        assert is_in(guest) is works
    assert RecoveryCode.objects.filter(used_at__isnull=True).count() == 8
    assert not RecoveryCode.objects.filter(code_hash__contains=shown[2][:4]).exists()


def test_second_step_goes_on_to_where_one_was_going(world: World) -> None:
    secret, client = with_app(world.lawyer), Client()
    password(client, "lawyer", next="/accounts/profile/")
    assert client.post(CODE, {"code": code(secret)}).url == "/accounts/profile/"


def test_second_step_without_password_leads_to_the_door(world: World) -> None:
    with_app(world.lawyer)
    assert Client().get(CODE).url == LOGIN
    assert Client().post(CODE, {"code": "123456"}).url == LOGIN


def test_second_step_waits_ten_minutes_and_no_new_password(world: World) -> None:
    secret, client = with_app(world.lawyer), Client()
    password(client, "lawyer")
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11)):
        assert client.post(CODE, {"code": code(secret)}).url == LOGIN
    password(client, "lawyer")
    world.lawyer.set_password("heel-iets-anders")
    world.lawyer.save()
    assert client.post(CODE, {"code": code(secret)}).url == LOGIN


# --- required by role ----------------------------------------------------------------------------------------------
def test_required_role_without_second_step_sets_one_up_before_anything_else(
    world: World, settings: Any
) -> None:
    settings.SECOND_FACTOR_ROLES = ["lawyer"]
    client = Client()
    password(client, "lawyer")
    for url in ("/", "/cases/", "/search/?q=jef", "/accounts/profile/", "/accounts/security/devices/end/"):
        assert client.get(url).url == SECURITY, url
    assert client.get("/search/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == SECURITY
    page = client.get(SECURITY).content.decode()
    assert "Eerst nog een tweede stap" in page
    url = reverse("accounts:totp-setup")
    secret = client.get(url).context["secret"].replace(" ", "")
    client.post(url, {"code": code(secret)})
    assert client.get("/cases/").status_code == 200
    assert "Eerst nog een tweede stap" not in client.get(SECURITY).content.decode()


def test_required_role_keeps_its_only_second_step(world: World, settings: Any) -> None:
    settings.SECOND_FACTOR_ROLES = ["all"]
    secret, client = with_app(world.lawyer), Client()
    password(client, "lawyer")
    client.post(CODE, {"code": code(secret)})
    page = client.post(reverse("accounts:totp-remove"), follow=True).content.decode()
    assert "Je rol vraagt een tweede stap" in page
    assert TotpDevice.objects.exists()


def test_required_role_with_a_session_from_before_shows_it_first(
    world: World, settings: Any, login: Any
) -> None:
    client = login(world.lawyer)
    with_app(world.lawyer)
    settings.SECOND_FACTOR_ROLES = ["lawyer"]
    assert client.get("/cases/").url == LOGIN
    assert not is_in(client)


def test_other_roles_sign_in_with_their_password_alone(world: World, settings: Any) -> None:
    settings.SECOND_FACTOR_ROLES = ["lawyer"]
    client = Client()
    assert password(client, "community_worker").url == "/"
    assert client.get("/cases/").status_code == 200


def test_app_that_is_taken_away_is_asked_no_more(world: World, login: Any) -> None:
    client = login(world.lawyer)
    with_codes(world.lawyer)
    client.post(reverse("accounts:totp-remove"))
    assert not TotpDevice.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert password(Client(), "lawyer").url == "/"


def test_administrator_sees_which_roles_need_it_and_who_has_none(
    world: World, settings: Any, login: Any
) -> None:
    settings.SECOND_FACTOR_ROLES = ["lawyer", "coordinator"]
    with_app(world.lawyer)
    rows = {
        row["role"].value: row
        for row in login(world.administrator).get(reverse("accounts:sign-in-rules")).context["rows"]
    }
    assert (rows["lawyer"]["is_asked"], rows["lawyer"]["have"], rows["lawyer"]["lack"]) == (True, 1, [])
    # The coordinator of the other neighbourhood isn't counted.
    assert (rows["coordinator"]["count"], rows["coordinator"]["lack"]) == (1, [str(world.coordinator)])
    assert not rows["manager"]["is_asked"]


# --- attacks -------------------------------------------------------------------------------------------------------
def test_attack_code_that_was_used_never_works_again(world: World) -> None:
    secret = with_app(world.lawyer)
    first, second = Client(), Client()
    now = code(secret)
    password(first, "lawyer")
    first.post(CODE, {"code": now})
    password(second, "lawyer")
    answer = second.post(CODE, {"code": now})
    assert answer.status_code == 422
    assert "al gebruikt" in answer.content.decode()
    older = second.post(CODE, {"code": code(secret, steps=-1)})
    assert older.status_code == 422
    assert not is_in(second)


def test_attack_code_is_right_for_a_minute_and_a_half_at_most(world: World) -> None:
    secret = with_app(world.lawyer)
    for steps in (-2, 2, 10):
        assert not check_code(user=world.lawyer, code=code(secret, steps=steps)).method
    assert check_code(user=world.lawyer, code=code(secret, steps=1)).method == "totp"


@pytest.mark.parametrize("guess", ["wrong", "recovery", "", "a" * 20_000, "\x00", "١٢٣٤٥٦", "<b>🦔</b>"])
def test_attack_guessing_codes_locks_the_door(world: World, guess: str) -> None:
    secret, client = with_app(world.lawyer), Client()
    guess = {"wrong": wrong(secret), "recovery": "abcd-efgh-ijkm-npqr"}.get(guess, guess)
    password(client, "lawyer")
    statuses = [client.post(CODE, {"code": guess}).status_code for _n in range(5)]
    assert set(statuses) <= {422, 429}
    if 0 < len(guess) <= 40 and "\x00" not in guess:
        assert statuses == [422] * 4 + [429]
        assert client.post(CODE, {"code": code(secret)}).status_code == 429
        # Also with the password again, and from another address.
        other = Client(REMOTE_ADDR="192.0.2.7")
        password(other, "lawyer")
        locked = other.post(CODE, {"code": code(secret)})
        assert locked.status_code == 429
        assert "15 minuten" in locked.content.decode()
        assert not is_in(other)


def test_attack_guessing_on_gets_slower_and_a_right_code_starts_anew(world: World) -> None:
    secret, now, waits = with_app(world.lawyer), timezone.now(), []
    for _round in range(4):
        for _n in range(5):
            checked = check_code(user=world.lawyer, code="000000x", now=now)
        assert checked.locked_until is not None
        waits.append(round((checked.locked_until - now).total_seconds() / 60))
        # While it is locked nothing is looked at, nor counted.
        assert not check_code(user=world.lawyer, code=totp.code_at(secret, now), now=now).method
        now = checked.locked_until + dt.timedelta(seconds=1)
    assert waits == [15, 30, 60, 120]
    assert check_code(user=world.lawyer, code=totp.code_at(secret, now), now=now).method == "totp"
    assert SecondFactorGuard.objects.get().failures == 0


def test_attack_wrong_codes_and_wrong_passwords_count_together(world: World) -> None:
    secret, client = with_app(world.lawyer), Client()
    for _n in range(3):
        client.post(LOGIN, {"username": "lawyer", "password": "verkeerd"})
    password(client, "lawyer")
    assert client.post(CODE, {"code": wrong(secret)}).status_code == 422
    assert client.post(CODE, {"code": wrong(secret)}).status_code == 429
    assert password(client, "lawyer").status_code == 429


def test_attack_session_has_a_new_key_after_each_step(world: World) -> None:
    secret, client = with_app(world.lawyer), Client()
    client.get(reverse("accounts:oidc-login"))
    client.get("/accounts/login/passkey/")  # a session that an attacker could have put there
    keys = [key_of(client)]
    password(client, "lawyer")
    keys.append(key_of(client))
    client.post(CODE, {"code": code(secret)})
    keys.append(key_of(client))
    assert len(set(keys)) == 3
    thief = Client()
    for old in keys[:2]:
        thief.cookies["arsenaal_session"] = old
        assert not is_in(thief)


def test_attack_code_of_a_colleague_opens_nothing(world: World) -> None:
    with_app(world.lawyer)
    theirs, client = with_app(world.coordinator), Client()
    password(client, "lawyer")
    assert client.post(CODE, {"code": code(theirs)}).status_code == 422


def test_attack_setting_up_after_a_while_asks_the_password_again(world: World, login: Any) -> None:
    client = login(world.lawyer)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=16)):
        for name in ("totp-setup", "passkey-new", "recovery-codes"):
            url = reverse(f"accounts:{name}")
            assert client.get(url).url == f"/accounts/security/confirm/?next={url.replace('/', '%2F')}"
        assert "confirm" in client.post(reverse("accounts:totp-remove")).url
        confirm = reverse("accounts:confirm")
        assert client.post(confirm, {"password": "verkeerd"}).status_code == 422
        assert (
            client.post(confirm + "?next=https://elders.example/", {"password": "arsenaal-demo"}).url
            == SECURITY
        )
        assert client.get(reverse("accounts:totp-setup")).status_code == 200


def test_attack_confirming_by_guessing_locks(world: World, login: Any) -> None:
    client = login(world.lawyer)
    statuses = [
        client.post(reverse("accounts:confirm"), {"password": f"gok{n}"}).status_code for n in range(5)
    ]
    assert statuses == [422] * 4 + [429]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECOND_FACTOR_ROLES", ["lawyers"]),
        ("OIDC_ROLES", {"x": [["ARS", "baas"]]}),
        ("OIDC_ROLES", {"x": ["ARS"]}),
        ("OIDC_ROLES", []),
        ("KNOWN_NETWORKS", {"stadhuis": ["10.1.0.0/99"]}),
    ],
)
def test_setting_with_a_typing_error_stops_the_start(settings: Any, name: str, value: Any) -> None:
    setattr(settings, name, value)
    with pytest.raises(ImproperlyConfigured):
        check_settings()


def test_settings_as_in_the_readme_start(settings: Any) -> None:
    settings.SECOND_FACTOR_ROLES = ["all", "administrator"]
    settings.OIDC_ROLES = {"wijkteam-jurist": [["ARS", "lawyer"]]}
    settings.KNOWN_NETWORKS = {"stadhuis": ["10.1.0.0/16", "2001:db8::/32"]}
    check_settings()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["app", "paper"])
def test_attack_one_code_in_several_browsers_at_once_opens_one(transactional_db: None, kind: str) -> None:
    user = World.build().lawyer
    codes = with_codes(user)
    one = codes[0] if kind == "paper" else code(TotpDevice.objects.get().secret)
    answers: list[str] = []

    def run() -> None:
        try:
            answers.append(check_code(user=user, code=one).method)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(answers) == [""] * 5 + ["recovery" if kind == "paper" else "totp"]


@pytest.mark.django_db(transaction=True)
def test_attack_guesses_that_come_at_once_are_all_counted(transactional_db: None) -> None:
    user = World.build().lawyer
    secret = with_app(user)

    def run() -> None:
        try:
            check_code(user=user, code="no")
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert SecondFactorGuard.objects.get().failures == 5  # then it was locked
    assert not check_code(user=user, code=code(secret)).method
