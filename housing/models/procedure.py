"""A procedure about a building, and what runs for each of its dwellings (VLOK: procedure HP, deelprocedure)."""

import datetime as dt

from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Permission
from housing.models.building import Building
from housing.models.dwelling import Dwelling
from housing.procedure_enums import (
    CLOSED_STATES,
    HOLDERS,
    HearingForm,
    Initiator,
    LiftReason,
    MinisterAnswer,
    ProcedureKind,
    ProcedureState,
    Verdict,
)


class ProcedureQuerySet(QuerySet["Procedure"]):
    """Questions about procedures."""

    def visible_to(self, user: User) -> "ProcedureQuerySet":
        """The procedures of the neighbourhoods where one may read them."""
        return self.filter(building__neighbourhood_id__in=user.access.where(Permission.PROCEDURE_READ))


class Procedure(models.Model):
    """One procedure for a building. How far it is stands with each dwelling."""

    building = models.ForeignKey(
        Building, on_delete=models.PROTECT, related_name="procedures", verbose_name=_("pand")
    )
    kind = models.CharField(_("soort"), max_length=11, choices=ProcedureKind)
    initiator = models.CharField(_("op vraag van"), max_length=12, choices=Initiator)  # VLOK: Initiatiefnemer
    reference = models.CharField(_("kenmerk"), max_length=120, blank=True)
    started_on = models.DateField(_("sinds"))  # VLOK: DatumStart
    converted_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="converted_to"
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")
        indexes = (models.Index(fields=["building", "-started_on"], name="procedure_of_building"),)

    def __str__(self) -> str:
        return f"{capfirst(self.get_kind_display())}, {self.building}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("housing:procedure", args=[self.pk])


class DwellingProcedureQuerySet(QuerySet["DwellingProcedure"]):
    """Questions about what runs for dwellings."""

    def visible_to(self, user: User) -> "DwellingProcedureQuerySet":
        """Those of the neighbourhoods where one may read procedures."""
        return self.filter(
            procedure__building__neighbourhood_id__in=user.access.where(Permission.PROCEDURE_READ)
        )

    def running(self) -> "DwellingProcedureQuerySet":
        """Those that haven't ended."""
        return self.filter(closed_on__isnull=True)


class DwellingProcedure(models.Model):
    """What a procedure is for one dwelling: its state and its days. The field names are those of VLOK."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="parts")
    dwelling = models.ForeignKey(
        Dwelling, on_delete=models.PROTECT, related_name="procedures", verbose_name=_("woning")
    )
    kind = models.CharField(max_length=11, choices=ProcedureKind, editable=False)
    state = models.CharField(
        _("stand"), max_length=15, choices=ProcedureState, default=ProcedureState.REQUESTED
    )
    advice_asked_on = models.DateField(_("advies gevraagd op"), null=True, blank=True)  # DatumVraagAdvies
    hearing_at = models.DateTimeField(_("hoorzitting"), null=True, blank=True)
    hearing_form = models.CharField(_("hoe"), max_length=7, choices=HearingForm, blank=True)
    verdict = models.CharField(_("besluit"), max_length=13, choices=Verdict, blank=True)  # Type
    decided_on = models.DateField(_("besluit van"), null=True, blank=True)  # Datum
    decision_reference = models.CharField(_("kenmerk van het besluit"), max_length=120, blank=True)
    notified_on = models.DateField(_("betekend op"), null=True, blank=True)  # DatumBetekening
    leave_on = models.DateField(_("bewoning stopt op"), null=True, blank=True)  # DatumStopzettingBewoning
    repair_until = models.DateField(_("herstel tegen"), null=True, blank=True)  # HersteltermijnTot
    repair_reported_on = models.DateField(_("herstel gemeld op"), null=True, blank=True)  # MeldingHerstel
    repaired_on = models.DateField(_("hersteld op"), null=True, blank=True)  # Hersteld
    recovers_costs = models.BooleanField(
        _("kosten van herhuisvesting terugvragen"), default=False
    )  # RecupererenHerhuisvestingkosten
    inventory_on = models.DateField(
        _("naar de inventaris gestuurd op"), null=True, blank=True
    )  # DatumBetekeningAanWvl
    appealed_on = models.DateField(_("beroep ingediend op"), null=True, blank=True)  # BeroepIngediend
    minister_answer = models.CharField(
        _("uitspraak van de minister"), max_length=12, choices=MinisterAnswer, blank=True
    )
    minister_on = models.DateField(_("uitspraak van"), null=True, blank=True)
    lifted_on = models.DateField(_("opgeheven op"), null=True, blank=True)  # DatumOpheffing
    lift_reason = models.CharField(
        _("reden"), max_length=11, choices=LiftReason, blank=True
    )  # RedenOpheffing
    overrule_reason = models.CharField(_("waarom toch zonder plan"), max_length=400, blank=True)
    closed_on = models.DateField(_("afgesloten op"), null=True, blank=True)
    closed_note = models.CharField(_("waarom"), max_length=400, blank=True)  # AfsluitInfo
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DwellingProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = _("procedure van een woning")
        verbose_name_plural = _("procedures van woningen")
        indexes = (models.Index(fields=["dwelling", "closed_on"], name="dwellingprocedure_running"),)
        constraints = (
            models.UniqueConstraint(
                fields=["dwelling", "kind"],
                condition=Q(closed_on__isnull=True),
                name="dwellingprocedure_one_running",
                violation_error_message=_("Voor deze woning loopt al zo'n procedure."),
            ),
            models.UniqueConstraint(fields=["procedure", "dwelling"], name="dwellingprocedure_once_each"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(CLOSED_STATES), closed_on__isnull=False)
                | (~Q(state__in=sorted(CLOSED_STATES)) & Q(closed_on__isnull=True)),
                name="dwellingprocedure_closed_has_a_day",
                violation_error_message=_("Wat afgesloten is, heeft een dag."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["decided", "notified", "appealed", "lifted"])
                | (Q(decided_on__isnull=False) & ~Q(verdict="")),
                name="dwellingprocedure_decision_whole",
                violation_error_message=_("Een besluit heeft een dag en zegt wat beslist is."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ProcedureState.LIFTED) | (Q(lifted_on__isnull=False) & ~Q(lift_reason="")),
                name="dwellingprocedure_lifted_whole",
                violation_error_message=_("Een opheffing heeft een dag en een reden."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.dwelling}"

    @property
    def is_closed(self) -> bool:
        """Whether it has ended."""
        return self.closed_on is not None

    @property
    def holder_label(self) -> str:
        """Say who has the ball, or nothing when it has ended."""
        holder = HOLDERS.get(ProcedureState(self.state))
        return str(holder.label) if holder else ""

    @property
    def is_appealed(self) -> bool:
        """While an appeal runs the dwelling isn't put in the inventory (VLOK: OpnameOpgeschortDoorBeroep)."""
        return self.state == ProcedureState.APPEALED

    @property
    def levy_from(self) -> dt.date | None:
        """The day from which the levy counts: that of the decision, once it was sent to the inventory.

        Nothing while an appeal runs, and nothing when it ended.
        """
        if self.inventory_on is None or self.is_appealed or self.is_closed:
            return None
        return self.decided_on
