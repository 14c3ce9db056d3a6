"""The plan made to measure with the family, and the team's own tasks."""

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.enums import Goal
from accounts.models import Organisation, User
from accounts.permissions import Permission
from cases.enums import Agreed, Reach, StepState, TaskState
from cases.models.case import Case


class PlanStepQuerySet(QuerySet["PlanStep"]):
    """Questions about steps."""

    def visible_to(self, user: User) -> "PlanStepQuerySet":
        """Steps of cases of which one may know the plan, and those that one has to do or wrote oneself."""
        mine = Q(assignee=user) | Q(created_by=user) | Q(organisation_id=user.organisation_id)
        return self.filter(
            Q(case__in=Case.objects.shared_with(user)) | Q(mine, case__in=Case.objects.visible_to(user))
        )

    def open(self) -> "PlanStepQuerySet":
        """Steps that still ask for something."""
        return self.filter(state__in=[StepState.TODO, StepState.BUSY])


class PlanStep(models.Model):
    """A step of the plan: who, when, why, and whether the family agreed. Small steps first."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveIntegerField()
    title = models.CharField(_("wat"), max_length=160)
    why = models.CharField(_("waarom"), max_length=400, blank=True)
    goal = models.CharField(_("doelstelling"), max_length=8, choices=Goal, blank=True)
    is_intermediate = models.BooleanField(
        _("tussenstap"), default=False, help_text=_("Een kleine stap die eerst vertrouwen opbouwt.")
    )
    assignee = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("wie van het team"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("welke dienst"),
    )
    due_on = models.DateField(_("tegen wanneer"), null=True, blank=True)
    agreed = models.CharField(
        _("akkoord van het gezin"), max_length=9, choices=Agreed, default=Agreed.NOT_ASKED
    )
    reaches = models.CharField(_("bereikt"), max_length=12, choices=Reach, default=Reach.NOBODY)
    state = models.CharField(_("stand"), max_length=7, choices=StepState, default=StepState.TODO)
    done_on = models.DateField(null=True, blank=True)
    visit = models.ForeignKey(
        "cases.Visit", on_delete=models.PROTECT, related_name="next_steps", null=True, blank=True
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PlanStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("stap")
        verbose_name_plural = _("stappen")
        constraints = (
            models.UniqueConstraint(
                fields=["case", "position"],
                name="planstep_position_unique",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(state=StepState.DONE, done_on__isnull=False)
                | (~Q(state=StepState.DONE) & Q(done_on__isnull=True)),
                name="planstep_done_paired",
            ),
        )

    def __str__(self) -> str:
        return self.title


class TaskQuerySet(QuerySet["Task"]):
    """Questions about tasks."""

    def visible_to(self, user: User) -> "TaskQuerySet":
        """Those of cases one may read; without a case, one's own and those of neighbourhoods one works in.

        A partner without a consent to his organisation sees those that are his.
        """
        mine = Q(assignee=user) | Q(created_by=user)
        without_case = Q(case__isnull=True) & (
            Q(assignee=user)
            | Q(created_by=user)
            | Q(neighbourhood_id__in=user.access.where(Permission.CASE_READ_ALL))
        )
        return self.filter(
            Q(case__in=Case.objects.shared_with(user))
            | Q(mine, case__in=Case.objects.visible_to(user))
            | without_case,
            neighbourhood_id__in=user.access.where(Permission.CASE_WORK),
        )

    def open(self) -> "TaskQuerySet":
        """Tasks that still have to be done."""
        return self.filter(state=TaskState.OPEN)


class Task(models.Model):
    """Something a colleague promised, with a name and a date."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks", null=True, blank=True)
    neighbourhood = models.ForeignKey("accounts.Neighbourhood", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("wat"), max_length=300)
    assignee = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tasks", verbose_name=_("wie"))
    due_on = models.DateField(_("tegen wanneer"))
    state = models.CharField(_("stand"), max_length=7, choices=TaskState, default=TaskState.OPEN)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("taak")
        verbose_name_plural = _("taken")
        indexes = (
            models.Index(fields=["assignee", "state", "due_on"], name="task_of_somebody"),
            models.Index(fields=["case", "state", "due_on"], name="task_of_case"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state=TaskState.OPEN, done_at__isnull=True, done_by__isnull=True)
                | (~Q(state=TaskState.OPEN) & Q(done_at__isnull=False, done_by__isnull=False)),
                name="task_done_paired",
            ),
        )

    def __str__(self) -> str:
        return self.title
