"""Home visits: planned, logged, with what was seen and photos; and the draft that is saved while one types."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Circle
from accounts.models import User
from accounts.permissions import Permission
from cases.enums import Severity, Sighting, VisitPurpose, VisitResult, VisitState
from cases.models.case import Case
from cases.models.draft import Draft
from cases.models.timeline import TimelineEntry


class VisitQuerySet(models.QuerySet["Visit"]):
    """Questions about visits. That there was one is for the whole team; what was said is for the circle."""

    def visible_to(self, user: User) -> "VisitQuerySet":
        """Visits of the cases one may read."""
        return self.filter(case__in=Case.objects.visible_to(user))

    def workable_by(self, user: User) -> "VisitQuerySet":
        """Visits of open cases in which one may write."""
        return self.visible_to(user).filter(
            case__in=Case.objects.open(),
            case__neighbourhood_id__in=user.access.where(Permission.CASE_WORK),
        )

    def of(self, user: User) -> "VisitQuerySet":
        """Visits where this user goes or went along."""
        return self.filter(visitors=user)

    def planned(self) -> "VisitQuerySet":
        """Visits that still have to happen."""
        return self.filter(state=VisitState.PLANNED)

    def done(self) -> "VisitQuerySet":
        """Visits that happened, whatever their result."""
        return self.filter(state=VisitState.DONE)


class Visit(models.Model):
    """A home visit. The device makes the uuid, so that a visit sent twice is stored once."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="visits")
    state = models.CharField(_("stand"), max_length=9, choices=VisitState)
    purpose = models.CharField(_("waarvoor"), max_length=12, choices=VisitPurpose)
    scheduled_at = models.DateTimeField(_("gepland op"), null=True, blank=True)
    visited_at = models.DateTimeField(_("wanneer"), null=True, blank=True)
    result = models.CharField(_("hoe liep het?"), max_length=11, choices=VisitResult, blank=True)
    visitors = models.ManyToManyField(User, related_name="visits", verbose_name=_("bezoekers"))
    circle = models.CharField(_("kring"), max_length=11, choices=Circle, default=Circle.SHARED)
    cancel_reason = models.CharField(_("waarom niet"), max_length=300, blank=True)
    entry = models.OneToOneField(
        TimelineEntry, on_delete=models.PROTECT, related_name="visit", null=True, blank=True
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("huisbezoek")
        verbose_name_plural = _("huisbezoeken")
        indexes = (
            models.Index(fields=["state", "scheduled_at"], name="visit_planned"),
            models.Index(fields=["case", "-visited_at"], name="visit_of_case"),
        )
        constraints = (
            models.CheckConstraint(
                condition=(Q(state=VisitState.DONE, visited_at__isnull=False) & ~Q(result=""))
                | (
                    Q(
                        state=VisitState.PLANNED,
                        scheduled_at__isnull=False,
                        visited_at__isnull=True,
                        result="",
                    )
                )
                | (Q(state=VisitState.CANCELLED, result="") & ~Q(cancel_reason="")),
                name="visit_state_matches",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.uuid}"

    @property
    def logged_by_id(self) -> int | None:
        """Return who wrote it down, once it is done."""
        return self.entry.author_id if self.entry else None


class VisitWords(models.Model):
    """What was said at a visit, by whom and what was agreed. Read by whoever may read the entry of the visit."""

    visit = models.OneToOneField(
        Visit, on_delete=models.CASCADE, primary_key=True, related_name="words", verbose_name=_("bezoek")
    )
    present = models.CharField(_("wie was er thuis?"), max_length=300, blank=True)
    narrative = models.TextField(_("wat is er gezegd?"), max_length=20000, blank=True)
    agreed = models.TextField(_("wat spraken we af?"), max_length=4000, blank=True)

    class Meta:
        verbose_name = _("woorden van een bezoek")
        verbose_name_plural = _("woorden van bezoeken")

    def __str__(self) -> str:
        return f"words of {self.visit_id}"


class VisitObservation(models.Model):
    """One thing that was seen, and how bad it looked."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="observations")
    sighting = models.CharField(_("wat"), max_length=17, choices=Sighting)
    severity = models.PositiveSmallIntegerField(_("hoe erg"), choices=Severity)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["visit", "sighting"], name="visitobservation_once"),)

    def __str__(self) -> str:
        return f"{self.get_sighting_display()} ({self.get_severity_display()})"


class VisitPhoto(models.Model):
    """A photo, re-encoded and without place data. Until the visit is saved it belongs to the draft alone."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="photos")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="photos", null=True, blank=True)
    visit_uuid = models.UUIDField(db_index=True)
    file = models.FileField(upload_to="visits/%Y/%m/")
    thumbnail = models.FileField(upload_to="visits/%Y/%m/")
    source_digest = models.CharField(max_length=64)  # sha-256 of what was sent: the same photo twice is one
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["visit_uuid", "added_by", "source_digest"], name="visitphoto_once_per_visit"
            ),
        )

    def __str__(self) -> str:
        return str(self.uuid)


class VisitDraft(Draft):
    """What one person typed for one home visit and did not save yet. Nobody else ever sees it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="drafts")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="visit_drafts")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "visit_uuid"], name="visitdraft_one_per_visit_and_user"),
        )
