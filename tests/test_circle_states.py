"""Who reads a closed circle in each state it can be in: at the first wall, and with bare SQL at the second.

What may be read is written down here as a table, apart from the program. Each state is made through the real actions;
then every role asks every page that can carry words, and reads the tables that hold them as whoever acts.
"""

import datetime as dt
import logging
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.wall import acting_as
from cases.actions.break_glass import break_glass, close_glass
from cases.actions.consents import record_consent, withdraw_consent
from cases.actions.documents import add_document
from cases.actions.log_contact import log_contact
from cases.actions.releases import release_entry, release_from_day
from cases.actions.review import add_case_to_agenda, close_review, start_review
from cases.actions.visit_photos import add_photo
from cases.actions.write_note import write_note
from cases.models import Release
from housing.actions.evidence import add_evidence
from rights.actions.work import work_on_request
from rights.models import RightsRequest
from tests.arsenaal.papers import ordinary_pdf, sent_file
from tests.cases.visits import log, upload
from tests.grid.carriers import PROOF, THINGS, TO_AUTHOR, TO_CIRCLE, TO_LAWYER, TO_PROOF_READERS, TO_READERS
from tests.grid.policy import EVERYBODY, GRID, LAWYER, LEADER, PARTNER, TEAM, WORKER
from tests.grid.scene import Place, Scene
from tests.grid.standing import standing_scene
from tests.grid.walk import Visitor
from tests.grid.words import words_in

pytestmark = pytest.mark.slow  # too long for `make test-quick`

INSPECTOR = frozenset({"housing_inspector"})
NOBODY: frozenset[str] = frozenset()


def secret(place: str, thing: str) -> str:
    """The word that was planted."""
    return f"zorggeheim{place}{thing}"


# --- the states, and who reads then ---------------------------------------------------------------------------------
Made = Callable[[Scene, Place], None]


@dataclass(frozen=True)
class State:
    """How it is made; who reads the circle of care then in my own case and in another; and whether a room may."""

    make: Made
    own: frozenset[str]
    other: frozenset[str]
    room: bool = False


def _closed(scene: Scene, place: Place) -> None:
    """As it was written."""


def _consent(scene: Scene, place: Place, recipient: str) -> Any:
    return record_consent(
        by=place.opener,
        case=place.case,
        person=place.person,
        recipients=[scene.world.organisations[recipient]],
        categories=["health"],
        purpose="Om samen te zoeken",
        language="nl",
    )


def _released(scene: Scene, place: Place, *, to: str, recipient: str) -> Any:
    """Each entry by name."""
    consent = _consent(scene, place, recipient)
    for thing in THINGS:
        release_entry(
            by=scene.world.tenancy_lead,
            entry=place.things[f"secret_{thing}"],
            to_circle=to,
            purpose="Voor het advies",
            reason="Zij vroeg het",
            person=place.person,
            consent=consent,
        )
    return consent


def _to_lawyer(scene: Scene, place: Place) -> None:
    _released(scene, place, to="legal", recipient="city")


def _to_lawyer_and_withdrawn(scene: Scene, place: Place) -> None:
    consent = _released(scene, place, to="legal", recipient="city")
    withdraw_consent(by=place.opener, consent=consent, note="Liever niet meer")


def _to_lawyer_and_expired(scene: Scene, place: Place) -> None:
    """The consent ended yesterday; nobody and nothing wrote that down yet."""
    consent = _released(scene, place, to="legal", recipient="city")
    today = timezone.localdate()
    type(consent).objects.filter(pk=consent.pk).update(
        from_on=today - dt.timedelta(days=9), until_on=today - dt.timedelta(days=1)
    )
    assert Release.objects.not_ended().filter(consent=consent).count() == len(THINGS)


def _all_since_yesterday(scene: Scene, place: Place) -> None:
    """Everything of the discipline, not by name."""
    release_from_day(
        by=scene.world.tenancy_lead,
        case=place.case,
        from_circle="care",
        from_on=timezone.localdate() - dt.timedelta(days=1),
        to_circle="enforcement",
        purpose="Voor het onderzoek",
        reason="Zij vroeg het",
        person=place.person,
        consent=_consent(scene, place, "city"),
    )


def _to_all(scene: Scene, place: Place) -> None:
    """To the shared circle, on a consent that names the partner."""
    _released(scene, place, to="shared", recipient="partner")


def _to_all_but_partner(scene: Scene, place: Place) -> None:
    _released(scene, place, to="shared", recipient="city")


def _to_all_and_withdrawn(scene: Scene, place: Place) -> None:
    consent = _released(scene, place, to="shared", recipient="partner")
    withdraw_consent(by=place.opener, consent=consent, note="Liever niet meer")


def _glass(scene: Scene, place: Place, *, minutes_ago: int = 0, circle: str = "care") -> Any:
    return break_glass(
        by=scene.world.housing_inspector,
        case=place.case,
        circle=circle,
        emergency="life",
        reason="De ambulance staat er en vraagt naar medicatie.",
        now=timezone.now() - dt.timedelta(minutes=minutes_ago),
    )


def _broken(scene: Scene, place: Place) -> None:
    _glass(scene, place)


def _broken_an_hour_ago(scene: Scene, place: Place) -> None:
    _glass(scene, place, minutes_ago=61)


def _broken_and_closed(scene: Scene, place: Place) -> None:
    close_glass(by=scene.world.housing_inspector, glass=_glass(scene, place, minutes_ago=5))


def _broken_elsewhere(scene: Scene, place: Place) -> None:
    """The circle of the lawyer: another one than where the words are."""
    _glass(scene, place, circle="legal")


# In my own case the worker leads and the partner is on the team; in the other one neither is.
_CARE_OWN, _CARE_OTHER = LEADER | WORKER, LEADER
STATES: dict[str, State] = {
    "closed": State(_closed, _CARE_OWN, _CARE_OTHER),
    "released to the lawyer": State(_to_lawyer, _CARE_OWN | LAWYER, _CARE_OTHER | LAWYER),
    "released, consent withdrawn": State(_to_lawyer_and_withdrawn, _CARE_OWN, _CARE_OTHER),
    "released, consent expired": State(_to_lawyer_and_expired, _CARE_OWN, _CARE_OTHER),
    "released from a day on": State(_all_since_yesterday, _CARE_OWN | INSPECTOR, _CARE_OTHER | INSPECTOR),
    "released to all": State(_to_all, TEAM | WORKER | PARTNER, TEAM, room=True),
    "released to all, partner not named": State(_to_all_but_partner, TEAM | WORKER, TEAM, room=True),
    "released to all, consent withdrawn": State(_to_all_and_withdrawn, _CARE_OWN, _CARE_OTHER),
    "glass broken": State(_broken, _CARE_OWN | INSPECTOR, _CARE_OTHER | INSPECTOR),
    "glass broken an hour ago": State(_broken_an_hour_ago, _CARE_OWN, _CARE_OTHER),
    "glass broken and closed again": State(_broken_and_closed, _CARE_OWN, _CARE_OTHER),
    "glass broken of another circle": State(_broken_elsewhere, _CARE_OWN, _CARE_OTHER),
}
# Who reads the proof, whatever happens to the circle: the lawyer, and who wrote it down.
PROOF_READERS = {"own": LAWYER | LEADER, "other": LAWYER | LEADER}


# --- the scene ------------------------------------------------------------------------------------------------------
def _plant(scene: Scene) -> None:
    """A word in each thing of the circle of care, and one in the proof of the tenant, in both cases."""
    author = scene.world.tenancy_lead
    for place in (scene.places["own"], scene.places["other"]):
        case, name = place.case, place.name
        words = {thing: secret(name, thing) for thing in THINGS}
        note = write_note(by=author, case=case, title=words["notitie"], body=words["notitie"], circle="care")
        contact = log_contact(
            by=author,
            case=case,
            channel="phone",
            direction="out",
            result="reached",
            with_whom="mevrouw",
            body=words["contact"],
            occurred_at=timezone.now(),
            circle="care",
        )
        visit = uuid.uuid4()
        photo = add_photo(by=author, case=case, visit_uuid=visit, upload=upload())
        logged = log(
            author,
            case,
            uuid=visit,
            visited_at=timezone.now(),
            circle="care",
            narrative=words["bezoek"],
            agreed=words["bezoek"],
            present=words["bezoek"],
            observations={"vermin": 3},
        )
        document = add_document(
            by=author,
            case=case,
            file=sent_file(ordinary_pdf(words=words["document"])),
            title=words["document"],
            kind="letter",
            circle="care",
            description=words["document"],
        )
        evidence = add_evidence(
            by=author,
            case=case,
            kind="note",
            title="Een brief",
            about_on=timezone.localdate(),
            body=f"{PROOF}{name}",
        )
        # The export that the resident asked, collected again with what is there now.
        RightsRequest.objects.filter(pk=place.export.pk).update(state="collecting")
        assert work_on_request(request_id=place.export.pk)
        place.things |= {
            "secret_notitie": note,
            "secret_contact": contact,
            "secret_bezoek": logged.visit.entry,
            "secret_document": document.entry,
            # What the addresses of the grid are about.
            "entry": note,
            "closed_entry": note,
            "visit": logged.visit,
            "photo": photo,
            "document": document,
            "evidence": evidence,
        }


_scene_once, scene = standing_scene(more=_plant)


# --- asking --------------------------------------------------------------------------------------------------------
# What several people look at together.
ROOM = "cases:review-session"

ROWS = {row.name: row for row in GRID}
# In every state; all pages only where something was opened, and once where nothing is.
QUICK = ("cases:visit", "cases:document-file")
# The whole timeline takes long: in every state for those to whom something is opened in one of them, or never.
TIMELINE = "cases:case-timeline"
ASKS_TIMELINE = LAWYER | INSPECTOR | PARTNER | {"coordinator"}
THOROUGH = frozenset({"closed", "released to the lawyer", "released to all", "glass broken"})
IN_THE_CASE = {"own": TEAM | WORKER | PARTNER, "other": TEAM}


def _refusal(status: int) -> Callable[..., HttpResponse]:
    return lambda request, exception: HttpResponse(status=status)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Refusals needn't be drawn, nor logged one by one."""
    monkeypatch.setattr("arsenaal.urls.handler403", _refusal(403), raising=False)
    monkeypatch.setattr("arsenaal.urls.handler404", _refusal(404), raising=False)
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def _found(response: Any, place: str) -> set[str]:
    """Which of the planted words a response carries."""
    words = words_in(response)
    found = {thing for thing in THINGS if secret(place, thing) in words}
    return found | ({PROOF} if f"{PROOF}{place}" in words else set())


def _expected_pages(
    place: str, role: str, readers: frozenset[str], names: tuple[str, ...]
) -> dict[str, set[str]]:
    """What each page may show to this role, by the tables."""
    circle = _CARE_OWN if place == "own" else _CARE_OTHER
    expected = {}
    for name in names:
        things: tuple[str, ...] = ()
        if name in TO_READERS and role in readers:
            things = TO_READERS[name]
        elif name in TO_AUTHOR and role in LEADER:
            things = TO_AUTHOR[name]
        elif name in TO_CIRCLE and role in circle:
            things = TO_CIRCLE[name]
        elif name in TO_PROOF_READERS and role in PROOF_READERS[place]:
            things = TO_PROOF_READERS[name]
        if name in TO_LAWYER and role in LAWYER:
            things += TO_LAWYER[name]
        expected[name] = set(things)
    return expected


@pytest.mark.parametrize("name", STATES)
def test_pages_show_the_words_to_whom_the_table_names(scene: Scene, name: str) -> None:
    """The first wall, in my own case and in another one."""
    state, found = STATES[name], []
    thorough = (*TO_READERS, *TO_AUTHOR, *TO_CIRCLE, *TO_PROOF_READERS)
    for place in (scene.places["own"], scene.places["other"]):
        state.make(scene, place)
        for role in sorted(EVERYBODY):
            pages: tuple[str, ...] = QUICK[:1]
            if place.name == "own" and role in IN_THE_CASE["own"]:
                quick = (TIMELINE, *QUICK) if role in ASKS_TIMELINE else QUICK
                pages = thorough if name in THOROUGH else quick
            visitor, readers = Visitor(scene, role), getattr(state, place.name)
            for page, expected in _expected_pages(place.name, role, readers, pages).items():
                got = _found(visitor.ask(ROWS[page], place.name), place.name)
                if got != expected:
                    found.append(
                        f"{page} of {place.name} as {role}: expected {sorted(expected)}, got {sorted(got)}"
                    )
            picture = visitor.ask(ROWS["cases:visit-photo"], place.name).status_code
            if (picture == 200) != (role in readers):
                found.append(f"the photo of {place.name} as {role}: {picture}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", STATES)
def test_a_room_of_the_team_shows_the_words_only_when_they_are_for_all(scene: Scene, name: str) -> None:
    """The review on a screen, whoever works it; and what leaves the room: minutes and the list as a file."""
    state, own, by = STATES[name], scene.places["own"], scene.world.coordinator
    state.make(scene, own)
    review = start_review(by=by, neighbourhood=own.case.neighbourhood)
    item = review.items.filter(case=own.case).first() or add_case_to_agenda(
        by=by, review=review, case=own.case
    )
    writer = Visitor(scene, "tenancy_lead")
    shown = _found(writer.send("get", reverse(ROOM, args=[review.pk]), {"punt": item.pk}), "own")
    assert shown == (set(THINGS) if state.room else set())
    if name != "released to all":
        return
    close_review(by=by, review=review)
    for page, parts in (
        ("cases:review-minutes", [review.pk]),
        ("cases:review-minutes-pdf", [review.pk]),
        ("cases:case-export", ["xlsx"]),
    ):
        response = writer.send("get", reverse(page, args=parts))
        assert response.status_code == 200
        assert _found(response, "own") == set(), page


@pytest.mark.parametrize("name", STATES)
def test_sql_meets_the_words_as_the_table_says(scene: Scene, name: str) -> None:
    """The second wall: bare SQL on the program's connection, in the name of each."""
    state, found = STATES[name], []
    places = (scene.places["own"], scene.places["other"])
    for place in places:
        state.make(scene, place)
    for role, user in sorted(scene.world.users.items()):
        with acting_as(user):
            for place in places:
                got = _met(place)
                readers = getattr(state, place.name)
                expected = dict.fromkeys(TABLES, role in readers) | {
                    "housing_evidence": role in PROOF_READERS[place.name],
                    "rights_exportpart": role in (_CARE_OWN if place.name == "own" else _CARE_OTHER),
                }
                found += [
                    f"{table} of {place.name} as {role}: expected {expected[table]}, got {got[table]}"
                    for table in expected
                    if got[table] != expected[table]
                ]
    assert not found, "\n".join(found)


# The tables that hold what was told, with the rows of it; all of them are met, or none.
TABLES = {
    "cases_timelineentry": "id = ANY (%(entries)s)",
    "cases_document": "id = %(document)s",
    "cases_visitwords": "visit_id = %(visit)s",
    "cases_visitobservation": "visit_id = %(visit)s",
    "cases_visitphoto": "id = %(photo)s",
}


def _met(place: Place) -> dict[str, bool]:
    """Which tables give whoever acts the rows of this place; half of them is neither yes nor no."""
    ids = {
        "entries": [place.things[f"secret_{thing}"].pk for thing in THINGS],
        "document": place.document.pk,
        "visit": place.visit.pk,
        "photo": place.photo.pk,
    }
    met: dict[str, bool] = {}
    with connection.cursor() as cursor:
        for table, rule in TABLES.items():
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {rule}", ids)  # noqa: S608 names of our own
            count, full = cursor.fetchone()[0], len(THINGS) if table == "cases_timelineentry" else 1
            assert count in (0, full), f"{table}: {count} of {full}"
            met[table] = count == full
        # By the words themselves.
        for table in HOLDERS:
            word = PROOF if table == "housing_evidence" else "zorggeheim"
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text ~ %s", [f"{word}{place.name}"])  # noqa: S608
            by_words = bool(cursor.fetchone()[0])
            assert met.setdefault(table, by_words) == by_words, table
    return met


# Every table in which the words stand.
HOLDERS = (
    "cases_timelineentry",
    "cases_document",
    "cases_visitwords",
    "housing_evidence",
    "rights_exportpart",
)


def test_words_stand_in_no_other_table(scene: Scene) -> None:
    """Also not in one without a wall: a copy for searching, a sent form, a message."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        holders = set()
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ~ %s', [f"zorggeheim|{PROOF}"])  # noqa: S608
            if cursor.fetchone()[0]:
                holders.add(table)
    assert len(tables) > 100
    assert holders == set(HOLDERS)
