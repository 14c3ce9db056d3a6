"""Rehousing: who waits, who stays where, what it costs, and the aftercare."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Permission
from arsenaal.lib.amounts import euro
from cases.models import Case, RadarEntry
from housing.agreement_enums import (
    AftercareResult,
    AftercareState,
    CostCategory,
    RequestState,
    StayOutcome,
    StayState,
    WaitPriority,
    WaitState,
)
from housing.models.crisis_dwelling import MOST_PEOPLE, UnitPeriod
from housing.models.kept_file import KeptFile
from housing.models.more_time import MoreTime
from housing.models.occupancy import Occupancy


def cases_with_stays(user: User) -> QuerySet[Case]:
    """The cases of which this user may see where the family stays."""
    return Case.objects.visible_to(user).filter(neighbourhood_id__in=user.access.where(Permission.STAY_READ))


class OfCaseQuerySet(QuerySet[models.Model]):
    """Questions about what belongs to the rehousing of a case."""

    def visible_to(self, user: User) -> "OfCaseQuerySet":
        """What belongs to the cases of which one may see where the family stays."""
        return self.filter(case__in=cases_with_stays(user).order_by().values("pk"))


class WaitingEntry(models.Model):
    """A household that needs a crisis dwelling (wachtlijst): for how many people, from when, how urgent and why."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="waiting")
    asked_on = models.DateField(_("gevraagd op"))
    needed_on = models.DateField(_("nodig vanaf"))
    people = models.PositiveSmallIntegerField(
        _("hoeveel mensen"), validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)]
    )
    needs_access = models.BooleanField(_("kan geen trappen doen"), default=False)
    has_pets = models.BooleanField(_("heeft huisdieren"), default=False)
    reason = models.CharField(_("waarom"), max_length=400)
    priority = models.PositiveSmallIntegerField(
        _("voorrang"), choices=WaitPriority, default=WaitPriority.ORDINARY
    )
    priority_reason = models.CharField(_("waarom deze voorrang"), max_length=200, blank=True)
    priority_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    priority_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(_("stand"), max_length=9, choices=WaitState, default=WaitState.WAITING)
    closed_on = models.DateField(null=True, blank=True)
    close_note = models.CharField(_("waarom niet meer"), max_length=200, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("plaats op de wachtlijst")
        verbose_name_plural = _("plaatsen op de wachtlijst")
        indexes = (
            models.Index(fields=["state", "-priority", "asked_on", "id"], name="waitingentry_in_order"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state=WaitState.WAITING),
                name="waitingentry_once",
                violation_error_message=_("Dit gezin staat al op de wachtlijst."),
            ),
            models.CheckConstraint(
                condition=Q(priority=WaitPriority.ORDINARY)
                | (Q(priority_by__isnull=False, priority_at__isnull=False) & ~Q(priority_reason="")),
                name="waitingentry_priority_has_reason",
                violation_error_message=_("Schrijf op waarom dit gezin voorgaat."),
            ),
            models.CheckConstraint(
                condition=Q(priority_by__isnull=True, priority_at__isnull=True)
                | Q(priority_by__isnull=False, priority_at__isnull=False),
                name="waitingentry_priority_paired",
            ),
            models.CheckConstraint(
                condition=Q(people__range=(1, MOST_PEOPLE)),
                name="waitingentry_people",
                violation_error_message=_("Vul in voor hoeveel mensen, van 1 tot 20."),
            ),
            models.CheckConstraint(
                condition=Q(state=WaitState.WAITING, closed_on__isnull=True)
                | (~Q(state=WaitState.WAITING) & Q(closed_on__isnull=False)),
                name="waitingentry_closed_has_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} ({self.asked_on})"


class Stay(models.Model):
    """A household in a crisis dwelling (verblijf). Its days stand with `period`, which the database guards."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="stays")
    period = models.OneToOneField(UnitPeriod, on_delete=models.PROTECT, related_name="stay")
    state = models.CharField(_("stand"), max_length=9, choices=StayState, default=StayState.PLANNED)
    fee = models.DecimalField(
        _("verblijfsvergoeding per maand (euro)"),
        max_digits=8,
        decimal_places=2,
        validators=[MinValueValidator(0)],
    )
    first_return_on = models.DateField(_("terugkeer eerst gepland op"))
    occupancy = models.OneToOneField(
        Occupancy, on_delete=models.PROTECT, related_name="stay", null=True, blank=True
    )
    came_from = models.ForeignKey(
        Occupancy, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )  # where they lived before, on which terms they return
    waiting = models.ForeignKey(
        WaitingEntry, on_delete=models.PROTECT, related_name="stays", null=True, blank=True
    )
    ended_on = models.DateField(_("vertrokken op"), null=True, blank=True)
    outcome = models.CharField(_("waarheen"), max_length=12, choices=StayOutcome, blank=True)
    end_note = models.CharField(_("toelichting"), max_length=400, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("verblijf")
        verbose_name_plural = _("verblijven")
        indexes = (models.Index(fields=["case", "state"], name="stay_of_case"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(fee__gte=0),
                name="stay_fee_not_negative",
                violation_error_message=_("Een bedrag kan niet onder nul liggen."),
            ),
            models.CheckConstraint(
                condition=(Q(state=StayState.ENDED, ended_on__isnull=False) & ~Q(outcome=""))
                | (~Q(state=StayState.ENDED) & Q(ended_on__isnull=True, outcome="")),
                name="stay_ended_has_outcome",
                violation_error_message=_("Vul in wanneer het gezin vertrok en waarheen."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        """Return the address of the stay's page."""
        return reverse("housing:stay", args=[self.pk])

    @property
    def fee_label(self) -> str:
        """Write the fee as € 390,00."""
        return euro(self.fee)


class StayExtension(MoreTime):
    """A longer stay: asked with a reason, decided by a person."""

    stay = models.ForeignKey(Stay, on_delete=models.CASCADE, related_name="extensions")
    old_until_on = models.DateField(_("was tot"))
    until_on = models.DateField(_("verlengen tot"))

    class Meta(MoreTime.Meta):
        verbose_name = _("verlenging")
        verbose_name_plural = _("verlengingen")
        constraints = (
            *MoreTime.Meta.constraints,
            models.UniqueConstraint(
                fields=["stay"],
                condition=Q(state=RequestState.ASKED),
                name="stayextension_one_open",
                violation_error_message=_("Er is al een verlenging gevraagd. Beslis daar eerst over."),
            ),
            models.CheckConstraint(
                condition=Q(until_on__gt=F("old_until_on")),
                name="stayextension_later",
                violation_error_message=_("Een verlenging gaat naar een latere dag."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.stay_id} > {self.until_on}"


class RehousingCost(models.Model):
    """One line of the ledger of a rehousing. Amounts are exact to the cent; a mistake is struck out, not removed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rehousing_costs")
    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="costs")
    spent_on = models.DateField(_("datum"))
    category = models.CharField(_("soort kost"), max_length=12, choices=CostCategory)
    amount = models.DecimalField(
        _("bedrag (euro)"),
        max_digits=9,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    description = models.CharField(_("waarvoor"), max_length=200)
    proof = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    is_recoverable = models.BooleanField(_("terug te vorderen van de verhuurder"), default=False)
    recovered = models.DecimalField(
        _("al teruggekregen (euro)"), max_digits=9, decimal_places=2, default=Decimal("0.00")
    )
    recovered_on = models.DateField(_("teruggekregen op"), null=True, blank=True)
    is_struck = models.BooleanField(default=False)
    strike_reason = models.CharField(_("waarom geschrapt"), max_length=200, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("kost van een herhuisvesting")
        verbose_name_plural = _("kosten van een herhuisvesting")
        indexes = (models.Index(fields=["stay", "spent_on", "id"], name="rehousingcost_in_order"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="rehousingcost_amount_positive",
                violation_error_message=_("Vul een bedrag boven nul in."),
            ),
            models.CheckConstraint(
                condition=Q(recovered=0, recovered_on__isnull=True)
                | Q(
                    is_recoverable=True,
                    recovered__gt=0,
                    recovered__lte=F("amount"),
                    recovered_on__isnull=False,
                ),
                name="rehousingcost_recovered_fits",
                violation_error_message=_("Er kan niet meer terugkomen dan de kost zelf."),
            ),
            models.CheckConstraint(
                condition=Q(is_struck=False, strike_reason="") | (Q(is_struck=True) & ~Q(strike_reason="")),
                name="rehousingcost_struck_has_reason",
                violation_error_message=_("Schrijf op waarom je deze lijn schrapt."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.spent_on} {self.amount}"

    @property
    def amount_label(self) -> str:
        """Write it as € 120,50."""
        return euro(self.amount)

    @property
    def recovered_label(self) -> str:
        """Write it as € 120,50."""
        return euro(self.recovered)


class AftercareCheck(models.Model):
    """Going to see how it is, some months after the stay (nazorg)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="aftercare")
    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="aftercare")
    months = models.PositiveSmallIntegerField(_("maanden na de terugkeer"))
    due_on = models.DateField(_("tegen"))
    state = models.CharField(_("stand"), max_length=7, choices=AftercareState, default=AftercareState.PLANNED)
    result = models.CharField(_("hoe gaat het?"), max_length=11, choices=AftercareResult, blank=True)
    done_on = models.DateField(_("gedaan op"), null=True, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    is_relapse = models.BooleanField(_("hervallen"), default=False)
    radar_entry = models.OneToOneField(
        RadarEntry, on_delete=models.SET_NULL, related_name="aftercare", null=True, blank=True
    )

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("nazorg")
        verbose_name_plural = _("nazorg")
        indexes = (models.Index(fields=["due_on"], condition=Q(state="planned"), name="aftercare_open"),)
        constraints = (
            models.UniqueConstraint(fields=["stay", "due_on"], name="aftercarecheck_once"),
            models.CheckConstraint(
                condition=Q(
                    state=AftercareState.PLANNED, done_on__isnull=True, done_by__isnull=True, result=""
                )
                | (
                    Q(state=AftercareState.DONE, done_on__isnull=False, done_by__isnull=False) & ~Q(result="")
                ),
                name="aftercarecheck_done_has_result",
                violation_error_message=_("Vul in hoe het gaat."),
            ),
            models.CheckConstraint(
                condition=Q(is_relapse=False) | Q(result=AftercareResult.WORRY),
                name="aftercarecheck_relapse_is_worry",
            ),
        )

    def __str__(self) -> str:
        return f"{self.stay_id} +{self.months}"
