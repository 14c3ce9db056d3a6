"""Recording what a decision made of a dwelling. Only a decision changes it, never a report."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.enums import Goal
from accounts.models import User
from arsenaal.lib.errors import ActionError
from cases.timeline import record
from housing.inspection_enums import LegalStatusKind
from housing.models import Dwelling, LegalStatus
from housing.procedure_cases import cases_by_dwelling


class CannotRecordStatus(ActionError):
    """The status can't be recorded like this; the message says why."""


@transaction.atomic
def record_legal_status(
    *,
    by: User,
    dwelling: Dwelling,
    status: str,
    decided_on: dt.date,
    source: str,
    now: dt.datetime | None = None,
) -> LegalStatus:
    """Record the legal status of a dwelling from a decision on: who decided what, in `source`.

    It stands on the timeline of the families who live there. The same decision recorded twice is one. Raises
    CannotRecordStatus for a day that still has to come, an unknown status, or without source.
    """
    now = now or timezone.now()
    if status not in LegalStatusKind.values:
        raise CannotRecordStatus(_("Kies een juridische toestand."), field="status")
    if decided_on > timezone.localtime(now).date():
        raise CannotRecordStatus(_("Dit besluit moet nog komen."), field="decided_on")
    if not source.strip():
        raise CannotRecordStatus(_("Schrijf op welk besluit het is."), field="source")
    dwelling = Dwelling.objects.select_for_update(of=("self",)).select_related("building").get(pk=dwelling.pk)
    wanted = {"status": status, "decided_on": decided_on, "source": source.strip()}
    if same := LegalStatus.objects.filter(dwelling=dwelling, **wanted).first():
        return same
    row = LegalStatus.objects.create(dwelling=dwelling, recorded_by=by, recorded_at=now, **wanted)
    tone = "ok" if status == LegalStatusKind.NONE else "stop"
    for case in cases_by_dwelling([dwelling.pk], timezone.localtime(now).date())[dwelling.pk]:
        record(
            "housing.legal_status",
            case=case,
            by=by,
            title=_("Juridische toestand van de woning: %(status)s") % {"status": row.get_status_display()},
            body=f"{dwelling}, {date_format(decided_on, 'j F Y')}: {row.source}",
            data={"chips": [{"text": str(row.get_status_display()), "tone": tone, "icon": "bank"}]},
            goal=Goal.HOUSING,
            occurred_at=now,
        )
    return row
