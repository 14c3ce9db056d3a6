"""The agenda of the weekly review: made from signals, nobody has to write it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Neighbourhood
from arsenaal.lib.registries import attention_signals
from cases.enums import AgendaState, AgendaSubject, ReviewState
from cases.models import AgendaItem, Case, HelpRequest, RadarEntry, Review


@dataclass
class AgendaPoint:
    """What is on the agenda, and every reason why. `weight` is the sum of the reasons' weights."""

    subject: AgendaSubject
    subject_id: int
    title: str
    line: str  # number, organisation or source, under the title
    reasons: list[str]
    weight: int
    carried_from: AgendaItem | None = None  # the previous review did not reach it


def last_closed_review(neighbourhood: Neighbourhood) -> Review | None:
    """Return the review before this one, if there was one."""
    return (
        Review.objects.filter(neighbourhood=neighbourhood, state=ReviewState.CLOSED)
        .order_by("-held_on", "-pk")
        .first()
    )


def make_agenda(neighbourhood: Neighbourhood, today: dt.date, previous: Review | None) -> list[AgendaPoint]:
    """Return the points for a review today: what was carried over first, then the heaviest.

    A fixed number of queries however many cases.

    `previous` is the last closed review; without one, the last seven days count as new.
    """
    since = timezone.localtime(previous.started_at).date() if previous else today - dt.timedelta(days=7)
    carried = _unreached(previous)
    reasons: dict[tuple[str, int], list[str]] = {
        key: [_carried_reason(item)] for key, item in carried.items()
    }
    weights: dict[tuple[str, int], int] = dict.fromkeys(carried, 0)
    for rule in attention_signals:
        for signal in rule.fetch(neighbourhood.pk, today, since):
            key = (signal.subject, signal.subject_id)
            reasons.setdefault(key, []).append(signal.reason)
            weights[key] = weights.get(key, 0) + signal.weight
    points = _describe(list(reasons))
    for point in points:
        key = (point.subject.value, point.subject_id)
        point.reasons, point.weight, point.carried_from = reasons[key], weights[key], carried.get(key)
    return sorted(
        points,
        key=lambda point: (point.carried_from is None, -point.weight, point.subject, point.subject_id),
    )


def _describe(keys: Sequence[tuple[str, int]]) -> list[AgendaPoint]:
    ids: dict[str, list[int]] = {subject.value: [] for subject in AgendaSubject}
    for subject, pk in keys:
        ids[subject].append(pk)
    cases = Case.objects.filter(pk__in=ids[AgendaSubject.CASE])
    entries = RadarEntry.objects.filter(pk__in=ids[AgendaSubject.RADAR])
    requests = HelpRequest.objects.filter(pk__in=ids[AgendaSubject.HELP_REQUEST]).select_related(
        "organisation", "case"
    )
    points = [AgendaPoint(AgendaSubject.CASE, case.pk, case.title, case.number, [], 0) for case in cases]
    points += [
        AgendaPoint(AgendaSubject.RADAR, entry.pk, str(entry), entry.get_source_display(), [], 0)
        for entry in entries
    ]
    points += [
        AgendaPoint(
            AgendaSubject.HELP_REQUEST,
            request.pk,
            str(request.organisation),
            request.case.number if request.case else "",
            [],
            0,
        )
        for request in requests
    ]
    return points


def _unreached(previous: Review | None) -> dict[tuple[str, int], AgendaItem]:
    """The items that the previous review moved on, by subject.

    What was settled in between falls away: a closed case, a signal that was decided or lapsed, a question that was
    answered or withdrawn.
    """
    if previous is None:
        return {}
    items = previous.items.filter(state=AgendaState.CARRIED, carried_to__isnull=True)
    found = {}
    related = items.select_related("case", "radar_entry", "help_request", "review")
    for item in related.order_by("position"):
        subject_id = item.case_id or item.radar_entry_id or item.help_request_id
        if subject_id and _is_unsettled(item):
            found[(item.subject, subject_id)] = item
    return found


def _is_unsettled(item: AgendaItem) -> bool:
    if item.case is not None:
        return item.case.is_open
    if item.radar_entry is not None:
        return item.radar_entry.is_undecided
    return item.help_request is not None and item.help_request.is_unanswered


def _carried_reason(item: AgendaItem) -> str:
    return _("verschoven van %(day)s") % {"day": date_format(item.review.held_on, "j F")}
