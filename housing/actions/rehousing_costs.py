"""The ledger of a rehousing: what was spent, what can be recovered, what came back. Exact to the cent."""

import datetime as dt
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.amounts import euro
from arsenaal.lib.errors import ActionError
from cases.actions.checks import check_past, day_of
from cases.actions.locking import lock_case
from housing.actions.kept_files import keep_file
from housing.actions.waiting import tell_case
from housing.agreement_enums import CostCategory
from housing.models import RehousingCost, Stay


class CostError(ActionError):
    """This can't stand in the ledger; the message says why."""


@transaction.atomic
def add_cost(
    *,
    by: User,
    stay: Stay,
    spent_on: dt.date,
    category: str,
    amount: Decimal,
    description: str,
    is_recoverable: bool = False,
    upload: UploadedFile | None = None,
    now: dt.datetime | None = None,
) -> RehousingCost:
    """Write a cost in the ledger, in euro. Bills come late: also when the case was closed.

    Raises CostError for an amount that isn't above nought, BadDateError, UploadRefused.
    """
    now = now or timezone.now()
    case = lock_case(stay.case)
    if amount <= 0:
        raise CostError(_("Vul een bedrag boven nul in."), field="amount")
    check_past(spent_on, today=day_of(now), field="spent_on")
    cost = RehousingCost.objects.create(
        case=case,
        stay=stay,
        spent_on=spent_on,
        category=category,
        amount=amount,
        description=description.strip(),
        is_recoverable=is_recoverable,
        proof=keep_file(by=by, case=case, upload=upload) if upload is not None else None,
        added_by=by,
    )
    tell_case(
        case,
        by=by,
        title=_("Kost van de herhuisvesting: %(amount)s") % {"amount": euro(amount)},
        body=f"{CostCategory(category).label}: {cost.description}",
        now=now,
    )
    return cost


def _lock(cost: RehousingCost) -> RehousingCost:
    lock_case(cost.case)
    cost = RehousingCost.objects.select_for_update(of=("self",)).select_related("case").get(pk=cost.pk)
    if cost.is_struck:
        raise CostError(_("Deze lijn is geschrapt."))
    return cost


@transaction.atomic
def strike_cost(
    *, by: User, cost: RehousingCost, reason: str, now: dt.datetime | None = None
) -> RehousingCost:
    """Strike out a line that was a mistake: it stays readable and no longer counts. Raises CostError."""
    now = now or timezone.now()
    cost = _lock(cost)
    if not reason.strip():
        raise CostError(_("Schrijf op waarom je deze lijn schrapt."), field="reason")
    if cost.recovered:
        raise CostError(_("Van deze kost kwam al geld terug. Zet dat eerst op nul."))
    cost.is_struck, cost.strike_reason = True, reason.strip()
    cost.save()
    tell_case(
        cost.case,
        by=by,
        title=_("Kost geschrapt: %(amount)s") % {"amount": euro(cost.amount)},
        body=cost.strike_reason,
        now=now,
    )
    return cost


@transaction.atomic
def record_recovered(
    *,
    by: User,
    cost: RehousingCost,
    recovered: Decimal,
    recovered_on: dt.date,
    now: dt.datetime | None = None,
) -> RehousingCost:
    """Write down how much of a cost came back in all, in euro; nought when it turned out not to.

    Raises CostError when it can't be recovered or more came back than was spent, BadDateError.
    """
    now = now or timezone.now()
    cost = _lock(cost)
    if not cost.is_recoverable:
        raise CostError(_("Deze kost is niet terug te vorderen."))
    if not 0 <= recovered <= cost.amount:
        raise CostError(
            _("Er kan niet meer terugkomen dan de kost zelf: %(amount)s.") % {"amount": euro(cost.amount)},
            field="recovered",
        )
    check_past(recovered_on, today=day_of(now), field="recovered_on", not_before=cost.spent_on)
    cost.recovered, cost.recovered_on = recovered, recovered_on if recovered else None
    cost.save()
    tell_case(
        cost.case,
        by=by,
        title=_("Teruggekregen: %(amount)s") % {"amount": euro(recovered)},
        body=cost.description,
        now=now,
    )
    return cost
