"""What tests of signing in share: somebody with an app, and a device that makes passkeys."""

import base64
import datetime as dt
import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.test import Client
from django.utils import timezone
from fido2.cose import ES256
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from accounts import totp
from accounts.actions.second_factor import make_recovery_codes
from accounts.models import TotpDevice, User
from tests.factories import PASSWORD

LOGIN, CODE = "/accounts/login/", "/accounts/login/code/"
PASSKEY, SECURITY = "/accounts/login/passkey/", "/accounts/security/"
ORIGIN = "http://testserver"


def with_app(user: User) -> str:
    """Give somebody an app; return its secret."""
    secret = totp.new_secret()
    TotpDevice.objects.create(user=user, secret=secret)
    return secret


def with_codes(user: User) -> list[str]:
    """Give somebody an app and recovery codes; return the codes."""
    with_app(user)
    return make_recovery_codes(by=user)


def code(secret: str, *, steps: int = 0) -> str:
    """What the app shows, so many half minutes from now."""
    return totp.code_at(secret, timezone.now() + dt.timedelta(seconds=30 * steps))


def wrong(secret: str) -> str:
    """Six figures that no step near now shows."""
    near = {code(secret, steps=steps) for steps in range(-3, 4)}
    return next(text for n in range(20) if (text := f"{n:06}") not in near)


def password(client: Client, username: str, **more: Any) -> Any:
    """Send name and password."""
    return client.post(LOGIN, {"username": username, "password": PASSWORD, **more})


def is_in(client: Client) -> bool:
    """Whether this browser is signed in."""
    return client.get("/accounts/profile/").status_code == 200


def key_of(client: Client) -> str:
    """The key of this browser's session."""
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@dataclass
class Authenticator:
    """A device with one passkey: signs as the standard says, or wrongly where a test asks for it."""

    origin: str = ORIGIN
    domain: str = "testserver"
    count: int = 0
    flags: int = 0x05  # somebody was there, and was checked
    credential_id: bytes = field(default_factory=lambda: os.urandom(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    handle: bytes = b""

    def create(self, options: dict[str, Any]) -> str:
        """Answer the question to make a key."""
        self.handle = base64.urlsafe_b64decode(options["user"]["id"] + "==")
        credential = AttestedCredentialData.create(
            bytes(16), self.credential_id, ES256.from_cryptography_key(self.key.public_key())
        )
        data = AuthenticatorData.create(self._domain_hash(), self.flags | 0x40, self.count, credential)
        attestation = AttestationObject.create("none", data, {})
        return self._answer(
            {
                "clientDataJSON": _text(self._client_data("webauthn.create", options["challenge"])),
                "attestationObject": _text(bytes(attestation)),
            }
        )

    def get(self, options: dict[str, Any], *, handle: bytes | None = None) -> str:
        """Answer the question to sign in."""
        self.count += 1
        data = AuthenticatorData.create(self._domain_hash(), self.flags, self.count)
        client_data = self._client_data("webauthn.get", options["challenge"])
        signature = self.key.sign(
            bytes(data) + hashlib.sha256(client_data).digest(), ec.ECDSA(hashes.SHA256())
        )
        return self._answer(
            {
                "clientDataJSON": _text(client_data),
                "authenticatorData": _text(bytes(data)),
                "signature": _text(signature),
                "userHandle": _text(handle or self.handle),
            }
        )

    def _domain_hash(self) -> bytes:
        return hashlib.sha256(self.domain.encode()).digest()

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, response: dict[str, str]) -> str:
        name = _text(self.credential_id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})


def add_passkey(client: Client, device: Authenticator) -> Any:
    """Make a passkey on the page for it, in a browser that is signed in."""
    url = f"{SECURITY}passkeys/new/"
    options = json.loads(client.get(url).context["options"])
    return client.post(url, {"name": "Mijn telefoon", "answer": device.create(options)})


def use_passkey(client: Client, device: Authenticator, **more: Any) -> Any:
    """Sign in with it."""
    options = json.loads(client.get(PASSKEY).context["options"])
    return client.post(PASSKEY, {"answer": device.get(options, **more)})
