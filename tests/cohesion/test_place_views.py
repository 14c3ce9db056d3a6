"""The pages of places and photos for who works here, what everybody may see, and the drawings of the maps."""

import datetime as dt
import json
from typing import Any

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cases.map_starting import FILE, load_maps
from cases.models import NeighbourhoodMap
from cohesion.actions.photos import add_activity_photo, edit_photo, remove_photo
from cohesion.actions.place_projects import move_project
from cohesion.models import PlacePhoto, PlaceProject
from cohesion.tasks import remind_of_care
from tests.cases.visits import upload
from tests.cohesion.hub import place_of, plan, today
from tests.cohesion.places import INSIDE, OUTSIDE, cared_for, garden, photo_of, second_spot
from tests.factories import World

PLACES = "/cohesion/places/"
NEW = "/cohesion/places/new/"


@pytest.fixture
def area(world: World) -> Any:
    load_maps()
    caches["counters"].clear()
    return world.neighbourhood


def test_list_filters_and_costs_the_same_for_more(
    world: World, area: Any, login: Any, django_assert_num_queries: Any
) -> None:
    client = login(world.cohesion_coach)
    garden(world.cohesion_coach, area, title="Eerste tuin")
    client.get(PLACES)
    with django_assert_num_queries(10) as seen:
        html = client.get(PLACES).content.decode()
    assert "Eerste tuin" in html
    for n in range(35):
        second_spot(world.cohesion_coach, garden(world.cohesion_coach, area, title=f"Tuin {n}"))
    wall = garden(
        world.cohesion_coach, area, title="Muur", kind="mural", street="Aambeeldstraat", state="made"
    )
    with django_assert_num_queries(len(seen)):
        html = client.get(PLACES).content.decode()
    assert "Meer laden" in html
    assert "Eerste tuin" not in html
    points = reverse("cohesion:places-points")
    for query in ("kind=mural", "state=made", "street=aambeeldstraat"):
        html = client.get(f"{PLACES}?{query}").content.decode()
        assert ("Muur" in html, "Tuin 34" in html) == (True, False), query
        found = client.get(f"{points}?{query}").json()["points"]
        assert [row[3] for row in found] == ["Muur"]
    assert found[0][5] == wall.get_absolute_url()
    assert len(client.get(points).json()["points"]) == 37  # what isn't drawn stands in the list only
    odd = client.get(f"{PLACES}?kind=onzin&state=%00&street=x&wijk=onzin&cursor=x").content.decode()
    assert "begrepen we niet" in odd


def test_other_neighbourhood_is_not_shown(world: World, area: Any, login: Any) -> None:
    away = garden(world.outsider, world.elsewhere, title="Elders", state="made")
    photo = photo_of(world.outsider, away, "after")
    spot, care = away.spots.get(), cared_for(world.outsider, away)
    client = login(world.cohesion_coach)
    assert "Elders" not in client.get(f"{PLACES}?wijk={world.elsewhere.slug}").content.decode()
    own = garden(world.cohesion_coach, area, state="made")
    for url in (
        away.get_absolute_url(),
        reverse("cohesion:place-points", args=[away.pk]),
        reverse("cohesion:place-photo", args=[photo.uuid, "groot"]),
        # a spot or an agreement of another project under one's own
        reverse("cohesion:place-spot-edit", args=[own.pk, spot.pk]),
        reverse("cohesion:place-care-end", args=[own.pk, care.pk]),
        reverse("cases:calendar-of", args=["places", world.elsewhere.pk]),
    ):
        assert client.get(url).status_code == 404, url
    assert client.get(reverse("cases:calendar-of", args=["places", area.pk])).status_code == 200
    sent = {
        "title": "x",
        "kind": "other",
        "state": "idea",
        "neighbourhood": world.elsewhere.pk,
        "street": "A",
    }
    assert client.post(NEW, sent).status_code == 422


def test_place_is_made_once_by_two_presses_and_nothing_typed_is_lost(
    world: World, area: Any, login: Any
) -> None:
    client = login(world.cohesion_coach)
    sent = {
        "neighbourhood": area.pk,
        "title": "Gevel <b>van</b> de buren",
        "kind": "tile_garden",
        "state": "made",
        "made_on": today(),
        "submission_token": "5b6d3c84-31b2-4a5d-9f3a-0d4bd2f3c002",
    }
    for wrong in (
        {},
        OUTSIDE,
        {"lat": "x", "lng": "4"},
        {"lat": "51.01", "lng": "999"},
        {"lat": "NaN", "lng": "4.4"},
    ):
        response = client.post(NEW, sent | wrong)
        assert response.status_code == 422
        assert list(response.context["form"].errors) == ["street"], wrong
        assert "Gevel &lt;b&gt;" in response.content.decode()
    long = {"lat": "51.01483000000000001", "lng": "4.490150000000009"}
    for _press in range(2):
        assert client.post(NEW, sent | long).status_code == 302
    project = PlaceProject.objects.get()
    assert project.spots.get().street == "Draaibankstraat"
    page = client.get(project.get_absolute_url()).content.decode()
    assert "Gevel &lt;b&gt;" in page
    assert "<b>van" not in page


def test_project_goes_its_way(world: World, area: Any, login: Any) -> None:
    client = login(world.community_worker)
    project = garden(world.cohesion_coach, area)

    def go(name: str, *more: Any, **data: Any) -> Any:
        project.refresh_from_db()
        url = reverse(f"cohesion:place-{name}", args=[project.pk, *more])
        return client.post(url, {"version": project.version, **data})

    assert go("step", to="cared_for").status_code == 422
    assert go("step", to="made", on=today() + dt.timedelta(days=2)).status_code == 422
    assert go("step", to="made").status_code == 302
    assert go("spot-new", street="Aambeeldstraat", house_number="4", note="Naast de poort").status_code == 302
    first, extra = project.spots.order_by("pk")
    assert client.get(reverse("cohesion:place-spot-edit", args=[project.pk, first.pk])).status_code == 200
    assert go("spot-edit", first.pk, **INSIDE).status_code == 302
    assert go("spot-remove", extra.pk).status_code == 302
    soon = {"from_on": today(), "until_on": today() + dt.timedelta(days=9)}
    assert go("care-new", carer="", **soon).status_code == 422
    assert go("care-new", carer="Noor", what="Water geven", **soon).status_code == 302
    remind_of_care()
    assert "Zorgafspraak" not in client.get("/").content.decode()  # told to who made it
    assert "zorgafspraak voor „Tegeltuin”" in login(world.cohesion_coach).get("/").content.decode()
    assert go("care-end", project.care.get().pk).status_code == 302
    stale = {"title": "Te laat", "kind": "other", "version": 1}
    assert go("edit", **stale).status_code == 422
    assert go("edit", title="Groene gevel", kind="garland").status_code == 302
    assert go("step", to="gone", note="Riolering").status_code == 302
    page = client.get(project.get_absolute_url()).content.decode()
    for words in ("Groene gevel", "Riolering", "Vroegere afspraken", "Noor"):
        assert words in page
    assert "Foto toevoegen" not in page


def test_who_only_reads_changes_nothing(world: World, area: Any, login: Any) -> None:
    project = garden(world.cohesion_coach, area)
    photo = photo_of(world.cohesion_coach, project, "before")
    for reader in (world.lawyer, world.manager):
        client = login(reader)
        assert client.get(project.get_absolute_url()).status_code == 200
        assert client.get(reverse("cohesion:place-photo", args=[photo.uuid, "klein"])).status_code == 200
        assert client.get(reverse("cohesion:place-photo-remove", args=[photo.uuid])).status_code == 403
        assert client.get(reverse("cohesion:place-step", args=[project.pk])).status_code == 403
    assert login(world.partner).get(PLACES).status_code == 403


def test_photo_is_added_changed_and_removed(world: World, area: Any, login: Any) -> None:
    client = login(world.cohesion_coach)
    project = garden(world.cohesion_coach, area)
    url = reverse("cohesion:place-photo-new", args=[project.pk])
    assert client.get(url).context["form"].initial["moment"] == "before"
    sent = {"moment": "before", "alt": "Een grijze gevel", "people": "nobody", "taken_on": today()}
    for wrong in (
        {},
        {"file": upload(b"<html>")},
        {"file": upload(), "people": "unasked", "is_public": "on"},
    ):
        response = client.post(url, sent | wrong)
        assert response.status_code == 422
        assert "Een grijze gevel" in response.content.decode()
    assert client.post(url, sent | {"file": upload()}).status_code == 302
    photo = PlacePhoto.objects.get()
    image = client.get(reverse("cohesion:place-photo", args=[photo.uuid, "klein"]))
    assert (image["Content-Type"], image["Cache-Control"]) == ("image/jpeg", "private, no-store")
    assert client.get(reverse("cohesion:place-photo", args=[photo.uuid, "reus"])).status_code == 404
    edit = reverse("cohesion:place-photo-edit", args=[photo.uuid])
    assert client.post(edit, {**sent, "moment": "after", "version": 1, "is_public": "on"}).status_code == 302
    assert client.post(edit, {**sent, "version": 1}).status_code == 422
    assert client.post(reverse("cohesion:place-photo-remove", args=[photo.uuid])).status_code == 302
    assert not PlacePhoto.objects.exists()


# --- everybody -------------------------------------------------------------------------------------------------------
def test_public_page_shows_what_is_marked_and_nothing_else(
    world: World, area: Any, django_assert_num_queries: Any
) -> None:
    coach = world.cohesion_coach
    shown = garden(
        coach, area, title="Tuin van iedereen", state="made", is_public=True, house_number="9017", **INSIDE
    )
    cared_for(coach, shown, carer="Noor van hiernaast")
    seen, hidden = (photo_of(coach, shown, "after", is_public=is_public) for is_public in (True, False))
    gone = garden(coach, area, title="Weg ermee", is_public=True)
    move_project(by=coach, project=gone, to="gone", note="x")
    garden(coach, area, title="Nog geheim")
    garden(world.outsider, world.elsewhere, title="Elders", is_public=True)
    url = reverse("wijk:places", args=[area.slug])
    client = Client()
    with django_assert_num_queries(5):
        response = client.get(url)
    html = response.content.decode()
    assert "Tuin van iedereen" in html
    for words in ("Weg ermee", "Nog geheim", "Elders", "Noor", "9017", str(hidden.uuid), "/cohesion/"):
        assert words not in html, words
    assert not response.cookies
    assert response.headers["Cache-Control"] == "no-store"
    points = client.get(reverse("wijk:places-points", args=[area.slug])).json()["points"]
    assert [(row[3], row[5]) for row in points] == [
        ("Tuin van iedereen", f"?plek={shown.pk}#plek-{shown.pk}")
    ]
    picture = reverse("wijk:photo", args=[area.slug, "plek", seen.uuid, "klein"])
    answer = client.get(picture)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    other = [
        reverse("wijk:photo", args=[world.elsewhere.slug, "plek", seen.uuid, "klein"]),
        reverse("wijk:photo", args=[area.slug, "plek", hidden.uuid, "klein"]),
        reverse("wijk:photo", args=[area.slug, "hub", seen.uuid, "klein"]),
        reverse("wijk:photo", args=[area.slug, "iets", seen.uuid, "klein"]),
        reverse("wijk:drawing", args=[world.elsewhere.slug]),
    ]
    assert {client.get(one).status_code for one in other} == {404}
    assert client.get(url, {"taal": "en", "cursor": "x", "plek": "99999999999"}).status_code == 200
    assert client.get(reverse("wijk:drawing", args=[area.slug])).json()["type"] == "FeatureCollection"
    # Somebody of elsewhere who is logged in sees the same as everybody.
    client.force_login(world.outsider, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(picture).status_code == 200
    remove_photo(by=coach, photo=seen)
    assert Client().get(picture).status_code == 404
    assert str(seen.uuid) not in Client().get(url).content.decode()


def test_a_point_leads_to_its_place_on_whatever_page(world: World, area: Any) -> None:
    first = garden(world.cohesion_coach, area, title="De oudste", is_public=True)
    for n in range(12):
        garden(world.cohesion_coach, area, title=f"Tuin {n}", is_public=True)
    url = reverse("wijk:places", args=[area.slug])
    response = Client().get(url)
    assert "De oudste" not in response.content.decode()
    assert "De oudste" in Client().get(url, {"cursor": response.context["page"].next_cursor}).content.decode()
    assert Client().get(url, {"plek": first.pk}).content.decode().count("De oudste") == 1


def test_photo_of_the_hub_is_there_as_long_as_it_may(world: World, area: Any, login: Any) -> None:
    coach = world.cohesion_coach
    activity = plan(coach, place_of(coach, area), starts_on=today())
    yes = {"people": "agreed", "asked_who": "Ali", "asked_on": today(), "agreed_until": today()}
    photo = add_activity_photo(
        by=coach, activity=activity, file=upload(), alt="De tafel", is_public=True, **yes
    )
    page = reverse("wijk:neighbourhood", args=[area.slug])
    picture = reverse("wijk:photo", args=[area.slug, "hub", photo.uuid, "klein"])
    response = Client().get(page)
    assert picture in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert Client().get(picture).status_code == 200
    assert "De tafel" in login(world.lawyer).get(activity.get_absolute_url()).content.decode()
    edit_photo(by=coach, photo=photo, version=1, alt="De tafel", is_public=False, **yes)
    assert Client().get(picture).status_code == 404
    assert picture not in Client().get(page).content.decode()


# --- the drawings ----------------------------------------------------------------------------------------------------
def test_drawing_is_replaced_by_an_administrator_alone(world: World, area: Any, login: Any) -> None:
    client, url = login(world.administrator), reverse("cases:map-edit", args=[area.slug])
    assert "bij benadering" in client.get(reverse("cases:map-list")).content.decode()
    drawing = reverse("cases:map-drawing", args=[area.slug])
    before = client.get(drawing).json()
    sent = {"source": "Wegenregister", "version": 1}

    def file(content: bytes) -> SimpleUploadedFile:
        return SimpleUploadedFile("kaart.geojson", content)

    for content in (b"{}", b"", b"x" * (1024 * 1024 + 1)):
        response = client.post(url, sent | {"file": file(content)})
        assert "file" in response.context["form"].errors
    smaller = json.dumps(
        {"type": "FeatureCollection", "features": json.loads(FILE.read_bytes())["features"][:5]}
    )
    assert client.post(url, sent | {"file": file(smaller.encode())}).status_code == 302
    assert (
        client.post(url, sent | {"file": file(smaller.encode())}).status_code == 422
    )  # a version that passed
    found = NeighbourhoodMap.objects.get()
    assert (found.source, found.is_approximate, found.version, found.drawn_by) == (
        "Wegenregister", False, 2, world.administrator,
    )  # fmt: skip
    assert len(client.get(drawing).json()["features"]) < len(before["features"])
    load_maps()  # never in the place of what somebody brought
    assert NeighbourhoodMap.objects.get().version == 2
    assert client.get(reverse("cases:map-edit", args=[world.elsewhere.slug])).status_code == 404
    assert login(world.cohesion_coach).get(url).status_code == 403
    assert login(world.partner).get(drawing).status_code == 200
    assert Client().get(drawing).status_code == 302


def test_tile_server_is_the_only_other_one_for_pictures(
    world: World, area: Any, login: Any, settings: Any
) -> None:
    client = login(world.cohesion_coach)
    response = client.get(PLACES)
    rules = [rule.strip() for rule in response["Content-Security-Policy"].split(";")]
    assert "img-src 'self' data: blob:" in rules
    assert "data-tiles" not in response.content.decode()
    settings.MAP_TILES_URL = "https://tiles.example.be/{z}/{x}/{y}.png"
    settings.MAP_TILES_ATTRIBUTION = "Iedereen & co"
    html = client.get(PLACES).content.decode()
    assert 'data-tiles="https://tiles.example.be/{z}/{x}/{y}.png" data-thanks="Iedereen &amp; co"' in html
