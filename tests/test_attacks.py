"""The right role with somebody else's case: what a curious or careless colleague could send, tried on every address."""

import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.forms import Field, FileField, ModelMultipleChoiceField, MultipleChoiceField
from django.test import Client
from django.urls import NoReverseMatch, reverse

from cases.actions.write_note import write_note
from tests.cases.visits import log, upload
from tests.factories import PASSWORD
from tests.grid.policy import GRID, IN, Row
from tests.grid.scene import Scene
from tests.grid.standing import standing_scene
from tests.grid.walk import Visitor, answer
from tests.grid.words import words_in

pytestmark = pytest.mark.slow  # too long for `make test-quick`

HUGE = 99999999999999999999
RAW = "<script>alert(1)</script>\"'><img src=x onerror=1>"
# The device makes the uuid of a visit, so one that isn't there yet is right; what it may not be is tested apart.
CLIENT_MADE = frozenset(
    {"cases:visit-draft", "cases:visit-draft-drop", "cases:visit-draft-move", "cases:visit-photo-add"}
)


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Refusals are the point of this file and needn't be logged one by one."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


_scene_once, scene = standing_scene()


def _rows(*, get: bool = False) -> list[Row]:
    """The addresses that the scene has something for; with `get` only those that show a page."""
    return [row for row in GRID if "report.uuid" not in row.args.values() and (row.post is None or not get)]


# --- ids in addresses ----------------------------------------------------------------------------------------------
def test_attack_part_of_another_case_under_my_own_number_is_not_found(scene: Scene) -> None:
    """Step of case B under the number of case A: nothing, even for who may open both."""
    found = []
    for role in ("coordinator", "lawyer", "community_worker", "partner"):
        visitor = Visitor(scene, role)
        for row in _rows():
            parts = [name for name, part in row.args.items() if isinstance(part, str)]
            if len(parts) < 2 or row.name in CLIENT_MADE:
                continue
            outer, *inner = (
                parts if "number" not in parts else ["number", *(p for p in parts if p != "number")]
            )
            strange = "other" if outer == "number" else "elsewhere"
            kwargs = {
                name: visitor._part(part, scene.places[strange if name in inner else "own"])
                for name, part in row.args.items()
            }
            url = reverse(row.name, kwargs=kwargs)
            for method in ("post",) if row.post is not None else ("get", "post"):
                response = visitor.send(method, url, row.post or {})
                if answer(response) == IN and response.status_code != 405:
                    found.append(f"{role} {method} {url}: {response.status_code}")
    assert not found, "\n".join(found)


def test_attack_ids_that_cannot_be_are_not_found(scene: Scene) -> None:
    """An id beyond what the database can hold, a number with slashes, other scripts, or of 300 characters."""
    visitor, found = Visitor(scene, "coordinator"), []
    for row in _rows():
        for strange in ({"pk": HUGE, "item": HUGE, "link": HUGE, "member": HUGE}, {"number": "ARS-٢٠٢٦-1"}):
            kwargs = {
                name: strange.get(name, visitor._part(part, scene.places["own"]))
                for name, part in row.args.items()
            }
            if not set(strange) & set(row.args):
                continue
            try:
                url = reverse(row.name, kwargs=kwargs)
            except NoReverseMatch:
                continue  # an address that fits no pattern is not found by itself
            response = visitor.send("get" if row.post is None else "post", url, row.post)
            allowed = {"404", "403"} if "coordinator" in row.group.never else {"404"}
            if answer(response) not in allowed:
                found.append(f"{row.name} {strange}: {response.status_code}")
    for number in ("ARS-2026-0001%2F..%2F..", "%00", "x" * 300, "..", "%F0%9F%8F%A0", "' OR 1=1 --"):
        response = visitor.send("get", f"/cases/{number}/")
        if response.status_code not in (400, 404):
            found.append(f"{number}: {response.status_code}")
    assert not found, "\n".join(found)


# --- ids in forms --------------------------------------------------------------------------------------------------
def _forms(visitor: Visitor) -> Iterator[tuple[Row, Any]]:
    """Yield every form that this user is shown in his own case, with its address."""
    for row in _rows(get=True):
        response = visitor.ask(row, "own")
        context = getattr(response, "context", None)
        form = context.get("form") if context and response.status_code == 200 else None
        if hasattr(form, "fields"):
            yield row, form


def _strangers(scene: Scene) -> dict[str, list[Any]]:
    """Return, per model, records that don't belong in any form of my own case."""
    world = scene.world
    world.organisations["energy"].is_active = False
    world.organisations["energy"].save()
    elsewhere, other = scene.places["elsewhere"], scene.places["other"]
    return {
        "Person": [elsewhere.person],
        "Household": [elsewhere.household],
        "Case": [elsewhere.case, elsewhere.block],
        "User": [world.outsider],
        "Organisation": [world.organisations["energy"]],
        "Mandate": [elsewhere.mandate],
        "PlanStep": [elsewhere.step, other.step],
        "Landlord": [elsewhere.landlord],
        "Dwelling": [elsewhere.dwelling],
        "Building": [elsewhere.building],
        "Neighbourhood": [world.elsewhere],
    }


def _model_of(name: str, field: Field) -> str:
    queryset = getattr(field, "queryset", None)
    return queryset.model.__name__ if queryset is not None else name.title()


def test_attack_records_of_elsewhere_in_a_form_are_refused_beside_the_field(scene: Scene) -> None:
    """Every field that holds an id, of every form: a record of another neighbourhood, or out of use."""
    strangers, found, tried = _strangers(scene), [], set()
    # The set-up of users and organisations is for all neighbourhoods together.
    allowed = {("accounts:user-new", "organisation"), ("accounts:user-edit", "organisation")}
    # A name that an applicant types: no id of anything.
    budget = ("cohesion:budget-project-new", "cohesion:budget-project-edit", "wijk:budget-apply")
    allowed |= {(name, "organisation") for name in budget}
    for role in ("coordinator", "community_worker", "administrator"):
        visitor = Visitor(scene, role)
        for row, form in _forms(visitor):
            for name, field in form.fields.items():
                for stranger in strangers.get(_model_of(name, field), []):
                    if (row.name, name) in allowed:
                        continue
                    is_many = isinstance(field, ModelMultipleChoiceField | MultipleChoiceField)
                    sent = {
                        form.add_prefix(name): [stranger.pk] if is_many else stranger.pk,
                        "about": "known",
                    }
                    response = visitor.send("post", visitor.url(row, "own"), sent)
                    if response.status_code == 405:  # the page shows the form of another address
                        continue
                    tried.add((row.name, name))
                    errors = response.context["form"].errors if response.status_code == 422 else {}
                    if name not in errors:
                        found.append(
                            f"{role} {row.name} {name}={stranger}: {response.status_code} {dict(errors)}"
                        )
    assert not found, "\n".join(found)
    assert len(tried) > 30


def test_attack_nonsense_in_every_field_of_every_form_is_refused_never_an_error(scene: Scene) -> None:
    """NUL bytes, 20,001 characters, ids beyond the database, half a surrogate pair's worth of emoji, lists."""
    found = []
    for role in ("coordinator", "community_worker", "administrator"):
        visitor = Visitor(scene, role)
        for row, form in _forms(visitor):
            names = [form.add_prefix(name) for name, f in form.fields.items() if not isinstance(f, FileField)]
            for value in ("a\0b", "x" * 20_001, str(HUGE), "-1", "🏠\u202eعربى", "9999-12-31", "0001-01-01"):
                sent = dict.fromkeys(names, value) | {f"{name}-q": value for name in names}
                response = visitor.send("post", visitor.url(row, "own"), sent)
                if response.status_code >= 500:
                    found.append(f"{row.name} {value[:10]!r}: {response.status_code}")
    assert not found, "\n".join(found)


def test_attack_nonsense_in_the_address_of_every_page_is_left_out(scene: Scene) -> None:
    """Filters, cursors, sorts and searches that make no sense show a page, not an error."""
    visitor, found = Visitor(scene, "coordinator"), []
    keys = "q cursor sort state lead kind neighbourhood wijk author period goal punt case step visit reason owner"
    for row in _rows(get=True):
        for value in ("a\0b", str(HUGE), "💥" * 50, "-1", "[]"):
            query = dict.fromkeys(keys.split(), value)
            with_query = visitor.send("get", visitor.url(row, "own"), query)
            if with_query.status_code >= 500 and row.name != "healthz":
                found.append(f"{row.name} {value[:10]!r}: {with_query.status_code}")
    assert not found, "\n".join(found)


def test_attack_uuid_of_a_visit_of_another_case_gives_no_way_in(scene: Scene) -> None:
    """A photo or a draft for a visit that was saved in another case is refused, and shows nothing of it."""
    own, other = scene.places["own"], scene.places["other"]
    visitor = Visitor(scene, "community_worker")
    parts = {"number": own.number, "visit": other.visit.uuid}
    photo = visitor.send("post", reverse("cases:visit-photo-add", kwargs=parts), {"photo": upload()})
    assert photo.status_code == 422
    draft = visitor.send(
        "post",
        reverse("cases:visit-draft", kwargs=parts),
        {"revision": 1, "fields": {"narrative": ["x"]}},
        content_type="application/json",
    )
    assert draft.status_code in (404, 409, 410, 422)
    form = visitor.send("get", f"{reverse('cases:visit-new', args=[own.number])}?visit={other.visit.uuid}")
    assert str(other.visit.uuid) not in form.content.decode()
    assert visitor.send("get", reverse("cases:visit-photo", args=[other.photo.uuid])).status_code == 404


def test_attack_draft_of_a_colleague_is_never_shown(scene: Scene) -> None:
    """The same visit, the same case, another user: an empty form and no photo."""
    from cases.actions.visit_drafts import save_draft

    own = scene.places["own"]
    planned = own.planned.uuid
    save_draft(
        by=scene.world.partner,
        case=own.case,
        visit_uuid=planned,
        payload={"narrative": ["KLADGEHEIM"]},
        revision=1,
    )
    for role in ("community_worker", "coordinator", "tenancy_lead"):
        visitor = Visitor(scene, role)
        for row in _rows(get=True):
            if "number" in row.args or row.name in ("cases:home", "cases:visit-pick"):
                assert "KLADGEHEIM" not in words_in(visitor.ask(row, "own")), f"{role} {row.name}"
        assert (
            visitor.send("get", reverse("cases:visit-photo", args=[own.draft_photo.uuid])).status_code == 404
        )


def test_attack_a_task_for_somebody_who_may_not_see_the_case_is_refused(scene: Scene) -> None:
    """A colleague of the neighbourhood who isn't on the team would read the title of a case he may not open."""
    own, coach = scene.places["own"], scene.world.youth_coach
    visitor = Visitor(scene, "coordinator")
    sent = {
        "title": "Bellen",
        "assignee": coach.pk,
        "due_on": "2099-01-01",
        "agreed": "yes",
        "reaches": "nobody",
    }
    for name in ("cases:task-new", "cases:step-new"):
        response = visitor.send("post", reverse(name, kwargs={"number": own.number}), sent)
        assert response.status_code == 422
        assert "assignee" in response.context["form"].errors, name


# --- widening one's scope ------------------------------------------------------------------------------------------
def test_attack_no_page_list_export_or_search_shows_what_is_out_of_scope(scene: Scene) -> None:
    """Every address in my own case, with filters that ask for the other neighbourhood, and searches for its names."""
    other, elsewhere = scene.places["other"], scene.places["elsewhere"]
    strange = [
        elsewhere.number,
        "Gezin elders",
        "Gezin Elders",
        "Immo elsewhere",
        "elsewherestraat",
        "Familie elsewhere",
    ]
    strange += ["Kind elsewhere", "Wachttijd elsewhere", "Notitie elsewhere", "Blok elsewhere"]
    of_team = [
        other.number,
        "Andersson",
        "Gezin in rijwoning",
        "Kind other",
        "Familie other",
        "Notitie other",
    ]
    found = []
    wanted = {"neighbourhood": scene.world.elsewhere.pk, "wijk": "tivoli", "state": "all", "whose": "team"}
    narrow = frozenset({"community_worker", "partner", "youth_coach", "cohesion_coach"})
    for role in (*narrow, "coordinator", "housing_inspector", "manager", "privacy_officer"):
        visitor, hidden = Visitor(scene, role), [*strange, *(of_team if role in narrow else [])]
        ways = _ways(elsewhere) + (_ways(other)[:2] if role in narrow else [])
        pages = [(row.name, visitor.ask(row, "own")) for row in _rows(get=True)]
        pages += [
            (f"{row.name} widened", visitor.send("get", visitor.url(row, "own"), wanted))
            for row in _rows(get=True)
            if not any(isinstance(part, str) for part in row.args.values())
        ]
        for text in hidden:
            pages.append((f"search {text}", _search(visitor, text)))
            for name in ("people:household-suggest", "housing:landlord-suggest", "housing:dwelling-suggest"):
                sent = {"field": "who", "who-q": text}
                pages.append((f"{name} {text}", visitor.send("post", reverse(name), sent)))
            sent = {"given_name": "Jef", "family_name": text}
            pages.append(
                (f"person-suggest {text}", visitor.send("post", reverse("people:person-suggest"), sent))
            )
            pages.append(
                (f"suggest {text}", visitor.send("post", reverse("cases:search-suggest"), {"q": text}))
            )
        for about, response in pages:
            if answer(response) != IN:
                continue
            words = words_in(response)
            asked = about.partition(" ")[2]
            found += [
                f"{role} {about}: {text}" for text in hidden if text in words.replace(asked or "\0", "")
            ]
            found += [f"{role} {about}: a way to {url}" for url in ways if f'"{url}' in words]
    assert not found, "\n".join(found)


def _ways(place: Any) -> list[str]:
    """Return the addresses of what is in a place."""
    return [
        reverse("cases:case", args=[place.number]),
        reverse("cases:radar-entry", args=[place.signal.pk]),
        *(thing.get_absolute_url() for thing in (place.household, place.building, place.dwelling)),
        reverse("housing:landlord", args=[place.landlord.pk]),
        reverse("people:person", args=[place.person.pk]),
    ]


def _search(visitor: Visitor, text: str) -> Any:
    return visitor.send("get", reverse("cases:search"), {"q": text})


# --- what browsers do with it --------------------------------------------------------------------------------------
def test_attack_html_in_every_text_of_the_database_stays_text(scene: Scene) -> None:
    """Whatever stands in a field, no page lets it become a tag."""
    own, author = scene.places["own"], scene.world.partner
    write_note(by=author, case=own.case, title=RAW, body=RAW, circle="shared")
    log(author, own.case, narrative=RAW, agreed=RAW, present=RAW, circle="shared")
    for package in ("accounts", "people", "cases", "housing"):
        for owner in apps.get_app_config(package).get_models():
            for field in owner._meta.local_fields:
                _poison(owner, field)
    found = []
    for role in ("coordinator", "community_worker", "partner", "administrator"):
        visitor = Visitor(scene, role)
        for row in _rows(get=True):
            response = visitor.ask(row, "own")
            if "html" in response.headers.get("Content-Type", ""):
                page = response.content.decode()
                found += [f"{role} {row.name}" for tag in ("<script>alert", "<img src=x") if tag in page]
    page = Visitor(scene, "coordinator").send("get", reverse("cases:case", args=[own.number]))
    assert "&lt;script&gt;alert(1)" in page.content.decode()
    assert not found, "\n".join(found)


_NOT_FREE = frozenset({"password", "list_code", "query", "time_zone", "source_digest", "secret"})
# The database lets nobody change these, the owner's functions apart.
_FROZEN = frozenset({"TimelineEntry", "AccessEvent"})


def _poison(owner: type[models.Model], field: "models.Field[Any, Any]") -> None:
    """Put a tag in this text field of every record, except where the database holds its form or freezes it."""
    is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
    if not is_text or field.unique or (field.max_length or 99) < 30 or isinstance(field, models.SlugField):
        return
    if owner.__name__ in _FROZEN or field.name in _NOT_FREE:
        return
    filled = owner._default_manager.exclude(**{field.name: ""})
    try:
        with transaction.atomic():
            filled.update(**{field.name: RAW[: field.max_length]})
    except IntegrityError:  # a name that may be there once
        pass


def test_attack_every_page_carries_the_headers_that_protect_it(scene: Scene) -> None:
    """A strict policy, nothing sniffed, nothing framed, no address told to others, nothing kept in a cache."""
    visitor, found = Visitor(scene, "coordinator"), []
    # Nothing of anybody; border and streets of a neighbourhood stay with who is logged in.
    shared = {
        "healthz", "accounts:login", "accounts:invitation", "cases:offline", "cases:sw", "cases:map-drawing",
    }  # fmt: skip
    stricter = {"wijk:budget-receipt": "no-referrer"}  # for who handed in an idea, without a login
    for row in _rows(get=True):
        response = visitor.ask(row, "own")
        headers = response.headers
        policy = headers.get("Content-Security-Policy", "")
        is_right = {
            "csp": "default-src 'none'" in policy and _is_strict(policy),
            "nosniff": headers.get("X-Content-Type-Options") == "nosniff",
            "frame": headers.get("X-Frame-Options") == "DENY",
            "referrer": headers.get("Referrer-Policy") == stricter.get(row.name, "same-origin"),
            "cache": row.name in shared or "no-store" in headers.get("Cache-Control", ""),
        }
        if "html" in headers.get("Content-Type", ""):
            page = response.content.decode()
            is_right["inline"] = not re.search(
                r"<script(?![^>]*\b(src|type=\"application/json\"))|<style|\son\w+=\"|\sstyle=\"", page
            )
        found += [f"{row.name}: {name}" for name, right in is_right.items() if not right]
    assert not found, "\n".join(found)


def _is_strict(policy: str) -> bool:
    """Nothing inline; a picture that carries its own style lies in a sandbox, where no script runs."""
    directives = [part.strip() for part in policy.split(";")]
    allowed = {"style-src 'unsafe-inline'"} if "sandbox" in directives else set()
    return not any("unsafe" in directive for directive in directives if directive not in allowed)


def test_attack_cookies_are_out_of_reach_of_scripts_and_other_sites(scene: Scene) -> None:
    """The session: only for the server, only from our own pages."""
    client = Client()
    client.post(reverse("accounts:login"), {"username": scene.world.partner.username, "password": PASSWORD})
    session = client.cookies["arsenaal_session"]
    assert session.value
    assert session["httponly"]
    assert session["samesite"] == "Lax"


def test_attack_posts_without_the_token_of_our_own_pages_are_refused(scene: Scene) -> None:
    """Every address that writes, sent from another site. Without a session there is nothing to borrow: answers and
    votes go by a code that another site doesn't know, and an idea is handed in as whoever it names.
    """
    visitor = Visitor(scene, "coordinator", enforce_csrf_checks=True)
    for_everybody = {
        "wijk:questions",
        "wijk:answer",
        "wijk:tablet",
        "wijk:budget-apply",
        "wijk:budget-vote",
    }
    found = []
    for row in _rows():
        if row.name in for_everybody:
            continue
        response = visitor.ask(row, "own", "post")
        if response.status_code not in (403, 405):
            found.append(f"{row.name}: {response.status_code}")
    assert not found, "\n".join(found)


def test_attack_getting_what_only_takes_posts_does_nothing(scene: Scene) -> None:
    """A link or a picture on another page can't press our buttons."""
    found = []
    for role in ("coordinator", "community_worker", "administrator"):
        visitor = Visitor(scene, role)
        for row in _rows():
            if row.post is not None and row.group.expected("own", role) == IN:
                response = visitor.ask(row, "own", "get")
                if response.status_code not in (302, 404, 405):
                    found.append(f"{row.name}: {response.status_code}")
    assert not found, "\n".join(found)


# What every page may write: that this device was seen, and that its person looked.
KEPT_BY_THE_FRAME = re.compile(r'"accounts_(devicesession|accessevent)"')
# And one page of its own: a secret address counts how often it is asked for, so that it can't be tried out.
KEPT_BY_A_PAGE = {"cases:calendar-feed": 'UPDATE "accounts_feedtoken"'}


def test_attack_getting_a_page_never_writes(scene: Scene) -> None:
    """Not by the owner of a case either: only the session and the log of looks may be touched."""
    written: list[str] = []

    def refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        is_write = re.match(r"\s*(INSERT|UPDATE|DELETE)\b", sql, re.IGNORECASE)
        is_kept = KEPT_BY_THE_FRAME.search(sql) or sql.startswith(KEPT_BY_A_PAGE.get(name, "never"))
        if is_write and not is_kept:
            written.append(f"{role} {name}: {sql[:80]}")
        return execute(sql, params, many, context)

    for role in ("coordinator", "community_worker", "partner", "administrator", "manager"):
        visitor = Visitor(scene, role)
        with connection.execute_wrapper(refuse):
            for row in _rows(get=True):
                name = row.name
                visitor.ask(row, "own")
    assert written == []
