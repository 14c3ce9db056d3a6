"""A provider, or somebody between it and us, that lies: every bent answer is refused, the straight one is let in."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from joserfc import jws, jwt
from joserfc.jwk import OctKey, RSAKey

from accounts.models import ExternalIdentity
from tests.accounts.providers import CLIENT, LyingProvider, lying_provider
from tests.accounts.signin import is_in, key_of
from tests.factories import World

START, BACK = "/accounts/login/city/", "/accounts/login/city/return/"
SECRET = "een-gedeeld-geheim-van-vijftig-tekens-en-meer-dan-dat"


@pytest.fixture
def provider(world: World, settings: Any) -> Iterator[LyingProvider]:
    """The provider, and a lawyer who is linked to it."""
    with lying_provider() as running:
        settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID = running.issuer, CLIENT
        settings.OIDC_CLIENT_SECRET = SECRET
        ExternalIdentity.objects.create(user=world.lawyer, issuer=running.issuer, subject="s-1")
        yield running


def _there_and_back(client: Client, provider: LyingProvider, start: str = START) -> Any:
    return client.get(provider.authorize(client.get(start).url))


def _refused(client: Client, answer: Any) -> None:
    assert answer.status_code in (400, 503), answer.status_code
    assert not is_in(client)


def test_straight_answer_is_let_in_under_a_new_session_key(world: World, provider: LyingProvider) -> None:
    client = Client()
    back = provider.authorize(client.get(START).url)
    before = key_of(client)
    assert client.get(back).url == "/"
    assert is_in(client)
    assert key_of(client) != before


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "van-een-ander"},
        {"nonce": None},
        {"iss": "https://elders.example"},
        {"iss": None},
        {"aud": "ander-programma"},
        {"aud": ["ander-programma"]},
        {"aud": None},
        {"aud": [CLIENT, "ander"], "azp": "ander"},
        {"exp": int(time.time()) - 3600},
        {"exp": None},
        {"iat": int(time.time()) + 3600},
        {"sub": None},
        {"sub": ""},
    ],
    # A time stays out of the name: every process that collects the tests has to find the same ones.
    ids=lambda claims: "-".join(
        name if isinstance(value, int) else f"{name}={value}"[:20] for name, value in claims.items()
    ),
)
def test_attack_token_with_a_wrong_claim(provider: LyingProvider, claims: dict[str, Any]) -> None:
    provider.claims = claims
    client = Client()
    _refused(client, _there_and_back(client, provider))


def _unsigned(provider: LyingProvider, said: dict[str, Any]) -> str:
    return jwt.encode(
        {"alg": "none"}, said, OctKey.generate_key(), registry=jws.JWSRegistry(algorithms=["none"])
    )


def _no_signature(provider: LyingProvider, said: dict[str, Any]) -> str:
    return jwt.encode({"alg": "RS256", "kid": "one"}, said, provider.key).rsplit(".", 1)[0] + "."


def _own_key(provider: LyingProvider, said: dict[str, Any]) -> str:
    forged = RSAKey.generate_key(2048, {"kid": "one"})
    return jwt.encode({"alg": "RS256", "kid": "one"}, said, forged)


def _key_along(provider: LyingProvider, said: dict[str, Any]) -> str:
    forged = RSAKey.generate_key(2048, {"kid": "one"})
    header = {"alg": "RS256", "kid": "one", "jwk": forged.as_dict(private=False)}
    return jwt.encode(header, said, forged)


def _shared_secret(provider: LyingProvider, said: dict[str, Any]) -> str:
    return jwt.encode({"alg": "HS256"}, said, OctKey.import_key(SECRET))


def _public_key_as_secret(provider: LyingProvider, said: dict[str, Any]) -> str:
    return jwt.encode(
        {"alg": "HS256", "kid": "one"}, said, OctKey.import_key(provider.key.as_pem(private=False))
    )


def _words(provider: LyingProvider, said: dict[str, Any]) -> str:
    return "geen.echt.token"


@pytest.mark.parametrize(
    "sign",
    [_unsigned, _no_signature, _own_key, _key_along, _shared_secret, _public_key_as_secret, _words],
)
def test_attack_token_that_the_provider_did_not_sign(provider: LyingProvider, sign: Any) -> None:
    """Also when its metadata says that "none" and a shared secret will do."""
    provider.sign = sign
    client = Client()
    _refused(client, _there_and_back(client, provider))


def test_attack_answer_without_id_token(provider: LyingProvider) -> None:
    provider.drops_token = True
    client = Client()
    _refused(client, _there_and_back(client, provider))


def test_attack_provider_under_another_name(provider: LyingProvider) -> None:
    provider.metadata = {"issuer": "https://elders.example"}
    client = Client()
    assert client.get(START).status_code == 503


def test_attack_userinfo_about_somebody_else(provider: LyingProvider) -> None:
    provider.told_apart = {"sub": "s-2", "roles": ["alles"]}
    client = Client()
    _refused(client, _there_and_back(client, provider))


@pytest.mark.parametrize(
    "query", ["", "?code=x", "?code=x&state=y", "?state=y", "?error=x", "?code=%00&state=%00"]
)
def test_attack_return_that_nobody_asked_for(provider: LyingProvider, query: str) -> None:
    client = Client()
    client.get(START)
    _refused(client, client.get(BACK + query))


def test_attack_return_of_another_browser(provider: LyingProvider) -> None:
    """Somebody lets me open the answer to his own sign-in: I would work under his name."""
    mine, theirs = Client(), Client()
    mine.get(START)
    back = provider.authorize(theirs.get(START).url)
    _refused(mine, mine.get(back))


def test_attack_return_that_is_opened_twice(provider: LyingProvider) -> None:
    client = Client()
    back = provider.authorize(client.get(START).url)
    client.get(back)
    client.post("/accounts/logout/")
    _refused(client, client.get(back))


def test_attack_earlier_attempt_of_the_same_browser(provider: LyingProvider) -> None:
    client = Client()
    first = provider.authorize(client.get(START).url)
    client.get(START)
    _refused(client, client.get(first))


@pytest.mark.parametrize("target", ["https://elders.example/", "//elders.example", "/\\elders.example"])
def test_attack_way_back_leads_to_another_site(provider: LyingProvider, target: str) -> None:
    client = Client()
    assert _there_and_back(client, provider, f"{START}?next={target}").url == "/"


@pytest.mark.parametrize(("said", "gets_in"), [("2", True), ("1", False), (None, False)])
def test_how_strongly_somebody_was_checked_is_verified(
    provider: LyingProvider, settings: Any, said: str | None, gets_in: bool
) -> None:
    settings.OIDC_ACR_VALUES = ["2", "3"]
    provider.claims = {"acr": said}
    client = Client()
    away = client.get(START).url
    assert "acr_values=2+3" in away
    client.get(provider.authorize(away))
    assert is_in(client) is gets_in


def test_new_keys_of_the_provider_are_fetched(provider: LyingProvider) -> None:
    _there_and_back(Client(), provider)
    provider.key = RSAKey.generate_key(2048, {"kid": "two", "use": "sig"})
    provider.sign = lambda it, said: jwt.encode({"alg": "RS256", "kid": "two"}, said, it.key)
    client = Client()
    assert _there_and_back(client, provider).url == "/"


def test_nothing_of_the_provider_stays_in_the_session(provider: LyingProvider) -> None:
    client = Client()
    _there_and_back(client, provider)
    kept = str(dict(client.session))
    assert "_state_" not in kept
    assert "Bearer" not in kept
    assert django_settings.SESSION_COOKIE_HTTPONLY


@pytest.mark.parametrize("is_known", [True, False])
def test_program_signs_who_it_is_where_the_provider_wants_that(
    provider: LyingProvider, settings: Any, is_known: bool
) -> None:
    key = RSAKey.generate_key(2048)
    settings.OIDC_CLIENT_SECRET, settings.OIDC_PRIVATE_KEY = "", key.as_pem(private=True).decode()
    provider.client_key = key if is_known else RSAKey.generate_key(2048)
    client = Client()
    _there_and_back(client, provider)
    assert is_in(client) is is_known
