"""A made-up history in rows, for counting: many cases, visits, questions, in two neighbourhoods, around a period."""

import datetime as dt
import random
from zoneinfo import ZoneInfo

from accounts.enums import Circle, Goal
from accounts.models import Neighbourhood, User
from arsenaal.lib.registries import Period
from cases import enums
from cases.models import (
    Boundary,
    Case,
    HelpRequest,
    Instrument,
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
from people.models import Household
from tests.factories import World

BRUSSELS = ZoneInfo("Europe/Brussels")
PERIOD = Period(dt.date(2026, 4, 1), dt.date(2026, 6, 30))
# Just inside and just outside the period, also where UTC and Brussels disagree about the day.
EDGES = [
    dt.datetime(2026, 3, 31, 23, 59, 59, tzinfo=BRUSSELS),
    dt.datetime(2026, 4, 1, 0, 0, tzinfo=BRUSSELS),
    dt.datetime(2026, 6, 30, 23, 59, 59, tzinfo=BRUSSELS),
    dt.datetime(2026, 7, 1, 0, 0, tzinfo=BRUSSELS),
]


class History:
    """Fills two neighbourhoods; the same seed gives the same rows."""

    def __init__(self, world: World, *, seed: int = 7, cases: int = 60) -> None:
        self.world, self.random, self.size = world, random.Random(seed), cases
        self.instruments = [
            Instrument.objects.get_or_create(
                goal=goal,
                name=f"{goal.label} {n}",
                defaults={"code": f"proof-{goal}-{n}", "sub_goal": f"{goal.label}, onderdeel {n % 3 + 1}"},
            )[0]
            for goal in Goal
            for n in range(5)
        ]

    def make(self) -> "History":
        """Fill both neighbourhoods."""
        self._fill(self.world.neighbourhood, self.world.coordinator, self.size)
        self._fill(self.world.elsewhere, self.world.outsider, self.size // 4)
        return self

    def _moment(self) -> dt.datetime:
        if self.random.random() < 0.15:
            return self.random.choice(EDGES)
        start = dt.datetime(2026, 1, 1, tzinfo=BRUSSELS)
        return start + dt.timedelta(minutes=self.random.randrange(0, 320 * 24 * 60))

    def _day(self) -> dt.date:
        return self._moment().astimezone(BRUSSELS).date()

    def _choice(self, choices: type) -> str:
        return self.random.choice(list(choices.values))  # type: ignore[attr-defined]

    def _fill(self, neighbourhood: Neighbourhood, by: User, count: int) -> None:
        households = Household.objects.bulk_create(
            Household(neighbourhood=neighbourhood, name=f"Gezin {n}", created_by=by) for n in range(count)
        )
        signals = RadarEntry.objects.bulk_create(self._signal(neighbourhood, by, n) for n in range(2 * count))
        cases = Case.objects.bulk_create(
            self._case(neighbourhood, by, n, household, signals[n]) for n, household in enumerate(households)
        )
        Visit.objects.bulk_create(self._visit(self.random.choice(cases), by) for _n in range(4 * count))
        for case in cases:
            TrustChange.objects.bulk_create(self._trust(case, by))
        TimelineEntry.objects.bulk_create(
            self._entry(self.random.choice(cases), by) for _n in range(2 * count)
        )
        Boundary.objects.bulk_create(self._boundary(self.random.choice(cases), by) for _n in range(count))
        HelpRequest.objects.bulk_create(
            self._help_request(neighbourhood, self.random.choice(cases), by) for _n in range(2 * count)
        )
        Review.objects.bulk_create(self._review(neighbourhood, by) for _n in range(count // 3))
        obstacles = Obstacle.objects.bulk_create(self._obstacle(neighbourhood, by) for _n in range(12))
        ObstacleCase.objects.bulk_create(
            (self._blocked(self.random.choice(obstacles), case, by) for case in cases for _n in range(2)),
            ignore_conflicts=True,
        )
        Intervention.objects.bulk_create(
            self._intervention(neighbourhood, cases, by) for _n in range(3 * count)
        )
        RadarLapse.objects.bulk_create(
            RadarLapse(
                neighbourhood=neighbourhood,
                month=dt.date(2026, month, 1),
                reason=reason,
                count=self.random.randrange(4),
            )
            for month in range(1, 12)
            for reason in enums.RadarReason.values
        )

    def _signal(self, neighbourhood: Neighbourhood, by: User, n: int) -> RadarEntry:
        reported = self._moment()
        state = self._choice(enums.RadarState)
        decided = {} if state == "new" else {"decided_by": by, "decided_at": reported + self._while()}
        return RadarEntry(
            neighbourhood=neighbourhood,
            source=self._choice(enums.RadarSource),
            source_organisation=by.organisation,
            reason=self._choice(enums.RadarReason),
            worry="zorg",
            name=f"Naam {n}",
            review_on=dt.date(2027, 1, 1),
            state=state,
            passed_to=by.organisation if state == "passed_on" else None,
            reported_by=by,
            reported_at=reported,
            **decided,
        )

    def _while(self) -> dt.timedelta:
        return dt.timedelta(hours=self.random.randrange(1, 24 * 60))

    def _case(
        self, neighbourhood: Neighbourhood, by: User, n: int, household: Household, signal: RadarEntry
    ) -> Case:
        opened = self._moment()
        is_block = n % 9 == 0
        closed = (
            {
                "state": "closed",
                "closed_at": max(self._moment(), opened),
                "closed_by": by,
                "outcome": self._choice(enums.CaseOutcome),
            }
            if n % 3 == 0
            else {"state": "active"}
        )
        return Case(
            number=f"{neighbourhood.code}-2025-{n:04d}",
            neighbourhood=neighbourhood,
            kind="building" if is_block else "household",
            title="Proef",
            household=None if is_block else household,
            radar_entry=signal if n % 2 else None,
            lead=by,
            opened_at=opened,
            opened_by=by,
            **closed,
        )

    def _visit(self, case: Case, by: User) -> Visit:
        state = self.random.choices(["done", "planned", "cancelled"], [6, 1, 1])[0]
        fields: dict = {
            "planned": {"scheduled_at": self._moment()},
            "cancelled": {"cancel_reason": "ziek"},
        }.get(state, {"visited_at": self._moment(), "result": self._choice(enums.VisitResult)})
        return Visit(case=case, state=state, purpose="follow_up", created_by=by, **fields)

    def _trust(self, case: Case, by: User) -> list[TrustChange]:
        changes, stage = [], self.random.randint(1, 5)
        moments = sorted(self._moment() for _n in range(self.random.randrange(4)))
        for moment in moments:
            new = self.random.choice([other for other in range(1, 6) if other != stage])
            changes.append(
                TrustChange(
                    case=case, from_stage=stage, to_stage=new, event="x", changed_by=by, changed_at=moment
                )
            )
            stage = new
        return changes

    def _entry(self, case: Case, by: User) -> TimelineEntry:
        kind = self.random.choice(["cases.contact", "cases.note", "cases.boundary_refusal"])
        return TimelineEntry(
            case=case,
            kind=kind,
            circle=Circle.SHARED,
            occurred_at=self._moment(),
            author=by,
            author_label="x",
            discipline="x",
            title="x",
            data={"saw_family": self.random.random() < 0.5},
        )

    def _boundary(self, case: Case, by: User) -> Boundary:
        set_at = self._moment()
        lifted = (
            {
                "lifted_at": set_at + self._while(),
                "lifted_by": by,
                "agreed_on": set_at.date(),
                "agreed_by": "mevrouw",
                "agreement": "akkoord",
            }
            if self.random.random() < 0.5
            else {}
        )
        return Boundary(case=case, kind="no_landlord", reason="x", set_by=by, set_at=set_at, **lifted)

    def _help_request(self, neighbourhood: Neighbourhood, case: Case, by: User) -> HelpRequest:
        asked = self._moment()
        state = self._choice(enums.HelpRequestState)
        later = asked + self._while()
        ended: dict = {
            "answered": {"answer": "ja", "answered_by": by, "answered_at": later},
            "withdrawn": {"withdrawal_reason": "x", "withdrawn_by": by, "withdrawn_at": later},
        }.get(state, {})
        return HelpRequest(
            neighbourhood=neighbourhood,
            case=case,
            organisation=by.organisation,
            question="?",
            asked_by=by,
            asked_at=asked,
            due_on=asked.astimezone(BRUSSELS).date() + dt.timedelta(days=self.random.randrange(0, 40)),
            state=state,
            **ended,
        )

    def _review(self, neighbourhood: Neighbourhood, by: User) -> Review:
        moment = self._moment()
        return Review(
            neighbourhood=neighbourhood,
            held_on=moment.astimezone(BRUSSELS).date(),
            state="closed",
            started_at=moment,
            started_by=by,
            closed_at=moment,
            closed_by=by,
        )

    def _obstacle(self, neighbourhood: Neighbourhood, by: User) -> Obstacle:
        reported = self._moment()
        state = self._choice(enums.ObstacleState)
        resolved = (
            {"resolution": "x", "resolved_on": (reported + self._while()).date()}
            if state in ("lifted", "accepted")
            else {}
        )
        return Obstacle(
            neighbourhood=neighbourhood,
            title="x",
            kind="rule",
            who_can_lift="x",
            state=state,
            reported_by=by,
            reported_at=reported,
            **resolved,
        )

    def _blocked(self, obstacle: Obstacle, case: Case, by: User) -> ObstacleCase:
        since = self._day()
        until = since + self._while() if self.random.random() < 0.6 else None
        return ObstacleCase(obstacle=obstacle, case=case, since_on=since, until_on=until, added_by=by)

    def _intervention(self, neighbourhood: Neighbourhood, cases: list[Case], by: User) -> Intervention:
        state = self._choice(enums.InterventionState)
        planned = self._day() if self.random.random() < 0.7 else None
        started = (
            self._day() if state in ("running", "done", "stopped") and self.random.random() < 0.8 else None
        )
        ended = {}
        if state in ("done", "stopped"):
            ended = {"ended_on": max(self._day(), started or dt.date.min), "outcome": "x"}
        for_case = self.random.random() < 0.8
        return Intervention(
            neighbourhood=neighbourhood,
            case=self.random.choice(cases) if for_case else None,
            instrument=self.random.choice(self.instruments),
            target="case" if for_case else "neighbourhood",
            provider=by.organisation,
            state=state,
            planned_on=planned,
            started_on=started,
            created_by=by,
            **ended,
        )
