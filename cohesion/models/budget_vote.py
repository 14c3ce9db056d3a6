"""Voting in a round of the budget: codes on slips, ballots, votes on paper, and the frozen result. Nobody is named."""

from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cohesion.models.budget_project import BudgetProject
from cohesion.models.budget_round import BudgetRound, money_field

MOST_SLIPS = 500  # in one printing: sixty sheets
MOST_PAPER = 5000


class CodeBatch(models.Model):
    """Slips that were printed together. Lost ones are made void: what wasn't used yet counts no more."""

    round = models.ForeignKey(BudgetRound, on_delete=models.PROTECT, related_name="batches")
    size = models.PositiveIntegerField(
        _("hoeveel"), validators=[MinValueValidator(1), MaxValueValidator(MOST_SLIPS)]
    )
    printed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    printed_at = models.DateTimeField()
    is_void = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("reeks stemcodes")
        verbose_name_plural = _("reeksen stemcodes")

    def __str__(self) -> str:
        return f"{self.round_id}: {self.size}"


class VoteCode(models.Model):
    """The right to one ballot. Only its hash is kept; nobody writes down who got which slip."""

    round = models.ForeignKey(BudgetRound, on_delete=models.PROTECT, related_name="codes")
    batch = models.ForeignKey(CodeBatch, on_delete=models.PROTECT, related_name="codes")
    code_hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("stemcode")
        verbose_name_plural = _("stemcodes")
        constraints = (models.UniqueConstraint(fields=["round", "code_hash"], name="vote_code_once"),)

    def __str__(self) -> str:
        return f"{self.pk}"


class Ballot(models.Model):
    """What was chosen with one code: the database takes no second one."""

    round = models.ForeignKey(BudgetRound, on_delete=models.PROTECT, related_name="ballots")
    code = models.OneToOneField(VoteCode, on_delete=models.PROTECT, related_name="ballot")
    projects = models.ManyToManyField(BudgetProject, related_name="ballots", through="BallotChoice")

    class Meta:
        verbose_name = _("stem")
        verbose_name_plural = _("stemmen")

    def __str__(self) -> str:
        return f"{self.pk}"


class BallotChoice(models.Model):
    """One project on a ballot."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="chosen")
    project = models.ForeignKey(BudgetProject, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("keuze op een stem")
        verbose_name_plural = _("keuzes op een stem")
        constraints = (models.UniqueConstraint(fields=["ballot", "project"], name="ballot_choice_once"),)

    def __str__(self) -> str:
        return f"{self.ballot_id}: {self.project_id}"


class PaperCount(models.Model):
    """Ballots on paper, counted by one and checked by another; before that they don't count."""

    round = models.ForeignKey(BudgetRound, on_delete=models.PROTECT, related_name="paper_counts")
    where = models.CharField(_("waar stond de bus"), max_length=120)
    ballots = models.PositiveIntegerField(
        _("geldige biljetten"), validators=[MinValueValidator(1), MaxValueValidator(MOST_PAPER)]
    )
    counted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    counted_at = models.DateTimeField()
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("telling op papier")
        verbose_name_plural = _("tellingen op papier")
        constraints = (
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True, checked_at__isnull=True)
                | Q(checked_by__isnull=False, checked_at__isnull=False),
                name="paper_count_checked_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("counted_by")),
                name="paper_count_checked_by_another",
                violation_error_message=_("Wie telde, kan niet zelf nakijken. Vraag een collega."),
            ),
        )

    def __str__(self) -> str:
        return self.where


class PaperVotes(models.Model):
    """How often a project was chosen on the ballots of one count."""

    count = models.ForeignKey(PaperCount, on_delete=models.CASCADE, related_name="rows")
    project = models.ForeignKey(BudgetProject, on_delete=models.PROTECT, related_name="+")
    votes = models.PositiveIntegerField(_("stemmen"))

    class Meta:
        verbose_name = _("stemmen op papier voor een project")
        verbose_name_plural = _("stemmen op papier voor projecten")
        constraints = (models.UniqueConstraint(fields=["count", "project"], name="paper_votes_once"),)

    def __str__(self) -> str:
        return f"{self.project_id}: {self.votes}"


class VoteResult(models.Model):
    """The result as it was when voting ended, with the rule it was made by. It never changes."""

    round = models.OneToOneField(BudgetRound, on_delete=models.PROTECT, related_name="result")
    rule = models.CharField(_("de regel"), max_length=600)
    envelope = money_field(_("te verdelen"))
    rows = models.JSONField(_("de uitslag"))
    ballots = models.PositiveIntegerField(_("stemmen met een code"))
    paper_ballots = models.PositiveIntegerField(_("stemmen op papier"))
    checksum = models.CharField(max_length=64)
    frozen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("uitslag van een stemming")
        verbose_name_plural = _("uitslagen van stemmingen")

    def __str__(self) -> str:
        return f"{self.round_id}"

    @property
    def shown(self) -> list[dict[str, Any]]:
        """The rows with their amounts as amounts."""
        return [{**row, "amount": Decimal(row["amount"])} for row in self.rows]
