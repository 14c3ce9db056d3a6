"""A request that a worker gave up on: seen why in plain Dutch, and tried again once."""

import datetime as dt
from typing import Any

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from arsenaal.lib.wall import beyond_wall
from rights.actions.decide import CannotRetry, retry_request
from rights.actions.work import resume, work_on_request
from rights.enums import Failure, RequestState
from rights.models import ExportPart, RightsRequest
from rights.queueing import MOST_ATTEMPTS
from tests.factories import World
from tests.rights.conftest import Family, asked

# What goes wrong may hold words of the family; what is kept and shown may not.
WORDS = "Zebedeus heeft schulden"


@pytest.fixture
def export(family: Family) -> RightsRequest:
    return asked(family.by, family.first, "export")


def _fail(monkeypatch: pytest.MonkeyPatch, export: RightsRequest, error: Exception, times: int) -> None:
    def broken(*args: Any) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr("rights.actions.work.collect", broken)
        for _time in range(times):
            assert not work_on_request(request_id=export.pk)
    export.refresh_from_db()


def _page(client: Client, export: RightsRequest) -> str:
    return client.get(export.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("error", "why", "told"),
    [
        (SoftTimeLimitExceeded(), Failure.TIME, "het duurde te lang"),
        (OSError(WORDS), Failure.STORAGE, "de opslag is vol of niet bereikbaar"),
        (OperationalError(WORDS), Failure.DATABASE, "de databank weigerde of was niet bereikbaar"),
        (KeyError(WORDS), Failure.OTHER, "er liep iets mis in het programma zelf"),
    ],
)
def test_last_failure_is_kept_and_told_in_plain_words(
    world: World,
    export: RightsRequest,
    monkeypatch: pytest.MonkeyPatch,
    login: Any,
    error: Exception,
    why: str,
    told: str,
) -> None:
    _fail(monkeypatch, export, error, MOST_ATTEMPTS - 1)
    assert (export.failure, export.state) == ("", "collecting")
    assert "Dit is niet gelukt" not in _page(login(world.privacy_officer), export)
    _fail(monkeypatch, export, error, 1)
    assert (export.failure, export.state) == (why, "collecting")
    page = _page(login(world.privacy_officer), export)
    assert "Dit is niet gelukt" in page
    assert told in page
    assert "Opnieuw proberen" in page
    assert "Dat duurt even" not in page
    assert WORDS not in page
    assert "niet gelukt" in login(world.privacy_officer).get(reverse("rights:overview")).content.decode()


def test_nobody_works_on_what_failed_until_it_is_asked(
    export: RightsRequest, monkeypatch: pytest.MonkeyPatch, queued: list[int]
) -> None:
    _fail(monkeypatch, export, KeyError("x"), MOST_ATTEMPTS)
    queued.clear()
    later = timezone.now() + dt.timedelta(hours=1)
    assert resume(now=later) == 0
    assert not work_on_request(request_id=export.pk)
    assert not ExportPart.objects.exists()
    assert queued == []


def test_worker_that_was_killed_each_time_is_told_by_the_sweep(export: RightsRequest) -> None:
    RightsRequest.objects.filter(pk=export.pk).update(attempts=MOST_ATTEMPTS, queued_at=timezone.now())
    resume()
    export.refresh_from_db()
    assert export.failure == ""  # the last try may still be going on
    assert resume(now=timezone.now() + dt.timedelta(minutes=4)) == 0
    export.refresh_from_db()
    assert export.failure == Failure.BROKEN


@pytest.mark.parametrize("role", ["privacy_officer", "coordinator"])
def test_retry_from_the_page_is_asked_once_and_works(
    world: World,
    export: RightsRequest,
    monkeypatch: pytest.MonkeyPatch,
    login: Any,
    queued: list[int],
    django_capture_on_commit_callbacks: Any,
    role: str,
) -> None:
    _fail(monkeypatch, export, OSError("vol"), MOST_ATTEMPTS)
    queued.clear()
    client, url = login(world.users[role]), reverse("rights:retry", args=[export.pk])
    shown = client.get(export.get_absolute_url())
    token = shown.context["retry_token"]
    assert f'name="submission_token" value="{token}"' in shown.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        for _press in range(2):
            response = client.post(url, {"submission_token": token})
            assert (response.status_code, response["Location"]) == (302, export.get_absolute_url())
    assert queued == [export.pk]
    # A page that was still open: told that there is nothing to do, asked nothing more.
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url, {}).status_code == 422
    assert queued == [export.pk]
    export.refresh_from_db()
    assert (export.failure, export.attempts, export.state) == ("", 0, RequestState.COLLECTING)
    assert work_on_request(request_id=export.pk)
    export.refresh_from_db()
    assert export.state == RequestState.REVIEW
    assert "Dit is niet gelukt" not in _page(client, export)


def test_who_follows_a_request_sees_that_it_failed_and_who_can_try_again(
    world: World, export: RightsRequest, monkeypatch: pytest.MonkeyPatch, login: Any
) -> None:
    _fail(monkeypatch, export, OSError("vol"), MOST_ATTEMPTS)
    client = login(world.lawyer)
    page = _page(client, export)
    assert "Dit is niet gelukt" in page
    assert reverse("rights:retry", args=[export.pk]) not in page
    assert client.post(reverse("rights:retry", args=[export.pk])).status_code == 403
    with pytest.raises(CannotRetry):
        retry_request(by=world.lawyer, request=export)


def test_nothing_to_retry_is_refused(world: World, export: RightsRequest, queued: list[int]) -> None:
    queued.clear()
    with pytest.raises(CannotRetry):
        retry_request(by=world.privacy_officer, request=export)
    assert queued == []


def test_database_keeps_a_failure_with_what_has_to_be_done(export: RightsRequest) -> None:
    with beyond_wall("a test"), pytest.raises(DatabaseError):
        RightsRequest.objects.filter(pk=export.pk).update(state="review", failure="other")
