"""Where a family goes when its home is declared uninhabitable: decided before the decision, not after."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Case
from housing.models.procedure import DwellingProcedure
from people.models import Household, HouseholdMember


class RehousingPlan(models.Model):
    """The plan of one household: where to, with what, at whose cost. Each member has a line of its own."""

    part = models.ForeignKey(DwellingProcedure, on_delete=models.PROTECT, related_name="rehousing_plans")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="rehousing_plans")
    # The open case of the household, when there is one: the path along which rights are decided.
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="rehousing_plans"
    )
    where_to = models.CharField(_("waarheen?"), max_length=300, blank=True)
    moves_on = models.DateField(_("vanaf wanneer?"), null=True, blank=True)
    belongings = models.CharField(_("wat gebeurt er met de spullen?"), max_length=300, blank=True)
    pets = models.CharField(_("en de huisdieren?"), max_length=300, blank=True)
    costs = models.CharField(_("wie betaalt wat?"), max_length=300, blank=True)
    cost_amount = models.DecimalField(
        _("geraamde kost (euro)"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("herhuisvestingsplan")
        verbose_name_plural = _("herhuisvestingsplannen")
        constraints = (
            models.UniqueConstraint(fields=["part", "household"], name="rehousingplan_one_per_household"),
            models.CheckConstraint(
                condition=Q(cost_amount__isnull=True) | Q(cost_amount__gte=0),
                name="rehousingplan_cost_not_negative",
                violation_error_message=_("Een bedrag kan niet onder nul liggen."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.part_id}: {self.household_id}"


class RehousingMember(models.Model):
    """One member of the household: along with the others or somewhere else, and the way to school or work."""

    plan = models.ForeignKey(RehousingPlan, on_delete=models.CASCADE, related_name="members")
    member = models.ForeignKey(HouseholdMember, on_delete=models.PROTECT, related_name="+")
    goes_along = models.BooleanField(_("gaat mee"), default=True)
    where_to = models.CharField(_("of waarheen?"), max_length=200, blank=True)
    school = models.CharField(_("school of werk"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("lid in een herhuisvestingsplan")
        verbose_name_plural = _("leden in herhuisvestingsplannen")
        constraints = (
            models.UniqueConstraint(fields=["plan", "member"], name="rehousingmember_once"),
            models.CheckConstraint(
                condition=Q(goes_along=True) | ~Q(where_to=""),
                name="rehousingmember_goes_somewhere",
                violation_error_message=_("Wie niet meegaat, gaat ergens anders heen."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.member_id}"
