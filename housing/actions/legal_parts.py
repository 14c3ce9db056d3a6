"""What stands in a legal file: parties, claims, and days with consequences."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.amounts import euro
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from cases.timeline import record
from housing.actions.legal_files import lock_legal_file
from housing.enums_legal import CLAIM_DECIDED, CLAIM_WON, ClaimKind, ClaimState, CourtDateState
from housing.models import Claim, CourtDate, Landlord, LegalFile, LegalParty, LegalTenant


class CannotSaveParty(ActionError):
    """The party can't be added like this; the message says why."""


class CannotSaveClaim(ActionError):
    """The claim can't be saved like this; the message says why."""


class CannotSaveCourtDate(ActionError):
    """The day can't be saved like this; the message says why."""


@transaction.atomic
def add_party(
    *,
    by: User,
    legal_file: LegalFile,
    role: str,
    landlord: Landlord | None = None,
    name: str = "",
    address: str = "",
) -> LegalParty:
    """Add somebody who has a part in it; a landlord of the register brings his own name and address."""
    legal_file = lock_legal_file(legal_file)
    if landlord is not None:
        name = name.strip() or landlord.name
        address = address.strip() or " · ".join(
            filter(None, [landlord.address, landlord.company_number_label, landlord.phone, landlord.email])
        )
    if not name.strip():
        raise CannotSaveParty(_("Kies een verhuurder, of vul een naam in."), field="name")
    return LegalParty.objects.create(
        legal_file=legal_file,
        role=role,
        landlord=landlord,
        name=name.strip()[:140],
        address=address.strip()[:200],
        added_by=by,
    )


@transaction.atomic
def remove_party(*, by: User, party: LegalParty) -> None:
    """Take a party out of the file. Twice changes nothing."""
    lock_legal_file(party.legal_file)
    LegalParty.objects.filter(pk=party.pk).delete()


def _check_claim(
    *,
    state: str,
    amount: Decimal | None,
    awarded: Decimal | None,
    recovered: Decimal | None,
    decided_on: dt.date | None,
) -> None:
    if state in CLAIM_DECIDED and decided_on is None:
        raise CannotSaveClaim(_("Op welke dag is dat beslist?"), field="decided_on")
    if decided_on is not None and decided_on > timezone.localdate():
        raise CannotSaveClaim(_("Deze dag moet nog komen."), field="decided_on")
    if awarded is not None and state not in CLAIM_WON:
        raise CannotSaveClaim(
            _("Er is nog niets toegekend. Laat dit bedrag leeg, of verander de stand."), field="awarded"
        )
    if recovered is not None and (awarded is None or recovered > awarded):
        raise CannotSaveClaim(
            _("Er kan niet meer ontvangen zijn dan toegekend. Kijk beide bedragen na."), field="recovered"
        )


@transaction.atomic
def save_claim(
    *,
    by: User,
    tenant: LegalTenant,
    claim: Claim | None = None,
    version: int = 1,
    kind: str,
    amount: Decimal | None = None,
    ground: str = "",
    state: str = ClaimState.DRAFT,
    awarded: Decimal | None = None,
    recovered: Decimal | None = None,
    decided_on: dt.date | None = None,
) -> Claim:
    """Add a claim for a tenant, or change it. A decision is told to the lawyers on the timeline of the case.

    A decision's day is dropped when the claim goes back to undecided. Raises CannotSaveClaim, ChangedMeanwhileError.
    """
    legal_file = lock_legal_file(tenant.legal_file)
    if tenant.legal_file_id != legal_file.pk or not tenant.takes_part:
        raise CannotSaveClaim(_("Dit gezin doet niet mee aan dit juridisch dossier."), field="tenant")
    decided_on = decided_on if state in CLAIM_DECIDED else None
    _check_claim(state=state, amount=amount, awarded=awarded, recovered=recovered, decided_on=decided_on)
    values: dict[str, Any] = {
        "kind": kind,
        "amount": amount,
        "ground": ground.strip(),
        "state": state,
        "awarded": awarded,
        "recovered": recovered,
        "decided_on": decided_on,
    }
    if claim is None:
        claim = Claim.objects.create(tenant=tenant, added_by=by, **values)
        before = ""
    else:
        claim = Claim.objects.select_for_update().get(pk=claim.pk)
        if claim.version != version:
            raise ChangedMeanwhileError(
                _("Een collega paste deze vordering net aan."),
                current={
                    _("Wat"): str(claim.get_kind_display()),
                    _("Bedrag"): claim.amount_label,
                    _("Stand"): str(claim.get_state_display()),
                    _("Toegekend"): claim.awarded_label,
                    _("Ontvangen"): claim.recovered_label,
                },
            )
        before = claim.state
        for name, value in {**values, "tenant": tenant, "version": version + 1}.items():
            setattr(claim, name, value)
        claim.save()
    if state != before and state != ClaimState.DRAFT and tenant.case.is_open:
        chips = [str(ClaimState(state).label), euro(awarded if awarded is not None else amount)]
        record(
            "housing.legal_work",
            case=tenant.case,
            by=by,
            title=_("Vordering: %(kind)s") % {"kind": ClaimKind(kind).label},
            data={"chips": [chip for chip in chips if chip]},
            goal="housing",
        )
    return claim


@transaction.atomic
def save_court_date(
    *,
    by: User,
    legal_file: LegalFile,
    court_date: CourtDate | None = None,
    version: int = 1,
    kind: str,
    on: dt.date,
    at: dt.time | None = None,
    place: str = "",
    note: str = "",
    state: str = CourtDateState.OPEN,
    result: str = "",
) -> CourtDate:
    """Add a day with consequences, or change it; the day itself is for the whole team.

    Raises CannotSaveCourtDate when what should have been still has to come, ChangedMeanwhileError.
    """
    legal_file = lock_legal_file(legal_file)
    if state == CourtDateState.DONE and on > timezone.localdate():
        raise CannotSaveCourtDate(_("Deze dag moet nog komen."), field="state")
    values = {
        "kind": kind,
        "on": on,
        "at": at,
        "place": place.strip(),
        "note": note.strip(),
        "state": state,
        "result": result.strip(),
    }
    if court_date is None:
        court_date = CourtDate.objects.create(legal_file=legal_file, added_by=by, **values)
        is_told = True
    else:
        court_date = CourtDate.objects.select_for_update().get(pk=court_date.pk, legal_file=legal_file)
        if court_date.version != version:
            raise ChangedMeanwhileError(
                _("Een collega paste deze dag net aan."),
                current={
                    _("Wat"): str(court_date.get_kind_display()),
                    _("Op"): date_format(court_date.on, "j F Y"),
                    _("Stand"): str(court_date.get_state_display()),
                },
            )
        is_told = (court_date.on, court_date.state) != (on, state)
        for name, value in {**values, "version": version + 1}.items():
            setattr(court_date, name, value)
        court_date.save()
    if is_told and legal_file.case.is_open:
        record(
            "housing.legal_file",
            case=legal_file.case,
            by=by,
            title=f"{court_date.get_kind_display()}: {date_format(on, 'j F Y')}".capitalize(),
            data={"chips": [str(court_date.get_state_display())]},
            goal="housing",
        )
    return court_date
