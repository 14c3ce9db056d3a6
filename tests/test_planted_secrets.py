"""A sentence planted in every closed circle and room, looked for in the whole run: each page and form, as everybody.

In every answer (pages, PDFs, tables, archives) of whoever may not read it; in every line of the log and every mail for
anybody at all; and in what the tasks of the queue log while they work on the same case.
"""

import datetime as dt
import hashlib
import logging
import uuid
from collections.abc import Iterator
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from celery import current_app
from django.conf import settings
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from arsenaal.lib import pdf
from cases.actions.consents import record_consent
from cases.actions.documents import add_document
from cases.actions.log_contact import log_contact
from cases.actions.review import add_case_to_agenda, close_review, decide, start_review
from cases.actions.visit_photos import add_photo
from cases.actions.write_note import write_note
from cohesion.actions.budget_projects import advise
from housing.actions.bundles import compute_bundle, request_bundle
from housing.actions.evidence import add_evidence
from housing.actions.inspections import add_inspector_note
from housing.actions.legal_files import edit_legal_file
from housing.actions.legal_parts import save_claim, save_court_date
from rights.actions.work import work_on_request
from rights.models import RightsRequest
from surveys.actions.rounds import close_round
from surveys.models import AnswerWords
from tests.arsenaal.papers import ordinary_pdf, sent_file
from tests.cases.visits import log, upload
from tests.cohesion.capital import noted
from tests.cohesion.neighbours import told_story, visit_living_room
from tests.grid.carriers import CARRIERS
from tests.grid.policy import (
    ANONYMOUS,
    COACHES,
    COORDINATOR,
    EVERYBODY,
    GRID,
    INSPECTOR,
    LAWYER,
    LEADER,
    TEAM,
    WORKER,
)
from tests.grid.scene import Place, Scene, add_reports
from tests.grid.standing import standing_scene
from tests.grid.walk import Visitor
from tests.grid.words import words_in
from tests.log_lines import Kept
from tests.surveys.making import answer, round_of

pytestmark = pytest.mark.slow  # too long for `make test-quick`

# Who may read what was planted in the case of the worker. Everybody else, in the whole run, not one word of it.
MAY_READ = {
    "zorg": LEADER | WORKER,
    "jurist": LAWYER | WORKER,  # the worker broke the glass of this circle (tests/grid/scene.py)
    "handhaving": INSPECTOR,
    "rechtszaak": LAWYER,  # the lawyer's own file: no glass reaches it
    "controleur": INSPECTOR,  # what the inspector notes for himself
    "toestemming": TEAM | WORKER,  # what a consent is for; it names no partner
    "verzoek": TEAM | WORKER,  # what a resident asked; who oversees knows that he did
    "huiskamer": WORKER | COACHES,  # heard in a living room
    "verhaal": WORKER | COACHES,  # told, and not published
    "aanbod": WORKER | COACHES,  # what somebody told of himself, to be matched
    "antwoord": WORKER | COACHES,  # written on a questionnaire
    "wijkbudget": COORDINATOR | {"cohesion_coach"},  # what was thought of somebody's idea
}


def planted(group: str) -> str:
    """The word of a group; nothing else of the program contains it."""
    return f"plantgeheim{group}"


# --- planting --------------------------------------------------------------------------------------------------------
def _in_circle(
    place: Place, circle: str, by: User, word: str, *, is_first: bool
) -> list[tuple[str, dict[str, Any]]]:
    """A note, a contact, a visit and a document of one circle. Returns the addresses of what was made."""
    case, now = place.case, timezone.now()
    note = write_note(by=by, case=case, title=word, body=word, circle=circle)
    log_contact(
        by=by,
        case=case,
        channel="phone",
        direction="out",
        result="reached",
        with_whom=word,
        body=word,
        occurred_at=now,
        circle=circle,
    )
    visit = uuid.uuid4()
    photo = add_photo(by=by, case=case, visit_uuid=visit, upload=upload())
    log(by, case, uuid=visit, visited_at=now, circle=circle, narrative=word, agreed=word, present=word)
    document = add_document(
        by=by,
        case=case,
        file=sent_file(ordinary_pdf(pages=1 if is_first else 2, words=f"{word} {circle}")),
        title=word,
        kind="letter",
        circle=circle,
        description=word,
    )
    number, entry, paper = {"number": place.number}, {"pk": note.pk}, {"document": document.uuid}
    return [
        *((f"cases:{name}", number | entry) for name in ("entry-correct", "entry-redact", "entry-release")),
        *((f"cases:{name}", number | {"visit": visit}) for name in ("visit", "visit-correct")),
        *(
            (f"cases:{name}", number | paper)
            for name in ("document", "document-file", "document-correct", "document-remove")
        ),
        ("cases:visit-photo", {"photo": photo.uuid}),
    ]


def _plant(scene: Scene) -> None:
    """Everywhere, before a review that is closed with minutes, and once more for the review that goes on."""
    world, own = scene.world, scene.places["own"]
    authors = {
        "care": (world.tenancy_lead, "zorg"),
        "legal": (world.lawyer, "jurist"),
        "enforcement": (world.housing_inspector, "handhaving"),
    }
    own.things["planted"] = []
    for is_first in (True, False):
        for circle, (by, group) in authors.items():
            own.things["planted"] += _in_circle(own, circle, by, planted(group), is_first=is_first)
        if is_first:
            close_review(by=world.coordinator, review=own.review)
            own.things["minutes"] = own.review
            _next_review(own)
    _plant_at_law(scene, own)
    add_inspector_note(by=world.housing_inspector, inspection=own.inspection, text=planted("controleur"))
    record_consent(
        by=world.community_worker,
        case=own.case,
        person=own.second,
        recipients=[world.organisations["welfare"]],
        categories=["health"],
        purpose=planted("toestemming"),
        language="nl",
    )
    word = planted("verzoek")
    RightsRequest.objects.filter(pk=own.rectify.pk).update(subject=word, wanted=word, asked_by=word)
    # The export is collected again, with what is there now.
    RightsRequest.objects.filter(pk=own.export.pk).update(state="collecting")
    assert work_on_request(request_id=own.export.pk)
    _plant_in_the_neighbourhood(scene, own)
    add_reports(scene)


def _plant_in_the_neighbourhood(scene: Scene, place: Place) -> None:
    """In a living room, a story, an offer, an answer and an advice."""
    coach, here = scene.world.cohesion_coach, place.case.neighbourhood
    word = planted("huiskamer")
    living_room = visit_living_room(coach, here, loves=word, worries=word, follow_what=word)
    story = told_story(coach, here, told={"title": planted("verhaal"), "words": planted("verhaal")})
    offer = noted(coach, here, "offer", "Een luisterend oor", details=planted("aanbod"))
    round_ = round_of(coach, place.ended_round.questionnaire_version, "Geplant")
    for _n in range(5):
        answer(coach, round_, q_blijf_je_graag_wonen="nee", q_waarom_niet=planted("antwoord"))
    advise(by=coach, project=place.idea, source="Groendienst", text=planted("wijkbudget"), amount=Decimal(1))
    place.things["planted"].append(("cohesion:budget-project", {"pk": place.idea.pk}))
    place.things |= {
        "living_room": living_room,
        "follow_up": living_room.follow_ups.get(),
        "story": story,
        "capital_offer": offer,
        "ended_round": close_round(by=coach, round_=round_),
        "survey_words": AnswerWords.objects.filter(answer_set__round=round_).earliest("pk"),
    }


def _next_review(place: Place) -> None:
    review = start_review(by=place.opener, neighbourhood=place.case.neighbourhood)
    item = review.items.filter(case=place.case).first() or add_case_to_agenda(
        by=place.opener, review=review, case=place.case
    )
    due_on = timezone.localdate() + dt.timedelta(days=5)
    decision = decide(by=place.opener, item=item, text="We bellen.", assignee=place.opener, due_on=due_on)
    place.things |= {"review": review, "item": item, "decision": decision}


def _plant_at_law(scene: Scene, place: Place) -> None:
    """In the lawyer's own file: what she plans, claims, notes of a hearing, and what the tenant brought."""
    lawyer, word = scene.world.lawyer, planted("rechtszaak")
    today, legal_file = timezone.localdate(), place.legal_file
    legal_file.refresh_from_db()
    edit_legal_file(
        by=lawyer,
        legal_file=legal_file,
        version=legal_file.version,
        title=legal_file.title,
        lawyer=lawyer,
        state=legal_file.state,
        court=word,
        roll_number=word,
        strategy=word,
    )
    save_claim(by=lawyer, tenant=place.legal_tenant, kind="damages", ground=word)
    save_court_date(
        by=lawyer,
        legal_file=legal_file,
        kind="hearing",
        on=today + dt.timedelta(days=9),
        place=word,
        note=word,
    )
    add_evidence(by=lawyer, case=place.case, kind="note", title="Een brief", about_on=today, body=word)


_scene_once, scene = standing_scene(more=_plant)


# --- looking ---------------------------------------------------------------------------------------------------------
def _words(response: Any) -> str:
    """What somebody reads, and what his browser is told beside it."""
    return f"{dict(response.headers)} {words_in(response)}"


@pytest.fixture(scope="module", autouse=True)
def _same_paper_once() -> Iterator[None]:
    """What is exactly the same page gives exactly the same PDF (tests/arsenaal/test_pdf.py): it is set once."""
    made: dict[bytes, bytes] = {}
    original = pdf.html_to_pdf

    def html_to_pdf(html: str, **more: Any) -> bytes:
        key = hashlib.sha256(repr((html, more)).encode()).digest()
        if key not in made:
            made[key] = original(html, **more)
        return made[key]

    pdf.html_to_pdf = html_to_pdf  # type: ignore[assignment]
    yield
    pdf.html_to_pdf = original


@pytest.fixture
def kept(settings: Any) -> Iterator[Kept]:
    """Every line that is logged, from DEBUG on, by program, framework and queue; and somebody to mail to."""
    settings.ADMINS = [("Beheer", "beheer@example.org")]
    root, handler = logging.getLogger(), Kept()
    levels = {name: logging.getLogger(name).level for name in ("", "django", "celery", "celery.task")}
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
    # What draws letters logs each of them.
    quiet = ("fontTools", "weasyprint", "weasyprint.progress", "PIL", "django.db.backends", "django.template")
    levels |= {name: logging.getLogger(name).level for name in quiet}
    for name in quiet:
        logging.getLogger(name).setLevel(logging.INFO)
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def _told(kept: Kept) -> list[str]:
    """The lines and mails with a planted word."""
    mails = [
        f"{sent.subject} {sent.body} {getattr(sent, 'alternatives', '')} {sent.attachments} {sent.extra_headers}"
        for sent in mail.outbox
    ]
    return [line for line in [*kept.lines, *mails] if "plantgeheim" in line]


@pytest.mark.parametrize("role", [*sorted(EVERYBODY), ANONYMOUS])
def test_planted_words_reach_nobody_who_may_not_read_them(scene: Scene, kept: Kept, role: str) -> None:
    visitor, own = Visitor(scene, role), scene.places["own"]
    hidden = {group: planted(group) for group, readers in MAY_READ.items() if role not in readers}
    open_to_me = {group: planted(group) for group, readers in MAY_READ.items() if role in readers}
    found, seen, carriers = [], set(), set()

    def look(about: str, response: Any) -> None:
        words = _words(response)
        if planted("zorg") in words:
            carriers.add(about)
        found.extend(
            f"{about} ({response.status_code}): {group}" for group, word in hidden.items() if word in words
        )
        seen.update(group for group, word in open_to_me.items() if word in words)

    for row in GRID:
        look(row.name, visitor.ask(row, "own"))
    for name, parts in own.planted:
        look(name, visitor.send("get", reverse(name, kwargs=parts)))
    for group, word in hidden.items():
        # The page says what was looked for; a hit would lead to the case.
        response = visitor.send("get", reverse("cases:search"), {"q": word})
        if own.number in _words(response):
            found.append(f"search for {group}: a hit")
    assert not found, "\n".join(found)
    assert seen == set(open_to_me), "who may read them finds them in this walk"
    if role in LEADER:  # who wrote them: tests/test_circle_states.py asks every page that can show them
        assert carriers == CARRIERS
    assert kept.lines, "the walk is logged"
    assert _told(kept) == []


def test_planted_words_stay_out_of_what_tasks_log(scene: Scene, kept: Kept) -> None:
    """Everything that runs by itself, and what a worker makes of this case: an export and a bundle."""
    for package in ("accounts", "cases", "cohesion", "housing", "reporting", "rights"):
        import_module(f"{package}.tasks")
    for scheduled in settings.CELERY_BEAT_SCHEDULE.values():
        current_app.tasks[scheduled["task"]].apply(throw=True)
    own = scene.places["own"]
    RightsRequest.objects.filter(pk=own.export.pk).update(state="collecting")
    current_app.tasks["rights.work_on_request"].apply((own.export.pk,), throw=True)
    bundle = request_bundle(by=scene.world.lawyer, legal_file=own.legal_file)
    assert compute_bundle(bundle_id=bundle.pk)
    assert "rights.work_on_request" in kept.text
    assert _told(kept) == []


def test_planted_words_stay_out_of_the_log_when_the_program_breaks(
    scene: Scene, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Halfway a page, with words in the error; and in a form that somebody just filled in."""
    own, word = scene.places["own"], planted("zorg")

    def broken(*args: Any, **kwargs: Any) -> None:
        raise ValueError(f"{word} {kwargs}")

    monkeypatch.setattr("cases.views.case.timeline_page", broken)
    monkeypatch.setattr("cases.views.entries.write_note", broken)
    visitor = Visitor(scene, "tenancy_lead")
    page = visitor.send("get", reverse("cases:case", args=[own.number]))
    form = visitor.send(
        "post", reverse("cases:note-new", args=[own.number]), {"body": word, "circle": "care"}
    )
    assert (page.status_code, form.status_code) == (500, 500)
    assert "ValueError" in kept.text
    assert word not in page.content.decode() + form.content.decode()
    assert _told(kept) == []


def test_a_planted_word_in_a_log_or_a_mail_would_be_found(kept: Kept) -> None:
    logging.getLogger("cases.anything").debug("about %s", planted("zorg"))
    mail.mail_admins("x", "y", html_message=planted("jurist"))
    assert len(_told(kept)) == 2
