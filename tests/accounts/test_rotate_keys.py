"""A new key in front: everything is encrypted again, in batches, also when it is stopped half-way."""

import io
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.actions import rotate_keys
from accounts.models import TotpDevice
from arsenaal.lib.encryption import is_under_first_key
from tests.factories import World


@pytest.fixture
def secrets(world: World) -> dict[int, str]:
    """Seven secrets under the old key, by id."""
    users = list(world.users.values())[:7]
    made = [
        TotpDevice.objects.create(user=user, secret=f"SECRET{n}AAAAAAAAA") for n, user in enumerate(users)
    ]
    return {device.pk: device.secret for device in made}


def _raw() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM accounts_totpdevice ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def _rotate(**options: Any) -> str:
    out = io.StringIO()
    call_command("rotate_encryption_keys", stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def test_rotation_moves_everything_to_the_first_key(secrets: dict[int, str], settings: Any) -> None:
    old = settings.ENCRYPTION_KEYS
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode(), *old]
    assert "TotpDevice.secret: 7 encrypted again" in _rotate(batch=3)
    assert all(is_under_first_key(text) for text in _raw())
    settings.ENCRYPTION_KEYS = settings.ENCRYPTION_KEYS[:1]  # the old key can go
    assert dict(TotpDevice.objects.values_list("pk", "secret")) == secrets
    assert "TotpDevice.secret: 0 encrypted again" in _rotate()


def test_rotation_that_was_stopped_goes_on_where_it_was(
    secrets: dict[int, str], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode(), *settings.ENCRYPTION_KEYS]
    store, done = rotate_keys._store, []

    def stop_after_four(*args: Any) -> None:
        if len(done) == 4:
            raise KeyboardInterrupt
        done.append(store(*args))

    monkeypatch.setattr(rotate_keys, "_store", stop_after_four)
    with pytest.raises(KeyboardInterrupt):
        _rotate(batch=2)
    assert sum(is_under_first_key(text) for text in _raw()) == 4
    monkeypatch.setattr(rotate_keys, "_store", store)
    assert "3 encrypted again" in _rotate(batch=2)
    assert dict(TotpDevice.objects.values_list("pk", "secret")) == secrets


def test_rotation_says_what_no_key_opens(secrets: dict[int, str], settings: Any) -> None:
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    before = _raw()
    with pytest.raises(CommandError, match="keep the old keys"):
        _rotate()
    assert _raw() == before
