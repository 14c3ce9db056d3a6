"""Crisis dwellings (crisiswoningen): the units, what they cost, and when they are taken."""

import datetime as dt
from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from accounts.permissions import Permission
from arsenaal.lib.amounts import euro
from arsenaal.lib.fields import days, one
from housing.agreement_enums import PeriodKind
from housing.models.dwelling import Dwelling
from people.models import Household

MOST_PEOPLE = 20


class CrisisDwellingQuerySet(QuerySet["CrisisDwelling"]):
    """Questions about crisis dwellings."""

    def visible_to(self, user: User) -> "CrisisDwellingQuerySet":
        """Those of the neighbourhoods where one may see stays."""
        return self.filter(dwelling__building__neighbourhood_id__in=user.access.where(Permission.STAY_READ))

    def in_use(self) -> "CrisisDwellingQuerySet":
        """Those that can be given to somebody."""
        return self.filter(is_active=True)


class CrisisDwelling(models.Model):
    """A dwelling of the register that a service keeps for families in need. Size and floor stand with the dwelling."""

    dwelling = models.OneToOneField(
        Dwelling, on_delete=models.PROTECT, related_name="crisis", verbose_name=_("woning")
    )
    operator = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("beheerd door")
    )
    capacity = models.PositiveSmallIntegerField(
        _("plaats voor hoeveel mensen"),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)],
    )
    is_accessible = models.BooleanField(_("toegankelijk zonder trappen"), default=False)
    allows_pets = models.BooleanField(_("huisdieren mogen mee"), default=False)
    notes = models.CharField(_("goed om te weten"), max_length=400, blank=True)
    is_active = models.BooleanField(_("in gebruik"), default=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CrisisDwellingQuerySet.as_manager()

    class Meta:
        verbose_name = _("crisiswoning")
        verbose_name_plural = _("crisiswoningen")
        constraints = (
            models.CheckConstraint(
                condition=Q(capacity__range=(1, MOST_PEOPLE)),
                name="crisisdwelling_capacity",
                violation_error_message=_("Vul in voor hoeveel mensen er plaats is, van 1 tot 20."),
            ),
        )

    def __str__(self) -> str:
        return str(self.dwelling)

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("housing:crisis-dwelling", args=[self.pk])

    def fee_on(self, day: dt.date) -> Decimal | None:
        """Return the stay fee per month that holds on this day; None when none was set."""
        fee = self.fees.filter(from_on__lte=day).order_by("-from_on").first()
        return fee.amount if fee else None


class CrisisFee(models.Model):
    """The stay fee per month (verblijfsvergoeding) from a day on, until the next one."""

    crisis_dwelling = models.ForeignKey(CrisisDwelling, on_delete=models.CASCADE, related_name="fees")
    from_on = models.DateField(_("vanaf"))
    amount = models.DecimalField(
        _("verblijfsvergoeding per maand (euro)"),
        max_digits=8,
        decimal_places=2,
        validators=[MinValueValidator(0)],
    )
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("verblijfsvergoeding")
        verbose_name_plural = _("verblijfsvergoedingen")
        constraints = (
            models.UniqueConstraint(
                fields=["crisis_dwelling", "from_on"],
                name="crisisfee_day_once",
                violation_error_message=_("Vanaf die dag staat er al een bedrag."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="crisisfee_not_negative",
                violation_error_message=_("Een bedrag kan niet onder nul liggen."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.amount} ({self.from_on})"

    @property
    def amount_label(self) -> str:
        """Write it as € 390,00."""
        return euro(self.amount)


class UnitPeriodQuerySet(QuerySet["UnitPeriod"]):
    """Questions about when units are taken."""

    def taking(self) -> "UnitPeriodQuerySet":
        """What really takes a unit: all that wasn't called off."""
        return self.filter(is_cancelled=False)

    def between(self, from_on: dt.date, until_on: dt.date) -> "UnitPeriodQuerySet":
        """What touches these days, `until_on` itself not counted."""
        return self.taking().filter(from_on__lt=until_on, until_on__gt=from_on)


class UnitPeriod(models.Model):
    """What takes a crisis dwelling from a day up to, not including, another: a household, or works.

    Two can't overlap in one dwelling and a household can't have two at once: the database refuses whoever presses
    second. The last day isn't part of it, so that the next family can come on the day that the first one leaves.
    """

    crisis_dwelling = models.ForeignKey(CrisisDwelling, on_delete=models.PROTECT, related_name="periods")
    kind = models.CharField(_("soort"), max_length=5, choices=PeriodKind)
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="crisis_periods", null=True, blank=True
    )
    from_on = models.DateField(_("van"))
    until_on = models.DateField(_("tot"))
    reason = models.CharField(_("waarvoor"), max_length=200, blank=True)
    is_cancelled = models.BooleanField(default=False)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UnitPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("periode van een crisiswoning")
        verbose_name_plural = _("periodes van crisiswoningen")
        indexes = (models.Index(fields=["crisis_dwelling", "from_on"], name="unitperiod_of_unit"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(until_on__gt=F("from_on")),
                name="unitperiod_days_in_order",
                violation_error_message=_("De einddatum moet na de begindatum liggen."),
            ),
            models.CheckConstraint(
                condition=Q(kind=PeriodKind.STAY, household__isnull=False)
                | Q(kind=PeriodKind.WORKS, household__isnull=True),
                name="unitperiod_kind_matches",
            ),
            ExclusionConstraint(
                name="unitperiod_unit_no_overlap",
                expressions=[
                    (one("crisis_dwelling_id"), "&&"),
                    (days("from_on", "until_on", "[)"), "&&"),
                ],
                condition=Q(is_cancelled=False),
                violation_error_message=_("Deze crisiswoning is in die periode al bezet."),
            ),
            ExclusionConstraint(
                name="unitperiod_household_no_overlap",
                expressions=[(one("household_id"), "&&"), (days("from_on", "until_on", "[)"), "&&")],
                condition=Q(is_cancelled=False, household__isnull=False),
                violation_error_message=_("Dit gezin heeft in die periode al een verblijf."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.crisis_dwelling_id}: {self.from_on} - {self.until_on}"
