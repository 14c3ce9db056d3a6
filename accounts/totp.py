"""The arithmetic of codes that change every half minute (RFC 6238) and of recovery codes. Knows no model."""

import base64
import datetime as dt
import hashlib
import secrets

import segno
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

STEP_SECONDS = 30
DIGITS = 6
# A clock may be half a minute off, and typing takes time: one step back, one ahead.
_DRIFT = (0, -1, 1)
_RECOVERY_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # 32 of them, none that looks like another
_RECOVERY_LENGTH = 16  # 16 × 5 bits = 80: can't be guessed, also not from the hash


def new_secret() -> str:
    """Return a new secret of 160 bits, in base32 as apps want it."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, now: dt.datetime) -> str:
    """Return the code that an app with this secret shows at this moment."""
    return _totp(secret).generate(now.timestamp()).decode()


def matching_step(secret: str, code: str, now: dt.datetime) -> int | None:
    """Return the half minute to which this code belongs, or None when it belongs to none near now."""
    here = int(now.timestamp()) // STEP_SECONDS
    for drift in _DRIFT:
        expected = _totp(secret).generate((here + drift) * STEP_SECONDS)
        if secrets.compare_digest(expected, code.encode()):
            return here + drift
    return None


def uri(secret: str, username: str, issuer: str) -> str:
    """Return the address that an app reads from the square."""
    return _totp(secret).get_provisioning_uri(username, issuer)


def square(text: str) -> str:
    """Return a QR code as an image that fits in an address (data:)."""
    return str(
        segno.make(text, error="m", micro=False).svg_data_uri(scale=5, border=3, light="#fff", dark="#000")
    )


def new_recovery_code() -> str:
    """Return a new recovery code, in four groups of four."""
    letters = "".join(secrets.choice(_RECOVERY_LETTERS) for _n in range(_RECOVERY_LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, _RECOVERY_LENGTH, 4))


def recovery_hash(code: str) -> str:
    """Return what is kept of a recovery code, however its groups were typed."""
    return hashlib.sha256(tidy(code).encode()).hexdigest()


def tidy(code: str) -> str:
    """Return a typed code without spaces and dashes, in small letters."""
    return "".join(letter for letter in code.lower() if letter.isalnum())


def _totp(secret: str) -> TOTP:
    # SHA-1 is what the apps know; as a keyed function over a counter it is not broken.
    return TOTP(base64.b32decode(secret), DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303
