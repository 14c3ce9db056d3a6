"""Holding a case so that it is never destroyed meanwhile, and letting go of it again."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from cases.actions.locking import lock_case
from cases.models import Case
from cases.perms import can_manage_case
from cases.timeline import record
from rights.models import LegalHold


class CannotHold(ActionError):
    """The case can't be held, or let go; the message says why."""


@transaction.atomic
def hold_case(*, by: User, case: Case, reason: str, now: dt.datetime | None = None) -> LegalHold:
    """Keep a case out of every destruction list until it is let go. Raises CannotHold without a reason, or twice."""
    now = now or timezone.now()
    case = lock_case(case)
    if not can_manage_case(by, case):
        raise CannotHold(_("Alleen de coördinator of de trekker houdt een dossier vast."))
    if not reason.strip():
        raise CannotHold(_("Schrijf op waarom dit dossier moet blijven."), field="reason")
    if LegalHold.objects.filter(case=case, lifted_at__isnull=True).exists():
        raise CannotHold(_("Dit dossier wordt al vastgehouden."))
    hold = LegalHold.objects.create(case=case, reason=reason.strip(), set_by=by, set_at=now)
    record(
        "rights.hold",
        case=case,
        by=by,
        title=_("Bewaarplicht: dit dossier wordt niet vernietigd"),
        body=reason.strip(),
    )
    return hold


@transaction.atomic
def lift_hold(*, by: User, hold: LegalHold, now: dt.datetime | None = None) -> LegalHold:
    """Let go of a case: the selection rules count again. Raises CannotHold when that was done already."""
    now = now or timezone.now()
    case = lock_case(hold.case)
    hold = LegalHold.objects.select_for_update().get(pk=hold.pk)
    if not can_manage_case(by, case):
        raise CannotHold(_("Alleen de coördinator of de trekker laat een dossier los."))
    if hold.lifted_at is not None:
        raise CannotHold(_("Dit dossier werd al losgelaten."))
    hold.lifted_by, hold.lifted_at = by, now
    hold.save(update_fields=["lifted_by", "lifted_at"])
    record("rights.hold", case=case, by=by, title=_("Bewaarplicht opgeheven"))
    return hold
