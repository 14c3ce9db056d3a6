"""Reading a renovation for its page: lists with their quotes side by side, support with what looks wrong."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone

from arsenaal.lib.amounts import euro
from cases.models import ReferenceValue
from housing.models import (
    EnergyScan,
    FundAnswer,
    ProgressLine,
    Quote,
    Renovation,
    RenovationWork,
    SupportRequest,
    WorksList,
)
from housing.renovation_enums import Answer, FundCondition, ScanMoment, SupportKind, SupportState
from housing.renovation_rules import CEILINGS, SupportRules, month_names


@dataclass(frozen=True)
class ShownQuote:
    """A quote beside the others."""

    quote: Quote
    is_cheapest: bool
    is_expired: bool


@dataclass
class ShownList:
    """A list of works with its quotes."""

    works_list: WorksList
    works: list[RenovationWork] = field(default_factory=list)
    quotes: list[ShownQuote] = field(default_factory=list)

    @property
    def estimate_label(self) -> str:
        """Add up what was estimated."""
        known = [work.estimate for work in self.works if work.estimate is not None and not work.is_struck]
        return euro(sum(known, Decimal(0))) if known else ""


def compare(quotes: list[Quote], today: dt.date) -> list[ShownQuote]:
    """Put quotes side by side, struck ones last. The cheapest is looked for among those that can be accepted."""
    usable = [quote for quote in quotes if not quote.is_struck and not quote.is_expired_on(today)]
    least = min((quote.amount for quote in usable), default=None)
    return [
        ShownQuote(quote, quote in usable and quote.amount == least, quote.is_expired_on(today))
        for quote in sorted(quotes, key=lambda quote: (quote.is_struck, quote.amount, quote.pk))
    ]


def shown_lists(renovation: Renovation) -> list[ShownList]:
    """Return the lists of a renovation, struck ones last: three queries."""
    shown = {
        row.pk: ShownList(row)
        for row in WorksList.objects.filter(renovation=renovation).order_by("is_struck", "pk")
    }
    for work in RenovationWork.objects.filter(works_list__renovation=renovation).order_by("is_struck", "pk"):
        shown[work.works_list_id].works.append(work)
    by_list: dict[int, list[Quote]] = {}
    for quote in Quote.objects.filter(works_list__renovation=renovation).order_by("pk"):
        by_list.setdefault(quote.works_list_id, []).append(quote)
    for pk, quotes in by_list.items():
        shown[pk].quotes = compare(quotes, timezone.localdate())
    return list(shown.values())


@dataclass(frozen=True)
class ShownSupport:
    """A request with its name and what looks wrong with it."""

    support: SupportRequest
    name: str
    value: ReferenceValue | None
    warnings: list[str]


def shown_supports(renovation: Renovation, rules: SupportRules) -> list[ShownSupport]:
    """Return what was asked, latest first: one query."""
    rows = SupportRequest.objects.filter(renovation=renovation).order_by("is_struck", "-asked_on", "-pk")
    return [
        ShownSupport(
            row,
            rules.name(row),
            rules.name_value(row),
            [] if row.is_struck or row.state == SupportState.WITHDRAWN else rules.warnings(row),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Fund:
    """The file for the Noodkoopfonds."""

    rows: list[tuple[str, FundAnswer | None]]
    most: ReferenceValue
    closed_months: str
    is_closed_now: bool
    is_asked: bool

    @property
    def is_started(self) -> bool:
        """Whether anybody answered anything."""
        return any(row is not None for _label, row in self.rows)

    @property
    def met(self) -> int:
        """How many conditions are met."""
        return sum(row is not None and row.answer == Answer.YES for _label, row in self.rows)

    @property
    def not_met(self) -> int:
        """How many are not."""
        return sum(row is not None and row.answer == Answer.NO for _label, row in self.rows)


def fund_of(renovation: Renovation, rules: SupportRules, supports: list[ShownSupport]) -> Fund:
    """Return the conditions with their answers: one query."""
    today = timezone.localdate()
    known = {row.condition: row for row in FundAnswer.objects.filter(renovation=renovation)}
    return Fund(
        rows=[(str(label), known.get(value)) for value, label in FundCondition.choices],
        most=rules.on(CEILINGS[SupportKind.FUND], today),
        closed_months=month_names(rules.closed_months(today)),
        is_closed_now=rules.is_closed(today),
        is_asked=any(
            shown.support.kind == SupportKind.FUND and not shown.support.is_struck for shown in supports
        ),
    )


@dataclass(frozen=True)
class Scans:
    """The scans, and the label and use before and after."""

    rows: list[EnergyScan]
    before: EnergyScan | None
    after: EnergyScan | None


def scans_of(renovation: Renovation) -> Scans:
    """Return the scans, latest first: one query. The latest of each moment counts."""
    rows = list(EnergyScan.objects.filter(renovation=renovation).order_by("is_struck", "-scanned_on", "-pk"))
    latest = {row.moment: row for row in reversed(rows) if not row.is_struck}
    return Scans(rows, latest.get(ScanMoment.BEFORE), latest.get(ScanMoment.AFTER))


def progress_of(renovation: Renovation) -> list[ProgressLine]:
    """Return how the works went, latest first, with photos: two queries."""
    return list(
        ProgressLine.objects.filter(renovation=renovation)
        .select_related("added_by")
        .prefetch_related("photos")
        .order_by("is_struck", "-seen_on", "-pk")
    )
