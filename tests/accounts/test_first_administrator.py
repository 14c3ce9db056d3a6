"""Starting an empty installation, once."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from tests.factories import World

ARGUMENTS = ("griet", "Griet", "Begin", "--organisation=Stad", "--neighbourhood=Arsenaal", "--code=ars")


def test_first_administrator_chooses_a_password_and_sets_up(db: None) -> None:
    out = io.StringIO()
    call_command("first_administrator", *ARGUMENTS, stdout=out)
    path = out.getvalue().split("<your address>")[1].strip()
    guest = Client()
    form = guest.get(path, follow=True)
    password = "een-lang-wachtwoord-8"
    guest.post(form.request["PATH_INFO"], {"new_password1": password, "new_password2": password})
    guest.post("/accounts/login/", {"username": "griet", "password": password})
    assert guest.get("/accounts/users/").status_code == 200
    assert guest.get("/cases/").status_code == 403


def test_second_time_is_refused(world: World) -> None:
    before = User.objects.count()
    with pytest.raises(CommandError, match="There are users already"):
        call_command("first_administrator", *ARGUMENTS)
    assert User.objects.count() == before
