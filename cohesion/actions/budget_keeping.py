"""Forgetting who asked for money once the term of keeping is over: the project and its amounts stay."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from arsenaal.lib.durations import add_months
from arsenaal.lib.uploads import forget_files
from cases.reference import value_on
from cohesion.budget_enums import PROMISED, ProjectState, RoundState
from cohesion.budget_rules import KEEP_PAID, KEEP_REFUSED
from cohesion.models import BudgetApplicant

AT_ONCE = 200


def _months_ago(code: str, today: dt.date) -> dt.date:
    return add_months(today, -value_on(code, today).count)


def forget_applicants(*, now: dt.datetime | None = None) -> int:
    """Empty what is known of applicants whose term is over; return how many. Run again, it finds the next ones."""
    today = timezone.localdate(now)
    refused_before, paid_before = _months_ago(KEEP_REFUSED.code, today), _months_ago(KEEP_PAID.code, today)
    over = Q(project__state__in=PROMISED, project__round__closed_on__lt=paid_before) | (
        Q(project__state=ProjectState.REFUSED, project__decided_on__lt=refused_before)
        | Q(project__state=ProjectState.WITHDRAWN, project__handed_in_on__lt=refused_before)
        | Q(project__state=ProjectState.RECEIVED, project__round__state=RoundState.CLOSED)
    )
    rows = BudgetApplicant.objects.filter(over, emptied_on__isnull=True).order_by("pk")
    found = list(rows.values_list("pk", flat=True)[:AT_ONCE])
    for pk in found:
        _empty(pk, today)
    return len(found)


@transaction.atomic
def _empty(pk: int, today: dt.date) -> None:
    row = BudgetApplicant.objects.select_for_update().get(pk=pk)
    if name := str(row.quote.name or ""):
        transaction.on_commit(lambda: forget_files([name]))
    for field in (
        "name",
        "address",
        "email",
        "phone",
        "motivation",
        "account_holder",
        "organisation",
        "partner",
    ):
        setattr(row, field, "")
    row.iban, row.quote, row.quote_type, row.quote_size, row.quote_sha256 = None, "", "", 0, ""
    row.emptied_on = today
    row.save()
    row.project.checks.exclude(reason="").update(reason="–")
    row.project.advices.update(text="–")
