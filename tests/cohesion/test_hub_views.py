"""The pages of the hub for who works here, and what everybody may read."""

import datetime as dt
import io
from typing import Any

import icalendar
import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from redis.exceptions import ConnectionError as RedisConnectionError

from cohesion.actions.activities import cancel_moment, count_moment
from cohesion.actions.hub_places import close_for
from cohesion.models import Activity, ActivityMoment, HubPlace
from tests.cohesion.hub import clock, only_moment, place_of, plan, today
from tests.factories import World

HUB = "/cohesion/hub/"


def later(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


@pytest.fixture
def place(world: World) -> HubPlace:
    return place_of(world.cohesion_coach, world.neighbourhood)


@pytest.fixture(autouse=True)
def _counted_anew(db: None) -> None:
    caches["counters"].clear()


def test_month_shows_what_goes_on_and_costs_the_same_for_more(
    world: World, place: HubPlace, login: Any, django_assert_num_queries: Any
) -> None:
    client = login(world.cohesion_coach)
    first = plan(world.cohesion_coach, place, starts_on=today(), starts_at=clock(0), ends_at=clock(0, 1))
    client.get(HUB)
    with django_assert_num_queries(11) as seen:
        html = client.get(HUB).content.decode()
    assert "Herstelcafé" in html
    assert "Nog te tellen" in html
    for n in range(20):
        plan(world.cohesion_coach, place, title=f"Naaien {n}", starts_on=today())
        place_of(world.cohesion_coach, world.neighbourhood, f"Plek {n}")
    with django_assert_num_queries(len(seen)):
        client.get(HUB)
    count_moment(
        by=world.cohesion_coach, moment=only_moment(first), version=1, new_count=2, returning_count=1
    )
    assert "3 bezoekers" in client.get(HUB).content.decode()
    assert client.get(f"{HUB}?month=onzin&wijk=onzin").status_code == 200
    assert "Niets gepland" in client.get(f"{HUB}?month={later(400):%Y-%m}").content.decode()


def test_other_neighbourhood_is_not_shown(world: World, place: HubPlace, login: Any) -> None:
    away = place_of(world.outsider, world.elsewhere, "Ver weg")
    activity = plan(world.outsider, away, title="Elders")
    client = login(world.cohesion_coach)
    assert "Ver weg" not in client.get(f"{HUB}?wijk={world.elsewhere.slug}").content.decode()
    for url in (away.get_absolute_url(), activity.get_absolute_url()):
        assert client.get(url).status_code == 404
    sent = {"title": "x", "kind": "other", "place": away.pk, "repeat": "once", "starts_on": today()}
    response = client.post(
        reverse("cohesion:activity-new"), sent | {"starts_at": "10:00", "ends_at": "11:00"}
    )
    assert "place" in response.context["form"].errors


def test_lawyer_and_manager_read_and_change_nothing(world: World, place: HubPlace, login: Any) -> None:
    activity = plan(world.cohesion_coach, place)
    for reader in (world.lawyer, world.manager):
        client = login(reader)
        assert "Activiteit plannen" not in client.get(HUB).content.decode()
        assert client.get(activity.get_absolute_url()).status_code == 200
        assert (
            client.get(reverse("cohesion:moment-count", args=[only_moment(activity).pk])).status_code == 403
        )
    assert login(world.partner).get(HUB).status_code == 403


def test_activity_is_planned_once_by_two_presses_and_changed(
    world: World, place: HubPlace, login: Any
) -> None:
    client = login(world.cohesion_coach)
    url = reverse("cohesion:activity-new")
    sent = {
        "title": "Taaltafel",
        "kind": "language",
        "place": place.pk,
        "repeat": "weekly",
        "starts_on": later(1),
        "until_on": later(22),
        "starts_at": "19:00",
        "ends_at": "21:00",
        "is_public": "on",
        "submission_token": "5b6d3c84-31b2-4a5d-9f3a-0d4bd2f3c001",
    }
    assert client.post(url, sent | {"until_on": ""}).status_code == 422
    for _press in range(2):
        assert client.post(url, sent).status_code == 302
    activity = Activity.objects.get()
    assert activity.moments.count() == 4
    page = client.get(activity.get_absolute_url()).content.decode()
    assert "elke week" in page
    edit = reverse("cohesion:activity-edit", args=[activity.pk])
    form = client.get(edit).context["form"]
    response = client.post(edit, {**form.initial, "title": "Taalcafé", "version": 1, "until_on": later(8)})
    assert response.status_code == 302
    assert activity.moments.count() == 2
    stale = client.post(edit, {**form.initial, "title": "Te laat", "version": 1, "until_on": later(8)})
    assert stale.status_code == 422
    assert "Taalcafé" in stale.content.decode()
    assert "Te laat" in stale.content.decode()


def test_moment_is_counted_moved_called_off_and_on_again(world: World, place: HubPlace, login: Any) -> None:
    client = login(world.community_worker)
    moment = only_moment(
        plan(world.cohesion_coach, place, starts_on=today(), starts_at=clock(0), ends_at=clock(0, 5))
    )

    def go(name: str, **data: Any) -> Any:
        moment.refresh_from_db()
        return client.post(
            reverse(f"cohesion:moment-{name}", args=[moment.pk]), {"version": moment.version, **data}
        )

    assert "new_count" in go("count").context["form"].errors
    assert go("cancel").status_code == 422
    assert go("cancel", reason="Te warm").status_code == 302
    assert go("restore").status_code == 302
    moved = go("move", on=later(-1), starts_at="10:00", ends_at="12:00")
    assert moved.status_code == 302
    assert go("count", new_count=4, helper_count=2, helper_hours="2,5").status_code == 302
    moment.refresh_from_db()
    assert (moment.new_count, moment.returning_count, str(moment.helper_hours)) == (4, 0, "2.50")
    assert go("move", on=later(1), starts_at="10:00", ends_at="12:00").status_code == 422
    assert "al geteld" in go("cancel", reason="x").content.decode()


def test_place_is_made_with_its_hours_and_closed_for_a_while(world: World, login: Any) -> None:
    client = login(world.coordinator)
    sent = {"name": "De Spoel", "address": "Fictiestraat 9003", "neighbourhood": world.neighbourhood.pk}
    response = client.post(reverse("cohesion:hub-place-new"), sent)
    place = HubPlace.objects.get()
    hours = reverse("cohesion:hub-hours", args=[place.pk])
    assert response.url == hours
    wrong = {"version": 1, "opens_0_0": "09:00", "opens_2_0": "12:00", "closes_2_0": "10:00"}
    errors = client.post(hours, wrong).context["form"].errors
    assert set(errors) == {"closes_0_0", "closes_2_0"}
    right = {
        "version": 1,
        "opens_0_0": "09:00",
        "closes_0_0": "12:00",
        "opens_0_1": "13:00",
        "closes_0_1": "17:00",
    }
    assert client.post(hours, right).status_code == 302
    assert client.get(hours).context["form"].initial["closes_0_1"] == clock(17)
    close = reverse("cohesion:hub-close", args=[place.pk])
    client.post(close, {"from_on": later(1), "until_on": later(2), "reason": "Verlof"})
    page = client.get(place.get_absolute_url()).content.decode()
    assert "09:00 – 12:00, 13:00 – 17:00" in page
    assert "Verlof" in page
    client.post(reverse("cohesion:hub-open-again", args=[place.pk, place.closed_periods.get().pk]))
    assert "Verlof" not in client.get(place.get_absolute_url()).content.decode()


# --- everybody -----------------------------------------------------------------------------------------------------
@pytest.fixture
def told(world: World, place: HubPlace) -> ActivityMoment:
    """One that goes on, one that was called off, one that isn't public, one of another neighbourhood."""
    coach = world.cohesion_coach
    activity = plan(coach, place, starts_on=later(1), hosts="Noor en Ali", description="Breng je fiets.")
    off = only_moment(plan(coach, place, title="Breien", starts_on=later(2)))
    cancel_moment(by=coach, moment=off, reason="Lesgever ziek")
    plan(coach, place, title="Teamvergadering", starts_on=later(3), is_public=False)
    plan(world.outsider, place_of(world.outsider, world.elsewhere), title="Elders", starts_on=later(1))
    close_for(by=coach, place=place, from_on=later(4), until_on=later(4), reason="Feestdag")
    return only_moment(activity)


def test_public_page_says_what_comes_in_two_languages_and_sets_no_cookie(
    world: World, told: ActivityMoment, django_assert_num_queries: Any
) -> None:
    url = reverse("wijk:neighbourhood", args=[world.neighbourhood.slug])
    client = Client()
    with django_assert_num_queries(6):
        response = client.get(url)
    html = response.content.decode()
    for words in (
        "Herstelcafé",
        "Noor en Ali",
        "Breien",
        "Lesgever ziek",
        "gaat niet door",
        "Feestdag",
        "dinsdag",
    ):
        assert words.lower() in html.lower(), words
    for words in ("Teamvergadering", "Elders", "ARS-", "dossier"):
        assert words not in html, words
    assert not response.cookies
    assert response.headers["Cache-Control"] == "public, max-age=300"
    client.force_login(world.lawyer, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(url).headers["Cache-Control"] == "private, no-store"
    client = Client()
    english = client.get(url, {"taal": "en"})
    assert 'lang="en"' in english.content.decode()
    assert "Tuesday" in english.content.decode()
    assert client.get(url, {"taal": "%00"}).status_code == 200
    assert client.get(reverse("wijk:neighbourhood", args=["bestaat-niet"])).status_code == 404


def test_public_feed_holds_what_goes_on_and_nothing_else(world: World, told: ActivityMoment) -> None:
    response = Client().get(reverse("wijk:feed", args=[world.neighbourhood.slug]))
    (event,) = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    assert str(event["summary"]) == "Herstelcafé (De Draad)"
    assert event["dtstart"].dt == told.starts
    assert event["dtend"].dt == told.ends
    assert not response.cookies


def test_poster_is_one_page_with_the_month(world: World, told: ActivityMoment, login: Any) -> None:
    month = told.on
    response = Client().get(reverse("wijk:poster", args=[world.neighbourhood.slug, month.year, month.month]))
    reader = PdfReader(io.BytesIO(response.content))
    text = reader.pages[0].extract_text()
    assert len(reader.pages) == 1
    assert "Herstelcafé" in text
    assert "Teamvergadering" not in text
    own = login(world.lawyer).get(reverse("cohesion:hub-poster"), {"month": f"{month:%Y-%m}"})
    assert own.content == response.content
    for year, number in ((2000, 1), (month.year, 13), (month.year, 0), (9999, 12)):
        url = reverse("wijk:poster", args=[world.neighbourhood.slug, year, number])
        assert Client().get(url).status_code == 404


def test_public_pages_are_not_asked_without_end(
    world: World, place: HubPlace, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    url = reverse("wijk:neighbourhood", args=[world.neighbourhood.slug])
    settings.RATELIMIT_ENABLE = True
    client = Client()
    codes = [client.get(url).status_code for _n in range(61)]
    assert (codes[:60], codes[60]) == ([200] * 60, 429)
    assert client.get(url, REMOTE_ADDR="203.0.113.9").status_code == 200  # somebody else

    def gone(*args: Any, **kwargs: Any) -> None:
        raise RedisConnectionError

    monkeypatch.setattr("cohesion.views.public_base.is_ratelimited", gone)
    assert client.get(url).status_code == 200
