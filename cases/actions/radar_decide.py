"""Deciding what becomes of a signal without a case: elsewhere, closed, or later."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from cases.actions.radar_lock import lock_undecided
from cases.actions.radar_report import check_review_date
from cases.enums import RadarState
from cases.models import RadarEntry


class ReasonMissing(ActionError):
    """A decision about people needs its reason."""


def _reason(text: str) -> str:
    text = text.strip()
    if not text:
        raise ReasonMissing(_("Schrijf in één zin waarom."), field="reason")
    return text


@transaction.atomic
def pass_on_radar_entry(
    *, by: User, entry: RadarEntry, to: Organisation, reason: str, now: dt.datetime | None = None
) -> RadarEntry:
    """Hand a signal to an organisation that takes it from here. Raises AlreadyDecided or ReasonMissing."""
    entry = lock_undecided(entry)
    entry.state, entry.passed_to, entry.decision_reason = RadarState.PASSED_ON, to, _reason(reason)
    entry.decided_by, entry.decided_at = by, now or timezone.now()
    entry.version += 1
    entry.save()
    return entry


@transaction.atomic
def close_radar_entry(
    *, by: User, entry: RadarEntry, reason: str, now: dt.datetime | None = None
) -> RadarEntry:
    """Take a signal off the radar because nothing more is needed. Raises AlreadyDecided or ReasonMissing."""
    entry = lock_undecided(entry)
    entry.state, entry.decision_reason = RadarState.CLOSED, _reason(reason)
    entry.decided_by, entry.decided_at = by, now or timezone.now()
    entry.version += 1
    entry.save()
    return entry


@transaction.atomic
def postpone_radar_entry(
    *,
    by: User,
    entry: RadarEntry,
    review_on: dt.date,
    reason: str,
    version: int,
    now: dt.datetime | None = None,
) -> RadarEntry:
    """Look at a signal again on a later day.

    Raises AlreadyDecided, ReasonMissing, CannotReportWorry for a day in the past or too far away, or
    ChangedMeanwhileError when `version` is no longer the current one.
    """
    now = now or timezone.now()
    entry = lock_undecided(entry)
    if entry.version != version:
        raise ChangedMeanwhileError(
            _("Een collega paste dit signaal net voor jou aan. Kijk na of uitstellen nog nodig is."),
            current={
                _("Opnieuw bekijken op"): date_format(entry.review_on, "l j F Y"),
                _("Waarom later"): entry.postpone_reason,
            },
        )
    check_review_date(review_on, today=timezone.localtime(now).date())
    entry.review_on, entry.postpone_reason = review_on, _reason(reason)
    entry.postponed_by, entry.postponed_at = by, now
    entry.version += 1
    entry.save()
    return entry
