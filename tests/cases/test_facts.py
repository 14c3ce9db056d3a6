"""The facts on header and rows: one query each, and a partner learns of people only what they consented to."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from arsenaal.lib.registries import CaseFact, case_facts
from cases.facts import FACTS, facts_for, set_addresses
from cases.models import Case, Consent
from people.models import HouseholdMember, Person
from tests.factories import World

Login = Callable[[User], Client]


def told(user: User, case: Case) -> dict[str, str]:
    return {fact.code: texts[case.pk] for fact, texts in facts_for(user, [case.pk]) if case.pk in texts}


@pytest.fixture
def family(world: World) -> World:
    """Jef, who wants to be rung after two; his wife, who needs an interpreter; and a child."""
    case, day = world.case, "2021-01-01"
    Case.objects.filter(pk=case.pk).update(address_hint="Kade 1")
    Person.objects.filter(family_name="Proefman").update(reach_by="phone", reach_note="na 14 u")
    for name, languages, role, until in (
        ("Fatima", ["ar", "nl"], "partner", None),
        ("Kind", ["en"], "child", None),
        ("Weg", ["fr"], "adult", timezone.localdate() - dt.timedelta(days=1)),
    ):
        person = Person.objects.create(
            neighbourhood=world.neighbourhood,
            given_name=name,
            languages=languages,
            needs_interpreter=name == "Fatima",
            created_by=world.lawyer,
        )
        HouseholdMember.objects.create(
            household=case.household,
            person=person,
            role=role,
            from_on=day,
            until_on=until,
            leave_reason="moved_out" if until else "",
            created_by=world.lawyer,
        )
    return world


def test_facts_tell_family_languages_and_how_to_reach(family: World) -> None:
    facts = told(family.lawyer, family.case)
    assert facts["cases.household"] == "Gezin Proefman"
    assert facts["cases.address"] == "Kade 1"
    assert facts["cases.reach"] == "bellen · na 14 u"
    assert facts["cases.languages"] == "Nederlands, Arabisch · tolk nodig"


def test_partner_learns_of_people_what_they_consented_to(family: World, login: Login) -> None:
    partner, case = family.partner, family.case
    assert "cases.reach" not in told(partner, case)
    assert "cases.languages" not in told(partner, case)
    html = login(partner).get(f"/cases/{case.number}/").content.decode()
    assert "na 14 u" not in html
    assert "Arabisch" not in html
    consent = Consent.objects.create(
        case=case,
        person=Person.objects.get(given_name="Jef", family_name="Proefman"),
        categories=["contact"],
        purpose="bellen",
        language="nl",
        from_on=timezone.localdate(),
        recorded_by=family.lawyer,
    )
    consent.recipients.add(partner.organisation)
    facts = told(partner, case)
    assert facts["cases.reach"] == "bellen · na 14 u"
    assert facts["cases.languages"] == "Nederlands"  # nothing of his wife


@pytest.fixture
def registered() -> Iterator[None]:
    """Another package knows where the case is."""
    fact = CaseFact("test.address", "Adres", "geo", lambda ids: dict.fromkeys(ids, "Kaai 2 bus 3"))
    case_facts.register(fact)
    yield
    del case_facts._items["test.address"]


def test_registered_address_takes_the_place_of_the_told_one(family: World, registered: None) -> None:
    facts = told(family.lawyer, family.case)
    assert facts["test.address"] == "Kaai 2 bus 3"
    assert "cases.address" not in facts


def test_rows_show_the_registered_address_else_the_told_one(
    family: World, registered: None, login: Login
) -> None:
    told_case, case = family.other_case, Case.objects.get(pk=family.case.pk)
    told_case.address_hint = "Hint 3"
    case_facts._items["test.address"] = CaseFact(
        "test.address", "", "", lambda ids: {case.pk: "Kaai 2 bus 3"}
    )
    set_addresses([case, told_case], family.lawyer)
    assert (case.address, told_case.address) == ("Kaai 2 bus 3", "Hint 3")
    client = login(family.community_worker)
    for address in ("/", "/visits/new/", f"/cases/{case.number}/visits/new/"):
        html = client.get(address).content.decode()
        assert "Kaai 2 bus 3" in html
        assert "Kade 1" not in html


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.code)
def test_fact_takes_one_query_for_many_cases(
    family: World, fact: CaseFact, django_assert_num_queries: Callable
) -> None:
    ids = list(Case.objects.values_list("pk", flat=True))
    with django_assert_num_queries(1):
        fact.fetch(ids)
