"""Mandates: what the team may ask of which service, given by somebody, from a day on."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Neighbourhood, Organisation, User
from arsenaal.lib.errors import ActionError
from cases.actions.checks import FURTHEST_DAYS, BadDateError
from cases.models import Mandate


class MandateExistsError(ActionError):
    """The same mandate holds already."""


class MandateEndedError(ActionError):
    """The mandate ended already."""


def _check_days(from_on: dt.date, until_on: dt.date | None) -> None:
    if abs((from_on - timezone.localdate()).days) > 4 * FURTHEST_DAYS:
        raise BadDateError(_("Deze datum ligt te ver. Kijk het jaartal na."), field="from_on")
    if until_on is not None and until_on < from_on:
        raise BadDateError(_("De einddatum ligt voor de begindatum."), field="until_on")


@transaction.atomic
def add_mandate(
    *,
    by: User,
    neighbourhood: Neighbourhood,
    organisation: Organisation,
    subject: str,
    granted_by: str,
    answer_within_days: int,
    from_on: dt.date,
    until_on: dt.date | None = None,
) -> Mandate:
    """Record a mandate. `answer_within_days` counts working days. Raises MandateExistsError and
    BadDateError.
    """
    Neighbourhood.objects.select_for_update().get(pk=neighbourhood.pk)
    _check_days(from_on, until_on)
    same = Mandate.objects.filter(
        neighbourhood=neighbourhood, organisation=organisation, subject__iexact=subject.strip()
    ).exclude(until_on__lt=from_on)
    if same.exists():
        raise MandateExistsError(_("Dit mandaat staat er al."), field="subject")
    return Mandate.objects.create(
        neighbourhood=neighbourhood,
        organisation=organisation,
        subject=subject.strip(),
        granted_by=granted_by.strip(),
        answer_within_days=answer_within_days,
        from_on=from_on,
        until_on=until_on,
    )


@transaction.atomic
def end_mandate(*, by: User, mandate: Mandate, until_on: dt.date) -> Mandate:
    """Let a mandate end on a day (that day included); questions that were asked on it stay.

    Raises MandateEndedError when it ended before today, BadDateError for a day before it began or years
    ahead.
    """
    mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    if mandate.until_on is not None and mandate.until_on < timezone.localdate():
        raise MandateEndedError(_("Dit mandaat is al voorbij."))
    if until_on < mandate.from_on:
        raise BadDateError(_("De einddatum ligt voor de begindatum."), field="until_on")
    _check_days(until_on, None)
    mandate.until_on = until_on
    mandate.save(update_fields=["until_on"])
    return mandate
