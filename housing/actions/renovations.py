"""A renovation: asked, begun, done or stopped. Amounts and words stay on its page; the timeline says what happened."""

import datetime as dt
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from arsenaal.lib.errors import ActionError
from cases.actions.checks import check_due, check_past, day_of
from cases.actions.locking import lock_open_case
from cases.models import Case
from cases.timeline import record
from housing.actions.correctable_lines import changed_meanwhile
from housing.models import Dwelling, FundAnswer, Renovation
from housing.renovation_enums import RENOVATION_TRANSITIONS, Answer, FundCondition, RenovationState

_TONES = {RenovationState.RUNNING: "ok", RenovationState.ASKED: "warn", RenovationState.DONE: "ok"}


class RenovationError(ActionError):
    """This can't be done with the renovation; the message says why."""


def tell(renovation: Renovation, *, by: User, title: str, now: dt.datetime, body: str = "") -> None:
    """Write on the timeline of the case what happened, for the whole team: no amounts and no stories."""
    state = RenovationState(renovation.state)
    record(
        "housing.renovation",
        case=renovation.case,
        by=by,
        title=title,
        body=body,
        data={"chips": [{"text": str(state.label), "tone": _TONES.get(state, ""), "icon": "hammer"}]},
        goal="housing",
        occurred_at=now,
    )


def lock_renovation(renovation: Renovation) -> Renovation:
    """Return it as it is now, locked, in a case that is open. Raises CaseIsClosed."""
    lock_open_case(renovation.case)
    return (
        Renovation.objects.select_for_update(of=("self",))
        .select_related("case", "dwelling__building", "coach")
        .get(pk=renovation.pk)
    )


def _check_coach(coach: User, case: Case) -> None:
    may = User.objects.with_permission(Permission.RENOVATION_WORK, case.neighbourhood_id)
    if not may.filter(pk=coach.pk).exists():
        raise RenovationError(_("Deze collega begeleidt in deze wijk geen renovaties."), field="coach")


def _check_next(next_on: dt.date | None, *, old: dt.date | None, now: dt.datetime) -> None:
    if next_on != old:
        check_due(next_on, today=day_of(now), field="next_on")


@transaction.atomic
def open_renovation(
    *,
    by: User,
    case: Case,
    dwelling: Dwelling,
    coach: User,
    done_for: str,
    goal: str,
    started_on: dt.date,
    is_running: bool = False,
    next_on: dt.date | None = None,
    next_step: str = "",
    now: dt.datetime | None = None,
) -> Renovation:
    """Start following the renovation of a dwelling for a case: asked, or running at once.

    Raises RenovationError when the case has one of this dwelling already or for a bad coach, BadDateError,
    CaseIsClosed.
    """
    now = now or timezone.now()
    case = lock_open_case(case)
    _check_coach(coach, case)
    check_past(started_on, today=day_of(now), field="started_on")
    _check_next(next_on, old=None, now=now)
    if dwelling.building.neighbourhood_id != case.neighbourhood_id:
        raise RenovationError(_("Deze woning ligt in een andere wijk."), field="dwelling")
    if not goal.strip():
        raise RenovationError(_("Schrijf op wat de eigenaar wil bereiken."), field="goal")
    try:
        with transaction.atomic():
            renovation = Renovation.objects.create(
                case=case,
                dwelling=dwelling,
                coach=coach,
                done_for=done_for,
                goal=goal.strip(),
                state=RenovationState.RUNNING if is_running else RenovationState.ASKED,
                started_on=started_on,
                next_on=next_on,
                next_step=next_step.strip(),
                made_by=by,
            )
    except IntegrityError as error:
        raise RenovationError(
            _("Dit dossier heeft al een renovatie van deze woning. Ga daarmee verder."), field="dwelling"
        ) from error
    title = _("Renovatie begonnen") if is_running else _("Renovatiebegeleiding gevraagd")
    tell(renovation, by=by, title=title, body=str(dwelling), now=now)
    return renovation


@transaction.atomic
def edit_renovation(
    *,
    by: User,
    renovation: Renovation,
    version: int,
    coach: User,
    done_for: str,
    goal: str,
    started_on: dt.date | None = None,
    next_on: dt.date | None = None,
    next_step: str = "",
    now: dt.datetime | None = None,
) -> Renovation:
    """Say who leads it, what for, and when we look again; `started_on` corrects since when.

    Raises ChangedMeanwhileError when somebody saved since `version`, RenovationError, BadDateError, CaseIsClosed.
    """
    now = now or timezone.now()
    renovation = lock_renovation(renovation)
    if renovation.version != version:
        raise changed_meanwhile(
            {
                _("renovatiecoach"): str(renovation.coach),
                _("doel"): renovation.goal,
                _("volgende datum"): date_format(renovation.next_on, "j F Y") if renovation.next_on else "",
                _("wat dan"): renovation.next_step,
            }
        )
    if coach.pk != renovation.coach_id:
        _check_coach(coach, renovation.case)
    _check_next(next_on, old=renovation.next_on, now=now)
    if started_on is not None:
        check_past(started_on, today=day_of(now), field="started_on")
        if renovation.ended_on is not None and started_on > renovation.ended_on:
            raise RenovationError(_("De einddatum ligt voor de begindatum."), field="started_on")
        renovation.started_on = started_on
    if not goal.strip():
        raise RenovationError(_("Schrijf op wat de eigenaar wil bereiken."), field="goal")
    renovation.coach, renovation.done_for, renovation.goal = coach, done_for, goal.strip()
    renovation.next_on, renovation.next_step = next_on, next_step.strip()
    _save(renovation)
    tell(renovation, by=by, title=_("Renovatie bijgewerkt"), body=_next_words(renovation), now=now)
    return renovation


def _next_words(renovation: Renovation) -> str:
    if renovation.next_on is None:
        return ""
    return _("Volgende stap op %(day)s: %(what)s") % {
        "day": date_format(renovation.next_on, "j F Y"),
        "what": renovation.next_step or _("nog te bepalen"),
    }


def _save(renovation: Renovation) -> None:
    renovation.version += 1
    renovation.save()


def _go(renovation: Renovation, to: RenovationState) -> None:
    old = RenovationState(renovation.state)
    if to not in RENOVATION_TRANSITIONS[old]:
        raise RenovationError(
            _("Deze renovatie is %(old)s en kan niet %(new)s worden.") % {"old": old.label, "new": to.label}
        )
    renovation.state = to


@transaction.atomic
def begin_renovation(*, by: User, renovation: Renovation, now: dt.datetime | None = None) -> Renovation:
    """What was asked begins, or what had ended goes on: what was written at the end is kept but for the day.

    Raises RenovationError when it runs already, CaseIsClosed.
    """
    now = now or timezone.now()
    renovation = lock_renovation(renovation)
    again = not renovation.is_going_on
    _go(renovation, RenovationState.RUNNING)
    renovation.ended_on, renovation.stop_reason = None, ""
    _save(renovation)
    tell(renovation, by=by, title=_("Renovatie gaat verder") if again else _("Renovatie begonnen"), now=now)
    return renovation


@transaction.atomic
def finish_renovation(
    *,
    by: User,
    renovation: Renovation,
    ended_on: dt.date,
    reached: str,
    label_after: str = "",
    final_cost: Decimal | None = None,
    now: dt.datetime | None = None,
) -> Renovation:
    """The works are done: what was reached, the label now, and what it cost in the end, in euro.

    Raises RenovationError, BadDateError, CaseIsClosed.
    """
    now = now or timezone.now()
    renovation = lock_renovation(renovation)
    _go(renovation, RenovationState.DONE)
    check_past(ended_on, today=day_of(now), field="ended_on", not_before=renovation.started_on)
    if not reached.strip():
        raise RenovationError(_("Schrijf op wat er bereikt is."), field="reached")
    if final_cost is not None and final_cost < 0:
        raise RenovationError(_("Een bedrag kan niet onder nul liggen."), field="final_cost")
    renovation.ended_on, renovation.reached = ended_on, reached.strip()
    renovation.label_after, renovation.final_cost = label_after, final_cost
    renovation.next_on, renovation.next_step = None, ""
    _save(renovation)
    body = _("Label na de werken: %(label)s.") % {"label": label_after} if label_after else ""
    tell(renovation, by=by, title=_("Renovatie klaar"), body=body, now=now)
    return renovation


@transaction.atomic
def stop_renovation(
    *, by: User, renovation: Renovation, ended_on: dt.date, reason: str, now: dt.datetime | None = None
) -> Renovation:
    """It doesn't go on, with the reason. Raises RenovationError, BadDateError, CaseIsClosed."""
    now = now or timezone.now()
    renovation = lock_renovation(renovation)
    _go(renovation, RenovationState.STOPPED)
    check_past(ended_on, today=day_of(now), field="ended_on", not_before=renovation.started_on)
    if not reason.strip():
        raise RenovationError(_("Schrijf op waarom de renovatie stopt."), field="reason")
    renovation.ended_on, renovation.stop_reason = ended_on, reason.strip()
    renovation.next_on, renovation.next_step = None, ""
    _save(renovation)
    tell(renovation, by=by, title=_("Renovatie gestopt"), now=now)
    return renovation


@transaction.atomic
def answer_fund(
    *,
    by: User,
    renovation: Renovation,
    version: int,
    answers: dict[str, tuple[str, str]],
    now: dt.datetime | None = None,
) -> Renovation:
    """Say of each condition of the Noodkoopfonds whether it is met: {condition: (answer, note)}. Only changes are kept.

    Raises ChangedMeanwhileError when somebody answered since `version`, CaseIsClosed.
    """
    now = now or timezone.now()
    renovation = lock_renovation(renovation)
    known = {row.condition: row for row in FundAnswer.objects.filter(renovation=renovation)}
    if renovation.fund_version != version:
        raise changed_meanwhile(
            {
                str(FundCondition(condition).label): f"{row.get_answer_display()} {row.note}".strip()
                for condition, row in known.items()
            }
        )
    changed = 0
    for condition in FundCondition.values:
        answer, note = answers.get(condition, (Answer.UNKNOWN.value, ""))
        row = known.get(condition) or FundAnswer(renovation=renovation, condition=condition)
        is_new = row.pk is None and (answer, note.strip()) != (Answer.UNKNOWN.value, "")
        if is_new or (row.pk is not None and (row.answer, row.note) != (answer, note.strip())):
            row.answer, row.note, row.set_by, row.set_at = answer, note.strip(), by, now
            row.save()
            changed += 1
    if changed:
        renovation.fund_version += 1
        renovation.save(update_fields=["fund_version"])
        tell(renovation, by=by, title=_("Voorwaarden van het Noodkoopfonds nagekeken"), now=now)
    return renovation
