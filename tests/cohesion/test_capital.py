"""What neighbours do for each other: nobody without consent, nobody's need for another resident to read."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.wall import acting_as
from arsenaal.lib.errors import ChangedMeanwhileError
from arsenaal.lib.registries import Period
from cases.actions.checks import BadDateError
from cohesion.actions.capital import (
    CapitalError,
    edit_capital,
    end_capital,
    give_consent,
    note_capital,
    propose_match,
    step_match,
    withdraw_consent,
)
from cohesion.capital_reading import introduction_of, suggestions_of
from cohesion.measures.capital import capital_noted, matches_made, matches_worked
from cohesion.models import CapitalConsent, CapitalEntry, CapitalMatch
from tests.cohesion.capital import noted, pair
from tests.factories import World

Pair = tuple[CapitalEntry, CapitalEntry]


@pytest.fixture
def both(world: World) -> Pair:
    return pair(world.cohesion_coach, world.neighbourhood)


def test_suggestion_says_why(world: World, both: Pair) -> None:
    offer, ask = both
    (found,) = suggestions_of(ask)
    assert found.entry == offer
    assert found.reasons == ["zelfde woorden: fiets", "allebei: iets kunnen"]
    assert [row.entry for row in suggestions_of(offer)] == [ask]


def test_language_street_and_time_are_reasons(world: World) -> None:
    by, where = world.cohesion_coach, world.neighbourhood
    more = {"languages": ["ar", "nl"], "street": "Draaibankstraat 4", "day_parts": ["evening", "weekend"]}
    noted(by, where, "offer", "Uitleg bij brieven", kind="language", **more)
    noted(by, where, "offer", "Oppas", kind="time", **more)
    ask = noted(
        by,
        where,
        "ask",
        "Iemand die vertaalt",
        kind="language",
        languages=["ar"],
        street="draaibankstraat 12",
        day_parts=["evening"],
    )
    (found,) = suggestions_of(ask)
    assert set(found.reasons) == {
        "allebei: taal",
        "spreken allebei Arabisch",
        "wonen in dezelfde straat",
        "hebben allebei tijd: avond",
    }


def test_nobody_is_suggested_without_a_consent_that_holds(world: World, both: Pair) -> None:
    by, (offer, ask) = world.cohesion_coach, both
    withdraw_consent(by=by, entry=offer)
    assert not suggestions_of(ask)
    assert not suggestions_of(offer)
    give_consent(by=by, entry=offer, until_on=timezone.localdate() + dt.timedelta(days=3))
    assert suggestions_of(ask)
    with time_machine.travel(timezone.now() + dt.timedelta(days=4)):
        assert not suggestions_of(ask)
        with pytest.raises(CapitalError, match="toestemming"):
            propose_match(by=by, offer=offer, ask=ask)
    end_capital(by=by, entry=offer)
    assert not suggestions_of(ask)


def test_other_neighbourhood_and_one_and_the_same_person_are_never_suggested(
    world: World, both: Pair
) -> None:
    by, ask = world.cohesion_coach, both[1]
    person = world.case.household.members.get().person  # type: ignore[union-attr]
    noted(by, world.elsewhere, "offer", "Fiets herstellen")
    own = noted(by, world.neighbourhood, "offer", "Fiets lenen", person=person)
    wants = noted(by, world.neighbourhood, "ask", "Een fiets lenen", person=person)
    assert own not in [row.entry for row in suggestions_of(wants)]
    assert {row.entry.neighbourhood_id for row in suggestions_of(ask)} == {world.neighbourhood.pk}


def test_match_goes_step_by_step_and_once(world: World, both: Pair) -> None:
    by, (offer, ask) = world.cohesion_coach, both
    match = propose_match(by=by, offer=offer, ask=ask)
    assert match.reasons
    assert not suggestions_of(ask)
    with pytest.raises(CapitalError, match="al eens"):
        propose_match(by=by, offer=offer, ask=ask)
    with pytest.raises(CapitalError):
        propose_match(by=by, offer=ask, ask=offer)
    with pytest.raises(CapitalError, match="gaat het niet"):
        step_match(by=by, match=match, version=1, state="ended", outcome="x")
    match = step_match(by=by, match=match, version=1, state="introduced")
    with pytest.raises(ChangedMeanwhileError):
        step_match(by=by, match=match, version=1, state="working")
    with pytest.raises(CapitalError) as refused:
        step_match(by=by, match=match, version=2, state="failed", outcome="  ")
    assert refused.value.field == "outcome"
    match = step_match(by=by, match=match, version=2, state="ended", outcome="De fiets rijdt weer.")
    assert match.ended_on
    today = timezone.localdate()
    period = Period(today, today)
    assert matches_made(world.neighbourhood.pk, period).count == 1
    assert matches_worked(world.neighbourhood.pk, period).parts == {"lukte": 1, "lukte niet": 0}
    assert capital_noted(world.neighbourhood.pk, period).parts == {"aanbod": 1, "vragen": 1}


def test_withdrawn_consent_stops_what_was_proposed_at_once(world: World, both: Pair) -> None:
    by, (offer, ask) = world.cohesion_coach, both
    match = propose_match(by=by, offer=offer, ask=ask)
    withdraw_consent(by=by, entry=ask)
    match.refresh_from_db()
    assert (match.state, match.outcome) == ("failed", "De toestemming is ingetrokken.")
    assert introduction_of(match) is None
    with pytest.raises((CapitalError, ChangedMeanwhileError)):
        step_match(by=by, match=match, version=match.version, state="introduced")
    assert CapitalConsent.objects.filter(entry=ask, withdrawn_by=by).count() == 1


def test_each_is_told_a_first_name_and_the_thing_and_nothing_else(world: World, both: Pair) -> None:
    by, (offer, ask) = world.cohesion_coach, both
    match = propose_match(by=by, offer=offer, ask=ask)
    told = introduction_of(match)
    assert told is not None
    assert [(row.to, row.first_name, row.what, row.reach) for row in told] == [
        ("Luc", "Amina", "Mijn fiets is stuk", ""),
        ("Amina", "Luc", "Fietsen herstellen", ""),
    ]
    give_consent(by=by, entry=offer, until_on=timezone.localdate(), shares_reach=True)
    again = introduction_of(match)
    assert again is not None
    assert [row.reach for row in again] == ["", "0470 00 00 01"]


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"until_on": dt.date(2020, 1, 1)}, BadDateError),
        ({"until_on": dt.date(2060, 1, 1)}, (BadDateError, CapitalError)),
        ({"shares_reach": True}, CapitalError),
    ],
)
def test_consent_without_sense_is_refused(
    world: World, both: Pair, values: dict[str, Any], error: type[Exception]
) -> None:
    values = {"until_on": timezone.localdate()} | values
    with pytest.raises(error):
        give_consent(by=world.cohesion_coach, entry=both[1], **values)


def test_what_is_written_down_is_changed_by_one_at_a_time(world: World, both: Pair) -> None:
    by, entry = world.cohesion_coach, both[0]
    values = {"kind": "skill", "what": "Fietsen maken", "first_name": "Luc"}
    entry = edit_capital(by=by, entry=entry, version=1, languages=["nl", "onzin"], **values)
    assert entry.languages == ["nl"]
    with pytest.raises(ChangedMeanwhileError):
        edit_capital(by=by, entry=entry, version=1, **values)
    with pytest.raises(CapitalError):
        note_capital(
            by=by, neighbourhood=world.neighbourhood, side="ask", kind="time", what=" ", first_name="A"
        )


def test_only_who_brings_people_together_meets_it(world: World, both: Pair, login: Any) -> None:
    propose_match(by=world.cohesion_coach, offer=both[0], ask=both[1])
    for user, seen in (
        (world.youth_coach, 1),
        (world.lawyer, 0),
        (world.coordinator, 0),
        (world.outsider, 0),
    ):
        with acting_as(user):
            assert CapitalEntry.objects.count() == 2 * seen
            assert CapitalMatch.objects.count() == seen
            assert CapitalConsent.objects.count() == 2 * seen
    assert login(world.lawyer).get(both[0].get_absolute_url()).status_code == 403


def test_pages_from_writing_down_to_the_match(world: World, both: Pair, login: Any) -> None:
    client, (offer, ask) = login(world.cohesion_coach), both
    sent = {
        "neighbourhood": world.neighbourhood.pk,
        "side": "offer",
        "kind": "tools",
        "what": "Boormachine",
        "first_name": "Noor",
        "languages": ["nl"],
    }
    assert client.post(reverse("cohesion:capital-new"), sent | {"first_name": ""}).status_code == 422
    response = client.post(reverse("cohesion:capital-new"), sent, follow=True)
    assert "Zonder toestemming zoeken we niemand" in response.content.decode()
    page = client.get(ask.get_absolute_url()).content.decode()
    assert "zelfde woorden: fiets" in page
    response = client.post(reverse("cohesion:capital-propose", args=[ask.pk, offer.pk]), follow=True)
    html = response.content.decode()
    assert "Aan Luc:" in html
    assert "Ze durft het niet" not in html
    match = CapitalMatch.objects.get()
    step = reverse("cohesion:capital-step", args=[match.pk])
    assert client.post(step, {"state": "failed", "version": 1}).status_code == 422
    assert client.post(step, {"state": "introduced", "version": 1}).status_code == 302
    assert client.get(reverse("cohesion:capital-matches"), {"state": "introduced"}).context["page"].rows
    client.post(reverse("cohesion:capital-withdraw", args=[offer.pk]))
    assert client.get(reverse("cohesion:capital"), {"consent": "no", "q": "fiets"}).context["page"].rows == [
        offer
    ]


def test_list_costs_the_same_for_more(
    world: World, both: Pair, login: Any, django_assert_num_queries: Any
) -> None:
    client, url = login(world.cohesion_coach), reverse("cohesion:capital")
    client.get(url)
    with django_assert_num_queries(6) as seen:
        client.get(url)
    for n in range(40):
        noted(world.cohesion_coach, world.neighbourhood, "offer", f"Iets {n}", consents=bool(n % 2))
    with django_assert_num_queries(len(seen)):
        page = client.get(url).context["page"]
    assert page.next_cursor
    assert len(client.get(url, {"cursor": page.next_cursor}).context["page"].rows) == 12
