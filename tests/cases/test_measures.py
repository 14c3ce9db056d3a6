"""Each figure is counted again by other code: plain Python over all rows."""

import datetime as dt
import statistics
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Goal
from arsenaal.lib.registries import MeasureValue, Period, measures
from cases import enums
from cases.measures import MEASURES, months_of
from cases.models import (
    Boundary,
    Case,
    HelpRequest,
    Intervention,
    Obstacle,
    ObstacleCase,
    RadarEntry,
    RadarLapse,
    Review,
    TimelineEntry,
    TrustChange,
    Visit,
)
from tests.factories import World
from tests.history import BRUSSELS, PERIOD, History

START, END = PERIOD.start, PERIOD.end


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment.astimezone(BRUSSELS).date() if moment else None


def _within(day: dt.date | None) -> bool:
    return day is not None and START <= day <= END


def _labels(values: Iterable[str], choices: Any) -> dict[str, int]:
    found = Counter(values)
    return {str(choice.label): found[choice.value] for choice in choices}


def _months(days: Iterable[dt.date]) -> dict[str, int]:
    found = Counter(day.strftime("%Y-%m") for day in days)
    return {month: found[month] for month in ("2026-04", "2026-05", "2026-06")}


def _value(code: str, world: World, period: Period = PERIOD) -> MeasureValue:
    return measures.get(code).compute(world.neighbourhood.pk, period)


def _mine(rows: Iterable[Any], world: World) -> list[Any]:
    return [row for row in rows if row.neighbourhood_id == world.neighbourhood.pk]


def _of_my_cases(rows: Iterable[Any], world: World) -> list[Any]:
    return [row for row in rows if row.case.neighbourhood_id == world.neighbourhood.pk]


@pytest.fixture
def history(world: World) -> World:
    History(world).make()
    return world


def test_recount_cases_opened(history: World) -> None:
    cases = [case for case in _mine(Case.objects.all(), history) if _within(_day(case.opened_at))]
    value = _value("cases.opened", history)
    assert value.value == value.count == len(cases) > 10
    assert value.parts == _labels((case.kind for case in cases), enums.CaseKind)
    assert value.months == _months(_day(case.opened_at) for case in cases)


def test_recount_cases_closed(history: World) -> None:
    cases = [case for case in _mine(Case.objects.all(), history) if _within(_day(case.closed_at))]
    value = _value("cases.closed", history)
    assert value.count == len(cases) > 3
    assert value.parts == _labels((case.outcome for case in cases), enums.CaseOutcome)


def test_recount_households_reached(history: World) -> None:
    reached = {
        visit.case.household_id
        for visit in _of_my_cases(Visit.objects.select_related("case"), history)
        if visit.state == "done" and visit.result in ("met", "cut_short") and _within(_day(visit.visited_at))
    } | {
        entry.case.household_id
        for entry in _of_my_cases(TimelineEntry.objects.select_related("case"), history)
        if entry.kind == "cases.contact" and entry.data["saw_family"] and _within(_day(entry.occurred_at))
    }
    assert _value("households.reached", history).count == len(reached - {None}) > 10


def test_household_reached_not_counted_once_the_entry_is_corrected(world: World) -> None:
    fields = {
        "case": world.case,
        "kind": "cases.contact",
        "circle": "shared",
        "author": world.coordinator,
        "occurred_at": dt.datetime(2026, 5, 5, tzinfo=BRUSSELS),
    }
    wrong = TimelineEntry.objects.create(**fields, data={"saw_family": True})
    assert _value("households.reached", world).count == 1
    TimelineEntry.objects.create(**fields, data={"saw_family": False}, supersedes=wrong)
    assert _value("households.reached", world).count == 0


def test_recount_visits(history: World) -> None:
    visits = [
        visit
        for visit in _of_my_cases(Visit.objects.select_related("case"), history)
        if visit.state == "done" and _within(_day(visit.visited_at))
    ]
    value = _value("visits.done", history)
    assert value.count == len(visits) > 20
    assert value.parts == _labels((visit.result for visit in visits), enums.VisitResult)
    assert value.months == _months(_day(visit.visited_at) for visit in visits)


def test_recount_days_to_first_visit(history: World) -> None:
    waits = []
    for case in _mine(Case.objects.select_related("radar_entry").prefetch_related("visits"), history):
        days = sorted(_day(visit.visited_at) for visit in case.visits.all() if visit.state == "done")
        if case.radar_entry and days and _within(days[0]):
            waits.append(max(0, (days[0] - _day(case.radar_entry.reported_at)).days))
    value = _value("visits.days_to_first", history)
    assert value.count == len(waits) > 3
    assert value.value == statistics.median(waits)


def test_recount_trust(history: World) -> None:
    found: Counter[str] = Counter()
    for case in _mine(Case.objects.prefetch_related("trust_changes"), history):
        opened, closed = _day(case.opened_at), _day(case.closed_at)
        if case.kind != "household" or opened > END or (closed and closed < START):
            continue
        changes = sorted(
            (change for change in case.trust_changes.all() if _within(_day(change.changed_at))),
            key=lambda change: (change.changed_at, change.pk),
        )
        step = changes[-1].to_stage - changes[0].from_stage if changes else 0
        found["gestegen" if step > 0 else "gedaald" if step < 0 else "gelijk gebleven"] += 1
    value = _value("trust.change", history)
    assert value.parts == dict(found)
    assert value.count == sum(found.values()) > 20
    assert TrustChange.objects.exists()


def test_recount_boundaries(history: World) -> None:
    found = {"staat nog, gerespecteerd": 0, "opgeheven met akkoord": 0}
    for boundary in _of_my_cases(Boundary.objects.select_related("case"), history):
        lifted = _day(boundary.lifted_at)
        if _day(boundary.set_at) <= END and (lifted is None or lifted >= START):
            is_lifted = lifted is not None and lifted <= END
            found["opgeheven met akkoord" if is_lifted else "staat nog, gerespecteerd"] += 1
    value = _value("boundaries.standing", history)
    assert value.parts == found
    assert value.count == sum(found.values()) > 5


def test_recount_boundary_refusals(history: World) -> None:
    entries = [
        entry
        for entry in _of_my_cases(TimelineEntry.objects.select_related("case"), history)
        if entry.kind == "cases.boundary_refusal" and _within(_day(entry.occurred_at))
    ]
    assert _value("boundaries.refusals", history).count == len(entries) > 3


def test_recount_radar(history: World) -> None:
    signals = [s for s in _mine(RadarEntry.objects.all(), history) if _within(_day(s.reported_at))]
    states = ["new" if s.decided_at and _day(s.decided_at) > END else s.state for s in signals]
    value = _value("radar.signals", history)
    assert value.count == len(signals) > 10
    assert value.parts == _labels(states, enums.RadarState)
    assert value.groups == _labels((s.source for s in signals), enums.RadarSource)


def test_recount_radar_lapses(history: World) -> None:
    found: Counter[str] = Counter()
    for lapse in _mine(RadarLapse.objects.all(), history):
        if _within(lapse.month):
            found[lapse.reason] += lapse.count
    value = _value("radar.lapsed", history)
    assert value.parts == _labels(found.elements(), enums.RadarReason)
    assert value.count == sum(found.values())


def test_recount_help_requests(history: World) -> None:
    found = {"op tijd beantwoord": 0, "te laat beantwoord": 0, "nog geen antwoord": 0}
    for request in _mine(HelpRequest.objects.all(), history):
        if request.state != "withdrawn" and _within(request.due_on):
            answered = _day(request.answered_at)
            if answered is None:
                found["nog geen antwoord"] += 1
            else:
                found["op tijd beantwoord" if answered <= request.due_on else "te laat beantwoord"] += 1
    value = _value("help_requests.on_time", history)
    assert value.parts == found
    assert value.count == sum(found.values()) > 10


def test_recount_reviews(history: World) -> None:
    days = [review.held_on for review in _mine(Review.objects.all(), history) if _within(review.held_on)]
    value = _value("reviews.held", history)
    assert value.count == len(days) > 2
    assert value.months == _months(days)


def test_review_that_is_still_open_is_not_held(world: World) -> None:
    Review.objects.create(
        neighbourhood=world.neighbourhood,
        held_on=dt.date(2026, 5, 5),
        started_at=dt.datetime(2026, 5, 5, tzinfo=BRUSSELS),
        started_by=world.coordinator,
    )
    assert _value("reviews.held", world).count == 0


def test_recount_obstacles(history: World) -> None:
    states = []
    for obstacle in _mine(Obstacle.objects.all(), history):
        if _day(obstacle.reported_at) <= END and (obstacle.resolved_on or END) >= START:
            is_later = obstacle.resolved_on is not None and obstacle.resolved_on > END
            states.append("raised" if is_later else obstacle.state)
    value = _value("obstacles.state", history)
    assert value.parts == _labels(states, enums.ObstacleState)
    assert value.count == len(states) > 3


def test_recount_cases_blocked(history: World) -> None:
    blocked = {
        row.case_id
        for row in _of_my_cases(ObstacleCase.objects.select_related("case"), history)
        if row.since_on <= END and (row.until_on or END) >= START
    }
    assert _value("obstacles.cases", history).count == len(blocked) > 10


def _state_then(row: Intervention) -> str:
    if row.state in ("done", "stopped") and row.ended_on <= END:
        return row.state
    if (row.started_on and row.started_on <= END) or (row.state == "running" and not row.started_on):
        return "running"
    return "planned" if row.planned_on else "proposed"


@pytest.mark.parametrize("goal", list(Goal))
def test_recount_interventions(history: World, goal: Goal) -> None:
    rows = []
    for row in _mine(Intervention.objects.select_related("instrument"), history):
        known_from = min(day for day in (_day(row.created_at), row.planned_on, row.started_on) if day)
        if row.instrument.goal == goal and known_from <= END and (row.ended_on or END) >= START:
            rows.append(row)
    value = _value(f"interventions.{goal}", history)
    assert value.count == len(rows) > 5
    assert value.parts == _labels(map(_state_then, rows), enums.InterventionState)
    assert value.groups == dict(sorted(Counter(row.instrument.sub_goal for row in rows).items()))
    cases = {row.case_id for row in rows} - {None}
    assert _value(f"interventions.{goal}.cases", history).count == len(cases)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.code)
def test_measure_of_another_neighbourhood_or_an_empty_period_is_its_own(measure: Any, history: World) -> None:
    nowhere = measure.compute(0, PERIOD)
    assert nowhere.count == 0
    assert not any(nowhere.parts.values())
    long_ago = measure.compute(history.neighbourhood.pk, Period(dt.date(1990, 1, 1), dt.date(1990, 3, 31)))
    assert long_ago.count == 0


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.code)
def test_measure_divisions_add_up_and_queries_stay_the_same(
    measure: Any, world: World, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            value = measure.compute(world.neighbourhood.pk, PERIOD)
        for division in (value.parts, value.groups, value.months):
            assert not division or sum(division.values()) == value.count
        return len(captured)

    few = queries()
    History(world, cases=40).make()
    assert queries() == few <= 2


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.code)
def test_measure_says_what_it_is(measure: Any) -> None:
    assert str(measure.definition).endswith(".")
    assert measure.goal in {"", *Goal.values}
    assert measure.goal or measure.area in {"families", "together"}
    assert measure.kind in {"how_much", "how_well", "better_off"}
    assert measure.form != "share" or str(measure.share_of)


def test_months_of_a_period_over_the_year() -> None:
    period = Period(dt.date(2025, 11, 30), dt.date(2026, 2, 1))
    assert months_of(period) == ["2025-11", "2025-12", "2026-01", "2026-02"]
