"""What the database may keep but not read."""

import subprocess
import sys
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.conf import settings as django_settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection

from accounts.models import TotpDevice
from arsenaal.lib.encryption import (
    DEMO_KEY,
    CannotDecrypt,
    check_keys,
    decrypt,
    encrypt,
    is_under_first_key,
)
from scripts.check import DUMMY_PRODUCTION
from tests.factories import World

WORDS = "BE68 5390 0754 7034 — “straat” 🦔 ‏مرحبا"


def _new_key() -> str:
    return Fernet.generate_key().decode()


def test_encryption_gives_back_what_went_in_and_shows_nothing_of_it() -> None:
    hidden = encrypt(WORDS)
    assert decrypt(hidden) == WORDS
    assert "5390" not in hidden
    assert encrypt(WORDS) != hidden
    assert decrypt(encrypt("")) == ""


def test_encryption_refuses_what_was_changed_or_has_another_key(settings: Any) -> None:
    hidden = encrypt(WORDS)
    with pytest.raises(CannotDecrypt):
        decrypt(hidden[:-4] + "AAA=")
    with pytest.raises(CannotDecrypt):
        decrypt("geen geheim")
    settings.ENCRYPTION_KEYS = [_new_key()]
    with pytest.raises(CannotDecrypt):
        decrypt(hidden)


def test_encryption_new_key_in_front_still_opens_the_old(settings: Any) -> None:
    old = encrypt(WORDS)
    settings.ENCRYPTION_KEYS = [_new_key(), *settings.ENCRYPTION_KEYS]
    assert decrypt(old) == WORDS
    assert not is_under_first_key(old)
    assert is_under_first_key(encrypt(WORDS))


@pytest.mark.parametrize("keys", [[], ["kort"], [DEMO_KEY], [Fernet.generate_key().decode(), DEMO_KEY]])
def test_encryption_keys_that_are_missing_malformed_or_everybodys_are_refused(keys: list[str]) -> None:
    with pytest.raises(ImproperlyConfigured):
        check_keys(keys)


@pytest.mark.parametrize("keys", ["", DEMO_KEY])
def test_production_does_not_start_without_keys_of_its_own(keys: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        env={**DUMMY_PRODUCTION, "ENCRYPTION_KEYS": keys, "PATH": ""},
        cwd=django_settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
    assert run.returncode != 0
    assert "ENCRYPTION_KEYS" in run.stderr


def test_encrypted_field_is_plain_in_python_and_hidden_in_its_column(world: World) -> None:
    device = TotpDevice.objects.create(user=world.lawyer, secret="JBSWY3DPEHPK3PXP")
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM accounts_totpdevice")
        (raw,) = cursor.fetchone()
    assert "JBSWY" not in raw
    assert decrypt(raw) == "JBSWY3DPEHPK3PXP"
    device.refresh_from_db()
    assert device.secret == "JBSWY3DPEHPK3PXP"
    assert TotpDevice.objects.values_list("secret", flat=True).get() == "JBSWY3DPEHPK3PXP"


def test_encrypted_field_can_not_be_looked_up(world: World) -> None:
    with pytest.raises(FieldError):
        TotpDevice.objects.filter(secret="JBSWY3DPEHPK3PXP").exists()
    assert not TotpDevice.objects.filter(secret__isnull=False).exists()
