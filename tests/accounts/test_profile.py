"""One's own profile: language and password."""

from typing import Any

from django.urls import reverse

from tests.factories import PASSWORD, World

PROFILE = "/accounts/profile/"
NEW = "een-heel-nieuw-wachtwoord"


def test_profile_says_who_one_is_here(world: World, login: Any) -> None:
    page = login(world.lawyer).get(PROFILE).content.decode()
    assert "jurist · Arsenaal" in page


def test_language_is_chosen_and_holds_on_the_next_page(world: World, login: Any) -> None:
    client = login(world.lawyer)
    page = client.post(PROFILE, {"language": "en"}, follow=True).content.decode()
    world.lawyer.refresh_from_db()
    assert world.lawyer.language == "en"
    assert '<html lang="en"' in page


def test_unknown_language_is_refused_beside_its_field(world: World, login: Any) -> None:
    answer = login(world.lawyer).post(PROFILE, {"language": "xx"})
    world.lawyer.refresh_from_db()
    assert answer.status_code == 422
    assert world.lawyer.language == "nl"
    assert 'id="id_language_error"' in answer.content.decode()


def test_password_is_changed_with_the_old_one(world: World, login: Any) -> None:
    client = login(world.lawyer)
    url = reverse("accounts:password-change")
    wrong = client.post(url, {"old_password": "mis", "new_password1": NEW, "new_password2": NEW})
    assert wrong.status_code == 422
    assert "Dit is niet je huidige wachtwoord" in wrong.content.decode()
    right = client.post(url, {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW})
    assert right.url == PROFILE
    world.lawyer.refresh_from_db()
    assert world.lawyer.check_password(NEW)
    assert client.get(PROFILE).status_code == 200
