"""The dwelling on the case: recorded in one go, shown in header, lists and panel."""

from typing import Any

import pytest
from django.urls import reverse

from arsenaal.lib.registries import case_facts, case_panels, search_kinds
from cases.actions.open_case import open_case
from cases.enums import CaseState
from cases.models import Case, RadarEntry, TimelineEntry
from housing.actions.case_dwelling import CannotHouseCase, house_case, link_case_building
from housing.models import Building, CaseBuilding, Dwelling, Occupancy
from tests.factories import World, make_household
from tests.housing.factories import (
    START,
    forbid_landlord,
    house,
    make_building,
    make_dwelling,
    make_landlord,
    own,
)


def _url(case: Case) -> str:
    return reverse("housing:case-dwelling", args=[case.number])


def _data(**change: str) -> dict[str, str]:
    return {
        "street": "Leuvensesteenweg",
        "house_number": "12",
        "box": "3",
        "postcode": "2800",
        "kind": "studio",
        "area": "17,5",
        "from_on": "2025-01-01",
        "tenure": "tenant",
        "rent": "480",
        **change,
    }


@pytest.fixture
def block(world: World) -> Case:
    """A block case without a building yet."""
    return open_case(
        by=world.coordinator,
        neighbourhood=world.neighbourhood,
        lead=world.lawyer,
        title="Blok Leuvensesteenweg",
    )


def test_address_dwelling_and_occupancy_in_one_go(world: World, login: Any) -> None:
    client = login(world.community_worker)
    assert client.get(_url(world.case)).status_code == 200
    response = client.post(_url(world.case), _data())
    assert response.url == world.case.get_absolute_url()
    occupancy = Occupancy.objects.select_related("dwelling__building").get()
    assert str(occupancy.dwelling) == "Leuvensesteenweg 12 bus 3"
    assert (str(occupancy.dwelling.area), str(occupancy.rent)) == ("17.50", "480.00")
    assert TimelineEntry.objects.filter(case=world.case, kind="housing.moved_in").count() == 1


def test_form_starts_from_what_the_radar_told(world: World, login: Any) -> None:
    entry = RadarEntry.objects.create(
        neighbourhood=world.neighbourhood,
        source="school",
        source_organisation=world.organisations["city"],
        reason="dwelling",
        worry="Schimmel",
        street="Kerkstraat",
        house_number="7",
        box="2",
        postcode="2800",
        review_on="2026-12-01",
        reported_by=world.lawyer,
        reported_at=world.case.opened_at,
    )
    Case.objects.filter(pk=world.case.pk).update(radar_entry=entry, address_hint="Kerkstraat 7 bus 2")
    page = login(world.lawyer).get(_url(world.case)).content.decode()
    assert 'value="Kerkstraat"' in page
    assert 'value="7"' in page


def test_known_dwelling_is_offered_and_chosen(world: World, login: Any) -> None:
    dwelling = make_dwelling(world, box="3")
    client = login(world.lawyer)
    response = client.post(_url(world.case), _data(street="leuvense stwg", box="bus 03"))
    assert response.status_code == 422
    assert f'value="{dwelling.pk}"' in response.content.decode()
    chosen = _data(street="leuvense stwg", building=str(dwelling.building_id), dwelling=str(dwelling.pk))
    assert client.post(_url(world.case), chosen).status_code == 302
    assert Occupancy.objects.get().dwelling == dwelling
    assert Building.objects.count() == Dwelling.objects.count() == 1


def test_new_box_in_a_known_building(world: World, login: Any) -> None:
    building = make_dwelling(world, box="3").building
    client = login(world.lawyer)
    same_box = _data(building=str(building.pk), box="bus 3")
    assert client.post(_url(world.case), same_box).status_code == 422
    assert (
        client.post(_url(world.case), _data(building=str(building.pk), box="4", dwelling="new")).status_code
        == 302
    )
    assert sorted(building.dwellings.values_list("box", flat=True)) == ["3", "4"]


def test_other_building_at_a_look_alike_address(world: World, login: Any) -> None:
    make_building(world)
    data = _data(street="Leuvense steenweg", building="new")
    assert login(world.lawyer).post(_url(world.case), data).status_code == 302
    assert Building.objects.count() == 2


def test_family_that_lives_elsewhere_must_have_moved(world: World, login: Any) -> None:
    house(world, world.case, make_dwelling(world, make_building(world, number="99")))
    client = login(world.lawyer)
    refused = client.post(_url(world.case), _data())
    assert refused.status_code == 422
    assert 'type="checkbox" name="moved"' in refused.content.decode()
    assert Building.objects.count() == 1
    assert client.post(_url(world.case), _data(moved="on")).status_code == 302
    assert Occupancy.objects.filter(until_on__isnull=True).count() == 1


@pytest.mark.parametrize(
    "change", [{"street": ""}, {"from_on": "1800-01-01"}, {"area": "-1"}, {"street": "a\0b"}, {"kind": "x"}]
)
def test_bad_input_is_refused(world: World, login: Any, change: dict[str, str]) -> None:
    assert login(world.lawyer).post(_url(world.case), _data(**change)).status_code == 422
    assert not Building.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("lawyer", 200),
        ("community_worker", 200),
        ("partner", 403),
        ("manager", 403),
        ("administrator", 403),
        ("privacy_officer", 403),
        ("youth_coach", 404),
        ("outsider", 404),
    ],
)
def test_who_records_a_dwelling(world: World, login: Any, role: str, status: int) -> None:
    assert login(world.users[role]).get(_url(world.case)).status_code == status


def test_closed_case_is_not_housed(world: World, login: Any) -> None:
    Case.objects.filter(pk=world.case.pk).update(
        state=CaseState.CLOSED, closed_at=world.case.opened_at, closed_by=world.lawyer, outcome="partly"
    )
    assert login(world.lawyer).get(_url(world.case)).status_code == 403


def test_block_case_gets_its_building(world: World, login: Any, block: Case) -> None:
    client = login(world.lawyer)
    assert client.get(_url(block)).status_code == 200
    data = {"street": "Leuvensesteenweg", "house_number": "12", "postcode": "2800"}
    assert client.post(_url(block), data).status_code == 302
    assert str(CaseBuilding.objects.get().building) == "Leuvensesteenweg 12"
    assert client.post(_url(block), data).status_code == 422
    assert client.post(_url(block), {**data, "building": str(Building.objects.get().pk)}).status_code == 302
    assert TimelineEntry.objects.filter(case=block, kind="housing.linked").count() == 1


def test_kinds_of_case_are_not_mixed_up(world: World, block: Case) -> None:
    with pytest.raises(CannotHouseCase):
        house_case(by=world.lawyer, case=block, from_on=START, dwelling=make_dwelling(world))
    with pytest.raises(CannotHouseCase):
        link_case_building(by=world.lawyer, case=world.case, building=make_building(world, number="20"))
    with pytest.raises(CannotHouseCase, match="andere wijk"):
        link_case_building(
            by=world.lawyer, case=block, building=make_building(world, neighbourhood=world.elsewhere)
        )


def test_facts_of_many_cases_in_one_query_each(
    world: World, block: Case, django_assert_num_queries: Any
) -> None:
    dwelling = make_dwelling(world, box="3", area="17")
    house(world, world.case, dwelling)
    own(world, dwelling, make_landlord(world))
    link_case_building(by=world.lawyer, case=block, building=dwelling.building)
    ids = [world.case.pk, block.pk, world.other_case.pk]
    expected = {
        "housing.address": {world.case.pk: "Leuvensesteenweg 12 bus 3", block.pk: "Leuvensesteenweg 12"},
        "housing.dwelling": {world.case.pk: "Studio, 17 m²"},
        "housing.landlord": {world.case.pk: "Immo Voorbeeld", block.pk: "Immo Voorbeeld"},
    }
    for code, found in expected.items():
        with django_assert_num_queries(1):
            assert dict(case_facts.get(code).fetch(ids)) == found


def test_panel_offers_to_record_the_dwelling(world: World, login: Any) -> None:
    Case.objects.filter(pk=world.case.pk).update(address_hint="boven de bakker")
    page = login(world.community_worker).get(world.case.get_absolute_url()).content.decode()
    assert "boven de bakker" in page
    assert _url(world.case) in page


def test_panel_shows_dwelling_rent_landlord_and_boundary(world: World, login: Any) -> None:
    dwelling = make_dwelling(world, box="3", area="17")
    house(world, world.case, dwelling, rent="480", tenure="tenant")
    landlord = make_landlord(world)
    own(world, dwelling, landlord)
    forbid_landlord(world.case)
    page = login(world.lawyer).get(world.case.get_absolute_url()).content.decode()
    for words in (
        "Leuvensesteenweg 12 bus 3",
        "€ 480,00",
        "Immo Voorbeeld",
        "Niet bellen: grens van het gezin",
    ):
        assert words in page
    assert landlord.get_absolute_url() in page
    page = login(world.partner).get(world.case.get_absolute_url()).content.decode()
    assert landlord.get_absolute_url() not in page


def test_block_panel_shows_dwellings_and_only_visible_families(world: World, login: Any, block: Case) -> None:
    building = make_building(world)
    house(world, world.case, make_dwelling(world, building, "1"))
    house(world, world.other_case, make_dwelling(world, building, "2"))
    link_case_building(by=world.lawyer, case=block, building=building)
    panel = case_panels.get("housing.dwelling")
    rows = panel.context(block, world.lawyer)["dwellings"]
    assert [str(row["living"][0]["row"].household) for row in rows] == ["Gezin Proefman", "Gezin Andersson"]
    assert all(row["living"][0]["is_loose"] for row in rows)
    rows = panel.context(block, world.community_worker)["dwellings"]
    assert [row["living"][0]["row"].household is not None for row in rows] == [True, False]
    assert "Gezin Andersson" in login(world.lawyer).get(block.get_absolute_url()).content.decode()


def test_case_in_the_building_joins_its_block_with_one_press(world: World, login: Any, block: Case) -> None:
    house(world, world.case, dwelling := make_dwelling(world, box="1"))
    link_case_building(by=world.lawyer, case=block, building=dwelling.building)
    client = login(world.coordinator)
    action = reverse("cases:case-block-join", args=[world.case.number])
    assert f'action="{action}"' in client.get(block.get_absolute_url()).content.decode()
    assert client.post(action, {"parent": str(block.pk)}).status_code == 302
    assert f'action="{action}"' not in client.get(block.get_absolute_url()).content.decode()
    world.case.refresh_from_db()
    assert world.case.parent == block


def test_block_panel_costs_the_same_for_many_dwellings(
    world: World, block: Case, django_assert_num_queries: Any
) -> None:
    building, landlord = make_building(world), make_landlord(world)
    link_case_building(by=world.lawyer, case=block, building=building)
    panel = case_panels.get("housing.dwelling")
    assert world.lawyer.access
    for boxes in (range(5), range(5, 55)):
        for box in boxes:
            dwelling = make_dwelling(world, building, str(box + 1))
            own(world, dwelling, landlord)
            if box < 8:
                household = make_household(f"Bewoner {box}", world.coordinator, world.neighbourhood)
                case = open_case(
                    by=world.coordinator,
                    neighbourhood=world.neighbourhood,
                    lead=world.lawyer,
                    title="Gezin",
                    household=household,
                )
                house(world, case, dwelling)
        assert world.lawyer.organisation
        with django_assert_num_queries(8):
            panel.context(block, world.lawyer)


@pytest.mark.parametrize(
    ("code", "query", "title"),
    [
        ("housing.building", "leuvense stwg 12", "Leuvensesteenweg 12"),
        ("housing.building", "leuvensesteenweg", "Leuvensesteenweg 12"),
        ("housing.dwelling", "leuvensesteenweg 12", "Leuvensesteenweg 12 bus 3"),
        ("housing.landlord", "voorbeld immo", "Immo Voorbeeld"),
    ],
)
def test_search_finds_in_one_query_within_sight(
    world: World, django_assert_num_queries: Any, code: str, query: str, title: str
) -> None:
    own(world, make_dwelling(world, box="3"), make_landlord(world))
    search = search_kinds.get(code).search
    for user in (world.lawyer, world.partner, world.outsider):
        assert user.access
    with django_assert_num_queries(1):
        hits = search(world.lawyer, query, 5)
    assert [hit.title for hit in hits] == [title]
    assert not search(world.partner, query, 5)
    assert not search(world.outsider, query, 5)
    assert search(world.lawyer, "", 5) == []
