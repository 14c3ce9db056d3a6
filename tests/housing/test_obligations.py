"""Obligations: evidence, done, late, breached and what follows, more time."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction

from arsenaal.lib.registries import term_sources
from cases.actions.boundaries import RefusedByBoundaryError
from cases.actions.checks import BadDateError
from cases.models import Case, Task, TimelineEntry
from housing.actions.obligations import (
    DueIncompleteError,
    DueStateError,
    ExtensionError,
    ask_more_time,
    decide_follow_up,
    decide_more_time,
    follow_return,
    mark_breached,
    mark_done,
    record_evidence,
    reopen_due,
    waive,
)
from housing.agreement_enums import DueState, FollowUp, RequestState
from housing.models import DueExtension, ObligationDue
from tests.arsenaal.papers import ordinary_pdf, sent_file
from tests.factories import World
from tests.housing.factories import forbid_landlord
from tests.housing.rehousing import ago, drafted, due_of, running, today

NOON = dt.datetime(2027, 3, 15, 11, 0, tzinfo=dt.UTC)


def test_evidence_with_a_file_finishes_the_obligation(world: World, case: Case) -> None:
    due = due_of(running(world, case), "premies")
    evidence = record_evidence(
        by=world.community_worker,
        due=due,
        on=ago(1),
        text="Uitleg gegeven, folder getekend.",
        upload=sent_file(ordinary_pdf()),
        is_done=True,
    )
    due.refresh_from_db()
    assert (due.state, due.done_on, due.decided_by) == (DueState.DONE, ago(1), world.community_worker)
    assert evidence.file is not None
    assert evidence.file.case == case
    assert TimelineEntry.objects.filter(case=case, kind="housing.obligation").count() == 1


def test_evidence_of_tomorrow_or_without_words_is_refused(world: World, case: Case) -> None:
    due = due_of(running(world, case), "premies")
    with pytest.raises(BadDateError):
        record_evidence(by=world.tenancy_lead, due=due, on=today() + dt.timedelta(days=1), text="x")
    with pytest.raises(DueIncompleteError):
        record_evidence(by=world.tenancy_lead, due=due, on=today(), text="  ")


def test_evidence_of_a_draft_is_refused(world: World, case: Case) -> None:
    with pytest.raises(DueStateError):
        record_evidence(
            by=world.tenancy_lead, due=due_of(drafted(world, case), "premies"), on=today(), text="x"
        )


def test_breach_is_proposed_when_the_clock_moves_and_decided_by_a_person(world: World, case: Case) -> None:
    with time_machine.travel(NOON, tick=False):
        agreement = running(world, case, starts_on=today(), return_on=today() + dt.timedelta(days=60))
        due = due_of(agreement, "premies")
        assert due.due_on == today() + dt.timedelta(days=14)
        assert not due.is_late
        assert not due.is_near
        with pytest.raises(DueStateError):
            mark_breached(by=world.tenancy_lead, due=due)
    with time_machine.travel(NOON + dt.timedelta(days=10), tick=False):
        assert due.is_near
        assert any(term.label == due.obligation.text for term in _terms(case, 7))
    with time_machine.travel(NOON + dt.timedelta(days=15), tick=False):
        due = ObligationDue.objects.get(pk=due.pk)
        assert due.is_late
        assert due.state == DueState.OPEN  # nobody is declared in breach by a clock
        decided = mark_breached(by=world.lawyer, due=due, note="Niemand belde.")
        assert (decided.state, decided.decided_by) == (DueState.BREACHED, world.lawyer)
        assert not any(term.url == due.get_absolute_url() for term in _terms(case, 30))


def _terms(case: Case, days: int) -> list:
    source = term_sources.get("housing.obligations")
    return list(source.fetch([case.pk], today() + dt.timedelta(days=days)))


def test_terms_are_asked_in_one_query(world: World, case: Case, django_assert_num_queries) -> None:
    running(world, case)
    for code in ("housing.obligations", "housing.returns", "housing.longer_stays", "housing.aftercare"):
        with django_assert_num_queries(1):
            term_sources.get(code).fetch([case.pk, world.other_case.pk], today() + dt.timedelta(days=400))


def test_breach_offers_what_the_agreement_says_and_a_person_takes_it(world: World, case: Case) -> None:
    agreement = running(world, case, starts_on=ago(80), return_on=ago(2))
    due = due_of(agreement, "conformiteitsattest")
    with pytest.raises(DueStateError):
        decide_follow_up(by=world.lawyer, due=due, follow_up=FollowUp.TAKEN)
    breached = mark_breached(by=world.lawyer, due=due)
    assert breached.awaits_follow_up
    taken = decide_follow_up(by=world.lawyer, due=breached, follow_up=FollowUp.TAKEN)
    task = Task.objects.get(case=case)
    assert taken.follow_up_task == task
    assert task.assignee == case.lead
    assert "leggen een nieuwe datum vast" in task.title
    with pytest.raises(DueStateError):
        decide_follow_up(by=world.lawyer, due=breached, follow_up=FollowUp.LEFT, note="Toch niet.")


def test_follow_up_left_needs_a_reason_and_reaching_the_landlord_respects_the_boundary(
    world: World, case: Case
) -> None:
    due = due_of(running(world, case, starts_on=ago(80), return_on=ago(2)), "conformiteitsattest")
    mark_breached(by=world.lawyer, due=due)
    with pytest.raises(DueIncompleteError):
        decide_follow_up(by=world.lawyer, due=due, follow_up=FollowUp.LEFT)
    forbid_landlord(case)
    with pytest.raises(RefusedByBoundaryError):
        decide_follow_up(by=world.lawyer, due=due, follow_up=FollowUp.TAKEN)
    left = decide_follow_up(
        by=world.lawyer, due=due, follow_up=FollowUp.LEFT, note="De familie vroeg te wachten."
    )
    assert left.follow_up_task is None


def test_done_twice_is_refused_and_reopened_can_be_done_again(world: World, case: Case) -> None:
    due = due_of(running(world, case), "premies")
    mark_done(by=world.lawyer, due=due, done_on=today())
    with pytest.raises(DueStateError):
        mark_done(by=world.tenancy_lead, due=due, done_on=today())
    with pytest.raises(DueIncompleteError):
        reopen_due(by=world.lawyer, due=due, note="")
    opened = reopen_due(by=world.lawyer, due=due, note="Vergissing.")
    assert (opened.state, opened.done_on, opened.decided_by) == (DueState.OPEN, None, None)
    with pytest.raises(DueIncompleteError):
        waive(by=world.lawyer, due=due, note=" ")
    assert waive(by=world.lawyer, due=due, note="Premie bestaat niet meer.").state == DueState.WAIVED


def test_more_time_granted_moves_the_day_and_refused_leaves_it(world: World, case: Case) -> None:
    due = due_of(running(world, case), "conformiteitsattest")
    old, later = due.due_on, due.due_on + dt.timedelta(days=20)
    with pytest.raises(ExtensionError):
        ask_more_time(by=world.lawyer, due=due, until_on=old, reason="x")
    asked = ask_more_time(by=world.lawyer, due=due, until_on=later, reason="De pleisteraar is ziek.")
    with pytest.raises(ExtensionError):
        ask_more_time(by=world.lawyer, due=due, until_on=later, reason="Nog eens.")
    with pytest.raises(DueIncompleteError):
        decide_more_time(by=world.tenancy_lead, extension=asked, is_granted=False)
    decide_more_time(
        by=world.tenancy_lead, extension=asked, is_granted=False, note="Er is al twee keer uitstel."
    )
    due.refresh_from_db()
    assert due.due_on == old
    with pytest.raises(ExtensionError):
        decide_more_time(by=world.lawyer, extension=asked, is_granted=True)
    again = ask_more_time(by=world.lawyer, due=due, until_on=later, reason="Nieuwe pleisteraar.")
    decide_more_time(by=world.tenancy_lead, extension=again, is_granted=True)
    due.refresh_from_db()
    again.refresh_from_db()
    assert (due.due_on, again.old_due_on, again.state) == (later, old, RequestState.GRANTED)


def test_database_keeps_one_open_request(world: World, case: Case) -> None:
    due = due_of(running(world, case), "conformiteitsattest")
    asked = ask_more_time(
        by=world.lawyer, due=due, until_on=due.due_on + dt.timedelta(days=9), reason="Ziek."
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        DueExtension.objects.create(
            due=due,
            old_due_on=due.due_on,
            until_on=asked.until_on,
            reason="x",
            asked_by=world.lawyer,
            asked_at=asked.asked_at,
        )


def test_return_that_moves_takes_the_days_along_but_not_what_is_decided(world: World, case: Case) -> None:
    agreement = running(world, case, starts_on=ago(20), return_on=today() + dt.timedelta(days=70))
    fees = agreement.dues.filter(obligation__topic="fee").order_by("due_on")
    before = list(fees)
    mark_done(by=world.lawyer, due=before[0], done_on=before[0].due_on)
    later = agreement.return_on + dt.timedelta(days=62)
    follow_return(by=world.lawyer, agreement=agreement, return_on=later)
    assert due_of(agreement, "conformiteitsattest").due_on == later - dt.timedelta(days=7)
    after = list(fees.all())
    assert [due.pk for due in after][: len(before)] == [due.pk for due in before]
    assert len(after) == len(before) + 2
    assert after[0].state == DueState.DONE
    follow_return(by=world.lawyer, agreement=agreement, return_on=today() + dt.timedelta(days=1))
    gone = fees.filter(due_on__gt=today())
    assert {due.state for due in gone.all()} == {DueState.WAIVED}
    follow_return(by=world.lawyer, agreement=agreement, return_on=later)
    assert {due.state for due in gone.all()} == {DueState.OPEN}
