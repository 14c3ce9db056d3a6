"""Mandates: kept by the coordinator, used by the team."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.actions.checks import BadDateError
from cases.actions.mandates import MandateEndedError, MandateExistsError, add_mandate, end_mandate
from cases.models import Mandate
from tests.factories import World


def url(name: str, *args: Any) -> str:
    return reverse(f"cases:{name}", args=args)


def mandate(world: World, **more: Any) -> Mandate:
    values = {
        "by": world.coordinator,
        "neighbourhood": world.neighbourhood,
        "organisation": world.organisations["energy"],
        "subject": "Kachels",
        "granted_by": "het college",
        "answer_within_days": 3,
        "from_on": timezone.localdate() - dt.timedelta(days=30),
        **more,
    }
    return add_mandate(**values)


def form(world: World, **more: Any) -> dict[str, Any]:
    return {
        "neighbourhood": world.neighbourhood.pk,
        "organisation": world.organisations["energy"].pk,
        "subject": "Kachels",
        "granted_by": "het college",
        "answer_within_days": "3",
        "from_on": timezone.localdate().isoformat(),
        **more,
    }


def test_mandate_twice_is_told(world: World) -> None:
    mandate(world)
    with pytest.raises(MandateExistsError):
        mandate(world, subject="kachels")


def test_mandate_again_after_it_ended(world: World) -> None:
    first = mandate(world)
    end_mandate(by=world.coordinator, mandate=first, until_on=timezone.localdate() - dt.timedelta(days=1))
    assert mandate(world, from_on=timezone.localdate()).pk != first.pk
    with pytest.raises(MandateEndedError):
        end_mandate(by=world.coordinator, mandate=first, until_on=timezone.localdate())


def test_mandate_that_ends_before_it_begins_is_refused(world: World) -> None:
    with pytest.raises(BadDateError):
        mandate(world, until_on=timezone.localdate() - dt.timedelta(days=60))
    with pytest.raises(BadDateError):
        end_mandate(
            by=world.coordinator,
            mandate=mandate(world),
            until_on=timezone.localdate() - dt.timedelta(days=60),
        )


def test_mandate_valid_on_its_last_day(world: World) -> None:
    today = timezone.localdate()
    held = end_mandate(by=world.coordinator, mandate=mandate(world), until_on=today)
    assert list(Mandate.objects.valid_on(today)) == [held]
    assert not Mandate.objects.valid_on(today + dt.timedelta(days=1)).exists()


def test_mandate_views_of_the_coordinator(world: World, login: Any) -> None:
    client = login(world.coordinator)
    assert client.post(url("mandate-new"), form(world)).status_code == 302
    held = Mandate.objects.get()
    page = client.get(url("mandate-list")).content.decode()
    assert "Kachels" in page
    assert "3 werkdagen" in page
    today = timezone.localdate().isoformat()
    assert client.post(url("mandate-end", held.pk), {"until_on": today}).status_code == 302
    held.refresh_from_db()
    assert held.until_on == timezone.localdate()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"answer_within_days": "0"}, "answer_within_days"),
        ({"answer_within_days": "100000"}, "answer_within_days"),
        ({"subject": ""}, "subject"),
        ({"from_on": "0001-01-01"}, "from_on"),
        ({"until_on": "2000-01-01"}, "until_on"),
    ],
)
def test_mandate_view_with_bad_input(world: World, login: Any, changes: dict[str, str], field: str) -> None:
    response = login(world.coordinator).post(url("mandate-new"), form(world, **changes))
    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_mandate_list_is_read_by_who_asks_and_kept_by_the_coordinator(world: World, login: Any) -> None:
    held = mandate(world)
    client = login(world.community_worker)
    assert client.get(url("mandate-list")).status_code == 200
    assert client.get(url("mandate-new")).status_code == 403
    assert client.get(url("mandate-end", held.pk)).status_code == 403
    for who in ("partner", "manager", "administrator"):
        assert login(world.users[who]).get(url("mandate-list")).status_code == 403
    outside = login(world.outsider)
    assert "Kachels" not in outside.get(url("mandate-list")).content.decode()
    assert outside.get(url("mandate-end", held.pk)).status_code == 404
    assert outside.post(url("mandate-new"), form(world)).status_code == 422
