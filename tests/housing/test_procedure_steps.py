"""The steps of a procedure: the table of transitions, terms, decisions and what they change, boundaries, conversion."""

import datetime as dt
import threading
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from arsenaal.lib.registries import term_sources
from cases.actions.reference import enter_reference_value
from cases.models import Case, TimelineEntry
from housing.actions.procedure_base import (
    BadProcedureDayError,
    NotInThisStateError,
    ProcedureError,
    StoppedByBoundariesError,
)
from housing.actions.procedure_pauses import pause_term, resume_term
from housing.actions.procedure_steps import (
    AdviceIsSkippedError,
    NothingToLiftWithError,
    RehousingMissingError,
)
from housing.actions.rehousing import MemberPlan, save_rehousing_plan
from housing.actions.start_procedure import AlreadyRunningError
from housing.models import Certificate, DwellingProcedure, LegalStatus, Procedure
from housing.procedure_enums import (
    CLOSED_STATES,
    HOLDERS,
    TRANSITIONS,
    LiftReason,
    MinisterAnswer,
    ProcedureKind,
    ProcedureState,
    Step,
    TermCode,
    Verdict,
)
from housing.procedure_reading import proposed_step, with_terms
from housing.procedure_rules import REACHES, TERMS
from housing.procedure_terms import SIGNALS, levy_dates
from tests.factories import World
from tests.housing.factories import forbid_landlord, house
from tests.housing.procedure_steps import TO_DECIDED, TO_NOTIFIED, TO_READY, go, homes, start

TODAY = timezone.localdate


def _status(dwelling: Any) -> str:
    last = LegalStatus.objects.on(TODAY()).filter(dwelling=dwelling).first()
    return last.status if last else ""


def _titles(case: Case, kind: str = "housing.procedure") -> list[str]:
    return list(
        TimelineEntry.objects.filter(case=case, kind=kind).order_by("pk").values_list("title", flat=True)
    )


def _part(procedure: Procedure) -> DwellingProcedure:
    return procedure.parts.prefetch_related(with_terms()).get()


def _proposed(procedure: Procedure) -> Step | None:
    return proposed_step(_part(procedure), today=TODAY(), is_exempt=False, has_certificate=False)


# --- the table -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ProcedureKind)
def test_table_every_state_can_be_reached_and_left(kind: ProcedureKind) -> None:
    """From the request every state of this kind is within reach, and each that isn't the end has a way on."""
    rules = TRANSITIONS[kind]
    reached = {ProcedureState.REQUESTED}
    while more := {
        to
        for allowed, to in rules.values()
        if to is not None and set(allowed) & reached and to not in reached
    }:
        reached |= more
    named = {state for allowed, _to in rules.values() for state in allowed}
    assert named <= reached
    for state in reached - CLOSED_STATES:
        assert [step for step, (allowed, to) in rules.items() if state in allowed and to not in (None, state)]
        assert state in HOLDERS
    assert not [state for state in CLOSED_STATES if any(state in allowed for allowed, _to in rules.values())]


def test_table_every_term_says_who_and_what_then() -> None:
    assert set(TERMS) == set(TermCode)
    assert all(str(rule.consequence) and rule.holder for rule in TERMS.values())
    assert set(REACHES) <= set(Step)


@pytest.mark.parametrize("kind", ProcedureKind)
def test_step_from_a_state_where_it_does_not_start_is_refused(world: World, kind: ProcedureKind) -> None:
    """Every step that the table doesn't allow at the start is refused, and nothing changes."""
    procedure = start(world, homes(world), kind)
    for step in Step:
        rule = TRANSITIONS[kind].get(step)
        if rule is not None and ProcedureState.REQUESTED in rule[0]:
            continue
        with pytest.raises(NotInThisStateError), transaction.atomic():
            go(world, procedure, step)
    assert _part(procedure).state == ProcedureState.REQUESTED


# --- starting ------------------------------------------------------------------------------------------------------
def test_start_for_several_dwellings_at_once(world: World, case: Case) -> None:
    dwellings = homes(world, 3)
    house(world, case, dwellings[0])
    procedure = start(world, dwellings, started_on=TODAY() - dt.timedelta(days=2))
    assert procedure.parts.count() == 3
    assert _titles(case) == ["Procedure gestart: ongeschikt of onbewoonbaar"]
    codes = procedure.parts.first().terms.values_list("code", flat=True)
    assert set(codes) == {TermCode.FOUNDED, TermCode.DECISION, TermCode.SILENCE}


def test_start_twice_for_a_dwelling_is_refused_and_names_it(world: World) -> None:
    dwellings = homes(world, 2)
    start(world, dwellings[:1])
    with pytest.raises(AlreadyRunningError, match="bus 1"):
        start(world, dwellings)
    start(world, dwellings, ProcedureKind.CERTIFICATE)
    assert Procedure.objects.count() == 2


def test_start_with_a_dwelling_of_another_building_is_refused(world: World) -> None:
    here, there = homes(world), homes(world, number="99")
    with pytest.raises(ProcedureError):
        start(world, [*here, *there])
    with pytest.raises(ProcedureError):
        start(world, here[:1], started_on=TODAY() + dt.timedelta(days=1))


def test_database_refuses_two_running_procedures_of_one_kind(world: World) -> None:
    dwelling = homes(world)[0]
    first = start(world, [dwelling])
    other = Procedure.objects.create(
        building=first.building,
        kind=first.kind,
        initiator="owner",
        started_on=TODAY(),
        created_by=world.lawyer,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        DwellingProcedure.objects.create(procedure=other, dwelling=dwelling, kind=first.kind)


@pytest.mark.django_db(transaction=True)
def test_two_people_start_the_same_procedure_at_once(transactional_db: None) -> None:
    world = World.build()
    dwelling = homes(world)[0]
    gate, outcomes = threading.Barrier(2), []

    def work() -> None:
        try:
            gate.wait(timeout=10)
            start(world, [dwelling])
            outcomes.append("ok")
        except ProcedureError as error:
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(outcomes) == ["AlreadyRunningError", "ok"]
    assert DwellingProcedure.objects.count() == 1
    assert Procedure.objects.count() == 1


# --- the way to a decision -----------------------------------------------------------------------------------------
def test_decision_alone_changes_the_legal_status(world: World) -> None:
    procedure = start(world, homes(world))
    dwelling = procedure.parts.get().dwelling
    go(world, procedure, *TO_READY)
    assert _status(dwelling) == ""
    part = go(world, procedure, Step.DECIDE, reference="B/2026/1")
    assert _status(dwelling) == Verdict.UNFIT
    assert part.decided_on == TODAY()
    assert not part.terms.filter(code=TermCode.DECISION, ended_on__isnull=True).exists()


def test_advice_can_not_be_skipped_unless_the_municipality_is_exempt(world: World) -> None:
    procedure = start(world, homes(world))
    go(world, procedure, Step.FIND_FOUNDED)
    with pytest.raises(AdviceIsSkippedError), transaction.atomic():
        go(world, procedure, Step.INVESTIGATE)
    enter_reference_value(
        by=world.administrator,
        code="procedure.advice_exempt",
        text="yes",
        valid_from=TODAY(),
        source="besluit van de minister",
    )
    with pytest.raises(AdviceIsSkippedError), transaction.atomic():
        go(world, procedure, Step.ASK_ADVICE)
    assert go(world, procedure, Step.INVESTIGATE).state == ProcedureState.INVESTIGATED


def test_step_for_some_dwellings_leaves_the_others(world: World) -> None:
    procedure = start(world, homes(world, 3))
    first, *rest = procedure.parts.order_by("pk")
    go(world, procedure, Step.FIND_FOUNDED, parts=[first])
    assert {part.state for part in procedure.parts.exclude(pk=first.pk)} == {ProcedureState.REQUESTED}
    with pytest.raises(NotInThisStateError), transaction.atomic():
        go(world, procedure, Step.FIND_FOUNDED)
    go(world, procedure, Step.FIND_FOUNDED, parts=rest)


def test_step_for_a_dwelling_of_another_procedure_is_refused(world: World) -> None:
    one, two = start(world, homes(world)), start(world, homes(world, number="98"))
    with pytest.raises(ProcedureError):
        go(world, one, Step.FIND_FOUNDED, parts=list(two.parts.all()))


def test_step_before_the_one_before_it_is_refused(world: World) -> None:
    procedure = start(world, homes(world))
    with pytest.raises(BadProcedureDayError):
        go(world, procedure, Step.FIND_FOUNDED, on=TODAY() - dt.timedelta(days=1))


@pytest.mark.parametrize("step", [Step.REJECT, Step.STOP])
def test_ending_without_a_reason_is_refused(world: World, step: Step) -> None:
    procedure = start(world, homes(world))
    with pytest.raises(ProcedureError) as refused:
        go(world, procedure, step, reason=" ")
    assert refused.value.field == "reason"


def test_ending_ends_every_term_and_frees_the_dwelling(world: World) -> None:
    procedure = start(world, homes(world))
    part = go(world, procedure, Step.REJECT, reason="geen gebreken")
    assert part.closed_on == TODAY()
    assert not part.terms.filter(ended_on__isnull=True).exists()
    assert start(world, [part.dwelling])


# --- appeal --------------------------------------------------------------------------------------------------------
def test_appeal_suspends_the_inventory_and_what_the_owner_had_to_do(world: World) -> None:
    with time_machine.travel("2026-03-02T10:00+01:00", tick=False):
        procedure = start(world, homes(world))
        go(world, procedure, *TO_DECIDED, repair_until=dt.date(2026, 9, 1))
        part = go(world, procedure, Step.NOTIFY, Step.SEND_INVENTORY)
        assert part.terms.get(code=TermCode.APPEAL).due_on == dt.date(2026, 4, 1)
        assert part.levy_from == dt.date(2026, 3, 2)
    with time_machine.travel("2026-03-20T10:00+01:00", tick=False):
        part = go(world, procedure, Step.APPEAL, hearing_asked=True)
        assert part.levy_from is None
        assert part.terms.get(code=TermCode.MINISTER).due_on == dt.date(
            2026, 7, 20
        )  # four months: with a hearing
        assert part.terms.get(code=TermCode.REPAIR).paused_on == dt.date(2026, 3, 20)
    with time_machine.travel("2026-05-20T10:00+02:00", tick=False):
        part = go(world, procedure, Step.MINISTER, answer=MinisterAnswer.CONFIRMED)
        assert part.state == ProcedureState.NOTIFIED
        assert part.terms.get(code=TermCode.REPAIR).due_on == dt.date(2026, 9, 1) + dt.timedelta(days=61)
        assert part.levy_from == dt.date(2026, 3, 2)


def test_annulled_in_appeal_ends_it_and_clears_the_status(world: World) -> None:
    procedure = start(world, homes(world))
    go(world, procedure, *TO_NOTIFIED, Step.APPEAL)
    part = go(world, procedure, Step.MINISTER, answer=MinisterAnswer.ANNULLED)
    assert part.state == ProcedureState.ANNULLED
    assert part.closed_on
    assert _status(part.dwelling) == "none"


# --- lifting -------------------------------------------------------------------------------------------------------
def test_lift_without_certificate_is_refused(world: World) -> None:
    procedure = start(world, homes(world))
    part = go(world, procedure, *TO_NOTIFIED)
    with pytest.raises(NothingToLiftWithError), transaction.atomic():
        go(world, procedure, Step.LIFT, lift_reason=LiftReason.CERTIFICATE)
    assert _status(part.dwelling) == Verdict.UNFIT


def test_lift_with_a_certificate_from_before_the_decision_is_refused(world: World) -> None:
    dwellings = homes(world)
    early = TODAY() - dt.timedelta(days=100)
    certificate = start(world, dwellings, ProcedureKind.CERTIFICATE, started_on=early)
    go(world, certificate, Step.COMPLETE, Step.ISSUE, on=early)
    procedure = start(world, dwellings)
    go(world, procedure, *TO_NOTIFIED)
    with pytest.raises(NothingToLiftWithError):
        go(world, procedure, Step.LIFT, lift_reason=LiftReason.CERTIFICATE)


def test_lift_with_a_certificate_clears_the_status(world: World) -> None:
    dwellings = homes(world)
    procedure = start(world, dwellings)
    go(world, procedure, *TO_NOTIFIED)
    certificate = start(world, dwellings, ProcedureKind.CERTIFICATE)
    go(world, certificate, Step.COMPLETE, Step.ISSUE)
    part = go(world, procedure, Step.LIFT, lift_reason=LiftReason.CERTIFICATE)
    assert part.state == ProcedureState.LIFTED
    assert _status(part.dwelling) == "none"


def test_lift_after_demolition_needs_the_document(world: World) -> None:
    procedure = start(world, homes(world))
    go(world, procedure, *TO_NOTIFIED)
    with pytest.raises(ProcedureError) as refused, transaction.atomic():
        go(world, procedure, Step.LIFT, lift_reason=LiftReason.DEMOLISHED)
    assert refused.value.field == "reference"
    part = go(world, procedure, Step.LIFT, lift_reason=LiftReason.DEMOLISHED, reference="vergunning 12")
    assert part.lifted_on == TODAY()


# --- certificates --------------------------------------------------------------------------------------------------
def test_certificate_is_decided_within_sixty_days_and_holds_ten_years(world: World) -> None:
    with time_machine.travel("2026-02-02T10:00+01:00", tick=False):
        procedure = start(world, homes(world), ProcedureKind.CERTIFICATE)
        part = go(world, procedure, Step.COMPLETE)
        assert part.terms.get().due_on == dt.date(2026, 4, 3)
        go(world, procedure, Step.ISSUE, most_people=3)
    certificate = Certificate.objects.get()
    assert certificate.valid_until == dt.date(2036, 2, 2)
    assert certificate.most_people == 3


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"most_people": 0}, "most_people"),
        ({"most_people": 51}, "most_people"),
        ({"valid_until": dt.date(2020, 1, 1)}, "valid_until"),
        ({"valid_until": dt.date(2099, 1, 1)}, "valid_until"),
    ],
)
def test_certificate_that_can_not_be_is_refused(world: World, details: dict[str, Any], field: str) -> None:
    procedure = start(world, homes(world), ProcedureKind.CERTIFICATE)
    go(world, procedure, Step.COMPLETE)
    with pytest.raises(ProcedureError) as refused:
        go(world, procedure, Step.ISSUE, **({"most_people": 2} | details))
    assert refused.value.field == field


# --- warning and conversion ----------------------------------------------------------------------------------------
def test_warning_that_runs_out_is_proposed_for_conversion_and_never_converted_by_itself(
    world: World, case: Case
) -> None:
    with time_machine.travel("2026-08-31T10:00+02:00", tick=False):
        dwellings = homes(world)
        house(world, case, dwellings[0])
        procedure = start(world, dwellings, ProcedureKind.WARNING)
        go(world, procedure, Step.AGREE)
        assert _part(procedure).repair_until == dt.date(
            2026, 11, 30
        )  # three months, at the end of a shorter one
        assert _proposed(procedure) is None
    with time_machine.travel("2026-11-20T10:00+01:00", tick=False):
        (term,) = term_sources.get("housing.procedures").fetch([case.pk], dt.date(2026, 12, 4))
        assert term.due_on == dt.date(2026, 11, 30)
        assert "eigenaar" in term.holder
        assert term.consequence
        assert _proposed(procedure) is None
    with time_machine.travel("2026-12-01T10:00+01:00", tick=False):
        assert _proposed(procedure) == Step.CONVERT
        (signal,) = SIGNALS[0].fetch(case.neighbourhood_id, TODAY(), TODAY())
        assert "omzetten" in signal.reason
        assert _part(procedure).state == ProcedureState.REPAIRING
        assert not Procedure.objects.filter(kind=ProcedureKind.UNFIT).exists()
        go(world, procedure, Step.CONVERT)
    follows = Procedure.objects.get(kind=ProcedureKind.UNFIT)
    assert follows.converted_from == procedure
    assert follows.parts.get().terms.get(code=TermCode.DECISION).due_on == dt.date(2027, 3, 1)
    assert _part(procedure).state == ProcedureState.CONVERTED


def test_warning_with_repair_reported_proposes_to_close_it(world: World) -> None:
    procedure = start(world, homes(world), ProcedureKind.WARNING)
    go(world, procedure, Step.AGREE, Step.REPORT_REPAIR)
    assert _proposed(procedure) == Step.REPAIRED
    assert go(world, procedure, Step.REPAIRED).repaired_on == TODAY()


# --- urgent --------------------------------------------------------------------------------------------------------
def test_urgent_decision_must_reach_the_inventory_within_three_months(world: World, case: Case) -> None:
    with time_machine.travel("2026-11-30T10:00+01:00", tick=False):
        dwellings = homes(world)
        house(world, case, dwellings[0])
        procedure = start(world, dwellings, ProcedureKind.URGENT)
        part = go(world, procedure, Step.MARK_READY, Step.DECIDE)
        assert part.terms.get(code=TermCode.INVENTORY).due_on == dt.date(2027, 2, 28)
    with time_machine.travel("2026-12-07T10:00+01:00", tick=False):
        part = go(world, procedure, Step.SEND_INVENTORY)
        assert not part.terms.filter(code=TermCode.INVENTORY, ended_on__isnull=True).exists()
        with pytest.raises(ProcedureError):
            go(world, procedure, Step.SEND_INVENTORY)
    with time_machine.travel("2027-08-20T10:00+02:00", tick=False):
        (levy,) = term_sources.get("housing.levies").fetch([case.pk], TODAY() + dt.timedelta(days=30))
        assert levy.due_on == dt.date(2027, 8, 30)
        assert "€" not in levy.label + levy.consequence


def test_levy_warns_at_nine_and_twelve_months_and_each_year() -> None:
    start_on = dt.date(2025, 1, 31)
    at = {"warning": 9, "levy": 12}
    assert levy_dates(start_on, start_on, **at)[0] == dt.date(2025, 10, 31)
    assert levy_dates(start_on, dt.date(2026, 1, 20), **at)[:1] == [dt.date(2026, 1, 31)]
    assert levy_dates(start_on, dt.date(2028, 6, 1), **at) == [dt.date(2029, 1, 31)]


# --- boundaries ----------------------------------------------------------------------------------------------------
def _reaching(world: World, case: Case, dwelling: Any) -> Any:
    forbid_landlord(case)
    return house(world, case, dwelling)


def test_hearing_is_refused_while_a_family_does_not_want_the_landlord_reached(
    world: World, case: Case
) -> None:
    dwellings = homes(world, 2)
    house(world, case, dwellings[0])
    house(world, world.other_case, dwellings[1])
    procedure = start(world, dwellings)
    go(world, procedure, Step.FIND_FOUNDED, Step.ASK_ADVICE, Step.INVESTIGATE, Step.SEND_ADVICE)
    forbid_landlord(case)
    forbid_landlord(world.other_case)
    with pytest.raises(StoppedByBoundariesError) as refused:
        go(world, procedure, Step.PLAN_HEARING)
    assert str(case.lead) in refused.value.message
    assert "Hij vreest zijn studio te verliezen" in refused.value.message
    refused.value.after_rollback()
    for touched in (case, world.other_case):
        assert len(_titles(touched, "cases.boundary_refusal")) == 1
    assert {part.state for part in procedure.parts.all()} == {ProcedureState.ADVICE_SENT}


@pytest.mark.parametrize("step", sorted(step for step, reach in REACHES.items() if reach == "landlord"))
def test_every_step_that_reaches_the_landlord_asks_the_boundaries(
    world: World, case: Case, step: str
) -> None:
    dwelling = homes(world)[0]
    kind = next(kind for kind in ProcedureKind if Step(step) in TRANSITIONS[kind])
    procedure = start(world, [dwelling], kind)
    allowed = TRANSITIONS[kind][Step(step)][0][0]
    extra = {"verdict": "unfit", "decided_on": TODAY()} if allowed == ProcedureState.DECIDED else {}
    procedure.parts.update(state=allowed, **extra)
    _reaching(world, case, dwelling)
    with pytest.raises(StoppedByBoundariesError):
        go(world, procedure, Step(step))


def test_decision_itself_reaches_nobody_and_goes_on(world: World, case: Case) -> None:
    dwelling = homes(world)[0]
    procedure = start(world, [dwelling])
    go(world, procedure, *TO_READY)
    _reaching(world, case, dwelling)
    assert go(world, procedure, Step.DECIDE).state == ProcedureState.DECIDED
    with pytest.raises(StoppedByBoundariesError):
        go(world, procedure, Step.NOTIFY)


def test_warning_can_not_start_against_the_wish_of_a_family(world: World, case: Case) -> None:
    dwelling = homes(world)[0]
    _reaching(world, case, dwelling)
    with pytest.raises(StoppedByBoundariesError):
        start(world, [dwelling], ProcedureKind.WARNING)
    assert not Procedure.objects.exists()


def test_nothing_asks_that_the_landlord_is_told_first(world: World) -> None:
    """From the request up to the investigation no step reaches him (casus 1: the tenant doesn't dare)."""
    procedure = start(world, homes(world))
    steps = (Step.FIND_FOUNDED, Step.ASK_ADVICE, Step.INVESTIGATE)
    assert "landlord" not in {REACHES.get(step) for step in steps}
    assert go(world, procedure, *steps).state == ProcedureState.INVESTIGATED


# --- rehouse first -------------------------------------------------------------------------------------------------
def _to_heard(world: World, case: Case) -> Procedure:
    dwelling = homes(world)[0]
    house(world, case, dwelling)
    procedure = start(world, [dwelling])
    go(world, procedure, *TO_READY[:-1])
    return procedure


def _save_plan(world: World, procedure: Procedure, case: Case, **more: Any) -> None:
    part = procedure.parts.get()
    member = case.household.members.get()
    fields: dict[str, Any] = {
        "where_to": "Noodwoning 3",
        "belongings": "berging van de stad",
        "costs": "de stad",
        "version": 0,
        "members": [MemberPlan(member, school="blijft")],
    }
    save_rehousing_plan(by=world.coordinator, part=part, household=case.household, **(fields | more))


def test_uninhabitable_without_a_plan_is_refused(world: World, case: Case) -> None:
    procedure = _to_heard(world, case)
    with pytest.raises(RehousingMissingError) as refused, transaction.atomic():
        go(world, procedure, Step.MARK_READY, verdict=Verdict.UNINHABITABLE)
    assert refused.value.field == "overrule_reason"
    assert go(world, procedure, Step.MARK_READY, verdict=Verdict.UNFIT).state == ProcedureState.READY


def test_uninhabitable_with_a_plan_for_each_member_is_ready(world: World, case: Case) -> None:
    procedure = _to_heard(world, case)
    _save_plan(world, procedure, case, members=[])
    with pytest.raises(RehousingMissingError, match="gezinsleden"), transaction.atomic():
        go(world, procedure, Step.MARK_READY, verdict=Verdict.BOTH)
    _save_plan(world, procedure, case, version=1)
    part = go(world, procedure, Step.MARK_READY, verdict=Verdict.BOTH, overrule_reason="niet nodig")
    assert part.overrule_reason == ""


def test_uninhabitable_overruled_says_why_on_the_timeline(world: World, case: Case) -> None:
    procedure = _to_heard(world, case)
    part = go(
        world, procedure, Step.MARK_READY, verdict=Verdict.UNINHABITABLE, overrule_reason="instortingsgevaar"
    )
    assert part.overrule_reason == "instortingsgevaar"
    entry = TimelineEntry.objects.filter(case=case, kind="housing.procedure").latest("pk")
    assert "instortingsgevaar" in entry.body


# --- who reads what ------------------------------------------------------------------------------------------------
def test_note_goes_to_enforcement_and_the_fact_to_the_whole_team(world: World, case: Case) -> None:
    dwelling = homes(world)[0]
    house(world, case, dwelling)
    start(world, [dwelling], note="Brief van de raadsman.")
    shared = TimelineEntry.objects.get(case=case, kind="housing.procedure")
    noted = TimelineEntry.objects.get(case=case, kind="housing.procedure_note")
    assert shared.circle == "shared"
    assert "raadsman" not in shared.body
    assert noted.circle == "enforcement"
    assert noted.body == "Brief van de raadsman."


# --- pausing -------------------------------------------------------------------------------------------------------
def test_pause_moves_the_term_by_as_many_days(world: World, case: Case) -> None:
    with time_machine.travel("2026-05-04T10:00+02:00", tick=False):
        dwelling = homes(world)[0]
        house(world, case, dwelling)
        procedure = start(world, [dwelling])
        term = procedure.parts.get().terms.get(code=TermCode.DECISION)
        pause_term(by=world.coordinator, term=term, on=TODAY(), reason="op vraag van beide partijen")
        terms = term_sources.get("housing.procedures").fetch([case.pk], dt.date(2027, 1, 1))
        assert "Besluit over het verzoek" not in " ".join(found.label for found in terms)
        with pytest.raises(ProcedureError), transaction.atomic():
            pause_term(by=world.coordinator, term=term, on=TODAY(), reason="nog eens")
    with time_machine.travel("2026-05-14T10:00+02:00", tick=False):
        term = resume_term(by=world.coordinator, term=term, on=TODAY())
    assert term.due_on == dt.date(2026, 8, 14)
    assert term.paused_days == 10


# --- terms of many -------------------------------------------------------------------------------------------------
def test_block_hears_a_shared_term_once(world: World, django_assert_max_num_queries: Any) -> None:
    from cases.actions.open_case import open_case
    from housing.actions.case_dwelling import link_case_building

    dwellings = homes(world, 4)
    block = open_case(
        by=world.coordinator, neighbourhood=world.neighbourhood, lead=world.coordinator, title="Blok"
    )
    link_case_building(by=world.coordinator, case=block, building=dwellings[0].building)
    start(world, dwellings)
    with django_assert_max_num_queries(4):
        terms = term_sources.get("housing.procedures").fetch([block.pk], TODAY() + dt.timedelta(days=400))
    assert len(terms) == 2
    assert all("(4 woningen)" in term.label for term in terms)
