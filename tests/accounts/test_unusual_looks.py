"""Unusual looks: each rule finds what it should and nothing else, each finding is told once."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from accounts.actions.looks import keep_looks
from accounts.actions.unusual import (
    CannotReviewLook,
    find_unusual,
    review_unusual,
    set_home_street,
    set_look_rules,
)
from accounts.looks import Look, LookKind, Subject
from accounts.models import AccessEvent, HomeStreet, LookRules, UnusualLook, User
from cases.actions.colleague_family import flag_colleague_family, unflag_colleague_family
from cases.looks import case_look
from cases.models import Case, CaseMember
from cases.unusual import street_of
from tests.factories import World

Login = Callable[[User], Client]
BRUSSELS = ZoneInfo("Europe/Brussels")
MONDAY = dt.datetime(2026, 11, 23, 10, 20, tzinfo=BRUSSELS)


@pytest.fixture(autouse=True)
def _monday_noon() -> Any:
    """It is Monday, a quarter to one."""
    with time_machine.travel(MONDAY + dt.timedelta(hours=2, minutes=25), tick=False):
        yield


def look(user: User, case: Case, *, at: dt.datetime = MONDAY) -> None:
    """Have somebody open a case."""
    keep_looks(by=user, looks=[case_look(case)], page="cases:case", now=at)


def found(rule: str) -> list[UnusualLook]:
    """Search, twice as a worker that died would, and return what this rule found."""
    find_unusual()
    find_unusual()
    return list(UnusualLook.objects.filter(rule=rule))


def many(user: User, world: World, count: int) -> None:
    """Open so many different cases within ten minutes."""
    for n in range(count):
        one = Look(LookKind.OPENED, Subject.CASE, case_id=1000 + n, neighbourhood_id=world.neighbourhood.pk)
        keep_looks(by=user, looks=[one], page="cases:case", now=MONDAY + dt.timedelta(seconds=n))


def test_nothing_stands_out_on_an_ordinary_day(world: World) -> None:
    look(world.community_worker, world.case)
    look(world.lawyer, world.other_case)
    assert find_unusual() == 0


def test_many_cases_in_an_hour_are_told_once_with_the_count_that_grew(world: World) -> None:
    many(world.lawyer, world, 21)
    assert [row.look_count for row in found("accounts.many_cases")] == [21]
    many(world.lawyer, world, 30)
    assert [row.look_count for row in found("accounts.many_cases")] == [30]


def test_as_many_cases_as_is_usual_are_not_told(world: World) -> None:
    many(world.lawyer, world, 20)
    assert found("accounts.many_cases") == []
    set_look_rules(
        by=world.privacy_officer,
        neighbourhood=world.neighbourhood,
        cases_per_hour=5,
        refused_per_hour=5,
        day_from=dt.time(6),
        day_until=dt.time(22),
        weekend_is_unusual=True,
    )
    assert len(found("accounts.many_cases")) == 1


@pytest.mark.parametrize(
    ("moment", "is_told"),
    [
        (dt.datetime(2026, 11, 23, 5, 59, tzinfo=BRUSSELS), True),
        (dt.datetime(2026, 11, 23, 6, 0, tzinfo=BRUSSELS), False),
        (dt.datetime(2026, 11, 22, 21, 59, tzinfo=BRUSSELS), True),  # Sunday
        (dt.datetime(2026, 11, 23, 12, 0, tzinfo=BRUSSELS), False),
    ],
)
def test_outside_hours(world: World, moment: dt.datetime, is_told: bool) -> None:
    look(world.lawyer, world.case, at=moment)
    assert bool(found("accounts.outside_hours")) == is_told


def test_outside_hours_follow_the_neighbourhood(world: World) -> None:
    look(world.lawyer, world.case, at=dt.datetime(2026, 11, 22, 12, 0, tzinfo=BRUSSELS))
    LookRules.objects.create(neighbourhood=world.neighbourhood, weekend_is_unusual=False)
    assert found("accounts.outside_hours") == []


def test_late_in_the_evening_stands_out(world: World) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 23, 23, 0, tzinfo=BRUSSELS), tick=False):
        look(world.lawyer, world.case, at=dt.datetime(2026, 11, 23, 22, 0, tzinfo=BRUSSELS))
        look(world.coordinator, world.case, at=dt.datetime(2026, 11, 23, 21, 59, tzinfo=BRUSSELS))
        assert [row.user for row in found("accounts.outside_hours")] == [world.lawyer]


def test_counting_through_numbers_that_one_may_not_see(world: World, login: Login) -> None:
    client = login(world.community_worker)
    for n in range(4):
        client.get(f"/cases/ARS-2026-10{n:02}/")
    client.get("/cases/ARS-2026-1000/")  # the same again is no other number
    assert found("accounts.refused") == []
    client.get("/people/424242/")
    rows = found("accounts.refused")
    assert [(row.user, row.look_count) for row in rows] == [(world.community_worker, 5)]


def test_family_of_a_colleague(world: World) -> None:
    flag_colleague_family(by=world.coordinator, case=world.case)
    flag_colleague_family(by=world.coordinator, case=world.case)
    look(world.community_worker, world.case)  # on the team
    look(world.lawyer, world.other_case)
    assert found("cases.colleague_family") == []
    look(world.coordinator, world.case)
    assert [(row.user, row.case_id) for row in found("cases.colleague_family")] == [
        (world.coordinator, world.case.pk)
    ]
    UnusualLook.objects.all().delete()
    unflag_colleague_family(by=world.coordinator, case=world.case)
    assert found("cases.colleague_family") == []


def test_after_leaving_the_team(world: World) -> None:
    look(world.coordinator, world.case)  # never on it
    look(world.lawyer, world.case)  # still on it
    assert found("cases.left_team") == []
    CaseMember.objects.filter(case=world.case, user=world.lawyer).update(
        from_on="2026-01-01", until_on=MONDAY.date() - dt.timedelta(days=1)
    )
    assert [row.user for row in found("cases.left_team")] == [world.lawyer]


def test_own_street_by_the_address_as_it_was_told(world: World) -> None:
    Case.objects.filter(pk=world.other_case.pk).update(address_hint="Oude Tramweg 12 bus 3")
    for user in (world.lawyer, world.tenancy_lead):
        set_home_street(by=user, user=user, street="  oude  TRAMWEG ")
    look(world.lawyer, world.case)
    look(world.coordinator, world.other_case)
    look(world.tenancy_lead, world.other_case)  # its lead
    assert found("cases.own_street") == []
    look(world.lawyer, world.other_case)
    assert [row.case_number for row in found("cases.own_street")] == [world.other_case.number]


@pytest.mark.parametrize(
    ("address", "street"),
    [("Oude Tramweg 12 bus 3", "oude tramweg"), ("Kaai", "kaai"), ("", ""), ("12", ""), ("Laan, 3", "laan")],
)
def test_street_of_an_address(address: str, street: str) -> None:
    assert street_of(address) == street


def test_finding_takes_a_fixed_number_of_queries(world: World, django_assert_num_queries: Any) -> None:
    set_home_street(by=world.lawyer, user=world.lawyer, street="Kaai")
    look(world.lawyer, world.case)
    many(world.lawyer, world, 25)
    with django_assert_num_queries(13):
        find_unusual()
    many(world.coordinator, world, 25)
    look(world.lawyer, world.other_case)
    with django_assert_num_queries(13):
        find_unusual()


# --- asking --------------------------------------------------------------------------------------------------------


@pytest.fixture
def unusual(world: World) -> UnusualLook:
    """The lawyer opened many cases."""
    many(world.lawyer, world, 25)
    find_unusual()
    return UnusualLook.objects.get()


def test_review_is_kept_beside_the_log(world: World, login: Login, unusual: UnusualLook) -> None:
    before = list(AccessEvent.objects.filter(user=world.lawyer).order_by("pk").values())
    client = login(world.privacy_officer)
    assert "veel dossiers in een uur" in client.get("/").content.decode()
    assert client.get(f"/access-log/unusual/{unusual.pk}/").status_code == 200
    sent = {"verdict": "talked", "note": "Was voor het jaarverslag."}
    assert client.post(f"/access-log/unusual/{unusual.pk}/", sent).status_code == 302
    unusual.refresh_from_db()
    assert (unusual.verdict, unusual.reviewed_by) == ("talked", world.privacy_officer)
    assert list(AccessEvent.objects.filter(user=world.lawyer).order_by("pk").values()) == before
    assert "veel dossiers in een uur" not in client.get("/").content.decode()
    assert "Was voor het jaarverslag." in client.get(f"/access-log/unusual/{unusual.pk}/").content.decode()
    find_unusual()
    assert UnusualLook.objects.get().verdict == "talked"


def test_review_without_words_only_when_it_was_fine(world: World, login: Login, unusual: UnusualLook) -> None:
    client = login(world.privacy_officer)
    url = f"/access-log/unusual/{unusual.pk}/"
    assert client.post(url, {"verdict": "not_fine", "note": " "}).status_code == 422
    assert client.post(url, {"verdict": "", "note": "x"}).status_code == 422
    assert client.post(url, {"verdict": "fine", "note": "\0"}).status_code == 422
    assert client.post(url, {"verdict": "fine", "note": ""}).status_code == 302


def test_review_is_done_once_and_never_about_oneself(world: World, unusual: UnusualLook) -> None:
    with pytest.raises(CannotReviewLook):
        review_unusual(by=world.lawyer, unusual=unusual, verdict="fine", note="")
    review_unusual(by=world.privacy_officer, unusual=unusual, verdict="fine", note="")
    with pytest.raises(CannotReviewLook):
        review_unusual(by=world.privacy_officer, unusual=unusual, verdict="talked", note="x")


def test_log_can_be_narrowed_to_what_stood_out(world: World, login: Login, unusual: UnusualLook) -> None:
    look(world.coordinator, world.case)
    page = login(world.privacy_officer).get("/access-log/?unusual=on")
    assert {event.user for event, _who, _deed in page.context["looks_shown"]} == {world.lawyer}


# --- settings and the own street -----------------------------------------------------------------------------------


def test_rules_are_set_by_the_privacy_officer_and_nonsense_is_told(world: World, login: Login) -> None:
    client = login(world.privacy_officer)
    url = f"/access-log/rules/{world.neighbourhood.slug}/"
    good = {"cases_per_hour": 8, "refused_per_hour": 3, "day_from": "07:00", "day_until": "20:00"}
    assert client.get(url).status_code == 200
    for bad in (
        {"cases_per_hour": 1},
        {"cases_per_hour": 99999999999},
        {"refused_per_hour": "x"},
        {"day_from": "21:00"},
    ):
        assert client.post(url, {**good, **bad}).status_code == 422, bad
    assert not LookRules.objects.exists()
    assert client.post(url, good).status_code == 302
    assert LookRules.objects.get().weekend_is_unusual is False


def test_own_street_is_told_by_oneself_and_forgotten(world: World, login: Login) -> None:
    client = login(world.lawyer)
    assert client.post("/accounts/profile/street/", {"street": "Kaai"}).status_code == 302
    assert 'value="Kaai"' in client.get("/accounts/profile/street/").content.decode()
    assert HomeStreet.objects.get().user == world.lawyer
    assert client.post("/accounts/profile/street/", {"street": "\0"}).status_code == 422
    assert client.post("/accounts/profile/street/", {"street": ""}).status_code == 302
    assert not HomeStreet.objects.exists()


def test_street_of_a_colleague_by_the_administrator_alone(world: World, login: Login) -> None:
    url = f"/accounts/users/{world.lawyer.pk}/street/"
    assert login(world.coordinator).post(url, {"street": "Kaai"}).status_code == 403
    assert login(world.administrator).post(url, {"street": "Kaai"}).status_code == 302
    assert HomeStreet.objects.get().street == "Kaai"
    assert "Kaai" not in login(world.privacy_officer).get("/access-log/").content.decode()


def test_flag_of_a_case_is_seen_by_who_opens_cases_alone(world: World, login: Login) -> None:
    url = f"/cases/{world.case.number}/colleague-family/"
    client = login(world.coordinator)
    assert client.post(url, {"flag": "on"}).status_code == 302
    assert "gemarkeerd" in client.get(url).content.decode()
    assert login(world.community_worker).get(url).status_code == 403
    assert login(world.coordinator).post(url, {"flag": "off"}).status_code == 302
    assert not hasattr(Case.objects.get(pk=world.case.pk), "colleague_family")
