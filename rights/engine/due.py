"""What may go by the rules that hold: worked out in a few queries over everything, never case by case."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from arsenaal.lib.registries import retention_holds
from cases.enums import CaseState, RadarState
from cases.models import Case, Consent, RadarEntry, VisitDraft
from people.models import HouseholdMember, Person, Restriction
from people.models.restriction import restricted_household
from rights.enums import Category, Destination
from rights.models import DestructionLine, LegalHold, RetentionRule, RightsRequest
from rights.terms import months_later


def months_before(day: dt.date, months: int) -> dt.date:
    """Return the last day of which the term of so many months is over on `day`."""
    found = months_later(day, -months)
    while months_later(found + dt.timedelta(days=1), months) <= day:
        found += dt.timedelta(days=1)
    while months_later(found, months) > day:
        found -= dt.timedelta(days=1)
    return found


def lines_due(rule: RetentionRule, today: dt.date) -> Iterator[DestructionLine]:
    """Yield an unsaved line for everything that may go by this rule. What is kept for good never does."""
    if rule.destination == Destination.KEEP:
        return
    before = months_before(today, rule.months)
    for pk, label, counted in _FOUND[Category(rule.category)](rule.neighbourhood_id, before):
        if rule.destination == Destination.SAMPLE and pk % 10 == 0:
            continue  # one in ten is kept, always the same ones
        yield DestructionLine(
            rule=rule,
            category=rule.category,
            subject_id=pk,
            label=label,
            counted_from_on=counted,
            due_on=months_later(counted, rule.months),
        )


Found = Iterator[tuple[int, str, dt.date]]


def _just(only: int | None) -> Q:
    return Q() if only is None else Q(pk=only)


def _end_of(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min))


def _day(moment: dt.datetime) -> dt.date:
    return timezone.localtime(moment).date()


def _cases(neighbourhood_id: int, before: dt.date, *, only: int | None = None) -> Found:
    """Closed cases, except those that are held, restricted, or of somebody who waits for an answer or an export."""
    asking = RightsRequest.objects.filter(person__memberships__household=OuterRef("household")).filter(
        Q(answered_at__isnull=True) | Q(export__expires_on__gte=timezone.localdate())
    )
    rows = (
        Case.objects.filter(
            neighbourhood_id=neighbourhood_id, state=CaseState.CLOSED, closed_at__lt=_end_of(before)
        )
        .exclude(Exists(LegalHold.objects.filter(case=OuterRef("pk"), lifted_at__isnull=True)))
        .exclude(restricted_household("household"))
        .exclude(Exists(asking))
        .exclude(Exists(Case.objects.open().filter(parent=OuterRef("pk"))))
        .filter(_just(only))
        .order_by("pk")
        .values_list("pk", "number", "closed_at")
    )
    found = list(rows)
    held = {pk for hold in retention_holds for pk in hold.fetch([row[0] for row in found])}
    for pk, number, closed_at in found:
        if pk not in held:
            yield pk, number, _day(closed_at)


def persons_without_case() -> Q:
    """Persons of whom no household has a case or a signal, who gave no consent and ask nothing."""
    with_case = HouseholdMember.objects.filter(
        Q(household__cases__isnull=False)
        | Exists(RadarEntry.objects.filter(household=OuterRef("household"))),
        person=OuterRef("pk"),
    )
    reasons_to_stay = (
        with_case,
        Consent.objects.filter(person=OuterRef("pk")),
        RightsRequest.objects.unanswered().filter(person=OuterRef("pk")),
        RightsRequest.objects.filter(export__expires_on__gte=timezone.localdate(), person=OuterRef("pk")),
        Restriction.objects.standing().filter(person=OuterRef("pk")),
    )
    rule = Q()
    for reason in reasons_to_stay:
        rule &= ~Q(Exists(reason))
    return rule


def _persons(neighbourhood_id: int, before: dt.date, *, only: int | None = None) -> Found:
    rows = (
        Person.objects.filter(persons_without_case(), neighbourhood_id=neighbourhood_id)
        .annotate(joined=Max("memberships__created_at"))
        .filter(Q(joined__isnull=True) | Q(joined__lt=_end_of(before)), created_at__lt=_end_of(before))
        .filter(_just(only))
        .order_by("pk")
        .values_list("pk", "created_at", "joined")
    )
    for pk, created_at, joined in rows:
        yield pk, f"P-{pk}", _day(max(created_at, joined or created_at))


def _signals(neighbourhood_id: int, before: dt.date, *, only: int | None = None) -> Found:
    rows = (
        RadarEntry.objects.filter(
            neighbourhood_id=neighbourhood_id,
            state__in=[RadarState.PASSED_ON, RadarState.CLOSED],
            decided_at__lt=_end_of(before),
            case__isnull=True,
        )
        .filter(_just(only))
        .order_by("pk")
        .values_list("pk", "decided_at")
    )
    for pk, decided_at in rows:
        yield pk, f"S-{pk}", _day(decided_at)


def _drafts(neighbourhood_id: int, before: dt.date, *, only: int | None = None) -> Found:
    rows = (
        VisitDraft.objects.filter(case__neighbourhood_id=neighbourhood_id, saved_at__lt=_end_of(before))
        .filter(_just(only))
        .order_by("pk")
        .values_list("pk", "saved_at")
    )
    for pk, saved_at in rows:
        yield pk, f"B-{pk}", _day(saved_at)


_FOUND = {
    Category.CASE: _cases,
    Category.PERSON: _persons,
    Category.RADAR: _signals,
    Category.DRAFT: _drafts,
}


def still_due(line: DestructionLine, today: dt.date) -> bool:
    """Tell whether a line may still go, by its own rule: between approving and destroying a case can be held."""
    before = months_before(today, line.rule.months)
    found = _FOUND[Category(line.category)](line.rule.neighbourhood_id, before, only=line.subject_id)
    return any(pk == line.subject_id for pk, _label, _counted in found)
