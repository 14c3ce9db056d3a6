"""Reading the neighbourhood budget: what a round adds up to, what a project may be, what everybody may know."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Neighbourhood
from arsenaal.lib.wall import beyond_wall
from cohesion.budget_enums import PROMISED, ProjectState, RoundState, Verdict
from cohesion.models import BudgetPhoto, BudgetProject, BudgetRound, LedgerLine

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Sums:
    """What a round, or a theme of it, adds up to."""

    asked: Decimal
    promised: Decimal
    paid: Decimal
    projects: int

    @property
    def to_pay(self) -> Decimal:
        """What was promised and not paid yet."""
        return self.promised - self.paid


def sums_of(projects: QuerySet[BudgetProject], lines: QuerySet[LedgerLine]) -> Sums:
    """Add up; what was withdrawn doesn't count as asked."""
    found = projects.exclude(state=ProjectState.WITHDRAWN).aggregate(
        asked=Sum("asked"), promised=Sum("granted", filter=Q(state__in=PROMISED)), n=Count("pk")
    )
    paid = lines.aggregate(total=Sum("amount"))["total"]
    return Sums(found["asked"] or ZERO, found["promised"] or ZERO, paid or ZERO, found["n"])


@dataclass(frozen=True)
class ThemeSums:
    """One line of the table of themes."""

    name: str
    sums: Sums


def themes_of(budget_round: BudgetRound) -> list[ThemeSums]:
    """Return the themes of a round with what each adds up to, in three queries."""
    asked = {
        row["theme"]: row
        for row in budget_round.projects.exclude(state=ProjectState.WITHDRAWN)
        .order_by()
        .values("theme")
        .annotate(asked=Sum("asked"), promised=Sum("granted", filter=Q(state__in=PROMISED)), n=Count("pk"))
    }
    paid = dict(budget_round.lines.order_by().values_list("project__theme").annotate(total=Sum("amount")))
    found = []
    for theme in budget_round.themes.order_by("position", "pk"):
        row = asked.get(theme.pk, {})
        sums = Sums(
            row.get("asked") or ZERO, row.get("promised") or ZERO, paid.get(theme.pk) or ZERO, row.get("n", 0)
        )
        found.append(ThemeSums(theme.name, sums))
    return found


@dataclass(frozen=True)
class Assessed:
    """How far the assessment of a project is."""

    rules: int
    kept: int
    broken: int

    @property
    def is_done(self) -> bool:
        """Whether every rule has a clear answer."""
        return self.kept + self.broken == self.rules

    @property
    def is_eligible(self) -> bool:
        """Whether it keeps to every rule."""
        return self.kept == self.rules

    @property
    def chip(self) -> tuple[str, str, str]:
        """Word, icon and tone."""
        if self.broken:
            return _("past niet in de regels"), "x-circle-fill", "stop"
        if self.is_eligible:
            return _("past in de regels"), "check-circle-fill", "ok"
        return (
            _("%(kept)d van %(rules)d regels") % {"kept": self.kept, "rules": self.rules},
            "clipboard-check",
            "",
        )


def assessed_of(projects: Iterable[BudgetProject], rules: int) -> dict[int, Assessed]:
    """Return per project how far its assessment is, in one query; for who works on the budget."""
    rows = (
        BudgetProject.objects.filter(pk__in=[one.pk for one in projects])
        .order_by()
        .values_list("pk")
        .annotate(
            kept=Count("checks", filter=Q(checks__verdict=Verdict.YES)),
            broken=Count("checks", filter=Q(checks__verdict=Verdict.NO)),
        )
    )
    return {pk: Assessed(rules, kept, broken) for pk, kept, broken in rows}


@dataclass(frozen=True)
class LedgerRow:
    """A line of the ledger with what the round had spent after it."""

    line: LedgerLine
    spent: Decimal
    is_reversed: bool


def ledger_of(budget_round: BudgetRound) -> list[LedgerRow]:
    """Return the ledger in the order in which it was booked: each line is there for good, so each sum is too."""
    lines = list(budget_round.lines.select_related("project", "booked_by").order_by("pk"))
    reversed_ids = {line.reverses_id for line in lines if line.reverses_id}
    spent, found = ZERO, []
    for line in lines:
        spent += line.amount
        found.append(LedgerRow(line, spent, line.pk in reversed_ids))
    return found


def ledger_headers() -> list[str]:
    """The columns of the ledger as a file."""
    return [
        _("Nummer"),
        _("Datum"),
        _("Project"),
        _("Naam"),
        _("Thema"),
        _("Wat"),
        _("Bedrag"),
        _("Uitgegeven"),
        _("Blijft in de ronde"),
        _("Draait terug"),
        _("Mededeling"),
        _("Geboekt door"),
        _("Geboekt op"),
    ]


def ledger_lines(budget_round: BudgetRound) -> Iterator[list[Any]]:
    """Yield the ledger as rows of a file; amounts are numbers."""
    themes = dict(budget_round.themes.values_list("pk", "name"))
    for row in ledger_of(budget_round):
        line = row.line
        yield [
            line.pk,
            line.moved_on,
            line.project.reference,
            line.project.title,
            themes[line.project.theme_id],
            str(line.get_kind_display()),
            line.amount,
            row.spent,
            budget_round.envelope - row.spent,
            line.reverses_id,
            line.note,
            str(line.booked_by),
            line.booked_at,
        ]


def public_rounds(neighbourhood: Neighbourhood) -> QuerySet[BudgetRound]:
    """The rounds that everybody may know, the newest first."""
    return BudgetRound.objects.public().filter(neighbourhood=neighbourhood).order_by("-ideas_from_on", "-pk")


def public_projects(neighbourhood: Neighbourhood) -> QuerySet[BudgetProject]:
    """The projects that everybody may know, the newest first."""
    return (
        BudgetProject.objects.public()
        .filter(neighbourhood=neighbourhood)
        .select_related("theme", "round")
        .order_by("-decided_on", "-pk")
    )


def public_photos(neighbourhood: Neighbourhood, **only: int) -> list[BudgetPhoto]:
    """The photos that everybody may see: of projects that everybody may know, when who is in them agreed."""
    with beyond_wall("photos of the neighbourhood budget that are public"):
        photos = BudgetPhoto.objects.filter(
            is_public=True, project__in=BudgetProject.objects.public().filter(neighbourhood=neighbourhood)
        )
        return list(photos.filter(**only).order_by("pk"))


def is_open_for_ideas(budget_round: BudgetRound) -> bool:
    """Whether a resident can hand in today."""
    today = timezone.localdate()
    return (
        budget_round.state == RoundState.IDEAS
        and budget_round.ideas_from_on <= today <= budget_round.ideas_until_on
    )
