"""What housing puts on the calendar: hearings, and the calendar of a building with its dwellings where nobody lives."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from arsenaal.lib.registries import CalendarItem, CalendarScope, CalendarSource
from cases.models import Case
from housing.models import Building, BuildingTrack, DwellingProcedure, Occupancy, ProcedureTerm
from housing.procedure_cases import dwellings_of_cases
from housing.procedure_enums import ProcedureState, TermCode
from housing.procedure_terms import term_label


def _between(start: dt.date, end: dt.date) -> tuple[dt.datetime, dt.datetime]:
    zone = timezone.get_current_timezone()
    after = end + dt.timedelta(days=1)
    return dt.datetime.combine(start, dt.time(), zone), dt.datetime.combine(after, dt.time(), zone)


def _hearings(dwelling_ids: Iterable[int], start: dt.date, end: dt.date) -> list[DwellingProcedure]:
    since, until = _between(start, end)
    return list(
        DwellingProcedure.objects.filter(
            dwelling__in=list(dwelling_ids),
            state=ProcedureState.HEARING_PLANNED,
            hearing_at__gte=since,
            hearing_at__lt=until,
        )
        .select_related("procedure__building", "dwelling__building")
        .order_by("hearing_at", "pk")
    )


def _hearing_items(
    parts: Iterable[DwellingProcedure], homes: Mapping[int, Sequence[int]], numbers: Mapping[int, str]
) -> list[CalendarItem]:
    """One for each procedure, hour and case: a block is heard once."""
    found: dict[str, CalendarItem] = {}
    for part in parts:
        for case_id in homes.get(part.dwelling_id, (0,)):
            number = numbers.get(case_id, "")
            case_url = f"{reverse('cases:case', args=[number])}#procedures" if number else ""
            uid = f"hearing-{part.procedure_id}-{case_id}-{part.hearing_at:%Y%m%d%H%M}"
            found.setdefault(
                uid,
                CalendarItem(
                    uid=uid,
                    starts=part.hearing_at,
                    what=_("Hoorzitting: %(where)s") % {"where": part.procedure.building},
                    plain=gettext_lazy("Hoorzitting"),
                    icon="megaphone",
                    url=case_url or part.procedure.get_absolute_url(),
                    number=number,
                    who=str(part.get_hearing_form_display()),
                ),
            )
    return list(found.values())


def hearings(case_ids: Sequence[int], start: dt.date, end: dt.date) -> list[CalendarItem]:
    """Planned hearings about where the households of these cases live, or about the building of a block case."""
    homes = dwellings_of_cases(case_ids, timezone.localdate())
    if not homes:
        return []
    numbers = dict(Case.objects.filter(pk__in=case_ids).values_list("pk", "number"))
    return _hearing_items(_hearings(homes, start, end), homes, numbers)


def _building(user: Any, key: int) -> Building | None:
    return Building.objects.visible_to(user).filter(pk=key).first()


def _title(user: Any, key: int) -> str | None:
    building = _building(user, key)
    return _("Kalender van %(name)s") % {"name": building} if building else None


def _case_ids(user: Any, key: int) -> list[int]:
    """The block case and the cases of who lives there, as far as this user may see them."""
    living = Occupancy.objects.on(timezone.localdate()).filter(dwelling__building=key)
    cases = Case.objects.visible_to(user).open()
    return list(
        cases.filter(household__in=living.values("household"))
        .union(cases.filter(case_building__building=key))
        .values_list("pk", flat=True)
    )


def _more(user: Any, key: int, start: dt.date, end: dt.date) -> list[CalendarItem]:
    """Hearings, terms and tracks of the building itself, for who reads procedures: also where no case is."""
    building = _building(user, key)
    if building is None or not user.access.can(Permission.PROCEDURE_READ, building.neighbourhood_id):
        return []
    with_cases = set(dwellings_of_cases(_case_ids(user, key), timezone.localdate()))
    empty = [pk for pk in building.dwellings.values_list("pk", flat=True) if pk not in with_cases]
    items = _hearing_items(_hearings(empty, start, end), {}, {})
    terms = (
        ProcedureTerm.objects.counting()
        .filter(part__dwelling__in=empty, part__closed_on__isnull=True, due_on__range=(start, end))
        .exclude(code__in=[TermCode.HEARING, TermCode.SILENCE])
        .select_related("part__procedure")
        .order_by("due_on", "pk")
    )
    seen: set[tuple[int, str, dt.date]] = set()
    for term in terms:
        same = (term.part.procedure_id, term.code, term.due_on)
        if same not in seen:
            seen.add(same)
            items.append(
                CalendarItem(
                    uid=f"term-{term.pk}",
                    starts=term.due_on,
                    what=term_label(term),
                    plain=gettext_lazy("termijn van een procedure"),
                    icon="hourglass-split",
                    url=term.part.procedure.get_absolute_url(),
                    who=str(term.get_holder_display()),
                )
            )
    if not Case.objects.visible_to(user).open().filter(case_building__building=building).exists():
        items += _tracks(building, start, end)
    return items


def _tracks(building: Building, start: dt.date, end: dt.date) -> list[CalendarItem]:
    """Without a block case nobody else brings these."""
    rows = BuildingTrack.objects.filter(
        building=building, closed_on__isnull=True, next_on__range=(start, end)
    )
    return [
        CalendarItem(
            uid=f"track-{track.pk}",
            starts=track.next_on,
            what=f"{str(track.get_kind_display()).capitalize()}: {track.next_step}",
            plain=gettext_lazy("spoor van een pand"),
            icon="rulers",
            url=track.get_absolute_url(),
            who=str(track.owner),
        )
        for track in rows.select_related("owner").order_by("next_on", "pk")
        if track.next_on
    ]


SOURCE = CalendarSource("housing.hearings", hearings)
SCOPE = CalendarScope("building", _title, _case_ids, _more, plain=gettext_lazy("Kalender van een pand"))
