"""One's own filters: kept as a tab, renamed, removed, and nobody else's."""

from typing import Any

import pytest
from django.urls import reverse

from cases.actions.saved_filters import CannotSaveFilter, save_filter
from cases.models import SavedFilter
from cases.saved_lists import normalised_query
from tests.factories import World

SAVE = "/filters/cases/save/"


def keep(world: World, name: str = "Van mij", query: str = "mine=on") -> SavedFilter:
    return save_filter(by=world.coordinator, list_code="cases", name=name, query=query)


def test_saved_filter_becomes_a_tab_that_is_current(world: World, login: Any) -> None:
    client = login(world.coordinator)
    response = client.post(SAVE, {"name": "Van mij", "query": "mine=on&cursor=abc&state=&sort=title"})
    assert response.url == "/cases/?mine=on&sort=title"
    tabs = client.get(response.url).context["tabs"]
    assert [(str(tab["label"]), tab["url"], tab["is_current"]) for tab in tabs] == [
        ("Open dossiers", "?", False),
        ("Van mij", "?mine=on&sort=title", True),
    ]
    assert client.get("/cases/").context["tabs"][0]["is_current"]


def test_list_without_saved_filters_has_no_tabs(world: World, login: Any) -> None:
    assert login(world.coordinator).get("/cases/").context["tabs"] == []


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"name": "", "query": "mine=on"}, "naam"),
        ({"name": "x" * 61, "query": "mine=on"}, "kortere"),
        ({"name": "Leeg", "query": ""}, "niets te bewaren"),
        ({"name": "Leeg", "query": "cursor=abc"}, "niets te bewaren"),
        ({"name": "Lang", "query": "q=" + "x" * 1100}, "te lang"),
        ({"name": "nul\0naam\0", "query": "mine=on\0"}, "bewaard"),
        ({}, "naam"),
    ],
)
def test_save_tells_what_is_wrong(world: World, login: Any, data: dict[str, str], told: str) -> None:
    client = login(world.coordinator)
    page = client.post(SAVE, data, follow=True)
    assert page.status_code == 200
    assert told in " ".join(str(message) for message in page.context["messages"])


def test_save_same_name_twice_is_told(world: World, login: Any) -> None:
    keep(world)
    client = login(world.coordinator)
    page = client.post(SAVE, {"name": "Van mij", "query": "boundary=on"}, follow=True)
    assert "al een filter met deze naam" in page.content.decode()
    assert SavedFilter.objects.count() == 1


def test_save_stops_at_twenty(world: World) -> None:
    for n in range(20):
        keep(world, f"Filter {n}")
    with pytest.raises(CannotSaveFilter):
        keep(world, "Nog een")


def test_same_name_for_another_user_or_list_is_fine(world: World) -> None:
    keep(world)
    save_filter(by=world.lawyer, list_code="cases", name="Van mij", query="mine=on")
    save_filter(by=world.coordinator, list_code="buildings", name="Van mij", query="q=steenweg")
    assert SavedFilter.objects.count() == 3


@pytest.mark.parametrize("list_code", ["nonsense", "CASES", "users"])
def test_unknown_list_is_not_found(world: World, login: Any, list_code: str) -> None:
    client = login(world.coordinator)
    assert client.get(f"/filters/{list_code}/").status_code == 404
    assert client.post(f"/filters/{list_code}/save/", {"name": "x", "query": "a=b"}).status_code == 404


def test_list_one_may_not_see_is_refused(world: World, login: Any) -> None:
    assert login(world.partner).get("/filters/buildings/").status_code == 403
    assert login(world.manager).get("/filters/cases/").status_code == 403


def test_rename_and_delete_own_filter(world: World, login: Any) -> None:
    saved = keep(world)
    client = login(world.coordinator)
    assert "Van mij" in client.get("/filters/cases/").content.decode()
    rename = reverse("cases:saved-filter-rename", args=[saved.pk])
    assert client.get(rename).context["form"]["name"].value() == "Van mij"
    assert client.post(rename, {"name": "Mijn dossiers"}).url == "/filters/cases/"
    saved.refresh_from_db()
    assert saved.name == "Mijn dossiers"
    client.post(reverse("cases:saved-filter-delete", args=[saved.pk]))
    assert not SavedFilter.objects.exists()


def test_rename_to_a_taken_name_is_told_beside_the_field(world: World, login: Any) -> None:
    keep(world, "Een")
    other = keep(world, "Twee")
    response = login(world.coordinator).post(
        reverse("cases:saved-filter-rename", args=[other.pk]), {"name": "Een"}
    )
    assert response.status_code == 422
    assert "name" in response.context["form"].errors


@pytest.mark.parametrize("name", ["saved-filter-rename", "saved-filter-delete"])
def test_filter_of_somebody_else_is_not_found(world: World, login: Any, name: str) -> None:
    saved = keep(world)
    client = login(world.lawyer)
    assert client.post(reverse(f"cases:{name}", args=[saved.pk]), {"name": "x"}).status_code == 404
    saved.refresh_from_db()
    assert saved.name == "Van mij"


@pytest.mark.parametrize("url", [SAVE, "/filters/own/1/delete/"])
def test_reading_never_writes(world: World, login: Any, url: str) -> None:
    saved = keep(world)
    url = url.replace("/1/", f"/{saved.pk}/")
    assert login(world.coordinator).get(url).status_code == 405
    assert SavedFilter.objects.filter(pk=saved.pk).exists()


def test_name_is_escaped_on_every_page(world: World, login: Any) -> None:
    keep(world, "<script>alert(1)</script>")
    client = login(world.coordinator)
    for url in ("/cases/", "/filters/cases/"):
        assert "<script>alert" not in client.get(url).content.decode()


def test_normalised_query_is_the_same_whatever_the_order() -> None:
    assert normalised_query("b=2&a=1&c=&cursor=x") == normalised_query("a=1&b=2") == "a=1&b=2"
