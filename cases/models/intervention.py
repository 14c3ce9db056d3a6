"""Interventions: the one uniform unit of work across the three goals, from a catalogue."""

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.enums import Goal
from accounts.models import Neighbourhood, Organisation, User
from accounts.permissions import Permission
from cases.enums import InterventionState, InterventionTarget, Reach
from cases.models.case import Case
from people.models import Household, Person


class InstrumentQuerySet(QuerySet["Instrument"]):
    """Questions about the catalogue."""

    def in_use(self) -> "InstrumentQuerySet":
        """Instruments that can be chosen for something new."""
        return self.filter(is_active=True)

    def in_order(self) -> "InstrumentQuerySet":
        """By goal as the programme names them, then as the catalogue orders them."""
        return self.order_by("position", "name", "pk")


class Instrument(models.Model):
    """An instrument of the catalogue: every one that the source document names, and what is added later."""

    code = models.SlugField(max_length=50, unique=True)
    goal = models.CharField(_("doelstelling"), max_length=8, choices=Goal)
    sub_goal = models.CharField(_("onderdeel"), max_length=80)
    name = models.CharField(_("naam"), max_length=120)
    description = models.CharField(_("uitleg"), max_length=400, blank=True)
    reaches = models.CharField(_("bereikt"), max_length=12, choices=Reach, default=Reach.NOBODY)
    usual_provider = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("meestal door"),
    )
    is_active = models.BooleanField(_("in gebruik"), default=True)
    position = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("instrument")
        verbose_name_plural = _("instrumenten")
        constraints = (
            models.UniqueConstraint(
                fields=["goal", "name"],
                name="instrument_name_unique",
                violation_error_message=_("Er is al een instrument met deze naam."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class InterventionQuerySet(QuerySet["Intervention"]):
    """Questions about interventions."""

    def visible_to(self, user: User) -> "InterventionQuerySet":
        """Those of cases one may read, and those for the neighbourhood as a whole where one works on cases.

        A partner without a consent to his organisation sees what his organisation does and what he added himself.
        """
        return self.filter(
            Q(case__in=Case.objects.shared_with(user))
            | Q(
                Q(provider=user.organisation_id) | Q(created_by=user),
                case__in=Case.objects.visible_to(user),
            )
            | Q(case__isnull=True, neighbourhood_id__in=user.access.where(Permission.CASE_READ_ALL))
        )

    def running(self) -> "InterventionQuerySet":
        """Those that did not end."""
        return self.exclude(state__in=[InterventionState.DONE, InterventionState.STOPPED])


class Intervention(models.Model):
    """What an organisation does, for whom, with what outcome (actie)."""

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="interventions", null=True, blank=True
    )
    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, related_name="interventions", verbose_name=_("instrument")
    )
    target = models.CharField(_("voor wie"), max_length=13, choices=InterventionTarget)
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("door welke organisatie")
    )
    target_note = models.CharField(_("welke woning of verhuurder"), max_length=160, blank=True)
    description = models.CharField(_("wat precies"), max_length=400, blank=True)
    state = models.CharField(
        _("stand"), max_length=8, choices=InterventionState, default=InterventionState.PROPOSED
    )
    planned_on = models.DateField(_("gepland op"), null=True, blank=True)
    started_on = models.DateField(_("begonnen op"), null=True, blank=True)
    ended_on = models.DateField(_("klaar op"), null=True, blank=True)
    outcome = models.CharField(_("wat leverde het op?"), max_length=400, blank=True)
    step = models.ForeignKey(
        "cases.PlanStep", on_delete=models.PROTECT, related_name="interventions", null=True, blank=True
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = InterventionQuerySet.as_manager()

    class Meta:
        verbose_name = _("actie")
        verbose_name_plural = _("acties")
        indexes = (models.Index(fields=["neighbourhood", "state"], name="intervention_state"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(ended_on__gte=F("started_on")),
                name="intervention_dates_in_order",
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[InterventionState.DONE, InterventionState.STOPPED])
                | (Q(ended_on__isnull=False) & ~Q(outcome="")),
                name="intervention_ended_with_outcome",
                violation_error_message=_("Schrijf op wat het opleverde, en wanneer het klaar was."),
            ),
        )

    def __str__(self) -> str:
        return str(self.instrument)
