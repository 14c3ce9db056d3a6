"""Paying the projects of the neighbourhood budget: in parts, never above what was granted, never changed afterwards."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.amounts import euro
from arsenaal.lib.errors import ActionError
from cases.actions.checks import check_past, day_of
from cohesion.actions.budget_projects import lock_project, paid_of
from cohesion.actions.budget_rounds import check_amount
from cohesion.budget_enums import PROMISED, SHOWN, LineKind, RoundState
from cohesion.models import BudgetApplicant, BudgetProject, LedgerLine


class BudgetMoneyError(ActionError):
    """This can't be booked; the message says why."""


def _lock_open(project: BudgetProject) -> BudgetProject:
    """Return it locked, after its round: two who book at once wait for each other."""
    project = lock_project(project)
    if project.round.state == RoundState.CLOSED:
        raise BudgetMoneyError(_("Deze ronde is afgesloten: er wordt niets meer geboekt."))
    if project.state not in PROMISED:
        raise BudgetMoneyError(_("Aan dit project is geen geld toegekend."))
    return project


def _book(project: BudgetProject, *, by: User, now: dt.datetime | None, **values: object) -> LedgerLine:
    return LedgerLine.objects.create(
        round=project.round, project=project, booked_by=by, booked_at=now or timezone.now(), **values
    )


@transaction.atomic
def pay(
    *,
    by: User,
    project: BudgetProject,
    amount: Decimal,
    moved_on: dt.date,
    note: str = "",
    now: dt.datetime | None = None,
) -> LedgerLine:
    """Book a payment. Raises BudgetMoneyError above what is left of the grant, BudgetAmountError, BadDateError."""
    project = _lock_open(project)
    if project.state not in SHOWN:
        raise BudgetMoneyError(_("Dit project is gestopt: er wordt niet meer betaald."))
    amount = check_amount(amount)
    check_past(moved_on, today=day_of(now), field="moved_on", not_before=project.decided_on)
    left = (project.granted or Decimal(0)) - paid_of(project)
    if amount > left:
        raise BudgetMoneyError(
            _("Van dit project is nog %(left)s te betalen.") % {"left": euro(left)}, field="amount"
        )
    if not BudgetApplicant.objects.filter(project=project, iban__isnull=False).exists():
        raise BudgetMoneyError(_("Er is nog geen rekeningnummer. Vul het eerst aan bij de aanvrager."))
    return _book(
        project, by=by, now=now, kind=LineKind.PAYMENT, amount=amount, moved_on=moved_on, note=note.strip()
    )


@transaction.atomic
def reverse_line(*, by: User, line: LedgerLine, reason: str, now: dt.datetime | None = None) -> LedgerLine:
    """Turn a payment back that was booked by mistake: a line of its own. Raises BudgetMoneyError."""
    project = _lock_open(line.project)
    line = LedgerLine.objects.get(pk=line.pk)
    if line.kind != LineKind.PAYMENT or LedgerLine.objects.filter(reverses=line).exists():
        raise BudgetMoneyError(_("Deze lijn is al teruggedraaid, of het is geen betaling."))
    if not reason.strip():
        raise BudgetMoneyError(_("Schrijf op waarom."), field="reason")
    if paid_of(project) < line.amount:
        raise BudgetMoneyError(
            _("Er is al geld teruggekomen van dit project: terugdraaien zou te veel zijn.")
        )
    return _book(
        project,
        by=by,
        now=now,
        kind=LineKind.REVERSAL,
        amount=-line.amount,
        moved_on=day_of(now),
        note=reason.strip(),
        reverses=line,
    )


@transaction.atomic
def take_back(
    *,
    by: User,
    project: BudgetProject,
    amount: Decimal,
    moved_on: dt.date,
    note: str,
    now: dt.datetime | None = None,
) -> LedgerLine:
    """Book money that the applicant gave back. Raises BudgetMoneyError above what was paid, BudgetAmountError."""
    project = _lock_open(project)
    amount = check_amount(amount)
    check_past(moved_on, today=day_of(now), field="moved_on", not_before=project.decided_on)
    paid = paid_of(project)
    if amount > paid:
        raise BudgetMoneyError(
            _("Er is %(paid)s betaald: meer kan niet terugkomen.") % {"paid": euro(paid)}, field="amount"
        )
    if not note.strip():
        raise BudgetMoneyError(_("Schrijf op waarom."), field="note")
    return _book(
        project, by=by, now=now, kind=LineKind.REFUND, amount=-amount, moved_on=moved_on, note=note.strip()
    )
