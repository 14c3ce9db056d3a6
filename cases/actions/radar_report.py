"""Putting somebody on the radar, and correcting what was told."""

import datetime as dt
from typing import TypedDict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Neighbourhood, Organisation, User
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from cases.actions.radar_lock import lock_undecided
from cases.models import RadarEntry
from cases.models.radar import REVIEW_WITHIN


class CannotReportWorry(ActionError):
    """The signal can't be kept; the message says what is missing."""


class Worry(TypedDict, total=False):
    """What is told about a worry. The first five are a must, and a name or a street."""

    source: str
    source_organisation: Organisation
    reason: str
    worry: str
    review_on: dt.date
    name: str
    street: str
    house_number: str
    box: str
    postcode: str
    phone: str
    reach_by: str
    reach_note: str


def check_review_date(review_on: dt.date, *, today: dt.date) -> None:
    """Raise CannotReportWorry unless the date lies between today and three months on."""
    if review_on < today:
        raise CannotReportWorry(_("Kies vandaag of een latere dag."), field="review_on")
    if review_on > today + REVIEW_WITHIN:
        raise CannotReportWorry(
            _("Kies een dag binnen de drie maanden: zo lang mag een zorg niet blijven liggen."),
            field="review_on",
        )


def _check(worry: Worry, *, today: dt.date) -> None:
    check_review_date(worry["review_on"], today=today)
    if not worry.get("name", "").strip() and not worry.get("street", "").strip():
        raise CannotReportWorry(
            _("Vul een naam of een adres in, anders vindt niemand dit terug."), field="name"
        )


@transaction.atomic
def report_worry(
    *, by: User, neighbourhood: Neighbourhood, worry: Worry, now: dt.datetime | None = None
) -> RadarEntry:
    """Put a household or an address on the radar.

    Raises CannotReportWorry when there is neither a name nor a street, or when the review date lies in the
    past or more than three months away.
    """
    now = now or timezone.now()
    _check(worry, today=timezone.localtime(now).date())
    return RadarEntry.objects.create(neighbourhood=neighbourhood, reported_by=by, reported_at=now, **worry)


@transaction.atomic
def correct_worry(*, by: User, entry: RadarEntry, version: int, worry: Worry) -> RadarEntry:
    """Correct what was told, as long as nobody decided.

    Raises AlreadyDecided, CannotReportWorry, or ChangedMeanwhileError when `version` is an old one.
    """
    entry = lock_undecided(entry)
    if entry.version != version:
        raise ChangedMeanwhileError(
            _("Een collega paste dit signaal net voor jou aan. Kijk na wat er nu staat."),
            current={
                _("Wat is de zorg?"): entry.worry,
                _("Naam"): entry.name,
                _("Adres"): entry.address_line,
                _("Telefoon"): entry.phone,
            },
        )
    today = timezone.localdate()
    # A date that was fine when it was set may stay as it is, also when it has come.
    _check({**worry, "review_on": today} if worry["review_on"] == entry.review_on else worry, today=today)
    for field, value in worry.items():
        setattr(entry, field, value)
    entry.version += 1
    entry.save()
    return entry
