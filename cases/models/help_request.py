"""Questions to services on a mandate, and obstacles that only others can lift."""

import datetime as dt

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, Organisation, User
from accounts.permissions import Permission
from cases.enums import HelpRequestState, ObstacleKind, ObstacleState
from cases.models.case import Case


class MandateQuerySet(QuerySet["Mandate"]):
    """Questions about mandates."""

    def visible_to(self, user: User) -> "MandateQuerySet":
        """The mandates of the neighbourhoods in which one may use or manage them."""
        where = {
            *user.access.where(Permission.HELP_REQUEST_ASK),
            *user.access.where(Permission.MANDATE_MANAGE),
        }
        return self.filter(neighbourhood_id__in=where)

    def valid_on(self, day: dt.date | None = None) -> "MandateQuerySet":
        """Mandates that hold on this day (today by default)."""
        day = day or timezone.localdate()
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day)


class Mandate(models.Model):
    """What the team may ask of a service: who gave it, from when to when."""

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="mandates")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="mandates", verbose_name=_("dienst")
    )
    subject = models.CharField(_("waarover"), max_length=200)
    granted_by = models.CharField(_("gegeven door"), max_length=160)
    answer_within_days = models.PositiveSmallIntegerField(_("antwoord binnen (werkdagen)"), default=5)
    from_on = models.DateField(_("vanaf"))
    until_on = models.DateField(_("tot en met"), null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandaat")
        verbose_name_plural = _("mandaten")
        constraints = (
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="mandate_dates_in_order",
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation}: {self.subject}"


class HelpRequestQuerySet(QuerySet["HelpRequest"]):
    """Questions about help requests."""

    def visible_to(self, user: User) -> "HelpRequestQuerySet":
        """Those of cases one may read; and those asked of one's own organisation where one may answer."""
        cases = Case.objects.shared_with(user)
        mine = Q(
            organisation_id=user.organisation_id,
            neighbourhood_id__in=user.access.where(Permission.HELP_REQUEST_ANSWER),
        )
        without_case = Q(
            case__isnull=True, neighbourhood_id__in=user.access.where(Permission.HELP_REQUEST_ASK)
        )
        return self.filter(Q(case__in=cases) | mine | without_case)

    def unanswered(self) -> "HelpRequestQuerySet":
        """Still waiting for an answer."""
        return self.filter(state__in=[HelpRequestState.ASKED, HelpRequestState.ESCALATED])


class HelpRequest(models.Model):
    """The team's mandate put to work: which service, what, by when, answered or escalated."""

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="help_requests", null=True, blank=True
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="help_requests",
        verbose_name=_("aan welke dienst"),
    )
    mandate = models.ForeignKey(
        Mandate,
        on_delete=models.PROTECT,
        related_name="help_requests",
        null=True,
        blank=True,
        verbose_name=_("op welk mandaat"),
    )
    question = models.TextField(_("wat vragen we?"), max_length=2000)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField(_("antwoord verwacht tegen"))
    state = models.CharField(
        _("stand"), max_length=9, choices=HelpRequestState, default=HelpRequestState.ASKED
    )
    answer = models.TextField(_("antwoord"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    escalated_to = models.CharField(_("hogerop gevraagd aan"), max_length=160, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    escalated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    escalation_reason = models.CharField(_("waarom nu al hogerop"), max_length=400, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    withdrawal_reason = models.CharField(_("waarom niet meer nodig"), max_length=400, blank=True)
    step = models.ForeignKey(
        "cases.PlanStep", on_delete=models.PROTECT, related_name="help_requests", null=True, blank=True
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("vraag aan een dienst")
        verbose_name_plural = _("vragen aan diensten")
        indexes = (models.Index(fields=["neighbourhood", "state", "due_on"], name="helprequest_waiting"),)
        constraints = (
            models.CheckConstraint(
                condition=(
                    Q(state=HelpRequestState.ANSWERED, answered_at__isnull=False, answered_by__isnull=False)
                    & ~Q(answer="")
                )
                | (
                    ~Q(state=HelpRequestState.ANSWERED)
                    & Q(answered_at__isnull=True, answered_by__isnull=True)
                ),
                name="helprequest_answered_paired",
            ),
            models.CheckConstraint(
                condition=Q(escalated_at__isnull=True, escalated_by__isnull=True)
                | (Q(escalated_at__isnull=False, escalated_by__isnull=False) & ~Q(escalated_to="")),
                name="helprequest_escalated_paired",
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        state=HelpRequestState.WITHDRAWN,
                        withdrawn_at__isnull=False,
                        withdrawn_by__isnull=False,
                    )
                    & ~Q(withdrawal_reason="")
                )
                | (
                    ~Q(state=HelpRequestState.WITHDRAWN)
                    & Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                ),
                name="helprequest_withdrawn_paired",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation}: {self.question[:60]}"

    @property
    def is_unanswered(self) -> bool:
        """Tell whether the service still owes an answer."""
        return self.state in (HelpRequestState.ASKED, HelpRequestState.ESCALATED)


class ObstacleQuerySet(QuerySet["Obstacle"]):
    """Questions about obstacles."""

    def visible_to(self, user: User) -> "ObstacleQuerySet":
        """The obstacles of the neighbourhoods in which one may keep the register."""
        return self.filter(neighbourhood_id__in=user.access.where(Permission.OBSTACLE_MANAGE))


class Obstacle(models.Model):
    """A rule or practice that blocked a case (bureaucratische hinderpaal), and who can lift it."""

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="obstacles")
    title = models.CharField(_("wat staat in de weg?"), max_length=160)
    description = models.TextField(_("uitleg"), max_length=4000, help_text=_("Zonder namen van gezinnen."))
    kind = models.CharField(_("soort"), max_length=8, choices=ObstacleKind)
    who_can_lift = models.CharField(_("wie kan dit oplossen?"), max_length=200)
    state = models.CharField(_("stand"), max_length=8, choices=ObstacleState, default=ObstacleState.OPEN)
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    resolution = models.CharField(_("hoe liep het af?"), max_length=400, blank=True)
    resolved_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ObstacleQuerySet.as_manager()

    class Meta:
        verbose_name = _("hinderpaal")
        verbose_name_plural = _("hinderpalen")
        constraints = (
            models.CheckConstraint(
                condition=(
                    Q(state__in=[ObstacleState.LIFTED, ObstacleState.ACCEPTED], resolved_on__isnull=False)
                    & ~Q(resolution="")
                )
                | (
                    ~Q(state__in=[ObstacleState.LIFTED, ObstacleState.ACCEPTED]) & Q(resolved_on__isnull=True)
                ),
                name="obstacle_resolved_paired",
                violation_error_message=_("Schrijf op hoe het afliep."),
            ),
        )

    def __str__(self) -> str:
        return self.title


class ObstacleCase(models.Model):
    """A case that an obstacle blocked, from when to when."""

    obstacle = models.ForeignKey(Obstacle, on_delete=models.CASCADE, related_name="blocked")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="obstacles")
    since_on = models.DateField(_("sinds"))
    until_on = models.DateField(_("tot"), null=True, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["obstacle", "case"],
                condition=Q(until_on__isnull=True),
                name="obstaclecase_once",
                violation_error_message=_("Dit dossier staat er al bij."),
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")),
                name="obstaclecase_dates_in_order",
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.obstacle_id} {self.case_id}"

    @property
    def days_lost(self) -> int:
        """Return how many days the case lost by it, so far."""
        return ((self.until_on or timezone.localdate()) - self.since_on).days
