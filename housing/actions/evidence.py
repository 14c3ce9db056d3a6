"""The evidence ledger: in by anybody who works with the tenant, hashed and time-stamped, never changed."""

import datetime as dt
import hashlib
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.amounts import euro
from arsenaal.lib.errors import ActionError
from arsenaal.lib.uploads import forget_files, receive
from cases.actions.locking import lock_open_case
from cases.models import Case
from cases.timeline import record
from housing.enums_legal import EvidenceKind
from housing.models import Evidence, LedgerRow, RentPayment
from housing.rent_reading import rent_totals


class CannotAddEvidence(ActionError):
    """This can't be taken into the ledger; the message says why."""


class CannotWithdraw(ActionError):
    """This line can't be withdrawn; the message says why."""


def _check_day(about_on: dt.date) -> None:
    if about_on > timezone.localdate() or about_on.year < 1900:
        raise CannotAddEvidence(_("Kies vandaag of een dag in het verleden."), field="about_on")


def _tell(evidence: Evidence, *, by: User) -> None:
    record(
        "housing.evidence",
        case=evidence.case,
        by=by,
        title=_("Bewijs toegevoegd: %(title)s") % {"title": evidence.title},
        data={"chips": [str(evidence.get_kind_display()), date_format(evidence.about_on, "j F Y")]},
        goal="housing",
    )


def _fields(case: Case, by: User, kind: str, title: str, about_on: dt.date, body: str) -> dict[str, Any]:
    if not title.strip():
        raise CannotAddEvidence(_("Geef een korte omschrijving."), field="title")
    _check_day(about_on)
    return {
        "case": case,
        "kind": kind,
        "title": title.strip(),
        "about_on": about_on,
        "body": body.strip(),
        "recorded_by": by,
    }


def add_evidence(
    *,
    by: User,
    case: Case,
    kind: str,
    title: str,
    about_on: dt.date,
    body: str = "",
    upload: UploadedFile | None = None,
) -> Evidence:
    """Take a file or a text into the ledger of a case. What is kept is hashed; the same file stands there once.

    Raises CannotAddEvidence when there is nothing to keep, for a day that still has to come, and for a file that
    stands in this ledger already; UploadRefused for a file that is no good; CaseIsClosed.
    """
    fields = _fields(case, by, kind, title, about_on, body)
    if upload is None and not fields["body"]:
        raise CannotAddEvidence(
            _("Voeg een foto of pdf toe, of schrijf op wat je wilt bewaren."), field="file"
        )
    # Decoding a file takes a while: nothing is locked yet.
    received = receive(upload, max_bytes=settings.DOCUMENT_MAX_BYTES) if upload is not None else None
    evidence = Evidence(**fields)
    try:
        with transaction.atomic():
            lock_open_case(case)
            if received is not None:
                digest = hashlib.sha256(received.content).hexdigest()
                if Evidence.objects.standing().filter(case=case, file_sha256=digest).exists():
                    raise CannotAddEvidence(_("Dit bestand staat al bij dit dossier."), field="file")
                evidence.file_type, evidence.file_size = received.content_type, received.size
                evidence.file_sha256 = digest
                evidence.file.save(f"x.{received.extension}", ContentFile(received.content), save=False)
            evidence.save()
            _tell(evidence, by=by)
    except Exception as error:
        if evidence.file:
            forget_files([str(evidence.file.name)])
        if isinstance(error, IntegrityError):
            raise CannotAddEvidence(_("Dit bestand staat al bij dit dossier."), field="file") from error
        raise
    return evidence


@transaction.atomic
def add_rent_overview(*, by: User, case: Case) -> Evidence:
    """Freeze what was paid month by month as a piece of evidence. Raises CannotAddEvidence when no month is there."""
    lock_open_case(case)
    payments = list(RentPayment.objects.standing().filter(case=case).order_by("month"))
    if not payments:
        raise CannotAddEvidence(_("Er staat nog geen enkele maand. Vul eerst de betaalde huur in."))
    totals = rent_totals(payments)
    evidence = Evidence.objects.create(
        case=case,
        kind=EvidenceKind.RENT,
        title=_("Betaalde huur van %(first)s tot %(last)s")
        % {
            "first": date_format(payments[0].month, "F Y"),
            "last": date_format(payments[-1].month, "F Y"),
        },
        about_on=timezone.localdate(),
        recorded_by=by,
        data={
            "rows": [
                {
                    "month": date_format(payment.month, "F Y"),
                    "due": euro(payment.due),
                    "paid": euro(payment.paid),
                    "how": str(payment.get_method_display()),
                }
                for payment in payments
            ],
            "total": {"due": euro(totals.due), "paid": euro(totals.paid)},
        },
    )
    _tell(evidence, by=by)
    return evidence


@transaction.atomic
def withdraw_line(*, by: User, line: LedgerRow, reason: str) -> LedgerRow:
    """Withdraw a line of the ledger: it stays readable, it no longer counts. Withdrawing twice changes nothing.

    Raises CannotWithdraw without a reason.
    """
    if not reason.strip():
        raise CannotWithdraw(_("Schrijf op waarom je dit intrekt."), field="reason")
    line = type(line)._default_manager.select_for_update().get(pk=line.pk)
    if line.is_standing:
        line.withdrawn_at, line.withdrawn_by = timezone.now(), by
        line.withdrawn_reason = reason.strip()[:300]
        line.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    return line
