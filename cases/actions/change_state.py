"""Moving a case from one state to another while it stays open."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from cases.actions.locking import lock_open_case
from cases.enums import CASE_TRANSITIONS, CaseState
from cases.models import Case
from cases.timeline import record


class CannotChangeState(ActionError):
    """The case can't go to this state; the message says why."""


def next_states(case: Case) -> list[CaseState]:
    """Return the states this case can go to while it stays open; closing has its own form."""
    allowed = CASE_TRANSITIONS[CaseState(case.state)]
    return [state for state in CaseState if state in allowed and state != CaseState.CLOSED]


@transaction.atomic
def change_state(*, by: User, case: Case, to_state: str, reason: str, now: dt.datetime | None = None) -> Case:
    """Move an open case to another state, with the reason on the timeline.

    Raises CannotChangeState for a step that the table of transitions doesn't allow or without a reason;
    CaseIsClosed.
    """
    now = now or timezone.now()
    case = lock_open_case(case)
    if to_state not in next_states(case):
        raise CannotChangeState(
            _("Van %(state)s kan dit dossier daar niet naartoe. Kies een van de standen hieronder.")
            % {"state": case.get_state_display()},
            field="to_state",
        )
    if not reason.strip():
        raise CannotChangeState(_("Schrijf kort op waarom."), field="reason")
    before, after = case.get_state_display(), CaseState(to_state).label
    case.state = to_state
    case.save(update_fields=["state"])
    record(
        "cases.state",
        case=case,
        by=by,
        title=_("Stand: %(state)s") % {"state": after},
        body=reason.strip(),
        data={"chips": [f"{before} → {after}"]},
        occurred_at=now,
    )
    return case
