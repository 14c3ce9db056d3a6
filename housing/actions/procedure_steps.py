"""The steps of a procedure: one action, for one or more dwellings that stand at the same point.

Which step leads where stands in `housing.procedure_enums.TRANSITIONS`; what a step does beside that stands here.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.durations import add_months
from cases.enums import Reach
from cases.reference import value_on
from housing.actions.legal_status import record_legal_status
from housing.actions.procedure_base import (
    NotInThisStateError,
    ProcedureError,
    check_ahead,
    check_day,
    end_all_terms,
    end_terms,
    lock_parts,
    note_event,
    open_term,
    refuse_if_families_mind,
    tell_cases,
)
from housing.actions.start_procedure import start_procedure
from housing.inspection_enums import LegalStatusKind
from housing.models import Certificate, DwellingProcedure, Procedure
from housing.procedure_enums import (
    CLOSED_STATES,
    MUST_LEAVE,
    TRANSITIONS,
    HearingForm,
    LiftReason,
    MinisterAnswer,
    ProcedureKind,
    ProcedureState,
    Step,
    TermCode,
    Verdict,
)
from housing.procedure_rules import REACHES
from housing.rehousing import without_plan


class AdviceIsSkippedError(ProcedureError):
    """This municipality is exempt from asking advice, so there is nobody to ask; or it isn't, and must ask first."""


class RehousingMissingError(ProcedureError):
    """People would have to leave without anybody knowing where to."""


class NothingToLiftWithError(ProcedureError):
    """A declaration ends only with a certificate, a demolition or a new use."""


@dataclass(frozen=True)
class Details:
    """What a step needs beside its day. A step reads what belongs to it and leaves the rest."""

    reference: str = ""
    note: str = ""
    reason: str = ""
    hearing_at: dt.datetime | None = None
    hearing_form: str = HearingForm.ORAL
    verdict: str = ""
    overrule_reason: str = ""
    leave_on: dt.date | None = None
    repair_until: dt.date | None = None
    recovers_costs: bool = False
    hearing_asked: bool = False
    answer: str = ""
    most_people: int | None = None
    valid_until: dt.date | None = None
    lift_reason: str = ""


@dataclass
class _Taken:
    """A step while it is being taken."""

    by: User
    on: dt.date
    now: dt.datetime
    details: Details
    said: list[str] = field(default_factory=list)  # what the timeline says beside the title
    tone: str = ""


@transaction.atomic
def take_step(
    *,
    by: User,
    procedure: Procedure,
    parts: Sequence[DwellingProcedure],
    step: str,
    on: dt.date,
    details: Details | None = None,
    now: dt.datetime | None = None,
) -> list[DwellingProcedure]:
    """Take a step for one or more dwellings of a procedure; all of them or none.

    Raises NotInThisStateError when a dwelling doesn't stand where this step starts, StoppedByBoundariesError when a
    family doesn't want whom it reaches, BadProcedureDayError, and what the step itself asks: RehousingMissingError,
    NothingToLiftWithError, AdviceIsSkippedError, ProcedureError beside the field that is missing.
    """
    now = now or timezone.now()
    details = details or Details()
    chosen, wanted = Step(step), list(parts)
    if not wanted:
        raise ProcedureError(_("Kies minstens één woning."), field="parts")
    locked = lock_parts(part for part in wanted if part.procedure_id == procedure.pk)
    if len(locked) != len({part.pk for part in wanted}):
        raise ProcedureError(_("Kies woningen van deze procedure."), field="parts")
    rules = TRANSITIONS[ProcedureKind(procedure.kind)]
    if chosen not in rules:
        raise NotInThisStateError(_("Deze stap hoort niet bij deze procedure."))
    allowed, leads_to = rules[chosen]
    if wrong := [part for part in locked if part.state not in allowed]:
        raise NotInThisStateError(
            _("%(home)s staat op “%(state)s”: van daar kan deze stap niet. Een collega was misschien eerst.")
            % {"home": wrong[0].dwelling, "state": wrong[0].get_state_display()},
            field="parts",
        )
    check_day(on, now=now, field="on", not_before=max(_last_day(part) for part in locked))
    refuse_if_families_mind(
        by=by, dwellings=[part.dwelling for part in locked], reach=REACHES.get(chosen, Reach.NOBODY), now=now
    )
    taken = _Taken(by, on, now, details)
    if chosen in _CHECKS:
        _CHECKS[chosen](locked, taken)
    for part in locked:
        if leads_to is not None:
            part.state = leads_to
        if chosen in _WORK:
            _WORK[chosen](part, taken)
        if part.state in CLOSED_STATES:
            part.closed_on = on
            part.closed_note = part.closed_note or details.reason.strip()
            end_all_terms(part, on=on)
        part.version += 1
        part.save()
    _say(procedure, locked, chosen, taken)
    if chosen == Step.CONVERT:
        _start_what_follows(procedure, locked, taken)
    return locked


def _last_day(part: DwellingProcedure) -> dt.date:
    """A step isn't taken before the one before it."""
    last = part.events.order_by("-happened_on").values_list("happened_on", flat=True).first()
    return last or part.procedure.started_on


def _say(procedure: Procedure, parts: list[DwellingProcedure], step: Step, taken: _Taken) -> None:
    title = _title(parts[0], step)
    note_event(parts, by=taken.by, step=step, title=title, on=taken.on, reference=taken.details.reference)
    words = [_("Op %(day)s.") % {"day": date_format(taken.on, "j F Y")}, *dict.fromkeys(taken.said)]
    tell_cases(
        procedure,
        [part.dwelling for part in parts],
        by=taken.by,
        title=title,
        body=" ".join(words),
        note=taken.details.note,
        tone=taken.tone,
        now=taken.now,
    )


def _title(part: DwellingProcedure, step: Step) -> str:
    if step == Step.SEND_INVENTORY:
        return _("Naar de inventaris gestuurd")
    if step == Step.REPORT_REPAIR:
        return _("De eigenaar meldt herstel")
    if step == Step.DECIDE:
        return _("Besluit: %(verdict)s") % {"verdict": part.get_verdict_display()}
    return str(part.get_state_display()).capitalize()


def _start_what_follows(procedure: Procedure, parts: list[DwellingProcedure], taken: _Taken) -> None:
    """A warning that wasn't followed becomes a request to declare the dwelling unfit (Codex Wonen, Boek 3 deel 4)."""
    start_procedure(
        by=taken.by,
        building=procedure.building,
        dwellings=[part.dwelling for part in parts],
        kind=ProcedureKind.UNFIT,
        initiator=procedure.initiator,
        started_on=taken.on,
        reference=taken.details.reference,
        converted_from=procedure,
        now=taken.now,
    )


def _need(value: object, field_name: str, words: str) -> None:
    if value in (None, ""):
        raise ProcedureError(words, field=field_name)


# --- checks before anything changes --------------------------------------------------------------------------------
def _check_reason(parts: list[DwellingProcedure], taken: _Taken) -> None:
    _need(taken.details.reason.strip(), "reason", _("Schrijf op waarom."))


def _check_ask_advice(parts: list[DwellingProcedure], taken: _Taken) -> None:
    if value_on("procedure.advice_exempt", taken.on).is_yes:
        raise AdviceIsSkippedError(
            _("De gemeente is vrijgesteld van de adviesverplichting. Leg meteen het onderzoek vast.")
        )


def _check_investigate(parts: list[DwellingProcedure], taken: _Taken) -> None:
    """Asking advice may only be skipped where the municipality is exempt."""
    skipped = any(part.state == ProcedureState.FOUNDED for part in parts)
    if skipped and not value_on("procedure.advice_exempt", taken.on).is_yes:
        raise AdviceIsSkippedError(_("Vraag eerst advies: de gemeente is daar niet van vrijgesteld."))


def _check_hearing(parts: list[DwellingProcedure], taken: _Taken) -> None:
    at = taken.details.hearing_at
    if at is None:
        raise ProcedureError(_("Kies wanneer."), field="hearing_day")
    check_ahead(timezone.localtime(at).date(), after=taken.on, field="hearing_day")


def _check_ready(parts: list[DwellingProcedure], taken: _Taken) -> None:
    """Rehouse first: nobody is told to leave before each member of each family has somewhere to go.

    Somebody may still go on, with a reason that stands on the timeline.
    """
    verdict = taken.details.verdict
    _need(verdict, "verdict", _("Kies wat de burgemeester zou besluiten."))
    if verdict not in MUST_LEAVE:
        return
    missing = without_plan(parts, timezone.localtime(taken.now).date())
    if not missing:
        return
    if not taken.details.overrule_reason.strip():
        raise RehousingMissingError(
            _(
                "Nog niet voor iedereen is geweten waarheen: %(who)s. Vul eerst het plan van elk gezin in, of schrijf "
                "waarom het toch door moet."
            )
            % {"who": "; ".join(missing)},
            field="overrule_reason",
        )
    taken.tone = "stop"
    taken.said.append(
        _("Klaargelegd zonder plan voor iedereen. Waarom: %(why)s")
        % {"why": taken.details.overrule_reason.strip()}
    )


def _check_decide(parts: list[DwellingProcedure], taken: _Taken) -> None:
    details = taken.details
    if details.leave_on is not None:
        check_ahead(details.leave_on, after=taken.on, field="leave_on")
    if details.repair_until is not None:
        check_ahead(details.repair_until, after=taken.on, field="repair_until")


def _check_answer(parts: list[DwellingProcedure], taken: _Taken) -> None:
    _need(taken.details.answer, "answer", _("Kies wat de minister zegt."))


def _check_lift(parts: list[DwellingProcedure], taken: _Taken) -> None:
    reason = taken.details.lift_reason
    _need(reason, "lift_reason", _("Kies waarom het ophoudt."))
    if reason != LiftReason.CERTIFICATE:
        _need(
            taken.details.reference.strip(),
            "reference",
            _("Schrijf op welk stuk het bewijst: de vergunning, het proces-verbaal."),
        )
        return
    for part in parts:
        valid = Certificate.objects.valid_on(taken.on).filter(
            dwelling=part.dwelling_id, issued_on__gte=part.decided_on
        )
        if not valid.exists():
            raise NothingToLiftWithError(
                _(
                    "Voor %(home)s staat geen conformiteitsattest van na het besluit. Leg eerst het attest vast: "
                    "zonder attest, sloop of herbestemming wordt er niets opgeheven."
                )
                % {"home": part.dwelling},
                field="lift_reason",
            )


def _check_issue(parts: list[DwellingProcedure], taken: _Taken) -> None:
    details = taken.details
    if not details.most_people or not 1 <= details.most_people <= 50:
        raise ProcedureError(
            _("Schrijf voor hoeveel bewoners het geldt, tussen 1 en 50."), field="most_people"
        )
    if details.valid_until is not None:
        longest = _usual_end(taken.on)
        if details.valid_until <= taken.on:
            raise ProcedureError(_("Een attest loopt af na vandaag."), field="valid_until")
        if details.valid_until > longest:
            raise ProcedureError(
                _("Langer dan %(day)s kan niet.") % {"day": date_format(longest, "j F Y")},
                field="valid_until",
            )


_CHECKS: dict[Step, Callable[[list[DwellingProcedure], _Taken], None]] = {
    Step.REJECT: _check_reason,
    Step.DECLINE: _check_reason,
    Step.STOP: _check_reason,
    Step.REFUSE: _check_reason,
    Step.ASK_ADVICE: _check_ask_advice,
    Step.INVESTIGATE: _check_investigate,
    Step.PLAN_HEARING: _check_hearing,
    Step.MARK_READY: _check_ready,
    Step.DECIDE: _check_decide,
    Step.MINISTER: _check_answer,
    Step.LIFT: _check_lift,
    Step.ISSUE: _check_issue,
}


# --- what each step does for one dwelling --------------------------------------------------------------------------
def _find_founded(part: DwellingProcedure, taken: _Taken) -> None:
    end_terms(part, [TermCode.FOUNDED], on=taken.on)


def _ask_advice(part: DwellingProcedure, taken: _Taken) -> None:
    part.advice_asked_on = taken.on
    term = open_term(part, TermCode.ADVICE, starts_on=taken.on)
    taken.said.append(_("Antwoord verwacht tegen %(day)s.") % {"day": date_format(term.due_on, "j F Y")})


def _investigate(part: DwellingProcedure, taken: _Taken) -> None:
    end_terms(part, [TermCode.ADVICE], on=taken.on)


def _plan_hearing(part: DwellingProcedure, taken: _Taken) -> None:
    at = timezone.localtime(taken.details.hearing_at)
    part.hearing_at, part.hearing_form = at, taken.details.hearing_form
    open_term(part, TermCode.HEARING, starts_on=taken.on, due_on=at.date())
    taken.said.append(
        _("Hoorzitting op %(when)s, %(how)s.")
        % {"when": date_format(at, "j F Y, H:i"), "how": part.get_hearing_form_display()}
    )


def _hear(part: DwellingProcedure, taken: _Taken) -> None:
    end_terms(part, [TermCode.HEARING], on=taken.on)


def _mark_ready(part: DwellingProcedure, taken: _Taken) -> None:
    part.verdict = taken.details.verdict
    part.overrule_reason = taken.details.overrule_reason.strip() if taken.tone else ""
    taken.said.append(
        _("Voorstel: %(verdict)s. Er is nog niets beslist.") % {"verdict": part.get_verdict_display()}
    )


_STATUS = {
    Verdict.UNFIT: LegalStatusKind.UNFIT,
    Verdict.UNINHABITABLE: LegalStatusKind.UNINHABITABLE,
    Verdict.BOTH: LegalStatusKind.BOTH,
}


def _record_status(part: DwellingProcedure, taken: _Taken, status: str, source: str) -> None:
    """Only a decision changes the legal status of a dwelling, and ending it."""
    record_legal_status(
        by=taken.by,
        dwelling=part.dwelling,
        status=status,
        decided_on=taken.on,
        source=f"{source} {taken.details.reference}".strip(),
        now=taken.now,
    )


def _decide(part: DwellingProcedure, taken: _Taken) -> None:
    details = taken.details
    part.decided_on, part.decision_reference = taken.on, details.reference.strip()
    part.leave_on, part.repair_until = details.leave_on, details.repair_until
    part.recovers_costs = details.recovers_costs
    end_terms(part, [TermCode.DECISION, TermCode.SILENCE], on=taken.on)
    if part.kind == ProcedureKind.URGENT:
        term = open_term(part, TermCode.INVENTORY, starts_on=taken.on)
        taken.said.append(
            _("Het besluit moet voor %(day)s bij de inventaris zijn.")
            % {"day": date_format(term.due_on, "j F Y")}
        )
    if details.leave_on is not None:
        open_term(part, TermCode.LEAVE, starts_on=taken.on, due_on=details.leave_on)
        taken.said.append(
            _("De bewoning stopt op %(day)s.") % {"day": date_format(details.leave_on, "j F Y")}
        )
    if details.repair_until is not None:
        open_term(part, TermCode.REPAIR, starts_on=taken.on, due_on=details.repair_until)
    taken.tone = "stop"
    _record_status(part, taken, _STATUS[Verdict(part.verdict)], _("besluit van de burgemeester"))


def _notify(part: DwellingProcedure, taken: _Taken) -> None:
    part.notified_on = taken.on
    if part.kind == ProcedureKind.UNFIT:
        term = open_term(part, TermCode.APPEAL, starts_on=taken.on)
        taken.said.append(_("Beroep kan tot %(day)s.") % {"day": date_format(term.due_on, "j F Y")})


def _send_inventory(part: DwellingProcedure, taken: _Taken) -> None:
    if part.inventory_on is not None:
        raise ProcedureError(
            _("%(home)s is al naar de inventaris gestuurd op %(day)s.")
            % {"home": part.dwelling, "day": date_format(part.inventory_on, "j F Y")},
            field="parts",
        )
    part.inventory_on = taken.on
    end_terms(part, [TermCode.INVENTORY], on=taken.on)


def _appeal(part: DwellingProcedure, taken: _Taken) -> None:
    """An appeal suspends being put in the inventory, and what the owner still had to do."""
    part.appealed_on = taken.on
    end_terms(part, [TermCode.APPEAL], on=taken.on)
    code = "procedure.minister_hearing" if taken.details.hearing_asked else "procedure.minister"
    term = open_term(part, TermCode.MINISTER, starts_on=taken.on, value=value_on(code, taken.on))
    part.terms.counting().filter(code__in=[TermCode.REPAIR, TermCode.LEAVE]).update(
        paused_on=taken.on, pause_reason=_("beroep bij de minister")
    )
    taken.said.append(
        _("De opname in de inventaris is opgeschort. Uitspraak verwacht tegen %(day)s.")
        % {"day": date_format(term.due_on, "j F Y")}
    )


def _minister(part: DwellingProcedure, taken: _Taken) -> None:
    part.minister_answer, part.minister_on = taken.details.answer, taken.on
    end_terms(part, [TermCode.MINISTER], on=taken.on)
    taken.said.append(f"{str(part.get_minister_answer_display()).capitalize()}.")
    if taken.details.answer == MinisterAnswer.ANNULLED:
        part.state = ProcedureState.ANNULLED
        part.closed_note = str(part.get_minister_answer_display())
        _record_status(part, taken, LegalStatusKind.NONE, _("besluit van de minister"))
        return
    for term in part.terms.filter(ended_on__isnull=True, paused_on__isnull=False):
        term.run_again(taken.on)
        term.save(update_fields=["due_on", "paused_days", "paused_on", "pause_reason"])


def _lift(part: DwellingProcedure, taken: _Taken) -> None:
    part.lifted_on, part.lift_reason = taken.on, taken.details.lift_reason
    taken.said.append(f"{str(part.get_lift_reason_display()).capitalize()}.")
    _record_status(part, taken, LegalStatusKind.NONE, _("opheffing"))


def _agree(part: DwellingProcedure, taken: _Taken) -> None:
    """The three months count from the report on which the owner agreed."""
    term = open_term(part, TermCode.REPAIR, starts_on=taken.on)
    part.repair_until = term.due_on
    taken.said.append(_("Herstel tegen %(day)s.") % {"day": date_format(term.due_on, "j F Y")})


def _report_repair(part: DwellingProcedure, taken: _Taken) -> None:
    part.repair_reported_on = taken.on


def _repaired(part: DwellingProcedure, taken: _Taken) -> None:
    part.repaired_on = taken.on


def _complete(part: DwellingProcedure, taken: _Taken) -> None:
    term = open_term(part, TermCode.CERTIFICATE, starts_on=taken.on)
    taken.said.append(_("Beslissing tegen %(day)s.") % {"day": date_format(term.due_on, "j F Y")})


def _usual_end(on: dt.date) -> dt.date:
    return add_months(on, value_on("certificate.validity", on).count)


def _issue(part: DwellingProcedure, taken: _Taken) -> None:
    certificate = Certificate.objects.create(
        dwelling=part.dwelling,
        part=part,
        issued_on=taken.on,
        valid_until=taken.details.valid_until or _usual_end(taken.on),
        most_people=taken.details.most_people or 0,
        reference=taken.details.reference.strip(),
        issued_by=taken.by,
    )
    taken.said.append(
        _("Geldig tot %(day)s, voor hoogstens %(n)d bewoners.")
        % {"day": date_format(certificate.valid_until, "j F Y"), "n": certificate.most_people}
    )


_WORK: dict[Step, Callable[[DwellingProcedure, _Taken], None]] = {
    Step.FIND_FOUNDED: _find_founded,
    Step.ASK_ADVICE: _ask_advice,
    Step.INVESTIGATE: _investigate,
    Step.PLAN_HEARING: _plan_hearing,
    Step.HEAR: _hear,
    Step.MARK_READY: _mark_ready,
    Step.DECIDE: _decide,
    Step.NOTIFY: _notify,
    Step.SEND_INVENTORY: _send_inventory,
    Step.APPEAL: _appeal,
    Step.MINISTER: _minister,
    Step.LIFT: _lift,
    Step.AGREE: _agree,
    Step.REPORT_REPAIR: _report_repair,
    Step.REPAIRED: _repaired,
    Step.COMPLETE: _complete,
    Step.ISSUE: _issue,
}
