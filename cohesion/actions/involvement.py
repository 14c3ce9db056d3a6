"""What somebody does in his neighbourhood, and his yes that the team of his case may know it."""

import datetime as dt

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Neighbourhood, User
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from cases.actions.checks import check_due, day_of
from cohesion.models import Involvement
from people.models import Person


class InvolvementError(ActionError):
    """This can't be done; the message says why."""


def _lock(involvement: Involvement) -> Involvement:
    return Involvement.objects.select_for_update().get(pk=involvement.pk)


def _check(*, what: str, since: dt.date, until: dt.date | None, today: dt.date) -> str:
    what = what.strip()
    if not what:
        raise InvolvementError(_("Schrijf op wat hij of zij doet."), field="what")
    if since > today:
        raise InvolvementError(_("Dit begint nog. Noteer het als het begonnen is."), field="since")
    if until is not None and until < since:
        raise InvolvementError(_("De laatste dag ligt voor de eerste."), field="until")
    return what


def _save(involvement: Involvement) -> Involvement:
    involvement.version += 1
    involvement.save()
    return involvement


@transaction.atomic
def note_involvement(
    *,
    by: User,
    neighbourhood: Neighbourhood,
    person: Person,
    kind: str,
    what: str,
    since: dt.date,
    until: dt.date | None = None,
    thing: dict[str, Model] | None = None,
    now: dt.datetime | None = None,
) -> Involvement:
    """Write down that somebody takes part. `thing`: the project, match, activity or place itself, by its name.

    Nobody who works on his case learns of it until he says yes. Raises InvolvementError.
    """
    return Involvement.objects.create(
        neighbourhood=neighbourhood,
        person=person,
        kind=kind,
        what=_check(what=what, since=since, until=until, today=day_of(now)),
        since=since,
        until=until,
        noted_by=by,
        noted_at=now or timezone.now(),
        **(thing or {}),
    )


@transaction.atomic
def edit_involvement(
    *,
    by: User,
    involvement: Involvement,
    version: int,
    what: str,
    since: dt.date,
    until: dt.date | None = None,
    kind: str = "",
    now: dt.datetime | None = None,
) -> Involvement:
    """Correct what was written down. The kind of what has a link stays. Raises InvolvementError,
    ChangedMeanwhileError.
    """
    involvement = _lock(involvement)
    if involvement.version != version:
        last = date_format(involvement.until) if involvement.until else _("loopt nog")
        raise ChangedMeanwhileError(
            _("Iemand anders heeft dit intussen gewijzigd. Vergelijk en bewaar opnieuw."),
            current={
                _("wat"): involvement.what,
                _("sinds"): date_format(involvement.since),
                _("tot en met"): last,
            },
        )
    involvement.what = _check(what=what, since=since, until=until, today=day_of(now))
    involvement.since, involvement.until = since, until
    if kind and involvement.thing_name is None:
        involvement.kind = kind
    return _save(involvement)


@transaction.atomic
def end_involvement(*, by: User, involvement: Involvement, now: dt.datetime | None = None) -> Involvement:
    """It stopped today. Stopped before, it stays so."""
    involvement, today = _lock(involvement), day_of(now)
    if involvement.until is None or involvement.until > today:
        involvement.until = today
        return _save(involvement)
    return involvement


@transaction.atomic
def record_yes(
    *,
    by: User,
    involvement: Involvement,
    agreed_until: dt.date | None = None,
    now: dt.datetime | None = None,
) -> Involvement:
    """The person said yes: the team of his case may know this, and go on from it in the plan.

    Once for each note: what somebody agreed to and took back stays to be read. Raises InvolvementError, BadDateError.
    """
    involvement, today = _lock(involvement), day_of(now)
    if involvement.agreed_on is not None:
        raise InvolvementError(_("Dit is al eens gevraagd. Noteer de deelname opnieuw."))
    if agreed_until is not None:
        check_due(agreed_until, today=today, field="agreed_until")
    involvement.asked_by, involvement.agreed_on, involvement.agreed_until = by, today, agreed_until
    return _save(involvement)


@transaction.atomic
def withdraw_yes(*, by: User, involvement: Involvement, now: dt.datetime | None = None) -> Involvement:
    """Nobody who works on his case sees it any more, at once. Withdrawn before, it stays so.

    Raises InvolvementError.
    """
    involvement = _lock(involvement)
    if involvement.agreed_on is None:
        raise InvolvementError(_("Er is nog geen toestemming gegeven."))
    if involvement.withdrawn_at is not None:
        return involvement
    involvement.withdrawn_by, involvement.withdrawn_at = by, now or timezone.now()
    return _save(involvement)
