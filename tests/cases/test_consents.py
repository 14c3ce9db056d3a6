"""Consents: by somebody of the household, until a day, and gone at once when withdrawn."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.actions.checks import BadDateError
from cases.actions.close_case import close_case
from cases.actions.consents import (
    ConsentIncompleteError,
    ConsentWithdrawnError,
    record_consent,
    withdraw_consent,
    years_later,
)
from cases.enums import CaseOutcome
from cases.models import Consent, TimelineEntry
from tests.factories import World


def url(name: str, *args: Any) -> str:
    return reverse(f"cases:{name}", args=args)


def consent(world: World, **more: Any) -> Consent:
    values = {
        "by": world.community_worker,
        "case": world.case,
        "person": world.case.household.members.get().person,
        "recipients": [world.organisations["energy"]],
        "categories": ["contact", "dwelling"],
        "purpose": "Een afspraak voor de kachel",
        "language": "nl",
        **more,
    }
    return record_consent(**values)


def form(world: World, **more: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "person": world.case.household.members.get().person_id,
        "recipients": [world.organisations["energy"].pk],
        "categories": ["contact"],
        "purpose": "Een afspraak",
        "language": "ar",
        "with_interpreter": "on",
        "from_on": today.isoformat(),
        "until_on": (today + dt.timedelta(days=90)).isoformat(),
        **more,
    }


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (dt.date(2026, 11, 23), dt.date(2027, 11, 22)),
        (dt.date(2024, 2, 29), dt.date(2025, 2, 27)),
        (dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
    ],
)
def test_consent_lasts_a_year(day: dt.date, later: dt.date) -> None:
    assert years_later(day, 1) == later


def test_consent_without_an_end_holds_for_a_year_and_is_told(world: World) -> None:
    given = consent(world)
    assert given.until_on == years_later(timezone.localdate(), 1)
    assert Consent.objects.valid_on().get() == given
    entry = TimelineEntry.objects.latest("pk")
    assert entry.title == "Toestemming gegeven: Organisatie energy"
    assert [chip["text"] for chip in entry.data["chips"]] == ["naam en hoe te bereiken", "de woning"]
    assert "Jef" not in entry.body, "a partner on the team may not learn a name from the timeline"
    assert given.purpose not in entry.body, "nor what a consent to another service is for"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"from_on": dt.timedelta(days=1)}, "from_on"),
        ({"from_on": dt.timedelta(days=-20 * 366)}, "from_on"),
        ({"from_on": dt.timedelta(days=-5), "until_on": dt.timedelta(days=-8)}, "until_on"),
        ({"from_on": dt.timedelta(days=-50), "until_on": dt.timedelta(days=-1)}, "until_on"),
        ({"until_on": dt.timedelta(days=6 * 366)}, "until_on"),
    ],
)
def test_consent_on_impossible_days_is_refused(
    world: World, changes: dict[str, dt.timedelta], field: str
) -> None:
    with pytest.raises(BadDateError) as refused:
        consent(world, **{name: timezone.localdate() + delta for name, delta in changes.items()})
    assert refused.value.field == field


def test_consent_by_somebody_of_another_household_is_refused(world: World) -> None:
    stranger = world.other_case.household.members.get().person
    with pytest.raises(ConsentIncompleteError) as refused:
        consent(world, person=stranger)
    assert refused.value.field == "person"


@pytest.mark.parametrize("field", ["recipients", "categories"])
def test_consent_without_whom_or_what_is_refused(world: World, field: str) -> None:
    with pytest.raises(ConsentIncompleteError) as refused:
        consent(world, **{field: []})
    assert refused.value.field == field


def test_consent_withdrawn_works_at_once_and_only_once(world: World) -> None:
    given = consent(world)
    withdraw_consent(by=world.lawyer, consent=given, note="Hij vertrouwt het niet.")
    assert not Consent.objects.valid_on().exists()
    given.refresh_from_db()
    assert given.withdrawn_by == world.lawyer
    with pytest.raises(ConsentWithdrawnError):
        withdraw_consent(by=world.lawyer, consent=given)
    assert TimelineEntry.objects.latest("pk").body == "Hij vertrouwt het niet."


def test_consent_can_be_withdrawn_from_a_closed_case(world: World, login: Any) -> None:
    given = consent(world)
    close_case(by=world.coordinator, case=world.case, outcome=CaseOutcome.MOVED_AWAY, summary="Weg.")
    client = login(world.lawyer)
    assert client.get(url("consent-new", world.case.number)).status_code == 403
    assert client.post(url("consent-withdraw", world.case.number, given.pk), {"note": ""}).status_code == 302
    assert not Consent.objects.valid_on().exists()


def test_consent_view_records_and_shows_it(world: World, login: Any) -> None:
    client = login(world.community_worker)
    assert client.post(url("consent-new", world.case.number), form(world)).status_code == 302
    given = Consent.objects.get()
    assert (given.language, given.with_interpreter, given.recorded_by) == ("ar", True, world.community_worker)
    page = client.get(world.case.get_absolute_url()).content.decode()
    assert "Jef Proefman" in page
    assert "Een afspraak" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"categories": []}, "categories"),
        ({"categories": ["everything"]}, "categories"),
        ({"recipients": ["999999"]}, "recipients"),
        ({"recipients": ["\0"]}, "recipients"),
        ({"language": "xx"}, "language"),
        ({"purpose": "x" * 20000}, "purpose"),
        ({"until_on": "2020-01-01"}, "until_on"),
        ({"until_on": "9999-01-01"}, "until_on"),
        ({"person": ""}, "person"),
    ],
)
def test_consent_view_with_bad_input_loses_nothing(
    world: World, login: Any, changes: dict[str, Any], field: str
) -> None:
    data = form(world, **changes)
    response = login(world.community_worker).post(url("consent-new", world.case.number), data)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert response.context["form"]["purpose"].value() == data["purpose"]


def test_consent_view_never_offers_people_a_partner_may_not_see(world: World, login: Any) -> None:
    client = login(world.partner)
    offered = client.get(url("consent-new", world.case.number)).context["form"].fields["person"].queryset
    assert not offered.exists()
    consent(world, recipients=[world.organisations["city"]], purpose="Niet voor hem")
    consent(world, recipients=[world.organisations["partner"]], categories=["dwelling"])
    page = client.get(world.case.get_absolute_url()).content.decode()
    assert "iemand van het gezin" in page
    assert "Niet voor hem" not in page, "he sees the consents that name his service"
    assert "Jef Proefman" not in page


def test_consent_that_ends_soon_is_flagged(world: World, login: Any) -> None:
    consent(world, until_on=timezone.localdate() + dt.timedelta(days=20))
    page = login(world.community_worker).get(world.case.get_absolute_url()).content.decode()
    assert "loopt af" in page


@pytest.mark.parametrize(
    ("who", "status"), [("manager", 403), ("administrator", 403), ("cohesion_coach", 404), ("outsider", 404)]
)
def test_consent_views_are_for_who_works_on_the_case(world: World, login: Any, who: str, status: int) -> None:
    given = consent(world)
    client = login(world.users[who])
    assert client.get(url("consent-new", world.case.number)).status_code == status
    assert client.get(url("consent-withdraw", world.case.number, given.pk)).status_code == status


def test_consent_of_another_case_is_not_found(world: World, login: Any) -> None:
    given = consent(world)
    client = login(world.lawyer)
    assert client.get(url("consent-withdraw", world.other_case.number, given.pk)).status_code == 404
