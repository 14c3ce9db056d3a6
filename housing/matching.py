"""Which crisis dwelling fits a household that waits, and why; and in which order they wait, and why."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from housing.agreement_days import add_months
from housing.agreement_enums import PeriodKind, WaitPriority
from housing.models import CrisisDwelling, UnitPeriod, WaitingEntry
from housing.stay_rules import default_stay_months


@dataclass(frozen=True)
class Suggestion:
    """A dwelling with what speaks for it and what against it."""

    unit: CrisisDwelling
    from_on: dt.date
    until_on: dt.date
    fits: Sequence[str] = field(default_factory=list)
    misfits: Sequence[str] = field(default_factory=list)

    @property
    def is_fit(self) -> bool:
        """Tell whether nothing speaks against it."""
        return not self.misfits


def _say(day: dt.date) -> str:
    return date_format(day, "j F Y")


def wanted_period(entry: WaitingEntry) -> tuple[dt.date, dt.date]:
    """Return from when until when the household needs a place: from today when its day has passed."""
    start = max(entry.needed_on, timezone.localdate())
    return start, add_months(start, default_stay_months(start))


def suggest(entry: WaitingEntry) -> list[Suggestion]:
    """Weigh every crisis dwelling in use in the neighbourhood, in two queries; what fits best comes first."""
    start, until = wanted_period(entry)
    units = list(
        CrisisDwelling.objects.in_use()
        .filter(dwelling__building__neighbourhood_id=entry.case.neighbourhood_id)
        .select_related("dwelling__building", "operator")
        .order_by("capacity", "pk")
    )
    taken: dict[int, list[UnitPeriod]] = defaultdict(list)
    for period in (
        UnitPeriod.objects.between(start, until).filter(crisis_dwelling__in=units).order_by("from_on")
    ):
        taken[period.crisis_dwelling_id].append(period)
    found = [_weigh(entry, unit, taken[unit.pk], start, until) for unit in units]
    return sorted(found, key=lambda one: (len(one.misfits), one.unit.capacity, one.unit.pk))


def _weigh(
    entry: WaitingEntry,
    unit: CrisisDwelling,
    taken: Sequence[UnitPeriod],
    start: dt.date,
    until: dt.date,
) -> Suggestion:
    fits, misfits = [], []
    room = ngettext("plaats voor %(n)d mens", "plaats voor %(n)d mensen", unit.capacity) % {
        "n": unit.capacity
    }
    if unit.capacity >= entry.people:
        fits.append(room)
    else:
        misfits.append(
            _("te klein: %(room)s, en ze zijn met %(people)d") % {"room": room, "people": entry.people}
        )
    if entry.needs_access:
        (fits if unit.is_accessible else misfits).append(
            _("toegankelijk zonder trappen") if unit.is_accessible else _("niet bereikbaar zonder trappen")
        )
    if entry.has_pets:
        (fits if unit.allows_pets else misfits).append(
            _("huisdieren mogen mee") if unit.allows_pets else _("huisdieren mogen niet mee")
        )
    if not taken:
        fits.append(_("vrij van %(from)s tot %(until)s") % {"from": _say(start), "until": _say(until)})
    for period in taken:
        words = (
            _("werken van %(from)s tot %(until)s")
            if period.kind == PeriodKind.WORKS
            else _("bezet van %(from)s tot %(until)s")
        )
        misfits.append(words % {"from": _say(period.from_on), "until": _say(period.until_on)})
    return Suggestion(unit, start, until, fits, misfits)


def why_here(entry: WaitingEntry) -> str:
    """Say why somebody stands at this place on the list: priority first, then who waits longest."""
    since = _("wacht sinds %(day)s") % {"day": _say(entry.asked_on)}
    if entry.priority == WaitPriority.ORDINARY:
        return since
    return _("%(priority)s: %(reason)s (%(who)s); %(since)s") % {
        "priority": WaitPriority(entry.priority).label,
        "reason": entry.priority_reason,
        "who": entry.priority_by,
        "since": since,
    }


@dataclass(frozen=True)
class Month:
    """One month of a dwelling's calendar: free, partly or wholly taken, and by what."""

    first: dt.date
    is_free: bool
    periods: Sequence[UnitPeriod]

    @property
    def label(self) -> str:
        """Write it as nov 2026."""
        return date_format(self.first, "M Y")

    @property
    def has_works(self) -> bool:
        """Tell whether works keep it closed for some of the month."""
        return any(period.kind == PeriodKind.WORKS for period in self.periods)

    @property
    def has_stay(self) -> bool:
        """Tell whether somebody stays there for some of the month."""
        return any(period.kind == PeriodKind.STAY for period in self.periods)


def calendar_of(periods: Sequence[UnitPeriod], *, first: dt.date, months: int) -> list[Month]:
    """Return these months with what takes them; `periods` are those of one dwelling that weren't called off."""
    start = first.replace(day=1)
    found = []
    for index in range(months):
        begin, end = add_months(start, index), add_months(start, index + 1)
        inside = [period for period in periods if period.from_on < end and period.until_on > begin]
        found.append(Month(begin, not inside, inside))
    return found
