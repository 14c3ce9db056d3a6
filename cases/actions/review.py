"""Holding the weekly review: start, attendance, decide, go on, carry over, close."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from arsenaal.lib.errors import ActionError
from cases.actions.tasks import add_task, drop_task
from cases.agenda import last_closed_review, make_agenda
from cases.enums import AgendaState, AgendaSubject, ReviewState, TaskState
from cases.models import AgendaItem, Case, Decision, Review, ReviewAttendance
from cases.timeline import record


class CannotReview(ActionError):
    """The review does not allow this any more, or not yet."""


def _open(review: Review) -> Review:
    """Return the review, locked. Raises CannotReview when it was closed meanwhile."""
    locked = Review.objects.select_for_update().get(pk=review.pk)
    if locked.state != ReviewState.OPEN:
        raise CannotReview(_("Dit overleg is al afgerond. Start een nieuw overleg om verder te gaan."))
    return locked


@transaction.atomic
def start_review(*, by: User, neighbourhood: Neighbourhood, now: dt.datetime | None = None) -> Review:
    """Start the review of today with an agenda made from signals and what was carried over.

    Pressed twice, or by two people at once, there is one review: the second gets the first one's.
    """
    now = now or timezone.now()
    Neighbourhood.objects.select_for_update().get(pk=neighbourhood.pk)
    current = Review.objects.filter(neighbourhood=neighbourhood, state=ReviewState.OPEN).first()
    if current is not None:
        return current
    previous = last_closed_review(neighbourhood)
    today = timezone.localtime(now).date()
    review = Review.objects.create(
        neighbourhood=neighbourhood, held_on=today, started_at=now, started_by=by, state=ReviewState.OPEN
    )
    team = User.objects.with_permission(Permission.REVIEW_ATTEND, neighbourhood.pk)
    ReviewAttendance.objects.bulk_create(
        ReviewAttendance(
            review=review,
            user=user,
            role_label=user.access.role_label(neighbourhood.pk),
            is_present=user.pk == by.pk,
        )
        for user in team.order_by("pk")
    )
    AgendaItem.objects.bulk_create(_items(review, previous, today))
    return review


def _items(review: Review, previous: Review | None, today: dt.date) -> list[AgendaItem]:
    points = make_agenda(review.neighbourhood, today, previous)
    items = [
        _item(review, point.subject, point.subject_id, point.reasons, point.carried_from) for point in points
    ]
    for position, item in enumerate(items, 1):
        item.position = position
    return items


def _item(
    review: Review, subject: AgendaSubject, subject_id: int, reasons: list[str], old: AgendaItem | None
) -> AgendaItem:
    return AgendaItem(
        review=review,
        subject=subject,
        case_id=subject_id if subject == AgendaSubject.CASE else None,
        radar_entry_id=subject_id if subject == AgendaSubject.RADAR else None,
        help_request_id=subject_id if subject == AgendaSubject.HELP_REQUEST else None,
        reasons=reasons,
        carried_from=old,
    )


@transaction.atomic
def set_attendance(*, by: User, review: Review, present: set[int]) -> None:
    """Record who is there: `present` are user ids out of those invited; others are ignored."""
    review = _open(review)
    for row in review.attendance.select_for_update():
        if row.is_present != (row.user_id in present):
            row.is_present = not row.is_present
            row.save(update_fields=["is_present"])


@transaction.atomic
def add_case_to_agenda(*, by: User, review: Review, case: Case) -> AgendaItem:
    """Put a case on the agenda because somebody in the room asks for it; already there is fine."""
    review = _open(review)
    existing = review.items.filter(subject=AgendaSubject.CASE, case=case).first()
    if existing is not None:
        return existing
    if case.neighbourhood_id != review.neighbourhood_id or not case.is_open:
        raise CannotReview(_("Dit is geen open dossier van deze wijk."), field="case")
    position = (review.items.order_by("-position").values_list("position", flat=True).first() or 0) + 1
    item = _item(
        review, AgendaSubject.CASE, case.pk, [_("gevraagd door %(who)s") % {"who": by.first_name}], None
    )
    item.position = position
    item.save()
    return item


@transaction.atomic
def decide(
    *,
    by: User,
    item: AgendaItem,
    text: str,
    assignee: User | None = None,
    due_on: dt.date | None = None,
    now: dt.datetime | None = None,
) -> Decision:
    """Record a decision; with a name and a date it is a task at once.

    Raises CannotReview when the review is closed, or when a name comes without a date or a date without a name.
    """
    review = _open(item.review)
    if assignee is None and due_on is not None:
        raise CannotReview(_("Kies wie dit doet."), field="assignee")
    task = None
    if assignee is not None:
        if due_on is None:
            raise CannotReview(_("Kies tegen wanneer."), field="due_on")
        task = add_task(
            by=by,
            title=text,
            assignee=assignee,
            due_on=due_on,
            case=item.case,
            neighbourhood=review.neighbourhood,
            now=now,
        )
    return Decision.objects.create(item=item, text=text, task=task, decided_by=by)


@transaction.atomic
def withdraw_decision(*, by: User, decision: Decision) -> None:
    """Take back a decision of a review that is still going on; its task is dropped with it."""
    _open(decision.item.review)
    task = decision.task
    Decision.objects.filter(pk=decision.pk).delete()
    if task is not None and task.state == TaskState.OPEN:
        drop_task(by=by, task=task)


@transaction.atomic
def set_item_state(*, by: User, item: AgendaItem, state: AgendaState) -> AgendaItem:
    """Mark an item as discussed, carried over, or still to discuss."""
    _open(item.review)
    locked = AgendaItem.objects.select_for_update().get(pk=item.pk)
    if locked.state != state:
        locked.state = state
        locked.save(update_fields=["state"])
    return locked


@transaction.atomic
def close_review(*, by: User, review: Review, now: dt.datetime | None = None) -> Review:
    """Close the review: what was not reached carries over, the minutes are frozen, the timelines tell it.

    Raises CannotReview when somebody closed it already, or when nobody was marked present.
    """
    now = now or timezone.now()
    review = _open(review)
    if not review.attendance.filter(is_present=True).exists():
        raise CannotReview(_("Duid eerst aan wie er was."), field="present")
    review.items.filter(state=AgendaState.WAITING, decisions__isnull=False).update(
        state=AgendaState.DISCUSSED
    )
    review.items.filter(state=AgendaState.WAITING).update(state=AgendaState.CARRIED)
    review.minutes = make_minutes(review)
    review.state = ReviewState.CLOSED
    review.closed_at = now
    review.closed_by = by
    review.save()
    present = sum(person["present"] for person in review.minutes["attendance"])
    discussed = review.items.filter(subject=AgendaSubject.CASE, state=AgendaState.DISCUSSED)
    for item in discussed.select_related("case").order_by("position"):
        if item.case is not None:
            _tell(item, item.case, by, present, now)
    return review


def _tell(item: AgendaItem, case: Case, by: User, present: int, now: dt.datetime) -> None:
    decisions = list(item.decisions.select_related("task__assignee").order_by("pk"))
    title = _("Overleg: %(what)s") % {"what": decisions[0].text if decisions else _("besproken")}
    record(
        "cases.review",
        case=case,
        by=by,
        title=title[:300],
        body=_decided(decisions, title),
        data={
            "review": item.review_id,
            "decisions": len(decisions),
            "chips": [
                ngettext("%(n)d aanwezige", "%(n)d aanwezigen", present) % {"n": present},
                *(
                    [
                        ngettext("%(n)d beslissing", "%(n)d beslissingen", len(decisions))
                        % {"n": len(decisions)}
                    ]
                    if decisions
                    else []
                ),
            ],
        },
        occurred_at=now,
    )


def _decided(decisions: list[Decision], title: str) -> str:
    """Return what was decided; of one decision that fits in the title only who does it, and by when."""
    if len(decisions) == 1 and len(title) <= 300:
        task = decisions[0].task
        if task is None:
            return ""
        return _("%(who)s, tegen %(day)s.") % {"who": task.assignee, "day": date_format(task.due_on, "j F")}
    return "\n".join(_decision_line(decision) for decision in decisions)


def _decision_line(decision: Decision) -> str:
    if decision.task is None:
        return decision.text
    due = date_format(decision.task.due_on, "j F")
    return f"{decision.text} ({decision.task.assignee}, {due})"


def make_minutes(review: Review) -> dict[str, Any]:
    """Return the minutes as plain data: nothing from a closed circle, only reasons and decisions."""
    items = review.items.select_related("case", "radar_entry", "help_request__organisation").prefetch_related(
        "decisions__task__assignee"
    )
    return {
        "neighbourhood": str(review.neighbourhood),
        "held_on": review.held_on.isoformat(),
        "attendance": [
            {"name": str(row.user), "role": row.role_label, "present": row.is_present}
            for row in review.attendance.select_related("user").order_by("pk")
        ],
        "items": [
            {
                "title": item_title(item),
                "line": item.case.number if item.case else item.get_subject_display(),
                "reasons": item.reasons,
                "state": item.state,
                "decisions": [
                    {
                        "text": decision.text,
                        "who": str(decision.task.assignee) if decision.task else "",
                        "due_on": decision.task.due_on.isoformat() if decision.task else "",
                    }
                    for decision in item.decisions.all()
                ],
            }
            for item in items.order_by("position")
        ],
    }


def item_title(item: AgendaItem) -> str:
    """Return what an agenda item is called in the minutes.

    A signal on the radar goes without a name: when it lapses only the count of its reason may stay.
    """
    if item.case is not None:
        return item.case.title
    if item.help_request is not None:
        return _("Vraag aan %(service)s") % {"service": item.help_request.organisation}
    if item.radar_entry is not None:
        return _("Signaal op de radar: %(reason)s") % {"reason": item.radar_entry.get_reason_display()}
    return _("Signaal dat van de radar verdween")
