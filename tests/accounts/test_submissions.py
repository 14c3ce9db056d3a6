"""A form that is sent twice is done once; one that was changed in between is done."""

import threading
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.actions.submissions import perform_once
from accounts.models import Organisation
from tests.factories import World

DATA = {"name": "Nieuwe dienst", "kind": "city", "is_active": "on"}


def test_same_form_sent_again_is_done_once(world: World, login: Any) -> None:
    data = {**DATA, "submission_token": str(uuid.uuid4())}
    admin = login(world.administrator)
    answers = [admin.post(reverse("accounts:organisation-new"), data) for _attempt in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Organisation.objects.filter(name="Nieuwe dienst").count() == 1


def test_form_changed_after_going_back_is_done_too(world: World, login: Any) -> None:
    token = str(uuid.uuid4())
    admin = login(world.administrator)
    for name in ("Eerste", "Tweede"):
        admin.post(reverse("accounts:organisation-new"), {**DATA, "name": name, "submission_token": token})
    assert Organisation.objects.filter(name__in=["Eerste", "Tweede"]).count() == 2


def test_refused_form_can_be_sent_again_with_the_same_token(world: World, login: Any) -> None:
    data = {**DATA, "submission_token": str(uuid.uuid4())}
    first = Organisation.objects.create(name="Nieuwe dienst", kind="city")
    admin = login(world.administrator)
    assert admin.post(reverse("accounts:organisation-new"), data).status_code == 422
    first.delete()
    assert admin.post(reverse("accounts:organisation-new"), data).status_code == 302
    assert Organisation.objects.filter(name="Nieuwe dienst").count() == 1


def test_somebody_elses_token_hands_out_nothing(world: World) -> None:
    token = uuid.uuid4()
    perform_once(by=world.lawyer, token=token, work=lambda: "/van-de-jurist/")
    assert perform_once(by=world.partner, token=token, work=lambda: "/van-mij/") == ("/van-mij/", True)


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_are_one(transactional_db: None) -> None:
    world = World.build()
    data = {**DATA, "submission_token": str(uuid.uuid4())}
    start, answers = threading.Barrier(2), []

    def send() -> None:
        client = Client()
        client.force_login(world.administrator, backend="django.contrib.auth.backends.ModelBackend")
        start.wait()
        answers.append(client.post(reverse("accounts:organisation-new"), data).status_code)
        connection.close()

    threads = [threading.Thread(target=send) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [302, 302]
    assert Organisation.objects.filter(name="Nieuwe dienst").count() == 1


def test_what_is_written_is_dutch_whatever_the_screen(world: World, login: Any) -> None:
    from cases.models import TimelineEntry

    world.coordinator.language = "en"
    world.coordinator.save()
    login(world.coordinator).post(
        reverse("cases:case-state", args=[world.case.number]),
        {"to_state": "active", "reason": "we zijn bezig"},
    )
    assert TimelineEntry.objects.get(kind="cases.state").title == "Stand: lopend"
