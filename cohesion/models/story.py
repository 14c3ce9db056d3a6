"""Stories of residents (mensen maken de wijk): told in versions, shown only as far and as long as the teller agrees."""

import datetime as dt
import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from arsenaal.lib.uploads import UnguessablePath
from cohesion.enums import STORY_ICONS, ApprovedHow, StoryForm, StoryUse
from people.models import Person


class StoryQuerySet(QuerySet["Story"]):
    """Questions about stories."""

    def visible_to(self, user: User) -> "StoryQuerySet":
        """Those of the neighbourhoods where one may read stories that aren't told yet."""
        return self.filter(neighbourhood_id__in=user.access.where(Permission.STORY_READ))

    def shown(self, use: str, today: dt.date) -> "StoryQuerySet":
        """Those that may appear there today: the one rule for every page, file, report and figure.

        A version stands published, a consent that names this use holds today, and its teller wasn't erased.
        """
        standing = StoryConsent.objects.standing(today).filter(uses__contains=[use])
        return self.filter(
            Q(teller__isnull=True) | Q(teller__erased_at__isnull=True),
            withdrawn_at__isnull=True,
            pk__in=standing.values("story_id"),
            versions__published_at__isnull=False,
        )


class Story(models.Model):
    """Somebody's story. What is told stands in its versions; once withdrawn, nothing of it is left but that it was."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4)
    neighbourhood = models.ForeignKey(
        Neighbourhood, on_delete=models.PROTECT, related_name="+", verbose_name=_("wijk")
    )
    teller = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="stories",
        verbose_name=_("bekende bewoner"),
        null=True,
        blank=True,
    )
    teller_name = models.CharField(_("naam bij het verhaal"), max_length=80, blank=True)
    form = models.CharField(_("vorm"), max_length=5, choices=StoryForm)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    first_published_on = models.DateField(_("voor het eerst verteld op"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("ingetrokken"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("verhaal")
        verbose_name_plural = _("verhalen")
        indexes = (models.Index(fields=["created_at", "id"], name="story_newest"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(
                    withdrawn_at__isnull=False,
                    withdrawn_by__isnull=False,
                    teller_name="",
                    teller__isnull=True,
                ),
                name="story_withdrawn_names_nobody",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=False) | ~Q(teller_name=""),
                name="story_has_name",
                violation_error_message=_("Welke naam mag bij het verhaal staan?"),
            ),
        )

    def __str__(self) -> str:
        return f"story {self.pk}"

    def get_absolute_url(self) -> str:
        """Return the address of its page for who works here."""
        return reverse("cohesion:story", args=[self.uuid])

    @property
    def icon(self) -> str:
        """The icon of its form."""
        return STORY_ICONS[StoryForm(self.form)]


class StoryVersion(models.Model):
    """One version of a story: it is never changed, a change is the next one. Published is at most one of them."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("titel"), max_length=120, blank=True)
    words = models.TextField(_("het verhaal"), max_length=20000, blank=True)
    file = models.FileField(_("foto of geluid"), upload_to=UnguessablePath("stories"), blank=True)
    content_type = models.CharField(max_length=40, blank=True)
    alt = models.CharField(_("wat zie je op de foto"), max_length=200, blank=True)
    video_url = models.URLField(_("adres van de video"), max_length=300, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    approved_on = models.DateField(_("goedgekeurd door de verteller op"), null=True, blank=True)
    approved_how = models.CharField(_("hoe goedgekeurd"), max_length=8, choices=ApprovedHow, blank=True)
    approval_recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    published_at = models.DateTimeField(_("gepubliceerd"), null=True, blank=True)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = _("versie van een verhaal")
        verbose_name_plural = _("versies van verhalen")
        constraints = (
            models.UniqueConstraint(fields=["story", "number"], name="storyversion_number_once"),
            models.UniqueConstraint(
                fields=["story"], condition=Q(published_at__isnull=False), name="storyversion_one_published"
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False, approved_on__isnull=False),
                name="storyversion_published_was_approved",
                violation_error_message=_("Laat de verteller deze versie eerst goedkeuren."),
            ),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True, approval_recorded_by__isnull=True, approved_how="")
                | (Q(approved_on__isnull=False, approval_recorded_by__isnull=False) & ~Q(approved_how="")),
                name="storyversion_approved_paired",
            ),
        )

    def __str__(self) -> str:
        return f"version {self.number} of {self.story_id}"


class StoryConsentQuerySet(QuerySet["StoryConsent"]):
    """Questions about consents."""

    def standing(self, today: dt.date) -> "StoryConsentQuerySet":
        """Those that hold on this day."""
        return self.filter(ended_at__isnull=True, given_on__lte=today, until_on__gte=today)


class StoryConsent(models.Model):
    """Where a story may appear and until when, as the teller said. At most one stands; a new one replaces it."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="consents")
    uses = ArrayField(models.CharField(max_length=6, choices=StoryUse), verbose_name=_("waar het mag staan"))
    other_use = models.CharField(_("waar nog"), max_length=160, blank=True)
    given_on = models.DateField(_("gegeven op"))
    until_on = models.DateField(_("tot en met"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(_("geëindigd"), null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    objects = StoryConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("toestemming voor een verhaal")
        verbose_name_plural = _("toestemmingen voor verhalen")
        constraints = (
            models.UniqueConstraint(
                fields=["story"], condition=Q(ended_at__isnull=True), name="storyconsent_one_stands"
            ),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("given_on")),
                name="storyconsent_days_in_order",
                violation_error_message=_("De laatste dag ligt voor de eerste."),
            ),
            models.CheckConstraint(
                condition=Q(uses__len__gt=0),
                name="storyconsent_names_a_use",
                violation_error_message=_("Kies waar het verhaal mag staan."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="storyconsent_ended_paired",
            ),
        )

    def __str__(self) -> str:
        return f"consent {self.given_on} - {self.until_on}"

    @property
    def use_labels(self) -> list[str]:
        """Where it may appear, in words."""
        labels = [str(StoryUse(use).label) for use in self.uses if use != StoryUse.OTHER]
        return [*labels, self.other_use] if self.other_use else labels

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.until_on < timezone.localdate()
