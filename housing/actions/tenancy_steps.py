"""How a right, a period of support or a file for the fund goes on: one table of states each, and what a step asks.

What reaches the landlord or makes somebody inspect the dwelling is refused when the family does not want that yet.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import Permission
from cases.actions.boundaries import refuse_if_boundary
from cases.actions.checks import check_past, day_of
from cases.actions.tasks import add_task
from cases.enums import Reach
from cases.models import Task
from housing.actions.correctable_lines import changed_meanwhile, refuse_struck, save_line
from housing.actions.tenancy import TenancyError, tell_care, tell_team
from housing.actions.tenancy_lines import (
    CHECKS,
    check_ahead,
    kind_of,
    lock_line,
)
from housing.models import EvictionFundAnswer, EvictionFundFile, RightClaim, TenancySupport, TenantTrack
from housing.renovation_enums import Answer
from housing.tenancy_enums import (
    FUND_OPEN,
    FUND_TRANSITIONS,
    INSPECTED_RIGHTS,
    REACHES_LANDLORD,
    RIGHT_TRANSITIONS,
    SUPPORT_TRANSITIONS,
    EvictionCondition,
    FundState,
    GuidanceState,
    RightState,
)
from housing.tenancy_rules import TenancyRules

Values = Mapping[str, Any]
STATES: dict[str, type[Any]] = {"right": RightState, "support": GuidanceState, "fund": FundState}
TRANSITIONS: dict[str, Mapping[Any, tuple[Any, ...]]] = {
    "right": RIGHT_TRANSITIONS,
    "support": SUPPORT_TRANSITIONS,
    "fund": FUND_TRANSITIONS,
}
# The order in which each goes; a step against it undoes the last one.
_ORDER: dict[str, dict[str, int]] = {
    kind: {state: place for place, state in enumerate(states.values)} for kind, states in STATES.items()
}
_TONES = {
    RightState.GRANTED: "ok",
    RightState.REFUSED: "stop",
    FundState.PAID: "ok",
    FundState.FOLLOWED: "ok",
    FundState.BROKEN: "stop",
}
_FUND_TITLES = {
    FundState.PREPARED: gettext_lazy("Fonds tegen uithuiszettingen: opnieuw in voorbereiding"),
    FundState.SIGNED: gettext_lazy("Fonds tegen uithuiszettingen: overeenkomst getekend"),
    FundState.ASKED: gettext_lazy("Fonds tegen uithuiszettingen: gevraagd"),
    FundState.PAID: gettext_lazy("Fonds tegen uithuiszettingen: verhuurder betaald"),
    FundState.FOLLOWED: gettext_lazy("Fonds tegen uithuiszettingen: opgevolgd tot het einde"),
    FundState.BROKEN: gettext_lazy("Fonds tegen uithuiszettingen: stopgezet"),
}


def is_undoing(line: Any, to: str) -> bool:
    """Whether a step takes back what was written: nothing is asked then, and nobody is reached.

    After a refusal one asks again or appeals: that is no way back.
    """
    kind = kind_of(line)
    if kind == "right" and line.state == RightState.REFUSED:
        return False
    order = _ORDER[kind]
    return order[STATES[kind](to)] < order[STATES[kind](line.state)]


def next_states(line: Any) -> list[Any]:
    """Return the states that a line can go to now."""
    kind = kind_of(line)
    found = list(TRANSITIONS[kind][STATES[kind](line.state)])
    return [line.resumes_at] if line.state == FundState.BROKEN and kind == "fund" else found


def _said(values: Values, name: str, message: str) -> str:
    text = str(values.get(name) or "").strip()
    if not text:
        raise TenancyError(message, field=name)
    return text


def _day(values: Values, name: str) -> dt.date:
    day = values.get(name)
    if day is None:
        raise TenancyError(_("Vul de datum in."), field=name)
    return day


def _asked(claim: RightClaim, values: Values, today: dt.date) -> None:
    day = _day(values, "asked_on")
    check_past(day, today=today, field="asked_on")
    claim.asked_on = day
    claim.asked_where = _said(values, "asked_where", _("Schrijf op waar het gevraagd is."))


def _granted(claim: RightClaim, values: Values, today: dt.date) -> None:
    day, start = _day(values, "decided_on"), _day(values, "granted_from")
    check_past(day, today=today, field="decided_on", not_before=claim.asked_on)
    check_ahead(start, today=today, field="granted_from")
    check_ahead(values.get("granted_until"), today=today, field="granted_until", after=start)
    amount = values.get("amount")
    if amount is not None and amount <= 0:
        raise TenancyError(_("Vul een bedrag boven nul in, of laat het leeg."), field="amount")
    claim.decided_on, claim.granted_from, claim.granted_until = day, start, values.get("granted_until")
    claim.amount = amount


def _refused(claim: RightClaim, values: Values, today: dt.date) -> None:
    day = _day(values, "decided_on")
    check_past(day, today=today, field="decided_on", not_before=claim.asked_on)
    check_ahead(values.get("appeal_until"), today=today, field="appeal_until", after=day)
    claim.decided_on, claim.appeal_until = day, values.get("appeal_until")
    claim.reason = _said(values, "reason", _("Schrijf op waarom het geweigerd is."))


def _dropped(claim: RightClaim, values: Values, today: dt.date) -> None:
    claim.reason = _said(values, "reason", _("Schrijf op waarom jullie het laten vallen."))


_RIGHT: dict[RightState, Callable[[RightClaim, Values, dt.date], None]] = {
    RightState.ASKED: _asked,
    RightState.GRANTED: _granted,
    RightState.REFUSED: _refused,
    RightState.DROPPED: _dropped,
}


def _step_right(
    claim: RightClaim, to: RightState, values: Values, *, by: User, now: dt.datetime, undo: bool
) -> None:
    if not undo and to == RightState.ASKED and claim.kind in INSPECTED_RIGHTS:
        refuse_if_boundary(case=claim.track.case, by=by, reach=Reach.INSPECTION, now=now)
    claim.reason, claim.decided_on, claim.appeal_until = "", None, None
    claim.amount, claim.granted_from, claim.granted_until = None, None, None
    if to == RightState.EXPLORE:
        claim.asked_on, claim.asked_where = None, ""
    elif not undo:
        _RIGHT[to](claim, values, day_of(now))


def _step_support(support: TenancySupport, to: GuidanceState, values: Values, *, now: dt.datetime) -> None:
    if to == GuidanceState.RUNNING:
        support.ended_on, support.result, support.result_note = None, "", ""
        return
    day = _day(values, "ended_on")
    check_past(day, today=day_of(now), field="ended_on", not_before=support.from_on)
    support.ended_on = day
    support.result = _said(values, "result", _("Kies hoe het eindigde."))
    support.result_note = str(values.get("result_note") or "").strip()


def _signed(found: EvictionFundFile, values: Values, today: dt.date) -> None:
    day = _day(values, "signed_on")
    check_past(day, today=today, field="signed_on")
    found.signed_on, found.pay_until = day, TenancyRules.read().pay_until(day)


def _fund_asked(found: EvictionFundFile, values: Values, today: dt.date) -> None:
    day = _day(values, "asked_on")
    check_past(day, today=today, field="asked_on", not_before=found.signed_on)
    found.asked_on = day


def _paid(found: EvictionFundFile, values: Values, today: dt.date) -> None:
    day = _day(values, "paid_on")
    check_past(day, today=today, field="paid_on", not_before=found.asked_on)
    paid = values.get("paid")
    if paid is None or paid <= 0:
        raise TenancyError(_("Vul in hoeveel er betaald is."), field="paid")
    found.paid_on, found.paid = day, paid


def _followed(found: EvictionFundFile, values: Values, today: dt.date) -> None:
    day = _day(values, "ended_on")
    check_past(day, today=today, field="ended_on", not_before=found.paid_on)
    found.ended_on = day
    found.outcome = _said(values, "outcome", _("Zeg wat er van de woonst geworden is."))


def _broken(found: EvictionFundFile, values: Values, today: dt.date) -> None:
    day = _day(values, "ended_on")
    latest = found.paid_on or found.asked_on or found.signed_on
    check_past(day, today=today, field="ended_on", not_before=latest)
    found.ended_on = day
    found.reason = _said(values, "reason", _("Schrijf op waarom het stopt."))


_FUND: dict[FundState, Callable[[EvictionFundFile, Values, dt.date], None]] = {
    FundState.SIGNED: _signed,
    FundState.ASKED: _fund_asked,
    FundState.PAID: _paid,
    FundState.FOLLOWED: _followed,
    FundState.BROKEN: _broken,
}


def _step_fund(
    found: EvictionFundFile, to: FundState, values: Values, *, by: User, now: dt.datetime, undo: bool
) -> None:
    found.ended_on, found.outcome, found.reason = None, "", ""
    if not undo:
        if to in REACHES_LANDLORD:
            refuse_if_boundary(case=found.track.case, by=by, reach=Reach.LANDLORD, now=now)
        _FUND[to](found, values, day_of(now))
        return
    order = _ORDER["fund"]
    if order[to] < order[FundState.PAID]:
        found.paid_on, found.paid = None, None
    if order[to] < order[FundState.ASKED]:
        found.asked_on = None
    if order[to] < order[FundState.SIGNED]:
        found.signed_on, found.pay_until = None, None


def _tell(
    line: Any, kind: str, to: Any, *, track: TenantTrack, by: User, now: dt.datetime, undo: bool
) -> None:
    if kind == "support":
        running = to == GuidanceState.RUNNING
        title = (
            _("Intensieve huurbegeleiding loopt verder")
            if running
            else _("Intensieve huurbegeleiding afgerond")
        )
        tell_team(track, by=by, title=title, now=now)
        if not running:
            title = _("Begeleiding: %(result)s") % {"result": line.get_result_display()}
            tell_care(track, by=by, title=title, body=line.result_note, now=now)
        return
    body, chip, tone = "", str(to.label), _TONES.get(to, "")
    if kind == "fund":
        title = str(_FUND_TITLES[to])
        body = line.reason if to == FundState.BROKEN else ""
        if to == FundState.PAID and not undo:
            body = _("Betaald: %(amount)s.") % {"amount": line.paid_label}
        elif to == FundState.FOLLOWED:
            body = str(line.get_outcome_display())
    else:
        name = TenancyRules.read().name(line, day_of(now))
        title = _("%(name)s: %(state)s") % {"name": name, "state": to.label}
        body = line.reason
        if to == RightState.GRANTED and line.amount is not None:
            body = _("%(amount)s per maand.") % {"amount": line.amount_label}
    if undo:
        title = _("%(title)s (teruggezet)") % {"title": title}
    tell_care(track, by=by, title=title, body=body, chip=chip, tone=tone, now=now)


@transaction.atomic
def take_step(
    *,
    by: User,
    line: Any,
    to: str,
    version: int,
    values: Values | None = None,
    now: dt.datetime | None = None,
) -> Any:
    """Let a right, a support or a file for the fund go to its next state, or back to correct the last step.

    Raises TenancyError for a state that it can't go to or beside the field that is wrong, BadDateError,
    RefusedByBoundaryError, ChangedMeanwhileError, CaseIsClosed.
    """
    now = now or timezone.now()
    line, track = lock_line(line, version=version)
    refuse_struck(line, TenancyError)
    kind = kind_of(line)
    target = STATES[kind](to)
    if target not in next_states(line):
        raise TenancyError(
            _("Dit is %(old)s en kan niet %(new)s worden.")
            % {"old": line.get_state_display(), "new": target.label}
        )
    undo = is_undoing(line, to)
    if kind == "right":
        _step_right(line, target, values or {}, by=by, now=now, undo=undo)
    elif kind == "support":
        _step_support(line, target, values or {}, now=now)
    else:
        _step_fund(line, target, values or {}, by=by, now=now, undo=undo)
    line.state = target
    if undo:
        CHECKS[kind](line, day_of(now))  # another one may have begun meanwhile
    save_line(line)
    _tell(line, kind, target, track=track, by=by, now=now, undo=undo)
    return line


@transaction.atomic
def ask_inspection(
    *, by: User, claim: RightClaim, inspector: User, due_on: dt.date, now: dt.datetime | None = None
) -> Task:
    """Ask a housing inspector to look at the dwelling because a rent subsidy or premium needs it: a task for him.

    Raises TenancyError for another right or who inspects nothing here, RefusedByBoundaryError, BadDateError,
    CaseIsClosed.
    """
    now = now or timezone.now()
    claim, track = lock_line(claim)
    refuse_struck(claim, TenancyError)
    if claim.kind not in INSPECTED_RIGHTS:
        raise TenancyError(_("Bij dit recht hoort geen onderzoek van de woning."))
    may = User.objects.with_permission(Permission.INSPECTION_WORK, track.case.neighbourhood_id)
    if not may.filter(pk=inspector.pk).exists():
        raise TenancyError(_("Deze collega onderzoekt in deze wijk geen woningen."), field="inspector")
    refuse_if_boundary(case=track.case, by=by, reach=Reach.INSPECTION, now=now)
    return add_task(
        by=by,
        case=track.case,
        title=_("Woning onderzoeken: het gezin vraagt huursteun"),
        assignee=inspector,
        due_on=due_on,
        now=now,
    )


@transaction.atomic
def answer_conditions(
    *,
    by: User,
    fund_file: EvictionFundFile,
    version: int,
    answers: dict[str, tuple[str, str]],
    now: dt.datetime | None = None,
) -> EvictionFundFile:
    """Say of each condition of the fund whether it is met: {condition: (answer, note)}. Only changes are kept.

    Raises TenancyError when the file is over, ChangedMeanwhileError when somebody answered since `version`,
    CaseIsClosed.
    """
    now = now or timezone.now()
    fund_file, track = lock_line(fund_file)
    refuse_struck(fund_file, TenancyError)
    if fund_file.state not in FUND_OPEN:
        raise TenancyError(_("Dit dossier is afgesloten."))
    known = {row.condition: row for row in EvictionFundAnswer.objects.filter(fund_file=fund_file)}
    if fund_file.answers_version != version:
        raise changed_meanwhile(
            {
                str(EvictionCondition(condition).label): f"{row.get_answer_display()} {row.note}".strip()
                for condition, row in known.items()
            }
        )
    changed = 0
    for condition in EvictionCondition.values:
        answer, note = answers.get(condition, (Answer.UNKNOWN.value, ""))
        row = known.get(condition) or EvictionFundAnswer(fund_file=fund_file, condition=condition)
        is_new = row.pk is None and (answer, note.strip()) != (Answer.UNKNOWN.value, "")
        if is_new or (row.pk is not None and (row.answer, row.note) != (answer, note.strip())):
            row.answer, row.note, row.set_by, row.set_at = answer, note.strip(), by, now
            row.save()
            changed += 1
    if changed:
        fund_file.answers_version += 1
        fund_file.save(update_fields=["answers_version"])
        tell_care(
            track, by=by, title=_("Voorwaarden van het fonds tegen uithuiszettingen nagekeken"), now=now
        )
    return fund_file
