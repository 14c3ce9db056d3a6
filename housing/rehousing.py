"""Rehouse first: for whom there is no plan yet before a dwelling is declared uninhabitable."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from housing.models import DwellingProcedure, Occupancy, RehousingMember, RehousingPlan
from people.models import Household, HouseholdMember


@dataclass
class FamilyPlan:
    """A household that lives in a dwelling of a procedure, with what is planned for it."""

    part: DwellingProcedure
    household: Household
    members: list[HouseholdMember] = field(default_factory=list)
    plan: RehousingPlan | None = None

    @property
    def planned(self) -> dict[int, RehousingMember]:
        """What is planned for each member, by the id of the membership."""
        return {row.member_id: row for row in self.plan.members.all()} if self.plan else {}

    @property
    def gaps(self) -> list[str]:
        """Say what is still unknown; empty when the plan is whole."""
        if self.plan is None:
            return [_("nog geen plan")]
        said = [
            (self.plan.where_to, _("waarheen")),
            (self.plan.belongings, _("de spullen")),
            (self.plan.costs, _("de kosten")),
        ]
        found = [words for value, words in said if not value]
        known = self.planned
        missing = [member for member in self.members if member.pk not in known]
        if missing:
            found.append(_("%(n)d van de gezinsleden") % {"n": len(missing)})
        return found

    @property
    def is_whole(self) -> bool:
        """Whether each member has somewhere to go."""
        return not self.gaps


def family_plans(parts: Sequence[DwellingProcedure], day: dt.date) -> list[FamilyPlan]:
    """Return every household that lives in these dwellings on this day with its plan, in four queries."""
    by_dwelling = {part.dwelling_id: part for part in parts}
    living = list(
        Occupancy.objects.on(day)
        .filter(dwelling_id__in=by_dwelling)
        .select_related("household")
        .order_by("dwelling_id", "household_id")
    )
    members: dict[int, list[HouseholdMember]] = defaultdict(list)
    rows = HouseholdMember.objects.on(day).filter(household__in=[o.household_id for o in living])
    for member in rows.select_related("person").order_by("from_on", "pk"):
        members[member.household_id].append(member)
    lines = Prefetch("members", queryset=RehousingMember.objects.order_by("pk"))
    plans = {
        (plan.part_id, plan.household_id): plan
        for plan in RehousingPlan.objects.filter(part__in=parts).prefetch_related(lines)
    }
    return [
        FamilyPlan(
            part := by_dwelling[occupancy.dwelling_id],
            occupancy.household,
            members[occupancy.household_id],
            plans.get((part.pk, occupancy.household_id)),
        )
        for occupancy in living
    ]


def without_plan(parts: Sequence[DwellingProcedure], day: dt.date) -> list[str]:
    """Return for each household whose plan isn't whole what is missing: "bus 2: waarheen, de kosten". Names nobody."""
    return [
        f"{found.part.dwelling}: {', '.join(found.gaps)}"
        for found in family_plans(parts, day)
        if not found.is_whole
    ]
