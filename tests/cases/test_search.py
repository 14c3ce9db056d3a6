"""One box: everything one may find, forgiving of spelling, and nothing else."""

from typing import Any

import pytest

from arsenaal.lib.registries import search_kinds
from cases.actions.radar_report import report_worry
from cases.models import Case
from cases.search import search_cases, search_radar
from tests.cases.test_radar_actions import make_entry, worry
from tests.factories import World

URL = "/search/"


def found(response: Any) -> list[str]:
    return [hit.url for group in response.context["groups"] for hit in group.hits]


def test_case_number_comes_first(world: World, login: Any) -> None:
    Case.objects.filter(pk=world.case.pk).update(number="ARS-2026-0042")
    make = Case.objects.get(pk=world.other_case.pk)
    make.number, make.title = "ARS-2026-0043", "ARS 2026 0042 lijkt hierop"
    make.save()
    for query in ("ARS-2026-0042", "ars-2026-0042", "ars 2026 0042"):
        assert found(login(world.coordinator).get(URL, {"q": query}))[0] == "/cases/ARS-2026-0042/"


def test_start_and_last_part_of_a_number_are_enough(world: World) -> None:
    Case.objects.filter(pk=world.case.pk).update(number="ARS-2026-0042")
    Case.objects.filter(pk=world.other_case.pk).update(number="ARS-2026-0420")
    assert [hit.url for hit in search_cases(world.coordinator, "42", 8)] == ["/cases/ARS-2026-0042/"]
    assert len(search_cases(world.coordinator, "ARS-2026", 8)) == 2
    assert search_cases(world.coordinator, "ARS-2026-0042", 8)[0].score > 1


@pytest.mark.parametrize(
    "query", ["alleenstande man", "man studio", "leuvense steenwech 12", "prufman", "Próéfman"]
)
def test_case_is_found_by_title_address_or_family(world: World, query: str) -> None:
    world.case.address_hint = "Leuvensesteenweg 12"
    world.case.save()
    hits = search_cases(world.coordinator, query, 8)
    assert world.case.get_absolute_url() in [hit.url for hit in hits]
    assert all(0.5 <= hit.score <= 1 for hit in hits)


def test_case_outside_ones_scope_is_not_found(world: World) -> None:
    assert [hit.url for hit in search_cases(world.community_worker, "gezin", 8)] == [
        world.case.get_absolute_url()
    ]
    assert search_cases(world.outsider, "Proefman", 8) == []
    assert search_cases(world.partner, "rijwoning", 8) == []
    for nobody in (world.manager, world.administrator, world.privacy_officer):
        assert search_cases(nobody, "Proefman", 8) == []


def test_radar_is_found_by_who_may(world: World) -> None:
    entry = make_entry(world, name="Fatima Yıldız")
    assert [hit.title for hit in search_radar(world.coordinator, "fatma yildiz", 8)] == ["Fatima Yıldız"]
    assert search_radar(world.community_worker, "yildiz", 8)
    assert search_radar(world.cohesion_coach, "yildiz", 8) == []
    assert search_radar(world.outsider, "yildiz", 8) == []
    assert search_radar(world.manager, "yildiz", 8) == []
    assert "Oude gaskachel" not in search_radar(world.coordinator, "yildiz", 8)[0].subtitle
    assert entry.pk


@pytest.mark.parametrize("kind", ["cases.case", "cases.radar"])
@pytest.mark.parametrize("query", ["Proefman", "42", "ARS-2026-0001"])
def test_each_kind_takes_one_query(
    world: World, django_assert_max_num_queries: Any, kind: str, query: str
) -> None:
    make_entry(world)
    user = world.coordinator
    assert user.access
    with django_assert_max_num_queries(1):
        search_kinds.get(kind).search(user, query, 8)


@pytest.mark.parametrize("who", ["manager", "administrator", "privacy_officer"])
def test_search_without_anything_to_find_is_friendly(world: World, login: Any, who: str) -> None:
    response = login(world.users[who]).get(URL, {"q": "Proefman"})
    assert response.status_code == 200
    assert found(response) == []
    assert "valt er niets te zoeken" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "Typ wat je nog weet"),
        ("   ", "Typ wat je nog weet"),
        ("x", "minstens twee tekens"),
        ("qqqqzzzz", "Niets gevonden dat lijkt op"),
        ("🌻🌻", "Niets gevonden"),
        ("%%__", "Niets gevonden"),
        ("\\'\";--", "Niets gevonden"),
    ],
)
def test_search_explains_itself(world: World, login: Any, query: str, told: str) -> None:
    response = login(world.coordinator).get(URL, {"q": query})
    assert response.status_code == 200
    assert told in response.content.decode()


@pytest.mark.parametrize(
    "query", ["x" * 2000, "a\0b\0c", "\u202e\u200bab", "9" * 500, "<script>alert(1)</script>"]
)
def test_search_survives_anything(world: World, login: Any, query: str) -> None:
    client = login(world.coordinator)
    for response in (client.get(URL, {"q": query}), client.post("/search/suggest/", {"q": query})):
        assert response.status_code == 200
        assert len(response.context["query"]) <= 100
        assert "<script>alert" not in response.content.decode()


def test_search_says_when_there_is_more(world: World, login: Any) -> None:
    for n in range(12):
        make_entry(world, name=f"Veelvoorkomend {n}", street="")
    response = login(world.coordinator).get(URL, {"q": "veelvoorkomend"})
    group = response.context["groups"][0]
    assert (len(group.hits), group.has_more) == (8, True)
    assert "Er zijn er meer" in response.content.decode()


def test_suggest_is_a_piece_of_a_page_with_few_hits(world: World, login: Any) -> None:
    for n in range(5):
        report_worry(
            by=world.coordinator,
            neighbourhood=world.neighbourhood,
            worry=worry(world, name=f"Proefman {n}", street=""),
        )
    response = login(world.coordinator).post("/search/suggest/", {"q": "proefman"})
    text = response.content.decode()
    assert "<html" not in text
    assert text.count("/radar/") == 3
    assert "/search/?q=proefman" in text


def test_search_takes_one_query_for_each_kind(
    world: World, login: Any, django_assert_max_num_queries: Any
) -> None:
    client = login(world.coordinator)
    client.get(URL, {"q": "proefman"})
    # session, user, roles, organisation; people look at households through their members as well
    with django_assert_max_num_queries(5 + 2 * len(search_kinds)):
        client.get(URL, {"q": "proefman"})


def test_search_asks_who_is_not_logged_in_to_log_in(client: Any, db: None) -> None:
    assert client.get(URL, {"q": "proefman"}).status_code == 302
    assert client.post("/search/suggest/", {"q": "proefman"}).status_code == 302
