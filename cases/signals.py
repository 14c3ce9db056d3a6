"""Reasons for a case, a signal or a question to be on the weekly agenda. Each rule does one query.

A reason says why, never what was told: the agenda is read by everybody in the room.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Count, F, Min, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from arsenaal.lib.registries import AttentionSignal, Signal, Term, term_sources
from cases.enums import CaseState, StepState, TaskState
from cases.models import (
    CONSENT_WARNING_DAYS,
    Case,
    Consent,
    EntryEnvelope,
    HelpRequest,
    PlanStep,
    RadarEntry,
    Task,
    TrustChange,
)

# Source document: the core team reviews weekly; cases.md names three weeks without contact and terms of fourteen days.
UNSEEN_DAYS = 21
# After care looks back at three, six and twelve months; a look back missed by more than a week is asked about.
UNSEEN_DAYS_AFTERCARE = 100
TERM_DAYS = 14


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def changed(neighbourhood_id: int, today: dt.date, since: dt.date) -> Sequence[Signal]:
    """Cases in which something happened since the last review."""
    rows = (
        EntryEnvelope.objects.filter(
            case__neighbourhood_id=neighbourhood_id,
            case__in=Case.objects.open(),
            recorded_at__gte=_midnight(since),
        )
        .exclude(kind="cases.review")
        .values("case_id")
        .annotate(count=Count("pk"))
    )
    return [
        Signal(
            "case",
            row["case_id"],
            ngettext("%(n)d nieuwe gebeurtenis", "%(n)d nieuwe gebeurtenissen", row["count"])
            % {"n": row["count"]},
            1,
        )
        for row in rows
    ]


def trust_moved(neighbourhood_id: int, today: dt.date, since: dt.date) -> Sequence[Signal]:
    """Cases in which the trust rose or fell since the last review."""
    changes = TrustChange.objects.filter(
        case__neighbourhood_id=neighbourhood_id,
        case__in=Case.objects.open(),
        changed_at__gte=_midnight(since),
    ).order_by("changed_at")
    last = {change.case_id: change for change in changes}
    return [
        Signal("case", pk, _("vertrouwen steeg"), 3)
        if change.to_stage > change.from_stage
        else Signal("case", pk, _("vertrouwen daalde"), 6)
        for pk, change in last.items()
    ]


def promises_overdue(neighbourhood_id: int, today: dt.date, since: dt.date) -> Sequence[Signal]:
    """Cases with tasks or steps of the plan past their date."""
    late_tasks = Task.objects.filter(
        case__neighbourhood_id=neighbourhood_id,
        case__in=Case.objects.open(),
        state=TaskState.OPEN,
        due_on__lt=today,
    ).values_list("case_id", flat=True)
    late_steps = PlanStep.objects.filter(
        case__neighbourhood_id=neighbourhood_id,
        case__in=Case.objects.open(),
        state__in=[StepState.TODO, StepState.BUSY],
        due_on__lt=today,
    ).values_list("case_id", flat=True)
    late: dict[int, int] = defaultdict(int)
    for case_id in late_tasks.union(late_steps, all=True):
        late[case_id] += 1
    return [
        Signal("case", pk, ngettext("%(n)d belofte te laat", "%(n)d beloftes te laat", n) % {"n": n}, 5)
        for pk, n in late.items()
    ]


def nobody_seen(neighbourhood_id: int, today: dt.date, since: dt.date) -> Sequence[Signal]:
    """Household cases in which nobody saw or spoke the family for three weeks; in after care for 100 days."""
    limit = _midnight(today - dt.timedelta(days=UNSEEN_DAYS))
    limit_aftercare = _midnight(today - dt.timedelta(days=UNSEEN_DAYS_AFTERCARE))
    cases = (
        Case.objects.filter(neighbourhood_id=neighbourhood_id, household__isnull=False)
        .alias(seen=Coalesce("last_seen_at", "opened_at"))
        .filter(
            Q(state__in=[CaseState.EXPLORING, CaseState.ACTIVE], seen__lt=limit)
            | Q(state=CaseState.AFTERCARE, seen__lt=limit_aftercare)
        )
        .values_list("pk", "last_seen_at", "opened_at")
    )
    return [
        Signal(
            "case",
            pk,
            _("al %(days)d dagen niemand gezien")
            % {"days": (today - timezone.localtime(seen or opened).date()).days},
            4,
        )
        for pk, seen, opened in cases
    ]


def terms_run_out(neighbourhood_id: int, today: dt.date, since: dt.date) -> Sequence[Signal]:
    """Cases with a term that ends within fourteen days: the nearest one counts. One query per source of terms."""
    case_ids = list(
        Case.objects.open().filter(neighbourhood_id=neighbourhood_id).values_list("pk", flat=True)
    )
    nearest: dict[int, Term] = {}
    for source in term_sources:
        for term in source.fetch(case_ids, today + dt.timedelta(days=TERM_DAYS)):
            if term.case_id is not None and term.due_on >= today:
                known = nearest.get(term.case_id)
                if known is None or term.due_on < known.due_on:
                    nearest[term.case_id] = term
    signals = []
    for pk, term in nearest.items():
        days = (term.due_on - today).days
        when = (
            _("vandaag") if days == 0 else ngettext("over %(n)d dag", "over %(n)d dagen", days) % {"n": days}
        )
        signals.append(Signal("case", pk, _("termijn %(when)s") % {"when": when}, 7 if days <= 4 else 3))
    return signals


def on_the_radar(neighbourhood_id: int, today: dt.date, since: dt.date) -> Sequence[Signal]:
    """Signals on which nobody decided yet."""
    entries = RadarEntry.objects.undecided().filter(neighbourhood_id=neighbourhood_id)
    return [
        Signal(
            "radar",
            entry.pk,
            _("te bekijken voor %(day)s") % {"day": date_format(entry.review_on, "j F")}
            if entry.review_on >= today
            else _("had al bekeken moeten zijn"),
            6 if entry.review_on < today else 2,
        )
        for entry in entries
    ]


def help_unanswered(neighbourhood_id: int, today: dt.date, since: dt.date) -> Sequence[Signal]:
    """Questions to services that are still unanswered after their date."""
    requests = (
        HelpRequest.objects.unanswered()
        .filter(neighbourhood_id=neighbourhood_id, due_on__lt=today)
        .filter(Q(case__isnull=True) | ~Q(case__state=CaseState.CLOSED))
        .annotate(service=F("organisation__name"))
    )
    return [
        Signal(
            "help_request",
            request.pk,
            ngettext("%(n)d dag over tijd", "%(n)d dagen over tijd", (today - request.due_on).days)
            % {"n": (today - request.due_on).days},
            5,
        )
        for request in requests
    ]


def consents_ending(neighbourhood_id: int, today: dt.date, since: dt.date) -> Sequence[Signal]:
    """Cases with a consent that ends within the warning time: somebody has to ask again, or sharing stops."""
    rows = (
        Consent.objects.ending_by(today + dt.timedelta(days=CONSENT_WARNING_DAYS))
        .filter(case__neighbourhood_id=neighbourhood_id, case__in=Case.objects.open())
        .values("case_id")
        .annotate(first=Min("until_on"))
    )
    return [
        Signal(
            "case",
            row["case_id"],
            _("toestemming loopt af op %(day)s") % {"day": date_format(row["first"], "j F")},
            4,
        )
        for row in rows
    ]


SIGNALS = (
    AttentionSignal("cases.changed", gettext_lazy("Veranderd sinds het vorige overleg"), changed),
    AttentionSignal("cases.trust_moved", gettext_lazy("Het vertrouwen veranderde"), trust_moved),
    AttentionSignal("cases.promises_overdue", gettext_lazy("Beloftes te laat"), promises_overdue),
    AttentionSignal("cases.nobody_seen", gettext_lazy("Drie weken niemand gezien"), nobody_seen),
    AttentionSignal("cases.terms", gettext_lazy("Termijnen binnen veertien dagen"), terms_run_out),
    AttentionSignal("cases.radar", gettext_lazy("Nieuw op de radar"), on_the_radar),
    AttentionSignal("cases.consents_ending", gettext_lazy("Toestemmingen lopen af"), consents_ending),
    AttentionSignal("cases.help_unanswered", gettext_lazy("Vragen zonder antwoord"), help_unanswered),
)
