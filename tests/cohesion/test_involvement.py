"""What somebody does in the neighbourhood: on his case only while he says yes, and there as a strength."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.wall import acting_as
from arsenaal.lib.errors import ChangedMeanwhileError
from arsenaal.lib.registries import case_panels
from cases.actions.checks import BadDateError
from cohesion.actions.capital import propose_match
from cohesion.actions.involvement import (
    InvolvementError,
    edit_involvement,
    end_involvement,
    note_involvement,
    record_yes,
    withdraw_yes,
)
from cohesion.involvement_panel import CODE, involvement_context, step_words
from cohesion.models import Involvement
from tests.cohesion.capital import pair
from tests.cohesion.hub import place_of, plan
from tests.cohesion.involvement import involved
from tests.factories import World

DAY = dt.timedelta(days=1)
TITLE = "Actief in de wijk"


@pytest.fixture
def noted(world: World) -> Involvement:
    return involved(world.cohesion_coach, world.case)


def on_case(client: Any, world: World) -> str:
    return client.get(f"/cases/{world.case.number}/").content.decode()  # type: ignore[no-any-return]


def test_case_tells_it_only_while_its_person_says_yes(world: World, noted: Involvement, login: Any) -> None:
    by, client = world.cohesion_coach, login(world.coordinator)
    html = on_case(client, world)
    assert TITLE not in html
    assert noted.what not in html
    record_yes(by=by, involvement=noted)
    html = on_case(client, world)
    assert TITLE in html
    assert noted.what in html
    assert TITLE not in on_case(login(world.partner), world)
    withdraw_yes(by=by, involvement=noted)
    html = on_case(client, world)
    assert TITLE not in html
    assert noted.what not in html


def test_panel_forgets_what_is_over_and_who_left(
    world: World, noted: Involvement, django_assert_num_queries: Any
) -> None:
    by, case, user = world.cohesion_coach, world.case, world.coordinator
    record_yes(by=by, involvement=noted, agreed_until=timezone.localdate() + DAY)
    with django_assert_num_queries(1):
        assert involvement_context(case, user)
    with time_machine.travel(timezone.now() + 2 * DAY):
        assert involvement_context(case, user) is None
    end_involvement(by=by, involvement=noted)
    with time_machine.travel(timezone.now() + DAY):
        assert involvement_context(case, user) is None
    assert case.household is not None
    case.household.members.update(until_on=timezone.localdate() - DAY, leave_reason="moved_out")
    assert involvement_context(case, user) is None
    case.household.members.update(until_on=None, leave_reason="")
    for n in range(8):
        involved(by, case, what=f"Iets {n}", says_yes=True)
    with django_assert_num_queries(1):
        found = involvement_context(case, user)
    assert found is not None
    assert len(found["involvements"]) == 9


def test_database_shows_it_to_the_team_of_the_case_while_the_yes_stands(
    world: World, noted: Involvement
) -> None:
    def seen_by() -> set[str]:
        found = set()
        for name in ("cohesion_coach", "community_worker", "coordinator", "lawyer", "partner", "outsider"):
            with acting_as(world.users[name]):
                if Involvement.objects.exists():
                    found.add(name)
        return found

    connecters = {"cohesion_coach", "community_worker"}
    assert seen_by() == connecters
    record_yes(by=world.cohesion_coach, involvement=noted)
    assert seen_by() == connecters | {"coordinator", "lawyer"}
    withdraw_yes(by=world.cohesion_coach, involvement=noted)
    assert seen_by() == connecters


def test_step_of_the_plan_begins_with_its_words(world: World, noted: Involvement, login: Any) -> None:
    url = reverse("cases:step-new", args=[world.case.number])
    client = login(world.coordinator)
    asked = {"source": CODE, "of": noted.pk}
    assert noted.what not in client.get(url, asked).content.decode()
    record_yes(by=world.cohesion_coach, involvement=noted)
    form = client.get(url, asked).context["form"]
    assert form["title"].value() == "Verder bouwen op: Herstelt fietsen"
    assert form["goal"].value() == "cohesion"
    for nonsense in (
        {"source": CODE, "of": "x"},
        {"source": "x", "of": "1"},
        {"source": CODE, "of": "9" * 30},
    ):
        assert client.get(url, nonsense).status_code == 200
    assert step_words(world.other_case, world.coordinator, noted.pk) is None
    assert step_words(world.case, world.partner, noted.pk) is None
    assert not case_panels.get(CODE).may_see(world.partner, world.case)


def test_yes_is_given_once_and_taken_back_for_good(world: World, noted: Involvement) -> None:
    by = world.cohesion_coach
    with pytest.raises(InvolvementError):
        withdraw_yes(by=by, involvement=noted)
    with pytest.raises(BadDateError):
        record_yes(by=by, involvement=noted, agreed_until=timezone.localdate() - DAY)
    agreed = record_yes(by=by, involvement=noted)
    assert (agreed.asked_by, agreed.is_agreed) == (by, True)
    gone = withdraw_yes(by=by, involvement=noted)
    assert (gone.withdrawn_by, gone.is_agreed) == (by, False)
    assert withdraw_yes(by=by, involvement=noted).version == gone.version
    with pytest.raises(InvolvementError, match="opnieuw"):
        record_yes(by=by, involvement=noted)


def test_it_is_changed_by_one_at_a_time_and_ends_once(world: World, noted: Involvement) -> None:
    by, today = world.cohesion_coach, timezone.localdate()
    values = {"what": "Schenkt koffie", "since": today - 9 * DAY, "kind": "other"}
    changed = edit_involvement(by=by, involvement=noted, version=1, **values)
    assert (changed.what, changed.kind) == ("Schenkt koffie", "other")
    with pytest.raises(ChangedMeanwhileError):
        edit_involvement(by=by, involvement=noted, version=1, **values)
    for wrong, field in (
        ({"what": " "}, "what"),
        ({"since": today + DAY}, "since"),
        ({"until": today - 20 * DAY}, "until"),
    ):
        with pytest.raises(InvolvementError) as refused:
            edit_involvement(by=by, involvement=noted, version=2, **(values | wrong))
        assert refused.value.field == field
    assert end_involvement(by=by, involvement=noted).until == today
    assert end_involvement(by=by, involvement=noted).version == 3


def test_one_thing_at_most_and_of_its_kind(world: World, noted: Involvement) -> None:
    by = world.cohesion_coach
    offer, ask = pair(by, world.neighbourhood)
    match = propose_match(by=by, offer=offer, ask=ask)
    for kind, thing in (
        ("other", {"match": match}),
        ("match", {"match": match, "activity": plan(by, place_of(by, world.neighbourhood))}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            note_involvement(
                by=by,
                neighbourhood=world.neighbourhood,
                person=noted.person,
                kind=kind,
                what="x",
                since=timezone.localdate(),
                thing=thing,
            )


def test_pages_from_an_activity_to_the_yes_and_back(world: World, login: Any) -> None:
    client, worker = login(world.community_worker), world.community_worker
    what = plan(worker, place_of(worker, world.neighbourhood))
    assert f"?activity={what.pk}" in client.get(what.get_absolute_url()).content.decode()
    new = f"{reverse('cohesion:involvement-new')}?activity={what.pk}"
    form = client.get(new).context["form"]
    assert form["what"].value() == what.title
    assert "kind" not in form.fields
    sent = {"person": case_person(world), "what": "Zet koffie", "since": timezone.localdate().isoformat()}
    assert client.post(new, sent | {"person": ""}).status_code == 422
    assert client.post(new, sent).status_code == 302
    found = Involvement.objects.get()
    assert (found.kind, found.activity, found.neighbourhood) == ("volunteer", what, world.neighbourhood)
    html = client.get(found.get_absolute_url()).content.decode()
    assert "Nog niet gevraagd" in html
    assert what.title in html
    client.post(reverse("cohesion:involvement-yes", args=[found.pk]), {"agreed_until": ""})
    client.post(reverse("cohesion:involvement-withdraw", args=[found.pk]))
    assert "Ingetrokken op" in client.get(found.get_absolute_url()).content.decode()
    again = client.get(reverse("cohesion:involvement-new"), {"again": found.pk}).context["form"]
    assert again["what"].value() == "Zet koffie"
    assert client.get(reverse("cohesion:involvement-new"), {"activity": 99999}).status_code == 404
    assert client.get(reverse("cohesion:involvement-new"), {"activity": "x"}).status_code == 404
    edit = reverse("cohesion:involvement-edit", args=[found.pk])
    assert client.post(edit, sent | {"version": 1}).status_code == 422
    assert client.post(edit, sent | {"version": 3, "what": "Zet thee"}).status_code == 302
    client.post(reverse("cohesion:involvement-end", args=[found.pk]))
    found.refresh_from_db()
    assert (found.what, found.until) == ("Zet thee", timezone.localdate())


def case_person(world: World) -> int:
    assert world.case.household is not None
    return world.case.household.members.get().person_id  # type: ignore[no-any-return]


def test_list_costs_the_same_for_more(
    world: World, noted: Involvement, login: Any, django_assert_num_queries: Any
) -> None:
    client, url = login(world.community_worker), reverse("cohesion:involvements")
    client.get(url)
    with django_assert_num_queries(6) as seen:
        assert "Proefman" in client.get(url).content.decode()
    for n in range(40):
        involved(world.cohesion_coach, world.case, what=f"Iets {n}", kind="other" if n % 2 else "care")
    with django_assert_num_queries(len(seen)):
        assert client.get(url).context["page"].next_cursor
    rows = client.get(url, {"kind": "volunteer", "stands": "running"}).context["page"].rows
    assert rows == [noted]
    assert not client.get(url, {"stands": "ended"}).context["page"].rows
