"""Writing down what a resident asks: from then on a term runs."""

import datetime as dt
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from arsenaal.lib.wall import beyond_wall
from cases.models import Case
from people.models import Person, Restriction
from rights.actions.telling import tell_cases
from rights.enums import RequestKind, RequestState, RestrictionGround
from rights.models import Export, RightsRequest
from rights.perms import can_ask
from rights.queueing import queue_request
from rights.terms import answer_due


class CannotAsk(ActionError):
    """This request can't be written down; the message says why."""


def expected_number(person: Person) -> str:
    """Return what has to be typed before somebody is erased: the number of his newest case, or his own."""
    with beyond_wall("the number to type before somebody is erased"):
        number = (
            Case.objects.filter(household__members__person=person)
            .order_by("-opened_at", "-pk")
            .values_list("number", flat=True)
            .first()
        )
    return number or f"P-{person.pk}"


@transaction.atomic
def ask(
    *,
    by: User,
    person: Person,
    kind: str,
    received_on: dt.date,
    identity: str,
    asked_by: str = "",
    subject: str = "",
    wanted: str = "",
    restriction_ground: str = "",
    all_words: bool = False,
    number: str = "",
    now: dt.datetime | None = None,
) -> RightsRequest:
    """Write down a request of a resident. An export is collected at once, by a worker, after commit.

    Raises CannotAsk for whoever may not, for a day that still has to come, without the words that the kind needs,
    with another number than that of the case when somebody has to be erased, and when the same is asked already.
    """
    now = now or timezone.now()
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not can_ask(by, person):
        raise CannotAsk(_("Je noteert geen verzoeken in deze wijk."))
    if received_on > timezone.localtime(now).date():
        raise CannotAsk(_("Deze dag moet nog komen. Kies vandaag of vroeger."), field="received_on")
    if person.erased_at is not None:
        raise CannotAsk(_("Deze persoon is gewist: er is niets meer om te vragen."))
    _check(person, kind, subject, wanted, restriction_ground, number)
    if RightsRequest.objects.unanswered().filter(person=person, kind=kind).exists():
        raise CannotAsk(_("Dit is al gevraagd, en nog niet beantwoord. Werk verder aan dat verzoek."))
    request = RightsRequest.objects.create(
        neighbourhood_id=person.neighbourhood_id,
        person=person,
        kind=kind,
        state=RequestState.COLLECTING if kind == RequestKind.EXPORT else RequestState.OPEN,
        received_on=received_on,
        identity=identity,
        asked_by=asked_by.strip(),
        subject=subject.strip(),
        wanted=wanted.strip(),
        restriction_ground=restriction_ground,
        all_words=all_words,
        due_on=answer_due(received_on),
        recorded_by=by,
        recorded_at=now,
    )
    tell_cases(
        request,
        by=by,
        title=_("Verzoek: %(kind)s") % {"kind": str(request.get_kind_display()).lower()},
        body=_("Antwoord uiterlijk op %(day)s.") % {"day": f"{request.due_on:%d/%m/%Y}"},
    )
    if kind == RequestKind.EXPORT:
        Export.objects.create(request=request)
        transaction.on_commit(partial(queue_request, request.pk))
    return request


def _check(person: Person, kind: str, subject: str, wanted: str, ground: str, number: str) -> None:
    if kind == RequestKind.RECTIFY:
        if not subject.strip():
            raise CannotAsk(_("Schrijf op wat er fout is."), field="subject")
        if not wanted.strip():
            raise CannotAsk(_("Schrijf op wat het moet zijn."), field="wanted")
    if kind == RequestKind.RESTRICT:
        if ground not in RestrictionGround.values:
            raise CannotAsk(_("Kies waarom de gegevens beperkt moeten worden."), field="restriction_ground")
        if Restriction.objects.standing().filter(person=person).exists():
            raise CannotAsk(_("De gegevens van deze persoon zijn al beperkt."))
    if kind == RequestKind.ERASE and number.strip().upper() != expected_number(person):
        raise CannotAsk(
            _("Dit is niet het nummer. Typ %(number)s over, dan weten we dat je deze persoon bedoelt.")
            % {"number": expected_number(person)},
            field="number",
        )
