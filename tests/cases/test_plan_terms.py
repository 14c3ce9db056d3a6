"""Terms and panels of the plan: one query per source, a fixed number per panel."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from arsenaal.lib.registries import case_panels, term_sources
from cases.actions.boundaries import set_boundary
from cases.actions.catalogue import load_catalogue
from cases.actions.consents import record_consent, withdraw_consent
from cases.actions.help_requests import answer, ask_help
from cases.actions.interventions import add_intervention
from cases.actions.obstacles import link_case, report_obstacle
from cases.actions.plan import add_step, change_step_state
from cases.actions.tasks import add_task, finish_task
from cases.models import Instrument
from tests.factories import World

CODES = ("cases.steps", "cases.tasks", "cases.help_requests", "cases.consents")


def fill(world: World, count: int) -> None:
    """Make so many of everything."""
    load_catalogue()
    by, case, energy = world.lawyer, world.case, world.organisations["energy"]
    due = timezone.localdate() + dt.timedelta(days=10)
    meter = Instrument.objects.get(code="co-meter")
    obstacle = None
    for n in range(count):
        add_step(by=by, case=case, title=f"stap {n}", due_on=due, organisation=energy, assignee=by)
        add_task(by=by, case=case, title=f"taak {n}", due_on=due, assignee=by)
        ask_help(by=by, case=case, organisation=energy, question=f"vraag {n}", due_on=due)
        add_intervention(by=by, case=case, instrument=meter, provider=energy, target="case")
        record_consent(
            by=by,
            case=case,
            person=case.household.members.get().person,
            recipients=[energy],
            categories=["contact"],
            purpose=f"doel {n}",
            language="nl",
            until_on=due,
        )
        obstacle = report_obstacle(
            by=by,
            neighbourhood=world.neighbourhood,
            title=f"{n}",
            description="x",
            kind="rule",
            who_can_lift="y",
        )
        link_case(by=by, obstacle=obstacle, case=case, since_on=timezone.localdate())


@pytest.mark.parametrize("code", CODES)
def test_terms_of_a_source_take_one_query(world: World, code: str, django_assert_num_queries: Any) -> None:
    fill(world, 6)
    until = timezone.localdate() + dt.timedelta(days=30)
    with django_assert_num_queries(1):
        terms = term_sources.get(code).fetch([world.case.pk], until)
    assert len(terms) == 6
    assert all(term.case_id == world.case.pk and term.url and term.holder for term in terms)
    assert term_sources.get(code).fetch([world.other_case.pk], until) == []
    assert term_sources.get(code).fetch([world.case.pk], timezone.localdate()) == []


def test_terms_end_with_what_they_were_for(world: World) -> None:
    fill(world, 1)
    until = timezone.localdate() + dt.timedelta(days=30)
    change_step_state(by=world.lawyer, step=world.case.steps.get(), state="done")
    finish_task(by=world.lawyer, task=world.case.tasks.get())
    answer(by=world.lawyer, help_request=world.case.help_requests.get(), text="ja")
    withdraw_consent(by=world.lawyer, consent=world.case.consents.get())
    assert [term_sources.get(code).fetch([world.case.pk], until) for code in CODES] == [[], [], [], []]


def test_terms_that_are_late_are_included(world: World) -> None:
    long_ago = timezone.now() - dt.timedelta(days=30)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    add_step(by=world.lawyer, case=world.case, title="te laat", due_on=yesterday, now=long_ago)
    (term,) = term_sources.get("cases.steps").fetch([world.case.pk], timezone.localdate())
    assert term.label == "te laat"


def test_consent_far_away_is_no_term_yet(world: World) -> None:
    record_consent(
        by=world.lawyer,
        case=world.case,
        person=world.case.household.members.get().person,
        recipients=[world.organisations["energy"]],
        categories=["contact"],
        purpose="x",
        language="nl",
    )
    until = timezone.localdate() + dt.timedelta(days=400)
    assert term_sources.get("cases.consents").fetch([world.case.pk], until) == []


QUERIES = {
    "cases.plan": 2,
    "cases.tasks": 2,
    "cases.agreements": 6,
    "cases.help": 1,
    "cases.work-housing": 2,
    "cases.obstacles": 1,
}


@pytest.mark.parametrize("code", QUERIES)
def test_panel_takes_a_fixed_number_of_queries(
    world: World, code: str, django_assert_num_queries: Any
) -> None:
    user = User.objects.select_related("organisation").get(pk=world.lawyer.pk)
    assert user.access
    set_boundary(by=world.lawyer, case=world.case, kind="no_landlord", reason="Bang.")
    panel = case_panels.get(code)
    for count in (5, 20):
        fill(world, count)
        with django_assert_num_queries(QUERIES[code]):
            assert panel.context(world.case, user)


def test_panels_keep_obstacles_from_who_has_no_register(world: World) -> None:
    fill(world, 1)
    assert not case_panels.get("cases.obstacles").may_see(world.partner, world.case)
    assert case_panels.get("cases.obstacles").may_see(world.lawyer, world.case)
