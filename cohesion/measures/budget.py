"""Figures about the neighbourhood budget: asked, granted, paid and finished, with the projects behind it by theme."""

from collections import Counter
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from accounts.enums import Goal
from arsenaal.lib.registries import Measure, MeasureValue, Period
from cohesion.budget_enums import ProjectState
from cohesion.models import BudgetProject, LedgerLine


def _by_theme(projects: QuerySet[BudgetProject]) -> Counter[str]:
    """Count the projects per theme; the same theme of two rounds is one."""
    rows = projects.order_by().values_list("theme__name").annotate(n=Count("pk"))
    return Counter(dict(rows))


def _money(projects: QuerySet[BudgetProject], amount: str) -> MeasureValue:
    total = projects.aggregate(total=Sum(amount))["total"] or Decimal(0)
    parts = _by_theme(projects)
    return MeasureValue(value=float(total), count=sum(parts.values()), parts=parts)


def budget_asked(neighbourhood_id: int, period: Period) -> MeasureValue:
    """What was asked by projects that were handed in in the period."""
    projects = BudgetProject.objects.filter(
        neighbourhood_id=neighbourhood_id, handed_in_on__range=(period.start, period.end)
    ).exclude(state=ProjectState.WITHDRAWN)
    return _money(projects, "asked")


def budget_granted(neighbourhood_id: int, period: Period) -> MeasureValue:
    """What was granted to projects that were decided on in the period."""
    projects = BudgetProject.objects.promised().filter(
        neighbourhood_id=neighbourhood_id, decided_on__range=(period.start, period.end)
    )
    return _money(projects, "granted")


def budget_paid(neighbourhood_id: int, period: Period) -> MeasureValue:
    """What was really paid in the period: what came back is taken off."""
    themes = (
        LedgerLine.objects.filter(
            round__neighbourhood_id=neighbourhood_id, moved_on__range=(period.start, period.end)
        )
        .order_by()
        .values_list("project__theme__name")
        .annotate(total=Sum("amount"), n=Count("project", distinct=True))
    )
    parts = {name: n for name, _total, n in themes}
    total = sum((amount for _name, amount, _n in themes), Decimal(0))
    return MeasureValue(value=float(total), count=sum(parts.values()), parts=parts)


def budget_finished(neighbourhood_id: int, period: Period) -> MeasureValue:
    """Projects that were finished in the period."""
    parts = _by_theme(
        BudgetProject.objects.filter(
            neighbourhood_id=neighbourhood_id,
            state=ProjectState.FINISHED,
            finished_on__range=(period.start, period.end),
        )
    )
    count = sum(parts.values())
    return MeasureValue(value=count, count=count, parts=parts)


_SOURCE, _THEME = _("wijkbudget"), _("thema")
BUDGET_MEASURES = (
    Measure(
        "budget.asked",
        _("Gevraagd aan het wijkbudget"),
        _(
            "Euro die bewoners, verenigingen en scholen vroegen voor projecten die in de periode ingediend zijn. Wat "
            "ingetrokken werd, telt niet mee. De delen zijn het aantal projecten per thema."
        ),
        Goal.COHESION.value,
        "how_much",
        _("euro"),
        _("projecten die ingediend zijn"),
        "up",
        budget_asked,
        form="sum",
        parts_label=_THEME,
        counts_people=False,
        source=_SOURCE,
    ),
    Measure(
        "budget.granted",
        _("Toegekend uit het wijkbudget"),
        _(
            "Euro die toegekend is aan projecten waarover in de periode beslist is. De delen zijn het aantal projecten "
            "per thema."
        ),
        Goal.COHESION.value,
        "how_much",
        _("euro"),
        _("projecten die goedgekeurd zijn"),
        "up",
        budget_granted,
        form="sum",
        parts_label=_THEME,
        counts_people=False,
        source=_SOURCE,
    ),
    Measure(
        "budget.paid",
        _("Betaald uit het wijkbudget"),
        _(
            "Euro die in de periode betaald is aan projecten van het wijkbudget, volgens het kasboek. Wat terugkwam of "
            "teruggedraaid is, is eraf. De delen zijn het aantal projecten per thema."
        ),
        Goal.COHESION.value,
        "how_much",
        _("euro"),
        _("projecten waarvoor geboekt is"),
        "up",
        budget_paid,
        form="sum",
        parts_label=_THEME,
        counts_people=False,
        source=_SOURCE,
    ),
    Measure(
        "budget.finished",
        _("Projecten van het wijkbudget die af zijn"),
        _("Projecten van het wijkbudget die in de periode klaar zijn, per thema."),
        Goal.COHESION.value,
        "better_off",
        _("projecten"),
        _("projecten die goedgekeurd zijn"),
        "up",
        budget_finished,
        parts_label=_THEME,
        counts_people=False,
        source=_SOURCE,
    ),
)
