"""Answering a request: agreed, done, refused, withdrawn, or later than a month."""

import datetime as dt
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from arsenaal.lib.wall import beyond_wall
from people.models import Person, Restriction
from rights.actions.ask import expected_number
from rights.actions.telling import tell_cases
from rights.enums import RefusalGround, RequestKind, RequestState, RestrictionGround
from rights.models import RightsRequest
from rights.perms import can_decide, can_extend, can_refuse, can_retry
from rights.queueing import queue_request
from rights.terms import answer_due


class CannotDecide(ActionError):
    """This can't be decided like this, or not by this person; the message says why."""


def locked(request: RightsRequest) -> RightsRequest:
    """Return the request as it is now, its row locked until the transaction ends."""
    return RightsRequest.objects.select_for_update(of=("self",)).select_related("person").get(pk=request.pk)


def _in_state(request: RightsRequest, *states: str) -> None:
    if request.state not in states:
        raise CannotDecide(_("Dit verzoek is intussen %(state)s.") % {"state": request.get_state_display()})


@transaction.atomic
@beyond_wall("deciding on what a resident asked")
def agree(
    *, by: User, request: RightsRequest, answer: str = "", number: str = "", now: dt.datetime | None = None
) -> RightsRequest:
    """Agree to rectify, restrict or erase. A restriction holds from now; erasing is done by a worker after commit.

    Raises CannotDecide for whoever may not, for who approves his own request to erase, with another number than
    that of the case, and when it was decided meanwhile.
    """
    now = now or timezone.now()
    request = locked(request)
    if request.kind == RequestKind.ERASE and request.recorded_by_id == by.pk:
        raise CannotDecide(_("Jij vroeg dit zelf. Iemand anders moet het goedkeuren."))
    if not can_decide(by, request):
        raise CannotDecide(_("Je beslist niet over dit verzoek."))
    _in_state(request, RequestState.OPEN)
    request.decided_by, request.decided_at, request.answer = by, now, answer.strip()
    if request.kind == RequestKind.RECTIFY:
        request.state = RequestState.TO_DO
    elif request.kind == RequestKind.RESTRICT:
        _restrict(request, by, now)
    elif request.kind == RequestKind.ERASE:
        _check_number(request, number)
        request.state = RequestState.ERASING
        transaction.on_commit(partial(queue_request, request.pk))
    else:
        raise CannotDecide(_("Een inzage lees je na, en dan keur je ze goed."))
    request.version += 1
    request.save()
    if request.kind != RequestKind.ERASE:
        tell_cases(request, by=by, title=_("Verzoek toegestaan: %(kind)s") % {"kind": _kind(request)})
    return request


def _kind(request: RightsRequest) -> str:
    return str(request.get_kind_display()).lower()


def _check_number(request: RightsRequest, number: str) -> None:
    expected = expected_number(request.person)  # type: ignore[arg-type]
    if number.strip().upper() != expected:
        raise CannotDecide(
            _("Dit is niet het nummer. Typ %(number)s over: dit kan niet ongedaan gemaakt worden.")
            % {"number": expected},
            field="number",
        )


def _restrict(request: RightsRequest, by: User, now: dt.datetime) -> None:
    if request.person is None:
        raise CannotDecide(_("Deze persoon is gewist: er is niets meer om te vragen."))
    person = Person.objects.select_for_update().get(pk=request.person.pk)
    if Restriction.objects.standing().filter(person=person).exists():
        raise CannotDecide(_("De gegevens van deze persoon zijn al beperkt."))
    request.restriction = Restriction.objects.create(
        person=person,
        reason=str(RestrictionGround(request.restriction_ground).label),
        set_by=by,
        set_at=now,
    )
    request.state, request.answered_at = RequestState.DONE, now


@transaction.atomic
@beyond_wall("deciding on what a resident asked")
def finish(*, by: User, request: RightsRequest, answer: str, now: dt.datetime | None = None) -> RightsRequest:
    """Say that what was wrong is put right, and what the person was told. Raises CannotDecide."""
    now = now or timezone.now()
    request = locked(request)
    if not can_decide(by, request):
        raise CannotDecide(_("Je beslist niet over dit verzoek."))
    _in_state(request, RequestState.TO_DO)
    if not answer.strip():
        raise CannotDecide(_("Schrijf op wat je veranderde en wat je de bewoner zei."), field="answer")
    request.state, request.answered_at, request.answer = RequestState.DONE, now, answer.strip()
    request.version += 1
    request.save()
    tell_cases(request, by=by, title=_("Verzoek uitgevoerd: %(kind)s") % {"kind": _kind(request)})
    return request


@transaction.atomic
@beyond_wall("deciding on what a resident asked")
def refuse(
    *, by: User, request: RightsRequest, ground: str, answer: str, now: dt.datetime | None = None
) -> RightsRequest:
    """Refuse on a ground in the law, with what the person is told. Raises CannotDecide."""
    now = now or timezone.now()
    request = locked(request)
    if not can_refuse(by, request):
        raise CannotDecide(_("Je beslist niet over dit verzoek."))
    _in_state(request, RequestState.OPEN, RequestState.REVIEW, RequestState.TO_DO)
    if ground not in RefusalGround.values:
        raise CannotDecide(_("Kies op welke grond je weigert."), field="ground")
    if not answer.strip():
        raise CannotDecide(_("Schrijf op wat je de bewoner zegt."), field="answer")
    request.state, request.refusal_ground, request.answer = RequestState.REFUSED, ground, answer.strip()
    request.decided_by, request.decided_at, request.answered_at = by, now, now
    request.version += 1
    request.save()
    if request.kind == RequestKind.EXPORT:
        request.export.parts.all().delete()
    tell_cases(request, by=by, title=_("Verzoek geweigerd: %(kind)s") % {"kind": _kind(request)})
    return request


@transaction.atomic
@beyond_wall("deciding on what a resident asked")
def withdraw(
    *, by: User, request: RightsRequest, answer: str, now: dt.datetime | None = None
) -> RightsRequest:
    """Note that the person no longer wants it. Raises CannotDecide when it was carried out already."""
    now = now or timezone.now()
    request = locked(request)
    if not can_refuse(by, request):
        raise CannotDecide(_("Je beslist niet over dit verzoek."))
    _in_state(request, RequestState.OPEN, RequestState.REVIEW, RequestState.TO_DO)
    if not answer.strip():
        raise CannotDecide(_("Schrijf op wat de bewoner zei."), field="answer")
    request.state, request.answer, request.answered_at = RequestState.WITHDRAWN, answer.strip(), now
    request.version += 1
    request.save()
    if request.kind == RequestKind.EXPORT:
        request.export.parts.all().delete()
    tell_cases(request, by=by, title=_("Verzoek ingetrokken: %(kind)s") % {"kind": _kind(request)})
    return request


@transaction.atomic
@beyond_wall("deciding on what a resident asked")
def extend(*, by: User, request: RightsRequest, reason: str, now: dt.datetime | None = None) -> RightsRequest:
    """Take two months more, once; the person must hear it within the first month (GDPR art. 12.3).

    Raises CannotDecide without a reason, when the month is over, and when it was extended already.
    """
    now = now or timezone.now()
    request = locked(request)
    if not can_extend(by, request):
        raise CannotDecide(_("Je verlengt dit verzoek niet."))
    if request.is_answered:
        raise CannotDecide(_("Dit verzoek is al beantwoord."))
    if request.extended_at is not None:
        raise CannotDecide(_("Dit verzoek is al één keer verlengd. Meer kan niet."))
    if timezone.localtime(now).date() > request.due_on:
        raise CannotDecide(_("De maand is voorbij: verlengen kan niet meer. Antwoord zo snel mogelijk."))
    if not reason.strip():
        raise CannotDecide(_("Schrijf op waarom het langer duurt."), field="reason")
    request.extended_by, request.extended_at, request.extension_reason = by, now, reason.strip()
    request.due_on = answer_due(request.received_on, extended=True)
    request.version += 1
    request.save()
    return request


class CannotRetry(ActionError):
    """There is nothing to try again, or not by this user."""


@transaction.atomic
@beyond_wall("trying again what a resident asked")
def retry_request(*, by: User, request: RightsRequest) -> RightsRequest:
    """Have a worker try again what it gave up on. Raises CannotRetry when nobody gave up, or somebody was first."""
    request = locked(request)
    if not can_retry(by, request):
        raise CannotRetry(_("Je hebt niet in handen of dit opnieuw geprobeerd wordt."))
    if not request.failure:
        raise CannotRetry(_("Hier is niets mislukt, of iemand vroeg het al opnieuw. Wacht even."))
    request.failure, request.attempts = "", 0
    request.version += 1
    request.save(update_fields=["failure", "attempts", "version"])
    transaction.on_commit(partial(queue_request, request.pk))
    return request


@transaction.atomic
@beyond_wall("deciding on what a resident asked")
def lift_restriction(
    *, by: User, restriction: Restriction, reason: str, now: dt.datetime | None = None
) -> Restriction:
    """End a restriction; the person is told before (GDPR art. 18.3). Raises CannotDecide without a reason."""
    now = now or timezone.now()
    restriction = Restriction.objects.select_for_update().get(pk=restriction.pk)
    request = getattr(restriction, "request", None)
    if request is None or not can_decide(by, request):
        raise CannotDecide(_("Je beslist niet over deze beperking."))
    if restriction.lifted_at is not None:
        raise CannotDecide(_("Deze beperking is al opgeheven."))
    if not reason.strip():
        raise CannotDecide(_("Schrijf op waarom de beperking niet meer geldt."), field="reason")
    restriction.lifted_by, restriction.lifted_at, restriction.lift_reason = by, now, reason.strip()
    restriction.save()
    tell_cases(request, by=by, title=_("Beperking opgeheven"))
    return restriction
