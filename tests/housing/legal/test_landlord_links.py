"""Landlords that look connected: reasons from both sides, verdicts for good that can be undone, one portfolio."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Membership, User
from arsenaal.lib.enterprise import (
    format_enterprise_number,
    is_enterprise_number,
    normalise_enterprise_number,
)
from housing.actions.landlord_contacts import NotThroughContactPerson, log_landlord_contact
from housing.actions.landlord_links import (
    CannotJudgePattern,
    CannotLinkLandlords,
    dismiss_pattern,
    link_landlords,
    restore_pattern,
    unlink_landlords,
)
from housing.actions.landlords import CannotSaveLandlord, set_point_of_contact
from housing.landlord_facts import DefectFound, FactRow, LandlordFact, landlord_facts, patterns
from housing.links import likeness, portfolio, reasons, suggestions
from housing.match_keys import address_key, match_keys, phone_key
from housing.models import ContactWords, Dwelling, Landlord, LandlordContact, LandlordLink
from housing.portfolio import PortfolioPicture
from tests.factories import World
from tests.grid.legal_scene import DEFECTS
from tests.housing.factories import forbid_landlord, house, make_building, make_dwelling, make_landlord, own

NUMBER, OTHER_NUMBER = "0403170701", "0202239951"
words = st.text(alphabet="abcdefgh éïAB", max_size=14)


@given(st.integers(0, 19_999_999))
def test_enterprise_number_with_its_check_is_right_and_with_any_other_isnt(first: int) -> None:
    check = 97 - first % 97
    assert is_enterprise_number(f"{first:08d}{check:02d}")
    wrong = check % 97 + 1
    assert is_enterprise_number(f"{first:08d}{wrong:02d}") == (wrong == check)


@given(st.integers(0, 19_999_999), st.integers(0, 7), st.integers(1, 9))
def test_enterprise_number_with_one_digit_wrong_is_refused(first: int, place: int, shift: int) -> None:
    number = f"{first:08d}{97 - first % 97:02d}"
    digit = (int(number[place]) + shift) % 10
    assert not is_enterprise_number(f"{number[:place]}{digit}{number[place + 1 :]}")


@pytest.mark.parametrize(
    "text",
    ["0403.170.701", "BE 0403.170.701", "BTW BE0403170701", "403 170 701", " be-0403/170/701 "],
)
def test_enterprise_number_is_read_as_people_write_it(text: str) -> None:
    assert normalise_enterprise_number(text) == NUMBER
    assert is_enterprise_number(NUMBER)
    assert format_enterprise_number(NUMBER) == "0403.170.701"


@pytest.mark.parametrize("text", ["", "٠٤٠٣١٧٠٧٠١", "0403170702", "2403170701", "x" * 400, "04031707010"])
def test_enterprise_number_that_is_none_is_refused(text: str) -> None:
    assert not is_enterprise_number(normalise_enterprise_number(text))


def landlord(pk: int, **fields: Any) -> Landlord:
    row = Landlord(pk=pk, **fields)
    row.match_keys = match_keys(
        company_number=row.company_number, address=row.address, phone=row.phone, email=row.email
    )
    return row


people = st.fixed_dictionaries(
    {
        "name": words,
        "contact_person": words,
        "phone": st.sampled_from(["", "0470 00 00 95", "+32 470 00 00 95", "015 20 20 20"]),
        "email": st.sampled_from(["", "info@example.be", "INFO@example.be", "x@example.be"]),
        "address": st.sampled_from(["", "Leuvense stwg 12", "Leuvensesteenweg 12", "Kaai 3"]),
        "company_number": st.sampled_from(["", NUMBER, OTHER_NUMBER]),
    }
)


@given(people, people)
def test_reasons_are_the_same_from_both_sides(one: dict[str, str], other: dict[str, str]) -> None:
    first, second = landlord(1, **one), landlord(2, **other)
    assert reasons(first, second) == reasons(second, first)
    assert likeness(one["name"], other["name"]) == likeness(other["name"], one["name"])


@pytest.mark.parametrize(
    ("one", "other"),
    [("+32 470 00 00 95", "0470/00.00.95"), ("0032 15 20 20 20", "015 20 20 20")],
)
def test_phone_is_recognised_however_it_is_written(one: str, other: str) -> None:
    assert phone_key(one) == phone_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("Leuvense stwg 12, 2800 Mechelen", "Leuvensesteenweg 12 2800 MECHELEN"), ("Kaai 3", "kaai, 3")],
)
def test_address_is_recognised_however_it_is_written(one: str, other: str) -> None:
    assert address_key(one) == address_key(other) != ""
    assert address_key("Mechelen") == ""


@pytest.fixture
def pair(world: World) -> tuple[Landlord, Landlord]:
    """A company and the man behind it."""
    company = make_landlord(
        world,
        "Immo Blokkendoos bv",
        phone="0470 00 00 95",
        contact_person="Dirk Blokkendoos",
        company_number=NUMBER,
    )
    man = make_landlord(world, "Dirk Blokkendoos", phone="+32 470 00 00 95")
    return company, man


def test_suggestion_says_why_with_the_heaviest_reason_first(
    world: World, pair: tuple[Landlord, Landlord]
) -> None:
    company, man = pair
    make_landlord(world, "Heel iemand anders", phone="015 99 99 99")
    for one, other in (pair, reversed(pair)):
        (found,) = suggestions(one, world.lawyer)
        assert found.landlord == other
        assert [reason.code for reason in found.reasons] == ["phone", "contact"]
        assert found.weight == 9
    page = reasons(company, man)[0].text
    assert "telefoonnummer" in page


def test_same_name_is_suggested_whatever_the_legal_form(world: World) -> None:
    one, other = make_landlord(world, "Kasteel Vastgoed NV"), make_landlord(world, "Vastgoed Kasteel b.v.")
    assert [found.landlord for found in suggestions(one, world.lawyer)] == [other]
    assert [found.landlord for found in suggestions(other, world.lawyer)] == [one]


def test_company_number_connects_across_neighbourhoods_for_who_sees_both(world: World) -> None:
    here = make_landlord(world, "Hier", company_number=NUMBER)
    there = make_landlord(world, "Ginder", company_number=NUMBER, neighbourhood=world.elsewhere)
    assert suggestions(here, world.lawyer) == []
    Membership.objects.create(
        user=world.lawyer, neighbourhood=world.elsewhere, role="lawyer", from_on=dt.date(2020, 1, 1)
    )
    both = User.objects.get(pk=world.lawyer.pk)
    assert [found.landlord for found in suggestions(here, both)] == [there]


def test_verdict_same_makes_one_portfolio_and_different_is_for_good(
    world: World, pair: tuple[Landlord, Landlord]
) -> None:
    company, man = pair
    third = make_landlord(world, "Derde bv")
    link = link_landlords(by=world.lawyer, one=company, other=man)
    link_landlords(by=world.lawyer, one=third, other=man)
    found = portfolio(company, world.lawyer)
    assert {one.name for one in found.landlords} == {company.name, man.name, third.name}
    assert suggestions(company, world.lawyer, leave_out=found.decided) == []
    unlink_landlords(by=world.coordinator, link=link)
    unlink_landlords(by=world.coordinator, link=link)
    assert portfolio(company, world.lawyer).ids == [company.pk]
    link_landlords(by=world.lawyer, one=man, other=company, verdict="different")
    found = portfolio(company, world.lawyer)
    assert found.ids == [company.pk]
    assert suggestions(company, world.lawyer, leave_out=found.decided) == []
    assert LandlordLink.objects.count() == 3


def test_verdict_that_changes_replaces_the_standing_one(
    world: World, pair: tuple[Landlord, Landlord]
) -> None:
    one, other = pair
    first = link_landlords(by=world.lawyer, one=one, other=other)
    assert link_landlords(by=world.lawyer, one=other, other=one) == first
    link_landlords(by=world.lawyer, one=other, other=one, verdict="different")
    assert [link.verdict for link in LandlordLink.objects.standing()] == ["different"]
    assert "telefoonnummer" in first.reasons
    with pytest.raises(CannotLinkLandlords):
        link_landlords(by=world.lawyer, one=one, other=one)


def test_landlord_with_a_wrong_or_taken_number_is_refused_readably(world: World, login: Any) -> None:
    make_landlord(world, "Eerste", company_number="BE 0403.170.701")
    for number, words in (("0403170702", "geldig"), ("403.170.701", "Eerste")):
        with pytest.raises(CannotSaveLandlord, match=words) as refused:
            make_landlord(world, "Tweede", company_number=number)
        assert refused.value.field == "company_number"
    with pytest.raises(IntegrityError):
        Landlord.objects.create(
            neighbourhood=world.neighbourhood,
            kind="company",
            name="Derde",
            company_number=NUMBER,
            created_by=world.lawyer,
        )


def test_landlord_form_shows_the_refusal_and_keeps_what_was_typed(world: World, login: Any) -> None:
    make_landlord(world, "Eerste", company_number=NUMBER)
    data = {"kind": "company", "name": "Tweede <i>", "company_number": "0403.170.701", "address": "Kaai 1"}
    response = login(world.lawyer).post(reverse("housing:landlord-new"), data)
    assert response.status_code == 422
    page = response.content.decode()
    assert "Eerste heeft dit ondernemingsnummer al" in page
    assert "Tweede &lt;i&gt;" in page
    data["company_number"] = "0202.239.951"
    assert login(world.lawyer).post(reverse("housing:landlord-new"), data).status_code == 302
    saved = Landlord.objects.get(name="Tweede <i>")
    edit = reverse("housing:landlord-edit", args=[saved.pk])
    assert "0202.239.951" in login(world.lawyer).get(edit).content.decode()


def test_page_leads_to_the_verdict_and_shows_what_the_others_own(
    world: World, pair: tuple[Landlord, Landlord], login: Any
) -> None:
    company, man = pair
    own(world, make_dwelling(world, make_building(world, "Blokstraat", "40"), "1"), company)
    own(world, make_dwelling(world, make_building(world, "Kaai", "3")), man)
    client = login(world.lawyer)
    page = client.get(company.get_absolute_url()).content.decode()
    assert "Waarschijnlijk dezelfde portefeuille" in page
    assert "Kaai 3" not in page
    decide = reverse("housing:landlord-link", args=[company.pk, man.pk])
    assert "gewicht 6" in client.get(decide).content.decode()
    client.post(decide, {"verdict": "same"})
    page = client.get(company.get_absolute_url()).content.decode()
    assert "Kaai 3" in page
    assert "De hele portefeuille" in page
    undo = reverse("housing:landlord-unlink", args=[company.pk, LandlordLink.objects.get().pk])
    client.post(undo, {})
    assert "Kaai 3" not in client.get(company.get_absolute_url()).content.decode()


def test_one_voice_boundary_and_contacts_hold_on_the_page_of_a_portfolio(
    world: World, pair: tuple[Landlord, Landlord], login: Any
) -> None:
    company, man = pair
    dwelling = make_dwelling(world, make_building(world, "Blokstraat", "40"), "1")
    own(world, dwelling, man)
    house(world, world.case, dwelling)
    forbid_landlord(world.case)
    link_landlords(by=world.lawyer, one=company, other=man)
    contact = LandlordContact.objects.create(
        landlord=man,
        neighbourhood=world.neighbourhood,
        at=timezone.now(),
        direction="incoming",
        channel="call",
        by=world.lawyer,
    )
    ContactWords.objects.create(contact=contact, summary="Belde over de ketel")
    page = login(world.lawyer).get(company.get_absolute_url()).content.decode()
    assert "Belde over de ketel" in page
    # Who is about to ring the company reaches the man: the family's wish stands there as well.
    assert "wil (nog) geen contact" in page


def test_one_voice_speaks_for_the_whole_portfolio(world: World, pair: tuple[Landlord, Landlord]) -> None:
    company, man = pair
    set_point_of_contact(
        by=world.coordinator,
        landlord=man,
        user=world.tenancy_lead,
        organisation=world.organisations["welfare"],
    )
    call = {
        "by": world.lawyer,
        "landlord": company,
        "direction": "incoming",
        "channel": "call",
        "summary": "X",
    }
    assert log_landlord_contact(**call).via_contact_person is None
    link_landlords(by=world.lawyer, one=company, other=man)
    with pytest.raises(NotThroughContactPerson):
        log_landlord_contact(**call)
    assert log_landlord_contact(**call, via_contact_person=False).via_contact_person is False


def test_pattern_needs_three_dwellings_and_says_why(world: World) -> None:
    building = make_building(world, "Blokstraat", "40")
    flats = [make_dwelling(world, building, box) for box in "123"]

    def found(*places: Dwelling) -> list[DefectFound]:
        return [DefectFound(flat.pk, "131", "Vocht", "II", dt.date(2026, 1, 5)) for flat in places]

    assert patterns(found(*flats[:2], flats[0]), flats, []) == []
    (pattern,) = patterns(found(*flats), flats, [])
    assert pattern.why == "dezelfde code (131) in 3 woningen in 1 pand"


def test_pattern_that_is_not_the_same_stays_away_until_undone(world: World, login: Any) -> None:
    blok = make_landlord(world, "Immo Blok")
    building = make_building(world, "Blokstraat", "40")
    for box in "123":
        flat = make_dwelling(world, building, box)
        own(world, flat, blok)
        DEFECTS[flat.pk] = ["M13"]
    client = login(world.lawyer)
    assert "Gebrek M13" in client.get(blok.get_absolute_url()).content.decode()
    url = reverse("housing:pattern-dismiss", args=[blok.pk, "M13"])
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Drie andere oorzaken"}).status_code == 302
    page = client.get(blok.get_absolute_url()).content.decode()
    assert "niet hetzelfde, zei" in page
    assert client.get(url).status_code == 404
    verdict = blok.recurring_verdicts.get()
    client.post(reverse("housing:pattern-restore", args=[blok.pk, verdict.pk]), {})
    assert client.get(url).status_code == 200
    restore_pattern(by=world.lawyer, verdict=verdict)
    with pytest.raises(CannotJudgePattern):
        dismiss_pattern(by=world.lawyer, landlord=blok, item_code="M13", reason=" ")


def test_picture_and_table_tell_the_same(world: World, pair: tuple[Landlord, Landlord], login: Any) -> None:
    company, man = pair
    building = make_building(world, "Straat met <tekens> & een heel lange naam", "40")
    flat, empty = make_dwelling(world, building, "1"), make_dwelling(world, building, "2")
    own(world, flat, company)
    own(world, empty, man)
    house(world, world.case, flat)
    link_landlords(by=world.lawyer, one=company, other=man)
    picture = PortfolioPicture.of(portfolio(company, world.lawyer), world.lawyer)
    assert [owned.state for owned in picture.owned] == ["lived", "empty"]
    svg = picture.svg()
    assert "<tekens>" not in svg
    assert svg == picture.svg()
    for text in ("o bus 1", "- bus 2", "Immo", "&amp;"):
        assert text in svg
    response = login(world.lawyer).get(reverse("housing:landlord-portfolio", args=[company.pk]))
    assert response["Content-Type"] == "image/svg+xml"
    assert b"Proefman" not in response.content
    assert login(world.manager).get(response.request["PATH_INFO"]).status_code == 403
    assert login(world.outsider).get(response.request["PATH_INFO"]).status_code == 404


def test_facts_of_other_parts_stand_on_the_page(
    world: World, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    blok = make_landlord(world, "Immo Blok")
    monkeypatch.setattr(landlord_facts, "_items", {})
    landlord_facts.register(
        LandlordFact(
            "tests.procedures",
            "Procedures",
            "signpost",
            "Geen procedures.",
            lambda ids, user: [FactRow("Blokstraat 40", "ongeschikt", None, "", "loopt", "warn")],
        )
    )
    page = login(world.lawyer).get(blok.get_absolute_url()).content.decode()
    assert "Procedures" in page
    assert "ongeschikt" in page


def test_page_of_a_large_landlord_takes_a_fixed_number_of_queries(
    world: World, login: Any, django_assert_num_queries: Any
) -> None:
    blok = make_landlord(world, "Immo Blok")
    building = make_building(world, "Blokstraat", "40")
    own(world, make_dwelling(world, building, "0"), blok)
    client, url = login(world.lawyer), blok.get_absolute_url()
    client.get(url)
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(url)
    flats = Dwelling.objects.bulk_create(
        Dwelling(building=building, box=str(at), kind="studio", created_by=world.lawyer)
        for at in range(1, 60)
    )
    for flat in flats:
        blok.ownerships.model.objects.create(
            dwelling=flat, landlord=blok, from_on=dt.date(2020, 1, 1), created_by=world.lawyer
        )
        DEFECTS[flat.pk] = [f"M{code}" for code in range(7)]
    now = timezone.now()
    contacts = LandlordContact.objects.bulk_create(
        LandlordContact(
            landlord=blok,
            neighbourhood=world.neighbourhood,
            at=now - dt.timedelta(hours=at),
            direction="incoming",
            channel="call",
            by=world.lawyer,
        )
        for at in range(300)
    )
    ContactWords.objects.bulk_create(
        ContactWords(contact=contact, summary=f"Gesprek {at}") for at, contact in enumerate(contacts)
    )
    with django_assert_num_queries(PAGE_QUERIES):
        page = client.get(url).content.decode()
    assert "in 59 woningen" in page


PAGE_QUERIES = 22
