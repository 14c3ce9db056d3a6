"""Writing where a family goes before its home is declared uninhabitable."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.enums import Goal
from accounts.models import User
from arsenaal.lib.amounts import euro
from arsenaal.lib.errors import ChangedMeanwhileError
from cases.models import Case
from cases.timeline import record
from housing.actions.procedure_base import ProcedureError, check_ahead, lock_parts
from housing.models import DwellingProcedure, Occupancy, RehousingMember, RehousingPlan
from people.models import Household, HouseholdMember


@dataclass(frozen=True)
class MemberPlan:
    """What is planned for one member."""

    member: HouseholdMember
    goes_along: bool = True
    where_to: str = ""
    school: str = ""


@transaction.atomic
def save_rehousing_plan(
    *,
    by: User,
    part: DwellingProcedure,
    household: Household,
    version: int,
    where_to: str = "",
    moves_on: dt.date | None = None,
    belongings: str = "",
    pets: str = "",
    costs: str = "",
    cost_amount: Decimal | None = None,
    members: Sequence[MemberPlan] = (),
    now: dt.datetime | None = None,
) -> RehousingPlan:
    """Write or change the plan of a household; `version` is 0 for the first one.

    May be saved half-way: what is missing is asked when the decision is made ready. Raises ProcedureError when the
    household doesn't live there, when the procedure has ended or for a member of another household;
    ChangedMeanwhileError when somebody saved since `version`; BadProcedureDayError for a day that can't be.
    """
    now = now or timezone.now()
    today = timezone.localtime(now).date()
    (part,) = lock_parts([part])
    if part.is_closed:
        raise ProcedureError(_("Deze procedure is afgesloten."))
    if not Occupancy.objects.on(today).filter(dwelling=part.dwelling, household=household).exists():
        raise ProcedureError(_("Dit gezin woont hier niet (meer)."))
    if moves_on is not None:
        check_ahead(moves_on, after=part.procedure.started_on, field="moves_on")
    for row in members:
        if row.member.household_id != household.pk:
            raise ProcedureError(_("Kies leden van dit gezin."))
        if not row.goes_along and not row.where_to.strip():
            raise ProcedureError(
                _("Schrijf waar %(who)s heen gaat.") % {"who": row.member.person},
                field=f"where_{row.member.pk}",
            )
    plan = RehousingPlan.objects.filter(part=part, household=household).first()
    if (plan.version if plan else 0) != version:
        raise ChangedMeanwhileError(
            _("Iemand anders heeft dit plan intussen gewijzigd. Vergelijk en bewaar opnieuw."),
            current=_as_it_stands(plan),
        )
    is_new = plan is None
    plan = plan or RehousingPlan(part=part, household=household, version=0)
    case = Case.objects.open().filter(household=household).order_by("pk").first()
    plan.case = case
    plan.where_to, plan.moves_on = where_to.strip(), moves_on
    plan.belongings, plan.pets = belongings.strip(), pets.strip()
    plan.costs, plan.cost_amount = costs.strip(), cost_amount
    plan.written_by = by
    plan.version += 1
    plan.save()
    plan.members.all().delete()
    RehousingMember.objects.bulk_create(
        RehousingMember(
            plan=plan,
            member=row.member,
            goes_along=row.goes_along,
            where_to=row.where_to.strip() if not row.goes_along else "",
            school=row.school.strip(),
        )
        for row in members
    )
    if case is not None:
        _tell(case, plan, by=by, is_new=is_new, now=now)
    return plan


def _as_it_stands(plan: RehousingPlan | None) -> dict[str, str]:
    if plan is None:
        return {}
    return {
        _("waarheen"): plan.where_to,
        _("vanaf"): date_format(plan.moves_on, "j F Y") if plan.moves_on else "",
        _("spullen"): plan.belongings,
        _("huisdieren"): plan.pets,
        _("kosten"): f"{plan.costs} {euro(plan.cost_amount)}".strip(),
    }


def _tell(case: Case, plan: RehousingPlan, *, by: User, is_new: bool, now: dt.datetime) -> None:
    """The family's own team reads where they would go; nobody else."""
    words = [plan.where_to or _("Nog niet geweten waarheen.")]
    if plan.moves_on:
        words.append(_("Vanaf %(day)s.") % {"day": date_format(plan.moves_on, "j F Y")})
    record(
        "housing.rehousing",
        case=case,
        by=by,
        title=_("Herhuisvestingsplan gemaakt") if is_new else _("Herhuisvestingsplan gewijzigd"),
        body=" ".join(words),
        goal=Goal.HOUSING,
        occurred_at=now,
    )
