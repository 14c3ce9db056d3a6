"""The calendar on the screen, and the feed that leaves the program: what it shows, to whom, and what it never says."""

import datetime as dt
import threading
import uuid
from typing import Any
from unittest.mock import patch

import icalendar
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions import feed_tokens
from accounts.actions.feed_tokens import FeedGoneError, FeedTooOftenError, make_feed, revoke_feed, use_feed
from accounts.models import FeedToken, User
from arsenaal.lib.ical import CalendarEvent, calendar_bytes
from arsenaal.lib.registries import term_sources
from cases.actions.plan import add_step
from cases.actions.plan_visit import plan_visit
from cases.calendar import items_of, weeks_of
from cases.models import Case
from housing.procedure_enums import Step
from tests.factories import World
from tests.housing.factories import house
from tests.housing.procedure_steps import go, homes, start

TODAY = timezone.localdate


def _soon(days: int = 2, hour: int = 14) -> dt.datetime:
    return timezone.localtime().replace(hour=hour, minute=0, second=0, microsecond=0) + dt.timedelta(
        days=days
    )


def _fill(world: World, case: Case) -> dt.datetime:
    """A visit, a step with a name in it, a hearing."""
    when = _soon(10, 10)
    plan_visit(by=world.community_worker, case=case, scheduled_at=_soon(), visitors=[world.community_worker])
    add_step(
        by=world.community_worker,
        case=case,
        title="Bellen met Fatima Geheim",
        assignee=case.lead,
        due_on=TODAY() + dt.timedelta(days=3),
    )
    dwelling = homes(world)[0]
    house(world, case, dwelling)
    procedure = start(world, [dwelling])
    go(world, procedure, Step.FIND_FOUNDED, Step.ASK_ADVICE, Step.INVESTIGATE, Step.SEND_ADVICE)
    go(world, procedure, Step.PLAN_HEARING, hearing_at=when)
    return when


def _feed(user: User, scope: str = "own", key: int = 0) -> str:
    return reverse("cases:calendar-feed", args=[make_feed(by=user, scope=scope, key=key)[1]])


# --- on the screen -------------------------------------------------------------------------------------------------
def test_month_shows_visits_terms_and_hearings_once(world: World, case: Case, login: Any) -> None:
    when = _fill(world, case)
    page = login(world.community_worker).get(reverse("cases:calendar"), {"month": f"{when:%Y-%m}"})
    items = items_of(world.community_worker, "own", 0, TODAY(), TODAY() + dt.timedelta(days=120))
    assert [item.what for item in items if "oorzitting" in item.what] == ["Hoorzitting: Leuvensesteenweg 12"]
    assert {"visit", "hearing", "cases.steps", "housing.procedures"} <= {
        item.uid.split("-")[0] for item in items
    }
    assert page.status_code == 200
    assert "Hoorzitting" in page.content.decode()


def test_own_calendar_holds_only_ones_own_cases(world: World, case: Case) -> None:
    _fill(world, case)
    assert items_of(world.community_worker, "own", 0, TODAY(), TODAY() + dt.timedelta(days=9))
    assert items_of(world.youth_coach, "own", 0, TODAY(), TODAY() + dt.timedelta(days=9)) == []


@pytest.mark.parametrize("month", ["", "onzin", "2026-13", "0001-01", "9999-12", "2026-02"])
def test_month_that_makes_no_sense_shows_this_one(world: World, login: Any, month: str) -> None:
    client = login(world.coordinator)
    for view in ("", "list"):
        assert client.get(reverse("cases:calendar"), {"month": month, "view": view}).status_code == 200


def test_calendar_of_elsewhere_and_of_nothing_is_not_found(world: World, login: Any) -> None:
    client = login(world.coordinator)
    elsewhere = homes(world)[0].building
    for scope, key in (
        ("team", world.elsewhere.pk),
        ("building", 999_999),
        ("onzin", 1),
        ("own", 5),
    ):
        assert client.get(reverse("cases:calendar-of", args=[scope, key])).status_code == 404
        assert client.get(reverse("cases:calendar-feed-new", args=[scope, key])).status_code == 404
    assert (
        login(world.outsider).get(reverse("cases:calendar-of", args=["building", elsewhere.pk])).status_code
        == 404
    )


def test_calendar_of_a_building_shows_empty_dwellings_only_to_who_reads_procedures(world: World) -> None:
    dwellings = homes(world)
    start(world, dwellings)
    where = ("building", dwellings[0].building_id, TODAY(), TODAY() + dt.timedelta(days=120))
    assert {item.icon for item in items_of(world.lawyer, *where)} == {"hourglass-split"}
    assert items_of(world.community_worker, *where) == []


def test_weeks_run_from_monday_to_sunday() -> None:
    weeks = weeks_of(dt.date(2026, 11, 1), [], dt.date(2026, 11, 25))
    assert [week[0].on.weekday() for week in weeks] == [0] * len(weeks)
    assert sum(day.is_today for week in weeks for day in week) == 1
    assert sum(day.is_inside for week in weeks for day in week) == 30


def test_queries_do_not_grow_with_the_cases(
    world: World, case: Case, django_assert_max_num_queries: Any
) -> None:
    _fill(world, case)
    for days in range(3, 20):
        plan_visit(
            by=world.community_worker, case=case, scheduled_at=_soon(days), visitors=[world.community_worker]
        )
    with django_assert_max_num_queries(14 + 3 * len(term_sources)):
        items_of(world.coordinator, "team", world.neighbourhood.pk, TODAY(), TODAY() + dt.timedelta(days=40))


# --- the feed ------------------------------------------------------------------------------------------------------
def test_feed_opens_in_a_parser_and_names_nobody(world: World, case: Case, client: Client) -> None:
    when = _fill(world, case)
    response = client.get(_feed(world.community_worker))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in response.headers["Cache-Control"]
    events = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    by_summary = {str(event["SUMMARY"]): event for event in events}
    hearing = by_summary[f"Hoorzitting {case.number}"]
    assert hearing["DTSTART"].dt == when
    assert str(hearing["DTSTART"].params["TZID"]) == "Europe/Brussels"
    assert f"Huisbezoek {case.number}" in by_summary
    assert f"Stap van het plan {case.number}" in by_summary
    text = response.content.decode()
    for secret in ("Fatima", "Geheim", "Proefman", "studio", "Leuvensesteenweg", "Test", str(case.title)):
        assert secret not in text


def test_feed_keeps_the_hour_over_the_change_of_the_clock() -> None:
    zone = timezone.get_default_timezone()
    moments = [
        dt.datetime(2026, month, day, 9, 30, tzinfo=zone) for month, day in ((10, 24), (10, 26), (3, 30))
    ]
    raw = calendar_bytes(
        "x", [CalendarEvent(str(uuid.uuid4()), moment, "x") for moment in moments], now=timezone.now()
    )
    calendar = icalendar.Calendar.from_ical(raw)
    assert [event["DTSTART"].dt for event in calendar.walk("VEVENT")] == moments
    assert {event["DTSTART"].dt.hour for event in calendar.walk("VEVENT")} == {9}
    assert calendar.walk("VTIMEZONE")


def test_feed_shows_only_what_its_user_may_still_see(world: World, case: Case, client: Client) -> None:
    _fill(world, case)
    url = _feed(world.partner)
    assert case.number in client.get(url).content.decode()
    case.members.filter(user=world.partner).delete()
    assert case.number not in client.get(url).content.decode()


def test_feed_of_a_team_that_one_left_is_gone(world: World, case: Case, client: Client) -> None:
    url = _feed(world.community_worker, "team", world.neighbourhood.pk)
    assert client.get(url).status_code == 200
    world.community_worker.memberships.update(until_on=TODAY() - dt.timedelta(days=1))
    assert client.get(url).status_code == 404


def test_feed_is_gone_when_revoked_replaced_or_its_user_left(world: World, client: Client) -> None:
    first = _feed(world.lawyer)
    second = _feed(world.lawyer)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    revoke_feed(by=world.lawyer, feed=FeedToken.objects.get(revoked_at__isnull=True))
    assert client.get(second).status_code == 404
    third = _feed(world.lawyer)
    User.objects.filter(pk=world.lawyer.pk).update(is_active=False)
    assert client.get(third).status_code == 404


@pytest.mark.parametrize(
    "secret", ["x", "a" * 43, "a" * 5000, "%00" * 30, "..%2f..%2fetc", "' OR 1=1 --", "é" * 40, "🦔" * 25]
)
def test_feed_of_nobody_is_a_plain_404(db: None, client: Client, secret: str) -> None:
    response = client.get(f"/calendar/feed/{secret}.ics")
    assert response.status_code == 404
    assert "login" not in response.headers.get("Location", "")


def test_feed_answers_only_reading(world: World, client: Client) -> None:
    url = _feed(world.lawyer)
    assert client.post(url).status_code in (403, 405)
    assert client.head(url).status_code == 200


def test_feed_keeps_no_secret_only_its_hash(world: World) -> None:
    _token, secret = make_feed(by=world.lawyer, scope="own", key=0)
    row = FeedToken.objects.values().get()
    assert secret not in str(row)
    assert len(row["digest"]) == 64


def test_feed_asked_too_often_waits_an_hour(world: World, client: Client) -> None:
    url = _feed(world.lawyer)
    with patch.object(feed_tokens, "TIMES_AN_HOUR", 3):
        assert [client.get(url).status_code for _ in range(4)] == [200, 200, 200, 429]
        with time_machine.travel(timezone.now() + dt.timedelta(hours=1, minutes=1)):
            assert client.get(url).status_code == 200


def test_feed_too_often_is_an_error_with_a_way_on(world: World) -> None:
    _token, secret = make_feed(by=world.lawyer, scope="own", key=0)
    FeedToken.objects.update(counting_at=timezone.now(), used_times=feed_tokens.TIMES_AN_HOUR)
    with pytest.raises(FeedTooOftenError, match="uur"):
        use_feed(secret)


def test_revoking_somebody_elses_feed_is_refused(world: World, login: Any) -> None:
    token, _secret = make_feed(by=world.lawyer, scope="own", key=0)
    with pytest.raises(FeedGoneError):
        revoke_feed(by=world.coordinator, feed=token)
    assert (
        login(world.coordinator).post(reverse("cases:calendar-feed-revoke", args=[token.pk])).status_code
        == 404
    )


def test_new_address_is_shown_once(world: World, login: Any) -> None:
    client = login(world.lawyer)
    response = client.post(reverse("cases:calendar-feed-new", args=["own", 0]), {}, follow=True)
    shown = response.context["secret_url"]
    assert shown in response.content.decode()
    assert shown not in client.get(reverse("cases:calendar-feeds")).content.decode()
    assert Client().get(shown.removeprefix("http://testserver")).status_code == 200


def test_address_can_be_stopped_on_the_page(world: World, login: Any) -> None:
    client, url = login(world.lawyer), _feed(world.lawyer)
    token = FeedToken.objects.get()
    assert client.post(reverse("cases:calendar-feed-revoke", args=[token.pk]), {}).status_code == 302
    assert Client().get(url).status_code == 404
    assert "Je hebt geen geheim adres" in client.get(reverse("cases:calendar-feeds")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_leave_one_address(transactional_db: None) -> None:
    world = World.build()
    user, gate = world.lawyer, threading.Barrier(2)

    def work() -> None:
        gate.wait(timeout=10)
        make_feed(by=user, scope="own", key=0)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert FeedToken.objects.count() == 2
    assert FeedToken.objects.filter(revoked_at__isnull=True).count() == 1
