"""What waits for somebody today, read in a fixed number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from arsenaal.lib.registries import Term, attention_signals, term_sources
from cases.models import Case, HelpRequest, RadarEntry, Task, Visit, VisitDraft
from cases.terms import told_once

AHEAD = dt.timedelta(days=7)
BACK = dt.timedelta(days=14)  # a planned visit that nobody logged is asked about this long
TERMS_WITHIN = dt.timedelta(days=14)
_AT_MOST = 8
_VISITS_AT_MOST = 30
# Nobody works on more cases at a time; whoever is on the team of more sees the ones that moved last.
_OWN_CASES = 300
# My tasks, terms, signals and questions each have a list of their own on the page, and news needs nobody. These
# rules look at the whole neighbourhood, so they aren't asked for nothing.
_TERMS_SHOWN_APART = frozenset({"cases.tasks"})
_RULES_SHOWN_APART = frozenset({"cases.terms", "cases.changed", "cases.radar", "cases.help_unanswered"})
# A reason that weighs less is news, not something that needs somebody (see cases.signals).
_NEEDS_SOMEBODY = 4


@dataclass(frozen=True)
class Visits:
    """My planned visits, by day."""

    missed: list[Visit]
    today: list[Visit]
    coming: list[Visit]

    def all(self) -> list[Visit]:
        """Every visit, whatever its day."""
        return [*self.missed, *self.today, *self.coming]


@dataclass
class Needy:
    """A case that needs somebody, and why."""

    case: Case
    reasons: list[str] = field(default_factory=list)
    weight: int = 0


@dataclass(frozen=True)
class DatedTerm:
    """A term and the case it belongs to."""

    term: Term
    case: Case


def own_cases(user: User) -> list[Case]:
    """Return the open cases on whose team the user is or that he leads, the last that moved first. One query."""
    cases = Case.objects.visible_to(user).open().of_team_member(user)
    return list(cases.order_by("-last_entry_at", "-pk")[:_OWN_CASES])


def planned_visits(user: User, *, today: dt.date) -> Visits:
    """Return the user's planned visits from two weeks ago to a week ahead. One query."""
    start = timezone.make_aware(dt.datetime.combine(today - BACK, dt.time.min))
    end = timezone.make_aware(dt.datetime.combine(today + AHEAD + dt.timedelta(days=1), dt.time.min))
    visits = list(
        Visit.objects.workable_by(user)
        .of(user)
        .planned()
        .filter(scheduled_at__gte=start, scheduled_at__lt=end)
        .select_related("case")
        .order_by("scheduled_at", "pk")[:_VISITS_AT_MOST]
    )
    by_day: dict[int, list[Visit]] = defaultdict(list)
    for visit in visits:
        day = timezone.localtime(visit.scheduled_at).date()
        by_day[(day > today) - (day < today)].append(visit)
    return Visits(by_day[-1], by_day[0], by_day[1])


def unfinished_drafts(user: User) -> list[VisitDraft]:
    """Return what the user typed about visits and did not save, newest first. One query."""
    drafts = VisitDraft.objects.filter(user=user, case__in=Case.objects.visible_to(user))
    return list(drafts.select_related("case").order_by("-saved_at", "-pk")[:_AT_MOST])


def open_tasks(user: User) -> list[Task]:
    """Return the user's open tasks, what is late first. One query."""
    tasks = Task.objects.visible_to(user).open().filter(assignee=user)
    return list(tasks.select_related("case").order_by("due_on", "pk")[: _AT_MOST + 1])


def of_which_the_work_is_known(user: User, cases: Sequence[Case]) -> Sequence[Case]:
    """Return the cases of which this user may know the team's own work. One query for a partner, else none."""
    if user.organisation.is_of_team:
        return cases
    shared = set(
        Case.objects.shared_with(user).filter(pk__in=[case.pk for case in cases]).values_list("pk", flat=True)
    )
    return [case for case in cases if case.pk in shared]


def near_terms(cases: Sequence[Case], *, today: dt.date) -> list[DatedTerm]:
    """Return the terms of these cases that ran out or will within two weeks. One query for each source."""
    by_id = {case.pk: case for case in cases}
    if not by_id:
        return []
    until = today + TERMS_WITHIN
    sources = [source for source in term_sources if source.code not in _TERMS_SHOWN_APART]
    blocks = {case.pk: case.parent_id for case in cases}
    found = told_once((term for source in sources for term in source.fetch(list(by_id), until)), blocks)
    found.sort(key=lambda term: (term.due_on, term.label))
    return [DatedTerm(term, by_id[term.case_id]) for term in found if term.case_id in by_id][:_AT_MOST]


def needy_cases(user: User, cases: Sequence[Case], *, today: dt.date) -> list[Needy]:
    """Return which of these cases need somebody, the most pressing first. One query for each rule and wijk.

    News ("something happened") and terms have a place of their own, so only the heavier reasons count here.
    """
    by_id = {case.pk: Needy(case) for case in cases}
    if not by_id:
        return []
    since = today - AHEAD
    neighbourhoods = sorted({case.neighbourhood_id for case in cases})
    rules = [rule for rule in attention_signals if rule.code not in _RULES_SHOWN_APART]
    for rule in rules:
        for neighbourhood_id in neighbourhoods:
            for signal in rule.fetch(neighbourhood_id, today, since):
                needy = by_id.get(signal.subject_id) if signal.subject == "case" else None
                if needy is not None and signal.weight >= _NEEDS_SOMEBODY:
                    needy.reasons.append(signal.reason)
                    needy.weight += signal.weight
    pressing = [needy for needy in by_id.values() if needy.reasons]
    return sorted(pressing, key=lambda needy: (-needy.weight, needy.case.pk))[:_AT_MOST]


def undecided_radar(user: User) -> list[RadarEntry]:
    """Return the signals that wait for a decision by this user, what must be looked at first. One query."""
    entries = RadarEntry.objects.undecided().filter(
        neighbourhood_id__in=user.access.where(Permission.RADAR_DECIDE)
    )
    return list(entries.select_related("source_organisation").order_by("review_on", "pk")[: _AT_MOST + 1])


def unanswered_questions(user: User) -> list[HelpRequest]:
    """Return what was asked of the user's own organisation and isn't answered. One query."""
    requests = HelpRequest.objects.unanswered().filter(
        organisation=user.organisation_id,
        neighbourhood_id__in=user.access.where(Permission.HELP_REQUEST_ANSWER),
    )
    return list(requests.select_related("case").order_by("due_on", "pk")[:_AT_MOST])


def visit_candidates(user: User, *, planned: Iterable[Visit], limit: int = 12) -> list[Case]:
    """Return the user's open cases that have no planned visit in `planned`, what moved last first. One query."""
    known = {visit.case_id for visit in planned}
    cases = Case.objects.visible_to(user).open().of_team_member(user).exclude(pk__in=known)
    in_work = cases.filter(neighbourhood_id__in=user.access.where(Permission.CASE_WORK))
    return list(in_work.order_by("-last_entry_at", "-pk")[:limit])
