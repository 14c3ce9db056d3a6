"""Texts that the database may keep but not read: encrypted with keys that stand outside it.

A back-up that is lost, or a look into the tables, then gives nothing away. Keys come from `ENCRYPTION_KEYS`: the first
one encrypts, all of them decrypt, so a new key is put in front and `manage.py rotate_encryption_keys` does the rest.
Fernet (AES-128-CBC with an HMAC over it, from `cryptography`): what was changed outside the program is refused.
"""

import functools
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models

# Nobody's secret: these stand in the source. Production refuses them.
DEMO_KEY = "ZGVtby1vbmx5LW5vdC1hLXNlY3JldC1rZXktMDAwMDE="
TEST_KEY = "dGVzdC1vbmx5LW5vdC1hLXNlY3JldC1rZXktMDAwMDE="
KNOWN_KEYS = frozenset({DEMO_KEY, TEST_KEY})


class CannotDecrypt(Exception):
    """None of the keys opens this text: it was changed outside the program, or its key is gone."""


@functools.lru_cache(maxsize=8)
def _fernets(keys: tuple[str, ...]) -> tuple[Fernet, MultiFernet]:
    try:
        fernets = [Fernet(key) for key in keys]
        return fernets[0], MultiFernet(fernets)
    except (ValueError, IndexError) as error:
        raise ImproperlyConfigured(
            "ENCRYPTION_KEYS needs one or more keys of 32 random bytes in URL-safe base64, with commas between."
        ) from error


def encrypt(text: str) -> str:
    """Return the text as only the holder of a key can read it. Twice the same text gives two different results."""
    return _fernets(tuple(settings.ENCRYPTION_KEYS))[1].encrypt(text.encode()).decode()


def decrypt(text: str) -> str:
    """Return what was encrypted with any of the keys. Raises CannotDecrypt."""
    try:
        return _fernets(tuple(settings.ENCRYPTION_KEYS))[1].decrypt(text.encode()).decode()
    except InvalidToken as error:
        raise CannotDecrypt("No key of ENCRYPTION_KEYS opens this text.") from error


def is_under_first_key(text: str) -> bool:
    """Tell whether the first key opens it: then rotating has nothing to do here."""
    try:
        _fernets(tuple(settings.ENCRYPTION_KEYS))[0].decrypt(text.encode())
    except InvalidToken:
        return False
    return True


def check_keys(keys: list[str]) -> None:
    """Refuse to start without keys, with malformed ones or with those of the demo. Raises ImproperlyConfigured."""
    _fernets(tuple(keys))
    if KNOWN_KEYS & set(keys):
        raise ImproperlyConfigured(
            "ENCRYPTION_KEYS holds a key of the demo or the tests: make one of your own."
        )


class EncryptedTextField(models.TextField):
    """A text that stands encrypted in its column and is plain in Python.

    Nothing can be searched, sorted or compared on it in the database; only whether it is empty (null).
    """

    def get_prep_value(self, value: Any) -> str | None:
        """Encrypt on the way in."""
        value = super().get_prep_value(value)
        return None if value is None else encrypt(value)

    def from_db_value(self, value: str | None, *args: Any) -> str | None:
        """Decrypt on the way out."""
        return None if value is None else decrypt(value)

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse what can't work: the same text is never encrypted the same way twice."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: it can't be looked up.")
        return super().get_lookup(lookup_name)
