"""Rules that find unusual looks in the access log alone: many cases, outside working hours, refused attempts.

What needs to know a case (whose family, which street, which team) is found by the rules of `cases`.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import CharField, Count, Max, Min, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate, TruncHour
from django.utils.translation import gettext_lazy as _

from accounts.looks import LookKind, Subject
from accounts.models import AccessEvent, LookRules
from arsenaal.lib.registries import Finding, UnusualRule

SATURDAY, SUNDAY = 7, 1  # as the database counts week days


def rules_by_neighbourhood() -> dict[int, LookRules]:
    """Return the rules of the neighbourhoods that set them, in one query."""
    return {rules.neighbourhood_id: rules for rules in LookRules.objects.all()}


def _per(events: QuerySet[AccessEvent], thing: Any, **stretch: Any) -> QuerySet[AccessEvent, dict[str, Any]]:
    """Count different things for each colleague, neighbourhood and stretch of time (`hour` or `day`)."""
    return (
        events.annotate(**stretch)
        .values("user_id", "neighbourhood_id", *stretch)
        .annotate(n=Count(thing, distinct=True), first=Min("looked_at"), last=Max("looked_at"))
        .order_by()
    )


def _finding(row: dict[str, Any], when: str) -> Finding:
    """One row of `_per` as a finding; the same colleague, place and stretch is the same finding."""
    key = f"{row['user_id']}:{row['neighbourhood_id']}:{when}"
    return Finding(key, row["user_id"], row["neighbourhood_id"], row["first"], row["last"], row["n"])


def many_cases(since: dt.datetime, until: dt.datetime) -> Sequence[Finding]:
    """More different cases in one hour of the clock than is usual in the neighbourhood."""
    known, default = rules_by_neighbourhood(), LookRules()
    events = AccessEvent.objects.granted().filter(
        looked_at__gte=since, looked_at__lte=until, case_id__isnull=False
    )
    return [
        _finding(row, f"{row['hour'].astimezone(dt.UTC):%Y-%m-%dT%H}")
        for row in _per(events, "case_id", hour=TruncHour("looked_at"))
        if row["n"] > known.get(row["neighbourhood_id"], default).cases_per_hour
    ]


def _outside(rules: LookRules) -> Q:
    """The condition of a look outside these hours, in local time."""
    outside = Q(looked_at__time__lt=rules.day_from) | Q(looked_at__time__gte=rules.day_until)
    if rules.weekend_is_unusual:
        outside |= Q(looked_at__week_day__in=[SATURDAY, SUNDAY])
    return outside


def outside_hours(since: dt.datetime, until: dt.datetime) -> Sequence[Finding]:
    """Looks at people in the night or the weekend: one finding for each colleague and day."""
    known = rules_by_neighbourhood()
    condition = ~Q(neighbourhood_id__in=known) & _outside(LookRules())
    condition |= Q(neighbourhood_id__isnull=True) & _outside(LookRules())
    for neighbourhood_id, rules in known.items():
        condition |= Q(neighbourhood_id=neighbourhood_id) & _outside(rules)
    events = (
        AccessEvent.objects.granted()
        .filter(condition, looked_at__gte=since, looked_at__lte=until)
        .exclude(subject__in=[Subject.REPORT, Subject.LOG, Subject.LANDLORD, Subject.BUILDING])
    )
    return [_finding(row, str(row["day"])) for row in _per(events, "pk", day=TruncDate("looked_at"))]


def refused_attempts(since: dt.datetime, until: dt.datetime) -> Sequence[Finding]:
    """Number after number that one may not see, within an hour of the clock."""
    known, default = rules_by_neighbourhood(), LookRules()
    thing = Concat(
        "page",
        Value(":"),
        "label",
        Value(":"),
        Coalesce(Cast("subject_id", CharField()), Value("")),
        output_field=CharField(),
    )
    events = AccessEvent.objects.filter(kind=LookKind.REFUSED, looked_at__gte=since, looked_at__lte=until)
    return [
        _finding(row, f"{row['hour'].astimezone(dt.UTC):%Y-%m-%dT%H}")
        for row in _per(events, thing, hour=TruncHour("looked_at"))
        if row["n"] >= known.get(row["neighbourhood_id"], default).refused_per_hour
    ]


RULES = (
    UnusualRule("accounts.many_cases", _("veel dossiers in een uur"), many_cases),
    UnusualRule("accounts.outside_hours", _("buiten de werkuren"), outside_hours),
    UnusualRule("accounts.refused", _("herhaalde geweigerde pogingen"), refused_attempts),
)
