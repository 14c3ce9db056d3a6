"""Beheer: who works here; nobody widens his own rights."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership, Neighbourhood, Organisation, User
from tests.factories import World


def test_new_user_gets_a_role_and_chooses_a_password(world: World, login: Any) -> None:
    admin = login(world.administrator)
    organisation = world.organisations["city"]
    admin.post(
        reverse("accounts:user-new"),
        {
            "username": "nieuw",
            "first_name": "Nora",
            "last_name": "Nieuw",
            "organisation": organisation.pk,
            "is_active": "on",
        },
    )
    user = User.objects.get(username="nieuw")
    assert not user.has_usable_password()
    admin.post(
        reverse("accounts:role-give", args=[user.pk]),
        {
            "neighbourhood": world.neighbourhood.pk,
            "role": Role.LAWYER,
            "from_on": timezone.localdate().isoformat(),
        },
    )
    assert user.memberships.get().role == Role.LAWYER
    page = admin.post(reverse("accounts:invitation-make", args=[user.pk]), follow=True).content.decode()
    link = page.split('id="invitation" readonly value="')[1].split('"')[0]
    guest = Client()
    form = guest.get(link, follow=True)
    password = "een-lang-wachtwoord-7"
    done = guest.post(
        form.request["PATH_INFO"], {"new_password1": password, "new_password2": password}, follow=True
    )
    assert done.status_code == 200
    assert guest.login(request=done.wsgi_request, username="nieuw", password=password)
    assert "werkt niet meer" in Client().get(link, follow=True).content.decode()


def test_invitation_is_shown_once(world: World, login: Any) -> None:
    admin = login(world.administrator)
    User.objects.filter(pk=world.lawyer.pk).update(password="!")  # never been here
    url = reverse("accounts:invitation-make", args=[world.lawyer.pk])
    shown = admin.post(url, follow=True)
    again = admin.get(shown.request["PATH_INFO"] + "?link=1")
    assert "readonly" in shown.content.decode()
    assert "readonly" not in again.content.decode()


def test_administrator_can_not_widen_his_own_rights(world: World, login: Any) -> None:
    admin = login(world.administrator)
    response = admin.post(
        reverse("accounts:role-give", args=[world.administrator.pk]),
        {
            "neighbourhood": world.neighbourhood.pk,
            "role": Role.LAWYER,
            "from_on": timezone.localdate().isoformat(),
        },
    )
    assert response.status_code == 422
    assert "andere beheerder" in response.content.decode()
    assert list(world.administrator.memberships.values_list("role", flat=True)) == [Role.ADMINISTRATOR]


def test_administrator_gives_roles_only_in_his_neighbourhoods(world: World, login: Any) -> None:
    response = login(world.administrator).post(
        reverse("accounts:role-give", args=[world.lawyer.pk]),
        {
            "neighbourhood": world.elsewhere.pk,
            "role": Role.LAWYER,
            "from_on": timezone.localdate().isoformat(),
        },
    )
    assert response.status_code == 422
    assert not world.lawyer.memberships.filter(neighbourhood=world.elsewhere).exists()


def test_role_of_another_neighbourhood_can_not_be_ended(world: World, login: Any) -> None:
    membership = world.outsider.memberships.get()
    response = login(world.administrator).post(
        reverse("accounts:role-end", args=[world.outsider.pk, membership.pk])
    )
    assert response.status_code == 404


def test_ended_role_gives_no_access_any_more(world: World, login: Any) -> None:
    membership = world.lawyer.memberships.get()
    login(world.administrator).post(reverse("accounts:role-end", args=[world.lawyer.pk, membership.pk]))
    assert login(world.lawyer).get(world.case.get_absolute_url()).status_code == 403


@pytest.mark.parametrize(
    "dates",
    [
        {"from_on": "2026-02-01", "until_on": "2026-01-01"},
        {"from_on": "0001-01-01"},
        {"from_on": "9999-12-31"},
        {"from_on": "gisteren"},
    ],
)
def test_role_with_bad_dates_is_refused(world: World, login: Any, dates: dict[str, str]) -> None:
    response = login(world.administrator).post(
        reverse("accounts:role-give", args=[world.lawyer.pk]),
        {"neighbourhood": world.neighbourhood.pk, "role": Role.MANAGER, **dates},
    )
    assert response.status_code == 422
    assert world.lawyer.memberships.count() == 1


def test_role_given_again_after_it_ended_starts_again(world: World, login: Any) -> None:
    today = timezone.localdate()
    Membership.objects.filter(user=world.lawyer).update(until_on=today - dt.timedelta(days=10))
    login(world.administrator).post(
        reverse("accounts:role-give", args=[world.lawyer.pk]),
        {"neighbourhood": world.neighbourhood.pk, "role": Role.LAWYER, "from_on": today.isoformat()},
    )
    membership = world.lawyer.memberships.get()
    assert (membership.from_on, membership.until_on) == (today, None)


def test_taken_user_name_is_told_beside_the_field(world: World, login: Any) -> None:
    response = login(world.administrator).post(
        reverse("accounts:user-new"),
        {
            "username": "LAWYER",
            "first_name": "L",
            "last_name": "L",
            "organisation": world.organisations["city"].pk,
            "is_active": "on",
        },
    )
    assert response.status_code == 422
    assert "username" in response.context["form"].errors


def test_new_neighbourhood_can_be_set_up_by_who_made_it(world: World, login: Any) -> None:
    login(world.administrator).post(
        reverse("accounts:neighbourhood-new"),
        {
            "name": "Nekkerspoel",
            "code": "NEK",
            "slug": "nekkerspoel",
            "city": "Mechelen",
            "postcode": "2800",
            "time_zone": "Europe/Brussels",
            "is_active": "on",
        },
    )
    assert world.administrator.memberships.filter(
        neighbourhood=Neighbourhood.objects.get(code="NEK")
    ).exists()


def test_code_of_a_neighbourhood_stays(world: World, login: Any) -> None:
    response = login(world.administrator).post(
        reverse("accounts:neighbourhood-edit", args=[world.neighbourhood.pk]),
        {
            "name": "Arsenaal",
            "code": "XXX",
            "slug": "arsenaal",
            "city": "Mechelen",
            "postcode": "2800",
            "time_zone": "Europe/Brussels",
            "is_active": "on",
        },
    )
    assert response.status_code == 422
    world.neighbourhood.refresh_from_db()
    assert world.neighbourhood.code == "ARS"


def test_organisation_is_added_once(world: World, login: Any) -> None:
    data = {"name": "De Lage Drempel", "kind": "partner", "is_active": "on"}
    admin = login(world.administrator)
    admin.post(reverse("accounts:organisation-new"), data)
    response = admin.post(reverse("accounts:organisation-new"), {**data, "name": "de lage drempel"})
    assert response.status_code == 422
    assert Organisation.objects.filter(name__iexact="de lage drempel").count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_the_administrator_sets_up(world: World, login: Any, role: Role) -> None:
    client = login(world.users[role])
    for name in ("user-list", "user-new", "organisation-list", "neighbourhood-list"):
        assert client.get(reverse(f"accounts:{name}")).status_code == 403


def test_list_of_users_costs_the_same_with_more_users(
    world: World, login: Any, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = login(world.administrator)
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("accounts:user-list"))
    for n in range(60):
        User.objects.create(
            username=f"u{n}", first_name="U", last_name=str(n), organisation=world.organisations["city"]
        )
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("accounts:user-list"))
    assert client.get(reverse("accounts:user-list") + "?cursor=onzin").status_code == 200
