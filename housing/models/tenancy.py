"""The tenant track: rights, intensive support with goals and evaluations, arrears, the fund against evictions."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Permission
from arsenaal.lib.amounts import euro
from cases.models import Case
from housing.models.correctable_line import CorrectableLine
from housing.models.inspection import Inspection
from housing.renovation_enums import Answer
from housing.tenancy_enums import (
    FUND_OPEN,
    DebtKind,
    EvictionCondition,
    FundOutcome,
    FundState,
    GoalState,
    GuidanceState,
    Pace,
    RightKind,
    RightState,
    SupportResult,
)
from people.models import Person

MOST_CONTACTS = 31  # agreed per week or month: beyond it, it is a slip of the finger
_NEGATIVE = _("Een bedrag kan niet onder nul liggen.")
_DECIDED = [RightState.GRANTED, RightState.REFUSED]


def _amount(label: Any, **more: Any) -> models.DecimalField:
    return models.DecimalField(
        label, max_digits=9, decimal_places=2, validators=[MinValueValidator(0)], **more
    )


class TenantTrackQuerySet(QuerySet["TenantTrack"]):
    """Questions about tenant tracks."""

    def visible_to(self, user: User) -> "TenantTrackQuerySet":
        """Those of the cases of which one may read the tenant track: the circle of care."""
        cases = Case.objects.visible_to(user).filter(
            neighbourhood_id__in=user.access.where(Permission.TENANCY_READ)
        )
        return self.filter(case__in=cases.order_by().values("pk"))


class TenantTrack(models.Model):
    """One per case of a household: who follows it, since when, and when we look again. Everything hangs on it."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="tenant_track")
    worker = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("huurbegeleider")
    )
    started_on = models.DateField(_("begonnen op"))
    next_on = models.DateField(_("volgende datum"), null=True, blank=True)
    next_step = models.CharField(_("wat dan"), max_length=200, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TenantTrackQuerySet.as_manager()

    class Meta:
        verbose_name = _("huurderstraject")
        verbose_name_plural = _("huurderstrajecten")
        indexes = (models.Index(fields=["started_on", "id"], name="tenanttrack_in_order"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.started_on}"

    def get_absolute_url(self) -> str:
        """Return the address of the track's page."""
        return reverse("housing:tenancy", args=[self.pk])

    @property
    def is_late(self) -> bool:
        """Whether its next date has passed."""
        return self.next_on is not None and self.next_on < timezone.localdate()


class RightClaim(CorrectableLine):
    """A right of the household or of one of its members: looked into, asked, granted or refused."""

    track = models.ForeignKey(TenantTrack, on_delete=models.PROTECT, related_name="rights")
    kind = models.CharField(_("welk recht"), max_length=8, choices=RightKind)
    other = models.CharField(_("welk ander recht"), max_length=120, blank=True)
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("voor wie"),
        null=True,
        blank=True,
    )
    note = models.CharField(_("opmerking"), max_length=400, blank=True)
    state = models.CharField(_("stand"), max_length=8, choices=RightState, default=RightState.EXPLORE)
    asked_on = models.DateField(_("gevraagd op"), null=True, blank=True)
    asked_where = models.CharField(_("waar gevraagd"), max_length=120, blank=True)
    decided_on = models.DateField(_("beslist op"), null=True, blank=True)
    amount = _amount(_("bedrag per maand (euro)"), null=True, blank=True)
    granted_from = models.DateField(_("vanaf"), null=True, blank=True)
    granted_until = models.DateField(_("tot en met"), null=True, blank=True)
    reason = models.CharField(_("waarom niet"), max_length=400, blank=True)
    appeal_until = models.DateField(_("beroep kan tot en met"), null=True, blank=True)
    inspection = models.ForeignKey(
        Inspection,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("onderzoek van de woning"),
        null=True,
        blank=True,
    )

    class Meta(CorrectableLine.Meta):
        verbose_name = _("recht")
        verbose_name_plural = _("rechten")
        indexes = (models.Index(fields=["track", "state"], name="rightclaim_of_track"),)
        constraints = (
            *CorrectableLine.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind=RightKind.OTHER) & ~Q(other="") | (~Q(kind=RightKind.OTHER) & Q(other="")),
                name="rightclaim_other_has_name",
                violation_error_message=_("Schrijf op welk recht het is."),
            ),
            models.CheckConstraint(
                condition=Q(state=RightState.EXPLORE, asked_on__isnull=True)
                | Q(state=RightState.DROPPED)
                | Q(state__in=[RightState.ASKED, *_DECIDED], asked_on__isnull=False),
                name="rightclaim_asked_has_day",
                violation_error_message=_("Vul in wanneer het gevraagd is."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=_DECIDED, decided_on__isnull=False, decided_on__gte=F("asked_on"))
                | (~Q(state__in=_DECIDED) & Q(decided_on__isnull=True)),
                name="rightclaim_decided_has_day",
                violation_error_message=_("Vul in wanneer beslist is."),
            ),
            models.CheckConstraint(
                condition=Q(state=RightState.GRANTED, granted_from__isnull=False)
                | (
                    ~Q(state=RightState.GRANTED)
                    & Q(amount__isnull=True, granted_from__isnull=True, granted_until__isnull=True)
                ),
                name="rightclaim_granted_has_start",
                violation_error_message=_("Vul in vanaf wanneer het toegekend is."),
            ),
            models.CheckConstraint(
                condition=Q(granted_until__isnull=True) | Q(granted_until__gte=F("granted_from")),
                name="rightclaim_days_in_order",
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0),
                name="rightclaim_amount_positive",
                violation_error_message=_("Vul een bedrag boven nul in, of laat het leeg."),
            ),
            models.CheckConstraint(
                condition=(Q(state__in=[RightState.REFUSED, RightState.DROPPED]) & ~Q(reason=""))
                | (~Q(state__in=[RightState.REFUSED, RightState.DROPPED]) & Q(reason="")),
                name="rightclaim_not_has_reason",
                violation_error_message=_("Schrijf op waarom niet."),
            ),
            models.CheckConstraint(
                condition=Q(appeal_until__isnull=True)
                | Q(state=RightState.REFUSED, appeal_until__gte=F("decided_on")),
                name="rightclaim_appeal_after_refusal",
                violation_error_message=_("Beroep kan pas na een weigering."),
            ),
        )

    def __str__(self) -> str:
        return self.other or str(self.get_kind_display())

    @property
    def amount_label(self) -> str:
        """Write it as € 185,00."""
        return euro(self.amount)


class TenancySupport(CorrectableLine):
    """A period of intensive tenancy support: how often we see each other, until when, and what came of it."""

    track = models.ForeignKey(TenantTrack, on_delete=models.PROTECT, related_name="supports")
    from_on = models.DateField(_("van"))
    planned_until = models.DateField(_("afgesproken tot en met"), null=True, blank=True)
    contacts = models.PositiveSmallIntegerField(
        _("aantal contacten"), validators=[MinValueValidator(1), MaxValueValidator(MOST_CONTACTS)]
    )
    pace = models.CharField(_("per"), max_length=5, choices=Pace)
    state = models.CharField(_("stand"), max_length=7, choices=GuidanceState, default=GuidanceState.RUNNING)
    ended_on = models.DateField(_("afgerond op"), null=True, blank=True)
    result = models.CharField(_("hoe eindigde het"), max_length=7, choices=SupportResult, blank=True)
    result_note = models.CharField(_("wat kwam ervan"), max_length=600, blank=True)

    class Meta(CorrectableLine.Meta):
        verbose_name = _("intensieve huurbegeleiding")
        verbose_name_plural = _("intensieve huurbegeleiding")
        constraints = (
            *CorrectableLine.Meta.constraints,
            models.UniqueConstraint(
                fields=["track"],
                condition=Q(state=GuidanceState.RUNNING, is_struck=False),
                name="tenancysupport_one_runs",
                violation_error_message=_("Er loopt al een begeleiding."),
            ),
            models.CheckConstraint(
                condition=Q(contacts__gte=1, contacts__lte=MOST_CONTACTS), name="tenancysupport_contacts_sane"
            ),
            models.CheckConstraint(
                condition=Q(planned_until__isnull=True) | Q(planned_until__gte=F("from_on")),
                name="tenancysupport_days_in_order",
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=GuidanceState.ENDED, ended_on__isnull=False, ended_on__gte=F("from_on"))
                    & ~Q(result="")
                )
                | Q(state=GuidanceState.RUNNING, ended_on__isnull=True, result=""),
                name="tenancysupport_ended_has_result",
                violation_error_message=_("Wie afrondt, zegt wanneer en hoe het eindigde."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_on} {self.get_state_display()}"


class SupportGoal(CorrectableLine):
    """What the family and the worker want to reach together."""

    support = models.ForeignKey(TenancySupport, on_delete=models.PROTECT, related_name="goals")
    what = models.CharField(_("wat willen jullie bereiken"), max_length=300)
    state = models.CharField(_("stand"), max_length=7, choices=GoalState, default=GoalState.OPEN)
    judged_on = models.DateField(_("bekeken op"), null=True, blank=True)

    class Meta(CorrectableLine.Meta):
        verbose_name = _("doel van de begeleiding")
        verbose_name_plural = _("doelen van de begeleiding")
        constraints = (
            *CorrectableLine.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state=GoalState.OPEN, judged_on__isnull=True)
                | (~Q(state=GoalState.OPEN) & Q(judged_on__isnull=False)),
                name="supportgoal_judged_has_day",
                violation_error_message=_("Vul in wanneer je dat bekeek."),
            ),
        )

    def __str__(self) -> str:
        return self.what


class SupportEvaluation(CorrectableLine):
    """A moment at which the support is looked at together: planned, and then what was said."""

    support = models.ForeignKey(TenancySupport, on_delete=models.PROTECT, related_name="evaluations")
    planned_on = models.DateField(_("gepland op"))
    done_on = models.DateField(_("gebeurd op"), null=True, blank=True)
    words = models.TextField(_("wat is besproken"), max_length=2000, blank=True)

    class Meta(CorrectableLine.Meta):
        verbose_name = _("evaluatie van de begeleiding")
        verbose_name_plural = _("evaluaties van de begeleiding")
        constraints = (
            *CorrectableLine.Meta.constraints,
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, words="") | (Q(done_on__isnull=False) & ~Q(words="")),
                name="supportevaluation_done_has_words",
                violation_error_message=_("Schrijf op wat er besproken is, en wanneer."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.support_id} {self.planned_on}"


class ArrearsReading(CorrectableLine):
    """How much was owed to somebody on a day, and what is paid off each month."""

    track = models.ForeignKey(TenantTrack, on_delete=models.PROTECT, related_name="arrears")
    read_on = models.DateField(_("datum"))
    kind = models.CharField(_("waarvoor"), max_length=6, choices=DebtKind)
    creditor = models.CharField(_("aan wie"), max_length=120, blank=True)
    amount = _amount(_("achterstand (euro)"))
    plan_amount = _amount(_("afbetaling per maand (euro)"), null=True, blank=True)
    note = models.CharField(_("opmerking"), max_length=400, blank=True)

    class Meta(CorrectableLine.Meta):
        verbose_name = _("stand van de achterstand")
        verbose_name_plural = _("standen van de achterstand")
        indexes = (models.Index(fields=["track", "read_on"], name="arrearsreading_in_order"),)
        constraints = (
            *CorrectableLine.Meta.constraints,
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="arrearsreading_not_negative",
                violation_error_message=_NEGATIVE,
            ),
            models.CheckConstraint(
                condition=Q(plan_amount__isnull=True) | Q(plan_amount__gt=0),
                name="arrearsreading_plan_positive",
                violation_error_message=_("Vul een bedrag boven nul in, of laat het leeg."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.read_on} {self.amount_label}"

    @property
    def amount_label(self) -> str:
        """Write it as € 1.240,00."""
        return euro(self.amount)

    @property
    def plan_label(self) -> str:
        """Write it as € 75,00."""
        return euro(self.plan_amount)


class EvictionFundFile(CorrectableLine):
    """A file for the fund against evictions: an agreement between OCMW, tenant and landlord, and what is paid."""

    track = models.ForeignKey(TenantTrack, on_delete=models.PROTECT, related_name="fund_files")
    rent = _amount(_("huur per maand (euro)"))
    arrears = _amount(_("huurachterstand (euro)"))
    state = models.CharField(_("stand"), max_length=8, choices=FundState, default=FundState.PREPARED)
    signed_on = models.DateField(_("getekend op"), null=True, blank=True)
    pay_until = models.DateField(_("te betalen tot en met"), null=True, blank=True)
    asked_on = models.DateField(_("gevraagd op"), null=True, blank=True)
    paid_on = models.DateField(_("betaald op"), null=True, blank=True)
    paid = _amount(_("betaald aan de verhuurder (euro)"), null=True, blank=True)
    ended_on = models.DateField(_("geëindigd op"), null=True, blank=True)
    outcome = models.CharField(_("wat werd het"), max_length=7, choices=FundOutcome, blank=True)
    reason = models.CharField(_("waarom stopgezet"), max_length=400, blank=True)
    answers_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta(CorrectableLine.Meta):
        verbose_name = _("dossier bij het fonds tegen uithuiszetting")
        verbose_name_plural = _("dossiers bij het fonds tegen uithuiszetting")
        constraints = (
            *CorrectableLine.Meta.constraints,
            models.UniqueConstraint(
                fields=["track"],
                condition=Q(state__in=sorted(FUND_OPEN), is_struck=False),
                name="evictionfundfile_one_open",
                violation_error_message=_("Er loopt al een dossier bij het fonds."),
            ),
            models.CheckConstraint(
                condition=Q(rent__gt=0, arrears__gte=0),
                name="evictionfundfile_amounts_sane",
                violation_error_message=_("Vul een huur boven nul in."),
            ),
            models.CheckConstraint(
                condition=Q(
                    state=FundState.PREPARED,
                    signed_on__isnull=True,
                    asked_on__isnull=True,
                    paid_on__isnull=True,
                )
                | Q(
                    state=FundState.SIGNED,
                    signed_on__isnull=False,
                    asked_on__isnull=True,
                    paid_on__isnull=True,
                )
                | Q(
                    state=FundState.ASKED,
                    signed_on__isnull=False,
                    asked_on__isnull=False,
                    paid_on__isnull=True,
                )
                | Q(
                    state__in=[FundState.PAID, FundState.FOLLOWED],
                    signed_on__isnull=False,
                    asked_on__isnull=False,
                    paid_on__isnull=False,
                )
                | Q(state=FundState.BROKEN),
                name="evictionfundfile_state_has_days",
                violation_error_message=_("Bij deze stand ontbreekt een datum."),
            ),
            models.CheckConstraint(
                condition=(Q(asked_on__isnull=True) | Q(asked_on__gte=F("signed_on")))
                & (Q(paid_on__isnull=True) | Q(paid_on__gte=F("asked_on"))),
                name="evictionfundfile_days_in_order",
                violation_error_message=_("De dagen staan niet in de juiste volgorde."),
            ),
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True, paid__isnull=True) | Q(paid_on__isnull=False, paid__gt=0),
                name="evictionfundfile_paid_has_amount",
                violation_error_message=_("Vul in hoeveel er betaald is."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[FundState.FOLLOWED, FundState.BROKEN], ended_on__isnull=False)
                | (~Q(state__in=[FundState.FOLLOWED, FundState.BROKEN]) & Q(ended_on__isnull=True)),
                name="evictionfundfile_ended_has_day",
                violation_error_message=_("Wie afsluit, zegt wanneer."),
            ),
            models.CheckConstraint(
                condition=(Q(state=FundState.FOLLOWED) & ~Q(outcome=""))
                | (~Q(state=FundState.FOLLOWED) & Q(outcome="")),
                name="evictionfundfile_followed_has_outcome",
                violation_error_message=_("Zeg wat er van de woonst geworden is."),
            ),
            models.CheckConstraint(
                condition=(Q(state=FundState.BROKEN) & ~Q(reason=""))
                | (~Q(state=FundState.BROKEN) & Q(reason="")),
                name="evictionfundfile_broken_has_reason",
                violation_error_message=_("Schrijf op waarom het stopt."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.track_id} {self.get_state_display()}"

    @property
    def rent_label(self) -> str:
        """Write it as € 650,00."""
        return euro(self.rent)

    @property
    def arrears_label(self) -> str:
        """Write it as € 1.950,00."""
        return euro(self.arrears)

    @property
    def paid_label(self) -> str:
        """Write it as € 975,00."""
        return euro(self.paid)

    @property
    def resumes_at(self) -> FundState:
        """Where a file that was broken off goes on."""
        if self.paid_on is not None:
            return FundState.PAID
        if self.asked_on is not None:
            return FundState.ASKED
        return FundState.PREPARED if self.signed_on is None else FundState.SIGNED


class EvictionFundAnswer(models.Model):
    """Whether one condition of the fund against evictions is met, as far as we know."""

    fund_file = models.ForeignKey(EvictionFundFile, on_delete=models.PROTECT, related_name="answers")
    condition = models.CharField(max_length=8, choices=EvictionCondition)
    answer = models.CharField(max_length=7, choices=Answer, default=Answer.UNKNOWN)
    note = models.CharField(max_length=200, blank=True)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("voorwaarde van het fonds tegen uithuiszetting")
        verbose_name_plural = _("voorwaarden van het fonds tegen uithuiszetting")
        constraints = (
            models.UniqueConstraint(fields=["fund_file", "condition"], name="evictionfundanswer_once"),
        )

    def __str__(self) -> str:
        return f"{self.condition}: {self.answer}"
