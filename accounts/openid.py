"""The identity provider of the city (OpenID Connect), through Authlib: where to send somebody, and who came back.

Authlib checks state, nonce, PKCE, the signature against the provider's keys, issuer, audience and the moments. What it
leaves to the program stands here: which algorithms will do, that the provider is the one of the settings, that there
is an id token at all, and how strongly somebody was checked.
"""

import functools
from typing import Any

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.django_client import OAuth
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from joserfc.errors import JoseError

SECONDS_TO_WAIT = 10
# Signed with the provider's private key. Never "none", and never a shared secret.
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")


class ProviderAway(Exception):
    """The provider can't be reached or answers nonsense."""


class SignInRefused(Exception):
    """What came back isn't a good answer to what this session asked."""


def is_on() -> bool:
    """Tell whether signing in with the account of the city is set up."""
    return bool(settings.OIDC_ISSUER and settings.OIDC_CLIENT_ID)


def send(request: HttpRequest, back_to: str) -> HttpResponse:
    """Send somebody to the provider; `back_to` is the address he returns to. Raises ProviderAway."""
    more = {"acr_values": " ".join(settings.OIDC_ACR_VALUES)} if settings.OIDC_ACR_VALUES else {}
    _forget_earlier(request)
    try:
        return _client().authorize_redirect(request, back_to, **more)
    except _AWAY as error:
        raise ProviderAway(str(error)) from error


def claims(request: HttpRequest) -> dict[str, Any]:
    """Return what the provider says of whoever came back, once everything was checked.

    Raises SignInRefused or ProviderAway. An answer works once: its state is forgotten with it.
    """
    client = _client()
    try:
        token = client.authorize_access_token(
            request, claims_options={"iss": {"essential": True, "values": [settings.OIDC_ISSUER]}}
        )
    except (requests.RequestException, ConnectionError) as error:
        raise ProviderAway(str(error)) from error
    except (OAuthError, JoseError, ValueError, KeyError, TypeError) as error:
        raise SignInRefused(str(error)) from error
    said = dict(token.get("userinfo") or {})
    if not said.get("sub"):
        raise SignInRefused("no id token")
    if {settings.OIDC_USERNAME_CLAIM, settings.OIDC_ROLES_CLAIM} - said.keys():
        said = {**_told_apart(client, token, said["sub"]), **said}
    if settings.OIDC_ACR_VALUES and said.get("acr") not in settings.OIDC_ACR_VALUES:
        raise SignInRefused("not checked strongly enough")
    return said


def _told_apart(client: Any, token: dict[str, Any], subject: str) -> dict[str, Any]:
    """What the provider tells at its userinfo address, when it has one: some put roles there, not in the id token."""
    if not client.server_metadata.get("userinfo_endpoint"):
        return {}
    try:
        told = client.userinfo(token=token)
    except _AWAY as error:
        raise ProviderAway(str(error)) from error
    # The id token was signed for this sign-in; the rest must be about the same person (OpenID Connect Core 5.3.2).
    if told.get("sub") != subject:
        raise SignInRefused("told about somebody else")
    return dict(told)


_AWAY = (requests.RequestException, ConnectionError, ValueError, KeyError, RuntimeError, OAuthError)


def _client() -> Any:
    client = _registered(
        settings.OIDC_ISSUER,
        settings.OIDC_CLIENT_ID,
        settings.OIDC_CLIENT_SECRET,
        settings.OIDC_PRIVATE_KEY,
        settings.OIDC_SCOPES,
    )
    try:
        metadata = client.load_server_metadata()
    except _AWAY as error:
        raise ProviderAway(str(error)) from error
    if str(metadata.get("issuer", "")).rstrip("/") != settings.OIDC_ISSUER:
        raise ProviderAway("the provider calls itself by another name than OIDC_ISSUER")
    offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    metadata["id_token_signing_alg_values_supported"] = [name for name in offered if name in _ALGORITHMS]
    return client


@functools.lru_cache(maxsize=4)
def _registered(issuer: str, client_id: str, secret: str, private_key: str, scopes: str) -> Any:
    """One client per process, so that the provider's addresses and keys aren't asked for every time.

    With a private key it signs who it is (RFC 7523), for the issuer as audience, and there is no secret to share.
    """
    header = {"kid": settings.OIDC_PRIVATE_KEY_ID} if settings.OIDC_PRIVATE_KEY_ID else None
    signing: dict[str, Any] = {"token_endpoint_auth_method": "private_key_jwt"} if private_key else {}
    return OAuth().register(
        "city",
        client_id=client_id,
        client_secret=private_key or secret,
        client_auth_methods=[PrivateKeyJWT(issuer, headers=header)] if private_key else None,
        server_metadata_url=f"{issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": scopes,
            "code_challenge_method": "S256",
            "default_timeout": SECONDS_TO_WAIT,
            **signing,
        },
    )


def _forget_earlier(request: HttpRequest) -> None:
    """Only the last attempt of a session counts; Authlib would keep them all for an hour."""
    earlier = [key for key, _value in request.session.items() if key.startswith("_state_city_")]
    for key in earlier:
        del request.session[key]
