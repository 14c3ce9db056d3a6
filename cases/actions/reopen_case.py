"""Reopening a case that was closed."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from arsenaal.lib.errors import ActionError
from cases.actions.locking import lock_case
from cases.enums import CaseState
from cases.models import Case
from cases.timeline import record
from people.models import Household


class CannotReopenCase(ActionError):
    """The case can't be reopened; the message says why."""


@transaction.atomic
def reopen_case(*, by: User, case: Case, reason: str, now: dt.datetime | None = None) -> Case:
    """Open a closed case again, with the reason; team, plan and timeline go on where they stopped.

    What was stopped at the closing stays stopped. Raises CannotReopenCase when the case is open already,
    when the household got another open case meanwhile, when the block case it hangs under is closed, when
    its lead no longer works here, or without a reason.
    """
    now = now or timezone.now()
    if case.household_id:
        # The same lock as open_case takes: of two who open at once, the second sees the first.
        Household.objects.select_for_update().get(pk=case.household_id)
    case = lock_case(case)
    if case.is_open:
        raise CannotReopenCase(_("Dit dossier is al open."))
    if not reason.strip():
        raise CannotReopenCase(_("Schrijf op waarom het dossier weer opengaat."), field="reason")
    other = Case.objects.open().filter(household_id=case.household_id).first() if case.household_id else None
    if other is not None:
        raise CannotReopenCase(
            _("Dit gezin heeft intussen een ander open dossier: %(number)s. Werk daar verder.")
            % {"number": other.number}
        )
    if case.parent_id and not Case.objects.open().filter(pk=case.parent_id).exists():
        raise CannotReopenCase(_("Het blokdossier is afgesloten. Heropen eerst het blokdossier."))
    workers = User.objects.with_permission(Permission.CASE_WORK, case.neighbourhood_id)
    if not workers.filter(pk=case.lead_id).exists():
        raise CannotReopenCase(_("De trekker werkt hier niet meer. Kies eerst een andere trekker."))
    case.state, case.outcome = CaseState.ACTIVE, ""
    case.closed_at = case.closed_by = None
    case.save(update_fields=["state", "outcome", "closed_at", "closed_by"])
    record(
        "cases.reopened", case=case, by=by, title=_("Dossier heropend"), body=reason.strip(), occurred_at=now
    )
    return case
