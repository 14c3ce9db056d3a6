"""Links to choose a password: once, for a while, and never by one person alone for an account that is in use."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions.invitations import (
    CannotUseInvitation,
    ask_new_link,
    call_off,
    hand_over,
    invite,
    use_invitation,
)
from accounts.actions.users import CannotManageUser
from accounts.enums import Role
from accounts.models import Invitation, Passkey, TotpDevice, User
from tests.accounts.signin import LOGIN, SECURITY, is_in, password, with_app
from tests.factories import World, make_user

NEW = "een-lang-wachtwoord-7"


@pytest.fixture
def newcomer(world: World) -> User:
    """Somebody who was never here."""
    user = make_user("nieuw", Role.LAWYER, world.neighbourhood, world.organisations["city"])
    user.set_unusable_password()
    user.save()
    return user


@pytest.fixture
def second(world: World) -> User:
    """A second administrator of the same neighbourhood."""
    return make_user("tweede", Role.ADMINISTRATOR, world.neighbourhood, world.organisations["city"])


def _choose(client: Client, path: str, word: str = NEW, again: str = "") -> Any:
    """Follow the link, choose a password."""
    client.get(path)
    return client.post(
        reverse("accounts:invitation", args=["open"]),
        {"new_password1": word, "new_password2": again or word},
    )


def test_link_is_used_once_and_leads_to_the_door(world: World, newcomer: User) -> None:
    path = invite(by=world.administrator, user=newcomer)
    client = Client()
    opened = client.get(path)
    assert opened.url == reverse(
        "accounts:invitation", args=["open"]
    )  # the secret leaves the address at once
    page = client.get(opened.url)
    assert "nieuw" in page.content.decode()
    assert path.split("/")[-2] not in page.content.decode()
    assert _choose(client, path).url == LOGIN
    assert client.post(LOGIN, {"username": "nieuw", "password": NEW}).url == "/"
    assert is_in(client)
    second_try = _choose(Client(), path, "heel-iets-anders-9")
    assert second_try.status_code == 404
    assert "werkt niet meer" in second_try.content.decode()
    newcomer.refresh_from_db()
    assert newcomer.check_password(NEW)


@pytest.mark.parametrize(
    ("word", "again"), [("kort", ""), ("nieuw-nieuw", "nieuw-nieuw!"), ("1qaz2wsx3edc", ""), ("\x00", "")]
)
def test_password_that_will_not_do_is_told_and_the_link_stays(
    world: World, newcomer: User, word: str, again: str
) -> None:
    path, client = invite(by=world.administrator, user=newcomer), Client()
    assert _choose(client, path, word, again).status_code == 422
    assert _choose(client, path).url == LOGIN


def test_attack_link_that_expired_was_replaced_or_is_guessed_says_the_same(
    world: World, newcomer: User
) -> None:
    old = invite(by=world.administrator, user=newcomer)
    path = invite(by=world.administrator, user=newcomer)
    answers = [_choose(Client(), old), _choose(Client(), "/accounts/invitation/" + "A" * 43 + "/")]
    answers.append(_choose(Client(), "/accounts/invitation/open/"))
    answers.append(Client().get(f"/accounts/invitation/{'🦔' * 40}/", follow=True))
    with time_machine.travel(timezone.now() + dt.timedelta(days=3, minutes=1)):
        answers.append(_choose(Client(), path))
    newcomer.is_active = False
    newcomer.save()
    answers.append(_choose(Client(), path))
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    newcomer.refresh_from_db()
    assert not newcomer.has_usable_password()


def test_attack_two_at_once_with_one_link(world: World, newcomer: User) -> None:
    token = invite(by=world.administrator, user=newcomer).split("/")[-2]
    use_invitation(token=token, password=NEW)
    with pytest.raises(CannotUseInvitation):
        use_invitation(token=token, password="heel-iets-anders-9")


def test_secret_of_a_link_stands_nowhere(world: World, newcomer: User) -> None:
    token = invite(by=world.administrator, user=newcomer).split("/")[-2]
    row = Invitation.objects.values().get()
    assert token not in str(row)
    client = Client()
    client.get(f"/accounts/invitation/{token}/")
    assert token not in str(dict(client.session))


# --- the second pair of eyes ---------------------------------------------------------------------------------------
def test_attack_administrator_alone_makes_no_link_for_who_was_here(world: World, login: Any) -> None:
    """He could choose the password himself and read what a lawyer reads."""
    admin = login(world.administrator)
    page = admin.post(reverse("accounts:invitation-make", args=[world.lawyer.pk]), follow=True)
    assert "iemand anders kijkt mee" in page.content.decode()
    assert "readonly" not in page.content.decode()
    admin.post(reverse("accounts:link-ask", args=[world.lawyer.pk]), {})
    asked = Invitation.objects.get()
    admin.post(reverse("accounts:link-settle", args=[asked.pk]), {"answer": "yes"})
    asked.refresh_from_db()
    assert asked.token_hash is None
    with pytest.raises(CannotManageUser):
        hand_over(by=world.administrator, invitation=asked)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(pk=asked.pk).update(
            approved_by=world.administrator, approved_at=timezone.now()
        )


@pytest.mark.parametrize("who", ["privacy_officer", "second"])
def test_second_person_hands_the_link_over_and_sees_it_alone(world: World, second: User, who: str) -> None:
    admin, other, user = Client(), Client(), Client()
    password(admin, "administrator")
    password(other, "tweede" if who == "second" else who)
    password(user, "lawyer")
    admin.post(reverse("accounts:link-ask", args=[world.lawyer.pk]), {})
    page = other.get(reverse("accounts:link-list")).content.decode()
    assert str(world.lawyer) in page
    url = reverse("accounts:link-settle", args=[Invitation.objects.get().pk])
    shown = other.post(url, {"answer": "yes"}, follow=True).content.decode()
    link = shown.split('id="link" readonly value="')[1].split('"')[0]
    assert "readonly" not in other.get(reverse("accounts:link-list") + "?link=1").content.decode()
    assert link not in admin.get(reverse("accounts:user", args=[world.lawyer.pk])).content.decode()
    assert _choose(Client(), link).url == LOGIN
    assert not is_in(user)  # a session that was stolen with the password ends
    fresh = Client()
    fresh.post(LOGIN, {"username": "lawyer", "password": NEW})
    told = fresh.get(SECURITY).content.decode()
    assert "werd een wachtwoord gekozen met een link" in told
    assert str(world.administrator) in told


def test_new_link_keeps_the_second_step_unless_it_was_asked_for(world: World, second: User) -> None:
    with_app(world.lawyer)
    Passkey.objects.create(user=world.lawyer, name="x", credential_id=b"x", credential=b"x")
    for resets, left in ((False, 1), (True, 0)):
        asked = ask_new_link(by=world.administrator, user=world.lawyer, resets_second_factor=resets)
        token = hand_over(by=second, invitation=asked).split("/")[-2]
        use_invitation(token=token, password=f"{NEW}{resets}")
        assert TotpDevice.objects.filter(user=world.lawyer).count() == left
        assert Passkey.objects.filter(user=world.lawyer).count() == left


def test_attack_second_account_of_ones_own_is_no_second_person(world: World) -> None:
    puppet = make_user("marionet", Role.ADMINISTRATOR, world.neighbourhood, world.organisations["city"])
    puppet.set_unusable_password()
    puppet.save()
    invite(by=world.administrator, user=puppet)
    asked = ask_new_link(by=world.administrator, user=world.lawyer, resets_second_factor=False)
    with pytest.raises(CannotManageUser):
        hand_over(by=puppet, invitation=asked)
    call_off(by=world.administrator, invitation=asked)
    with time_machine.travel(timezone.now() + dt.timedelta(days=15)):
        later = ask_new_link(by=world.administrator, user=world.lawyer, resets_second_factor=False)
        assert hand_over(by=puppet, invitation=later)


@pytest.mark.parametrize("who", ["lawyer", "coordinator", "manager", "outsider"])
def test_attack_others_hand_nothing_over(world: World, login: Any, who: str) -> None:
    asked = ask_new_link(by=world.administrator, user=world.lawyer, resets_second_factor=False)
    url = reverse("accounts:link-settle", args=[asked.pk])
    assert login(world.users[who]).post(url, {"answer": "yes"}).status_code == 403
    with pytest.raises(CannotManageUser):
        hand_over(by=world.users[who], invitation=asked)


def test_attack_who_keeps_watch_elsewhere_finds_nothing(world: World, login: Any) -> None:
    far = make_user("ver", Role.PRIVACY_OFFICER, world.elsewhere, world.organisations["city"])
    asked = ask_new_link(by=world.administrator, user=world.lawyer, resets_second_factor=False)
    client = login(far)
    assert client.post(reverse("accounts:link-settle", args=[asked.pk]), {"answer": "yes"}).status_code == 404
    assert str(world.lawyer) not in client.get(reverse("accounts:link-list")).content.decode()


def test_link_is_asked_once_and_can_be_taken_back_or_refused(world: World, login: Any, second: User) -> None:
    admin = login(world.administrator)
    url = reverse("accounts:link-ask", args=[world.lawyer.pk])
    admin.post(url, {})
    assert "al een nieuwe link gevraagd" in admin.post(url, {"resets_second_factor": "on"}).content.decode()
    asked = Invitation.objects.get()
    admin.post(reverse("accounts:link-settle", args=[asked.pk]), {"answer": "no"})
    asked.refresh_from_db()
    assert asked.ended_at is not None
    with pytest.raises(CannotManageUser, match="al geregeld"):
        hand_over(by=second, invitation=asked)
    again = ask_new_link(by=world.administrator, user=world.lawyer, resets_second_factor=False)
    call_off(by=second, invitation=again)
    assert not Invitation.objects.waiting().exists()


def test_link_for_who_works_elsewhere_or_for_oneself_is_refused(world: World, login: Any) -> None:
    admin = login(world.administrator)
    assert admin.get(reverse("accounts:link-ask", args=[world.outsider.pk])).status_code == 403
    answer = admin.post(reverse("accounts:link-ask", args=[world.administrator.pk]), {})
    assert "Je eigen rechten" in answer.content.decode()


def test_newcomer_needs_no_second_person(world: World, newcomer: User, login: Any) -> None:
    admin = login(world.administrator)
    assert "Uitnodiging maken" in admin.get(reverse("accounts:user", args=[newcomer.pk])).content.decode()
    answer = admin.post(reverse("accounts:link-ask", args=[newcomer.pk]), {})
    assert "Maak gewoon een uitnodiging" in answer.content.decode()
