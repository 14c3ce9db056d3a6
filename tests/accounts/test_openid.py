"""In with the account of the city, against a real OpenID provider in a process of its own."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import ExternalIdentity, Membership, User
from tests.accounts.providers import CLIENT, agree, deny, good_provider, set_claims
from tests.accounts.signin import LOGIN, SECURITY, is_in, password, with_app
from tests.factories import World

START = "/accounts/login/city/"
PEOPLE: dict[str, dict[str, Any]] = {
    "sub-new": {"preferred_username": "nieuw", "roles": ["wijk-jurist"]},
    "sub-lawyer": {"preferred_username": "lawyer", "roles": ["wijk-jurist"]},
    "sub-stranger": {"preferred_username": "wildvreemd", "roles": ["wijk-jurist"]},
}


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The provider, for all tests of this file."""
    with good_provider(PEOPLE) as issuer:
        yield issuer


@pytest.fixture
def city(provider: str, settings: Any) -> str:
    """Signing in with it is on, with a mapping of roles; everybody has his first claims again."""
    settings.OIDC_ISSUER = provider
    settings.OIDC_CLIENT_ID = CLIENT
    settings.OIDC_CLIENT_SECRET = "geheim"
    settings.OIDC_ROLES = {
        "wijk-jurist": [["ARS", "lawyer"]],
        "wijk-manager": [["ARS", "manager"], ["TIV", "manager"], ["BESTAATNIET", "manager"]],
    }
    for subject, claims in PEOPLE.items():
        set_claims(provider, subject, claims)
    return provider


@pytest.fixture
def newcomer(world: World) -> User:
    """Somebody whom the administrator added by name, and who was never here."""
    return User.objects.create_user(
        "Nieuw", None, first_name="Nora", last_name="Nieuw", organisation=world.organisations["city"]
    )


def _come_back(client: Client, subject: str, start: str = START) -> Any:
    """Go to the provider, be this person there, come back."""
    away = client.get(start)
    assert away.status_code == 302, away.content.decode()
    return client.get(agree(away.url, subject))


def _roles(user: User) -> set[tuple[str, str]]:
    today = timezone.localdate()
    return {
        (row.neighbourhood.code, row.role)
        for row in user.memberships.select_related("neighbourhood")
        if row.from_on <= today and (row.until_on is None or row.until_on >= today)
    }


def test_newcomer_signs_in_with_the_roles_of_the_city(world: World, city: str, newcomer: User) -> None:
    client = Client()
    assert _come_back(client, "sub-new", f"{START}?next=/accounts/profile/").url == "/accounts/profile/"
    assert is_in(client)
    assert _roles(newcomer) == {("ARS", "lawyer")}
    identity = ExternalIdentity.objects.get()
    assert (identity.user, identity.issuer, identity.subject) == (newcomer, city, "sub-new")
    assert client.get("/cases/").status_code == 200


def test_roles_that_leave_the_claims_end_and_others_stay(world: World, city: str, newcomer: User) -> None:
    by_hand = Membership.objects.create(
        user=newcomer, neighbourhood=world.elsewhere, role=Role.PARTNER, from_on="2024-01-01"
    )
    _come_back(Client(), "sub-new")
    assert _roles(newcomer) == {("ARS", "lawyer"), ("TIV", "partner")}
    Membership.objects.filter(user=newcomer, role="lawyer").update(from_on="2024-01-01")
    set_claims(city, "sub-new", {"preferred_username": "nieuw", "roles": "wijk-manager"})
    _come_back(Client(), "sub-new")
    assert _roles(newcomer) == {("ARS", "manager"), ("TIV", "manager"), ("TIV", "partner")}
    assert Membership.objects.get(user=newcomer, role="lawyer").until_on < timezone.localdate()
    by_hand.refresh_from_db()
    assert by_hand.until_on is None
    set_claims(city, "sub-new", {"preferred_username": "nieuw", "roles": ["wijk-jurist"]})
    _come_back(Client(), "sub-new")  # and start again when they come back
    assert ("ARS", "lawyer") in _roles(newcomer)


def test_who_has_no_role_left_is_refused_kindly_and_his_roles_end(
    world: World, city: str, newcomer: User
) -> None:
    client = Client()
    _come_back(client, "sub-new")
    client.post(reverse("accounts:logout"))
    set_claims(city, "sub-new", {"preferred_username": "nieuw", "roles": ["andere-dienst"]})
    answer = _come_back(client, "sub-new")
    assert answer.status_code == 403
    assert "De stad gaf je geen rol" in answer.content.decode()
    assert not is_in(client)
    assert _roles(newcomer) == set()


@pytest.mark.parametrize("subject", ["sub-stranger", "iemand@zonder.naam"])
def test_who_is_not_known_is_refused_kindly(world: World, city: str, subject: str) -> None:
    client = Client()
    answer = _come_back(client, subject)
    assert answer.status_code == 403
    assert "nog geen account" in answer.content.decode()
    assert not is_in(client)
    assert not ExternalIdentity.objects.exists()


def test_found_by_subject_whatever_happens_to_the_name(world: World, city: str, newcomer: User) -> None:
    _come_back(Client(), "sub-new")
    newcomer.username = "anders"
    newcomer.save()
    set_claims(city, "sub-new", {"preferred_username": "coordinator", "roles": ["wijk-jurist"]})
    client = Client()
    _come_back(client, "sub-new")
    assert client.get("/accounts/profile/").context["user"] == newcomer


def test_who_may_not_sign_in_any_more_is_refused(world: World, city: str, newcomer: User) -> None:
    _come_back(Client(), "sub-new")
    User.objects.filter(pk=newcomer.pk).update(is_active=False)
    answer = _come_back(Client(), "sub-new")
    assert answer.status_code == 403
    assert "gesloten" in answer.content.decode()


def test_attack_renamed_account_is_not_taken_over(world: World, city: str) -> None:
    """Whoever has a password is linked by himself alone: an administrator could rename an account to his own name."""
    answer = _come_back(Client(), "sub-lawyer")
    assert answer.status_code == 403
    assert not ExternalIdentity.objects.exists()


def test_own_account_is_linked_from_the_security_page(world: World, city: str) -> None:
    client = Client()
    password(client, "lawyer")
    page = client.post(reverse("accounts:oidc-link")).content.decode()
    assert reverse("accounts:oidc-link-go") in page
    assert _come_back(client, "sub-lawyer", reverse("accounts:oidc-link-go")).url == SECURITY
    fresh = Client()
    assert _come_back(fresh, "sub-lawyer").url == "/"
    assert fresh.get("/accounts/profile/").context["user"] == world.lawyer
    client.post(reverse("accounts:oidc-link"), {"forget": "1"})
    assert not ExternalIdentity.objects.exists()


def test_attack_account_of_somebody_else_is_not_linked(world: World, city: str, newcomer: User) -> None:
    _come_back(Client(), "sub-new")
    client = Client()
    password(client, "lawyer")
    client.post(reverse("accounts:oidc-link"))
    answer = _come_back(client, "sub-new", reverse("accounts:oidc-link-go"))
    assert answer.status_code == 403
    assert ExternalIdentity.objects.get().user == newcomer


def test_attack_nothing_is_linked_without_asking(world: World, city: str) -> None:
    """An answer that somebody else lets my browser open, while I am signed in."""
    client = Client()
    away = client.get(START)
    back = agree(away.url, "sub-new")
    password(client, "lawyer")
    client.get(back)
    assert not ExternalIdentity.objects.exists()
    assert client.get("/accounts/profile/").context["user"] == world.lawyer


def test_only_way_in_is_not_taken_away(world: World, city: str, newcomer: User) -> None:
    client = Client()
    _come_back(client, "sub-new")
    page = client.post(reverse("accounts:oidc-link"), {"forget": "1"}, follow=True).content.decode()
    assert "raak je niet meer binnen" in page
    assert ExternalIdentity.objects.exists()


def test_the_city_counts_as_second_step(world: World, city: str, settings: Any, newcomer: User) -> None:
    settings.SECOND_FACTOR_ROLES = ["all"]
    with_app(newcomer)
    client = Client()
    _come_back(client, "sub-new")
    assert client.get("/cases/").status_code == 200


def test_changing_ones_mind_at_the_provider_leads_back_kindly(world: World, city: str) -> None:
    client = Client()
    answer = client.get(deny(client.get(START).url))
    assert answer.status_code == 400
    assert "Begin opnieuw" in answer.content.decode()


def test_provider_that_is_away_is_told_as_such(world: World, settings: Any) -> None:
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID = "http://127.0.0.1:9", CLIENT
    answer = Client().get(START)
    assert answer.status_code == 503
    assert "antwoordt niet" in answer.content.decode()
    assert "account van de stad" in Client().get(LOGIN).content.decode()


def test_without_settings_there_is_no_such_door(world: World) -> None:
    assert Client().get(START).url == LOGIN
    assert Client().get(reverse("accounts:oidc-return") + "?code=x&state=y").url == LOGIN
    assert "account van de stad" not in Client().get(LOGIN).content.decode()
