"""Consents (toestemmingen): by a person, to share something with somebody, for a purpose, until a day."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from arsenaal.lib.errors import ActionError
from cases.actions.checks import BadDateError, check_past, day_of
from cases.actions.locking import lock_case, lock_open_case
from cases.actions.releases import close_with_consent
from cases.enums import ConsentCategory
from cases.models import Case, Consent, Release
from cases.timeline import record
from people.models import HouseholdMember, Person

# A consent that nobody asks about again isn't a consent any more: at most this long.
LONGEST_YEARS = 5
USUAL_YEARS = 1


class ConsentIncompleteError(ActionError):
    """Something that a consent needs is missing."""


class ConsentWithdrawnError(ActionError):
    """The consent was withdrawn already."""


class ConsentReplacedError(ActionError):
    """The consent was asked again already; the newer one counts."""


def years_later(day: dt.date, years: int) -> dt.date:
    """Return the day before the same date `years` later; 29 February counts as the 28th."""
    try:
        later = day.replace(year=day.year + years)
    except ValueError:
        later = day.replace(year=day.year + years, day=28)
    return later - dt.timedelta(days=1)


def _check_person(person: Person, *, case: Case) -> None:
    """Only who belongs to the household may say what is shared about it."""
    today = timezone.localdate()
    household = case.household
    members = HouseholdMember.objects.filter(person=person).exclude(until_on__lt=today)
    if household is None or not members.filter(household=household).exists():
        raise ConsentIncompleteError(_("Kies iemand van dit gezin."), field="person")


@transaction.atomic
def record_consent(
    *,
    by: User,
    case: Case,
    person: Person,
    recipients: Collection[Organisation],
    categories: Collection[str],
    purpose: str,
    language: str,
    with_interpreter: bool = False,
    from_on: dt.date | None = None,
    until_on: dt.date | None = None,
    replaces: Consent | None = None,
    now: dt.datetime | None = None,
) -> Consent:
    """Record what a person of the household lets us share. Without `until_on` it holds for one year.

    With `replaces` it was asked again: the older consent holds no more. What was released on the older one goes on
    when the new one lets us share at least as much with at least as many; otherwise it is closed.
    Raises ConsentIncompleteError, BadDateError (starts in the future, ends before it starts or more than
    five years on), ConsentWithdrawnError, ConsentReplacedError and CaseIsClosed.
    """
    now = now or timezone.now()
    case = lock_open_case(case)
    if replaces is not None:
        replaces = _replaceable(replaces, case=case)
    _check_person(person, case=case)
    if not recipients:
        raise ConsentIncompleteError(_("Kies met wie we mogen delen."), field="recipients")
    if not categories:
        raise ConsentIncompleteError(_("Kies wat we mogen delen."), field="categories")
    from_on = from_on or day_of(now)
    check_past(from_on, today=day_of(now), field="from_on")
    until_on = until_on or years_later(from_on, USUAL_YEARS)
    if until_on < from_on:
        raise BadDateError(_("De einddatum ligt voor de begindatum."), field="until_on")
    if until_on < day_of(now):
        raise BadDateError(_("Deze toestemming is dan al voorbij. Kies een latere datum."), field="until_on")
    if until_on > years_later(from_on, LONGEST_YEARS):
        raise BadDateError(
            _("Een toestemming geldt hoogstens vijf jaar. Vraag ze daarna opnieuw."), field="until_on"
        )
    consent = Consent.objects.create(
        case=case,
        person=person,
        categories=sorted(set(categories)),
        purpose=purpose,
        language=language,
        with_interpreter=with_interpreter,
        from_on=from_on,
        until_on=until_on,
        recorded_by=by,
        replaces=replaces,
    )
    consent.recipients.set(recipients)
    names = ", ".join(sorted(str(recipient) for recipient in recipients))
    record(
        "cases.consent",
        case=case,
        by=by,
        title=(_("Toestemming opnieuw gegeven: %(who)s") if replaces else _("Toestemming gegeven: %(who)s"))
        % {"who": names},
        # What it is for stands on the consent: a partner who reads the timeline may be no party to it.
        body=_("Tot en met %(day)s.") % {"day": date_format(until_on, "j F Y")},
        data={
            "chips": [
                {"text": str(ConsentCategory(category).label), "tone": "ok", "icon": "check-circle-fill"}
                for category in consent.categories
            ]
        },
        occurred_at=now,
    )
    if replaces is not None:
        _carry_over(replaces, consent, by=by, now=now)
    return consent


def _replaceable(consent: Consent, *, case: Case) -> Consent:
    """Return the older consent, locked, when it can still be asked again."""
    found = Consent.objects.select_for_update().get(pk=consent.pk, case=case)
    if found.withdrawn_at is not None:
        raise ConsentWithdrawnError(_("Deze toestemming is ingetrokken. Vraag een nieuwe, vanaf nul."))
    if Consent.objects.filter(replaces=found).exists():
        raise ConsentReplacedError(_("Deze toestemming is al opnieuw gevraagd. De nieuwste telt."))
    return found


def _carry_over(old: Consent, new: Consent, *, by: User, now: dt.datetime) -> None:
    """Let what was released on the old consent rest on the new one, unless the family said less this time."""
    is_narrower = (
        old.person_id != new.person_id
        or not set(old.categories) <= set(new.categories)
        or old.recipients.exclude(pk__in=new.recipients.order_by().values("pk")).exists()
    )
    if is_narrower:
        why = _("De nieuwe toestemming laat minder toe dan de vorige. Weer besloten.")
        close_with_consent(old, by=by, why=why, now=now)
    else:
        Release.objects.not_ended().filter(consent=old).update(consent=new)


@transaction.atomic
def withdraw_consent(
    *, by: User, consent: Consent, note: str = "", now: dt.datetime | None = None
) -> Consent:
    """Withdraw a consent; it works at once, also when the case is closed, and closes what was released on it.

    Raises ConsentWithdrawnError, and ConsentReplacedError when a newer one counts.
    """
    now = now or timezone.now()
    case = lock_case(consent.case)
    consent = Consent.objects.select_related("withdrawn_by").get(pk=consent.pk)
    if consent.withdrawn_at is not None:
        raise ConsentWithdrawnError(
            _("Deze toestemming is al ingetrokken op %(day)s.")
            % {"day": date_format(timezone.localtime(consent.withdrawn_at), "j F Y")}
        )
    if Consent.objects.filter(replaces=consent).exists():
        raise ConsentReplacedError(_("Deze toestemming is opnieuw gevraagd. Trek de nieuwste in."))
    consent.withdrawn_at, consent.withdrawn_by = now, by
    consent.save(update_fields=["withdrawn_at", "withdrawn_by"])
    names = ", ".join(consent.recipients.order_by("name").values_list("name", flat=True))
    record(
        "cases.consent",
        case=case,
        by=by,
        title=_("Toestemming ingetrokken: %(who)s") % {"who": names},
        body=note,
        data={"chips": [{"text": _("deel niets meer"), "tone": "stop", "icon": "x-octagon-fill"}]},
        occurred_at=now,
    )
    close_with_consent(
        consent, by=by, why=_("De toestemming is ingetrokken. Vanaf nu weer besloten."), now=now
    )
    return consent
