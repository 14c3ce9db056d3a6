"""A renovation (renovatie) of a dwelling, led by a renovation coach: scans, works with quotes, support, progress."""

import datetime as dt
import uuid
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Permission
from arsenaal.lib.amounts import euro
from arsenaal.lib.uploads import UnguessablePath
from cases.models import Case
from housing.models.correctable_line import CorrectableLine
from housing.models.dwelling import Dwelling
from housing.renovation_enums import (
    Answer,
    EnergyLabel,
    FundCondition,
    RenovationFor,
    RenovationState,
    ScanMoment,
    SupportKind,
    SupportState,
    WorkState,
)

MOST_KWH = 2000  # per m² and year: beyond it, it is a slip of the finger
_ENDED = [RenovationState.DONE, RenovationState.STOPPED]


def _cases_with_renovations(user: User) -> QuerySet[Case]:
    """The cases of which this user may see the renovation."""
    return Case.objects.visible_to(user).filter(
        neighbourhood_id__in=user.access.where(Permission.RENOVATION_READ)
    )


class RenovationQuerySet(QuerySet["Renovation"]):
    """Questions about renovations."""

    def visible_to(self, user: User) -> "RenovationQuerySet":
        """Those of the cases of which one may see the renovation; a partner sees none."""
        return self.filter(case__in=_cases_with_renovations(user).order_by().values("pk"))

    def going_on(self) -> "RenovationQuerySet":
        """Those that were asked or run."""
        return self.exclude(state__in=_ENDED)


class Renovation(models.Model):
    """One per case and dwelling: who leads it, where it stands, what for, and what came of it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="renovations")
    dwelling = models.ForeignKey(
        Dwelling, on_delete=models.PROTECT, related_name="renovations", verbose_name=_("woning")
    )
    coach = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("renovatiecoach")
    )
    done_for = models.CharField(_("wie verbouwt"), max_length=8, choices=RenovationFor)
    state = models.CharField(_("stand"), max_length=7, choices=RenovationState, default=RenovationState.ASKED)
    started_on = models.DateField(_("begonnen op"))
    goal = models.CharField(_("doel"), max_length=400)
    next_on = models.DateField(_("volgende datum"), null=True, blank=True)
    next_step = models.CharField(_("wat dan"), max_length=200, blank=True)
    ended_on = models.DateField(_("geëindigd op"), null=True, blank=True)
    stop_reason = models.CharField(_("waarom gestopt"), max_length=400, blank=True)
    label_after = models.CharField(_("label na de werken"), max_length=2, choices=EnergyLabel, blank=True)
    final_cost = models.DecimalField(
        _("kost op het einde (euro)"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    reached = models.CharField(_("wat is bereikt"), max_length=600, blank=True)
    fund_version = models.PositiveIntegerField(
        default=1, editable=False
    )  # of the answers to the fund's conditions
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RenovationQuerySet.as_manager()

    class Meta:
        verbose_name = _("renovatie")
        verbose_name_plural = _("renovaties")
        indexes = (
            models.Index(fields=["started_on", "id"], name="renovation_in_order"),
            models.Index(fields=["dwelling", "state"], name="renovation_of_dwelling"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["case", "dwelling"],
                name="renovation_once",
                violation_error_message=_("Dit dossier heeft al een renovatie van deze woning."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=_ENDED, ended_on__isnull=False, ended_on__gte=F("started_on"))
                | (~Q(state__in=_ENDED) & Q(ended_on__isnull=True)),
                name="renovation_ended_has_day",
                violation_error_message=_("Wie afsluit, zegt wanneer."),
            ),
            models.CheckConstraint(
                condition=(Q(state=RenovationState.STOPPED) & ~Q(stop_reason=""))
                | (~Q(state=RenovationState.STOPPED) & Q(stop_reason="")),
                name="renovation_stopped_has_reason",
                violation_error_message=_("Schrijf op waarom de renovatie stopt."),
            ),
            models.CheckConstraint(
                condition=Q(final_cost__isnull=True) | Q(final_cost__gte=0),
                name="renovation_cost_not_negative",
                violation_error_message=_("Een bedrag kan niet onder nul liggen."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        """Return the address of the renovation's page."""
        return reverse("housing:renovation", args=[self.pk])

    @property
    def is_going_on(self) -> bool:
        """Whether it was asked or runs."""
        return self.state not in _ENDED

    @property
    def is_late(self) -> bool:
        """Whether its next date has passed."""
        return self.is_going_on and self.next_on is not None and self.next_on < timezone.localdate()

    @property
    def final_cost_label(self) -> str:
        """Write it as € 12.500,00."""
        return euro(self.final_cost)


class EnergyScan(CorrectableLine):
    """What an energy scan found, before the works or after."""

    renovation = models.ForeignKey(Renovation, on_delete=models.PROTECT, related_name="scans")
    moment = models.CharField(_("wanneer"), max_length=6, choices=ScanMoment)
    scanned_on = models.DateField(_("datum"))
    scanned_by = models.CharField(_("door wie"), max_length=120)
    label = models.CharField(_("EPC-label"), max_length=2, choices=EnergyLabel, blank=True)
    kwh = models.PositiveSmallIntegerField(
        _("kWh per m² en per jaar"), null=True, blank=True, validators=[MaxValueValidator(MOST_KWH)]
    )
    findings = models.TextField(_("wat is vastgesteld"), max_length=2000, blank=True)

    class Meta(CorrectableLine.Meta):
        verbose_name = _("energiescan")
        verbose_name_plural = _("energiescans")
        constraints = (
            *CorrectableLine.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kwh__isnull=True) | Q(kwh__lte=MOST_KWH), name="energyscan_kwh_plausible"
            ),
        )

    def __str__(self) -> str:
        return f"{self.scanned_on} {self.label}"

    @property
    def kwh_label(self) -> str:
        """Write the use with its unit."""
        return "" if self.kwh is None else f"{self.kwh} kWh/m²"


class WorksList(CorrectableLine):
    """Works that belong together, for which contractors are asked: the roof, the windows."""

    renovation = models.ForeignKey(Renovation, on_delete=models.PROTECT, related_name="lists")
    title = models.CharField(_("welke werken"), max_length=120)

    class Meta(CorrectableLine.Meta):
        verbose_name = _("werkenlijst")
        verbose_name_plural = _("werkenlijsten")

    def __str__(self) -> str:
        return self.title


class RenovationWork(CorrectableLine):
    """One work of a list."""

    works_list = models.ForeignKey(
        WorksList, on_delete=models.PROTECT, related_name="works", verbose_name=_("werkenlijst")
    )
    what = models.CharField(_("wat"), max_length=200)
    place = models.CharField(_("waar"), max_length=120, blank=True)
    estimate = models.DecimalField(
        _("raming (euro)"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    state = models.CharField(_("stand"), max_length=7, choices=WorkState, default=WorkState.PLANNED)
    done_on = models.DateField(_("klaar op"), null=True, blank=True)

    class Meta(CorrectableLine.Meta):
        verbose_name = _("werk")
        verbose_name_plural = _("werken")
        constraints = (
            *CorrectableLine.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state=WorkState.DONE, done_on__isnull=False)
                | (~Q(state=WorkState.DONE) & Q(done_on__isnull=True)),
                name="renovationwork_done_has_day",
                violation_error_message=_("Vul in wanneer het werk klaar was."),
            ),
            models.CheckConstraint(
                condition=Q(estimate__isnull=True) | Q(estimate__gte=0),
                name="renovationwork_estimate_not_negative",
                violation_error_message=_("Een bedrag kan niet onder nul liggen."),
            ),
        )

    def __str__(self) -> str:
        return self.what

    @property
    def estimate_label(self) -> str:
        """Write it as € 1.200,00."""
        return euro(self.estimate)


class Quote(CorrectableLine):
    """What a contractor asks for the works of a list."""

    works_list = models.ForeignKey(
        WorksList, on_delete=models.PROTECT, related_name="quotes", verbose_name=_("werkenlijst")
    )
    contractor = models.CharField(_("aannemer"), max_length=120)
    amount = models.DecimalField(
        _("bedrag (euro)"),
        max_digits=10,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    dated_on = models.DateField(_("datum van de offerte"))
    valid_until_on = models.DateField(_("geldig tot en met"), null=True, blank=True)
    is_chosen = models.BooleanField(default=False)
    choice_reason = models.CharField(_("waarom deze"), max_length=200, blank=True)

    class Meta(CorrectableLine.Meta):
        verbose_name = _("offerte")
        verbose_name_plural = _("offertes")
        constraints = (
            *CorrectableLine.Meta.constraints,
            models.UniqueConstraint(
                fields=["works_list"],
                condition=Q(is_chosen=True),
                name="quote_one_chosen",
                violation_error_message=_("Er is al een offerte gekozen voor deze werken."),
            ),
            models.CheckConstraint(
                condition=Q(is_chosen=False, choice_reason="")
                | (Q(is_chosen=True, is_struck=False) & ~Q(choice_reason="")),
                name="quote_chosen_has_reason",
                violation_error_message=_("Schrijf op waarom deze offerte."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="quote_amount_positive",
                violation_error_message=_("Vul een bedrag boven nul in."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until_on__isnull=True) | Q(valid_until_on__gte=F("dated_on")),
                name="quote_days_in_order",
                violation_error_message=_("Een offerte vervalt niet voor haar eigen datum."),
            ),
        )

    def __str__(self) -> str:
        return self.contractor

    @property
    def amount_label(self) -> str:
        """Write it as € 12.500,00."""
        return euro(self.amount)

    def is_expired_on(self, day: dt.date) -> bool:
        """Whether it can no longer be accepted. One that was chosen was accepted in time, or somebody said why."""
        return not self.is_chosen and self.valid_until_on is not None and self.valid_until_on < day


class SupportRequest(CorrectableLine):
    """A premium or a loan that was asked, and what was decided."""

    renovation = models.ForeignKey(Renovation, on_delete=models.PROTECT, related_name="supports")
    kind = models.CharField(_("wat is gevraagd"), max_length=7, choices=SupportKind)
    other = models.CharField(_("welke steun"), max_length=120, blank=True)
    asked_on = models.DateField(_("gevraagd op"))
    asked = models.DecimalField(
        _("gevraagd bedrag (euro)"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    state = models.CharField(_("stand"), max_length=9, choices=SupportState, default=SupportState.ASKED)
    decided_on = models.DateField(_("beslist op"), null=True, blank=True)
    granted = models.DecimalField(
        _("toegekend bedrag (euro)"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    decision_note = models.CharField(_("toelichting"), max_length=400, blank=True)

    class Meta(CorrectableLine.Meta):
        verbose_name = _("gevraagde steun")
        verbose_name_plural = _("gevraagde steun")
        constraints = (
            *CorrectableLine.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind=SupportKind.OTHER) & ~Q(other="")
                | (~Q(kind=SupportKind.OTHER) & Q(other="")),
                name="supportrequest_other_has_name",
                violation_error_message=_("Schrijf op welke steun het is."),
            ),
            models.CheckConstraint(
                condition=Q(state=SupportState.ASKED, decided_on__isnull=True)
                | (~Q(state=SupportState.ASKED) & Q(decided_on__isnull=False, decided_on__gte=F("asked_on"))),
                name="supportrequest_decided_has_day",
                violation_error_message=_("Vul in wanneer beslist is."),
            ),
            models.CheckConstraint(
                condition=Q(granted__isnull=True) | Q(state=SupportState.GRANTED, granted__gte=0),
                name="supportrequest_amount_when_granted",
                violation_error_message=_("Een toegekend bedrag hoort bij “toegekend”."),
            ),
            models.CheckConstraint(
                condition=~Q(state=SupportState.REFUSED) | ~Q(decision_note=""),
                name="supportrequest_refused_has_reason",
                violation_error_message=_("Schrijf op waarom het geweigerd is."),
            ),
            models.CheckConstraint(
                condition=Q(asked__isnull=True) | Q(asked__gte=0),
                name="supportrequest_amount_not_negative",
                violation_error_message=_("Een bedrag kan niet onder nul liggen."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.asked_on}"

    @property
    def asked_label(self) -> str:
        """Write it as € 12.500,00."""
        return euro(self.asked)

    @property
    def granted_label(self) -> str:
        """Write it as € 12.500,00."""
        return euro(self.granted)


class FundAnswer(models.Model):
    """Whether one condition of the emergency purchase fund (Noodkoopfonds) is met, as far as we know."""

    renovation = models.ForeignKey(Renovation, on_delete=models.PROTECT, related_name="fund_answers")
    condition = models.CharField(max_length=10, choices=FundCondition)
    answer = models.CharField(max_length=7, choices=Answer, default=Answer.UNKNOWN)
    note = models.CharField(max_length=200, blank=True)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("voorwaarde van het Noodkoopfonds")
        verbose_name_plural = _("voorwaarden van het Noodkoopfonds")
        constraints = (models.UniqueConstraint(fields=["renovation", "condition"], name="fundanswer_once"),)

    def __str__(self) -> str:
        return f"{self.condition}: {self.answer}"


class ProgressLine(CorrectableLine):
    """How the works go: a day, some words, photos."""

    renovation = models.ForeignKey(Renovation, on_delete=models.PROTECT, related_name="progress")
    seen_on = models.DateField(_("datum"))
    words = models.TextField(_("wat zag of hoorde je"), max_length=2000)

    class Meta(CorrectableLine.Meta):
        verbose_name = _("vordering")
        verbose_name_plural = _("vorderingen")

    def __str__(self) -> str:
        return f"{self.renovation_id} {self.seen_on}"


class ProgressPhoto(models.Model):
    """A photo of the works, re-encoded and without place data."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4)
    line = models.ForeignKey(ProgressLine, on_delete=models.CASCADE, related_name="photos")
    file = models.FileField(upload_to=UnguessablePath("renovations"))
    thumbnail = models.FileField(upload_to=UnguessablePath("renovations"))
    source_digest = models.CharField(max_length=64)  # sha-256 of what was sent: the same photo twice is one
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("foto van de werken")
        verbose_name_plural = _("foto's van de werken")
        constraints = (
            models.UniqueConstraint(fields=["line", "source_digest"], name="progressphoto_once_per_line"),
        )

    def __str__(self) -> str:
        return str(self.uuid)
