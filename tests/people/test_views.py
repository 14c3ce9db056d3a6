"""The pages of families and people: who sees what, what is pointed out, what is refused."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from arsenaal.lib.registries import search_kinds
from cases.models import Consent
from people.actions.create_person import PersonDetails, create_person
from people.actions.links import link_persons
from people.actions.members import add_member
from people.models import Household, HouseholdMember, Person
from tests.factories import World, make_household

READERS = {
    "coordinator",
    "lawyer",
    "housing_inspector",
    "tenancy_lead",
    "renovation_coach",
    "community_worker",
    "partner",
}
NOBODY = {"manager", "privacy_officer", "administrator"}
AWAY = {"cohesion_coach", "youth_coach", "outsider"}


def _person(world: World, given: str, family: str = "", **kwargs: Any) -> Person:
    return create_person(
        by=world.coordinator,
        neighbourhood=world.neighbourhood,
        details=PersonDetails(given, family, **kwargs),
    )


def _consent(world: World, *categories: str, person: Person | None = None) -> Consent:
    consent = Consent.objects.create(
        case=world.case,
        person=person or world.case.household.members.first().person,
        categories=list(categories),
        purpose="samen helpen",
        language="nl",
        from_on=timezone.localdate(),
        recorded_by=world.community_worker,
    )
    consent.recipients.add(world.partner.organisation)
    return consent


@pytest.mark.parametrize("role", sorted(READERS | NOBODY | AWAY))
def test_household_page_by_role(world: World, login: Any, role: str) -> None:
    response = login(world.users[role]).get(world.case.household.get_absolute_url())
    expected = 200 if role in READERS else 403 if role in NOBODY else 404
    assert response.status_code == expected


@pytest.mark.parametrize("role", sorted(READERS | NOBODY | AWAY))
def test_person_page_by_role(world: World, login: Any, role: str) -> None:
    person = world.case.household.members.get().person
    response = login(world.users[role]).get(person.get_absolute_url())
    expected = 200 if role in READERS - {"partner"} else 403 if role in NOBODY else 404
    assert response.status_code == expected


def test_partner_sees_names_only_with_consent(world: World, login: Any) -> None:
    client, url = login(world.partner), world.case.household.get_absolute_url()
    page = client.get(url).content.decode()
    assert "Jef" not in page
    assert "met toestemming" in page
    consent = _consent(world, "family")
    assert "Jef Proefman" in client.get(url).content.decode()
    consent.withdrawn_at, consent.withdrawn_by = timezone.now(), world.community_worker
    consent.save()
    assert "Jef" not in client.get(url).content.decode()


def test_consent_for_contact_opens_only_who_gave_it(world: World) -> None:
    member = add_member(
        by=world.coordinator,
        household=world.case.household,
        role="child",
        from_on=timezone.localdate(),
        details=PersonDetails("Kind"),
    )
    giver = world.case.household.members.exclude(pk=member.pk).get().person
    _consent(world, "contact", person=giver)
    assert list(Person.objects.visible_to(world.partner)) == [giver]


def test_colleague_sees_people_of_own_cases_only(world: World) -> None:
    names = set(Household.objects.visible_to(world.community_worker).values_list("name", flat=True))
    assert names == {"Gezin Proefman"}
    assert set(Household.objects.visible_to(world.lawyer).values_list("name", flat=True)) == {
        "Gezin Proefman",
        "Gezin Andersson",
    }


def test_household_page_links_to_its_case(world: World, login: Any) -> None:
    page = login(world.lawyer).get(world.case.household.get_absolute_url()).content.decode()
    assert world.case.get_absolute_url() in page


def test_household_page_costs_the_same_for_many_members(
    world: World, login: Any, django_assert_num_queries: Any
) -> None:
    client, url = login(world.lawyer), world.case.household.get_absolute_url()
    client.get(url)  # the first click of a session also writes when it was
    for count in (5, 50):
        while world.case.household.members.count() < count:
            add_member(
                by=world.coordinator,
                household=world.case.household,
                role="other",
                from_on=timezone.localdate(),
                details=PersonDetails("Iemand", phone="0400", languages=("ar",)),
            )
        with django_assert_num_queries(10):
            assert client.get(url).status_code == 200


def _member_data(**kwargs: Any) -> dict[str, Any]:
    return {
        "given_name": "Amina",
        "family_name": "Voorbeeld",
        "role": "partner",
        "join_reason": "moved_in",
        "from_on": "2026-01-05",
        "submission_token": str(uuid.uuid4()),
        **kwargs,
    }


def test_adding_a_member_once_even_when_sent_twice(world: World, login: Any) -> None:
    url, data = reverse("people:member-new", args=[world.case.household_id]), _member_data(languages=["ar"])
    client = login(world.community_worker)
    for _ in range(2):
        assert client.post(url, data).status_code == 302
    member = HouseholdMember.objects.get(person__given_name="Amina")
    assert (member.from_on, member.person.languages) == (dt.date(2026, 1, 5), ["ar"])


def test_member_who_is_known_is_pointed_out_and_can_be_chosen(world: World, login: Any) -> None:
    known = _person(world, "Ameena", "Voorbeeld")
    url, client = reverse("people:member-new", args=[world.case.household_id]), login(world.lawyer)
    response = client.post(url, _member_data())
    assert response.status_code == 422
    page = response.content.decode()
    assert f'value="{known.pk}"' in page
    assert 'value="Amina"' in page
    assert client.post(url, _member_data(person=str(known.pk))).status_code == 302
    assert HouseholdMember.objects.filter(person=known).exists()
    assert not Person.objects.filter(given_name="Amina").exists()


def test_member_of_the_same_name_can_be_somebody_else(world: World, login: Any) -> None:
    _person(world, "Amina", "Voorbeeld")
    url = reverse("people:member-new", args=[world.case.household_id])
    assert login(world.lawyer).post(url, _member_data(person="new")).status_code == 302
    assert Person.objects.filter(given_name="Amina").count() == 2


def test_somebody_elses_person_can_not_be_chosen(world: World, login: Any) -> None:
    hidden = world.other_case.household.members.get().person
    url = reverse("people:member-new", args=[world.case.household_id])
    response = login(world.community_worker).post(url, _member_data(person=str(hidden.pk)))
    assert response.status_code == 422
    assert "Andersson" not in response.content.decode()


@pytest.mark.parametrize(
    "change",
    [
        {"from_on": "2099-01-01"},
        {"from_on": "1850-01-01"},
        {"from_on": "gisteren"},
        {"role": "koning"},
        {"given_name": ""},
        {"given_name": "x" * 20_000},
        {"given_name": "nul\0"},
        {"join_reason": "birth", "from_on": ""},
        {"person": "999999999999999999999"},
    ],
)
def test_bad_member_is_refused_and_nothing_is_lost(world: World, login: Any, change: dict[str, str]) -> None:
    url = reverse("people:member-new", args=[world.case.household_id])
    response = login(world.community_worker).post(url, _member_data(**change))
    assert response.status_code == 422 or change.get("person")
    if response.status_code == 422:
        assert "Voorbeeld" in response.content.decode()


def test_html_and_emoji_in_a_name_are_shown_as_typed(world: World, login: Any) -> None:
    person = _person(world, "<script>alert(1)</script>", "😀 مريم")
    page = login(world.lawyer).get(person.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "😀 مريم" in page


def test_new_household_by_a_partner_is_his_to_see(world: World, login: Any) -> None:
    data = _member_data(name="Gezin Voorbeeld", role="adult")
    response = login(world.partner).post(reverse("people:household-new"), data)
    household = Household.objects.get(name="Gezin Voorbeeld")
    assert response.url == household.get_absolute_url()
    assert Household.objects.visible_to(world.partner).filter(pk=household.pk).exists()


def test_new_household_is_not_for_who_only_reads_figures(world: World, login: Any) -> None:
    for role in NOBODY:
        assert login(world.users[role]).get(reverse("people:household-new")).status_code == 403


def test_forms_open_empty(world: World, login: Any) -> None:
    household, client = world.case.household, login(world.lawyer)
    member = household.members.get()
    for name, args in (
        ("household-new", []),
        ("household-edit", [household.pk]),
        ("member-new", [household.pk]),
        ("member-leave", [household.pk, member.pk]),
        ("member-undo", [household.pk, member.pk]),
        ("person-edit", [member.person_id]),
    ):
        assert client.get(reverse(f"people:{name}", args=args)).status_code == 200


def test_leaving_and_undoing_through_the_pages(world: World, login: Any) -> None:
    household, client = world.case.household, login(world.community_worker)
    member = household.members.get()
    url = reverse("people:member-leave", args=[household.pk, member.pk])
    assert client.post(url, {"leave_reason": "moved_out", "until_on": "2019-01-01"}).status_code == 422
    assert client.post(url, {"leave_reason": "moved_out", "until_on": "2026-02-01"}).status_code == 302
    assert "verhuisde" in client.get(household.get_absolute_url()).content.decode()
    client.post(reverse("people:member-undo", args=[household.pk, member.pk]))
    member.refresh_from_db()
    assert member.until_on is None


def test_member_of_another_household_is_not_found(world: World, login: Any) -> None:
    other = world.other_case.household.members.get()
    url = reverse("people:member-leave", args=[world.case.household_id, other.pk])
    assert login(world.lawyer).get(url).status_code == 404


def test_second_editor_is_told_and_loses_nothing(world: World, login: Any) -> None:
    person, client = world.case.household.members.get().person, login(world.lawyer)
    url = reverse("people:person-edit", args=[person.pk])
    first = {"given_name": "Jozef", "family_name": "Proefman", "version": "1", "languages": ["nl"]}
    assert client.post(url, first).status_code == 302
    response = client.post(url, {**first, "given_name": "Jos", "phone": "0499"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Jozef Proefman" in page
    assert 'value="Jos"' in page
    assert 'name="version" value="2"' in page
    assert client.post(url, {**first, "given_name": "Jos", "version": "2"}).status_code == 302
    person.refresh_from_db()
    assert (person.given_name, person.version) == ("Jos", 3)


def test_rare_language_is_not_lost_by_editing(world: World, login: Any) -> None:
    person = _person(world, "Noor", languages=("nl", "ti", "ckb"))
    url = reverse("people:person-edit", args=[person.pk])
    client = login(world.lawyer)
    assert (
        'value="ckb" checked' in " ".join(client.get(url).content.decode().split())
        or "ckb" in client.get(url).content.decode()
    )
    client.post(
        url, {"given_name": "Noor", "version": "1", "languages": ["nl", "ckb"], "other_language": "so"}
    )
    client.post(
        url, {"given_name": "Noor", "version": "1", "languages": ["nl", "ckb"], "other_language": "ug"}
    )
    person.refresh_from_db()
    assert person.languages == ["nl", "ckb", "ug"]


@pytest.mark.parametrize(
    ("typed", "family"),
    [("Mohamed", "El Amrani"), ("el amrani", "mohammed"), ("محمد", ""), ("Muhamad", "Amrani")],
)
def test_suggestions_forgive_spelling_order_and_script(
    world: World, login: Any, typed: str, family: str
) -> None:
    _person(world, "Mohammed", "El Amrani", birth_year=1980)
    client = login(world.lawyer)
    response = client.post(reverse("people:person-suggest"), {"given_name": typed, "family_name": family})
    page = response.content.decode()
    if typed == "محمد":
        assert response.status_code == 200
    else:
        assert "Mohammed El Amrani" in page
        assert "1980" in page


def test_suggestions_stay_within_what_one_may_see(world: World, login: Any) -> None:
    url, words = reverse("people:person-suggest"), {"given_name": "Jef", "family_name": "Andersson"}
    assert "Andersson" in login(world.lawyer).post(url, words).content.decode()
    assert "Andersson" not in login(world.community_worker).post(url, words).content.decode()
    assert login(world.manager).post(url, words).status_code == 403
    assert login(world.lawyer).get(url).status_code == 405


def test_household_suggestions_find_by_member(world: World, login: Any) -> None:
    url = reverse("people:household-suggest")
    page = login(world.lawyer).post(url, {"field": "household", "household-q": "proefmann"}).content.decode()
    assert f'value="{world.case.household_id}"' in page
    assert login(world.lawyer).post(url, {"field": "x y", "household-q": "a"}).status_code == 400


def test_person_page_points_out_who_looks_alike_until_decided(world: World, login: Any) -> None:
    one, other = _person(world, "Yusuf", "Demo"), _person(world, "Youssef", "Demo")
    client = login(world.lawyer)
    link_url = reverse("people:person-link", args=[one.pk, other.pk])
    assert link_url in client.get(one.get_absolute_url()).content.decode()
    assert client.get(link_url).status_code == 200
    assert client.post(link_url, {"verdict": "same"}).status_code == 302
    page = client.get(one.get_absolute_url()).content.decode()
    assert link_url not in page
    assert "Dezelfde persoon, zei" in page
    link = one.links_as_first.get()
    undo = reverse("people:person-unlink", args=[one.pk, link.pk])
    assert client.get(undo).status_code == 200
    assert client.post(undo).status_code == 302
    assert link_url in client.get(one.get_absolute_url()).content.decode()


def test_person_page_costs_the_same_for_many_links(
    world: World, login: Any, django_assert_num_queries: Any
) -> None:
    one, client = _person(world, "Yusuf", "Demo"), login(world.lawyer)
    client.get(one.get_absolute_url())
    for n in range(1, 31):
        link_persons(by=world.lawyer, one=one, other=_person(world, f"Ander {n}"))
        if n in (1, 30):
            with django_assert_num_queries(10):
                assert client.get(one.get_absolute_url()).status_code == 200


def test_person_of_another_neighbourhood_can_not_be_linked(world: World, login: Any) -> None:
    one, outside = _person(world, "Yusuf"), world.outside_case.household.members.get().person
    assert (
        login(world.lawyer).get(reverse("people:person-link", args=[one.pk, outside.pk])).status_code == 404
    )


@pytest.mark.parametrize("code", ["people.person", "people.household"])
def test_search_finds_in_one_query_within_sight(
    world: World, django_assert_num_queries: Any, code: str
) -> None:
    make_household("Zoekmans", world.coordinator, world.neighbourhood)
    search = search_kinds.get(code).search
    for user in (world.lawyer, world.community_worker, world.outsider):
        assert user.access
        assert user.organisation
    with django_assert_num_queries(1):
        hits = search(world.lawyer, "zoekmanns", 5)
    assert "Zoekmans" in hits[0].title
    assert not search(world.community_worker, "zoekmanns", 5)
    assert not search(world.outsider, "zoekmanns", 5)


def test_unknown_household_is_not_found(world: World, login: Any, client: Client) -> None:
    login(world.lawyer)
    for pk in (0, 999_999, 10**25):
        assert client.get(f"/households/{pk}/").status_code == 404
