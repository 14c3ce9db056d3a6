"""A certificate that no longer holds."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from housing.actions.procedure_base import ProcedureError, check_day, tell_cases
from housing.models import Certificate


@transaction.atomic
def lapse_certificate(
    *, by: User, certificate: Certificate, on: dt.date, reason: str, now: dt.datetime | None = None
) -> Certificate:
    """Record that a certificate lapsed because a later check found the dwelling not in order (Codex Wonen art. 3.9).

    Raises ProcedureError when it lapsed already or without a reason, BadProcedureDayError for a day that can't be.
    """
    now = now or timezone.now()
    certificate = (
        Certificate.objects.select_for_update(of=("self",))
        .select_related("part__procedure__building", "dwelling__building")
        .get(pk=certificate.pk)
    )
    if certificate.lapsed_on is not None:
        raise ProcedureError(_("Dit attest is al vervallen."))
    if not reason.strip():
        raise ProcedureError(_("Schrijf op waarom."), field="reason")
    check_day(on, now=now, field="on", not_before=certificate.issued_on)
    certificate.lapsed_on, certificate.lapse_reason = on, reason.strip()
    certificate.save(update_fields=["lapsed_on", "lapse_reason"])
    tell_cases(
        certificate.part.procedure,
        [certificate.dwelling],
        by=by,
        title=_("Conformiteitsattest vervallen"),
        body=_("Op %(day)s: %(why)s") % {"day": date_format(on, "j F Y"), "why": certificate.lapse_reason},
        tone="warn",
        now=now,
    )
    return certificate
