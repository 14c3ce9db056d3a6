"""Every page about a case, a person, a family, a document or a report leaves a look: a new page can't forget it."""

import re

import pytest

from accounts.models import AccessEvent
from tests.grid.policy import GRID, Row
from tests.grid.scene import Scene
from tests.grid.walk import Visitor

pytestmark = pytest.mark.slow

# An address with one of these parts names something of people.
_NAMES_SOMETHING = {"number", "pk", "uuid", "photo", "visit", "document", "file"}
# Pages about one thing that is not about people, or that was kept already. Each with its reason.
NOTHING_TO_KEEP = {
    "accounts:user": "a colleague, by the administrator",
    "accounts:user-edit": "a colleague, by the administrator",
    "accounts:user-street": "a colleague, by the administrator",
    "accounts:role-give": "a colleague, by the administrator",
    "accounts:organisation-edit": "a service",
    "accounts:neighbourhood-edit": "a neighbourhood",
    "cases:catalogue-edit": "an instrument",
    "cases:saved-filter-rename": "one's own filter",
    "cases:mandate-end": "an agreement with a service, about no family",
    "cases:obstacle": "names cases in a list, as the list of cases does; an obstacle names nobody",
    "cases:obstacle-edit": "an obstacle names nobody",
    "cases:obstacle-state": "an obstacle names nobody",
    "cases:obstacle-link": "an obstacle names nobody",
    "cases:glass-banner": "a clock on a page that was kept",
    "cases:review-decide": "answers a GET by going on to the review, which is kept",
    "accounts:link-ask": "a colleague, by the administrator",
    "cases:legal-ground-edit": "a text of the law",
    "cases:reference-confirm": "a figure of the law",
    "cases:calendar-feed-revoke": "one's own calendar",
    "rights:rule-edit": "a term for everybody",
    **dict.fromkeys(
        (
            "housing:inspection-version",
            "housing:inspection-version-edit",
            "housing:inspection-item-new",
            "housing:inspection-item-edit",
            "housing:inspection-import",
            "housing:inspection-import-check",
            "housing:agreement-template",
            "housing:agreement-template-version",
            "housing:agreement-template-edit",
            "housing:agreement-template-publish",
            "housing:agreement-template-obligation-new",
            "housing:agreement-template-obligation-edit",
            "housing:agreement-template-obligation-remove",
        ),
        "a model for everybody, about nobody",
    ),
    "housing:dwelling-inspection-new": "an empty form; the page of the dwelling is kept",
    "housing:building-inspection-new": "an empty form; the page of the building is kept",
    "housing:procedure-new": "an empty form; the page of the building is kept",
    "housing:track-new": "an empty form; the page of the building is kept",
    **dict.fromkeys(
        (
            "cohesion:hub-place",
            "cohesion:hub-place-edit",
            "cohesion:hub-hours",
            "cohesion:hub-close",
            "cohesion:hub-open-again",
            "cohesion:activity",
            "cohesion:activity-edit",
            "cohesion:moment-count",
            "cohesion:moment-move",
            "cohesion:moment-cancel",
            "cohesion:moment-restore",
        ),
        "what goes on in the hub is for everybody; visitors are counted, never named",
    ),
    **dict.fromkeys(
        ("wijk:story", "wijk:story-file"), "for everybody: its teller agreed, and nobody is logged in"
    ),
    **dict.fromkeys(
        (
            "surveys:questionnaire",
            "surveys:revise",
            "surveys:round-new",
            "surveys:version-edit",
            "surveys:preview",
            "surveys:publish",
            "surveys:question-new",
            "surveys:translate",
            "surveys:question-edit",
            "surveys:question-move",
            "surveys:question-remove",
        ),
        "what is asked of everybody, about nobody",
    ),
    **dict.fromkeys(
        (
            "surveys:round-edit",
            "surveys:round-close",
            "surveys:codes",
            "surveys:tablet-start",
            "surveys:tablet-stop",
        ),
        "when and how a round is held; no answers",
    ),
    "wijk:tablet": "an empty questionnaire, for nobody in particular",
    **dict.fromkeys(
        (
            "cohesion:budget-round",
            "cohesion:budget-round-edit",
            "cohesion:budget-round-step",
            "cohesion:budget-ledger",
            "cohesion:budget-ledger-file",
            "cohesion:budget-votes",
            "cohesion:budget-slips",
            "cohesion:budget-paper-new",
            "cohesion:budget-freeze",
            "cohesion:budget-batch-void",
            "cohesion:budget-paper-check",
            "cohesion:budget-paper-drop",
        ),
        "titles, amounts and votes; who asks or votes stands on none of them",
    ),
    "cohesion:budget-project-new": "an empty form; the page of the project is kept",
    **dict.fromkeys(
        (
            "wijk:budget-project",
            "wijk:budget-photo",
            "wijk:budget-result",
            "wijk:budget-apply",
            "wijk:budget-vote",
            "wijk:budget-voted",
        ),
        "for everybody, without logging in",
    ),
    **dict.fromkeys(
        (
            "cohesion:place-project",
            "cohesion:place-points",
            "cohesion:place-edit",
            "cohesion:place-step",
            "cohesion:place-spot-new",
            "cohesion:place-spot-edit",
            "cohesion:place-spot-remove",
            "cohesion:place-care-new",
            "cohesion:place-care-end",
            "cohesion:place-photo-new",
            "cohesion:place-photo",
            "cohesion:place-photo-edit",
            "cohesion:place-photo-remove",
            "cohesion:activity-photo-new",
            "cohesion:activity-photo",
            "cohesion:activity-photo-edit",
            "cohesion:activity-photo-remove",
        ),
        "spots in the street and photos with a declaration: nobody is named but who cares, by a first name",
    ),
    "wijk:photo": "everybody may see it, and nobody is counted who does",
    "housing:bundle-progress": "asks every two seconds how far a bundle is",
    "reporting:report-progress": "asks every two seconds how far a report is",
    "reporting:report-chart": "a piece of the report, which is kept",
    "reporting:report-retry": "names no figures",
}


def _is_about_something(row: Row) -> bool:
    return bool(_NAMES_SOMETHING & set(row.args)) and row.post is None and row.name not in NOTHING_TO_KEEP


def test_every_page_about_something_leaves_one_look(db: None) -> None:
    scene = Scene.build()
    visitors: dict[str, Visitor] = {}
    silent = []
    for row in GRID:
        if not _is_about_something(row):
            continue
        role = sorted(row.group.own)[0]
        visitor = visitors.setdefault(role, Visitor(scene, role))
        before = AccessEvent.objects.count()
        if not _leaves_a_look(visitor, row):
            silent.append(f"{row.name} as {role}")
        assert AccessEvent.objects.count() == before  # rolled back by the visitor
    assert silent == []


def _leaves_a_look(visitor: Visitor, row: Row) -> bool:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        response = visitor.ask(row, "own")
    assert response.status_code == 200, (row.name, response.status_code)
    kept = [q["sql"] for q in queries if re.match(r'INSERT INTO "accounts_accessevent"', q["sql"])]
    return len(kept) == 1


def test_exceptions_are_pages_that_are_there() -> None:
    assert set(NOTHING_TO_KEEP) <= {row.name for row in GRID}
