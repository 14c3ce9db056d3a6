"""What every step of a procedure shares: locks, boundaries of who lives there, terms, and what the cases hear of it."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.enums import Goal
from accounts.models import User
from arsenaal.lib.durations import end_of_term
from arsenaal.lib.errors import ActionError
from cases.actions.boundaries import RefusedByBoundaryError, record_refusal, refuse_if_boundary
from cases.enums import Reach
from cases.models import Case, ReferenceValue
from cases.reference import value_on
from cases.timeline import record
from housing.models import Dwelling, DwellingProcedure, Procedure, ProcedureEvent, ProcedureTerm
from housing.procedure_cases import block_cases, cases_by_dwelling
from housing.procedure_enums import TermCode
from housing.procedure_rules import TERMS

_LONGEST_AGO = dt.timedelta(days=10 * 366)


class ProcedureError(ActionError):
    """This can't be done in this procedure; the message says why."""


class NotInThisStateError(ProcedureError):
    """The dwelling isn't where this step starts: a colleague may have been first."""


class BadProcedureDayError(ProcedureError):
    """This day can't be."""


class StoppedByBoundariesError(ProcedureError):
    """Families who live there don't want whom this reaches to be reached. Told on the timeline of each of them."""

    def __init__(self, refusals: Sequence[RefusedByBoundaryError], *, homes: Sequence[Dwelling]) -> None:
        super().__init__(
            " ".join(
                f"{dwelling}: {refusal.message}" for dwelling, refusal in zip(homes, refusals, strict=True)
            )
        )
        self.refusals = list(refusals)

    def after_rollback(self) -> None:
        """Let each team see that it was tried, although nothing was done."""
        told: set[int] = set()
        for refusal in self.refusals:
            if refusal.case.pk in told:
                continue
            told.add(refusal.case.pk)
            record_refusal(
                by=refusal.by,
                case=refusal.case,
                boundary=refusal.boundary,
                reach=refusal.reach,
                now=refusal.now,
            )


def check_day(day: dt.date, *, now: dt.datetime, field: str, not_before: dt.date | None = None) -> None:
    """Refuse a day that still has to come, lies over ten years back, or before what had to come first."""
    today = timezone.localtime(now).date()
    if day > today:
        raise BadProcedureDayError(_("Deze datum moet nog komen. Kies vandaag of vroeger."), field=field)
    if day < today - _LONGEST_AGO:
        raise BadProcedureDayError(
            _("Deze datum ligt meer dan tien jaar terug. Kijk het jaartal na."), field=field
        )
    if not_before is not None and day < not_before:
        raise BadProcedureDayError(
            _("Dit kan niet voor %(day)s zijn.") % {"day": date_format(not_before, "j F Y")}, field=field
        )


def check_ahead(day: dt.date, *, after: dt.date, field: str) -> None:
    """Refuse a day that must lie after another one, or that lies more than five years further."""
    if day < after:
        raise BadProcedureDayError(
            _("Dit kan niet voor %(day)s zijn.") % {"day": date_format(after, "j F Y")}, field=field
        )
    if day > after + dt.timedelta(days=5 * 366):
        raise BadProcedureDayError(_("Deze datum ligt te ver weg. Kijk het jaartal na."), field=field)


def lock_parts(parts: Iterable[DwellingProcedure]) -> list[DwellingProcedure]:
    """Return these dwellings' procedures as they are now, locked, in a fixed order so that two people can't block."""
    ids = [part.pk for part in parts]
    return list(
        DwellingProcedure.objects.select_for_update(of=("self",))
        .filter(pk__in=ids)
        .select_related("procedure__building", "dwelling__building")
        .order_by("pk")
    )


def refuse_if_families_mind(*, by: User, dwellings: Sequence[Dwelling], reach: str, now: dt.datetime) -> None:
    """Refuse what reaches somebody whom a family that lives in one of these dwellings doesn't want to be reached.

    Asks all of them, so that each hears of it. Raises StoppedByBoundariesError.
    """
    if reach == Reach.NOBODY:
        return
    living = cases_by_dwelling([dwelling.pk for dwelling in dwellings], timezone.localtime(now).date())
    refusals, homes = [], []
    for dwelling in dwellings:
        for case in living.get(dwelling.pk, []):
            try:
                refuse_if_boundary(case=case, by=by, reach=reach, now=now)
            except RefusedByBoundaryError as refusal:
                refusals.append(refusal)
                homes.append(dwelling)
    if refusals:
        raise StoppedByBoundariesError(refusals, homes=homes)


def open_term(
    part: DwellingProcedure,
    code: TermCode,
    *,
    starts_on: dt.date,
    due_on: dt.date | None = None,
    value: ReferenceValue | None = None,
) -> ProcedureTerm:
    """Start a term; one of the same kind that ran is replaced. Counted with what holds on the day it starts."""
    rule = TERMS[code]
    part.terms.filter(code=code, ended_on__isnull=True).update(
        ended_on=starts_on, paused_on=None, pause_reason=""
    )
    if due_on is not None:
        source, is_certain = _("zo afgesproken"), True
    else:
        value = value or value_on(rule.reference, starts_on)
        rolls = not rule.is_ours and value_on("term.rolls", starts_on).is_yes
        due_on = end_of_term(starts_on, value.count, value.spec.kind, rolls=rolls)
        source, is_certain = f"{value.shown}, {value.source}", value.is_certain
    return ProcedureTerm.objects.create(
        part=part,
        code=code,
        holder=rule.holder,
        starts_on=starts_on,
        due_on=due_on,
        source=source,
        is_certain=is_certain,
    )


def end_terms(part: DwellingProcedure, codes: Iterable[TermCode], *, on: dt.date) -> None:
    """End these terms of a dwelling: met, or no longer needed."""
    part.terms.filter(code__in=list(codes), ended_on__isnull=True).update(
        ended_on=on, paused_on=None, pause_reason=""
    )


def end_all_terms(part: DwellingProcedure, *, on: dt.date) -> None:
    """End whatever still runs: the procedure ended."""
    end_terms(part, TermCode, on=on)


def note_event(
    parts: Sequence[DwellingProcedure], *, by: User, step: str, title: str, on: dt.date, reference: str = ""
) -> None:
    """Write in the procedure itself what was done."""
    ProcedureEvent.objects.bulk_create(
        ProcedureEvent(part=part, step=step, title=title, happened_on=on, reference=reference.strip(), by=by)
        for part in parts
    )


def _say_dwellings(dwellings: Sequence[Dwelling]) -> str:
    if len(dwellings) > 3:
        return _("%(n)d woningen") % {"n": len(dwellings)}
    return ", ".join(str(dwelling) for dwelling in dwellings)


def tell_cases(
    procedure: Procedure,
    dwellings: Sequence[Dwelling],
    *,
    by: User,
    title: str,
    body: str,
    note: str = "",
    tone: str = "",
    now: dt.datetime,
) -> list[Case]:
    """Tell the case of each family that lives there, and the block: what happened, for the whole team.

    `note` are words of the inspector, a letter for instance: those go to the circle of enforcement only.
    """
    day = timezone.localtime(now).date()
    living = cases_by_dwelling([dwelling.pk for dwelling in dwellings], day)
    homes: dict[int, tuple[Case, list[Dwelling]]] = {}
    for dwelling in dwellings:
        for case in living.get(dwelling.pk, []):
            homes.setdefault(case.pk, (case, []))[1].append(dwelling)
    for case in block_cases(procedure.building):
        homes[case.pk] = (case, list(dwellings))
    icon = "exclamation-triangle-fill" if tone else "signpost-2"
    chip = {"text": str(procedure.get_kind_display()), "tone": tone, "icon": icon}
    for _pk, (case, about) in sorted(homes.items()):
        record(
            "housing.procedure",
            case=case,
            by=by,
            title=title,
            body=f"{_say_dwellings(about)}. {body}".strip(),
            data={"chips": [chip], "procedure": procedure.pk},
            goal=Goal.HOUSING,
            occurred_at=now,
        )
        if note.strip():
            record(
                "housing.procedure_note",
                case=case,
                by=by,
                title=title,
                body=note.strip(),
                data={"procedure": procedure.pk},
                goal=Goal.HOUSING,
                occurred_at=now,
            )
    return [case for case, _about in homes.values()]
