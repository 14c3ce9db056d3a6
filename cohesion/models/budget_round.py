"""A round of the neighbourhood budget: how much there is, for what, by which rules."""

from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from cohesion.budget_enums import ROUND_LOOKS, RoundState, TieRule

MOST_MONEY = Decimal(1_000_000)  # of one round: beyond it, it is a slip of the finger
LEAST_MONEY = Decimal("0.01")
MOST_CHOICES = 5


def money_field(label: Any, **kwargs: Any) -> models.DecimalField:
    """An amount in euro, to the cent."""
    return models.DecimalField(label, max_digits=9, decimal_places=2, **kwargs)


class BudgetRoundQuerySet(QuerySet["BudgetRound"]):
    """Questions about rounds."""

    def visible_to(self, user: User) -> "BudgetRoundQuerySet":
        """Those of the neighbourhoods where one may see the budget."""
        return self.filter(neighbourhood_id__in=user.access.where(Permission.BUDGET_READ))

    def public(self) -> "BudgetRoundQuerySet":
        """What everybody may know."""
        return self.exclude(state=RoundState.DRAFT)


class BudgetRound(models.Model):
    """An envelope with its themes and rules, from the first call to the last bill."""

    neighbourhood = models.ForeignKey(
        Neighbourhood, on_delete=models.PROTECT, related_name="budget_rounds", verbose_name=_("wijk")
    )
    title = models.CharField(_("naam"), max_length=80)
    intro = models.CharField(_("uitleg voor bewoners"), max_length=1000, blank=True)
    envelope = money_field(
        _("bedrag dat er te verdelen is"),
        validators=[MinValueValidator(LEAST_MONEY), MaxValueValidator(MOST_MONEY)],
    )
    ideas_from_on = models.DateField(_("indienen vanaf"))
    ideas_until_on = models.DateField(_("indienen tot en met"))
    choices = models.PositiveSmallIntegerField(
        _("projecten per stem"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_CHOICES)],
    )
    tie_rule = models.CharField(
        _("bij evenveel stemmen"), max_length=8, choices=TieRule, default=TieRule.SMALLEST
    )
    state = models.CharField(_("stand"), max_length=9, choices=RoundState, default=RoundState.DRAFT)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    closed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = BudgetRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("ronde van het wijkbudget")
        verbose_name_plural = _("rondes van het wijkbudget")
        constraints = (
            models.UniqueConstraint(
                fields=["neighbourhood", "title"],
                name="budget_round_title_once",
                violation_error_message=_("Er is al een ronde met deze naam."),
            ),
            models.CheckConstraint(
                condition=Q(envelope__gte=LEAST_MONEY, envelope__lte=MOST_MONEY),
                name="budget_round_envelope_sane",
            ),
            models.CheckConstraint(
                condition=Q(ideas_until_on__gte=F("ideas_from_on")), name="budget_round_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(choices__gte=1, choices__lte=MOST_CHOICES), name="budget_round_choices_sane"
            ),
            models.CheckConstraint(
                condition=Q(state=RoundState.CLOSED, closed_on__isnull=False)
                | (~Q(state=RoundState.CLOSED) & Q(closed_on__isnull=True)),
                name="budget_round_closed_has_day",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("cohesion:budget-round", args=[self.pk])

    @property
    def look(self) -> tuple[str, str]:
        """The icon and the tone of its state."""
        return ROUND_LOOKS[RoundState(self.state)]


class BudgetTheme(models.Model):
    """What a round wants more of."""

    round = models.ForeignKey(BudgetRound, on_delete=models.CASCADE, related_name="themes")
    name = models.CharField(_("thema"), max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("thema van het wijkbudget")
        verbose_name_plural = _("thema's van het wijkbudget")
        constraints = (models.UniqueConstraint(fields=["round", "name"], name="budget_theme_once"),)

    def __str__(self) -> str:
        return self.name


class BudgetRule(models.Model):
    """Something that every project of a round must be. Who is checked against it reads the same words."""

    round = models.ForeignKey(BudgetRound, on_delete=models.CASCADE, related_name="rules")
    text = models.CharField(_("regel"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("regel van het wijkbudget")
        verbose_name_plural = _("regels van het wijkbudget")
        constraints = (models.UniqueConstraint(fields=["round", "text"], name="budget_rule_once"),)

    def __str__(self) -> str:
        return self.text
