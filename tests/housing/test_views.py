"""The pages of the registers: who sees what, what is pointed out, what is refused, what it costs."""

import csv
import datetime as dt
import io
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from housing.actions.landlord_contacts import log_landlord_contact
from housing.actions.landlords import set_point_of_contact
from housing.models import Building, Dwelling, Landlord, LandlordContact, Occupancy, Ownership
from tests.factories import World
from tests.housing.factories import (
    START,
    forbid_landlord,
    house,
    make_building,
    make_dwelling,
    make_landlord,
    own,
)

CORE = ["coordinator", "lawyer", "housing_inspector", "tenancy_lead", "renovation_coach"]
FRONT = ["community_worker", "cohesion_coach", "youth_coach"]
NOBODY = ["manager", "partner", "privacy_officer", "administrator"]


@pytest.fixture
def place(world: World) -> dict[str, Any]:
    """A dwelling where the family of the case lives, its building and its landlord."""
    building = make_building(world)
    dwelling = make_dwelling(world, building, "3")
    landlord = make_landlord(world)
    return {
        "building": building,
        "dwelling": dwelling,
        "landlord": landlord,
        "occupancy": house(world, world.case, dwelling),
        "ownership": own(world, dwelling, landlord),
    }


def _reading(place: dict[str, Any]) -> list[str]:
    return [
        *(reverse(f"housing:{name}-list") for name in ("building", "dwelling", "landlord")),
        *(place[name].get_absolute_url() for name in ("building", "dwelling", "landlord")),
        *(reverse(f"housing:{name}-export", args=["csv"]) for name in ("building", "dwelling", "landlord")),
    ]


def _writing(place: dict[str, Any]) -> list[str]:
    building, dwelling, landlord = place["building"].pk, place["dwelling"].pk, place["landlord"].pk
    return [
        reverse("housing:building-new"),
        reverse("housing:landlord-new"),
        reverse("housing:building-edit", args=[building]),
        reverse("housing:dwelling-new", args=[building]),
        reverse("housing:dwelling-edit", args=[dwelling]),
        reverse("housing:occupancy-new", args=[dwelling]),
        reverse("housing:occupancy-edit", args=[dwelling, place["occupancy"].pk]),
        reverse("housing:occupancy-end", args=[dwelling, place["occupancy"].pk]),
        reverse("housing:ownership-new", args=[dwelling]),
        reverse("housing:ownership-end", args=[dwelling, place["ownership"].pk]),
        reverse("housing:landlord-edit", args=[landlord]),
        reverse("housing:landlord-dwelling-new", args=[landlord]),
        reverse("housing:point-of-contact", args=[landlord]),
        reverse("housing:point-of-contact-end", args=[landlord]),
    ]


@pytest.mark.parametrize("role", [*CORE, *FRONT, *NOBODY])
def test_registers_by_role(world: World, login: Any, place: dict[str, Any], role: str) -> None:
    client = login(world.users[role])
    reads, writes, logs = role not in NOBODY, role in CORE, role in CORE + FRONT
    for url in _reading(place):
        assert client.get(url).status_code == (200 if reads else 403), url
    for url in _writing(place):
        assert client.get(url).status_code == (200 if writes else 403), url
    contact = reverse("housing:contact-new", args=[place["landlord"].pk])
    assert client.get(contact).status_code == (200 if logs else 403)


def test_other_neighbourhood_finds_nothing(world: World, login: Any, place: dict[str, Any]) -> None:
    client = login(world.outsider)
    pages = [place[name].get_absolute_url() for name in ("building", "dwelling", "landlord")]
    contact = reverse("housing:contact-new", args=[place["landlord"].pk])
    objects = [url for url in _writing(place) if any(char.isdigit() for char in url)]
    for url in [*pages, contact, *objects]:
        assert client.get(url).status_code == 404, url
    for name in ("building", "dwelling", "landlord"):
        page = client.get(reverse(f"housing:{name}-list")).content.decode()
        assert "Leuvensesteenweg" not in page
        assert "Immo Voorbeeld" not in page
    for name, words in (("dwelling", "leuvensesteenweg"), ("landlord", "immo")):
        page = client.post(reverse(f"housing:{name}-suggest"), {"field": "x", "x-q": words}).content.decode()
        assert "value=" not in page


def test_unknown_ids_are_not_found(world: World, login: Any) -> None:
    client = login(world.lawyer)
    for name in ("building", "dwelling", "landlord"):
        for pk in (0, 987654321, 10**24):
            assert client.get(reverse(f"housing:{name}", args=[pk])).status_code == 404


def test_names_of_families_only_for_who_may_see_them(world: World, login: Any, place: dict[str, Any]) -> None:
    urls = [
        *(place[name].get_absolute_url() for name in ("building", "dwelling", "landlord")),
        reverse("housing:dwelling-list"),
        reverse("housing:dwelling-export", args=["csv"]),
    ]
    for url in urls:
        response = login(world.lawyer).get(url)
        body = response.getvalue().decode() if response.streaming else response.content.decode()
        assert "Gezin Proefman" in body, url
        response = login(world.cohesion_coach).get(url)
        body = response.getvalue().decode() if response.streaming else response.content.decode()
        assert "Proefman" not in body, url
        if not response.streaming:
            assert "ewoond sinds" in body, url
            assert world.case.number not in body, url


@pytest.mark.parametrize("name", ["building", "dwelling", "landlord"])
def test_lists_cost_the_same_for_many_rows(
    world: World, login: Any, django_assert_num_queries: Any, name: str
) -> None:
    client, url = login(world.lawyer), reverse(f"housing:{name}-list")
    client.get(url)
    counts = []
    for start, stop in ((0, 5), (5, 60)):
        for n in range(start, stop):
            dwelling = make_dwelling(world, make_building(world, number=str(n + 1)), "1")
            own(world, dwelling, make_landlord(world, f"Verhuurder {n}"))
        if start == 0:
            house(world, world.case, dwelling)
        expected = {"building": 7, "dwelling": 10, "landlord": 8}[name]
        with django_assert_num_queries(expected) as seen:
            assert client.get(url).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_building_page_costs_the_same_for_many_dwellings(
    world: World, login: Any, place: dict[str, Any], django_assert_num_queries: Any
) -> None:
    client, url = login(world.lawyer), place["building"].get_absolute_url()
    client.get(url)
    for boxes in (range(10, 15), range(15, 65)):
        for box in boxes:
            own(world, make_dwelling(world, place["building"], str(box)), place["landlord"])
        with django_assert_num_queries(19):
            assert client.get(url).status_code == 200


def test_landlord_page_costs_the_same_for_many_dwellings_and_contacts(
    world: World, login: Any, place: dict[str, Any], django_assert_num_queries: Any
) -> None:
    client, url = login(world.lawyer), place["landlord"].get_absolute_url()
    forbid_landlord(world.case)
    client.get(url)
    for numbers in (range(20, 25), range(25, 75)):
        for number in numbers:
            own(world, make_dwelling(world, make_building(world, number=str(number))), place["landlord"])
            log_landlord_contact(
                by=world.lawyer,
                landlord=place["landlord"],
                direction="incoming",
                channel="call",
                summary="Hij belde terug.",
                case=world.case,
            )
        with django_assert_num_queries(26):
            assert client.get(url).status_code == 200


def test_contacts_page_by_page_without_repeats(world: World, login: Any, place: dict[str, Any]) -> None:
    for n in range(45):
        log_landlord_contact(
            by=world.lawyer,
            landlord=place["landlord"],
            direction="incoming",
            channel="call",
            summary=f"Gesprek nummer-{n}.",
        )
    client, url, seen = login(world.lawyer), place["landlord"].get_absolute_url(), []
    cursor = ""
    for _ in range(5):
        response = client.get(url, {"cursor": cursor} if cursor else {})
        seen += [row.contact.words.summary for row in response.context["contacts"]]
        cursor = response.context["page"].next_cursor
        if not cursor:
            break
    assert seen == [f"Gesprek nummer-{n}." for n in reversed(range(45))]


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "kind=kasteel",
        "cursor=onzin",
        "sort=naam",
        "q=" + "x" * 3000,
        "neighbourhood=abc",
        "lived_in=9",
    ],
)
@pytest.mark.parametrize("name", ["building", "dwelling", "landlord"])
def test_nonsense_in_the_address_shows_the_list(world: World, login: Any, name: str, query: str) -> None:
    assert login(world.lawyer).get(f"{reverse(f'housing:{name}-list')}?{query}").status_code == 200


def test_filters_find_with_another_spelling(world: World, login: Any, place: dict[str, Any]) -> None:
    make_building(world, "Kerkstraat", "5")
    client = login(world.lawyer)
    for words in ("leuvense steenweg", "Leuvensesteenweg 12", "leuvensestenweg"):
        page = client.get(reverse("housing:building-list"), {"q": words})
        assert [row.street for row in page.context["page"].rows] == ["Leuvensesteenweg"], words
    found = client.get(reverse("housing:dwelling-list"), {"lived_in": "no"}).context["page"].rows
    assert place["dwelling"] not in found
    found = (
        client.get(reverse("housing:dwelling-list"), {"owner": "yes", "kind": "studio"}).context["page"].rows
    )
    assert found == [place["dwelling"]]
    found = client.get(reverse("housing:landlord-list"), {"q": "voorbeld imo", "one_voice": "no"})
    assert found.context["page"].rows == [place["landlord"]]


def test_empty_lists_say_what_to_do(world: World, login: Any) -> None:
    client = login(world.lawyer)
    for name in ("building", "dwelling", "landlord"):
        url = reverse(f"housing:{name}-list")
        assert "Er staat nog geen" in client.get(url).content.decode()
        assert "Alles tonen" in client.get(url, {"q": "zzzz"}).content.decode()


def test_export_holds_no_formulas(world: World, login: Any) -> None:
    make_landlord(world, '=HYPERLINK("http://kwaad")')
    client = login(world.lawyer)
    text = client.get(reverse("housing:landlord-export", args=["csv"])).getvalue().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[1][0].startswith("'=")
    response = client.get(reverse("housing:landlord-export", args=["xlsx"]))
    sheet = load_workbook(io.BytesIO(response.getvalue())).active
    assert sheet["A2"].data_type == "s"
    assert client.get("/landlords/export.exe").status_code == 404


def test_new_building_points_out_the_known_one(world: World, login: Any) -> None:
    known = make_building(world)
    client, url = login(world.lawyer), reverse("housing:building-new")
    data = {"street": "Leuvense stwg", "house_number": "12", "postcode": "2800", "city": "Mechelen"}
    response = client.post(url, data)
    page = response.content.decode()
    assert response.status_code == 422
    assert known.get_absolute_url() in page
    assert 'type="checkbox" name="keep_anyway"' in page
    assert 'value="Leuvense stwg"' in page
    response = client.post(url, {**data, "keep_anyway": "on"})
    assert response.status_code == 302
    assert Building.objects.count() == 2


def test_building_sent_twice_is_made_once(world: World, login: Any) -> None:
    client = login(world.lawyer)
    data = {"street": "Kerkstraat", "house_number": "1", "submission_token": str(uuid.uuid4())}
    urls = {client.post(reverse("housing:building-new"), data).url for _ in range(2)}
    assert len(urls) == Building.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"street": ""},
        {"street": "x" * 20_000},
        {"street": "nul\0"},
        {"postcode": "28"},
        {"postcode": "abcd"},
        {"address_uri": "javascript:alert(1)"},
    ],
)
def test_bad_building_is_refused_and_nothing_is_lost(
    world: World, login: Any, change: dict[str, str]
) -> None:
    data = {"street": "Kerkstraat", "house_number": "99 quinquies"[:10], "postcode": "2800", **change}
    response = login(world.lawyer).post(reverse("housing:building-new"), data)
    assert response.status_code == 422
    assert "99 quinqui" in response.content.decode()
    assert not Building.objects.exists()


def test_html_emoji_and_arabic_are_shown_as_typed(world: World, login: Any) -> None:
    landlord = make_landlord(world, "<b>Vet</b> 😀 شركة", contact_person="<img src=x>")
    page = login(world.lawyer).get(landlord.get_absolute_url()).content.decode()
    assert "<b>Vet" not in page
    assert "&lt;b&gt;Vet&lt;/b&gt; 😀 شركة" in page
    assert "<img src=x>" not in page


def test_second_editor_of_a_landlord_is_told_and_loses_nothing(
    world: World, login: Any, place: dict[str, Any]
) -> None:
    client, url = login(world.lawyer), reverse("housing:landlord-edit", args=[place["landlord"].pk])
    data = {"kind": "company", "name": "Immo Voorbeeld", "phone": "015 11", "version": "1"}
    assert client.post(url, data).status_code == 302
    response = client.post(url, {**data, "phone": "015 22"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "015 11" in page
    assert 'value="015 22"' in page
    assert 'name="version" value="2"' in page


def test_moving_a_family_through_the_page(world: World, login: Any, place: dict[str, Any]) -> None:
    other = make_dwelling(world, make_building(world, number="14"))
    client, url = login(world.lawyer), reverse("housing:occupancy-new", args=[other.pk])
    data = {"from_on": "2025-03-01", "tenure": "tenant", "rent": "650,50"}
    searched = client.post(url, {**data, "household-q": "proefmann"})
    assert searched.status_code == 422
    assert f'value="{world.case.household_id}"' in searched.content.decode()
    data |= {"household": str(world.case.household_id)}
    refused = client.post(url, data)
    assert refused.status_code == 422
    assert 'type="checkbox" name="moved"' in refused.content.decode()
    assert "Leuvensesteenweg 12 bus 3" in refused.content.decode()
    assert client.post(url, {**data, "moved": "on"}).status_code == 302
    place["occupancy"].refresh_from_db()
    assert place["occupancy"].until_on == dt.date(2025, 2, 28)
    assert str(Occupancy.objects.get(dwelling=other).rent) == "650.50"


@pytest.mark.parametrize(
    "change",
    [
        {"from_on": "1850-01-01"},
        {"from_on": "2350-01-01"},
        {"from_on": "31/31/2024"},
        {"until_on": "2020-01-01"},
        {"rent": "-5"},
        {"rent": "veel"},
        {"tenure": "koning"},
        {"household": "abc"},
        {"household": "99999999999999999999"},
    ],
)
def test_bad_occupancy_is_refused(
    world: World, login: Any, place: dict[str, Any], change: dict[str, str]
) -> None:
    dwelling = make_dwelling(world, make_building(world, number="14"))
    data = {
        "household": str(world.other_case.household_id),
        "from_on": "2025-03-01",
        "tenure": "tenant",
        **change,
    }
    response = login(world.lawyer).post(reverse("housing:occupancy-new", args=[dwelling.pk]), data)
    assert response.status_code == 422
    assert not dwelling.occupancies.exists()


def test_correcting_and_ending_an_occupancy(world: World, login: Any, place: dict[str, Any]) -> None:
    client, occupancy = login(world.lawyer), place["occupancy"]
    args = [place["dwelling"].pk, occupancy.pk]
    data = {"from_on": "2023-05-01", "tenure": "tenant", "version": "1"}
    assert client.post(reverse("housing:occupancy-edit", args=args), data).status_code == 302
    end = reverse("housing:occupancy-end", args=args)
    assert client.post(end, {"until_on": "2022-01-01"}).status_code == 422
    assert client.post(end, {"until_on": "2025-01-01"}).status_code == 302
    page = client.get(place["dwelling"].get_absolute_url()).content.decode()
    assert "Gezin Proefman vertrekt" in page
    assert client.get(reverse("housing:occupancy-end", args=[place["dwelling"].pk, 0])).status_code == 404


def test_shares_above_one_are_said_beside_the_field(world: World, login: Any, place: dict[str, Any]) -> None:
    other = make_landlord(world, "Tweede Eigenaar")
    url = reverse("housing:ownership-new", args=[place["dwelling"].pk])
    data = {
        "landlord": str(other.pk),
        "from_on": "2025-01-01",
        "share_numerator": "1",
        "share_denominator": "2",
    }
    response = login(world.lawyer).post(url, data)
    assert response.status_code == 422
    assert "3/2" in response.content.decode()
    assert "share_numerator" in response.context["form"].errors


def test_owner_ends_and_the_next_begins(world: World, login: Any, place: dict[str, Any]) -> None:
    client, other = login(world.lawyer), make_landlord(world, "Tweede Eigenaar")
    end = reverse("housing:ownership-end", args=[place["dwelling"].pk, place["ownership"].pk])
    assert client.post(end, {"until_on": "2025-01-31"}).status_code == 302
    url = reverse("housing:landlord-dwelling-new", args=[other.pk])
    data = {"from_on": "2025-02-01", "share_numerator": "1", "share_denominator": "1"}
    searched = client.post(url, {**data, "dwelling-q": "leuvense steenweg 12"})
    assert f'value="{place["dwelling"].pk}"' in searched.content.decode()
    assert client.post(url, {**data, "dwelling": str(place["dwelling"].pk)}).status_code == 302
    page = client.get(place["dwelling"].get_absolute_url()).content.decode()
    assert "Immo Voorbeeld is geen eigenaar meer" in page
    assert Ownership.objects.filter(landlord=other).count() == 1


def _contact(**change: str) -> dict[str, str]:
    return {"direction": "outgoing", "channel": "call", "day": "2026-01-05", "summary": "De ketel.", **change}


def test_boundary_stands_on_the_landlord_page(world: World, login: Any, place: dict[str, Any]) -> None:
    forbid_landlord(world.case)
    url = place["landlord"].get_absolute_url()
    page = login(world.lawyer).get(url).content.decode()
    assert "Gezin Proefman wil (nog) geen contact" in page
    assert "Hij vreest zijn studio te verliezen." in page
    page = login(world.youth_coach).get(url).content.decode()
    assert "Een gezin in een van zijn woningen" in page
    assert "Proefman" not in page
    assert "vreest" not in page


def test_contact_about_a_family_with_a_boundary_is_refused_in_the_form(
    world: World, login: Any, place: dict[str, Any]
) -> None:
    boundary = forbid_landlord(world.case)
    client, url = login(world.lawyer), reverse("housing:contact-new", args=[place["landlord"].pk])
    response = client.post(url, _contact(case=str(world.case.pk), not_about_family="on"))
    page = response.content.decode()
    assert response.status_code == 422
    assert boundary.reason in page
    assert str(boundary.set_by) in page
    assert "De ketel." in page
    assert not LandlordContact.objects.exists()
    assert client.post(url, _contact(case=str(world.case.pk), direction="incoming")).status_code == 302


def test_contact_about_others_needs_the_tick(world: World, login: Any, place: dict[str, Any]) -> None:
    forbid_landlord(world.case)
    client, url = login(world.cohesion_coach), reverse("housing:contact-new", args=[place["landlord"].pk])
    response = client.post(url, _contact())
    assert response.status_code == 422
    assert "not_about_family" in response.context["form"].errors
    assert "Proefman" not in response.content.decode()
    assert client.post(url, _contact(not_about_family="on")).status_code == 302


def test_contact_as_somebody_else_asks_for_the_one_voice(
    world: World, login: Any, place: dict[str, Any]
) -> None:
    set_point_of_contact(
        by=world.coordinator,
        landlord=place["landlord"],
        user=world.tenancy_lead,
        organisation=world.organisations["welfare"],
        since=START,
    )
    client, url = login(world.lawyer), reverse("housing:contact-new", args=[place["landlord"].pk])
    assert "Tenancy_lead" in client.get(url).content.decode()
    response = client.post(url, _contact())
    assert response.status_code == 422
    assert "via_contact_person" in response.context["form"].errors
    assert client.post(url, _contact(via_contact_person="no")).status_code == 302
    page = client.get(place["landlord"].get_absolute_url()).content.decode()
    assert "niet via het aanspreekpunt" in page
    assert login(world.tenancy_lead).post(url, _contact()).status_code == 302


@pytest.mark.parametrize(
    "change",
    [
        {"day": "2099-01-01"},
        {"day": "1850-01-01"},
        {"summary": ""},
        {"summary": "x" * 20_000},
        {"channel": "duif"},
        {"case": "999999"},
        {"time": "25:99"},
    ],
)
def test_bad_contact_is_refused(
    world: World, login: Any, place: dict[str, Any], change: dict[str, str]
) -> None:
    url = reverse("housing:contact-new", args=[place["landlord"].pk])
    assert login(world.lawyer).post(url, _contact(**change)).status_code == 422
    assert not LandlordContact.objects.exists()


def test_contact_about_somebody_elses_case_is_closed(world: World, login: Any, place: dict[str, Any]) -> None:
    log_landlord_contact(
        by=world.lawyer,
        landlord=place["landlord"],
        direction="incoming",
        channel="call",
        summary="Zij betaalt niet.",
        case=world.case,
    )
    page = login(world.cohesion_coach).get(place["landlord"].get_absolute_url()).content.decode()
    assert "Zij betaalt niet." not in page
    assert "waar jij niet op werkt" in page
    assert world.case.number not in page


def test_point_of_contact_through_the_page(world: World, login: Any, place: dict[str, Any]) -> None:
    client, url = login(world.coordinator), reverse("housing:point-of-contact", args=[place["landlord"].pk])
    data = {"organisation": str(world.organisations["welfare"].pk), "since": "2026-01-05"}
    assert client.post(url, {**data, "user": str(world.manager.pk)}).status_code == 422
    assert client.post(url, {**data, "user": str(world.tenancy_lead.pk)}).status_code == 302
    assert client.post(url, {**data, "user": str(world.lawyer.pk), "since": "2026-01-04"}).status_code == 422
    assert client.post(url, {**data, "user": str(world.lawyer.pk)}).status_code == 302
    assert (
        client.post(reverse("housing:point-of-contact-end", args=[place["landlord"].pk])).status_code == 302
    )
    assert (
        "Er is geen vast aanspreekpunt" in client.get(place["landlord"].get_absolute_url()).content.decode()
    )


def test_get_writes_nothing(world: World, login: Any, place: dict[str, Any], client: Client) -> None:
    login(world.lawyer)
    before = [model.objects.count() for model in (Building, Dwelling, Landlord, Occupancy, Ownership)]
    for url in [*_reading(place), *_writing(place)]:
        client.get(url)
    assert before == [model.objects.count() for model in (Building, Dwelling, Landlord, Occupancy, Ownership)]
