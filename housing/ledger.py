"""Adding up the ledger of a rehousing: exact to the cent, whatever was struck out left aside."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from arsenaal.lib.amounts import euro
from housing.agreement_enums import CostCategory
from housing.models import RehousingCost

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Totals:
    """What was spent in all and per kind, what of it can be recovered, what came back, in euro."""

    spent: Decimal
    recoverable: Decimal
    recovered: Decimal
    per_category: dict[str, Decimal]

    @property
    def outstanding(self) -> Decimal:
        """What can still come back."""
        return self.recoverable - self.recovered

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Kind and amount, as they are shown; only kinds on which something was spent."""
        return [
            (str(CostCategory(code).label), euro(amount))
            for code, amount in self.per_category.items()
            if amount
        ]

    @property
    def labels(self) -> dict[str, str]:
        """The sums as they are shown."""
        return {
            "spent": euro(self.spent),
            "recoverable": euro(self.recoverable),
            "recovered": euro(self.recovered),
            "outstanding": euro(self.outstanding),
        }


def totals_of(costs: Iterable[RehousingCost]) -> Totals:
    """Add up the lines that count."""
    per_category = dict.fromkeys(CostCategory.values, ZERO)
    recoverable = recovered = ZERO
    for cost in costs:
        if cost.is_struck:
            continue
        per_category[cost.category] += cost.amount
        if cost.is_recoverable:
            recoverable += cost.amount
            recovered += cost.recovered
    return Totals(sum(per_category.values(), ZERO), recoverable, recovered, per_category)
