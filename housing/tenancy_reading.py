"""Reading a tenant track for its page: rights and what stops them, support with contacts, arrears, the fund."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.amounts import euro
from arsenaal.lib.charts import Bar, Palette, column_chart
from arsenaal.lib.registries import timeline_kinds
from cases.models import Case, EntryEnvelope, ReferenceValue
from housing.inspection_enums import InspectionState, Outcome
from housing.models import (
    ArrearsReading,
    Certificate,
    EvictionFundAnswer,
    EvictionFundFile,
    Inspection,
    RightClaim,
    SupportEvaluation,
    SupportGoal,
    TenancySupport,
    TenantTrack,
)
from housing.renovation_enums import Answer
from housing.tenancy_enums import (
    FUND_OPEN,
    INSPECTED_RIGHTS,
    EvictionCondition,
    GuidanceState,
    Pace,
    RightKind,
    RightState,
)
from housing.tenancy_rules import LIMITS, NOTICE, SHARE_MAX, FundSums, TenancyRules, first_of_next_month
from people.models import Person

DAYS_OF = {Pace.WEEK: Decimal(7), Pace.MONTH: Decimal("30.44")}
RECENT_DAYS = 28
MOST_COLUMNS = 8  # of the picture: the latest days
PALETTE = Palette("#a8431f", "#f3d9cf")


# --- rights ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Suspension:
    """That a premium lies still since a day, and from when it goes on, as far as is known."""

    since: dt.date
    resumes_on: dt.date | None
    rule: ReferenceValue
    inspection: Inspection

    @property
    def is_over(self) -> bool:
        """Whether it has been paid again since."""
        return self.resumes_on is not None and self.resumes_on <= timezone.localdate()


def suspended(failed_on: dt.date, shown_on: Iterable[dt.date]) -> tuple[dt.date, dt.date | None]:
    """Return since when a premium lies still, and from when it goes on: the month after conformity was shown."""
    later = [day for day in shown_on if day >= failed_on]
    return failed_on, first_of_next_month(min(later)) if later else None


@dataclass(frozen=True)
class ShownRight:
    """A right with its name, whom it is for, and what stands in its way."""

    claim: RightClaim
    name: str
    value: ReferenceValue | None
    person: str
    suspension: Suspension | None
    can_appeal: bool
    is_inspected: bool

    @property
    def is_current(self) -> bool:
        """Whether it is granted and holds today."""
        today = timezone.localdate()
        until = self.claim.granted_until
        return (
            self.claim.state == RightState.GRANTED
            and not self.claim.is_struck
            and (until is None or until >= today)
        )


@dataclass(frozen=True)
class Rights:
    """All rights of a track, with what the granted ones bring each month."""

    rows: list[ShownRight]
    limits: list[ReferenceValue]

    @property
    def monthly(self) -> str:
        """What is granted now, added up."""
        known = [row.claim.amount for row in self.rows if row.is_current and row.claim.amount is not None]
        return euro(sum(known, Decimal(0))) if known else ""


def _conformity(claims: Sequence[RightClaim]) -> dict[int, list[dt.date]]:
    """Return per dwelling the days on which it was shown to be in order: two queries, or none."""
    dwellings = {
        claim.inspection.dwelling_id
        for claim in claims
        if claim.inspection is not None and claim.kind == RightKind.RENT_PREMIUM
    }
    found: dict[int, list[dt.date]] = {}
    if not dwellings:
        return found
    good = (
        Inspection.objects.finished()
        .filter(dwelling__in=dwellings, outcome=Outcome.NO_GROUND)
        .values_list("dwelling_id", "finished_at")
    )
    for dwelling, moment in good:
        found.setdefault(dwelling, []).append(timezone.localtime(moment).date())
    for dwelling, day in Certificate.objects.filter(dwelling__in=dwellings).values_list(
        "dwelling_id", "issued_on"
    ):
        found.setdefault(dwelling, []).append(day)
    return found


def _suspension(
    claim: RightClaim, shown: dict[int, list[dt.date]], rule: ReferenceValue | None
) -> Suspension | None:
    inspection = claim.inspection
    if (
        rule is None
        or inspection is None
        or inspection.finished_at is None
        or claim.kind != RightKind.RENT_PREMIUM
        or claim.state != RightState.GRANTED
        or claim.is_struck
        or inspection.state != InspectionState.FINISHED
        or inspection.outcome == Outcome.NO_GROUND
    ):
        return None
    failed_on = timezone.localtime(inspection.finished_at).date()
    since, resumes_on = suspended(failed_on, shown.get(inspection.dwelling_id or 0, []))
    return Suspension(since, resumes_on, rule, inspection)


def rights_of(track: TenantTrack, rules: TenancyRules, user: User) -> Rights:
    """Return the rights, struck ones last: two queries, and two more when a premium hangs on an inspection."""
    today = timezone.localdate()
    claims = list(
        RightClaim.objects.filter(track=track)
        .select_related("inspection__dwelling__building")
        .order_by("is_struck", "-added_at", "-pk")
    )
    ids = {claim.person_id for claim in claims if claim.person_id}
    people = Person.objects.visible_to(user).in_bulk(ids) if ids else {}
    shown, rule = _conformity(claims), rules.suspends(today)
    rows = [
        ShownRight(
            claim=claim,
            name=rules.name(claim, today),
            value=rules.name_value(claim, today),
            person=str(people.get(claim.person_id, "")) if claim.person_id else "",
            suspension=_suspension(claim, shown, rule),
            can_appeal=claim.appeal_until is not None and claim.appeal_until >= today and not claim.is_struck,
            is_inspected=claim.kind in INSPECTED_RIGHTS,
        )
        for claim in claims
    ]
    kinds = {RightKind(claim.kind) for claim in claims if not claim.is_struck}
    limits = [rules.on(spec, today) for kind, specs in LIMITS.items() if kind in kinds for spec in specs]
    return Rights(rows, limits)


# --- support --------------------------------------------------------------------------------------------------------


@dataclass
class ShownSupport:
    """A period of support, with its goals and evaluations, and the contacts there really were."""

    support: TenancySupport
    goals: list[SupportGoal] = field(default_factory=list)
    evaluations: list[SupportEvaluation] = field(default_factory=list)
    contacts: int = 0
    recent: int = 0

    @property
    def expected(self) -> int:
        """How many contacts were agreed for the days that passed."""
        end = self.support.ended_on or timezone.localdate()
        return expected_contacts(self.support.contacts, self.support.pace, (end - self.support.from_on).days)

    @property
    def is_behind(self) -> bool:
        """Whether the family is seen much less than agreed: under two thirds of it, after the first fortnight."""
        days = (timezone.localdate() - self.support.from_on).days
        return (
            self.support.state == GuidanceState.RUNNING
            and days >= 14
            and 3 * self.contacts < 2 * self.expected
        )


def expected_contacts(agreed: int, pace: str, days: int) -> int:
    """Return how many contacts belong to so many days."""
    return int((agreed * max(days, 0) / DAYS_OF[Pace(pace)]).quantize(Decimal(1), ROUND_HALF_UP))


def contacts_between(case: Case, start: dt.date, end: dt.date | None) -> tuple[int, int]:
    """Count how often the family was seen or spoken to, all in all and in the last four weeks, in one query.

    They are the visits and contacts of the case, whoever logged them and in whatever circle: only that they were.
    """
    kinds = [kind.code for kind in timeline_kinds if kind.is_contact]
    rows = EntryEnvelope.objects.filter(
        case=case,
        kind__in=kinds,
        saw_family=True,
        superseded_by__isnull=True,
        occurred_at__date__gte=start,
    )
    if end is not None:
        rows = rows.filter(occurred_at__date__lte=end)
    since = timezone.localdate() - dt.timedelta(days=RECENT_DAYS)
    found = rows.aggregate(n=Count("pk"), recent=Count("pk", filter=Q(occurred_at__date__gt=since)))
    return found["n"], found["recent"]


def supports_of(track: TenantTrack) -> list[ShownSupport]:
    """Return the periods of support, the one that runs first: three queries, and one for the contacts of the first."""
    rows = TenancySupport.objects.filter(track=track).order_by("is_struck", "-state", "-from_on", "-pk")
    shown = {row.pk: ShownSupport(row) for row in rows}
    for goal in SupportGoal.objects.filter(support__track=track).order_by("is_struck", "pk"):
        shown[goal.support_id].goals.append(goal)
    for evaluation in SupportEvaluation.objects.filter(support__track=track).order_by(
        "is_struck", "-planned_on", "-pk"
    ):
        shown[evaluation.support_id].evaluations.append(evaluation)
    found = list(shown.values())
    if found and not found[0].support.is_struck:
        first = found[0].support
        found[0].contacts, found[0].recent = contacts_between(track.case, first.from_on, first.ended_on)
    return found


# --- arrears --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Arrears:
    """The readings, latest first, and what is owed in all on each day that somebody read."""

    rows: list[ArrearsReading]
    totals: list[tuple[dt.date, Decimal]]  # oldest first

    @property
    def latest_label(self) -> str:
        """What is owed now, as far as is known."""
        return euro(self.totals[-1][1]) if self.totals else ""

    @property
    def change(self) -> Decimal:
        """How much it changed since the first reading; less than nothing is paid off."""
        return self.totals[-1][1] - self.totals[0][1] if self.totals else Decimal(0)

    @property
    def change_label(self) -> str:
        """Write the change without its sign."""
        return euro(abs(self.change))

    @property
    def plan(self) -> Decimal:
        """What is paid off each month: the latest plan with each creditor that is still owed something."""
        return sum(
            (
                row.plan_amount
                for row in latest_of_each(self.rows)
                if row.plan_amount is not None and row.amount > 0
            ),
            Decimal(0),
        )

    @property
    def plan_label(self) -> str:
        """Write it as € 75,00, or nothing."""
        return euro(self.plan) if self.plan else ""

    @property
    def has_picture(self) -> bool:
        """Whether there is something to compare."""
        return len(self.totals) > 1

    @property
    def alt(self) -> str:
        """The picture in one sentence."""
        return _("Achterstand van %(first)s tot %(last)s. Dezelfde bedragen staan in de tabel.") % {
            "first": euro(self.totals[0][1]),
            "last": self.latest_label,
        }

    def svg(self) -> str:
        """Draw the latest days as columns."""
        bars = [
            Bar(f"{day:%-d/%-m/%y}", int(total), f"€ {number_format(round(total), force_grouping=True)}")
            for day, total in self.totals[-MOST_COLUMNS:]
        ]
        return column_chart(bars, PALETTE)


def _owed_to(row: ArrearsReading) -> tuple[str, str]:
    return row.kind, row.creditor.casefold()


def latest_of_each(rows: Iterable[ArrearsReading]) -> list[ArrearsReading]:
    """Return the latest reading of each creditor that wasn't struck out."""
    latest: dict[tuple[str, str], ArrearsReading] = {}
    for row in sorted(rows, key=lambda row: (row.read_on, row.pk or 0)):
        if not row.is_struck:
            latest[_owed_to(row)] = row
    return list(latest.values())


def totals_of(rows: Iterable[ArrearsReading]) -> list[tuple[dt.date, Decimal]]:
    """Return what was owed in all on each day with a reading: the latest amount of each creditor until then."""
    standing: dict[tuple[str, str], Decimal] = {}
    totals: dict[dt.date, Decimal] = {}
    for row in sorted(rows, key=lambda row: (row.read_on, row.pk or 0)):
        if not row.is_struck:
            standing[_owed_to(row)] = row.amount
            totals[row.read_on] = sum(standing.values(), Decimal(0))
    return list(totals.items())


def arrears_of(track: TenantTrack) -> Arrears:
    """Return the arrears of a track: one query."""
    rows = list(ArrearsReading.objects.filter(track=track).order_by("is_struck", "-read_on", "-pk"))
    return Arrears(rows, totals_of(rows))


# --- the fund -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ShownFile:
    """A file for the fund: the conditions, the sums and what looks wrong."""

    file: EvictionFundFile
    conditions: list[tuple[str, EvictionFundAnswer | None]]
    sums: FundSums
    most: ReferenceValue
    notice: ReferenceValue
    warnings: list[str]
    is_open: bool

    @property
    def is_started(self) -> bool:
        """Whether anybody answered anything."""
        return any(row is not None for _label, row in self.conditions)

    @property
    def not_met(self) -> int:
        """How many conditions are not met."""
        return sum(row is not None and row.answer == Answer.NO for _label, row in self.conditions)


def files_of(track: TenantTrack, rules: TenancyRules) -> list[ShownFile]:
    """Return the files for the fund, latest first: two queries."""
    today = timezone.localdate()
    answers: dict[int, dict[str, EvictionFundAnswer]] = {}
    for row in EvictionFundAnswer.objects.filter(fund_file__track=track):
        answers.setdefault(row.fund_file_id, {})[row.condition] = row
    return [
        ShownFile(
            file=found,
            conditions=[
                (str(label), answers.get(found.pk, {}).get(value))
                for value, label in EvictionCondition.choices
            ],
            sums=rules.sums(found, today),
            most=rules.on(SHARE_MAX, found.signed_on or today),
            notice=rules.on(NOTICE, found.signed_on or today),
            warnings=[] if found.is_struck else rules.warnings(found, today),
            is_open=found.state in FUND_OPEN and not found.is_struck,
        )
        for found in EvictionFundFile.objects.filter(track=track).order_by("is_struck", "-added_at", "-pk")
    ]
