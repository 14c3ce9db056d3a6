"""The weekly review (kernteamoverleg): agenda, attendance, decisions, minutes."""

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from cases.enums import AgendaState, AgendaSubject, ReviewState
from cases.models.case import Case
from cases.models.help_request import HelpRequest
from cases.models.plan import Task
from cases.models.radar import RadarEntry


class ReviewQuerySet(QuerySet["Review"]):
    """Questions about reviews."""

    def visible_to(self, user: User) -> "ReviewQuerySet":
        """Reviews of the neighbourhoods where one attends them."""
        return self.filter(neighbourhood_id__in=user.access.where(Permission.REVIEW_ATTEND))


class Review(models.Model):
    """One meeting. At most one is open per neighbourhood."""

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="reviews")
    held_on = models.DateField(_("datum"))
    state = models.CharField(_("stand"), max_length=6, choices=ReviewState, default=ReviewState.OPEN)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    minutes = models.JSONField(default=dict, blank=True)  # frozen when closed; the PDF is made from it alone

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("overleg")
        verbose_name_plural = _("overleggen")
        constraints = (
            models.UniqueConstraint(
                fields=["neighbourhood"],
                condition=Q(state=ReviewState.OPEN),
                name="review_one_open",
                violation_error_message=_("Er is al een overleg bezig."),
            ),
            models.CheckConstraint(
                condition=Q(state=ReviewState.CLOSED, closed_at__isnull=False, closed_by__isnull=False)
                | Q(state=ReviewState.OPEN, closed_at__isnull=True, closed_by__isnull=True),
                name="review_closed_paired",
            ),
        )

    def __str__(self) -> str:
        return f"{self.held_on}"


class ReviewAttendance(models.Model):
    """Who was at a review."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="attendance")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role_label = models.CharField(max_length=60)
    is_present = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["review", "user"], name="reviewattendance_once"),)

    def __str__(self) -> str:
        return str(self.user)


class AgendaItem(models.Model):
    """A point on the agenda, with the reasons why it is on."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    subject = models.CharField(max_length=12, choices=AgendaSubject)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="agenda_items", null=True, blank=True
    )
    # A signal that lapses is deleted; that it was discussed stays.
    radar_entry = models.ForeignKey(
        RadarEntry, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    help_request = models.ForeignKey(
        HelpRequest, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=9, choices=AgendaState, default=AgendaState.WAITING)
    carried_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="carried_to", null=True, blank=True
    )
    note = models.TextField(_("besproken"), max_length=4000, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(subject=AgendaSubject.CASE, case__isnull=False)
                | Q(subject=AgendaSubject.RADAR)
                | Q(subject=AgendaSubject.HELP_REQUEST, help_request__isnull=False),
                name="agendaitem_has_subject",
            ),
            models.UniqueConstraint(
                fields=["review", "case"],
                condition=Q(subject=AgendaSubject.CASE),
                name="agendaitem_case_once",
            ),
            models.UniqueConstraint(
                fields=["review", "radar_entry"],
                condition=Q(radar_entry__isnull=False),
                name="agendaitem_radar_once",
            ),
            models.UniqueConstraint(
                fields=["review", "help_request"],
                condition=Q(help_request__isnull=False),
                name="agendaitem_help_request_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.review_id}-{self.position}"


class Decision(models.Model):
    """What was decided; with a name and a date it is a task at once."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="decisions")
    text = models.CharField(_("beslissing"), max_length=300)
    task = models.OneToOneField(
        Task, on_delete=models.PROTECT, related_name="decision", null=True, blank=True
    )
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("beslissing")
        verbose_name_plural = _("beslissingen")

    def __str__(self) -> str:
        return self.text
