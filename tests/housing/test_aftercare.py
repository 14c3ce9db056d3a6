"""Aftercare after a stay, and the way back to the radar."""

import datetime as dt
from typing import Any

import pytest

from accounts.enums import Circle
from arsenaal.lib.registries import term_sources
from cases.actions.checks import BadDateError
from cases.models import Case, RadarEntry, TimelineEntry
from housing.actions.aftercare import AftercareError, do_aftercare
from housing.actions.stays import end_stay
from housing.agreement_enums import AftercareResult, AftercareState, DueState, StayOutcome
from housing.models import AftercareCheck
from tests.factories import World
from tests.housing.rehousing import ago, due_of, running, staying, today


@pytest.fixture
def check(world: World, case: Case) -> AftercareCheck:
    """The check of three months after a return of a hundred days ago."""
    stay = staying(world, case, since=180)
    end_stay(by=world.tenancy_lead, stay=stay, ended_on=ago(100), outcome=StayOutcome.RETURNED)
    return stay.aftercare.order_by("due_on").first()  # type: ignore[return-value]


def do(
    world: World, check: AftercareCheck, result: str = AftercareResult.WELL, **kwargs: Any
) -> AftercareCheck:
    kwargs.setdefault("by", world.community_worker)
    kwargs.setdefault("done_on", today())
    return do_aftercare(check=check, result=result, **kwargs)


def test_aftercare_is_a_term_until_it_is_done(world: World, check: AftercareCheck) -> None:
    fetch = term_sources.get("housing.aftercare").fetch
    assert [term.due_on for term in fetch([check.case_id], today())] == [check.due_on]
    do(world, check)
    assert fetch([check.case_id], today()) == []


def test_aftercare_words_stay_in_the_circle_of_who_wrote_them(world: World, check: AftercareCheck) -> None:
    do(world, check, AftercareResult.WORRY, note="Er is weer schimmel in de kinderkamer.")
    entry = TimelineEntry.objects.get(kind="housing.aftercare")
    assert (entry.circle, entry.body) == (Circle.CARE, "Er is weer schimmel in de kinderkamer.")


def test_worry_needs_words(world: World, check: AftercareCheck) -> None:
    with pytest.raises(AftercareError):
        do(world, check, AftercareResult.WORRY)
    with pytest.raises(BadDateError):
        do(world, check, done_on=ago(101))
    do(world, check)
    with pytest.raises(AftercareError):
        do(world, check)


def test_nobody_reached_plans_another_try(world: World, check: AftercareCheck) -> None:
    again = today() + dt.timedelta(days=7)
    with pytest.raises(AftercareError):
        do(world, check, AftercareResult.WELL, again_on=again)
    do(world, check, AftercareResult.NOT_REACHED, again_on=again)
    planned = AftercareCheck.objects.get(due_on=again)
    assert (planned.state, planned.months) == (AftercareState.PLANNED, 3)


def test_relapse_puts_the_family_back_on_the_radar(world: World, check: AftercareCheck) -> None:
    with pytest.raises(AftercareError):
        do(world, check, AftercareResult.WELL, is_relapse=True, radar_words="x")
    with pytest.raises(AftercareError):
        do(world, check, AftercareResult.WORRY, note="Privé.", is_relapse=True)
    done = do(
        world,
        check,
        AftercareResult.WORRY,
        note="Ze vertelde iets dat in de kring blijft.",
        is_relapse=True,
        radar_words="De woning is opnieuw vochtig.",
    )
    entry = RadarEntry.objects.get()
    assert done.radar_entry == entry
    assert entry.household == check.case.household
    assert entry.street == "Huurstraat"
    assert "opnieuw vochtig" in entry.worry
    assert "kring blijft" not in entry.worry


def test_aftercare_visit_counts_as_evidence_of_the_obligation(world: World, case: Case) -> None:
    agreement = running(world, case, starts_on=ago(180), return_on=ago(95))
    stay = staying(world, case, since=180)
    end_stay(by=world.tenancy_lead, stay=stay, ended_on=ago(100), outcome=StayOutcome.RETURNED)
    due = due_of(agreement, "nazorg")
    assert due.due_on == ago(100) + dt.timedelta(days=92)
    check = stay.aftercare.order_by("due_on").first()
    do(world, check, by=world.housing_inspector, evidence_for=due)
    due.refresh_from_db()
    assert due.state == DueState.DONE
    assert due.evidence.get().text == "Nazorg na 3 maanden: alles goed."


def test_evidence_for_somebody_elses_agreement_is_refused(world: World, check: AftercareCheck) -> None:
    other = due_of(running(world, world.other_case), "nazorg")
    with pytest.raises(AftercareError):
        do(world, check, evidence_for=other)
