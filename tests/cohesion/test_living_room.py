"""Living-room visits: written down once, never lost, read by who goes there alone."""

import datetime as dt
import json
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import AccessEvent
from accounts.wall import acting_as
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from arsenaal.lib.registries import Period
from cases.actions.drafts import DraftIsDone, DraftNotHere
from cases.actions.radar_report import CannotReportWorry
from cases.models import RadarEntry
from cohesion.actions.living_room import (
    Heard,
    LivingRoomTaken,
    add_follow_up,
    correct_living_room,
    log_living_room,
    put_back_living_room,
    put_on_radar,
    save_living_room_draft,
    set_follow_up_done,
    strike_living_room,
)
from cohesion.measures.neighbours import living_room_visits, residents_reached
from cohesion.models import LivingRoomDraft, LivingRoomFollowUp, LivingRoomVisit
from cohesion.tasks import tidy_drafts
from tests.cases.visits import log
from tests.cohesion.neighbours import today, visit_living_room
from tests.factories import World, make_household

NEW, LIST = "/cohesion/visits/new/", "/cohesion/visits/"


@pytest.fixture
def visit(world: World) -> LivingRoomVisit:
    return visit_living_room(world.cohesion_coach, world.neighbourhood, follow_what="Lamp laten herstellen")


def sent(world: World, **more: Any) -> dict[str, Any]:
    return {
        "neighbourhood": str(world.neighbourhood.pk),
        "street": "Fictiestraat",
        "visited_on": today().isoformat(),
        "people_count": "2",
        "themes": ["green", "safety"],
        "loves": "De bakker",
        "as_user": str(world.cohesion_coach.pk),
    } | more


def radar(world: World, visit: LivingRoomVisit, **more: Any) -> RadarEntry:
    values = {
        "resident_said_yes": True,
        "reason": "isolation",
        "worry": "Ziet niemand",
        "source_organisation": world.organisations["city"],
        "review_on": today() + dt.timedelta(days=10),
    }
    return put_on_radar(by=world.cohesion_coach, visit=visit, **(values | more))


def keep(client: Any, visit: uuid.UUID, words: str, revision: int = 1, **headers: str) -> Any:
    body = json.dumps({"revision": revision, "fields": {"notes": [words], "themes": ["green", "work"]}})
    url = reverse("cohesion:living-room-draft", args=[visit])
    return client.post(url, body, content_type="application/json", headers=headers)


def test_first_name_and_street_are_enough(world: World, login: Any) -> None:
    client = login(world.cohesion_coach)
    answer = client.post(NEW, sent(world, follow_what="Bellen", follow_due_on=today().isoformat()))
    visit = LivingRoomVisit.objects.get()
    assert answer.headers["Location"] == visit.get_absolute_url()
    assert (visit.people_count, visit.themes, visit.follow_ups.get().what) == (
        2,
        ["green", "safety"],
        "Bellen",
    )
    html = client.get(visit.get_absolute_url()).content.decode()
    for words in ("De bakker", "groen", "Bellen", "2 bewoners gesproken"):
        assert words in html


def test_mistake_is_told_beside_its_field_and_nothing_is_lost(world: World, login: Any) -> None:
    client = login(world.cohesion_coach)
    for wrong, words in (
        ({"street": ""}, "In welke straat was je?"),
        ({"visited_on": (today() + dt.timedelta(days=2)).isoformat()}, "Deze datum moet nog komen"),
        ({"people_count": "400"}, "Van 1 tot 30 mensen"),
        ({"follow_what": "Bellen"}, "Kies tegen wanneer."),
        ({"follow_due_on": today().isoformat()}, "Schrijf op wat je beloofde."),
        ({"notes": "x" * 10_001}, "Dit is te lang"),
        ({"themes": ["onzin"]}, "onzin"),
    ):
        answer = client.post(NEW, sent(world, **wrong))
        assert answer.status_code == 422, wrong
        assert words in answer.content.decode(), wrong
        assert "De bakker" in answer.content.decode()
    assert not LivingRoomVisit.objects.exists()


def test_sent_twice_is_stored_once_and_later_words_become_a_correction(world: World, login: Any) -> None:
    client, one = login(world.cohesion_coach), uuid.uuid4()
    for _ in range(2):
        answer = client.post(f"{NEW}?visit={one}", sent(world, visit=str(one)))
        assert answer.headers["Location"] == reverse("cohesion:living-room", args=[one])
    later = client.post(NEW, sent(world, visit=str(one), notes="Nog iets"))
    assert later.headers["Location"] == reverse("cohesion:living-room-correct", args=[one])
    assert "Nog iets" in client.get(later.headers["Location"]).content.decode()
    assert LivingRoomVisit.objects.get().notes == ""


def test_uuid_of_a_colleague_keeps_the_words_under_another(world: World, login: Any) -> None:
    visit = visit_living_room(world.community_worker, world.neighbourhood)
    answer = login(world.cohesion_coach).post(NEW, sent(world, visit=str(visit.uuid)))
    draft = LivingRoomDraft.objects.get()
    assert answer.headers["Location"] == f"{NEW}?visit={draft.visit_uuid}"
    assert draft.visit_uuid != visit.uuid
    assert draft.payload["loves"] == ["De bakker"]
    with pytest.raises(LivingRoomTaken):
        log_living_room(
            by=world.cohesion_coach,
            neighbourhood=world.neighbourhood,
            uuid=visit.uuid,
            heard=Heard(today(), "Fictiestraat"),
        )


def test_draft_is_kept_like_that_of_a_home_visit(world: World, login: Any) -> None:
    client, one = login(world.cohesion_coach), uuid.uuid4()
    assert keep(client, one, "Half verhaal", 5).json()["state"] == "kept"
    assert keep(client, one, "Ouder", 4).json() == {"state": "older", "revision": 5}
    page = client.get(f"{NEW}?visit={one}").content.decode()
    assert "Half verhaal" in page
    assert 'data-revision="5"' in page
    assert page.count("checked") >= 2
    assert "verder schrijven" in client.get(LIST).content.decode()
    other = login(world.community_worker)
    assert "Half verhaal" not in other.get(f"{NEW}?visit={one}").content.decode()
    assert (
        keep(other, one, "x", 1, **{"X-As-User": str(world.cohesion_coach.pk)}).json()["state"]
        == "other_user"
    )
    assert keep(login(world.lawyer), one, "x").status_code == 403
    login(world.cohesion_coach).post(reverse("cohesion:living-room-draft-drop", args=[one]))
    assert not LivingRoomDraft.objects.exists()


def test_draft_of_what_is_saved_or_of_another_kind_is_refused(world: World, visit: LivingRoomVisit) -> None:
    coach, home = world.cohesion_coach, uuid.uuid4()
    log(world.community_worker, world.case, uuid=home)
    with pytest.raises(DraftIsDone):
        save_living_room_draft(by=coach, visit_uuid=visit.uuid, payload={"notes": "x"})
    with pytest.raises(DraftNotHere):
        save_living_room_draft(by=coach, visit_uuid=home, payload={"notes": "x"})


def test_old_draft_is_forgotten(world: World) -> None:
    for days in (5, 31):
        draft = save_living_room_draft(
            by=world.cohesion_coach, visit_uuid=uuid.uuid4(), payload={"notes": "x"}
        )
        LivingRoomDraft.objects.filter(pk=draft.pk).update(saved_at=draft.saved_at - dt.timedelta(days=days))
    tidy_drafts()
    assert LivingRoomDraft.objects.count() == 1


def test_page_made_for_another_user_saves_nothing(world: World, login: Any) -> None:
    client = login(world.community_worker)
    assert client.post(NEW, sent(world)).headers["Location"] == LIST
    assert client.post(NEW, sent(world), headers={"X-Requested-With": "fetch"}).status_code == 409
    assert not LivingRoomVisit.objects.exists()


def test_writer_corrects_and_two_screens_are_compared(
    world: World, login: Any, visit: LivingRoomVisit
) -> None:
    heard = Heard(today(), "Verzinstraat", worries="Beter")
    saved = correct_living_room(by=world.cohesion_coach, visit=visit, version=1, heard=heard)
    assert (saved.street, saved.version) == ("Verzinstraat", 2)
    with pytest.raises(ChangedMeanwhileError):
        correct_living_room(by=world.cohesion_coach, visit=visit, version=1, heard=heard)
    url = reverse("cohesion:living-room-correct", args=[visit.uuid])
    assert login(world.community_worker).get(url).status_code == 403
    answer = login(world.cohesion_coach).post(url, sent(world, version="1"))
    assert answer.status_code == 422
    assert "Verzinstraat" in answer.content.decode()


def test_struck_out_counts_nowhere_until_it_is_put_back(
    world: World, login: Any, visit: LivingRoomVisit
) -> None:
    period = Period(today(), today())
    coach = world.cohesion_coach
    with pytest.raises(ActionError, match="Schrijf op waarom"):
        strike_living_room(by=coach, visit=visit, reason=" ")
    strike_living_room(by=coach, visit=visit, reason="Dubbel")
    assert living_room_visits(world.neighbourhood.pk, period).count == 0
    assert "Lamp laten herstellen" not in login(coach).get(LIST).content.decode()
    put_back_living_room(by=coach, visit=visit)
    assert living_room_visits(world.neighbourhood.pk, period).count == 1


def test_words_taken_away_leave_that_there_was_a_visit(
    world: World, login: Any, visit: LivingRoomVisit
) -> None:
    client = login(world.community_worker)
    client.post(reverse("cohesion:living-room-redact", args=[visit.uuid]), {})
    visit.refresh_from_db()
    assert (visit.name, visit.loves, visit.worries, visit.redacted_by) == ("", "", "", world.community_worker)
    html = client.get(visit.get_absolute_url()).content.decode()
    assert "Mina" not in html
    assert "weggehaald" in html
    with pytest.raises(ActionError, match="weggehaald"):
        radar(world, visit)
    with pytest.raises(IntegrityError), transaction.atomic():
        LivingRoomVisit.objects.filter(pk=visit.pk).update(worries="toch")
    assert residents_reached(world.neighbourhood.pk, Period(today(), today())).groups == {"Fictiestraat": 1}


def test_worry_needs_the_residents_yes(world: World, login: Any, visit: LivingRoomVisit) -> None:
    url = reverse("cohesion:living-room-radar", args=[visit.uuid])
    data = {
        "reason": "isolation",
        "worry": "Ziet niemand",
        "source_organisation": str(world.organisations["city"].pk),
        "review_on": (today() + dt.timedelta(days=10)).isoformat(),
    }
    client = login(world.cohesion_coach)
    answer = client.post(url, data)
    assert answer.status_code == 422
    assert "Zonder ja van de bewoner" in answer.content.decode()
    assert not RadarEntry.objects.exists()
    assert client.post(url, data | {"resident_said_yes": "on"}).status_code == 302
    entry = RadarEntry.objects.get()
    visit.refresh_from_db()
    assert (entry.name, entry.street, entry.reported_by) == ("Mina", "Fictiestraat", world.cohesion_coach)
    assert (visit.radar_entry, visit.radar_yes_by) == (entry, world.cohesion_coach)
    assert "De bewoner zei ja" in client.get(visit.get_absolute_url()).content.decode()
    with pytest.raises(ActionError, match="staat al een zorg"):
        radar(world, visit)


def test_radar_keeps_its_own_rules_and_its_own_end(world: World, visit: LivingRoomVisit) -> None:
    with pytest.raises(CannotReportWorry):
        radar(world, visit, review_on=today() + dt.timedelta(days=400))
    visit.refresh_from_db()
    assert visit.radar_yes_at is None
    radar(world, visit).delete()
    visit.refresh_from_db()
    assert visit.radar_entry is None
    assert visit.radar_yes_at is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        LivingRoomVisit.objects.filter(pk=visit.pk).update(radar_yes_by=None)


def test_promise_is_done_and_undone(world: World, login: Any, visit: LivingRoomVisit) -> None:
    client, promise = login(world.cohesion_coach), visit.follow_ups.get()
    url = reverse("cohesion:follow-up-done", args=[visit.uuid, promise.pk])
    assert "Lamp laten herstellen" in client.get(LIST).content.decode()
    client.post(url, {"back": "list"})
    assert "Lamp laten herstellen" not in client.get(LIST).content.decode()
    client.post(url, {"done": "no"})
    promise.refresh_from_db()
    assert promise.done_at is None
    assert set_follow_up_done(by=world.cohesion_coach, follow_up=promise, is_done=False).done_by is None
    with pytest.raises(ActionError, match="al voorbij"):
        add_follow_up(
            by=world.cohesion_coach, visit=visit, what="Bellen", due_on=today() - dt.timedelta(days=1)
        )


def test_list_filters_and_costs_the_same_for_more(
    world: World, login: Any, visit: LivingRoomVisit, django_assert_num_queries: Any
) -> None:
    client = login(world.cohesion_coach)
    client.get(LIST)
    with django_assert_num_queries(11) as seen:
        client.get(LIST)
    for n in range(35):
        visit_living_room(
            world.cohesion_coach,
            world.neighbourhood,
            street=f"Straat {n}",
            themes=("work",),
            follow_what="Iets",
        )
    with django_assert_num_queries(len(seen)):
        html = client.get(LIST).content.decode()
    assert "36 bezoeken" in html
    assert "Meer laden" in html
    assert "1 bezoek, Fictiestraat" in client.get(f"{LIST}?street=Fictiestraat").content.decode()
    assert "1 bezoek, over groen" in client.get(f"{LIST}?theme=green").content.decode()
    assert "0 bezoeken" in client.get(f"{LIST}?end={today() - dt.timedelta(days=9)}").content.decode()
    assert "36 bezoeken" in client.get(f"{LIST}?promised=open").content.decode()
    assert "begrepen we niet" in client.get(f"{LIST}?theme=onzin&street=onzin").content.decode()


def test_what_is_told_in_a_living_room_stays_with_who_goes_there(
    world: World, login: Any, visit: LivingRoomVisit
) -> None:
    for role in ("housing_inspector", "lawyer", "coordinator", "manager", "partner"):
        assert login(world.users[role]).get(visit.get_absolute_url()).status_code == 403
        with acting_as(world.users[role]):
            assert not LivingRoomVisit.objects.exists()
            assert not LivingRoomFollowUp.objects.exists()
    with acting_as(world.community_worker):
        assert LivingRoomFollowUp.objects.count() == 1


def test_known_family_is_named_to_who_may_know_it_and_the_look_is_kept(world: World, login: Any) -> None:
    coach = world.cohesion_coach
    family = make_household("Bekend", coach, world.neighbourhood)
    visit = visit_living_room(coach, world.neighbourhood, household=family)
    client = login(coach)
    page = client.get(visit.get_absolute_url()).content.decode()
    look = AccessEvent.objects.latest("pk")
    assert (look.subject, look.subject_id) == ("household", family.pk)
    assert "Gezin Bekend" in page
    far = make_household("Ver", world.outsider, world.elsewhere)
    with pytest.raises(ActionError, match="andere wijk"):
        visit_living_room(coach, world.neighbourhood, household=far)


def test_measures_count_visits_and_people_by_street(world: World) -> None:
    coach, here = world.cohesion_coach, world.neighbourhood
    visit_living_room(coach, here, people_count=3)
    visit_living_room(coach, here, people_count=4)
    visit_living_room(coach, here, street="Verzinstraat", visited_on=today() - dt.timedelta(days=40))
    value = residents_reached(here.pk, Period(today() - dt.timedelta(days=60), today()))
    assert (value.count, value.groups) == (8, {"Fictiestraat": 7, "Verzinstraat": 1})
    visits = living_room_visits(here.pk, Period(today() - dt.timedelta(days=60), today()))
    assert visits.count == 3 == sum(visits.months.values())


def test_correcting_starts_from_what_stands_there(world: World, login: Any) -> None:
    family = make_household("Bekend", world.cohesion_coach, world.neighbourhood)
    visit = visit_living_room(world.cohesion_coach, world.neighbourhood, household=family)
    client, url = login(world.cohesion_coach), reverse("cohesion:living-room-correct", args=[visit.uuid])
    html = client.get(url).content.decode()
    assert "Gezin Bekend" in html
    data = sent(world, version="1", household=str(family.pk), name="Mina B.")
    assert client.post(url, data).status_code == 302
    visit.refresh_from_db()
    assert (visit.name, visit.household) == ("Mina B.", family)


def test_family_that_the_writer_may_not_meet_stays_named(world: World, login: Any) -> None:
    visit = visit_living_room(world.cohesion_coach, world.neighbourhood, household=world.case.household)
    client, url = login(world.cohesion_coach), reverse("cohesion:living-room-correct", args=[visit.uuid])
    assert "Gezin Proefman" not in client.get(url).content.decode()
    assert client.post(url, sent(world, version="1")).status_code == 302
    visit.refresh_from_db()
    assert visit.household_id == world.case.household_id
