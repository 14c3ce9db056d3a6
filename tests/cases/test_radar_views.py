"""The radar on screen: who sees what, who decides, and what bad input does."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership
from cases.actions.open_case import open_case
from cases.actions.radar_decide import close_radar_entry, pass_on_radar_entry
from cases.enums import RadarState
from cases.models import Case, RadarEntry
from tests.cases.test_radar_actions import make_entry
from tests.factories import World, make_household


def form_data(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "source": "community_work",
        "source_organisation": world.organisations["city"].pk,
        "reason": "co_gas",
        "worry": "De kachel ruikt.",
        "name": "Mia Proef",
        "street": "",
        "house_number": "",
        "box": "",
        "postcode": "",
        "phone": "",
        "reach_by": "",
        "reach_note": "",
        "review_on": (timezone.localdate() + dt.timedelta(days=14)).isoformat(),
        "submission_token": str(uuid.uuid4()),
        **changes,
    }


def test_form_starts_with_own_organisation_and_two_weeks(world: World, login: Any) -> None:
    page = login(world.community_worker).get(reverse("cases:radar-new"))
    form = page.context["form"]
    assert form["source_organisation"].value() == world.organisations["city"].pk
    assert form["source"].value() == "city"
    assert dt.timedelta(days=14) <= form["review_on"].value() - timezone.localdate() <= dt.timedelta(days=18)
    assert form["review_on"].value().weekday() < 5
    assert "neighbourhood" not in form.fields


def test_report_once_however_often_sent(world: World, login: Any) -> None:
    client = login(world.community_worker)
    data = form_data(world)
    first = client.post(reverse("cases:radar-new"), data)
    second = client.post(reverse("cases:radar-new"), data)
    entry = RadarEntry.objects.get()
    assert first.url == second.url == reverse("cases:radar-entry", args=[entry.pk])
    assert entry.neighbourhood == world.neighbourhood


def test_report_with_roles_in_two_neighbourhoods_asks_which(world: World, login: Any) -> None:
    Membership.objects.create(
        user=world.community_worker,
        neighbourhood=world.elsewhere,
        role=Role.COMMUNITY_WORKER,
        from_on="2020-01-01",
    )
    client = login(world.community_worker)
    form = client.get(reverse("cases:radar-new")).context["form"]
    assert form["neighbourhood"].value() == world.neighbourhood.pk
    client.post(reverse("cases:radar-new"), form_data(world, neighbourhood=world.elsewhere.pk))
    assert RadarEntry.objects.get().neighbourhood == world.elsewhere


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "", "street": ""}, "name"),
        ({"street": "", "house_number": "12"}, "street"),
        ({"worry": ""}, "worry"),
        ({"worry": "x" * 20_000}, "worry"),
        ({"worry": "nul\0"}, "worry"),
        ({"reason": "nonsense"}, "reason"),
        ({"review_on": "1899-01-01"}, "review_on"),
        ({"review_on": "9999-12-31"}, "review_on"),
        ({"review_on": "31 februari"}, "review_on"),
        ({"review_on": ""}, "review_on"),
        ({"source_organisation": "999999999999999999999"}, "source_organisation"),
    ],
)
def test_report_bad_input_is_told_beside_the_field_and_nothing_is_lost(
    world: World, login: Any, changes: dict[str, Any], field: str
) -> None:
    data = form_data(world, phone="0470 12 34 56", **changes)
    page = login(world.community_worker).post(reverse("cases:radar-new"), data)
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert "0470 12 34 56" in page.content.decode()
    assert not RadarEntry.objects.exists()


def test_report_escapes_what_was_typed(world: World, login: Any) -> None:
    evil = '<script>alert(1)</script>"><img src=x onerror=1> مرحبا 🌻'
    client = login(world.coordinator)
    data = form_data(world, name=evil[:120], worry=evil, street=evil[:120], reach_note=evil)
    url = client.post(reverse("cases:radar-new"), data).url
    for address in (url, reverse("cases:radar"), reverse("cases:radar-new"), f"{url}case/"):
        text = client.get(address).content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
    assert "مرحبا 🌻" in client.get(url).content.decode()


def test_worker_sees_own_signals_only(world: World, login: Any) -> None:
    own = make_entry(world, name="Eigen Signaal")
    other = make_entry(world, name="Ander Signaal")
    RadarEntry.objects.filter(pk=other.pk).update(reported_by=world.coordinator)
    client = login(world.community_worker)
    text = client.get(reverse("cases:radar")).content.decode()
    assert "Eigen Signaal" in text
    assert "Ander Signaal" not in text
    assert client.get(reverse("cases:radar-entry", args=[own.pk])).status_code == 200
    assert client.get(reverse("cases:radar-entry", args=[other.pk])).status_code == 404


def test_worker_reads_what_became_of_it_but_not_the_case(world: World, login: Any) -> None:
    entry = make_entry(world)
    world.other_case.radar_entry = entry
    world.other_case.save()
    RadarEntry.objects.filter(pk=entry.pk).update(
        state=RadarState.CASE, decided_by=world.coordinator, decided_at=timezone.now()
    )
    text = login(world.community_worker).get(reverse("cases:radar-entry", args=[entry.pk])).content.decode()
    assert "Er is een dossier geopend." in text
    assert world.other_case.number not in text
    assert world.other_case.title not in text
    lead = login(world.tenancy_lead).get(reverse("cases:radar-entry", args=[entry.pk])).content.decode()
    assert world.other_case.number in lead


def test_worker_reads_to_whom_it_was_passed_on(world: World, login: Any) -> None:
    entry = make_entry(world)
    pass_on_radar_entry(
        by=world.lawyer, entry=entry, to=world.organisations["energy"], reason="Zij zien de kachel na."
    )
    text = login(world.community_worker).get(reverse("cases:radar-entry", args=[entry.pk])).content.decode()
    assert "Organisatie energy" in text
    assert "Zij zien de kachel na." in text
    assert "Aanpassen" not in text


DECISIONS = ("radar-decide-case", "radar-pass-on", "radar-close", "radar-postpone")


@pytest.mark.parametrize("name", DECISIONS)
@pytest.mark.parametrize(
    "who", ["community_worker", "partner", "manager", "privacy_officer", "administrator"]
)
def test_decision_is_refused_to_who_does_not_decide(world: World, login: Any, name: str, who: str) -> None:
    entry = make_entry(world)
    client = login(world.users[who])
    url = reverse(f"cases:{name}", args=[entry.pk])
    assert client.get(url).status_code == 403
    assert client.post(url, {"reason": "x"}).status_code == 403
    entry.refresh_from_db()
    assert entry.is_undecided


@pytest.mark.parametrize("name", [*DECISIONS, "radar-entry", "radar-correct"])
def test_radar_of_another_neighbourhood_is_not_found(world: World, login: Any, name: str) -> None:
    entry = make_entry(world)
    client = login(world.outsider)
    assert client.get(reverse(f"cases:{name}", args=[entry.pk])).status_code == 404
    assert client.get(reverse(f"cases:{name}", args=[987654])).status_code == 404


@pytest.mark.parametrize("who", ["manager", "privacy_officer", "administrator"])
@pytest.mark.parametrize("name", ["radar", "radar-new"])
def test_radar_is_closed_to_who_reads_no_stories(world: World, login: Any, who: str, name: str) -> None:
    assert login(world.users[who]).get(reverse(f"cases:{name}")).status_code == 403


def test_lookalikes_stand_beside_the_decision_and_only_there(world: World, login: Any) -> None:
    household = make_household("Yildiz", world.coordinator, world.neighbourhood)
    twin = make_entry(world, name="Jef Yıldız", street="")
    entry = make_entry(world, name="gezin Yıldız", street="Kerkstraat", house_number="12")
    world.other_case.address_hint = "Kerkstraat 12"
    world.other_case.save()
    url = reverse("cases:radar-entry", args=[entry.pk])
    alike = login(world.coordinator).get(url).context["alike"]
    assert household in alike.households
    assert [str(person) for person in alike.persons] == ["Jef Yildiz"]
    assert twin in alike.signals
    assert world.other_case in alike.cases
    assert entry not in alike.signals
    assert login(world.community_worker).get(url).context["alike"] is None


def test_lookalikes_stay_within_the_neighbourhood(world: World, login: Any) -> None:
    entry = make_entry(world, name="Jef Elders", street="")
    alike = login(world.coordinator).get(reverse("cases:radar-entry", args=[entry.pk])).context["alike"]
    assert world.outside_case.household not in alike.households
    assert [person for person in alike.persons if person.family_name == "Elders"] == []


def test_lookalikes_of_an_address_have_the_same_number(world: World, login: Any) -> None:
    entry = make_entry(world, name="", street="Kerkstraat", house_number="12")
    numbers = {"12": True, "12b": False, "112": False, "1": False}
    cases = {}
    for number in numbers:
        household = make_household(f"Van nummer {number}", world.coordinator, world.neighbourhood)
        cases[number] = open_case(
            by=world.coordinator,
            neighbourhood=world.neighbourhood,
            lead=world.lawyer,
            title=f"Nummer {number}",
            household=household,
            address_hint=f"Kerkstraat {number} bus 3",
        )
    same = make_entry(world, name="", street="kerk straat", house_number="12")
    make_entry(world, name="", street="Kerkstraat", house_number="14")
    alike = login(world.coordinator).get(reverse("cases:radar-entry", args=[entry.pk])).context["alike"]
    assert {number: case in alike.cases for number, case in cases.items()} == numbers
    assert alike.signals == [same]


@pytest.mark.parametrize("number", ["", "12(", "\\", "[a-z]*", "12 a"])
def test_lookalikes_survive_odd_house_numbers(world: World, login: Any, number: str) -> None:
    entry = make_entry(world, street="Kerkstraat", house_number=number)
    assert login(world.coordinator).get(reverse("cases:radar-entry", args=[entry.pk])).status_code == 200


def test_decide_case_offers_lookalike_and_opens(world: World, login: Any) -> None:
    household = make_household("Yildiz", world.coordinator, world.neighbourhood)
    entry = make_entry(world, name="Jef Yıldız")
    client = login(world.coordinator)
    url = reverse("cases:radar-decide-case", args=[entry.pk])
    form = client.get(url).context["form"]
    assert str(household.pk) in dict(form.fields["about"].choices)
    assert form["family_name"].value() == "Yıldız"
    data = {
        "about": household.pk,
        "title": "Man alleen",
        "lead": world.tenancy_lead.pk,
        "submission_token": str(uuid.uuid4()),
    }
    first, second = client.post(url, data), client.post(url, data)
    case = Case.objects.get(radar_entry=entry)
    assert first.url == second.url == case.get_absolute_url()
    assert case.household == household


def test_decide_case_finds_another_household_by_typing(world: World, login: Any) -> None:
    household = make_household("Totaalanders", world.coordinator, world.neighbourhood)
    entry = make_entry(world)
    client = login(world.coordinator)
    url = reverse("cases:radar-decide-case", args=[entry.pk])
    data = {"about": "known", "household-q": "totalanders", "title": "T", "lead": world.lawyer.pk}
    asked = client.post(url, data)  # without script: what was typed is looked up, and one chooses
    assert asked.status_code == 422
    assert "Gezin Totaalanders" in asked.content.decode()
    assert client.post(url, {**data, "household": household.pk}).status_code == 302
    assert Case.objects.get(radar_entry=entry).household == household


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"about": "block", "address_hint": ""}, "address_hint"),
        ({"about": "known"}, "household"),
        ({"about": "known", "household": "987654321"}, "household"),
        ({"about": "known", "household": "9" * 40}, "household"),
        ({"about": "known", "household-q": "\0"}, "household"),
        ({"about": "987654321"}, "about"),
        ({"about": ""}, "about"),
        ({"title": ""}, "title"),
        ({"title": "x" * 141}, "title"),
        ({"lead": ""}, "lead"),
        ({"given_name": "", "family_name": "X"}, "given_name"),
    ],
)
def test_decide_case_bad_input(world: World, login: Any, changes: dict[str, Any], field: str) -> None:
    entry = make_entry(world)
    data = {"about": "new", "name": "Gezin P", "title": "T", "lead": world.lawyer.pk, **changes}
    page = login(world.coordinator).post(reverse("cases:radar-decide-case", args=[entry.pk]), data)
    assert page.status_code == 422
    assert field in page.context["form"].errors
    entry.refresh_from_db()
    assert entry.is_undecided


def test_decide_case_of_a_new_household_overlooks_what_was_typed_to_search(world: World, login: Any) -> None:
    entry = make_entry(world)
    data = {"about": "new", "name": "Gezin P", "title": "T", "lead": world.lawyer.pk, "household-q": "zomaar"}
    page = login(world.coordinator).post(reverse("cases:radar-decide-case", args=[entry.pk]), data)
    assert page.status_code == 302


def test_decide_case_refuses_household_of_elsewhere(world: World, login: Any) -> None:
    data = {
        "about": "known",
        "household": world.outside_case.household_id,
        "title": "T",
        "lead": world.lawyer.pk,
    }
    page = login(world.coordinator).post(
        reverse("cases:radar-decide-case", args=[make_entry(world).pk]), data
    )
    assert page.status_code == 422


def test_decide_case_of_household_with_open_case_says_which(world: World, login: Any) -> None:
    entry = make_entry(world, name="Jef Proefman")
    data = {"about": world.case.household_id, "title": "T", "lead": world.lawyer.pk}
    page = login(world.coordinator).post(reverse("cases:radar-decide-case", args=[entry.pk]), data)
    assert page.status_code == 422
    assert world.case.number in page.context["form"].errors["household"][0]


def test_second_decider_is_told_and_loses_nothing(world: World, login: Any) -> None:
    entry = make_entry(world)
    client = login(world.coordinator)
    url = reverse("cases:radar-pass-on", args=[entry.pk])
    assert client.get(url).status_code == 200
    close_radar_entry(by=world.lawyer, entry=entry, reason="Opgelost")
    page = client.post(url, {"organisation": world.organisations["energy"].pk, "reason": "Kachel nakijken"})
    text = page.content.decode()
    assert page.status_code == 422
    assert "Lawyer Test" in text
    assert "Kachel nakijken" in text
    assert client.get(url).url == reverse("cases:radar-entry", args=[entry.pk])


def test_pass_on_close_and_postpone_through_the_browser(world: World, login: Any) -> None:
    client = login(world.lawyer)
    one, two, three = make_entry(world), make_entry(world), make_entry(world)
    later = (timezone.localdate() + dt.timedelta(days=30)).isoformat()
    client.post(
        reverse("cases:radar-pass-on", args=[one.pk]),
        {"organisation": world.organisations["energy"].pk, "reason": "Kachel"},
    )
    client.post(reverse("cases:radar-close", args=[two.pk]), {"reason": "Verhuisd"})
    client.post(
        reverse("cases:radar-postpone", args=[three.pk]),
        {"review_on": later, "reason": "Later", "version": 1},
    )
    for entry in (one, two, three):
        entry.refresh_from_db()
    assert [one.state, two.state, three.state] == ["passed_on", "closed", "new"]
    assert three.review_on.isoformat() == later


def test_postpone_after_a_colleague_shows_what_stands_and_goes_on(world: World, login: Any) -> None:
    entry = make_entry(world)
    client = login(world.lawyer)
    url = reverse("cases:radar-postpone", args=[entry.pk])
    later = (timezone.localdate() + dt.timedelta(days=30)).isoformat()
    RadarEntry.objects.filter(pk=entry.pk).update(version=5)
    data = {"review_on": later, "reason": "Wacht op school", "version": 1}
    page = client.post(url, data)
    assert page.status_code == 422
    assert "Wacht op school" in page.content.decode()
    assert 'name="version" value="5"' in page.content.decode()
    assert client.post(url, {**data, "version": 5}).status_code == 302


def test_correct_own_signal_until_it_is_decided(world: World, login: Any) -> None:
    entry = make_entry(world)
    client = login(world.community_worker)
    url = reverse("cases:radar-correct", args=[entry.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, form_data(world, name="Andere Naam", version=1)).status_code == 302
    entry.refresh_from_db()
    assert entry.name == "Andere Naam"
    close_radar_entry(by=world.lawyer, entry=entry, reason="Opgelost")
    assert client.post(url, form_data(world, version=3)).status_code == 422


def test_radar_list_warns_when_a_signal_is_about_to_lapse(world: World, login: Any) -> None:
    entry = make_entry(world)
    RadarEntry.objects.filter(pk=entry.pk).update(review_on=timezone.localdate() - dt.timedelta(days=10))
    client = login(world.coordinator)
    page = client.get(reverse("cases:radar")).content.decode()
    assert 0 < page.index("had al bekeken moeten zijn") < page.index("vervalt: nog 5 dagen")
    assert (
        "Dit signaal vervalt op" in client.get(reverse("cases:radar-entry", args=[entry.pk])).content.decode()
    )


@pytest.mark.parametrize(
    "query",
    [
        "state=nonsense",
        "reason=nonsense&source=%00",
        "sort=drop table",
        "cursor=nonsense",
        "cursor=WyJ4Il0",
        "neighbourhood=999999999999999999999999",
        "q=" + "x" * 3000,
        "q=%00",
        "q=%F0%9F%8C%BB",
    ],
)
def test_radar_list_forgives_nonsense(world: World, login: Any, query: str) -> None:
    make_entry(world)
    assert login(world.coordinator).get(f"{reverse('cases:radar')}?{query}").status_code == 200


def test_radar_list_finds_forgiving_of_spelling(world: World, login: Any) -> None:
    make_entry(world, name="Yıldız", street="")
    make_entry(world, name="Peeters", street="")
    page = login(world.coordinator).get(reverse("cases:radar"), {"q": "yildiz"})
    assert [entry.name for entry in page.context["page"].rows] == ["Yıldız"]


def test_radar_list_is_empty_in_words(world: World, login: Any) -> None:
    client = login(world.coordinator)
    assert "Er wacht niets op een beslissing" in client.get(reverse("cases:radar")).content.decode()
    assert "Geen signaal past" in client.get(reverse("cases:radar"), {"reason": "rent"}).content.decode()


@pytest.mark.parametrize("count", [5, 60])
def test_radar_list_takes_the_same_queries_however_long(
    world: World, login: Any, django_assert_num_queries: Any, count: int
) -> None:
    for _n in range(count):
        make_entry(world)
    client: Client = login(world.coordinator)
    client.get(reverse("cases:radar"))
    with django_assert_num_queries(7):
        client.get(reverse("cases:radar"))
