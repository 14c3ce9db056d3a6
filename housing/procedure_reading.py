"""Reading procedures: what can be done now, what is proposed, and how they look on a case and a building."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils import timezone

from housing.models import Certificate, DwellingProcedure, Procedure, ProcedureTerm
from housing.procedure_enums import (
    CLOSED_STATES,
    HOLDERS,
    TRANSITIONS,
    ProcedureKind,
    ProcedureState,
    Step,
    TermCode,
)

# What usually comes next, when nothing else says so. Everything is proposed, never done.
_NEXT: dict[ProcedureState, Step] = {
    ProcedureState.REQUESTED: Step.FIND_FOUNDED,
    ProcedureState.FOUNDED: Step.ASK_ADVICE,
    ProcedureState.ADVICE_ASKED: Step.INVESTIGATE,
    ProcedureState.INVESTIGATED: Step.SEND_ADVICE,
    ProcedureState.ADVICE_SENT: Step.PLAN_HEARING,
    ProcedureState.HEARING_PLANNED: Step.HEAR,
    ProcedureState.HEARD: Step.MARK_READY,
    ProcedureState.READY: Step.DECIDE,
    ProcedureState.DECIDED: Step.NOTIFY,
    ProcedureState.APPEALED: Step.MINISTER,
    ProcedureState.COMPLETE: Step.ISSUE,
}
_FIRST: dict[ProcedureKind, Step] = {
    ProcedureKind.UNFIT: Step.FIND_FOUNDED,
    ProcedureKind.WARNING: Step.AGREE,
    ProcedureKind.URGENT: Step.MARK_READY,
    ProcedureKind.CERTIFICATE: Step.COMPLETE,
}


@dataclass
class Standing:
    """Dwellings of one procedure that stand at the same point, and what can be done with them."""

    state: ProcedureState
    parts: list[DwellingProcedure] = field(default_factory=list)
    proposed: Step | None = None
    others: list[Step] = field(default_factory=list)
    terms: list[ProcedureTerm] = field(default_factory=list)

    @property
    def is_closed(self) -> bool:
        """Whether these have ended."""
        return self.state in CLOSED_STATES

    @property
    def holder_label(self) -> str:
        """Who has the ball."""
        holder = HOLDERS.get(self.state)
        return str(holder.label) if holder else ""


def with_terms() -> Prefetch:
    """Every term that has not ended, soonest first, as `open_terms`."""
    terms = ProcedureTerm.objects.filter(ended_on__isnull=True).order_by("due_on", "pk")
    return Prefetch("terms", queryset=terms, to_attr="open_terms")


def steps_from(kind: str, state: str, *, is_exempt: bool) -> list[Step]:
    """Return the steps that can be taken from a state, in the order of the procedure."""
    found = [step for step, (allowed, _to) in TRANSITIONS[ProcedureKind(kind)].items() if state in allowed]
    if state == ProcedureState.FOUNDED:
        found.remove(Step.ASK_ADVICE if is_exempt else Step.INVESTIGATE)
    return found


def proposed_step(
    part: DwellingProcedure, *, today: dt.date, is_exempt: bool, has_certificate: bool
) -> Step | None:
    """Return what comes next by what is known today, or None when one can only wait. A person presses."""
    state, kind = ProcedureState(part.state), ProcedureKind(part.kind)
    if state == ProcedureState.REQUESTED:
        return _FIRST[kind]
    if state == ProcedureState.FOUNDED and is_exempt:
        return Step.INVESTIGATE
    if state == ProcedureState.REPAIRING:
        late = any(
            term.code == TermCode.REPAIR and term.paused_on is None and term.due_on < today
            for term in part.open_terms
        )
        if part.repair_reported_on is not None:
            return Step.REPAIRED
        return Step.CONVERT if late else None
    if state == ProcedureState.NOTIFIED:
        if part.inventory_on is None:
            return Step.SEND_INVENTORY
        return Step.LIFT if has_certificate else None
    return _NEXT.get(state)


def standings(parts: Sequence[DwellingProcedure], *, is_exempt: bool) -> list[Standing]:
    """Put together the dwellings that stand at the same point: running ones first, in the order of the procedure.

    `parts` come with `open_terms`. One query, for the certificates.
    """
    today = timezone.localdate()
    certified = set(
        Certificate.objects.valid_on(today)
        .filter(dwelling__in=[part.dwelling_id for part in parts])
        .values_list("dwelling_id", flat=True)
    )
    groups: dict[tuple[str, Step | None], Standing] = {}
    for part in parts:
        proposed = proposed_step(
            part, today=today, is_exempt=is_exempt, has_certificate=part.dwelling_id in certified
        )
        group = groups.setdefault(
            (part.state, proposed), Standing(ProcedureState(part.state), proposed=proposed)
        )
        group.parts.append(part)
    for group in groups.values():
        steps = steps_from(group.parts[0].kind, group.state, is_exempt=is_exempt)
        sent = all(part.inventory_on is not None for part in group.parts)
        group.others = [
            step for step in steps if step != group.proposed and not (step == Step.SEND_INVENTORY and sent)
        ]
        seen: dict[tuple[str, dt.date, bool], ProcedureTerm] = {}
        for part in group.parts:
            for term in part.open_terms:
                seen.setdefault((term.code, term.due_on, term.paused_on is not None), term)
        group.terms = sorted(seen.values(), key=lambda term: (term.due_on, term.pk))
    order = list(ProcedureState)
    return sorted(groups.values(), key=lambda group: (group.is_closed, order.index(group.state)))


@dataclass(frozen=True)
class ProcedureLine:
    """A procedure as one line: of a building, or of a case."""

    procedure: Procedure
    parts: list[DwellingProcedure]
    next_term: ProcedureTerm | None

    @property
    def states(self) -> list[tuple[str, int]]:
        """How many dwellings stand where: [("gehoord", 3)]."""
        counted: dict[str, int] = defaultdict(int)
        for part in self.parts:
            counted[str(part.get_state_display())] += 1
        return list(counted.items())

    @property
    def is_running(self) -> bool:
        """Whether anything still runs."""
        return any(not part.is_closed for part in self.parts)

    @property
    def holders(self) -> list[str]:
        """Who has the ball, each once."""
        return list(dict.fromkeys(part.holder_label for part in self.parts if part.holder_label))


def _is_over(term: ProcedureTerm, today: dt.date) -> bool:
    """Whether it is no next date: a right that passed, or a day on which whoever lived there has left."""
    if term.code == TermCode.SILENCE:
        return True
    return term.due_on < today and (term.is_right or term.code == TermCode.LEAVE)


def lines_of(parts: Sequence[DwellingProcedure]) -> list[ProcedureLine]:
    """Put the dwellings of each procedure together, what runs first. `parts` come with `open_terms`."""
    by_procedure: dict[int, list[DwellingProcedure]] = defaultdict(list)
    for part in parts:
        by_procedure[part.procedure_id].append(part)
    lines, today = [], timezone.localdate()
    for group in by_procedure.values():
        terms = [
            term
            for part in group
            for term in part.open_terms
            if term.paused_on is None and not _is_over(term, today)
        ]
        first = min(terms, key=lambda term: (term.due_on, term.pk), default=None)
        lines.append(ProcedureLine(group[0].procedure, group, first))
    return sorted(
        lines,
        key=lambda line: (not line.is_running, -line.procedure.started_on.toordinal(), line.procedure.pk),
    )
