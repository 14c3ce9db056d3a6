"""Stays in a crisis dwelling: planned, begun, made longer, ended. The database refuses two at once."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.amounts import euro
from arsenaal.lib.errors import ActionError
from cases.actions.checks import check_past, day_of
from cases.actions.locking import lock_case, lock_open_case
from cases.models import Case
from housing.actions.aftercare import plan_aftercare
from housing.actions.crisis_dwellings import check_period, save_period
from housing.actions.obligations import follow_return
from housing.actions.occupancies import end_occupancy, move_in
from housing.actions.waiting import close_as_placed, tell_case
from housing.agreement_enums import (
    LIVE_STATES,
    STAY_TRANSITIONS,
    PeriodKind,
    RequestState,
    StayOutcome,
    StayState,
    WaitState,
)
from housing.enums import Tenure
from housing.models import (
    Agreement,
    CrisisDwelling,
    Occupancy,
    Stay,
    StayExtension,
    UnitPeriod,
    WaitingEntry,
)
from people.models import Household

_TONES = {StayState.RUNNING: "ok", StayState.PLANNED: "warn"}


class StayError(ActionError):
    """This can't be done with the stay now; the message says why."""


def _say(day: dt.date) -> str:
    return date_format(day, "j F Y")


def _tell(stay: Stay, *, by: User, title: str, now: dt.datetime, body: str = "") -> None:
    state = StayState(stay.state)
    chips = [
        {"text": str(stay.period.crisis_dwelling), "tone": "", "icon": "house-door"},
        {"text": str(state.label), "tone": _TONES.get(state, ""), "icon": ""},
    ]
    tell_case(stay.case, by=by, title=title, body=body, chips=chips, now=now)


def _lock(stay: Stay, *, needs_open_case: bool = True) -> Stay:
    (lock_open_case if needs_open_case else lock_case)(stay.case)
    return (
        Stay.objects.select_for_update(of=("self",))
        .select_related(
            "case__household",
            "period__crisis_dwelling__dwelling__building",
            "occupancy",
            "came_from__dwelling__building",
        )
        .get(pk=stay.pk)
    )


def _household(stay: Stay) -> Household:
    """Return whose stay it is. Raises StayError for a case without a household, which never gets one."""
    if stay.case.household is None:
        raise StayError(_("Dit dossier is niet van een gezin."))
    return stay.case.household


def _go(stay: Stay, to: StayState) -> None:
    old = StayState(stay.state)
    if to not in STAY_TRANSITIONS[old]:
        raise StayError(
            _("Dit verblijf is %(old)s en kan niet %(new)s worden.") % {"old": old.label, "new": to.label}
        )
    stay.state = to


@transaction.atomic
def plan_stay(
    *,
    by: User,
    case: Case,
    unit: CrisisDwelling,
    from_on: dt.date,
    until_on: dt.date,
    fee: Decimal | None = None,
    now: dt.datetime | None = None,
) -> Stay:
    """Give a household a crisis dwelling from a day up to, not including, another; `fee` in euro per month.

    Who waited is taken off the list. Raises TakenError when somebody was first or the household stays elsewhere then,
    StayError, CrisisDwellingError for days that can't be, CaseIsClosed.
    """
    now = now or timezone.now()
    case = lock_open_case(case)
    if case.household is None:
        raise StayError(_("Dit dossier is niet van een gezin."))
    if not unit.is_active:
        raise StayError(_("Deze crisiswoning is niet meer in gebruik."), field="unit")
    if unit.dwelling.building.neighbourhood_id != case.neighbourhood_id:
        raise StayError(_("Deze crisiswoning ligt in een andere wijk."), field="unit")
    check_period(from_on, until_on)
    fee = unit.fee_on(from_on) if fee is None else fee
    if fee is None:
        raise StayError(_("Vul de verblijfsvergoeding in: voor die dag staat er nog geen."), field="fee")
    waiting = (
        WaitingEntry.objects.select_for_update(of=("self",))
        .filter(case=case, state=WaitState.WAITING)
        .first()
    )
    period = save_period(
        UnitPeriod(
            crisis_dwelling=unit,
            kind=PeriodKind.STAY,
            household=case.household,
            from_on=from_on,
            until_on=until_on,
            created_by=by,
        )
    )
    stay = Stay.objects.create(
        case=case, period=period, fee=fee, first_return_on=until_on, waiting=waiting, made_by=by
    )
    if waiting is not None:
        close_as_placed(waiting, now=now)
    _tell(
        stay,
        by=by,
        title=_("Verblijf gepland van %(from)s tot %(until)s")
        % {"from": _say(from_on), "until": _say(until_on)},
        body=_("Verblijfsvergoeding: %(fee)s per maand.") % {"fee": euro(fee)},
        now=now,
    )
    return stay


@transaction.atomic
def start_stay(*, by: User, stay: Stay, arrived_on: dt.date, now: dt.datetime | None = None) -> Stay:
    """The household arrived: from that day it lives there, and no longer where it lived.

    Raises StayError, BadDateError for a day in the future, TakenError when that day isn't free, CannotMoveIn.
    """
    now = now or timezone.now()
    stay = _lock(stay)
    _go(stay, StayState.RUNNING)
    check_past(arrived_on, today=day_of(now), field="arrived_on")
    if arrived_on >= stay.period.until_on:
        raise StayError(
            _("Het verblijf is gepland tot %(day)s. Kies een vroegere dag.")
            % {"day": _say(stay.period.until_on)},
            field="arrived_on",
        )
    stay.period.from_on = arrived_on
    save_period(stay.period, field="arrived_on")
    stay.came_from = (
        Occupancy.objects.on(arrived_on)
        .filter(household=stay.case.household_id)
        .order_by("-from_on", "-pk")
        .first()
    )
    stay.occupancy = move_in(
        by=by,
        household=_household(stay),
        dwelling=stay.period.crisis_dwelling.dwelling,
        from_on=arrived_on,
        tenure=Tenure.STAY,
        rent=stay.fee,
        moved=True,
        now=now,
    )
    stay.save()
    _tell(stay, by=by, title=_("Verblijf begonnen op %(day)s") % {"day": _say(arrived_on)}, now=now)
    return stay


@transaction.atomic
def cancel_stay(*, by: User, stay: Stay, reason: str, now: dt.datetime | None = None) -> Stay:
    """Call off a stay that didn't begin; the dwelling is free again. Raises StayError."""
    now = now or timezone.now()
    stay = _lock(stay)
    _go(stay, StayState.CANCELLED)
    if not reason.strip():
        raise StayError(_("Schrijf op waarom."), field="reason")
    stay.end_note = reason.strip()
    stay.period.is_cancelled = True
    stay.period.save(update_fields=["is_cancelled"])
    stay.save()
    _tell(stay, by=by, title=_("Verblijf gaat niet door"), body=stay.end_note, now=now)
    return stay


@transaction.atomic
def end_stay(
    *,
    by: User,
    stay: Stay,
    ended_on: dt.date,
    outcome: str,
    note: str = "",
    now: dt.datetime | None = None,
) -> Stay:
    """The household left on that day, and where to. Who returns lives there again on the same terms as before.

    Aftercare is planned at 3, 6 and 12 months, and the agreement's days follow the real return. Raises StayError,
    BadDateError, and CannotMoveIn when the household was registered elsewhere meanwhile.
    """
    now = now or timezone.now()
    stay = _lock(stay)
    _go(stay, StayState.ENDED)
    check_past(ended_on, today=day_of(now), field="ended_on")
    if ended_on <= stay.period.from_on:
        raise StayError(
            _("Het verblijf begon op %(day)s. Kies een latere dag.") % {"day": _say(stay.period.from_on)},
            field="ended_on",
        )
    if outcome == StayOutcome.RETURNED and stay.came_from is None:
        raise StayError(
            _("We weten niet waar het gezin woonde. Kies “ergens anders” en leg de woning vast."),
            field="outcome",
        )
    _leave(stay, by=by, ended_on=ended_on, outcome=outcome, now=now)
    stay.period.until_on = ended_on
    save_period(stay.period, field="ended_on")
    stay.extensions.filter(state=RequestState.ASKED).update(
        state=RequestState.REFUSED,
        decided_by=by,
        decided_at=now,
        decision_note=_("Het gezin vertrok al."),
    )
    stay.ended_on, stay.outcome, stay.end_note = ended_on, outcome, note.strip()
    stay.save()
    plan_aftercare(stay=stay, now=now)
    _tell(
        stay,
        by=by,
        title=_("Verblijf afgelopen: %(outcome)s") % {"outcome": StayOutcome(outcome).label},
        body=stay.end_note,
        now=now,
    )
    if outcome == StayOutcome.RETURNED:
        _move_agreements(stay, by=by, return_on=ended_on, now=now)
    return stay


def _leave(stay: Stay, *, by: User, ended_on: dt.date, outcome: str, now: dt.datetime) -> None:
    """End living there the day before, and let it go on where they lived when they return."""
    if stay.occupancy is not None and stay.occupancy.until_on is None:
        end_occupancy(by=by, occupancy=stay.occupancy, until_on=ended_on - dt.timedelta(days=1), now=now)
    before = stay.came_from
    if outcome == StayOutcome.RETURNED and before is not None:
        move_in(
            by=by,
            household=_household(stay),
            dwelling=before.dwelling,
            from_on=ended_on,
            tenure=before.tenure,
            rent=before.rent,
            charges=before.charges,
            now=now,
        )


def _move_agreements(stay: Stay, *, by: User, return_on: dt.date, now: dt.datetime) -> None:
    for agreement in Agreement.objects.filter(case=stay.case, state__in=LIVE_STATES).order_by("pk"):
        follow_return(by=by, agreement=agreement, return_on=return_on, now=now)


@transaction.atomic
def ask_longer(
    *, by: User, stay: Stay, until_on: dt.date, reason: str, now: dt.datetime | None = None
) -> StayExtension:
    """Ask for a longer stay, with the reason. Raises StayError, CrisisDwellingError for a day that can't be."""
    now = now or timezone.now()
    stay = _lock(stay)
    if stay.state not in (StayState.PLANNED, StayState.RUNNING):
        raise StayError(_("Dit verblijf is voorbij."))
    if until_on <= stay.period.until_on:
        raise StayError(
            _("Het verblijf loopt al tot %(day)s. Kies een latere dag.")
            % {"day": _say(stay.period.until_on)},
            field="until_on",
        )
    check_period(stay.period.from_on, until_on)
    if not reason.strip():
        raise StayError(_("Schrijf op waarom het langer moet."), field="reason")
    if stay.extensions.filter(state=RequestState.ASKED).exists():
        raise StayError(_("Er is al een verlenging gevraagd. Beslis daar eerst over."))
    extension = StayExtension.objects.create(
        stay=stay,
        old_until_on=stay.period.until_on,
        until_on=until_on,
        reason=reason.strip(),
        asked_by=by,
        asked_at=now,
    )
    _tell(
        stay,
        by=by,
        title=_("Verlenging gevraagd tot %(day)s") % {"day": _say(until_on)},
        body=extension.reason,
        now=now,
    )
    return extension


@transaction.atomic
def decide_longer(
    *,
    by: User,
    extension: StayExtension,
    is_granted: bool,
    note: str = "",
    moves_agreement: bool = False,
    now: dt.datetime | None = None,
) -> StayExtension:
    """Grant or refuse a longer stay; refusing needs a reason. With `moves_agreement` the agreement's days follow.

    Raises TakenError when the dwelling is promised to somebody else by then, StayError when somebody was first.
    """
    now = now or timezone.now()
    stay = _lock(extension.stay)
    extension = StayExtension.objects.select_for_update().get(pk=extension.pk)
    if extension.state != RequestState.ASKED:
        raise StayError(_("Over deze verlenging is al beslist."))
    if not is_granted and not note.strip():
        raise StayError(_("Schrijf op waarom niet."), field="note")
    extension.state = RequestState.GRANTED if is_granted else RequestState.REFUSED
    extension.decided_by, extension.decided_at = by, now
    extension.decision_note = note.strip()
    extension.save()
    if is_granted:
        stay.period.until_on = extension.until_on
        save_period(stay.period, field="decision")
        if moves_agreement:
            _move_agreements(stay, by=by, return_on=extension.until_on, now=now)
    title = (
        _("Verlenging toegekend tot %(day)s") if is_granted else _("Verlenging tot %(day)s geweigerd")
    ) % {"day": _say(extension.until_on)}
    _tell(stay, by=by, title=title, body=extension.decision_note, now=now)
    return extension
