"""What one writes with a tenant track: rights, support, goals, evaluations, arrears, files for the fund.

Corrected, or struck out and put back. How a right, a support or a file goes on is in tenancy_steps.py.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from cases.actions.checks import BadDateError, check_not_far, check_past, day_of
from housing.actions.correctable_lines import (
    changed_meanwhile,
    check_strike,
    kind_among,
    mark_struck,
    refuse_struck,
    save_line,
    set_values,
    unmark_struck,
    values_shown,
)
from housing.actions.tenancy import TenancyError, lock_track, tell_care, tell_team
from housing.models import (
    ArrearsReading,
    EvictionFundFile,
    Inspection,
    RightClaim,
    SupportEvaluation,
    SupportGoal,
    TenancySupport,
    TenantTrack,
)
from housing.models.tenancy import MOST_CONTACTS
from housing.tenancy_enums import FUND_OPEN, INSPECTED_RIGHTS, GoalState, GuidanceState, RightKind
from housing.tenancy_rules import TenancyRules
from people.models import HouseholdMember

LINES: dict[str, type[models.Model]] = {
    "right": RightClaim,
    "support": TenancySupport,
    "goal": SupportGoal,
    "evaluation": SupportEvaluation,
    "arrears": ArrearsReading,
    "fund": EvictionFundFile,
}
IN_SUPPORT = frozenset({"goal", "evaluation"})  # these hang on a support, the others on the track itself
# What one may write of each.
FIELDS = {
    "right": ("kind", "other", "person", "note", "inspection"),
    "support": ("from_on", "planned_until", "contacts", "pace"),
    "goal": ("what", "state", "judged_on"),
    "evaluation": ("planned_on", "done_on", "words"),
    "arrears": ("read_on", "kind", "creditor", "amount", "plan_amount", "note"),
    "fund": ("rent", "arrears"),
}
_STRUCK = {
    "right": gettext_lazy("Recht geschrapt"),
    "support": gettext_lazy("Begeleiding geschrapt"),
    "goal": gettext_lazy("Doel geschrapt"),
    "evaluation": gettext_lazy("Evaluatie geschrapt"),
    "arrears": gettext_lazy("Stand van de achterstand geschrapt"),
    "fund": gettext_lazy("Dossier bij het fonds geschrapt"),
}


def kind_of(line: Any) -> str:
    """Return the kind of a line."""
    return kind_among(LINES, line)


def track_of(line: Any) -> TenantTrack:
    """Return the track that a line belongs to."""
    found: TenantTrack = line.support.track if hasattr(line, "support_id") else line.track
    return found


def lines_of(track: TenantTrack, kind: str) -> Any:
    """Return the lines of one kind of a track with its case, struck ones too."""
    path = "support__track" if kind in IN_SUPPORT else "track"
    lines = LINES[kind].objects.filter(**{path: track})  # type: ignore[attr-defined]
    return lines.select_related(f"{path}__case")


def check_ahead(day: dt.date | None, *, today: dt.date, field: str, after: dt.date | None = None) -> None:
    """Refuse a day before `after` or absurdly far ahead; a past one is fine. Raises BadDateError beside `field`."""
    if day is None:
        return
    check_not_far(day, today=today, field=field)
    if after is not None and day < after:
        raise BadDateError(
            _("Dit kan niet voor %(day)s zijn.") % {"day": date_format(after, "j F Y")}, field=field
        )
    check_past(min(day, today), today=today, field=field)


def _check_right(claim: RightClaim, today: dt.date) -> None:
    if (claim.kind == RightKind.OTHER) != bool(claim.other):
        raise TenancyError(
            _("Schrijf op welk recht het is.") if not claim.other else _("Een naam hoort bij “iets anders”."),
            field="other",
        )
    case = claim.track.case
    if claim.person_id is not None:
        members = HouseholdMember.objects.filter(household=case.household_id, person=claim.person_id)
        if not members.exists():
            raise TenancyError(_("Deze persoon hoort niet bij het gezin van dit dossier."), field="person")
    if claim.inspection_id is not None:
        if claim.kind not in INSPECTED_RIGHTS:
            raise TenancyError(_("Bij dit recht hoort geen onderzoek van de woning."), field="inspection")
        lived = Inspection.objects.filter(
            pk=claim.inspection_id, dwelling__occupancies__household=case.household_id
        )
        if not lived.exists():
            raise TenancyError(
                _("Dit onderzoek ging niet over een woning van dit gezin."), field="inspection"
            )


def _check_support(support: TenancySupport, today: dt.date) -> None:
    check_past(support.from_on, today=today, field="from_on", not_before=support.track.started_on)
    check_ahead(support.planned_until, today=today, field="planned_until", after=support.from_on)
    if support.ended_on is not None and support.ended_on < support.from_on:
        raise TenancyError(_("De begeleiding was toen al afgerond."), field="from_on")
    if not 1 <= support.contacts <= MOST_CONTACTS:
        raise TenancyError(_("Kijk het aantal contacten na."), field="contacts")
    if support.state == GuidanceState.RUNNING:
        others = TenancySupport.objects.filter(
            track=support.track_id, state=GuidanceState.RUNNING, is_struck=False
        )
        if others.exclude(pk=support.pk).exists():
            raise TenancyError(_("Er loopt al een begeleiding. Rond die eerst af."))


def _check_goal(goal: SupportGoal, today: dt.date) -> None:
    if not goal.what:
        raise TenancyError(_("Schrijf op wat jullie willen bereiken."), field="what")
    if goal.state == GoalState.OPEN and goal.judged_on is not None:
        raise TenancyError(_("Een dag hoort bij een doel dat bekeken is."), field="judged_on")
    if goal.state != GoalState.OPEN and goal.judged_on is None:
        raise TenancyError(_("Vul in wanneer je dat bekeek."), field="judged_on")
    check_past(goal.judged_on, today=today, field="judged_on", not_before=goal.support.from_on)


def _check_evaluation(evaluation: SupportEvaluation, today: dt.date) -> None:
    start = evaluation.support.from_on
    check_ahead(evaluation.planned_on, today=today, field="planned_on", after=start)
    check_past(evaluation.done_on, today=today, field="done_on", not_before=start)
    if (evaluation.done_on is None) != (not evaluation.words):
        field = "done_on" if evaluation.words else "words"
        raise TenancyError(_("Schrijf op wat er besproken is, en wanneer."), field=field)


def _check_arrears(reading: ArrearsReading, today: dt.date) -> None:
    check_past(reading.read_on, today=today, field="read_on")
    if reading.amount < 0:
        raise TenancyError(_("Een bedrag kan niet onder nul liggen."), field="amount")
    if reading.plan_amount is not None and reading.plan_amount <= 0:
        raise TenancyError(_("Vul een bedrag boven nul in, of laat het leeg."), field="plan_amount")


def _check_fund(found: EvictionFundFile, today: dt.date) -> None:
    if found.rent <= 0:
        raise TenancyError(_("Vul een huur boven nul in."), field="rent")
    if found.arrears < 0:
        raise TenancyError(_("Een bedrag kan niet onder nul liggen."), field="arrears")
    if found.state in FUND_OPEN:
        others = EvictionFundFile.objects.filter(track=found.track_id, state__in=FUND_OPEN, is_struck=False)
        if others.exclude(pk=found.pk).exists():
            raise TenancyError(_("Er loopt al een dossier bij het fonds. Werk dat eerst af."))


CHECKS: dict[str, Callable[[Any, dt.date], None]] = {
    "right": _check_right,
    "support": _check_support,
    "goal": _check_goal,
    "evaluation": _check_evaluation,
    "arrears": _check_arrears,
    "fund": _check_fund,
}


def _fill(line: Any, kind: str, values: dict[str, Any], *, now: dt.datetime) -> None:
    set_values(line, FIELDS[kind], values)
    CHECKS[kind](line, day_of(now))


def _tell_added(line: Any, kind: str, track: TenantTrack, *, by: User, now: dt.datetime) -> None:
    """Goals and planned evaluations are too many for the timeline."""
    if kind == "right":
        name = TenancyRules.read().name(line, day_of(now))
        tell_care(
            track, by=by, title=_("Recht te bekijken: %(name)s") % {"name": name}, body=line.note, now=now
        )
    elif kind == "support":
        words = _("%(n)d %(pace)s") % {"n": line.contacts, "pace": line.get_pace_display()}
        tell_team(
            track,
            by=by,
            title=_("Intensieve huurbegeleiding begonnen"),
            body=_("Afgesproken contacten: %(words)s.") % {"words": words},
            now=now,
        )
    elif kind == "arrears":
        body = (
            ""
            if line.plan_amount is None
            else _("Afbetaling per maand: %(plan)s.") % {"plan": line.plan_label}
        )
        title = _("Achterstand (%(kind)s): %(amount)s") % {
            "kind": line.get_kind_display(),
            "amount": line.amount_label,
        }
        tell_care(track, by=by, title=title, body=body, now=now)
    elif kind == "fund":
        tell_care(track, by=by, title=_("Dossier voor het fonds tegen uithuiszettingen voorbereid"), now=now)


@transaction.atomic
def add_line(
    *, by: User, track: TenantTrack, kind: str, values: dict[str, Any], now: dt.datetime | None = None
) -> Any:
    """Add a right, a support, a goal, an evaluation, a reading of the arrears or a file for the fund.

    Goals and evaluations belong to the support that runs. Raises TenancyError or BadDateError beside the field,
    CaseIsClosed.
    """
    now = now or timezone.now()
    track = lock_track(track)
    line: Any = LINES[kind](added_by=by)
    if kind in IN_SUPPORT:
        support = TenancySupport.objects.filter(
            track=track, state=GuidanceState.RUNNING, is_struck=False
        ).first()
        if support is None:
            raise TenancyError(_("Er loopt geen begeleiding. Begin die eerst."))
        line.support = support
    else:
        line.track = track
    _fill(line, kind, values, now=now)
    line.save()
    _tell_added(line, kind, track, by=by, now=now)
    return line


def lock_line(line: Any, *, version: int | None = None) -> tuple[Any, TenantTrack]:
    """Return a line as it is now with its track, both locked. Raises ChangedMeanwhileError, CaseIsClosed."""
    track = lock_track(track_of(line))
    line = type(line).objects.select_for_update(of=("self",)).get(pk=line.pk)
    if not hasattr(line, "support_id"):
        line.track = track
    if version is not None and line.version != version:
        raise changed_meanwhile(shown_values(line))
    return line, track


def shown_values(line: Any) -> dict[str, str]:
    """Return what stands there, label -> words, for who compares. People and inspections by their page alone."""
    hidden = ("person", "inspection")
    names = [name for name in (*FIELDS[kind_of(line)], "state") if name not in hidden and hasattr(line, name)]
    return values_shown(line, names)


@transaction.atomic
def edit_line(
    *, by: User, line: Any, version: int, values: dict[str, Any], now: dt.datetime | None = None
) -> Any:
    """Correct a line, or say how far a goal is or what an evaluation brought.

    Raises ChangedMeanwhileError, and what `add_line` raises.
    """
    now = now or timezone.now()
    line, track = lock_line(line, version=version)
    kind = kind_of(line)
    refuse_struck(line, TenancyError)
    was_done = getattr(line, "done_on", None)
    _fill(line, kind, values, now=now)
    if kind == "fund" and line.signed_on is not None:
        line.pay_until = TenancyRules.read().pay_until(line.signed_on)
    save_line(line)
    if kind == "evaluation" and line.done_on is not None and was_done is None:
        tell_care(track, by=by, title=_("Begeleiding samen geëvalueerd"), now=now)
    elif kind == "arrears":
        title = _("Stand van de achterstand verbeterd: %(amount)s") % {"amount": line.amount_label}
        tell_care(track, by=by, title=title, now=now)
    return line


@transaction.atomic
def strike_line(*, by: User, line: Any, reason: str, now: dt.datetime | None = None) -> Any:
    """Strike out a mistake: it stays readable and no longer counts. Raises TenancyError, CaseIsClosed."""
    now = now or timezone.now()
    line, track = lock_line(line)
    check_strike(line, reason, TenancyError)
    mark_struck(line, reason)
    tell_care(track, by=by, title=str(_STRUCK[kind_of(line)]), now=now)
    return line


@transaction.atomic
def restore_line(*, by: User, line: Any, now: dt.datetime | None = None) -> Any:
    """Put back what was struck out; not struck, nothing happens. Raises TenancyError, CaseIsClosed."""
    now = now or timezone.now()
    line, track = lock_line(line)
    if line.is_struck:
        unmark_struck(line)
        CHECKS[kind_of(line)](line, day_of(now))
        save_line(line)
        tell_care(track, by=by, title=_("Geschrapte lijn teruggezet"), now=now)
    return line
