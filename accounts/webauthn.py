"""Passkeys on the wire (WebAuthn), through Yubico's fido2: what a browser is asked, and whether its answer holds."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from fido2.server import Fido2Server
from fido2.utils import websafe_decode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from accounts.models import Passkey, User

# The device asks for a finger, a face or its PIN: that is what makes a passkey two steps in one.
_VERIFIED = UserVerificationRequirement.REQUIRED


class BadAnswer(Exception):
    """What the browser sent isn't an answer to what was asked here."""


@dataclass(frozen=True)
class NewKey:
    """A key that was just made: its id, its public half, and where its counter stands."""

    credential_id: bytes
    credential: bytes
    sign_count: int


def registration(request: HttpRequest, user: User, known: Iterable[Passkey]) -> tuple[str, Any]:
    """Return what to ask of the browser to make a key (as JSON), and what to remember until it answers."""
    options, state = _server(request).register_begin(
        PublicKeyCredentialUserEntity(id=_handle(user), name=user.get_username(), display_name=str(user)),
        credentials=_descriptors(known),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=_VERIFIED,
    )
    return json.dumps(dict(options.public_key)), state


def registered(request: HttpRequest, state: Any, answer: str) -> NewKey:
    """Return the key that the browser made in answer to `registration`. Raises BadAnswer."""
    given = _parsed(answer)
    try:
        data = _server(request).register_complete(state, RegistrationResponse.from_dict(given))
        credential = data.credential_data
    except _REFUSALS as error:
        raise BadAnswer(str(error)) from error
    if credential is None:
        raise BadAnswer("no key in the answer")
    return NewKey(bytes(credential.credential_id), bytes(credential), data.counter)


def question(request: HttpRequest, known: Iterable[Passkey] | None) -> tuple[str, Any]:
    """Return what to ask of the browser to sign in (as JSON), and what to remember until it answers.

    With `known` only one of these keys will do; without, the person picks one that his device keeps for this address.
    """
    descriptors = None if known is None else _descriptors(known)
    options, state = _server(request).authenticate_begin(descriptors, user_verification=_VERIFIED)
    return json.dumps(dict(options.public_key)), state


def credential_id(answer: str) -> bytes:
    """Return of which key an answer says that it is; nothing is checked yet. Raises BadAnswer."""
    try:
        return websafe_decode(_parsed(answer)["rawId"])
    except (KeyError, TypeError, ValueError) as error:
        raise BadAnswer("no key named") from error


def verified(request: HttpRequest, state: Any, answer: str, passkey: Passkey) -> int:
    """Check that the answer was signed with this key for what was asked here; return the key's counter.

    Raises BadAnswer for another challenge, address, key or user, and when the device didn't check who holds it.
    """
    try:
        given = AuthenticationResponse.from_dict(_parsed(answer))
        _server(request).authenticate_complete(
            state, [AttestedCredentialData(bytes(passkey.credential))], given
        )
        handle = given.response.user_handle
        counter = given.response.authenticator_data.counter
    except _REFUSALS as error:
        raise BadAnswer(str(error)) from error
    if handle is not None and handle != _handle(passkey.user):
        raise BadAnswer("the key of somebody else")
    return counter


_REFUSALS = (ValueError, KeyError, TypeError, AttributeError, IndexError)


def _server(request: HttpRequest) -> Fido2Server:
    domain = settings.PASSKEY_DOMAIN or split_domain_port(request.get_host())[0]
    origin = f"{request.scheme}://{request.get_host()}"
    return Fido2Server(
        PublicKeyCredentialRpEntity(id=domain, name="Arsenaal"), verify_origin=lambda given: given == origin
    )


def _handle(user: User) -> bytes:
    return f"arsenaal-{user.pk}".encode()


def _descriptors(passkeys: Iterable[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=bytes(key.credential_id))
        for key in passkeys
    ]


def _parsed(answer: str) -> Mapping[str, Any]:
    try:
        given = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise BadAnswer("no JSON") from error
    if not isinstance(given, dict):
        raise BadAnswer("no answer of a browser")
    return given
