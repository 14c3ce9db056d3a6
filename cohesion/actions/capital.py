"""What people offer and ask, their consent, and bringing them together."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Neighbourhood, User
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from cases.actions.checks import check_due, day_of
from cohesion.capital_enums import MATCH_OVER, MATCH_TRANSITIONS, DayPart, MatchState, Side
from cohesion.capital_matching import weigh
from cohesion.models import CapitalConsent, CapitalEntry, CapitalMatch
from people.languages import LANGUAGES

LONGEST_CONSENT = dt.timedelta(days=2 * 366)


class CapitalError(ActionError):
    """This can't be done; the message says why."""


def lock_entry(entry: CapitalEntry) -> CapitalEntry:
    """Return it as it is now, locked."""
    return CapitalEntry.objects.select_for_update().get(pk=entry.pk)


def _clean(values: dict[str, Any]) -> dict[str, Any]:
    cleaned = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    if not cleaned.get("what") or not cleaned.get("first_name"):
        raise CapitalError(_("Schrijf op wat het is, en van wie."), field="what")
    cleaned["languages"] = [code for code in cleaned.get("languages") or () if code in LANGUAGES]
    cleaned["day_parts"] = [part for part in DayPart.values if part in (cleaned.get("day_parts") or ())]
    return cleaned


@transaction.atomic
def note_capital(
    *, by: User, neighbourhood: Neighbourhood, side: str, now: dt.datetime | None = None, **values: Any
) -> CapitalEntry:
    """Write down what somebody offers or asks: kind, what, details, first_name, street, reach, languages, day_parts,
    person. Nobody is brought together with anybody until he consents. Raises CapitalError.
    """
    return CapitalEntry.objects.create(
        neighbourhood=neighbourhood, side=side, noted_by=by, noted_at=now or timezone.now(), **_clean(values)
    )


@transaction.atomic
def edit_capital(*, by: User, entry: CapitalEntry, version: int, **values: Any) -> CapitalEntry:
    """Change what was written down. Raises CapitalError, ChangedMeanwhileError."""
    entry = lock_entry(entry)
    if entry.version != version:
        raise ChangedMeanwhileError(
            _("Iemand anders heeft dit intussen gewijzigd. Vergelijk en bewaar opnieuw."),
            current={
                _("wat"): entry.what,
                _("voornaam"): entry.first_name,
                _("straat"): entry.street,
                _("meer uitleg"): entry.details,
            },
        )
    for name, value in _clean(values).items():
        setattr(entry, name, value)
    entry.version += 1
    entry.save()
    return entry


@transaction.atomic
def end_capital(*, by: User, entry: CapitalEntry, now: dt.datetime | None = None) -> CapitalEntry:
    """It doesn't stand any more: done, or no longer possible. Done before, it stays done."""
    entry = lock_entry(entry)
    if entry.ended_on is None:
        entry.ended_on = day_of(now)
        entry.version += 1
        entry.save()
    return entry


@transaction.atomic
def give_consent(
    *,
    by: User,
    entry: CapitalEntry,
    until_on: dt.date,
    shares_reach: bool = False,
    now: dt.datetime | None = None,
) -> CapitalConsent:
    """Record that somebody lets us bring him together with a neighbour, until a day.

    Asked again, the new one takes the place of the one before. Raises CapitalError, BadDateError.
    """
    now = now or timezone.now()
    entry, today = lock_entry(entry), day_of(now)
    if entry.ended_on is not None:
        raise CapitalError(_("Dit staat niet meer open."))
    check_due(until_on, today=today, field="until_on")
    if until_on - today > LONGEST_CONSENT:
        raise CapitalError(_("Hoogstens twee jaar. Daarna vraag je het opnieuw."), field="until_on")
    if shares_reach and not entry.reach:
        raise CapitalError(
            _("Er staat niet bij hoe die te bereiken is. Vul dat eerst in."), field="shares_reach"
        )
    _withdraw(entry, by, now)
    return CapitalConsent.objects.create(
        entry=entry,
        shares_reach=shares_reach,
        from_on=today,
        until_on=until_on,
        recorded_by=by,
        recorded_at=now,
    )


def _withdraw(entry: CapitalEntry, by: User, now: dt.datetime) -> int:
    return entry.consents.filter(withdrawn_at__isnull=True).update(withdrawn_by=by, withdrawn_at=now)


@transaction.atomic
def withdraw_consent(*, by: User, entry: CapitalEntry, now: dt.datetime | None = None) -> CapitalEntry:
    """Nobody is told anything of him from now on; what was only proposed is off. Done before, it stays done."""
    now = now or timezone.now()
    entry = lock_entry(entry)
    _withdraw(entry, by, now)
    proposed = CapitalMatch.objects.select_for_update().filter(state=MatchState.PROPOSED)
    for match in proposed.filter(offer=entry) | proposed.filter(ask=entry):
        match.state, match.ended_on = MatchState.FAILED, day_of(now)
        match.outcome = _("De toestemming is ingetrokken.")
        match.version += 1
        match.save()
    return entry


def _check_both_consent(offer: CapitalEntry, ask: CapitalEntry, day: dt.date) -> None:
    if CapitalEntry.objects.matchable(day).filter(pk__in=[offer.pk, ask.pk]).count() != 2:
        raise CapitalError(
            _("Een van beiden geeft (nog) geen toestemming, of staat niet meer open. Vraag het eerst.")
        )


@transaction.atomic
def propose_match(
    *, by: User, offer: CapitalEntry, ask: CapitalEntry, now: dt.datetime | None = None
) -> CapitalMatch:
    """Propose that two people meet; what speaks for it is kept. Raises CapitalError without both consents."""
    now = now or timezone.now()
    first, second = sorted((offer, ask), key=lambda row: row.pk)
    locked = {row.pk: lock_entry(row) for row in (first, second)}
    offer, ask = locked[offer.pk], locked[ask.pk]
    if offer.side != Side.OFFER or ask.side != Side.ASK:
        raise CapitalError(_("Breng een aanbod en een vraag samen."))
    if offer.neighbourhood_id != ask.neighbourhood_id:
        raise CapitalError(_("Ze wonen in een andere wijk."))
    _check_both_consent(offer, ask, day_of(now))
    _score, reasons = weigh(offer, ask)
    try:
        with transaction.atomic():
            return CapitalMatch.objects.create(
                neighbourhood_id=offer.neighbourhood_id,
                offer=offer,
                ask=ask,
                reasons=reasons,
                proposed_by=by,
                proposed_at=now,
            )
    except IntegrityError as error:
        raise CapitalError(_("Deze twee zijn al eens voorgesteld.")) from error


@transaction.atomic
def step_match(
    *,
    by: User,
    match: CapitalMatch,
    version: int,
    state: str,
    outcome: str = "",
    now: dt.datetime | None = None,
) -> CapitalMatch:
    """Say how far two people came. Introducing them takes the consent of both on that very day.

    Raises CapitalError, ChangedMeanwhileError.
    """
    match = (
        CapitalMatch.objects.select_for_update(of=("self",)).select_related("offer", "ask").get(pk=match.pk)
    )
    if match.version != version:
        raise ChangedMeanwhileError(
            _("Iemand anders heeft dit intussen gewijzigd. Vergelijk en bewaar opnieuw."),
            current={_("stand"): str(match.get_state_display()), _("wat ervan kwam"): match.outcome},
        )
    to, today = MatchState(state), day_of(now)
    if to not in MATCH_TRANSITIONS[MatchState(match.state)]:
        raise CapitalError(
            _("Van “%(old)s” gaat het niet naar “%(new)s”.")
            % {"old": match.get_state_display(), "new": to.label},
            field="state",
        )
    if to == MatchState.INTRODUCED:
        for pk in sorted((match.offer_id, match.ask_id)):
            lock_entry(CapitalEntry(pk=pk))
        _check_both_consent(match.offer, match.ask, today)
        match.introduced_on = today
    if to in MATCH_OVER:
        if not outcome.strip():
            raise CapitalError(_("Schrijf op wat ervan kwam."), field="outcome")
        match.outcome, match.ended_on = outcome.strip(), today
    match.state = to
    match.version += 1
    match.save()
    return match
