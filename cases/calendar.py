"""The calendar: visits, hearings and terms of one's own cases, of the team, or of what another package brings."""

import calendar as months
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from arsenaal.lib.ical import CalendarEvent
from arsenaal.lib.registries import (
    CalendarItem,
    CalendarScope,
    CalendarSource,
    calendar_scopes,
    calendar_sources,
    term_sources,
)
from cases.enums import VisitState
from cases.models import Case, Visit
from cases.terms import told_once

OWN, TEAM = "own", "team"
_UNKNOWN = gettext_lazy("termijn")


def day_of_item(item: CalendarItem) -> dt.date:
    """Return on which day it stands, here."""
    return timezone.localtime(item.starts).date() if isinstance(item.starts, dt.datetime) else item.starts


def _in_order(item: CalendarItem) -> tuple[dt.date, bool, dt.datetime | str, str]:
    has_hour = isinstance(item.starts, dt.datetime)
    return day_of_item(item), has_hour, item.starts.isoformat() if has_hour else "", item.what


def visits(case_ids: Sequence[int], start: dt.date, end: dt.date) -> list[CalendarItem]:
    """Planned visits of these cases; who goes, and to which case."""
    zone = timezone.get_current_timezone()
    rows = (
        Visit.objects.filter(
            case_id__in=case_ids,
            state=VisitState.PLANNED,
            scheduled_at__gte=dt.datetime.combine(start, dt.time(), zone),
            scheduled_at__lt=dt.datetime.combine(end + dt.timedelta(days=1), dt.time(), zone),
        )
        .select_related("case")
        .prefetch_related("visitors")
        .order_by("scheduled_at", "pk")
    )
    return [
        CalendarItem(
            uid=f"visit-{visit.uuid}",
            starts=visit.scheduled_at,
            what=_("Huisbezoek: %(title)s") % {"title": visit.case.title},
            plain=gettext_lazy("Huisbezoek"),
            icon="door-open",
            url=reverse("cases:visit", args=[visit.case.number, visit.uuid]),
            number=visit.case.number,
            who=", ".join(str(visitor) for visitor in visit.visitors.all()),
        )
        for visit in rows
        if visit.scheduled_at
    ]


def terms(case_ids: Sequence[int], start: dt.date, end: dt.date) -> list[CalendarItem]:
    """The terms of every source. In a feed they say what sort of term it is: what people typed stays here."""
    cases = list(Case.objects.filter(pk__in=case_ids).values_list("pk", "number", "parent_id"))
    numbers = {pk: number for pk, number, _block in cases}
    blocks = {pk: block for pk, _number, block in cases}
    found: list[CalendarItem] = []
    for source in term_sources:
        count: dict[tuple[int | None, dt.date], int] = defaultdict(int)
        for term in told_once(source.fetch(case_ids, end), blocks):
            if term.due_on < start or not term.in_calendar:
                continue
            key = (term.case_id, term.due_on)
            count[key] += 1
            found.append(
                CalendarItem(
                    uid=f"{source.code}-{term.case_id or 0}-{term.due_on:%Y%m%d}-{count[key]}",
                    starts=term.due_on,
                    what=term.label,
                    plain=source.one or _UNKNOWN,
                    icon="hourglass-split",
                    url=term.url,
                    number=numbers.get(term.case_id or 0, ""),
                    who=term.holder,
                )
            )
    return found


SOURCES = (CalendarSource("cases.visits", visits), CalendarSource("cases.terms", terms))


def _own_title(user: User, key: int) -> str | None:
    return _("Mijn kalender") if key == 0 else None


def _own_cases(user: User, key: int) -> list[int]:
    return list(Case.objects.visible_to(user).open().of_team_member(user).values_list("pk", flat=True))


def _team_title(user: User, key: int) -> str | None:
    if key not in user.access.where(Permission.CASE_READ):
        return None
    return _("Kalender van %(name)s") % {"name": Neighbourhood.objects.get(pk=key)}


def _team_cases(user: User, key: int) -> list[int]:
    return list(
        Case.objects.visible_to(user).open().filter(neighbourhood_id=key).values_list("pk", flat=True)
    )


SCOPES = (
    CalendarScope(OWN, _own_title, _own_cases),
    CalendarScope(TEAM, _team_title, _team_cases),
)


def scope_title(user: Any, code: str, key: int) -> str | None:
    """Return the name of a calendar, or None when there is none or it isn't this user's to see."""
    return calendar_scopes.get(code).title(user, key) if code in calendar_scopes else None


def items_of(user: Any, code: str, key: int, start: dt.date, end: dt.date) -> list[CalendarItem]:
    """Return what stands on a calendar between two days (both included) as this user may see it now, in order."""
    scope = calendar_scopes.get(code)
    case_ids = list(scope.case_ids(user, key))
    found = {item.uid: item for source in calendar_sources for item in source.fetch(case_ids, start, end)}
    for item in scope.more(user, key, start, end) if scope.more else ():
        found.setdefault(item.uid, item)
    return sorted(found.values(), key=_in_order)


@dataclass(frozen=True)
class Day:
    """A day of the grid."""

    on: dt.date
    items: list[CalendarItem]
    is_inside: bool  # of the month that is shown
    is_today: bool


def by_day(items: Iterable[CalendarItem]) -> list[tuple[dt.date, list[CalendarItem]]]:
    """Put items together by day, in order."""
    found: dict[dt.date, list[CalendarItem]] = defaultdict(list)
    for item in items:
        found[day_of_item(item)].append(item)
    return sorted(found.items())


def weeks_of(month: dt.date, items: Iterable[CalendarItem], today: dt.date) -> list[list[Day]]:
    """Return the weeks of a month from Monday to Sunday, with what stands on each day."""
    found = dict(by_day(items))
    return [
        [Day(day, found.get(day, []), day.month == month.month, day == today) for day in week]
        for week in months.Calendar().monthdatescalendar(month.year, month.month)
    ]


def feed_events(items: Iterable[CalendarItem], *, base_url: str) -> list[CalendarEvent]:
    """Turn items into what leaves the program: what sort of thing, the number of the case, a link that asks to log in.

    No names, no addresses, nothing that anybody typed.
    """
    return [
        CalendarEvent(
            uid=f"{item.uid}@arsenaal",
            starts=item.starts,
            summary=f"{capfirst(item.plain)} {item.number}".strip(),
            minutes=item.minutes,
            url=f"{base_url}{item.url}" if item.url else "",
        )
        for item in items
    ]
