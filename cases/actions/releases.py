"""Releasing what was written within one circle to another, and ending that. Nothing is ever undone in silence."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.enums import Circle
from accounts.models import User
from arsenaal.lib.errors import ActionError
from cases.actions.checks import BadDateError, check_past, day_of
from cases.actions.locking import lock_case, lock_open_case
from cases.circles import CIRCLE_CHOICES
from cases.models import Case, Consent, LegalGround, Release, TimelineEntry
from cases.perms import can_end_release, can_release, releasable_circles
from cases.timeline import record
from people.models import HouseholdMember, Person


class ReleaseIncomplete(ActionError):
    """Something that a release needs is missing, or doesn't fit."""


class CannotRelease(ActionError):
    """This person may not release this, or may not end it."""


class AlreadyReleased(ActionError):
    """It is released to this circle already, or that release ended already."""


def _check_person(case: Case, person: Person | None) -> None:
    if case.household_id is None:
        return
    if person is None:
        raise ReleaseIncomplete(
            _("Kies wie van het gezin akkoord gaat, of over wie het gaat."), field="person"
        )
    if not HouseholdMember.objects.filter(household=case.household_id, person=person).exists():
        raise ReleaseIncomplete(_("Kies iemand van dit gezin."), field="person")


def _check_ground(case: Case, consent: Consent | None, ground: LegalGround | None) -> None:
    """One of both, and valid now: a consent can be withdrawn while somebody fills in the form."""
    if (consent is None) == (ground is None):
        raise ReleaseIncomplete(
            _("Kies een toestemming die geldt, of een wettelijke grond. Een van beide."), field="consent"
        )
    if consent is not None and not Consent.objects.valid_on().filter(pk=consent.pk, case=case).exists():
        raise ReleaseIncomplete(_("Deze toestemming geldt niet meer. Vraag ze opnieuw."), field="consent")
    if ground is not None and not LegalGround.objects.filter(pk=ground.pk, is_active=True).exists():
        raise ReleaseIncomplete(_("Deze grond is niet meer in gebruik."), field="legal_ground")


def _words(
    *, purpose: str, reason: str, until_on: dt.date | None, to_circle: str, today: dt.date
) -> tuple[str, str]:
    if to_circle not in Circle.values:
        raise ReleaseIncomplete(_("Kies voor welke kring."), field="to_circle")
    if not purpose.strip():
        raise ReleaseIncomplete(_("Schrijf op waarvoor dit nodig is."), field="purpose")
    if not reason.strip():
        raise ReleaseIncomplete(_("Schrijf op waarom je dit vrijgeeft."), field="reason")
    if until_on is not None and until_on < today:
        raise BadDateError(_("Deze datum is al voorbij. Kies vandaag of later."), field="until_on")
    return purpose.strip(), reason.strip()


def _resting_on(release: Release) -> str:
    if release.consent is not None:
        names = ", ".join(release.consent.recipients.order_by("name").values_list("name", flat=True))
        return _("Met toestemming, gegeven voor: %(who)s.") % {"who": names}
    return _("Op deze grond: %(ground)s.") % {"ground": release.legal_ground}


def _what(release: Release) -> str:
    if release.document_id:
        return _("een document")
    if release.from_on is None:
        return _("een gebeurtenis")
    return _("alles van de %(who)s vanaf %(day)s") % {
        "who": release.discipline,
        "day": date_format(release.from_on, "j F Y"),
    }


def _tell(release: Release, *, by: User, title: str, body: str, tone: str, now: dt.datetime) -> None:
    """Write it on the timeline for the whole team: that it moved and on what it rests, never what it is about."""
    record(
        "cases.release",
        case=release.case,
        by=by,
        title=title,
        body=body,
        data={
            "release": release.pk,
            "chips": [
                {
                    "text": f"{release.get_from_circle_display()} → {release.get_to_circle_display()}",
                    "tone": tone,
                    "icon": "unlock" if tone == "ok" else "lock-fill",
                }
            ],
        },
        occurred_at=now,
    )


def _start(release: Release, *, now: dt.datetime) -> Release:
    same = Release.objects.not_ended().filter(
        case=release.case,
        entry=release.entry,
        from_circle=release.from_circle,
        to_circle=release.to_circle,
        discipline=release.discipline,
    )
    end_lapsed(same, now=now)
    if same.exists():
        raise AlreadyReleased(_("Dit is al vrijgegeven voor deze kring."), field="to_circle")
    release.save()
    body = _resting_on(release)
    if release.until_on:
        body += " " + _("Tot en met %(day)s.") % {"day": date_format(release.until_on, "j F Y")}
    _tell(
        release,
        by=release.released_by,
        title=_("Vrijgegeven voor %(circle)s: %(what)s")
        % {"circle": CIRCLE_CHOICES[Circle(release.to_circle)], "what": _what(release)},
        body=body,
        tone="ok",
        now=now,
    )
    return release


@transaction.atomic
def release_entry(
    *,
    by: User,
    entry: TimelineEntry,
    to_circle: str,
    purpose: str,
    reason: str,
    person: Person | None = None,
    consent: Consent | None = None,
    legal_ground: LegalGround | None = None,
    until_on: dt.date | None = None,
    now: dt.datetime | None = None,
) -> Release:
    """Open one entry to another circle, with the document or the photos that belong to it.

    Rests on a consent that holds or on a legal ground, one of both (domain.md F1). Raises CannotRelease,
    ReleaseIncomplete, AlreadyReleased, BadDateError, CaseIsClosed.
    """
    now = now or timezone.now()
    case = lock_open_case(entry.case)
    entry = TimelineEntry.objects.select_related("case").get(pk=entry.pk)
    if not can_release(by, entry):
        raise CannotRelease(
            _("Vrijgeven kan wie dit zelf mag lezen en het schreef, het dossier trekt of tot de kring hoort.")
        )
    if entry.redacted_at is not None or TimelineEntry.objects.filter(supersedes=entry).exists():
        raise CannotRelease(_("Dit is intussen verbeterd of weggehaald. Kies de nieuwste versie."))
    purpose, reason = _words(
        purpose=purpose, reason=reason, until_on=until_on, to_circle=to_circle, today=day_of(now)
    )
    if to_circle == entry.circle:
        raise ReleaseIncomplete(_("Dit staat al in deze kring. Kies een andere."), field="to_circle")
    _check_person(case, person)
    _check_ground(case, consent, legal_ground)
    return _start(
        Release(
            case=case,
            entry=entry,
            document=getattr(entry, "document", None),
            from_circle=entry.circle,
            to_circle=to_circle,
            until_on=until_on,
            person=person,
            purpose=purpose,
            reason=reason,
            consent=consent,
            legal_ground=legal_ground,
            released_by=by,
            released_at=now,
        ),
        now=now,
    )


@transaction.atomic
def release_from_day(
    *,
    by: User,
    case: Case,
    from_circle: str,
    from_on: dt.date,
    to_circle: str,
    purpose: str,
    reason: str,
    person: Person | None = None,
    consent: Consent | None = None,
    legal_ground: LegalGround | None = None,
    until_on: dt.date | None = None,
    now: dt.datetime | None = None,
) -> Release:
    """Open everything that one's own discipline wrote within a circle about what happened from a day on, also what
    comes after today. Raises what `release_entry` raises.
    """
    now = now or timezone.now()
    case = lock_open_case(case)
    if from_circle not in releasable_circles(by, case):
        raise CannotRelease(_("Kies een kring waar je zelf bij hoort."), field="from_circle")
    purpose, reason = _words(
        purpose=purpose, reason=reason, until_on=until_on, to_circle=to_circle, today=day_of(now)
    )
    if to_circle == from_circle:
        raise ReleaseIncomplete(_("Kies een andere kring dan die waar het in staat."), field="to_circle")
    check_past(from_on, today=day_of(now), field="from_on")
    _check_person(case, person)
    _check_ground(case, consent, legal_ground)
    return _start(
        Release(
            case=case,
            from_circle=from_circle,
            to_circle=to_circle,
            discipline=by.access.role_label(case.neighbourhood_id),
            from_on=from_on,
            until_on=until_on,
            person=person,
            purpose=purpose,
            reason=reason,
            consent=consent,
            legal_ground=legal_ground,
            released_by=by,
            released_at=now,
        ),
        now=now,
    )


@transaction.atomic
def end_release(*, by: User, release: Release, reason: str, now: dt.datetime | None = None) -> Release:
    """End a release: what it opened is closed again at once. Raises CannotRelease and AlreadyReleased."""
    now = now or timezone.now()
    lock_case(release.case)
    release = (
        Release.objects.select_for_update(of=("self",))
        .select_related("case", "consent", "legal_ground")
        .get(pk=release.pk)
    )
    if not can_end_release(by, release):
        raise CannotRelease(_("Een vrijgave stopt wie ze gaf, de trekker, of wie bij de kring hoort."))
    if release.ended_at is not None:
        raise AlreadyReleased(_("Deze vrijgave is al gestopt."))
    if not reason.strip():
        raise ReleaseIncomplete(_("Schrijf op waarom je deze vrijgave stopt."), field="reason")
    release.ended_at, release.ended_by, release.end_reason = now, by, reason.strip()
    release.save(update_fields=["ended_at", "ended_by", "end_reason"])
    _tell(
        release,
        by=by,
        title=_("Vrijgave gestopt: %(what)s") % {"what": _what(release)},
        body=_("Vanaf nu weer besloten."),
        tone="stop",
        now=now,
    )
    return release


def _close(releases: Iterable[Release], *, by: User | None, why: str, now: dt.datetime) -> int:
    """Write on each release and on the timeline that it is over. Without `by` it happened by itself."""
    count = 0
    for release in releases:
        release.ended_at, release.ended_by, release.end_reason = now, by, why
        release.save(update_fields=["ended_at", "ended_by", "end_reason"])
        _tell(
            release,
            by=by or release.released_by,
            title=_("Vrijgave voorbij: %(what)s") % {"what": _what(release)},
            body=why,
            tone="stop",
            now=now,
        )
        count += 1
    return count


def close_with_consent(consent: Consent, *, by: User, why: str, now: dt.datetime) -> int:
    """Close what rests on a consent that is withdrawn or narrowed. Call it in the transaction that does so."""
    rows = Release.objects.not_ended().filter(consent=consent).select_related("case", "released_by")
    return _close(rows.select_for_update(of=("self",)).order_by("pk"), by=by, why=why, now=now)


@transaction.atomic
def end_lapsed(releases: QuerySet[Release] | None = None, *, now: dt.datetime | None = None) -> int:
    """Write down which releases are over because their time or their consent is: reading closed them already.

    Safe to run twice. Returns how many.
    """
    now = now or timezone.now()
    lapsed = Release.objects.lapsed()
    if releases is not None:
        lapsed = lapsed.filter(pk__in=releases.order_by().values("pk"))
    rows = lapsed.select_related("case", "released_by").select_for_update(of=("self",))
    return _close(
        rows.order_by("pk"),
        by=None,
        why=_("De tijd of de toestemming waarop ze steunde, is voorbij. Weer besloten."),
        now=now,
    )
