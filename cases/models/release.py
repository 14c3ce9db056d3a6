"""Releases (vrijgaven): what was written within one circle, opened to another. Never silently undone."""

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Circle
from accounts.models import User
from cases.models.agreement import Consent
from cases.models.case import Case
from cases.models.document import Document
from cases.models.timeline import TimelineEntry
from people.models import Person


class LegalGround(models.Model):
    """Why something may be released without a consent; the list is kept by an administrator (domain.md F1)."""

    name = models.CharField(_("naam"), max_length=120, unique=True)
    explanation = models.CharField(_("uitleg"), max_length=400, blank=True)
    is_active = models.BooleanField(_("in gebruik"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("wettelijke grond")
        verbose_name_plural = _("wettelijke gronden")

    def __str__(self) -> str:
        return self.name


class ReleaseQuerySet(QuerySet["Release"]):
    """Questions about releases."""

    def not_ended(self) -> "ReleaseQuerySet":
        """Releases that nobody ended and that were not closed yet; what they rest on may be gone."""
        return self.filter(ended_at__isnull=True)

    def standing(self) -> "ReleaseQuerySet":
        """Releases that open something today: not ended, within their time, and their consent holds today.

        The consent is asked at the moment of reading, so that withdrawn or expired is closed at once.
        """
        today = timezone.localdate()
        consents = Consent.objects.valid_on(today).order_by().values("pk")
        return self.not_ended().filter(
            Q(until_on__isnull=True) | Q(until_on__gte=today),
            Q(consent__isnull=True) | Q(consent__in=consents),
        )

    def lapsed(self) -> "ReleaseQuerySet":
        """Releases that open nothing any more while their row doesn't say so yet."""
        return self.not_ended().exclude(pk__in=self.model.objects.standing().order_by().values("pk"))


class Release(models.Model):
    """One entry, one document with its entry, or everything of a discipline from a day on, for another circle."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="releases")
    entry = models.ForeignKey(
        TimelineEntry, on_delete=models.PROTECT, related_name="releases", null=True, blank=True
    )
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="releases", null=True, blank=True
    )
    from_circle = models.CharField(_("uit de kring"), max_length=11, choices=Circle)
    to_circle = models.CharField(_("voor de kring"), max_length=11, choices=Circle)
    # Of a release in general: whose writing, and from which day it happened.
    discipline = models.CharField(max_length=60, blank=True)
    from_on = models.DateField(_("wat gebeurde vanaf"), null=True, blank=True)
    until_on = models.DateField(_("tot en met"), null=True, blank=True)
    # Empty in a block case alone: a building has no household.
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("over wie gaat het?"),
    )
    purpose = models.CharField(_("waarvoor"), max_length=300)
    reason = models.CharField(_("waarom"), max_length=400)
    consent = models.ForeignKey(
        Consent, on_delete=models.PROTECT, related_name="releases", null=True, blank=True
    )
    legal_ground = models.ForeignKey(
        LegalGround, on_delete=models.PROTECT, related_name="releases", null=True, blank=True
    )
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    # Empty when it ended by itself, because its time or its consent was over.
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("vrijgave")
        verbose_name_plural = _("vrijgaven")
        indexes = (
            models.Index(fields=["case", "from_circle"], name="release_of_case", condition=Q(ended_at=None)),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(from_circle=F("to_circle")), name="release_moves"),
            models.CheckConstraint(
                condition=Q(consent__isnull=False, legal_ground__isnull=True)
                | Q(consent__isnull=True, legal_ground__isnull=False),
                name="release_rests_on_one_thing",
                violation_error_message=_("Kies een toestemming of een wettelijke grond, niet allebei."),
            ),
            models.CheckConstraint(
                condition=Q(entry__isnull=False, from_on__isnull=True, discipline="")
                | (Q(entry__isnull=True, document__isnull=True, from_on__isnull=False) & ~Q(discipline="")),
                name="release_of_something",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, end_reason="")
                | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
                name="release_ended_paired",
            ),
            models.UniqueConstraint(
                fields=["entry", "to_circle"],
                condition=Q(ended_at__isnull=True, entry__isnull=False),
                name="release_once_per_entry",
                violation_error_message=_("Dit is al vrijgegeven voor deze kring."),
            ),
            models.UniqueConstraint(
                fields=["case", "from_circle", "to_circle", "discipline"],
                condition=Q(ended_at__isnull=True, entry__isnull=True),
                name="release_once_in_general",
                violation_error_message=_("Dit is al vrijgegeven voor deze kring."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_from_circle_display()} → {self.get_to_circle_display()}"
