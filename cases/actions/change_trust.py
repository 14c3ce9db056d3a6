"""Writing down that trust grew or shrank, and what moved it."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from cases.actions.locking import lock_open_case
from cases.enums import TrustStage
from cases.models import Case, TrustChange
from cases.timeline import record


class CannotChangeTrust(ActionError):
    """The stage can't be changed like this; the message says why."""


def trust_chip(change: TrustChange) -> dict[str, str]:
    """Return the chip that tells a change: green upwards, amber downwards, with an arrow and words."""
    went_up = change.to_stage > change.from_stage
    return {
        "text": _("Vertrouwen %(old)d → %(new)d") % {"old": change.from_stage, "new": change.to_stage},
        "tone": "ok" if went_up else "warn",
        "icon": "arrow-up" if went_up else "arrow-down",
    }


@transaction.atomic
def change_trust(
    *,
    by: User,
    case: Case,
    to_stage: int,
    event: str,
    now: dt.datetime | None = None,
    tell: bool = True,
) -> TrustChange:
    """Move the trust stage up or down, with the event that moved it; any stage can follow any other.

    `tell=False` writes no timeline entry of its own: the caller puts `trust_chip()` on the entry it records
    (a home visit). The event is read by the whole team, so it belongs in the shared circle.
    Raises CannotChangeTrust without an event, with an unknown stage or with the stage that already holds.
    """
    now = now or timezone.now()
    case_now = lock_open_case(case)
    if to_stage not in TrustStage.values:
        raise CannotChangeTrust(_("Kies een van de vijf standen."), field="to_stage")
    if to_stage == case_now.trust_stage:
        raise CannotChangeTrust(
            _("Het vertrouwen staat al op %(stage)s. Kies een andere stand.")
            % {"stage": TrustStage(to_stage).label},
            field="to_stage",
        )
    if not event.strip():
        raise CannotChangeTrust(_("Schrijf op wat het verschil maakte."), field="event")
    change = TrustChange.objects.create(
        case=case_now,
        from_stage=case_now.trust_stage,
        to_stage=to_stage,
        event=event.strip(),
        changed_by=by,
        changed_at=now,
    )
    Case.objects.filter(pk=case_now.pk).update(trust_stage=to_stage)
    case.trust_stage = case_now.trust_stage = to_stage
    if tell:
        record(
            "cases.trust",
            case=case_now,
            by=by,
            title=_("Vertrouwen: %(stage)s") % {"stage": TrustStage(to_stage).label},
            body=change.event,
            data={"chips": [trust_chip(change)], "trust_change": change.pk},
            occurred_at=now,
        )
    return change
