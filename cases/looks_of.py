"""Who looked at a family, told to the family: by role and organisation, day by day, in plain words.

Roles, not names: a resident must be able to see which services looked, when and why; for the names of colleagues the
privacy officer weighs each request (record 16; Court of Justice of the EU, C-579/21).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Min, Q
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.looks import LookKind, Subject
from accounts.models import AccessEvent
from arsenaal.lib.wall import beyond_wall
from cases.models import Case
from people.models import Household, HouseholdMember, Person

# A family that asks gets at most this many lines; a period that holds more is cut, and said.
MOST_LINES = 2000


@dataclass(frozen=True)
class Scope:
    """Of whom the looks are told."""

    case_ids: Sequence[int]
    household_ids: Sequence[int]
    person_ids: Sequence[int]


@dataclass(frozen=True)
class LookLine:
    """What one role did on one day."""

    day: dt.date
    first_at: dt.datetime
    who: str
    organisation: str
    deed: str
    why: str
    count: int


def scope_of_case(case: Case) -> Scope:
    """The case, its household and who belongs to it today. Two queries at most."""
    if case.household_id is None:
        return Scope([case.pk], [], [])
    members = HouseholdMember.objects.on(timezone.localdate()).filter(household_id=case.household_id)
    with beyond_wall("of whom the looks are told"):
        return Scope([case.pk], [case.household_id], list(members.values_list("person_id", flat=True)))


def scope_of_person(person: Person) -> Scope:
    """This person, with the households he belongs to today and their cases; not those that he left."""
    today = HouseholdMember.objects.on(timezone.localdate()).filter(person=person).values("household_id")
    with beyond_wall("of whom the looks are told"):
        households = list(Household.objects.filter(pk__in=today).values_list("pk", flat=True))
        cases = Case.objects.filter(household_id__in=households)
        return Scope(list(cases.values_list("pk", flat=True)), households, [person.pk])


def _deed(kind: str, subject: str) -> str:
    """Say in plain words what was done; written to the family itself."""
    by_kind = {
        LookKind.EXPORTED: _("maakte een lijst waarin uw dossier staat"),
        LookKind.PRINTED: _("maakte een document (PDF)"),
        LookKind.BROKE_GLASS: _("opende in een noodgeval een afgesloten deel van uw dossier"),
    }
    by_subject = {
        Subject.PERSON: _("bekeek de gegevens van iemand van uw gezin"),
        Subject.HOUSEHOLD: _("bekeek de gegevens van uw gezin"),
        Subject.VISIT: _("las het verslag van een huisbezoek"),
        Subject.PHOTO: _("bekeek een foto"),
        Subject.DOCUMENT: _("bekeek een document"),
        Subject.HELP_REQUEST: _("bekeek een vraag aan een dienst"),
        Subject.LOG: _("keek na wie uw dossier bekeek"),
    }
    if subject == Subject.LOG and kind == LookKind.OPENED:
        return by_subject[Subject.LOG]
    known = by_kind.get(LookKind(kind)) or by_subject.get(Subject(subject))
    return known or _("keek in uw dossier")


def looks_of(scope: Scope, start: dt.date, end: dt.date) -> list[LookLine]:
    """Return who looked between two days, both included, newest first. One query."""
    about = (
        Q(case_id__in=scope.case_ids)
        | Q(case_ids__overlap=list(scope.case_ids))
        | Q(subject=Subject.HOUSEHOLD, subject_id__in=scope.household_ids)
        | Q(subject=Subject.PERSON, subject_id__in=scope.person_ids)
    )
    rows = (
        AccessEvent.objects.granted()
        .filter(
            about,
            looked_at__gte=timezone.make_aware(dt.datetime.combine(start, dt.time.min)),
            looked_at__lt=timezone.make_aware(dt.datetime.combine(end + dt.timedelta(days=1), dt.time.min)),
        )
        .annotate(day=TruncDate("looked_at"))
        .values("day", "role", "user__organisation__name", "kind", "subject", "why")
        .annotate(n=Count("pk"), first=Min("looked_at"))
        .order_by("-first")[: MOST_LINES + 1]
    )
    lines: dict[tuple[object, ...], LookLine] = {}
    for row in rows:
        role = str(Role(row["role"]).label) if row["role"] else _("medewerker")
        deed = _deed(row["kind"], row["subject"])
        key = (row["day"], role, row["user__organisation__name"], deed, row["why"])
        known = lines.get(key)
        lines[key] = LookLine(
            day=row["day"],
            first_at=min(row["first"], known.first_at) if known else row["first"],
            who=role,
            organisation=row["user__organisation__name"],
            deed=deed,
            why=row["why"],
            count=row["n"] + (known.count if known else 0),
        )
    return sorted(lines.values(), key=lambda line: line.first_at, reverse=True)
